"""Notices about names of projects: manifests that use one which the bundle gives to others, and results that need one.

In: manifests, the bundle's bindings, results. Out: notices, and which results a name decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import UnsetType

from ..identity import entries_for, identify
from ..logic.wording import and_more, count
from ..model.manifest import Manifest
from ..model.policy import Bundle
from ..model.result import Notice, Result
from ..source import Place

if TYPE_CHECKING:
    from ..model.agreement import Agreement
    from ..model.register_index import RegisterIndex
    from .waiver_index import WaiverIndex

_SHOWN: Final = 3
"""Results, manifests and the like that are named one by one."""


def about_names(
    manifests: Sequence[Manifest], bundle: Bundle, resting: Iterable[Result], waivers: WaiverIndex | None = None
) -> Mapping[int, list[Notice]]:
    """The notices of each manifest, by its id; `resting` are results that would be others under another name.

    `waivers` are the bundle's, by what they name, for whoever asks often; None: they are looked up where it matters.
    """
    identities = [identify(manifest, bundle.projects) for manifest in manifests]
    found: dict[int, list[Notice]] = {id(manifest): [] for manifest in manifests}
    first: dict[str, Manifest] = {}
    reaching: tuple[tuple[str, RegisterIndex[Agreement] | WaiverIndex], ...] = ()
    for manifest, identity in zip(manifests, identities, strict=True):
        if identity.is_stranger:
            reaching = reaching or tuple(_reaching(bundle, waivers))
            found[id(manifest)].append(_unbound(manifest, bundle, _missed(manifest.project, reaching)))
        if not identity.bound:
            earlier = first.setdefault(manifest.project, manifest)
            if earlier is not manifest:
                found[id(manifest)].append(_named_twice(manifest, earlier))
    decided: dict[int, list[Result]] = {}
    for result in resting:
        decided.setdefault(id(result.subject.manifest), []).append(result)
    for manifest in manifests:
        if id(manifest) in decided:
            found[id(manifest)].append(_self_named(manifest, decided[id(manifest)]))
    return found


def _unbound(manifest: Manifest, bundle: Bundle, missed: str) -> Notice:
    where = manifest.whereabouts
    stands = "is not in the repository" if where.path is None else f"stands at {where.path}"
    repository = "the repository is not known" if where.repository is None else f"the repository is {where.repository}"
    why = where.disowned or f"the manifest {stands}, {repository}"
    message = (
        f"project `{manifest.project}` is bound by no entry of `projects` in bundle.yaml ({why}): agreements limited to"
        f" projects and waivers for a named project do not reach it{missed};"
        f" {_asked_for(manifest, bundle)}{way_out(manifest)}"
    )
    if bundle.projects is None:
        message += " (with `projects`, every other project needs an entry, too)"
    return Notice("unbound-project", "warning", message, Place(manifest.source, ("project",), "value"))


def _asked_for(manifest: Manifest, bundle: Bundle) -> str:
    """What to say of itself where an entry for the name asks for a repository that nobody has said."""
    asks = manifest.whereabouts.repository is None and any(
        not isinstance(entry.repositories, UnsetType) for entry in entries_for(bundle.projects, manifest.project)
    )
    return "an entry asks for its repository, which --repository OWNER/NAME says; " if asks else ""


def _missed(project: str, reaching: Iterable[tuple[str, RegisterIndex[Agreement] | WaiverIndex]]) -> str:
    """What would reach a project of that name, if it were bound."""
    words = [count(lost, what) for what, index in reaching if (lost := _lost(index, project))]
    return f" ({' and '.join(words)} for that name)" if words else ""


def _lost(index: RegisterIndex[Agreement] | WaiverIndex, project: str) -> int:
    """How many reach a project and no stranger of its name."""
    named = index.of_project(project, is_stranger=False)
    return (named & ~index.of_project(project, is_stranger=True)).bit_count()


def _reaching(
    bundle: Bundle, waivers: WaiverIndex | None
) -> Iterator[tuple[str, RegisterIndex[Agreement] | WaiverIndex]]:
    """What can be for projects, and what one of it is called."""
    if bundle.register is not None:
        yield "agreement", bundle.register.index
    if waivers is not None:
        yield "waiver", waivers
    elif bundle.waivers:
        from .waiver_index import WaiverIndex  # many bundles have none

        yield "waiver", WaiverIndex(bundle.waivers)


def way_out(manifest: Manifest) -> str:
    """What to add to the bundle, or how to run the check, where the manifest is truly of that project."""
    entry = binding(manifest)
    if entry is None:
        return "judge it where it stands in its repository, or name the repository with --repository"
    return f"if it is that project's, add to `projects`: {entry}"


def binding(manifest: Manifest) -> str | None:
    """An entry of `projects` that would bind a manifest and no other; None where nothing is known to bind it by."""
    where = manifest.whereabouts
    known = {"repositories": where.repository, "paths": where.path}
    stated = [f"{field}: [{_quoted(text)}]" for field, text in known.items() if text is not None]
    return f"{{{', '.join((f'project: {manifest.project}', *stated))}}}" if stated else None


def _quoted(text: str) -> str:
    """A text as YAML has it, and as a glob of nothing else: a folder called `**` stands for no other."""
    import json  # most checks write no entry

    return json.dumps(text.replace("*", "?"), ensure_ascii=False)


def _named_twice(manifest: Manifest, earlier: Manifest) -> Notice:
    message = (
        f"project `{manifest.project}` is the name of {earlier.source.path}, too, and no entry of `projects` binds it:"
        " give each its own name, or bind both in bundle.yaml"
    )
    return Notice("project-named-twice", "warning", message, Place(manifest.source, ("project",), "value"))


class NamedResult(msgspec.Struct, frozen=True):
    """A result that rests on a project's name, as a notice names it."""

    policy: str
    usage: str
    route: str
    """The name of its offering, as people call it."""
    waived: bool

    @staticmethod
    def of(result: Result) -> NamedResult:
        """A result by its name."""
        subject = result.subject
        return NamedResult(result.policy.id, subject.usage, str(subject.name), result.waiver is not None)


def _self_named(manifest: Manifest, results: Sequence[Result]) -> Notice:
    message = self_named_words(manifest.project, [NamedResult.of(one) for one in results])
    return Notice("self-named-project", "note", message, Place(manifest.source, ("project",), "value"))


def self_named_words(project: str, results: Sequence[NamedResult]) -> str:
    """That results of a project rest on its name."""
    passes = [one for one in results if not one.waived]
    waived = [one for one in results if one.waived]
    words = [
        f"{len(ones)} {name if len(ones) == 1 else names} ({_listed(ones)})"
        for ones, name, names in ((passes, "pass", "passes"), (waived, "waived result", "waived results"))
        if ones
    ]
    return (
        f"{' and '.join(words)} of project `{project}` {'rests' if len(results) == 1 else 'rest'} on its name,"
        " which the manifest itself says:"
        " bind it under `projects` in bundle.yaml"
    )


def _listed(results: Sequence[NamedResult]) -> str:
    named = (f"`{one.policy}` on `{one.usage}` with {one.route}" for one in results[:_SHOWN])
    return and_more(", ".join(named), len(results) - _SHOWN)
