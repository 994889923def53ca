"""The pages beside those of offerings: all of them in a table, one question, two offerings, the search, and about.

In: offerings and their cells in words. Out: pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ....logic.wording import count
from ....model.policy import RegistryDemands
from ....model.registry import Offering
from .cells import CellView
from .grades import Look, legend
from .model import Asked, Link, Page, Pair
from .offering_pages import CATEGORIES
from .questions import unlike
from .views import Views


class Row(msgspec.Struct, frozen=True):
    """One offering in a table."""

    id: str
    name: str
    platform: str
    developer: str
    is_own: bool
    cells: tuple[CellView, ...]
    sought: str
    """What the filter looks through."""

    @property
    def path(self) -> str:
        return f"offerings/{self.id}/"


def rows(asked: Asked, views: Views) -> tuple[Row, ...]:
    """All offerings, by id."""
    return tuple(_row(one, views.of(one)) for one in asked.offerings)


def _row(one: Offering, cells: tuple[CellView, ...]) -> Row:
    file = one.written
    texts = (file.id, file.name, file.platform, file.developer, file.model_family, *(file.aliases or ()))
    return Row(
        one.id, file.name, file.platform, file.developer, one.owner == "bundle", cells, " ".join(filter(None, texts))
    )


def index_page(asked: Asked, views: Views, table: Sequence[Row]) -> Page:
    """Every offering with its grades, by category."""
    category = {one.id: one.written.category for one in asked.offerings}
    groups = [(words, [row for row in table if category[row.id] == name]) for name, words in CATEGORIES.items()]
    return Page(
        "",
        "index.html.jinja",
        asked.snapshot.written.name,
        f"What {len(table)} AI offerings document in public: certifications, agreements, training, retention.",
        {
            "groups": [(words, found) for words, found in groups if found],
            "sections": [
                (section, len([one for one in views.questions if one.section == section]))
                for section in dict.fromkeys(one.section for one in views.questions)
            ],
            "legend": legend(),
            "has_own": any(row.is_own or any(cell.is_own for cell in row.cells) for row in table),
        },
    )


def question_pages(views: Views, table: Sequence[Row]) -> Iterator[Page]:
    """All questions, and each over all offerings."""
    counted = []
    for index, question in enumerate(views.questions):
        answers = tuple(_answers(index, table))
        counted.append((question, _counts(answers)))
        values = {"question": question, "answers": answers, "counts": _counts(answers)}
        yield Page(question.path, "question.html.jinja", question.title, question.text, values)
    about = "Each question of the registry, answered for every offering."
    yield Page("questions/", "questions.html.jinja", "Questions", about, {"counted": counted})


def _answers(index: int, table: Sequence[Row]) -> Iterator[tuple[Row, CellView]]:
    """The clearest yes first, then by name."""
    for row in sorted(table, key=lambda row: (row.cells[index].look.rank, row.name.casefold(), row.id)):
        yield row, row.cells[index]


def _counts(answers: Sequence[tuple[Row, CellView]]) -> tuple[tuple[Look, int], ...]:
    """How often each answer is given, the clearest yes first; what is particular to few is left out."""
    looks = Counter(cell.look.plain for _, cell in answers)
    return tuple((look, looks[look]) for look in sorted(looks, key=lambda look: look.rank))


def comparison_pages(pairs: Sequence[Pair], table: Sequence[Row]) -> tuple[list[Page], Mapping[str, tuple[Link, ...]]]:
    """A page for each pair, and by offering the comparisons that it is in."""
    known = {row.id: row for row in table}
    pages: list[Page] = []
    links: defaultdict[str, list[Link]] = defaultdict(list)
    taken: set[str] = set()
    for pair in pairs:
        name = unlike(f"{pair[0]}-vs-{pair[1]}", taken)
        taken.add(name)
        one, other = known[pair[0]], known[pair[1]]
        path = f"compare/{name}/"
        pages.append(_comparison(path, one, other))
        links[one.id].append(Link(other.name, path, other.platform))
        links[other.id].append(Link(one.name, path, one.platform))
    about = "Offerings side by side: those of one developer, and those that do much the same."
    pages.append(Page("compare/", "comparisons.html.jinja", "Comparisons", about, {"pages": _by_first(pages)}))
    return pages, {id: tuple(found) for id, found in links.items()}


def _by_first(pages: Sequence[Page]) -> list[tuple[object, list[Page]]]:
    """Comparisons by the first of the two."""
    groups: defaultdict[object, list[Page]] = defaultdict(list)
    for page in pages:
        groups[page.values["one"]].append(page)
    return [*groups.items()]


def _comparison(path: str, one: Row, other: Row) -> Page:
    compared = [(cells, _differ(*cells)) for cells in zip(one.cells, other.cells, strict=True)]
    title = f"{one.name} and {other.name}"
    values = {"one": one, "other": other, "compared": compared, "different": sum(differs for _, differs in compared)}
    return Page(path, "comparison.html.jinja", title, f"What differs in what is documented of {title}.", values)


def _differ(one: CellView, other: CellView) -> bool:
    """Whether somebody who chooses between the two would want to know."""
    return (one.grade, one.watch_outs, one.facts) != (other.grade, other.watch_outs, other.facts)


def search_page(asked: Asked, views: Views, table: Sequence[Row]) -> Page:
    """Every page by its name, and where there is an index, every word."""
    links = [
        *(Link(row.name, row.path, f"{row.developer}, {row.platform}, {row.id}") for row in table),
        *(Link(one.title, one.path, one.text) for one in views.questions),
        Link("What changed lately", "latest/"),
        Link("Changelog", "changelog/"),
        Link("Corrections", "corrections/"),
        Link("About", "about/"),
    ]
    return Page("search/", "search.html.jinja", "Search", "Find a word in the registry.", {"links": links})


def _ages(demands: RegistryDemands) -> str:
    """How long evidence counts, in words."""
    ages = demands.max_evidence_age_days
    if isinstance(ages, int):
        return count(ages, "day")
    named = (f"{count(ages[name], 'day')} ({name})" for name in sorted(ages) if name != "default")
    return ", ".join((*named, f"{count(demands.max_age('default'), 'day')} otherwise"))


def about_page(asked: Asked) -> Page:
    """Licence, source, what it is not, and how to hold the pages against the snapshot."""
    cells = sum(len(one.cells) for one in asked.listed.offerings.values())
    own = sum(cell.owner == "bundle" for one in asked.offerings for cell in one.cells.values())
    former = sorted((asked.snapshot.written.former or {}).items())
    values = {"cells": cells, "own": own, "legend": legend(), "former": former, "ages": _ages(asked.demands)}
    return Page("about/", "about.html.jinja", "About", "Licence, attribution, disclaimer and digest.", values)
