"""What a worker says of a task: its number when it is filed away, or why not.

In: what happened. Out: the same, as it travels; at the other end the error that it is there.
"""

from __future__ import annotations

import traceback
from typing import Final, NoReturn, Union

import msgspec

from ....errors import InputError, Problem, VendorgateError
from ....source import Location
from ..judging.worker import JudgesRefused


class ToldProblem(msgspec.Struct, frozen=True, array_like=True):
    """A mistake, without its file."""

    title: str
    path: Union[str, None]
    line: int
    column: int
    help: Union[str, None]


class Told(msgspec.Struct, frozen=True, array_like=True):
    """What became of a task."""

    number: int
    problems: tuple[ToldProblem, ...] = ()
    """Because of which it cannot be judged, nor any other one."""
    unwritable: Union[tuple[int, str], None] = None
    """What the system said when it was to be filed away."""
    fault: str = ""
    """A fault of ours, as Python tells it."""

    @property
    def is_finished(self) -> bool:
        """Whether it is filed away."""
        return not (self.problems or self.unwritable or self.fault)

    def raise_it(self) -> NoReturn:
        """Raise what kept it from being finished.

        Raises:
            InputError: it cannot be judged.
            OSError: it cannot be filed away.
            WorkerFault: something else, which is a fault of ours.
        """
        if self.problems:
            raise InputError(map(_problem, self.problems))
        if self.unwritable is not None:
            raise OSError(*self.unwritable)
        raise WorkerFaultError(self.fault)


class WorkerFaultError(Exception):
    """A fault of ours, in a worker."""


told_from: Final = msgspec.msgpack.Decoder(Told).decode


def of_error(error: Exception) -> Told:
    """What is to be told of an error."""
    if isinstance(error, JudgesRefused):
        return Told(-1, tuple(ToldProblem(str(words), None, 1, 1, None) for words in error.args))
    if isinstance(error, VendorgateError):
        return Told(-1, tuple(map(_told, error.problems)))
    if isinstance(error, OSError) and error.errno is not None:
        return Told(-1, unwritable=(error.errno, error.strerror or type(error).__name__))
    return Told(-1, fault="".join(traceback.format_exception(error)))


def _told(one: Problem) -> ToldProblem:
    where = one.location
    path, line, column = (None, 1, 1) if where is None else (where.path, where.line, where.column)
    return ToldProblem(one.title, path, line, column, one.help)


def _problem(one: ToldProblem) -> Problem:
    where = None if one.path is None else Location(one.path, one.line, one.column)
    return Problem(one.title, where, one.help)
