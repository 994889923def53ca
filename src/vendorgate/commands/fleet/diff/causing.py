"""Why a result turned, as far as two runs tell: nothing is judged again, and no input is at hand.

In: which inputs differ, and what each run says of the result. Out: a `Cause`. Where one input differs, it is the cause;
where several do, those are named that what was told can come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from ....logic.wording import few
from ....model.vocabulary import CONTRACT
from ..run.document import FleetRun
from .cases import ToldCase, ToldResult
from .model import Cause, FleetCause, Standing

_MOST: Final = 6
"""Paths that are named one by one."""
_CELLS: Final = frozenset(("grade", "evidence", "tier", "scope", "condition"))
"""Kinds of reasons that rest on what a cell of the registry says."""
_OF_NO_DAY: Final = frozenset(("grade", "tier", "scope", "condition", "expression", "declaration"))
"""Kinds of reasons that are the same on every day, as long as nothing asks for a day."""
_ABOUT_DAYS: Final = (b"today", b"days_since", b"days_until", b'"agreement', b'"observed"')
"""What rules ask that can be another on another day."""
_WORDS_ABOUT_DAYS: Final = ("today", "days since", "days until", "agreement")
_MANIFEST: Final[tuple[FleetCause, ...]] = ("manifest",)
"""Where no other input differs."""
_NOTHING: Final = ToldResult()


WENT: Final[Mapping[Literal["failed", "there", "gone"], Cause]] = {
    "failed": Cause((), "its manifest or repository could not be judged any more"),
    "there": Cause((), "its usage or route is not declared any more"),
    "gone": Cause((), "its manifest is not there any more"),
}
"""Why the results of a subject went, by what became of its manifest."""
CAME: Final[Mapping[Literal["failed", "there", "gone"], Cause]] = {
    "failed": Cause((), "its manifest or repository could not be judged before"),
    "there": Cause((), "its usage or route was not declared before"),
    "gone": Cause((), "its manifest was not there before"),
}
"""Why they came, by what its manifest was before."""


def differing(before: FleetRun, after: FleetRun) -> tuple[FleetCause, ...]:
    """The inputs that differ between two runs, beside manifests."""
    found: dict[FleetCause, bool] = {
        "registry": before.inputs.registry.sha256 != after.inputs.registry.sha256,
        "policies": before.inputs.bundle.sha256 != after.inputs.bundle.sha256
        or before.inputs.packs != after.inputs.packs,
        "day": before.as_of != after.as_of,
        "threshold": before.fail_on != after.fail_on,
        "version": before.tool.version != after.tool.version,
    }
    return tuple(name for name, differs in found.items() if differs)


class Causes:
    """Tells causes; the inputs of the runs are looked at once."""

    def __init__(self, before: FleetRun, after: FleetRun) -> None:
        self._differing = differing(before, after)

    def of_policy(self, policy: str) -> Cause:
        """Why a result came or went with its policy."""
        inputs = tuple(one for one in self._differing if one in ("policies", "version")) or self._differing
        return Cause(inputs, f"`{policy}` came or went")

    def of(self, policy: str, told: tuple[ToldCase, ToldCase], *, same_manifest: bool, same_owner: bool) -> Cause:
        """Why a result is another one than before: the manifest is the same in its bytes, or not; and so is whose it
        is."""
        old, new = (one.standings[policy] for one in told)
        results = told[0].results.get(policy, _NOTHING), told[1].results.get(policy, _NOTHING)
        paths = _paths(told)
        by_manifest = not same_manifest and (not same_owner or any(map(_is_declared, paths)))
        inputs = (*(("manifest",) if by_manifest else ()), *self._differing) or _MANIFEST
        observed = same_manifest and any(map(_is_declared, paths))
        possible = _possible(old, new, results, observed=observed)
        if by_manifest and (old.outcome == "not_applicable") != (new.outcome == "not_applicable"):
            possible -= _of_registry(paths)
        chosen = tuple(one for one in inputs if one in possible) or inputs
        return Cause(chosen, _what(chosen, policy, told, results, paths))


def _is_declared(path: str) -> bool:
    return path.startswith(("usage.", "primary."))


def _paths(told: tuple[ToldCase, ToldCase]) -> tuple[str, ...]:
    """The paths of what is known otherwise than before."""
    old, new = told[0].facts, told[1].facts
    return tuple(sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path)))


def _of_registry(paths: tuple[str, ...]) -> frozenset[FleetCause]:
    """To whom a policy applies no cell says: it reads what an offering is, and that stands among the facts."""
    return _NO_CAUSE if any(path.startswith(("offering.", "primary.")) for path in paths) else _REGISTRY


_NO_CAUSE: Final[frozenset[FleetCause]] = frozenset()
_REGISTRY: Final[frozenset[FleetCause]] = frozenset(("registry",))


def _possible(
    old: Standing, new: Standing, told: tuple[ToldResult, ToldResult], *, observed: bool
) -> frozenset[FleetCause]:
    """What can have done it, by what is told of it. `observed`: other things are known of the usage than before, though
    its manifest is the same."""
    if told[0].leaves == told[1].leaves:
        if old.outcome == new.outcome:
            return frozenset(("policies", "day", "threshold", "version"))  # its severity, or what blocks
        if "waived" in (old.outcome, new.outcome):
            return frozenset(("manifest", "policies", "day", "version"))
    without: set[FleetCause] = {"threshold"} if old.outcome != new.outcome else set()
    if "not_applicable" not in (old.outcome, new.outcome) and not observed and _is_of_no_day(told):
        without.add("day")
    return _ANYTHING - without


def _is_of_no_day(told: tuple[ToldResult, ToldResult]) -> bool:
    """Whether what is told on one side alone is the same on every day."""
    rules = [bytes(one.expression) for each in told for one in each.requirements]
    if any(word in rule for rule in rules for word in _ABOUT_DAYS):
        return False
    if any(one.get("value") == CONTRACT for each in told for one in each.evidence):
        return False
    fresh = told[0].leaves ^ told[1].leaves
    if any(word in message for _, _, message in fresh for word in _WORDS_ABOUT_DAYS):
        return False
    return bool(fresh) and {kind for kind, _, _ in fresh} <= _OF_NO_DAY


_ANYTHING: Final[frozenset[FleetCause]] = frozenset(("manifest", "registry", "policies", "day", "threshold", "version"))


def _what(
    chosen: Iterable[FleetCause],
    policy: str,
    told: tuple[ToldCase, ToldCase],
    results: tuple[ToldResult, ToldResult],
    paths: tuple[str, ...],
) -> str:
    """What of the inputs, in words that all results have in common which turned for it."""
    said: list[str] = []
    for cause in chosen:
        if cause == "manifest":
            declared = [f"`{path}`" for path in paths if _is_declared(path)]
            said.append(few(declared, _MOST) if declared else "whose it is, or what no policy reads")
        elif cause == "registry":
            said.append(_cells(told, results))
        elif cause == "policies":
            said.append(_of_bundle(policy, results, told))
    said = said or [_OTHERWISE[cause] for cause in chosen]
    return "; ".join(said)


_OTHERWISE: Final[Mapping[str, str]] = {
    "day": "what holds on a day: evidence, agreements, waivers, `enforce_from`",
    "threshold": "`--fail-on`",
    "version": "the version of vendorgate",
}


def _cells(told: tuple[ToldCase, ToldCase], results: tuple[ToldResult, ToldResult]) -> str:
    """The offering, and those of its dimensions that what is told rests on."""
    offering = told[1].facts.get("offering.id") or told[0].facts.get("offering.id") or b'"unlisted"'
    name = offering.decode().strip('"')
    cited = [{str(one.get("dimension")): one for one in each.evidence} for each in results]
    found = {one for one in cited[0].keys() & cited[1].keys() if cited[0][one] != cited[1][one]}
    if not found:
        fresh = results[0].leaves ^ results[1].leaves
        found = {dimension for kind, dimension, _ in fresh if kind in _CELLS and dimension is not None}
    return f"{name}: {', '.join(sorted(found))}" if found else name


def _of_bundle(policy: str, results: tuple[ToldResult, ToldResult], told: tuple[ToldCase, ToldCase]) -> str:
    """What of the bundle: agreements and waivers where these are told, else the policy."""
    old, new = (one.standings[policy] for one in told)
    if old.waiver != new.waiver:
        return f"waivers of `{policy}`"
    kinds = {kind for kind, _, _ in results[0].leaves ^ results[1].leaves}
    return "agreements in force" if kinds == {"agreement"} else f"`{policy}`, or what else of the bundle it rests on"
