"""What a change edits of what was observed of accounts, and of which accounts exist.

In: two bundles as they are written. Out: edits by account. Less that is told is weaker, since a claim counts again; of
another value the policies' own rules say whether more of them hold; a new day alone says nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec
from msgspec import UnsetType

from ..evaluate.possible import PossibleCase
from ..evaluate.program import compile_rule
from ..load.bundle_files import BundleFiles
from ..logic import Json, LogicError, Node, Value, parse, truth_of
from ..logic.paths import reads, words_of
from ..model.asking import OBSERVED
from ..model.manifest import RouteName
from ..model.observable import FIELDS, SETTINGS
from ..model.observation import AccountEntry, ObservationFile
from ..model.policy import PolicyOutline
from .model import Edit, Effect, FieldEdit

_SETTINGS: Final = "settings."
_NAMING: Final = ("version", "offering", "account", "settings")
"""Fields that make the name of an observation, and those that are told by themselves."""
_REACHING: Final = ("scope", "scoped_settings")
"""Fields that say for which models, endpoints and regions something is told."""
_HARDER: Final[Mapping[bool | None, int]] = {False: 0, None: 1, True: 2}
"""How much a rule lets pass by what it comes to."""
_EMPTY: Final = ("scoped_settings", "unreadable")
"""Fields of which an empty list is none; no features is a thing that is told."""
Rules = tuple[tuple[Node, bool], ...]
"""What policies ask, and whether it is to hold; of whom a policy is for, fewer let more pass."""


def observation_edits(old: BundleFiles | None, new: BundleFiles | None) -> Iterator[Edit]:
    """What came, went and changed; nothing where a whole bundle did."""
    if old is None or new is None:
        return
    rules = tuple(_rules((*_policies(old), *_policies(new))))
    required = {*old.settings.observations.required} & {*new.settings.observations.required}
    before, after = _observations(old), _observations(new)
    for name in dict.fromkeys((*before, *after)):
        yield from _observation(name, before.get(name), after.get(name), rules, required)
    yield from _accounts(old, new)


def _policies(files: BundleFiles) -> Iterator[PolicyOutline]:
    for file, _ in files.policies:
        yield from file.policies


def _observations(files: BundleFiles) -> dict[str, ObservationFile]:
    return {observation_name(one): one for one, _ in files.observed}


def observation_name(one: ObservationFile) -> str:
    """What an edit calls an observation."""
    attested = "" if isinstance(one.attested, UnsetType) else ", attested"
    return f"{RouteName(one.offering, one.account)}{attested}"


def _observation(
    name: str, old: ObservationFile | None, new: ObservationFile | None, rules: Rules, required: set[str]
) -> Iterator[Edit]:
    before, after = ({} if one is None else _told(one) for one in (old, new))
    must = any(one is not None and one.offering in required for one in (old, new))
    fields = tuple(_fields(before, after, rules, must))
    if old is None:
        yield Edit("observation", name, "added", _together(fields), fields)
    elif new is None:
        yield Edit("observation", name, "removed", "stricter" if must else "weaker")
    elif fields:
        yield Edit("observation", name, "changed", _together(fields), fields)


def _told(one: ObservationFile) -> dict[str, Json]:
    """What is stated, each setting by itself."""
    plain = {field: _plain(getattr(one, field)) for field in one.__struct_fields__ if field not in _NAMING}
    settings = {f"{_SETTINGS}{name}": value for name, value in one.settings.items()}
    stated = {field: value for field, value in {**plain, **settings}.items() if value is not None}
    return {field: value for field, value in stated.items() if value or field not in _EMPTY}


def _fields(before: Mapping[str, Json], after: Mapping[str, Json], rules: Rules, must: bool) -> Iterator[FieldEdit]:
    for field in dict.fromkeys((*before, *after)):
        was, is_now = before.get(field), after.get(field)
        if was != is_now or type(was) is not type(is_now):
            yield FieldEdit(field, was, is_now, _effect(field, was, is_now, rules, must))


def _effect(field: str, was: Json, is_now: Json, rules: Rules, must: bool) -> Effect:
    if field.startswith(_SETTINGS) or field in FIELDS:
        if is_now is None:
            return "stricter" if must and field not in FIELDS else "weaker"
        return _by_rules(f"usage.{field}", was, is_now, rules)
    if field == "max_age_days":
        return "weaker" if _days(is_now) > _days(was) else "stricter"
    if field in _REACHING:
        return "changed" if must or _tells_as_much(field, was, is_now) else "weaker"
    return "changed"


def _days(value: Json) -> float:
    """Without days of its own, it counts for as long as the bundle says."""
    return value if isinstance(value, int) else float("inf")


def _tells_as_much(field: str, was: Json, is_now: Json) -> bool:
    """Whether what is told is told of all of which it was; no scope is all of an account."""
    if field == "scope":
        return is_now is None
    return all(one in _list(is_now) for one in _list(was))


def _by_rules(path: str, was: Json, is_now: Json, rules: Rules) -> Effect:
    """Whether rules come to hold, by one value and nothing else that is known."""
    effects: set[Effect] = set()
    for rule, wanted in rules:
        found = [_HARDER[_truth(rule, wanted, path, value)] for value in (was, is_now)]
        if found[0] != found[1]:
            effects.add("weaker" if found[1] > found[0] else "stricter")
    return "weaker" if "weaker" in effects else "stricter" if effects else "changed"


def _truth(rule: Node, wanted: bool, path: str, value: Json) -> bool | None:
    stated: dict[str, Value] = {} if value is None else {path: value, f"{OBSERVED} {path}": True}
    truth = truth_of(compile_rule(rule)(None, PossibleCase(stated, datetime.date.max)))
    return truth if truth is None else truth is wanted


def _rules(policies: Iterable[PolicyOutline]) -> Iterator[tuple[Node, bool]]:
    """What asks of something that can be observed."""
    for policy in policies:
        written = [(one["that"] if isinstance(one, dict) and "that" in one else one, True) for one in policy.require]
        if not isinstance(policy.when, UnsetType):
            written.append((policy.when, False))
        for rule, wanted in written:
            node = parse(rule)
            asked = (*reads(node), *words_of(node, OBSERVED))
            if any(_can_be_observed(path) for path in asked) and _is_one(node):
                yield node, wanted


def _can_be_observed(path: str) -> bool:
    return path.startswith(SETTINGS) or path.removeprefix("usage.") in FIELDS


def _is_one(node: Node) -> bool:
    """Whether it is a rule; what is none, its own bundle says."""
    try:
        compile_rule(node)
    except (LogicError, ValueError):
        return False
    return True


def _accounts(old: BundleFiles, new: BundleFiles) -> Iterator[Edit]:
    """Where accounts are listed, no other can be named."""
    if old.accounts is None or new.accounts is None:
        if old.accounts is not new.accounts:
            is_new = new.accounts is not None
            yield Edit("bundle", "accounts.yaml", "added" if is_new else "removed", "stricter" if is_new else "weaker")
        return
    before, after = ({_account(one): one for one in file.accounts} for file, _ in (old.accounts, new.accounts))
    for name in dict.fromkeys((*before, *after)):
        was, is_now = before.get(name), after.get(name)
        if was is None:
            yield Edit("account", name, "added", "weaker")
        elif is_now is None:
            yield Edit("account", name, "removed", "stricter")
        elif fields := tuple(_ids(was, is_now)):
            yield Edit("account", name, "changed", "changed", fields)


def _account(one: AccountEntry) -> str:
    return str(RouteName(one.offering, one.name))


def _ids(was: AccountEntry, is_now: AccountEntry) -> Iterator[FieldEdit]:
    for field in was.__struct_fields__:
        before, after = _plain(getattr(was, field)), _plain(getattr(is_now, field))
        if before != after:
            yield FieldEdit(field, before, after, "changed")


def _together(fields: Iterable[FieldEdit]) -> Effect:
    """Weaker as soon as anything is."""
    effects = {field.effect for field in fields} - {"changed"}
    return "weaker" if "weaker" in effects else "stricter" if effects else "changed"


def _plain(value: object) -> Json:
    """As JSON has it; None where nothing is stated."""
    found: Json = None if isinstance(value, UnsetType) else msgspec.to_builtins(value)
    return found


def _fewer(old: Json, new: Json) -> Effect:
    """Of a list in which each name lets less pass."""
    return "weaker" if any(one not in _list(new) for one in _list(old)) else "stricter"


def _list(value: Json) -> list[Json]:
    return [*value] if isinstance(value, (list, tuple)) else []


OBSERVING: Final[Mapping[str, Callable[[Json, Json], Effect]]] = {
    "max_age_days": lambda old, new: "weaker" if _days(new) > _days(old) else "stricter",
    "required": _fewer,
    "attested": lambda old, new: "weaker" if new else "stricter",
}
"""Of each field of `observations` in bundle.yaml: what a change of it does to the gate."""
