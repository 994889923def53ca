"""Figures as tables: for a terminal, and in Markdown between two marks of a page. In: figures. Out: text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from figures import Figures, Measured, Row
from listing import Benchmark

BEGIN, END = "<!-- figures: python benchmarks --readme -->", "<!-- end of figures -->"
HEADS = ("benchmark", "limit", "found", "allowed", "")
RUNS = ("benchmark", "begun", "commit", "took", "load before, after")
QUICK = "few rounds, for a look: "


def as_text(figures: Figures) -> str:
    """What a terminal shows at the end."""
    runs = [_run(one) for one in figures.benchmarks]
    broken = [f"{one.name} could not run: {one.problem}" for one in figures.benchmarks if one.problem is not None]
    limits = _columns([HEADS, *_rows(figures)])
    return "\n".join([str(figures.machine), "", *_columns([RUNS, *runs]), "", *limits, *broken, _summary(figures)])


def as_markdown(figures: Figures) -> str:
    """Two tables: the limits, and how each benchmark was run."""
    rows = [(*row[:-1], row[-1] if row[-1] == "met" else f"**{row[-1]}**") for row in _rows(figures)]
    broken = [one for one in figures.benchmarks if one.problem is not None]
    rows += [(one.name, one.problem or "", "", "", "**could not run**") for one in broken]
    machine = f"{_cell(str(figures.machine))}. {_summary(figures)}."
    return "\n".join([machine, "", *_markdown(HEADS, rows), "", *_markdown(RUNS, map(_run, figures.benchmarks))])


def put_into(page: str, figures: Figures) -> str:
    """The page with these figures between its marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no part between {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{as_markdown(figures)}\n\n{END}{after}"


def as_list(benchmarks: Iterable[Benchmark], with_methods: bool) -> str:
    """Names and titles, or names and all that the scripts say of their method."""
    if with_methods:
        return "\n\n".join(f"{one.name}\n{one.method}" for one in benchmarks)
    return "\n".join(_columns([(one.name, one.title) for one in benchmarks]))


def _rows(figures: Figures) -> list[tuple[str, ...]]:
    return [_row(one, limit) for one in figures.benchmarks for limit in one.limits]


def _row(one: Measured, limit: Row) -> tuple[str, ...]:
    state = "met" if limit.met else "not met"
    return (
        one.name,
        f"{QUICK if one.quick else ''}{limit.what}",
        f"{_number(limit.found)} {limit.unit}",
        f"{limit.limit:,g} {limit.unit}",
        state,
    )


def _number(value: float) -> str:
    """Three digits that count, and no power of ten."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _run(one: Measured) -> tuple[str, ...]:
    before, after = one.load
    return (one.name, one.begun, f"{one.vendorgate}, {one.commit}", f"{one.seconds:,.0f} s", f"{before:g}, {after:g}")


def _summary(figures: Figures) -> str:
    """How many limits are met, and what could not run."""
    limits = [limit for one in figures.benchmarks if one.problem is None for limit in one.limits]
    words = [f"{sum(one.met for one in limits)} of {len(limits)} limits met"]
    broken = [one.name for one in figures.benchmarks if one.problem is not None]
    if broken:
        words.append(f"could not run: {', '.join(broken)}")
    return "; ".join(words)


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return [f"| {' | '.join(map(_cell, line))} |" for line in lines]


def _cell(text: str) -> str:
    """A cell of a table in Markdown: no bar, no break, no mark-up of its own but bold."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
