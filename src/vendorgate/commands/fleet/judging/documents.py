"""What judges, packed for a worker that shares no disk, and unpacked by it.

In: the folders of a bundle and a registry, as they were chosen. Out: `Documents`; then a `Gate` that reads exactly
these bytes, or none: another digest of either, or another version of vendorgate, would judge otherwise.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path

from ....errors import InputError, Problem
from ....gate import Gate
from ....load.files import JUDGING, Folder, read_bytes, shipped, yaml_files
from ....load.packs import PackChoice
from ....version import VERSION
from ..model import Documents

_OFFERINGS = "offerings/"
_OF_A_REGISTRY = ("snapshot.yaml", "index.yaml")


def documents(policies: Folder, registry: Folder, packs: Iterable[str] = ()) -> Documents:
    """The files of a bundle and a registry, which can be judged by.

    Raises:
        InputError: they are not valid, or cannot be read; it carries every problem.
    """
    gate = Gate(policies, registry, tuple(packs))
    problems: list[Problem] = []
    bundle, index = gate.bundle, gate.index
    names = yaml_files(policies, problems)
    of_registry = [*_OF_A_REGISTRY, *(f"{_OFFERINGS}{id}.yaml" for id in index.digests)]
    found = Documents(
        _read(policies, names, problems),
        _read(registry, [name for name in of_registry if os.path.isfile(registry.file(name)[0])], problems),
        tuple(packs),
        bundle.sha256,
        index.sha256,
        VERSION,
    )
    if problems:
        raise InputError(problems)
    return found


def _read(folder: Folder, names: Iterable[str], problems: list[Problem]) -> dict[str, bytes]:
    read = {name: read_bytes(*folder.file(name), problems, JUDGING) for name in names}
    return {name: data for name, data in read.items() if data is not None}


class Unpacked:
    """A gate over documents, for as long as this lives: offerings are read when they are asked for.

    Raises:
        InputError: they are other documents than they say, or are for another version of vendorgate.
    """

    def __init__(self, packed: Documents) -> None:
        _refuse(packed.version != VERSION, "the version of vendorgate", VERSION, packed.version)
        root = Path(tempfile.mkdtemp(prefix="vendorgate-judge-"))
        weakref.finalize(self, shutil.rmtree, root, ignore_errors=True)
        policies = _written(packed.policies, root / "policies", "policies")
        registry = _written(packed.registry, root / "registry", "registry")
        self.gate = Gate(policies, registry, PackChoice(packed.packs, shipped("policies")))
        _refuse(
            self.gate.bundle.sha256 != packed.bundle_sha256, "bundle", self.gate.bundle.sha256, packed.bundle_sha256
        )
        found = self.gate.index.sha256
        _refuse(found != packed.registry_sha256, "registry", found, packed.registry_sha256)


def _refuse(differs: bool, what: str, found: str, wanted: str) -> None:
    if differs:
        title = f"the {what} of this worker is {found}, and the run is by {wanted}"
        help = "have workers run the same version of vendorgate as whoever asks them"
        raise InputError([Problem(title.replace("the the", "the"), None, help)])


def _written(files: dict[str, bytes], folder: Path, shown: str) -> Folder:
    """The files as a folder.

    Raises:
        InputError: a name leads out of it.
    """
    for name, data in files.items():
        path = folder.joinpath(*name.split("/"))
        if os.path.isabs(name) or ".." in name.split("/"):
            raise InputError([Problem(f"`{name}` leads out of the {shown}", None, "pack the folder itself")])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    folder.mkdir(exist_ok=True)
    return Folder(os.fspath(folder), shown)
