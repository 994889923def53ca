"""What is worth knowing and never blocks.

In: manifests, results, subjects, the bundle, the snapshot. Out: notices, sorted by what they are about: the bundle and
the snapshot, manifests in their order. Those about waivers come after them, from `waiver_uses.py`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, Literal

from ..identity import identify
from ..logic.globs import SameObject
from ..model.manifest import Manifest
from ..model.policy import Bundle, Policy
from ..model.registry import Snapshot
from ..model.result import Notice, Result
from ..model.subject import Subject
from ..source import Place
from .ageing import ageing
from .calendar import is_current
from .case import Case

_MOST: Final = 20
"""Settings or attributes that nobody reads, of one route, that are named one by one."""
_NAMED: Final = 3
"""Attributes that registers alone read, of one usage, that are named."""


def notices(
    manifests: tuple[Manifest, ...],
    results: Sequence[Result],
    subjects: Sequence[Subject],
    observed: Iterable[Case],
    bundle: Bundle,
    snapshot: Snapshot,
    as_of: datetime.date,
    resting: Sequence[Result] = (),
) -> tuple[Notice, ...]:
    """Every notice of an evaluation but those about waivers.

    `observed` are the cases of which anything observed counts, `resting` results that would be others under another
    name of the project.
    """
    found = [*_self_declared(bundle), *_switched_off(bundle), *_stale_words(bundle, snapshot)]
    judged = {(id(r.subject.manifest), r.subject.usage) for r in results if r.outcome != "not_applicable"}
    own: dict[int, list[Subject]] = {id(manifest): [] for manifest in manifests}
    for subject in subjects:
        own[id(subject.manifest)].append(subject)
    seen = {id(case.subject): case for case in observed}
    read, attributes = _read(SameObject(bundle.policies))
    named = _about_names(manifests, bundle, resting)
    found.extend(ageing(results, bundle.registry, as_of))
    found.extend(_about_accounts(subjects, bundle, as_of))
    for manifest in manifests:
        found.extend(named[id(manifest)])
        found.extend(_no_usages(manifest))
        found.extend(_no_policy_applied(manifest, judged))
        for subject in own[id(manifest)]:
            found.extend(_unread_by_all(subject, read, attributes))
            found.extend(_unsupported_claims(subject, as_of))
            if id(subject) in seen:
                found.extend(_claims_that_differ(seen[id(subject)]))
    return tuple(found)


def _about_names(
    manifests: tuple[Manifest, ...], bundle: Bundle, resting: Sequence[Result]
) -> Mapping[int, Sequence[Notice]]:
    """The notices about names of each manifest, by its id."""
    if len(manifests) == 1 and not resting and not identify(manifests[0], bundle.projects).is_stranger:
        return {id(manifests[0]): ()}
    from .naming import about_names  # of one manifest there is nothing to say of which no result rests on its name

    return about_names(manifests, bundle, resting)


def _self_declared(bundle: Bundle) -> Iterator[Notice]:
    if bundle.register is None:
        message = "no agreements register in the bundle: agreements are in force as far as the manifests claim them"
        yield Notice("self-declared", "note", message)


def _switched_off(bundle: Bundle) -> Iterator[Notice]:
    for off in bundle.off:
        yield Notice("policy-off", "note", f"the policy `{off.policy}` is off: {off.reason}", off.location)


def _stale_words(bundle: Bundle, snapshot: Snapshot) -> Iterator[Notice]:
    for stale in bundle.stale_unmatched:
        yield Notice("stale-unmatched", "note", f"`{stale.word}` need not be expected: {stale.why}", stale.location)
    if snapshot.stale_index is not None:
        message = "the registry's index is of other files, so that all offerings were read; `vendorgate registry index`"
        yield Notice("stale-index", "warning", f"{message} writes it anew", snapshot.stale_index)


def _no_usages(manifest: Manifest) -> Iterator[Notice]:
    if not manifest.usages:
        message = f"project `{manifest.project}` declares that it uses no AI vendor"
        yield Notice("no-usages", "note", message, Place(manifest.source, ("usages",), "key"))


def _no_policy_applied(manifest: Manifest, judged: set[tuple[int, str]]) -> Iterator[Notice]:
    for index, usage in enumerate(manifest.usages):
        if (id(manifest), usage.id) not in judged:
            message = f"no policy applied to usage `{usage.id}`"
            yield Notice("no-policy-applied", "warning", message, Place(manifest.source, ("usages", index, "id")))


@lru_cache(maxsize=4)
def _read(policies: SameObject[tuple[Policy, ...]]) -> tuple[frozenset[str], frozenset[str]]:
    """The settings and the attributes that policies read; of the policies of the bundles that judge, one or two."""
    settings = frozenset[str]().union(*(policy.settings_read for policy in policies.value))
    return settings, frozenset[str]().union(*(policy.attributes_read for policy in policies.value))


def _unread_by_all(subject: Subject, read: frozenset[str], attributes: frozenset[str]) -> Iterator[Notice]:
    """What a subject states that nothing reads: settings, then attributes."""
    declared = [path for path in subject.stated if path.startswith(_NAMED_BY_USAGES)]
    settings = _below(declared, "settings")
    yield from _unread_settings(subject, settings, read)
    if len(settings) < len(declared):
        yield from _unread_attributes(subject, _below(declared, "attributes"), attributes)


def _unread_settings(subject: Subject, declared: list[str], read: frozenset[str]) -> Iterator[Notice]:
    known = read, subject.offering.settings_read
    for hint, names, place in _unread(subject, "settings", declared, known):
        owner = f"of {subject.name} in usage `{subject.usage}`"
        yield Notice("unread-setting", "note", f"nothing reads {_told(names, 'setting')} {owner}{hint}", place)


def _unread_attributes(subject: Subject, declared: list[str], read: frozenset[str]) -> Iterator[Notice]:
    """Once for all routes, which have the same."""
    if subject.route != "primary":
        return
    for hint, names, place in _unread(subject, "attributes", declared, (read, _of_registers())):
        message = f"no policy reads {_told(names, 'attribute')} of usage `{subject.usage}`{hint}"
        yield Notice("unread-attribute", "note", message, place)
    yield from _read_by_registers(subject, declared, read)


@cache
def _of_registers() -> frozenset[str]:
    from ..model.register_words import REGISTER_ATTRIBUTES  # many usages have no attributes

    return frozenset(REGISTER_ATTRIBUTES)


def _read_by_registers(subject: Subject, declared: list[str], read: frozenset[str]) -> Iterator[Notice]:
    """All that registers alone ask for in one notice: there may be dozens, and somebody may take them for judged."""
    names = [one for one in declared if one in _of_registers() and one not in read]
    if names:
        from ..logic.wording import few

        called = few([f"`{name}`" for name in names], _NAMED)
        attributes = "attribute" if len(names) == 1 else "attributes"
        message = f"no policy reads the {attributes} {called} of usage `{subject.usage}`; `vendorgate inventory` does"
        yield Notice("unread-attribute", "note", message, _of_field(subject, "attributes", names[0]))


_PREFIXES: Final = {"settings": ("usage.settings.", 15), "attributes": ("usage.attributes.", 17)}
"""What paths of a field begin with, and how long that is."""
_NAMED_BY_USAGES: Final = tuple(prefix for prefix, _ in _PREFIXES.values())
"""What paths begin with that end with a name which a usage may invent."""


def _below(declared: list[str], field: Literal["settings", "attributes"]) -> list[str]:
    """The names in paths of a field."""
    prefix, start = _PREFIXES[field]
    return [path[start:] for path in declared if path.startswith(prefix)]


def _unread(
    subject: Subject,
    field: Literal["settings", "attributes"],
    declared: list[str],
    known: tuple[frozenset[str], frozenset[str]],
) -> Iterator[tuple[str, str | int, Place]]:
    """Names that nobody reads, each with a hint of what is meant and its place; of those beyond many, how many."""
    unread = [name for name in declared if name not in known[0] and name not in known[1]]
    for name in unread[:_MOST]:
        meant = _meant(name, frozenset[str]().union(*known))
        yield f"; did you mean `{meant}`?" if meant else "", name, _of_field(subject, field, name)
    if len(unread) > _MOST:
        yield "", len(unread) - _MOST, _of_field(subject, field)


@lru_cache(maxsize=1024)
def _meant(name: str, known: frozenset[str]) -> str | None:
    """The name that is nearest: many usages have the same settings, of which one is looked up as long as all else."""
    from ..logic.nearest import nearest  # mostly everything is read

    return nearest(name, known)


def _of_field(subject: Subject, field: Literal["settings", "attributes"], *name: str) -> Place:
    """A setting is the route's own, an attribute the usage's."""
    if field == "settings":
        return _within(subject, field, *name)
    return Place(subject.manifest.source, (*subject.place[:2], field, *name))


def _told(names: str | int, called: str) -> str:
    return f"the {called} `{names}`" if isinstance(names, str) else f"{names} more {called}s"


def _unsupported_claims(subject: Subject, as_of: datetime.date) -> Iterator[Notice]:
    if subject.agreements is None:
        return
    supported = {agreement.kind for agreement in subject.agreements if is_current(agreement, as_of)}
    for kind in sorted(subject.claims - supported):
        from .unlisted import is_unlisted  # mostly the register has what is claimed

        none = "no agreement reaches an unlisted vendor" if is_unlisted(subject) else "the register has none in force"
        message = f"usage `{subject.usage}` claims `{kind}` for {subject.name}; {none}"
        yield Notice("unsupported-claim", "warning", message, _within(subject, "agreements"))


def _about_accounts(subjects: Sequence[Subject], bundle: Bundle, as_of: datetime.date) -> Iterator[Notice]:
    if bundle.observations:
        from .observations import stale_observations, unobserved_accounts  # few bundles observe anything

        yield from stale_observations(subjects, bundle, as_of)
        yield from unobserved_accounts(subjects, bundle)


def _claims_that_differ(case: Case) -> Iterator[Notice]:
    from .observations import claims_that_differ

    yield from claims_that_differ(case)


def _within(subject: Subject, *below: str | int) -> Place:
    """A place in the declarations of a subject's own route."""
    return Place(subject.manifest.source, subject.within(*below))
