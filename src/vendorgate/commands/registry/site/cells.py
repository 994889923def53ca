"""A cell in the words of its page: grade, how it is had, where it reaches, facts, evidence.

In: a cell, by what evidence counts. Out: what a template shows, nothing of it escaped yet.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from ....evaluate.watch_outs import concerns
from ....logic.wording import count, few
from ....model.facts import COMMON_FACTS
from ....model.grades import meaning_of
from ....model.registry import Cell, CellFile, Scope
from ....model.vocabulary import AccessRoute, Default, Tier
from ....report.clauses import Clause, inline
from ....report.english import clause
from ....report.lines import shortened
from ....report.page.reference import Reference, reference
from .counting import Counting
from .facts import Fact, facts
from .grades import Look, look_of
from .questions import Question

_TIERS: Final[Mapping[Tier, str]] = {
    "free": "every account, free ones included",
    "self_serve": "paid accounts that anybody can open",
    "enterprise": "enterprise accounts alone",
}
_ROUTES: Final[Mapping[AccessRoute, str]] = {
    "public": "in public, for everybody",
    "trust_center_nda": "through the vendor's trust portal, which takes an account or a confidentiality agreement",
    "sales_contract": "through sales or a contract",
}
_DEFAULTS: Final[Mapping[Default, str]] = {
    "enabled": "holds by itself",
    "requires_config": "holds once it is configured",
    "requires_approval": "holds once the vendor has approved it",
}
_NAMES: Final = 4
"""Names of a scope that a watch-out says."""
_LONGEST: Final = 240
"""Characters of a condition in a watch-out; it stands in full below."""
_AXES: Final[Mapping[str, str]] = {
    "endpoints": "Endpoints",
    "models": "Models",
    "regions": "Regions",
    "cloud_regions": "The platform's regions",
    "features": "Features",
    "lifecycle": "Maturity",
}


class Reached(msgspec.Struct, frozen=True):
    """One axis of a scope."""

    axis: str
    only: tuple[str, ...] | None
    """None: no list of what is inside."""
    excluded: tuple[str, ...]


class ReadOn(msgspec.Struct, frozen=True):
    """That somebody read the source."""

    day: str
    by: str
    archived: Reference | None


class CellView(msgspec.Struct, frozen=True):
    """What a page says of one dimension of one offering."""

    question: Question
    look: Look
    grade: str
    """In words."""
    is_own: bool
    """Whether the organization states it."""
    contract: str
    """The reference of the contract that it rests on; mostly empty."""
    watch_outs: tuple[str, ...]
    """Why it is not a clean public yes, each short enough for a list; what is long stands in full below."""
    note: str
    had: tuple[tuple[str, str], ...]
    """How the commitment is had: label and words."""
    reaches: tuple[Reached, ...]
    conditions: tuple[Clause, ...]
    facts: tuple[Fact, ...]
    source: Reference | None
    archived: Reference | None
    day: str
    """On which somebody read the source; `never` where nobody did."""
    verified: str
    """The same, and how long ago; empty where nothing is stated."""
    confidence: str
    readings: tuple[ReadOn, ...]

    @property
    def common(self) -> tuple[Fact, ...]:
        """The facts that go by a common name, so that several offerings can be held against each other."""
        return tuple(one for one in self.facts if one.key in COMMON_FACTS)


def view(question: Question, cell: Cell | None, offering: str, by: Counting) -> CellView:
    """What a page says of a cell, also of one that is not there."""
    written = CellFile("") if cell is None else cell.written
    conditions = () if cell is None else tuple(clause(condition.tree) for condition in cell.conditions)
    found = tuple(reaches(written.scope))
    doubt = "" if cell is None else by.doubt(cell, offering)
    return CellView(
        question=question,
        look=look_of(cell, doubt),
        grade="nothing is stated" if cell is None else meaning_of(written.value).words,
        is_own=cell is not None and cell.owner == "bundle",
        contract="" if cell is None else cell.agreement or "",
        watch_outs=(*_watch_outs(cell, found, conditions), *_doubts(doubt, written)),
        note=written.note or "",
        had=tuple(_had(written)),
        reaches=found,
        conditions=conditions,
        facts=tuple(facts(written)),
        source=reference(written.source) if written.source else None,
        archived=reference(written.archived) if written.archived else None,
        day=str(written.verified or "never") if cell is not None else "",
        verified="" if cell is None else verified_words(written.verified, by.day),
        confidence=written.confidence or "not stated",
        readings=tuple(_readings(written)),
    )


def _watch_outs(cell: Cell | None, found: Iterable[Reached], conditions: Iterable[Clause]) -> tuple[str, ...]:
    """The concerns of a cell; scope and conditions in few words."""
    if cell is None:
        return concerns(None)
    bare = msgspec.structs.replace(cell, conditions=(), written=msgspec.structs.replace(cell.written, scope=None))
    reach = []
    for one in found:
        if one.only is not None:
            reach.append(f"{one.axis.lower()}: only {few(one.only, _NAMES) or 'none'}")
        if one.excluded:
            reach.append(f"{one.axis.lower()}: not {few(one.excluded, _NAMES)}")
    return (*concerns(bare), *reach, *(f"only if {_short(inline(one))}" for one in conditions))


def _doubts(doubt: str, written: CellFile) -> Iterator[str]:
    """Why a cell does not count; that nobody ever read its source is among its concerns already."""
    if doubt and written.verified is not None:
        yield f"{doubt}, so that a gate reads it as unknown"


def _short(text: str) -> str:
    """A text that is cut where it is long, and not in the middle of a name."""
    cut = shortened(text, _LONGEST)
    return f"{cut[: cut.rindex('`')].rstrip()} …" if cut.count("`") % 2 else cut


def verified_words(verified: datetime.date | None, day: datetime.date) -> str:
    """When somebody read the source, and how long ago."""
    if verified is None:
        return "never, so that a gate reads it as unknown"
    days = (day - verified).days
    return f"{verified}, {count(days, 'day')} before {day}" if days > 0 else str(verified)


def reaches(scope: Scope | None) -> Iterator[Reached]:
    """Where a commitment reaches, an entry an axis that restricts it."""
    for axis, words in _AXES.items():
        reach = getattr(scope, axis, None)
        if reach is not None and (reach.only is not None or reach.excluded):
            yield Reached(words, reach.only, reach.excluded or ())


def _had(written: CellFile) -> Iterator[tuple[str, str]]:
    """How an organization gets at a commitment."""
    if written.tier is not None:
        yield "For", _TIERS[written.tier]
    if written.route is not None:
        yield "Had", _ROUTES[written.route]
    if written.default is not None:
        yield "Switched on", _DEFAULTS[written.default]
    if written.geography:
        yield "Where", written.geography
    if written.valid_until is not None:
        yield "Until", f"{written.valid_until}, as the vendor has announced"


def _readings(written: CellFile) -> Iterator[ReadOn]:
    """Who read the source, the latest first."""
    for one in sorted(written.readings or (), key=lambda one: one.on, reverse=True):
        yield ReadOn(str(one.on), one.by, reference(one.archived) if one.archived else None)
