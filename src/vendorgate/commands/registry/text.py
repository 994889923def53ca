"""The registry for people: lists, an offering's page, comparisons, watch-outs, findings.

In: offerings and what was found in them. Out: text.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec
from rich.console import RenderableType
from rich.text import Text

from ...comparison.registry_model import COVERED, FieldChange, RegistryDifference, RegistryDirection
from ...comparison.values import changed_value
from ...logic.wording import count
from ...model.fact_words import fact_lines
from ...model.phrases import DEFAULT_WORDS, ROUTE_WORDS, WORDING, scope_words
from ...model.registry import Cell, Implication, Offering, OfferingFile, Snapshot
from ...model.signatures import Signatures
from ...model.vocabulary import DIMENSIONS, Dimension, in_order
from ...report.finding import OWN
from ...terminal.style import Style
from .console import NARROWEST_ROWS, cell, drawn, grade, line, rows, table
from .freshness import Freshness
from .model import Concerns, Matches, OfferingList, OfferingPage, WatchOuts
from .verifying import VerifiedSnapshot

SECTIONS: Final[Mapping[str, tuple[Dimension, ...]]] = {
    "Vendor trust": ("soc2_type2", "iso_27001", "iso_42001", "trust_center"),
    "Data handling": ("hipaa_baa", "gdpr_dpa", "training_on_customer_data", "retention_zdr", "data_residency"),
    "EU AI Act": ("gpai_cop", "art53_summary"),
}
"""The dimensions as a reader looks for them; the first two sections grade the platform, the last the developer."""
_SHORT: Final[Mapping[Dimension, str]] = {
    "soc2_type2": "soc2",
    "iso_27001": "27001",
    "iso_42001": "42001",
    "trust_center": "trust",
    "hipaa_baa": "baa",
    "gdpr_dpa": "dpa",
    "training_on_customer_data": "train",
    "retention_zdr": "zdr",
    "data_residency": "resid",
    "gpai_cop": "gpai",
    "art53_summary": "art53",
}
_MARKS: Final[Mapping[str, str]] = {
    "yes_public": "yes",
    "yes_sales_gated": "gated",
    "yes_platform_only": "platf",
    "yes_contract": "ours",
    "partial": "part",
    "no": "no",
}
"""Of a grade in a narrow column; every other one is a question mark."""
OWN_MARK: Final = "*"
"""Of what the organization says itself."""
LEGEND: Final = "yes public, gated by sales, platf(orm) only, part(ial), no, ? unknown"


def listing(found: OfferingList, style: Style) -> str:
    """One row an offering, one narrow column a dimension."""
    offerings = found.offerings
    # Lines instead of a table, which would take rich longer to draw than the offerings take to read.
    width = max(len(name) for name in ("offering", *(offering.id for offering in offerings)))
    names = "".join(f"  {name:<5}" for name in _SHORT.values())
    heading = Text(f"{'offering':<{width}}{names}  platform", "bold")
    lines = [_row(offering, width) for offering in offerings]
    own = f"; {OWN_MARK} {OWN}" if any(map(_has_own, offerings)) else ""
    count = f"{len(offerings)} of {len(found.snapshot.ids)} offerings; {LEGEND}{own}"
    for row in (heading, *lines):
        row.no_wrap = True  # a table of lines is none where one of them is broken
    return drawn([heading, *lines, line(""), line(count)], style)


def _row(offering: Offering, width: int) -> Text:
    padding = Text(" " * (width - len(offering.id)))
    whose = Text(f" {OWN_MARK}" if offering.owner == "bundle" else "")
    platform = cell(offering.written.platform)
    return Text.assemble(cell(offering.id, "bold"), padding, Text("  "), *_marks(offering), platform, whose)


def _has_own(offering: Offering) -> bool:
    """Whether the organization says anything of it, in its bundle."""
    return offering.owner == "bundle" or any(one.owner == "bundle" for one in offering.cells.values())


def _marks(offering: Offering) -> Iterator[Text]:
    for name in _SHORT:
        found = offering.cells.get(name)
        value = "" if found is None else found.written.value
        mark = OWN_MARK if found is not None and found.owner == "bundle" else ""
        yield Text(f"{_MARKS.get(value, '?') + mark:<7}", grade(value).style)


def page(found: OfferingPage, style: Style) -> str:
    """All that the snapshot says of an offering, watch-outs first."""
    offering, snapshot, as_of = found.offering, found.snapshot, found.as_of
    written = offering.written
    family = f" ({written.model_family})" if written.model_family else ""
    kind = written.category.replace("_", " ")
    parts: list[RenderableType] = [
        line(cell(offering.id, "bold"), "  ", cell(written.name)),
        line(f"models of {written.developer}{family}, served by {written.platform}; {kind}"),
    ]
    if written.summary:
        parts += [line(""), line(written.summary)]
    names = list(_names(written))
    parts += [*((line(""), rows(names)) if names else ()), line(""), *_concerns(offering, found.concerns), line("")]
    for section, dimensions in SECTIONS.items():
        parts.append(line(cell(section, "bold underline")))
        for dimension in dimensions:
            parts += _cell(dimension, offering.cells.get(dimension), snapshot, as_of)
        parts.append(line(""))
    if own := in_order(offering.cells.keys() - frozenset(DIMENSIONS)):
        parts.append(line(cell("Questions of the organization's own", "bold underline")))
        for dimension in own:
            parts += _cell(dimension, offering.cells.get(dimension), snapshot, as_of)
        parts.append(line(""))
    return drawn(parts, style, NARROWEST_ROWS)


def _concerns(offering: Offering, concerns: Concerns) -> Iterator[RenderableType]:
    if not concerns:
        yield line(cell("No watch-outs: every cell is a clean public yes", "green"))
        return
    asked = {*DIMENSIONS, *offering.cells}
    yield line(cell(f"Watch-outs ({len(concerns)} of {len(asked)} cells)", "bold yellow"))
    own = {name for name, one in offering.cells.items() if one.owner == "bundle"}
    yield rows((name, "; ".join((*words, *([OWN] if name in own else ())))) for name, words in concerns.items())


def _cell(
    dimension: Dimension, found: Cell | None, snapshot: Snapshot, as_of: datetime.date
) -> Iterator[RenderableType]:
    if found is None:
        yield line("  ", cell(dimension, "bold"), "  ", cell("not stated", "dim"))
        return
    written = found.written
    evidence = f"confidence {written.confidence or 'not stated'}, {_age(written.verified, as_of)}"
    yield line("  ", cell(dimension, "bold"), "  ", grade(written.value), "  ", cell(evidence))
    question = snapshot.written.dimensions.get(dimension)
    pairs = [
        ("asks", question),
        ("whose", OWN if found.owner == "bundle" else None),
        ("contract", found.agreement),
        ("says", written.note),
        ("tier", f"from {written.tier} on" if written.tier else None),
        ("route", f"{written.route}: {ROUTE_WORDS[written.route]}" if written.route else None),
        ("default", f"{written.default}: {DEFAULT_WORDS[written.default]}" if written.default else None),
        ("geography", written.geography),
        *(("reaches", text) for text in scope_words(written.scope)),
        *(("only if", WORDING.words(condition.tree)) for condition in found.conditions),
        ("until", written.valid_until and str(written.valid_until)),
        *(("fact", f"{name}: {words}") for name, words in fact_lines(written)),
        ("source", written.source),
        ("archived", written.archived),
        *(("read", f"on {reading.on} by {reading.by}") for reading in written.readings or ()),
    ]
    yield rows((label, text) for label, text in pairs if text)


def _implications(found: Sequence[Implication]) -> Iterator[tuple[str, str]]:
    """What declared names say by themselves."""
    for one in found:
        named = [(axis, getattr(one, axis)) for axis in ("models", "endpoints", "features")]
        names = "; ".join(f"{axis} {', '.join(values)}" for axis, values in named if values)
        yield "implies", f"{names}: {', '.join(f'{field} {changed_value(value)}' for field, value in one.set.items())}"


def _names(written: OfferingFile) -> Iterator[tuple[str, str]]:
    """What the offering is called and what it knows by name."""
    for label in ("aliases", "endpoints", "models", "features", "hosts"):
        values = getattr(written, label)
        if values:
            yield label, ", ".join(values)
    if written.cloud:
        yield "cloud", f"{written.cloud}, whose names `cloud_region` has"
    yield from _implications(written.implies or ())
    if written.signatures is not None:
        yield "known by", _signatures(written.signatures)


def _signatures(found: Signatures) -> str:
    """How many names of each kind code that calls it is known by; JSON has the names."""
    numbers = [
        (field.replace("_", " "), sum(map(len, names.values())) if isinstance(names, dict) else len(names))
        for field, names in msgspec.structs.asdict(found).items()
        if field != "host_regions"
    ]
    return ", ".join(f"{number} {name}" for name, number in numbers if number)


def _age(verified: datetime.date | None, as_of: datetime.date) -> str:
    if verified is None:
        return "never verified"
    days = (as_of - verified).days
    return f"verified {verified} ({count(days, 'day')} ago)" if days >= 0 else f"verified {verified}"


def watch_outs(found: WatchOuts, style: Style) -> str:
    """The watch-outs of each offering."""
    parts: list[RenderableType] = []
    for offering, concerns in found.offerings:
        parts += [
            line(cell(offering.id, "bold"), "  ", cell(offering.written.name)),
            *_concerns(offering, concerns),
            line(""),
        ]
    return drawn(parts, style, NARROWEST_ROWS)


def matches(found: Matches, style: Style) -> str:
    """Where words were found: offering, place, text."""
    made, count = table("offering", "where", "text", flexible=frozenset(("where", "text"))), 0
    for one in found.matches:
        where = f"{one.place} ({OWN})" if one.is_own else one.place
        made.add_row(cell(one.offering.id, "bold"), cell(where), cell(one.text))
        count += 1
    return drawn([*([made] if count else []), line(f"{count} found")], style)


def verification(found: VerifiedSnapshot, style: Style) -> str:
    """That a snapshot is valid, its digest, evidence that is or gets too old, and cells without a source."""
    snapshot = found.snapshot
    parts: list[RenderableType] = [
        line(cell("valid", "green"), f": {len(snapshot.offerings)} offerings, {found.cells} cells"),
        line(f"sha256: {snapshot.sha256}"),
        line(f"generated: {snapshot.written.generated}"),
    ]
    if found.aging or found.unsourced:
        made = table("offering", "dimension", "evidence")
        for one in (*found.aging, *found.unsourced):
            made.add_row(cell(one.offering.id, "bold"), cell(one.dimension), cell(one.words))
        parts += [line(""), made]
    parts.append(line(f"evidence that does not count, or not for more than {found.within} days: {len(found.aging)}"))
    parts.append(line(f"cells without a source that anybody can open: {len(found.unsourced)}"))
    parts += [line(f"{one.offering.id} {one.dimension}: {one.words}") for one in found.misnamed]
    parts += [] if found.freshness is None else [line(""), *_freshness(found.freshness)]
    return drawn(parts, style)


def _freshness(found: Freshness) -> Iterator[RenderableType]:
    """The days on which the number of cells that count changes, and the worst of them."""
    yield line(f"of {count(found.cells, 'dated cell')}, by the limits of {found.limits}:")
    made = table("day", "count", "share", "change")
    for one, change in found.changes:
        share = f"{found.share(one.counting):.1%}"
        made.add_row(cell(str(one.day)), cell(str(one.counting)), cell(share), cell(f"{change:+}" if change else ""))
    yield made
    if found.worst is None:
        yield line(f"no cell stops counting by {found.days[-1].day}")
        return
    day, fall = found.worst
    yield line(f"worst day by {found.days[-1].day}: {day.day}, {count(fall, 'cell')} ({found.share(fall):.1%}) at once")


_LOOKS: Final[Mapping[RegistryDirection, tuple[str, str]]] = {
    "worse": ("worse", "red"),
    "better": ("better", "green"),
    "changed": ("changed", "yellow"),
}


def difference(found: RegistryDifference, style: Style) -> str:
    """What changed, worse first to see."""
    parts: list[RenderableType] = []
    for field in found.snapshot:
        parts += _change(field.direction, "snapshot", "changed", (field,))
    for offering in found.offerings:
        parts += _change(offering.direction, offering.offering.id, offering.kind, offering.fields)
    for changed in found.cells:
        name = f"{changed.offering} {changed.dimension}"
        parts += _change(changed.direction, name, changed.kind, changed.fields, covered=changed.covered)
    total = found.total
    parts.append(line(f"{count(total, 'change')}, {found.worse} of them worse"))
    return drawn(parts, style)


def _change(
    direction: RegistryDirection, name: str, kind: str, fields: Sequence[FieldChange], *, covered: bool = False
) -> Iterator[RenderableType]:
    word, style = _LOOKS[direction]
    more = (" ", kind) if kind != "changed" else ()
    own = (" ", f"({COVERED})") if covered else ()
    yield line(cell(word, style), " ", cell(name, "bold"), *more, *own)
    yield rows((one.field, _sides(one)) for one in fields)


def _sides(change: FieldChange) -> str:
    direction = "" if change.direction == "changed" else f"  ({change.direction})"
    return f"{changed_value(change.old)} -> {changed_value(change.new)}{direction}"
