"""What the options that every judging command takes come to: manifests, what judges them, the day, the repository.

In: options as given. Out: `Inputs`, which give an evaluation when it is wanted; what nobody named, and a day that
somebody did, are said on the error stream.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from ..gate import Gate
from ..load.files import Folder
from ..load.packs import PackChoice
from ..model.evaluation import Evaluation
from ..model.identity import RepositoryName
from ..model.vocabulary import FailOn
from .defaults import day_for, inputs_for
from .repository import repository_for


class Inputs(msgspec.Struct, frozen=True):
    """Manifests, and what judges them."""

    paths: tuple[str, ...]
    """Of the manifests; none where only the bundle and the snapshot are looked at."""
    judges: tuple[Folder, Folder, PackChoice]
    as_of: datetime.date
    repository: RepositoryName

    @property
    def folders(self) -> tuple[Folder, Folder]:
        """The bundle and the snapshot."""
        return self.judges[:2]

    def gate(self) -> Gate:
        """What judges, read when it is asked for something."""
        return Gate(*self.judges)

    def evaluation(self, gate: Gate | None = None, *, fail_on: FailOn | None = None, full: bool = False) -> Evaluation:
        """Of every manifest, `full` with the reasons of what passes, too.

        Raises:
            InputError: an input is not valid; it carries every problem.
            UsageError: the threshold is laxer than the bundle's.
        """
        judge = gate or self.gate()
        return judge.check(self.paths, as_of=self.as_of, fail_on=fail_on, full=full, repository=self.repository)


def inputs_given(
    paths: Sequence[str],
    *,
    policies: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    as_of: datetime.date | None,
    repository: str | None,
) -> Inputs:
    """The inputs that a command line means, by the options of `frame.options.inputs`.

    Raises:
        UsageError: no repository goes by that name, or a folder has none.
    """
    named = repository_for(repository)
    return Inputs(tuple(paths), inputs_for(policies, registry, pack), day_for(as_of).day, named)
