"""What blocks, by the one fact behind it, so that a reader mends each fact once.

In: an evaluation. Out: a piece for each cause, and what each cause is called in the page's address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from ...model.evaluation import Evaluation
from ...model.result import Result
from ..cause import Cause, cause_of, said
from ..finding import command_words
from ..grouping import Group, grouped
from ..look import TextLook
from ..surroundings import Surroundings
from ..ways import Line, ways
from .names import offering_name

_DIGITS = 12


class ResultPlace(msgspec.Struct, frozen=True):
    """A result that a cause is behind."""

    id: str
    """Its anchor."""
    usage: str
    project: str
    offering: str


class OfPolicy(msgspec.Struct, frozen=True):
    """The results of one policy that a cause is behind."""

    policy: str
    title: str
    places: tuple[ResultPlace, ...]


class CauseView(msgspec.Struct, frozen=True):
    """One fact that keeps results from passing."""

    name: str
    """What the address calls it."""
    message: str
    results: int
    projects: int
    ways: tuple[Line, ...]
    """What lifts it, or that nothing on our side does: what a line is, and the line."""
    policies: tuple[OfPolicy, ...]


def named(cause: Cause) -> str:
    """A short name for the address; the same fact has the same one in every report."""
    return hashlib.sha256("\0".join(cause.key).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def causes(evaluation: Evaluation) -> dict[int, Cause]:
    """By the identity of each result that has one: its cause."""
    found = ((id(result), cause_of(result)) for result in evaluation.results)
    return {result: cause for result, cause in found if cause is not None}


def messages(of: Mapping[int, Cause]) -> dict[str, str]:
    """By its short name: each cause in words."""
    alike: dict[str, list[Cause]] = {}
    for cause in of.values():
        alike.setdefault(named(cause), []).append(cause)
    return {name: said(found) for name, found in alike.items()}


def blocking(evaluation: Evaluation, surroundings: Surroundings) -> tuple[CauseView, ...]:
    """The causes of all results that block: the worst first, then those behind most results."""
    ids = {id(result): f"r{number}" for number, result in enumerate(evaluation.results, 1)}
    blocking = [one for one in evaluation.results if one.blocks]
    named_none = [one for one in blocking if cause_of(one) is None]
    return (*(_view(group, ids, surroundings) for group in grouped(blocking)), *_of_no_cause(named_none, ids))


def _of_no_cause(results: Iterable[Result], ids: Mapping[int, str]) -> Iterator[CauseView]:
    """By policy, so that nothing that blocks is left out, whatever it is about."""
    for policy, alike in _by_policy(results).items():
        advice = alike[0].policy.remediation
        yield CauseView(
            name="",
            message=f"`{policy}` is not met",
            results=len(alike),
            projects=len({one.subject.manifest.project for one in alike}),
            ways=() if advice is None else (("advice", advice),),
            policies=(_of_policy(alike, ids),),
        )


def _by_policy(results: Iterable[Result]) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = {}
    for result in results:
        found.setdefault(result.policy.id, []).append(result)
    return found


def _view(group: Group, ids: Mapping[int, str], surroundings: Surroundings) -> CauseView:
    return CauseView(
        name=named(group.cause),
        message=group.headline,
        results=len(group.results),
        projects=group.projects,
        ways=tuple(_ways(group, surroundings)),
        policies=tuple(_of_policy(results, ids) for results in _by_policy(group.results).values()),
    )


def _ways(group: Group, surroundings: Surroundings) -> Iterator[Line]:
    """What lifts it, with the path in a command from the root of the repository."""
    path = group.results[0].subject.manifest.source.path
    shown = surroundings.path(path)
    for word, line in ways(group, TextLook()):
        told = line.replace(_of_manifest(path), _of_manifest(shown))
        yield (
            word,
            told if told == line and _of_manifest(path) not in line else f"{told}, with the options of this check",
        )


def _of_manifest(path: str) -> str:
    return command_words("alternatives", path, "")


def _of_policy(results: Iterable[Result], ids: Mapping[int, str]) -> OfPolicy:
    alike = tuple(results)
    return OfPolicy(alike[0].policy.id, alike[0].policy.title, tuple(_place(one, ids) for one in alike))


def _place(result: Result, ids: Mapping[int, str]) -> ResultPlace:
    subject = result.subject
    return ResultPlace(ids[id(result)], subject.usage, subject.manifest.project, offering_name(subject))
