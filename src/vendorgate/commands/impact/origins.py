"""Which differences between both sides a changed result rests on.

In: everything that differs, and a result before and after with its causes. Out: the cells, offerings, policies,
agreements, waivers and settings among it that the result rests on. Refuses to know how the causes were found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from ...comparison.edits import DECIDING, agreement_name, names_of, waiver_name
from ...comparison.model import Cause, Edit
from ...comparison.observation_edits import observation_name
from ...comparison.registry_model import CellChange, OfferingChange
from ...declarations.observing import observations_of
from ...evaluate.waiver_index import WaiverIndex
from ...load.manifest import routed_offerings
from ...model.manifest import Usage
from ...model.policy import Bundle
from ...model.result import Reason, Result
from ...model.vocabulary import in_order
from .model import Origins, ResultImpact

DifferenceKey = tuple[str, str]
_WORDS: Final = ("data_classes", "attributes", "agreement_kinds", "region_groups")
"""Settings of a bundle that say which words a manifest may use."""


class OriginFinder:
    """Finds, among everything that differs between both sides, what a result rests on."""

    def __init__(self, all: Origins, bundles: Iterable[Bundle]) -> None:
        self._all = all
        self._waivers = tuple(WaiverIndex(bundle.waivers) for bundle in bundles)
        self._cells = {_cell(one): one for one in all.cells}
        self._offerings = {one.offering.id: one for one in all.offerings}
        self._policies = {one.name: one for one in all.edits if one.what == "policy"}
        self._settings = tuple(one for one in all.edits if one.what == "bundle")
        self._by_name: dict[tuple[str, str], list[int]] = {}
        for place, one in enumerate(all.edits):
            for name in names_of(one):
                self._by_name.setdefault((one.what, name), []).append(place)

    def without_effect(self, used: Iterable[Origins]) -> Origins:
        """What no changed result rests on."""
        found = {key for origins in used for key in keys(origins)}
        return Origins(
            cells=tuple(one for one in self._all.cells if _cell(one) not in found),
            offerings=tuple(one for one in self._all.offerings if _offering(one) not in found),
            edits=tuple(one for one in self._all.edits if _edit(one) not in found),
        )

    def lacking(self, usage: Usage, causes: Iterable[Cause]) -> Origins:
        """What a usage that cannot be judged any more lacks: offerings, or what they list, and data classes."""
        named = routed_offerings([usage]) if "registry" in causes else set()
        settings = self._settings if "policy" in causes else ()
        return Origins(
            offerings=tuple(one for one in self._all.offerings if one.offering.id in named),
            edits=tuple(one for one in settings if one.name.partition(" ")[0] in _WORDS),
        )

    def behind(self, impact: ResultImpact) -> Origins:
        """What a changed result rests on."""
        found = [_ORIGINS[cause](self, impact) for cause in impact.causes]
        return Origins(
            cells=tuple(one for origins in found for one in origins.cells),
            offerings=tuple(one for origins in found for one in origins.offerings),
            edits=tuple(one for origins in found for one in origins.edits),
        )

    def registry(self, impact: ResultImpact) -> Origins:
        """The cells that a result cites and that differ: those of the requirements that changed, else all.

        Where none does, the offering itself; to whom a policy applies, and who can be judged, never rests on a cell.
        """
        offering, both = impact.result.subject.offering.id, (impact.before, impact.after)
        judged = all(one is not None and one.outcome != "not_applicable" for one in both)
        for dimensions in (_changed(*both), _cited(*both)) if judged else ():
            named = ((offering, str(name)) for name in in_order(dimensions))
            if cells := tuple(self._cells[key] for key in named if key in self._cells):
                return Origins(cells=cells)
        changed = self._offerings.get(offering)
        return Origins() if changed is None else Origins(offerings=(changed,))

    def policy(self, impact: ResultImpact) -> Origins:
        """The edit of the policy; where that decides nothing, what else the bundle says otherwise."""
        own = self._policies.get(impact.result.policy.id)
        if own is not None and (own.kind != "changed" or any(one.field in DECIDING for one in own.fields)):
            return Origins(edits=(own,))
        settings = (one for one in self._settings if not _is_register(one) and not _is_of_observations(one))
        return Origins(edits=tuple(settings))

    def observation(self, impact: ResultImpact) -> Origins:
        """The observations of accounts that the result has to do with; where none differs, what is made of them."""
        subjects = [result.subject for result in (impact.before, impact.after) if result is not None]
        written = [one.written for subject in subjects for one in observations_of(subject)]
        own = tuple(self._named("observation", map(observation_name, written)))
        return Origins(edits=own or tuple(one for one in self._settings if _is_of_observations(one)))

    def agreement(self, impact: ResultImpact) -> Origins:
        """The agreements that name the offering and the project; or that the whole register came or went."""
        register = tuple(one for one in self._settings if _is_register(one))
        subjects = [result.subject for result in (impact.before, impact.after) if result is not None]
        named = (agreement_name(one) for subject in subjects for one in subject.agreements or ())
        return Origins(edits=register or tuple(self._named("agreement", named)))

    def waiver(self, impact: ResultImpact) -> Origins:
        """The waivers that name a result."""
        result = impact.result
        waivers = (one for side in self._waivers for one in side.naming(result.policy, result.subject))
        named = (waiver_name(one.written) for one in waivers)
        return Origins(edits=tuple(self._named("waiver", named)))

    def _named(self, what: str, names: Iterable[str]) -> Iterator[Edit]:
        found = {place for name in names for place in self._by_name.get((what, name), ())}
        return (self._all.edits[place] for place in sorted(found))


def keys(origins: Origins) -> tuple[DifferenceKey, ...]:
    """Differences by what tells them apart."""
    return (*map(_cell, origins.cells), *map(_offering, origins.offerings), *map(_edit, origins.edits))


def _cell(one: CellChange) -> DifferenceKey:
    return (one.offering, str(one.dimension))


def _offering(one: OfferingChange) -> DifferenceKey:
    return ("offering", one.offering.id)


def _edit(one: Edit) -> DifferenceKey:
    return (one.what, one.name)


def _is_register(edit: Edit) -> bool:
    return edit.what == "bundle" and edit.name == "agreements register"


def _is_of_observations(edit: Edit) -> bool:
    return edit.what == "bundle" and edit.name.startswith("observations.")


_ORIGINS: Final[Mapping[Cause, Callable[[OriginFinder, ResultImpact], Origins]]] = {
    "manifest": lambda origin_finder, impact: Origins(),  # it is the same on both sides
    "policy": OriginFinder.policy,
    "registry": OriginFinder.registry,
    "staleness": OriginFinder.registry,
    "agreement": OriginFinder.agreement,
    "waiver": OriginFinder.waiver,
    "observation": OriginFinder.observation,
}


def _cited(*results: Result | None) -> set[str]:
    """The dimensions that a result rests on, on either side."""
    return {citation.dimension for result in results if result is not None for citation in result.evidence}


def _changed(before: Result | None, after: Result | None) -> set[str]:
    """The dimensions that the reasons name of those requirements whose outcome is another."""
    if before is None or after is None:
        return set()
    pairs = zip(before.requirements, after.requirements, strict=False)
    changed = [one for pair in pairs if pair[0].outcome != pair[1].outcome for one in pair]
    return {name for one in changed for reason in one.reasons for name in _dimensions(reason)}


def _dimensions(reason: Reason) -> Iterator[str]:
    if reason.dimension is not None and reason.outcome != "pass":
        yield reason.dimension
    for inner in reason.reasons:
        yield from _dimensions(inner)
