"""What a change edits of what judges: policies, waivers, agreements, observations, the settings of the bundle.

In: two bundles as they are written. Out: `Edit`s, each with what it does to the gate.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeVar

import msgspec
from msgspec import UnsetType

from ..load.bundle_files import BundleFiles
from ..load.overrides import Counting
from ..logic import Json
from ..model.agreement import Agreement, AgreementsFile
from ..model.bundle_settings import WaiverRules
from ..model.policy import BundleFile, PolicyOutline, RegistryDemands
from ..model.vocabulary import CONFIDENCES
from ..model.waiver import WaiverEntry
from .detect_edits import DETECT
from .model import Edit, Edited, Effect, FieldEdit
from .observation_edits import OBSERVING, observation_edits
from .overlay_edits import overlay_edits
from .signoff_edits import signoff_edits
from .word_edits import word_edits

_SEVERITIES: Final = ("never", "error", "warning", "note")
"""As thresholds, from the laxest."""
_UNKNOWN: Final = ("pass", "warn", "fail")
_NUMBERED: Final = " (number "
"""What follows the name of the second and later of the same name."""


def edits(old: BundleFiles | None, new: BundleFiles | None) -> tuple[Edit, ...]:
    """What differs; None is a bundle that is not there."""
    return (
        *_each("policy", _judging(old), _judging(new), _policy, lambda one: "stricter"),
        *_each("waiver", _waivers(old), _waivers(new), _waiver_by(new), lambda one: "weaker"),
        *_register(old, new),
        *overlay_edits(old, new),
        *_settings(old, new),
        *word_edits(old, new),
        *observation_edits(old, new),
        *signoff_edits(old, new),
    )


Written = TypeVar("Written", PolicyOutline, WaiverEntry, Agreement)
Numbered = TypeVar("Numbered")
_OPPOSITE: Final[Mapping[Effect, Effect]] = {"weaker": "stricter", "stricter": "weaker", "changed": "changed"}


def _each(
    what: Edited,
    old: Mapping[str, Written],
    new: Mapping[str, Written],
    fields: Callable[[Written, Written], Iterator[FieldEdit]],
    coming: Callable[[Written], Effect],
) -> Iterator[Edit]:
    """What came, went and changed, by name; `coming` says what it does that something is there."""
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if before is None and after is not None:
            yield Edit(what, name, "added", coming(after))
        elif after is None and before is not None:
            yield Edit(what, name, "removed", _OPPOSITE[coming(before)])
        elif before is not None and after is not None and (differing := tuple(fields(before, after))):
            yield Edit(what, name, "changed", _together(differing), differing)


def _together(fields: Iterable[FieldEdit | Edit]) -> Effect:
    """Weaker as soon as anything is."""
    effects = {field.effect for field in fields}
    return "weaker" if "weaker" in effects else "stricter" if effects == {"stricter"} else "changed"


def _policies(files: BundleFiles | None) -> dict[str, PolicyOutline]:
    written = files.policies if files is not None else ()
    return {entry.id: entry for file, _ in written for entry in file.policies}


def _judging(files: BundleFiles | None) -> dict[str, PolicyOutline]:
    """Policies, and the rules over all usages of a fleet, which have the same fields."""
    written = files.fleet[0].fleet_policies if files is not None and files.fleet is not None else ()
    over_all = (PolicyOutline(**msgspec.structs.asdict(one)) for one in written)
    return {**_policies(files), **{one.id: one for one in over_all}}


def _policy(old: PolicyOutline, new: PolicyOutline) -> Iterator[FieldEdit]:
    for field in PolicyOutline.__struct_fields__:
        before, after = _plain(getattr(old, field)), _plain(getattr(new, field))
        if before != after:
            yield FieldEdit(field, before, after, _POLICY.get(field, _unclear)(before, after))


def _rank(words: tuple[str, ...]) -> Callable[[Json, Json], Effect]:
    return lambda old, new: "stricter" if words.index(str(new)) > words.index(str(old)) else "weaker"


def _unclear(old: Json, new: Json) -> Effect:
    return "changed"


def _when(old: Json, new: Json) -> Effect:
    """A policy without a condition applies to everybody."""
    return "stricter" if new is None else "weaker" if old is None else "changed"


def _enforced(old: Json, new: Json) -> Effect:
    return "stricter" if new is None or (old is not None and str(new) < str(old)) else "weaker"


def _require(old: Json, new: Json) -> Effect:
    """Weaker where a requirement is gone and none came, stricter the other way round."""
    before, after = [_rule(one) for one in _list(old)], [_rule(one) for one in _list(new)]
    lost, gained = any(one not in after for one in before), any(one not in before for one in after)
    return "changed" if lost == gained else "weaker" if lost else "stricter"


def _rule(requirement: Json) -> Json:
    """A requirement without its message."""
    return requirement["that"] if isinstance(requirement, dict) and "that" in requirement else requirement


_POLICY: Final[Mapping[str, Callable[[Json, Json], Effect]]] = {
    "severity": _rank(("note", "warning", "error")),
    "on_unknown": _rank(_UNKNOWN),
    "when": _when,
    "enforce_from": _enforced,
    "require": _require,
}
"""Of fields that decide: what a change of one does to the gate."""
DECIDING: Final = frozenset(_POLICY)
"""Fields of a policy that decide."""


def _waivers(files: BundleFiles | None) -> dict[str, WaiverEntry]:
    written = files.waivers[0].waivers if files is not None and files.waivers is not None else ()
    return _numbered((waiver_name(one), one) for one in written)


def waiver_name(one: WaiverEntry) -> str:
    """What an edit calls a waiver."""
    beside = [text for text in (one.account, one.vendor) if isinstance(text, str)]
    return f"{one.policy} on {', '.join((one.project, one.usage, one.offering, *beside))}"


def _waiver_by(files: BundleFiles | None) -> Callable[[WaiverEntry, WaiverEntry], Iterator[FieldEdit]]:
    """What differs between two waivers; what a bundle demands of one may have kept the old one from holding."""
    rules = WaiverRules() if files is None else files.settings.waivers
    demanded = {"ticket": rules.require_ticket, "approved_by": rules.forbid_self_approval}
    effects = {**_WAIVER, **{field: _mended for field, is_demanded in demanded.items() if is_demanded}}

    def waiver(old: WaiverEntry, new: WaiverEntry) -> Iterator[FieldEdit]:
        for field in _OF_WAIVERS:
            before, after = _plain(getattr(old, field)), _plain(getattr(new, field))
            if before != after:
                yield FieldEdit(field, before, after, effects.get(field, _unclear)(before, after))

    return waiver


def _mended(old: Json, new: Json) -> Effect:
    """A waiver that was void may hold by what comes."""
    return "changed" if new is None else "weaker"


_OF_WAIVERS: Final = ("account", "vendor", "reason", "approved_by", "ticket", "expires", "fingerprint")
"""Fields that may differ where the names are the same: an account and a vendor may be called alike."""
_WAIVER: Final[Mapping[str, Callable[[Json, Json], Effect]]] = {
    **dict.fromkeys(("account", "vendor"), lambda old, new: "weaker"),  # it lets another finding pass
    "expires": lambda old, new: "weaker" if str(new) > str(old) else "stricter",
    "fingerprint": lambda old, new: "stricter" if old is None else "weaker",  # another one lets another finding pass
}


def _register(old: BundleFiles | None, new: BundleFiles | None) -> Iterator[Edit]:
    """A register that comes or goes changes what counts at all; inside one, what lets more pass is weaker."""
    before, after = (files.agreements if files is not None else None for files in (old, new))
    if before is not None and after is not None:
        yield from _each("agreement", _agreements(before[0]), _agreements(after[0]), _agreement, _in_force)
    elif after is not None:
        yield Edit("bundle", "agreements register", "added", "changed")
    elif before is not None:
        yield Edit("bundle", "agreements register", "removed", "weaker")


def _agreements(file: AgreementsFile) -> dict[str, Agreement]:
    return _numbered((agreement_name(one), one) for one in file.agreements)


def _in_force(one: Agreement) -> Effect:
    return "weaker" if one.status == "executed" else "changed"


def agreement_name(one: Agreement) -> str:
    """What an edit calls an agreement."""
    return f"{one.kind} with {', '.join(one.offerings)} for {', '.join(one.projects)}"


def _agreement(old: Agreement, new: Agreement) -> Iterator[FieldEdit]:
    before, after = _stated(old), _stated(new)
    for field in dict.fromkeys((*before, *after)):
        was, is_now = before.get(field), after.get(field)
        if was != is_now:
            yield FieldEdit(field, was, is_now, _AGREEMENT.get(field, _unclear)(was, is_now))


def _stated(one: Agreement) -> dict[str, Json]:
    """What is stated of an agreement beside its name, its review by the fields of it."""
    fields = [field for field in Agreement.__struct_fields__ if field not in _NAMING]
    plain = {field: _plain(getattr(one, field)) for field in fields}
    review = plain.pop("reviewed")
    below = review if isinstance(review, dict) else {}
    return {**plain, **{f"reviewed.{field}": value for field, value in below.items()}}


_NAMING: Final = ("kind", "offerings", "projects")
"""Fields that make the name of an agreement: with another one it is another agreement."""
_AGREEMENT: Final[Mapping[str, Callable[[Json, Json], Effect]]] = {
    "status": lambda old, new: "weaker" if new == "executed" else "stricter" if old == "executed" else "changed",
    "signed": lambda old, new: "weaker" if _day(new) < _day(old) else "stricter",
    "expires": lambda old, new: "weaker" if _day(new) > _day(old) else "stricter",
    "reviewed.on": lambda old, new: "weaker" if str(new or "") > str(old or "") else "stricter",
    "scc_modules": lambda old, new: _fewer(new, old),
}


def _settings(old: BundleFiles | None, new: BundleFiles | None) -> Iterator[Edit]:
    """The fields of `bundle.yaml`."""
    if old is None or new is None:
        return
    before, after = _flat(old.settings), _flat(new.settings)
    for field in dict.fromkeys((*before, *after)):
        was, is_now = before.get(field), after.get(field)
        if was != is_now:
            effect = _overridden(old, new) if field == "overrides" else _SETTINGS.get(field, _unclear)(was, is_now)
            yield Edit("bundle", field, "changed", effect, (FieldEdit(field, was, is_now, effect),))


def _overridden(old: BundleFiles, new: BundleFiles) -> Effect:
    """What other overrides do to the policies that there are: one that is off from now on is gone."""
    written = {**_policies(old), **_policies(new)}
    before, after = (
        {id: one for id, entry in written.items() if (one := counting.as_counted(entry)) is not None}
        for counting in (Counting(files.settings.overrides) for files in (old, new))
    )
    return _together(_each("policy", before, after, _policy, lambda one: "stricter"))


def _flat(settings: BundleFile) -> dict[str, Json]:
    """Fields and, of what is said of the registry, waivers, reviews and the like, the fields below."""
    plain: dict[str, Json] = {name: _plain(getattr(settings, name)) for name in BundleFile.__struct_fields__}
    names = ("registry", "waivers", "review", "detect", "observations")
    demands: dict[str, msgspec.Struct] = {name: getattr(settings, name) for name in names}
    below = {
        f"{name}.{field}": value
        for name, of in demands.items()
        for field, value in zip(of.__struct_encode_fields__, map(_plain, msgspec.structs.astuple(of)), strict=True)
    }
    return {**{name: value for name, value in plain.items() if name not in ("version", "signoff", *demands)}, **below}


def _ages(old: Json, new: Json) -> Effect:
    """Evidence that counts for longer lets more pass, of whichever dimension."""
    before, after = (msgspec.convert({"max_evidence_age_days": value}, RegistryDemands) for value in (old, new))
    names = ["default", *(name for value in (old, new) if isinstance(value, dict) for name in value)]
    steps = [after.max_age(name) - before.max_age(name) for name in names]
    return "weaker" if max(steps) > 0 else "stricter" if min(steps) < 0 else "changed"


def _longest(old: Json, new: Json) -> Effect:
    """Without a longest time, a waiver may last for ever."""
    return "weaker" if _days(new) > _days(old) else "stricter"


def _chosen_day(old: Json, new: Json) -> Effect:
    """Without a limit anybody may have any day judge."""
    before, after = (value["within_days"] if isinstance(value, dict) else None for value in (old, new))
    return _longest(before, after)


def _days(value: Json) -> float:
    return value if isinstance(value, int) else math.inf


def _fewer(old: Json, new: Json) -> Effect:
    """Of a list in which each entry lets less pass by itself: what comes makes up for nothing that goes."""
    if any(one not in _list(new) for one in _list(old)):
        return "weaker"
    return "stricter" if any(one not in _list(old) for one in _list(new)) else "changed"


def _bound(old: Json, new: Json) -> Effect:
    """Without bindings every name counts; each lets manifests of one project more pass."""
    if old is None or new is None:
        return "stricter" if old is None else "weaker"
    if any(not any(_is_within(one, other) for other in _list(old)) for one in _list(new)):
        return "weaker"
    return "stricter" if any(one not in _list(new) for one in _list(old)) else "changed"


def _is_within(binding: Json, other: Json) -> bool:
    """Whether a binding is for the same project and owner as another one, and for no place that this is not for."""
    assert isinstance(binding, dict)
    assert isinstance(other, dict)
    return all(binding.get(field) == other.get(field) for field in ("project", "owner")) and all(
        other.get(axis) is None
        or (binding.get(axis) is not None and all(glob in _list(other[axis]) for glob in _list(binding[axis])))
        for axis in ("repositories", "paths")
    )


_SETTINGS: Final[Mapping[str, Callable[[Json, Json], Effect]]] = {
    "fail_on": _rank(_SEVERITIES),
    "as_of": _chosen_day,
    "packs": _fewer,
    "optional_packs": lambda old, new: _fewer(new, old),
    "registry.max_evidence_age_days": _ages,
    "registry.min_confidence": _rank(CONFIDENCES),
    "registry.sha256": lambda old, new: "weaker" if new is None else "stricter" if old is None else "changed",
    "waivers.max_days": _longest,
    "waivers.require_ticket": lambda old, new: "stricter" if new else "weaker",
    "waivers.forbid_self_approval": lambda old, new: "stricter" if new else "weaker",
    "waivers.forbid_policies": _fewer,
    "projects": _bound,
    "review.gone": _rank(("note", "warning", "error")),
    **{f"detect.{field}": effect for field, effect in DETECT.items()},
    **{f"observations.{field}": effect for field, effect in OBSERVING.items()},
}


def names_of(edit: Edit) -> Iterator[str]:
    """Every name that what is edited may have: of a second or later one, that of the first, too."""
    yield edit.name
    at = edit.name.find(_NUMBERED)
    while at >= 0:
        yield edit.name[:at]
        at = edit.name.find(_NUMBERED, at + 1)


def _numbered(named: Iterable[tuple[str, Numbered]]) -> dict[str, Numbered]:
    """By name; of the second and later of the same name, with a number."""
    found: dict[str, Numbered] = {}
    counts: dict[str, int] = {}
    for name, value in named:
        counts[name] = counts.get(name, 0) + 1
        found[name if counts[name] == 1 else f"{name}{_NUMBERED}{counts[name]})"] = value
    return found


def _plain(value: object) -> Json:
    """As JSON has it; None where nothing is stated."""
    if isinstance(value, UnsetType):
        return None
    found: Json = msgspec.to_builtins(value)
    return found


def _list(value: Json) -> list[Json]:
    return [*value] if isinstance(value, (list, tuple)) else []


def _day(value: Json) -> str:
    """A day, or the last of the calendar where none is stated."""
    return value if isinstance(value, str) else datetime.date.max.isoformat()
