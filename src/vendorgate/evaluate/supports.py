"""One thing that an outcome rests on, as it is said to a reader: what, by whom, where, and until when it counts.

In: a case and what was read. Out: `Support`s, whose places are found only when somebody asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec
from msgspec import UnsetType

from ..identity import EVERYBODY, identify
from ..logic import UNKNOWN, Json, Unknown
from ..model.registry import Cell
from ..model.result import Support
from ..model.subject import INHERITED, Subject
from ..model.vocabulary import UNLISTED
from ..source import Location, Path
from .ageing import last_day_of_evidence
from .case import Case

if TYPE_CHECKING:
    from ..declarations.deciding import Decider, Deciding
    from ..declarations.observing import Observed
    from ..model.agreement import Agreement
    from ..model.waiver import Waiver

_OF_USAGE: Final = ("id", "purpose", "data", "subjects", "environment", "attributes", "fallbacks", "via", "recipients")
"""Fields that every route has from its usage, and those that name the other routes."""
Locate = Callable[[], Location | None]
Stated = TypeVar("Stated")


def cell_support(case: Case, cell: Cell, *, ages: bool = True) -> Support:
    """A cell; where its age does not count it has no last day."""
    return Support(
        kind="evidence",
        what=cell.dimension,
        value=cell.written.value,
        said_in=cell.owner,
        locate=_in_bundle(case, cell) if cell.owner == "bundle" else None,
        reference=cell.agreement or cell.written.source,
        until=last_day_of_evidence(cell, case.demands) if ages and case.evidence(cell) == "pass" else None,
        verified=cell.written.verified,
        confidence=cell.written.confidence,
    )


def _in_bundle(case: Case, cell: Cell) -> Locate:
    source = case.subject.offering.source_of(cell.dimension)
    return lambda: source.locate(("dimensions", cell.dimension), key=True)


def agreement_support(case: Case, agreement: Agreement) -> Iterator[Support]:
    """An agreement of the register; of one for some projects the project's name, too, as long as nobody binds it."""
    yield Support(
        kind="agreement",
        what=agreement.kind,
        value=agreement.status,
        said_in="register",
        locate=_in_register(case, agreement),
        reference=_stated(agreement.reference),
        until=_stated(agreement.expires),
    )
    if EVERYBODY not in agreement.projects:
        yield from name_support(case)


def _in_register(case: Case, agreement: Agreement) -> Locate:
    register = case.program.bundle.register

    def locate() -> Location | None:
        """Nowhere for what a test of a policy puts in force."""
        index = register.index.place(agreement) if register is not None else None
        return None if register is None or index is None else register.source.locate(("agreements", index, "kind"))

    return locate


def claimed_agreement(case: Case, kind: str) -> Support:
    """An agreement that the manifest alone says is in force."""
    return _claim(case, "agreements", kind, case.subject.within("agreements"))


def name_support(case: Case) -> Iterator[Support]:
    """The project's name, where nothing but the manifest says whose it is."""
    if case.subject.identity.bound is None:
        yield _claim(case, "project", case.subject.manifest.project, ("project",))


def waiver_support(case: Case, waiver: Waiver) -> Iterator[Support]:
    """A waiver, by who approved it; of one for some projects the project's name, too, as long as nobody binds it."""
    written = waiver.written
    yield Support(
        kind="waiver",
        what=written.policy,
        value=written.approved_by,
        said_in="bundle",
        locate=lambda: waiver.source.locate_entry(("waivers", waiver.index, "policy")),
        reference=_stated(written.ticket),
        until=written.expires,
    )
    if written.project != EVERYBODY:
        yield from name_support(case)


def stated_support(case: Case, path: str) -> Iterator[Support]:
    """What a path outside of cells and agreements reads; none where nobody stated it, and none for the day."""
    value = case.stated.get(path, UNKNOWN)
    root, _, field = path.partition(".")
    if isinstance(value, Unknown) or root == "today":
        return
    observed = case.observed.get(path)
    if observed is not None:
        yield observed_support(case, path, observed)
    elif root == "project":
        yield _of_project(case, path, value)
    elif root == "offering" and field != "id" and case.subject.offering.id != UNLISTED:
        yield _of_registry(case, path, value)
    elif root == "primary" and field != "region":
        offering = case.subject.stated["primary.offering"]
        yield _claim(case, "primary.offering", offering, (*case.subject.place[:2], "offering"))
    elif root == "offering":
        yield _claim(case, "offering", case.subject.offering.id, case.subject.place)
    else:
        yield _claim(case, path if root == "primary" else field, value, *_places(case.subject, path))
    if case.subject.seen is not None:
        yield from _decided_by(case, _deciding(case).of(path))


def choosing_support(case: Case, path: str) -> Iterator[Support]:
    """What says that a value was observed for a usage, where it was for some names alone."""
    yield from _decided_by(case, _deciding(case).choosing(path))


def _deciding(case: Case) -> Deciding:
    from ..declarations.deciding import Deciding  # few bundles observe anything
    from ..declarations.observing import Standing, counts

    standing = Standing(case.stated, case.observed, case.contradictions)
    rules = case.program.bundle.observing
    return Deciding(case.subject, standing, lambda one: counts(one, case.as_of, rules), case.region_groups)


def _decided_by(case: Case, deciders: Iterable[Decider]) -> Iterator[Support]:
    for path, found in deciders:
        if found is not None:
            yield observed_support(case, path, found)
        else:
            claim = case.subject.stated[path]
            yield _claim(case, path.removeprefix("usage."), claim, *_places(case.subject, path))


def observed_support(case: Case, path: str, found: Observed) -> Support:
    """A value that was read at the vendor, or that somebody attests: the day, until when it counts, and what the
    manifest claims in its place."""
    from ..declarations.observing import contrary_claim, last_day

    written, source = found.observation.written, found.observation.source
    attested = None if isinstance(written.attested, UnsetType) else written.attested
    return Support(
        kind="observation",
        what=path.removeprefix("usage."),
        value=found.value,
        said_in="observation",
        locate=lambda: source.locate_entry(found.place) if source.has(found.place) else None,
        reference=_stated(written.source) if attested is None else attested.evidence,
        until=last_day(found.observation, case.program.bundle.observing),
        verified=written.observed,
        attested_by=None if attested is None else attested.by,
        claimed=contrary_claim(case.subject, path, found.value, case.region_groups),
    )


def _of_project(case: Case, path: str, value: Json) -> Support:
    """Of a project the manifest says who owns it, unless the bundle does; whether it is bound, the bundle says."""
    manifest, bindings = case.subject.manifest, case.program.bundle.projects
    nobodys = msgspec.structs.replace(manifest, owner=None)
    if path == "project.owner" and identify(nobodys, bindings).owner is None:
        return _claim(case, "owner", value, ("owner",))
    return Support("evidence", path, value, "bundle")


def _of_registry(case: Case, path: str, value: Json) -> Support:
    """What is said of an offering as a whole."""
    offering = case.subject.offering
    own = offering.owner == "bundle"
    locate = (lambda: offering.source.locate((path.split(".")[1],), key=True)) if own else None
    return Support("evidence", path, value, offering.owner, locate)


def _places(subject: Subject, path: str) -> Iterator[Path]:
    """Where a declaration may stand in the manifest, the nearest first."""
    field, _, name = path.partition(".")[2].partition(".")
    below = (field, name) if name else (field,)
    of_usage = (*subject.place[:2], *below)
    if path.startswith("primary.") or field in _OF_USAGE:
        yield of_usage
    elif field in ("offering", "route"):
        yield subject.place
    else:
        yield subject.within(*below)
        if field in INHERITED:
            yield of_usage


def _claim(case: Case, what: str, value: Json, *places: Path) -> Support:
    """What the manifest alone says; what holds by default stands nowhere."""
    source = case.subject.manifest.source

    def locate() -> Location | None:
        return next((source.locate_entry(place) for place in places if source.has(place)), None)

    return Support("claim", what, value, "manifest", locate)


def _stated(value: Stated | UnsetType) -> Stated | None:
    return None if isinstance(value, UnsetType) else value
