"""Which policies of an open bundle judge though nobody asks for their pack, and which wait for that.

In: an open bundle. Out: packs, and the digest of what judges.
"""

from __future__ import annotations

from ...load.bundle_files import read_bundle
from ...model.policy import Policy
from .model import Pack
from .open_bundle import OpenBundle


def pack_of(policy: Policy, bundle: OpenBundle) -> Pack | None:
    """The pack of a policy: the folder right below its bundle or the library; None where it lies in none."""
    name, of_the_bundle = _place(policy.source.path, bundle)
    if name is None:
        return None
    required = name in bundle.files.settings.packs or (of_the_bundle and name not in bundle.optional_packs)
    return Pack(name, required)


def packs_of(bundle: OpenBundle) -> tuple[Pack, ...]:
    """The packs of all policies that were opened, by name."""
    found = {pack for policy in bundle.bundle.policies if (pack := pack_of(policy, bundle)) is not None}
    return tuple(sorted(found, key=lambda pack: pack.name))


def digest_in_force(bundle: OpenBundle) -> str:
    """The digest by which a report names what judges where nobody asks for a pack."""
    found = read_bundle(bundle.files.folder, [])
    return bundle.files.sha256 if found is None else found.sha256


def _place(path: str, bundle: OpenBundle) -> tuple[str | None, bool]:
    """The pack that a file lies in, and whether that is the bundle's own."""
    own, library = bundle.files.folder, "vendorgate:policies/"
    if path.startswith(library) and own.shown != library.rstrip("/"):
        return path.removeprefix(library).partition("/")[0], False
    below = path if own.shown == "." else path.removeprefix(f"{own.shown}/")
    top, slash, _ = below.partition("/")
    return (top, True) if slash else (None, True)
