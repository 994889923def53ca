"""The waivers of a bundle, to be changed by one writer at a time.

In: a bundle. Out: the file of its waivers under a lock. Policies that are only a copy here have none to change.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Final

import msgspec

from ...errors import InputError, Problem, UsageError
from ...frame.defaults import refuse_elsewhere
from ...frame.dropping import packs_in_force
from ...frame.inputs import Inputs
from ...frame.locking import locked_bundle
from ...frame.writing import new_file, replace_file
from ...load.files import Folder, read_bytes, shipped
from ...model.evaluation import Evaluation
from ...model.vocabulary import FailOn
from .waivers_file import WaiversYaml

_NAME: Final = "waivers.yaml"


class OwnWaivers(msgspec.Struct, frozen=True):
    """Where the waivers of a bundle stand."""

    path: str
    shown: str

    def read(self) -> WaiversYaml:
        """The file as it is.

        Raises:
            InputError: it cannot be read.
        """
        if not os.path.lexists(self.path):
            return WaiversYaml(self.shown, None)
        problems: list[Problem] = []
        data = read_bytes(self.path, self.shown, problems)
        if problems:
            raise InputError(problems)
        return WaiversYaml(self.shown, data)

    def write(self, text: str) -> None:
        """Put a text in its place, at once and whole; a link to the file stays one.

        Raises:
            UsageError: it cannot be written.
        """
        path = Path(os.path.realpath(self.path))
        (replace_file if path.exists() else new_file)(path, text)


@contextmanager
def own_waivers(bundle: Folder, *, dry_run: bool) -> Iterator[OwnWaivers]:
    """The waivers of a bundle, which nobody else changes meanwhile; with `dry_run` nobody does.

    Raises:
        UsageError: they are kept elsewhere, or came with vendorgate; or nothing can be locked there.
    """
    if not dry_run:
        refuse_elsewhere(bundle)
    _refuse_built_in(bundle)
    with nullcontext() if dry_run or not os.path.isdir(bundle.path) else locked_bundle(_real(bundle)):
        yield OwnWaivers(*bundle.file(_NAME))


def of_every_manifest(given: Inputs, fail_on: FailOn | None = None) -> Evaluation:
    """All manifests that are meant, judged: of one that cannot be nobody knows what it needs.

    Raises:
        InputError: one of them, or what judges, is not valid.
    """
    evaluation = given.evaluation(fail_on=fail_on)
    if evaluation.not_judged:
        raise InputError(problem for one in evaluation.not_judged for problem in one.problems)
    return evaluation


def _real(bundle: Folder) -> Path:
    return Path(os.path.realpath(bundle.path))


def _refuse_built_in(bundle: Folder) -> None:
    if bundle.path == shipped("policies").path:
        title = "the policies that came with vendorgate have no waivers of yours"
        packs = " ".join(f"--pack {pack}" for pack in packs_in_force(bundle))
        help = (
            f"begin a bundle of your own: vendorgate init bundle --name NAME {packs}; a pack left out asks nothing more"
        )
        raise UsageError([Problem(title, help=help)])
