"""One set of changes in the text of a manifest, as far as a manifest says it: comments, quotes and all else stay.

In: the repairs of a usage, which of them is meant. Out: the edit, to be shown or written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from ...errors import Problem, UsageError
from ...frame.changing import changed, values_of
from ...frame.locking import locked
from ...frame.writing import replace_file
from ...lifting.changes import SETTINGS, applied
from ...lifting.model import OF_ACCOUNTS, Repair, Repairs, RepairStep
from ...load.files import JUDGED, read_bytes, sha256
from ...logic import Json
from ...model.evaluation import Evaluation
from ...model.manifest import Manifest, Usage
from ...rewriting.edits import Unclear
from ...rewriting.orders import USAGES
from ...source import Location
from .plain_usage import plain_usage

_NOT_OURS: Final = ("agreement", "bind", *OF_ACCOUNTS)
"""Kinds of change that no manifest makes: who signs, whose project it is, how an account is set up."""

_WRITTEN: Final = (SETTINGS, "features", "lifecycle")
"""Declarations that are made to be true, or that a declared name implies."""


class ManifestEdit(msgspec.Struct, frozen=True):
    """A repair in the text of its manifest."""

    number: int
    """Which of those that were found, from 1."""
    repair: Repair
    shown: str
    """The path of the manifest."""
    before: bytes
    after: bytes
    evaluation: Evaluation
    """Of the manifest with the edit."""

    @property
    def written(self) -> tuple[RepairStep, ...]:
        """What the manifest says now."""
        return tuple(step for step in self.repair.steps if is_written(step))

    @property
    def left(self) -> tuple[RepairStep, ...]:
        """What others do, and what only whoever uses it can say."""
        return tuple(step for step in self.repair.steps if not is_written(step))


def is_written(step: RepairStep) -> bool:
    """Whether a change is written: no agreement is claimed that nobody has signed, and no fact is made up.

    What is in use and not declared yet, only whoever uses it can say: a setting is written where one value alone would
    do, because an account can be set up like that. What is declared and must become another value is a change to make.
    """
    kind, field = step.change.kind, step.change.field
    is_a_guess = kind == "declare" and (bool(step.options) or not field.startswith(_WRITTEN))
    return kind not in _NOT_OURS and not is_a_guess


def chosen_repair(found: Repairs, number: int) -> Repair:
    """A repair by its number.

    Raises:
        UsageError: so many were not found.
    """
    repairs = () if found.search is None else found.search.repairs
    if number > len(repairs):
        there = "there is one" if len(repairs) == 1 else f"there are {len(repairs)}"
        raise UsageError([Problem(f"no repair {number}: {there}", help="--limit looks for more")])
    return repairs[number - 1]


def edit_of(found: Repairs, number: int, path: str, judge: Callable[[bytes], Evaluation]) -> ManifestEdit:
    """The edit of a repair, by its number, in the file that was judged; `judge` says what a check says of other bytes.

    Raises:
        UsageError: there is no such repair; the file is another one now, or none that could be changed; it is written
            in a way in which the parts that change cannot be changed by themselves.
    """
    repair = chosen_repair(found, number)
    subject = found.evaluation.subjects[0]
    manifest, index = subject.manifest, subject.place[1]
    assert isinstance(index, int)
    shown, data = manifest.source.path, _bytes_of(path, manifest)
    usage = manifest.usages[index]
    result = applied(usage, None, [step.change for step in repair.steps if is_written(step)])
    assert result is not None, "a repair is a manifest that could be written"
    after = _with(shown, data, index, (usage, result[0]))
    evaluation = judge(after)
    _require_meaning(evaluation, shown, (*manifest.usages[:index], result[0], *manifest.usages[index + 1 :]))
    return ManifestEdit(number, repair, shown, data, after, evaluation)


def write(edit: ManifestEdit, path: str) -> None:
    """Put the edit into the file, if it is still the one that was judged.

    Raises:
        UsageError: it is not, or cannot be written.
    """
    target = Path(os.path.realpath(path))
    with locked(target):
        if _read(path, edit.shown) != edit.before:
            raise UsageError([_another(edit.shown)])
        replace_file(Path(path), edit.after.decode("utf-8"))


def _bytes_of(path: str, manifest: Manifest) -> bytes:
    data = _read(path, manifest.source.path)
    if sha256(data) != manifest.sha256:
        raise UsageError([_another(manifest.source.path)])
    return data


def _read(path: str, shown: str) -> bytes:
    problems: list[Problem] = []
    data = read_bytes(path, shown, problems, JUDGED)
    if data is None:
        raise UsageError(problems)
    return data


def _another(shown: str) -> Problem:
    return Problem("it has changed since it was judged", Location(shown, 1, 1), "run this again")


def _with(shown: str, data: bytes, index: int, usages: tuple[Usage, Usage]) -> bytes:
    """The manifest with another usage at an index.

    Raises:
        UsageError: it is written in a way in which that cannot be changed by itself.
    """
    values = values_of(shown, data, JUDGED)
    try:
        listed = [*_changed_usages(values["usages"], index, usages)]
        return changed(shown, data, {**values, "usages": listed}, USAGES, JUDGED)
    except Unclear:
        raise UsageError([_unclear(shown)]) from None


def _changed_usages(written: Json, index: int, usages: tuple[Usage, Usage]) -> Iterator[Json]:
    assert isinstance(written, list), "a strict reader takes nothing else"
    for place, one in enumerate(written):
        yield plain_usage(one, *usages) if place == index else one


def _unclear(shown: str) -> Problem:
    title = "cannot be changed without a change of what is not meant"
    return Problem(title, Location(shown, 1, 1), "write anchors and aliases in it out, or change it by hand")


def _require_meaning(found: Evaluation, shown: str, expected: tuple[Usage, ...]) -> None:
    """Refuse a text that does not say what is meant.

    Raises:
        UsageError: it does not.
    """
    if found.manifests[0].usages != expected:
        raise UsageError([_unclear(shown)])
