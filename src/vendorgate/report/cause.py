"""Causes: the one fact behind a result that does not pass, so that results with the same fact can be told together.

In: a result. Out: its causes, plain text not yet escaped. Refuses to know how they are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

import msgspec

from ..logic import Json
from ..logic.wording import few
from ..model.manifest import name_of
from ..model.phrases import AXIS_NOUN
from ..model.result import Reason, ReasonKind, Remedy, Result
from ..model.vocabulary import CONTRACT, UNLISTED
from .otherwise import asked_by

CauseKind = Literal[
    "undeclared",
    "applies",
    "contradiction",
    "value",
    "name",
    "scope",
    "tier",
    "agreement",
    "contract",
    "evidence",
    "grade",
    "unlisted",
    "unbound",
    "unobserved",
]
Lift = Literal["declare", "change", "agree", "update", "nothing"]
"""What can lift it on our side: declare a field; change what is declared; bring an agreement into force; newer evidence
in the registry or the bundle; nothing, because what the registry or the rule says decides."""


class Cause(msgspec.Struct, frozen=True):
    """One fact that keeps a result from passing."""

    kind: CauseKind
    about: tuple[str, ...]
    """With `kind` what makes two causes one: names and states, never a day."""
    before: str
    of: str | None
    """What the fact is said of, where results with the same cause may differ in it: a dimension, or a cell."""
    after: str
    lift: Lift
    remedy: Remedy | None = None
    either: bool = False
    """Whether it is one of several of which one would have to go."""
    dimension: str | None = None
    """The cell that decides, or that asks."""
    reads: tuple[str, ...] = ()
    """The paths whose values decide, of a rule that does not hold."""

    @property
    def key(self) -> tuple[str, ...]:
        return (self.kind, *self.about)

    @property
    def message(self) -> str:
        """The fact in words."""
        return said([self])


_APPLIES: Final = " applies"
_PLURAL: Final = {_APPLIES: " apply"}
_MOST: Final = 6
"""Of what a fact is said of, how many are named."""


def said(alike: Iterable[Cause]) -> str:
    """The fact of causes with one key in words, with all that it is said of."""
    causes = list(alike)
    of = [*dict.fromkeys(one.of for one in causes if one.of is not None)]
    after = _PLURAL.get(causes[0].after, causes[0].after) if len(of) > 1 else causes[0].after
    return f"{causes[0].before}{few(of, _MOST)}{after}"


def causes_of(result: Result) -> tuple[Cause, ...]:
    """Every cause of a result that fails, is not known or is waived, each once; none of any other."""
    if result.outcome in ("pass", "not_applicable"):
        return ()
    found: dict[tuple[str, ...], Cause] = {}
    for cause in _causes(result):
        found.setdefault((*cause.key, cause.of or ""), cause)
    return tuple(found.values())


def cause_of(result: Result) -> Cause | None:
    """The cause that a result is told under; None of one that has none."""
    return first_of(causes_of(result))


def first_of(causes: Sequence[Cause]) -> Cause | None:
    """Of all causes of a result the one that it is told under: whether its policy applies comes first, then what no
    declaration lifts."""
    if not causes:
        return None
    if causes[0].kind == "applies":
        return causes[0]
    needed = [one for one in causes if not one.either]
    hard = [one for one in needed if one.lift == "nothing"] or [one for one in needed if one.lift != "declare"]
    easy = sorted(causes, key=lambda one: (one.kind != "contradiction", _EASIEST.index(one.lift)))
    return (hard or needed or easy)[0]


def is_beyond_us(result: Result) -> bool:
    """Whether nothing that a usage declares and nothing that is signed lifts a result."""
    causes = causes_of(result)
    if any(one.kind == "applies" for one in causes):
        return False
    either = [one for one in causes if one.either]
    if any(one.lift == "nothing" and not one.either for one in causes) or (
        bool(either) and all(one.lift == "nothing" for one in either)
    ):
        return not asked_by(result)
    return False


_EASIEST: Final[tuple[Lift, ...]] = ("declare", "change", "agree", "update", "nothing")


def _causes(result: Result) -> Iterator[Cause]:
    for leaf, _ in _leaves(result.when, either=False):
        if leaf.outcome == "unknown":
            yield _applies(leaf, result)
    for requirement in result.requirements:
        if requirement.outcome != "pass":
            for leaf, either in _leaves(requirement.reasons, either=False):
                cause = _cause(leaf, result)
                yield msgspec.structs.replace(cause, either=either, dimension=leaf.dimension, reads=_paths(leaf))


def _paths(leaf: Reason) -> tuple[str, ...]:
    """The paths that a comparison or the like reads."""
    return (*dict.fromkeys(_variables(leaf.about[0])),) if leaf.kind == "expression" and leaf.about else ()


def _variables(rule: Json) -> Iterator[str]:
    """The paths of a rule as it is written; an element of an iteration has none."""
    if isinstance(rule, dict):
        for name, inner in rule.items():
            path = inner[0] if isinstance(inner, list) and inner else inner
            if name == "var" and isinstance(path, str) and "." in path:
                yield path
            yield from _variables(inner)
    elif isinstance(rule, list):
        for inner in rule:
            yield from _variables(inner)


def _leaves(reasons: Iterable[Reason], *, either: bool) -> Iterator[tuple[Reason, bool]]:
    """What it comes down to, and whether one of several would have to go."""
    for reason in reasons:
        if reason.outcome == "pass":
            continue
        choice = either or reason.either
        inner = [one for one in reason.reasons if one.outcome != "pass"]
        yield from _leaves(inner, either=choice) if inner else ((reason, choice),)


def _applies(leaf: Reason, result: Result) -> Cause:
    """Why it is not known whether the policy applies."""
    plain = _cause(leaf, result)
    words = f"{plain.message}, so that it is not known whether "
    return Cause("applies", plain.key, words, result.policy.id, _APPLIES, plain.lift, plain.remedy)


def _cause(leaf: Reason, result: Result) -> Cause:
    about = tuple(str(one) for one in leaf.about if isinstance(one, str))
    if UNLISTED in about:
        vendor = str(result.subject.name.vendor or UNLISTED)
        words = f"nobody has looked at `{vendor}`, which the registry does not list"
        return Cause("unlisted", (vendor,), words, None, "", "nothing", leaf.remedy)
    return _OF_KIND[leaf.kind](leaf, result, about)


def _offering(result: Result) -> str:
    return result.subject.offering.id


def _declaration(leaf: Reason, result: Result, about: tuple[str, ...]) -> Cause:
    remedy = leaf.remedy
    if about[:1] == ("project.bound",):
        return Cause("unbound", (), leaf.message, None, "", "nothing", remedy)
    if about[1:2] == ("not observed",):
        return _unobserved(about[0], result, remedy)
    if about[1:2] == ("contradicted",):
        return Cause("contradiction", about, leaf.message, None, "", "change", remedy)
    if about[:2] == ("models", "not listed"):
        words, _, _ = leaf.message.partition("; did you mean ")  # the remedy has that
        return Cause("name", (*about, _offering(result)), words, None, "", "change", remedy)
    if remedy is not None and remedy.action == "declare":
        return Cause("undeclared", (remedy.what,), leaf.message, None, "", "declare", remedy)
    return Cause("value", about, leaf.message, None, "", "nothing", remedy)


def _unobserved(path: str, result: Result, remedy: Remedy | None) -> Cause:
    """What nobody has read of an account, which is read in one go."""
    subject = result.subject
    own = path.startswith("primary.")
    account = str(name_of(subject.manifest.usages[int(subject.place[1])]) if own else subject.name)
    field = f"`{path.removeprefix('usage.')}`"
    return Cause("unobserved", (account,), f"not observed of {account}: ", field, "", "update", remedy)


def _scope(leaf: Reason, result: Result, about: tuple[str, ...]) -> Cause:
    id = _offering(result)
    if len(about) == 3 and leaf.dimension is not None:
        axis, state, name = about
        noun = AXIS_NOUN[axis]
        if state in _STATE:
            before = f"{noun} `{name}` of {id} is {_STATE[state]} what is documented for "
            return Cause("scope", (*about, id), before, leaf.dimension, "", "change", leaf.remedy)
        if state == "overlaps":
            return Cause(
                "scope", (*about, id), f"{leaf.message} of ", leaf.dimension, f" of {id}", "change", leaf.remedy
            )
        if state == "not known":
            return Cause("name", (*about, id), leaf.message, None, "", "change", leaf.remedy)
    return Cause("scope", (*about, id, str(leaf.dimension)), leaf.message, None, "", "nothing", leaf.remedy)


def _tier(leaf: Reason, result: Result, about: tuple[str, ...]) -> Cause:
    declared, least = about
    words = f"tier `{declared}` of {_offering(result)} is below the `{least}` that is asked for "
    return Cause("tier", (*about, _offering(result)), words, leaf.dimension, "", "change", leaf.remedy)


def _agreement(leaf: Reason, result: Result, about: tuple[str, ...]) -> Cause:
    id = _offering(result)
    if about[0].startswith("agreements."):
        return Cause("agreement", (about[0], id), leaf.message, None, "", "agree", leaf.remedy)
    whose, negated, why = leaf.message.partition(" is not in force")
    nothing_of_it = about[1:] in ((), ("not claimed",))
    key = (about[0], why) if nothing_of_it else (about[0], id)  # what a register says of one has its days
    return Cause("agreement", key, f"{whose} with ", id, f"{negated}{why}", "agree", leaf.remedy)


def _evidence(leaf: Reason, result: Result, about: tuple[str, ...]) -> Cause:
    owner = _owner(leaf, result)
    whose = "the registry" if owner == "registry" else "the bundle"
    state = about[0] if about else ""
    cell = f"{leaf.dimension} of {_offering(result)}"
    words = _EVIDENCE.get(state, "the evidence of {0} does not count for ").replace("{0}", whose)
    lift: Lift = "nothing" if state == "ended" else "update"
    return Cause("evidence", (state, owner), words, cell, "", lift, leaf.remedy)


_EVIDENCE: Final = {
    "too old": "{0} read this too long ago: ",
    "never verified": "{0} does not say when it read this: ",
    "ended": "the vendor announced the end of this: ",
    "verified in the future": "{0} says that it read this after the day that is judged by: ",
}


def _owner(leaf: Reason, result: Result) -> str:
    cited = (one.cell for one in result.evidence if one.dimension == leaf.dimension)
    return next((one.owner for one in cited if one is not None), "registry")


def _grade(leaf: Reason, result: Result, about: tuple[str, ...]) -> Cause:
    id, of = _offering(result), leaf.dimension
    if about[:1] == (CONTRACT,):
        return Cause("contract", (id, str(of)), f"{of} of {id} is {leaf.message}", None, "", "agree", leaf.remedy)
    if not about:
        words = f"the {_owner(leaf, result)} states nothing about "
        return Cause("grade", ("", id), words, of, f" of {id}", "nothing", leaf.remedy)
    if about[0].startswith("registry."):
        words = f"{leaf.message} ({id})" if about[1:] == ("not listed",) else f"{leaf.message} of {id}"
        return Cause("grade", (about[0], id), words, None, "", "nothing", leaf.remedy)
    meaning = leaf.message.partition(": ")[2]
    return Cause("grade", (about[0], meaning, id), "", of, f" of {id}: {meaning}", "nothing", leaf.remedy)


def _condition(leaf: Reason, result: Result, about: tuple[str, ...]) -> Cause:
    return Cause(
        "value", (leaf.message, _offering(result)), f"{leaf.message} ({_offering(result)})", None, "", "change"
    )


def _expression(leaf: Reason, result: Result, about: tuple[str, ...]) -> Cause:
    """A comparison or the like that does not hold, or cannot be decided."""
    rule = leaf.about[0] if leaf.about else None
    if isinstance(rule, dict) and [*rule] == ["known"] and leaf.about[1:] == ([rule["known"]],):
        field = str(rule["known"]).removeprefix("usage.")
        return Cause(
            "undeclared", (field,), f"`{field}` is not declared", None, "", "declare", Remedy("declare", field)
        )
    words = leaf.message
    is_told = isinstance(rule, dict) and [*rule] == ["known"]  # nobody is to take back what is so
    lift: Lift = "nothing" if is_told else _lifted_by(_paths(leaf))
    return Cause("value", (words,), words, None, "", lift, leaf.remedy)


def _lifted_by(paths: tuple[str, ...]) -> Lift:
    """What on our side changes the values that decide; which data is sent is never changed for a verdict."""
    if any(path.startswith("agreements.") for path in paths):
        return "agree"
    ours = [path for path in paths if path.startswith(("usage.", "primary.region")) and path != "usage.data"]
    return "change" if ours else "nothing"


_OF_KIND: Final[Mapping[ReasonKind, Callable[[Reason, Result, tuple[str, ...]], Cause]]] = {
    "declaration": _declaration,
    "scope": _scope,
    "tier": _tier,
    "agreement": _agreement,
    "evidence": _evidence,
    "grade": _grade,
    "condition": _condition,
    "expression": _expression,
}
_STATE: Final = {"outside": "outside", "excluded": "excluded from"}
