"""What a bundle that is about to judge would no longer ask of anybody.

In: the bundle that judges until now, and what the new one has. Out: words; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..load.bundle_files import read_bundle
from ..load.files import Folder, shipped
from ..load.nearby import POLICIES
from ..load.packs import PackChoice
from ..terminal.escape import escape


def policies_in_force(bundle: Folder) -> Mapping[str, str]:
    """The pack of each policy in force, by the policy's id, as far as they can be read; no pack is an empty text."""
    return _packs_by_policy(bundle, PackChoice((), shipped(POLICIES)))


def packs_of_the_library() -> Mapping[str, str]:
    """The pack of each policy that comes along, those of optional packs too, by the policy's id."""
    return _packs_by_policy(shipped(POLICIES), PackChoice(beside="everything"))


def _packs_by_policy(bundle: Folder, choice: PackChoice) -> Mapping[str, str]:
    library = shipped(POLICIES)
    files = read_bundle(bundle, [], choice)
    found: dict[str, str] = {}
    for written, source in () if files is None else files.policies:
        inside = source.path.removeprefix(f"{bundle.shown}/").removeprefix(f"{library.shown}/")
        pack, below, _ = inside.partition("/")
        found.update((entry.id, pack if below else "") for entry in written.policies)
    return found


def packs_in_force(bundle: Folder) -> tuple[str, ...]:
    """The packs that a bundle has in force."""
    return tuple(sorted({pack for pack in policies_in_force(bundle).values() if pack}))


def no_longer_asked(before: Mapping[str, str], after: Iterable[str]) -> str:
    """What is asked of manifests until now and then no longer, and how to keep it; empty where all of it stays."""
    gone = sorted(before.keys() - set(after))
    if not gone:
        return ""
    packs = sorted({before[id] for id in gone} - {""})
    lines = [f"no longer asked, and asked until now ({len(gone)}): {', '.join(gone)}"]
    if packs:
        lines.append(f"to keep them, add to packs in bundle.yaml: {', '.join(packs)}")
    return "".join(f"{escape(line)}\n" for line in lines)
