"""What the options that every judging command takes come to: manifests, what judges them, the day, the repository.

In: options as given. Out: `Inputs`, which give an evaluation when it is wanted, and what is made of it in every
format; what nobody named, a day that somebody did, and what was not judged are said on the error stream.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

import msgspec

from ..gate import Gate
from ..load.files import Folder
from ..load.finding import Found, alone
from ..load.manifest import read_found
from ..load.packs import PackChoice
from ..model.evaluation import Evaluation
from ..model.identity import RepositoryName
from ..model.vocabulary import FailOn
from .answer import Render, answer
from .defaults import day_for, inputs_for
from .repository import repository_for
from .verdict import say_unjudged


class MadeOfInputs(Protocol):
    """An answer that begins with an evaluation."""

    @property
    def evaluation(self) -> Evaluation: ...


Answered = TypeVar("Answered", bound=MadeOfInputs)


class Inputs(msgspec.Struct, frozen=True):
    """Manifests, and what judges them."""

    manifests: tuple[Found, ...]
    """None where only the bundle and the snapshot are looked at."""
    judges: tuple[Folder, Folder, PackChoice]
    as_of: datetime.date
    repository: RepositoryName
    asked_on: datetime.date | None = None
    """The day of the run, where somebody chose `as_of`; for a command that holds the bundle's limit against it."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Of the manifests."""
        return tuple(one.path for one in self.manifests)

    @property
    def folders(self) -> tuple[Folder, Folder]:
        """The bundle and the snapshot."""
        return self.judges[:2]

    def gate(self) -> Gate:
        """What judges, read when it is asked for something."""
        return Gate(*self.judges)

    def evaluation(self, gate: Gate | None = None, *, fail_on: FailOn | None = None, full: bool = False) -> Evaluation:
        """Of every manifest that can be judged, `full` with the reasons of what passes, too.

        Raises:
            InputError: bundle or registry are not valid, or no manifest is; it carries every problem.
            UsageError: the threshold is laxer than the bundle's.
        """
        judge = gate or self.gate()
        return judge.judge(
            map(read_found, self.manifests),
            as_of=self.as_of,
            fail_on=fail_on,
            full=full,
            allow_incomplete=True,
            repository=self.repository,
        )


def inputs_given(
    manifests: Iterable[str | Found],
    *,
    policies: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    as_of: datetime.date | None,
    repository: str | None,
) -> Inputs:
    """The inputs that a command line means, by the options of `frame.options.inputs`.

    `manifests` are paths, or what `manifests_for` has found.

    Raises:
        UsageError: no repository goes by that name, or a folder has none.
    """
    named = repository_for(repository)
    found = tuple(alone(one) if isinstance(one, str) else one for one in manifests)
    judges, day = inputs_for(policies, registry, pack), day_for(as_of)
    return Inputs(found, judges, day.day, named, day.asked_on)


def answer_of_inputs(
    given: Inputs,
    make: Callable[[], Answered],
    formats: Mapping[str, Render[Answered]],
    format: str,
    output: Iterable[str],
) -> Answered:
    """What is made of the inputs, in every format that somebody asked for.

    Raises:
        UsageError: a file cannot be written, which is found before anything is made.
        VendorgateError: nothing can be made; every file says why, and standard output stays empty.
    """
    return answer(
        make,
        formats,
        format,
        output,
        manifests=given.paths,
        folders=given.folders,
        before=lambda made: say_unjudged(made.evaluation, told=format == "text"),
    )
