"""What whoever reads a review must know beside the results; only a manifest that left can block.

In: what was found. Out: notices, which every format of a check shows, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ...errors import Problem
from ...logic.wording import few
from ...model.notice_ids import NoticeId
from ...model.result import Notice
from ...source import Location
from .earlier import InvalidBefore
from .gone_manifests import notice
from .model import Edits, GoneManifest
from .preparing import PreparedReview, SideName


def notices(
    prepared: PreparedReview,
    edits: Edits,
    unloadable: tuple[tuple[Problem, ...], tuple[Problem, ...]],
    invalid: Iterable[InvalidBefore],
    gone: Iterable[GoneManifest],
) -> tuple[Notice, ...]:
    """Every notice of a review, what concerns trust first.

    `unloadable` has what is wrong with policies and registry of base, as far as that stops nothing, and of head.
    """
    of_base, of_head = unloadable
    return (
        *_trust(prepared, edits),
        *_does_not_load("base", of_base),
        *_does_not_load("head", of_head),
        *_earlier(invalid),
        *map(notice, gone),
        *_history(prepared),
    )


def _trust(prepared: PreparedReview, edits: Edits) -> Iterator[Notice]:
    head, base = prepared.commits.head.name, prepared.commits.base.name
    if prepared.question.trust_head:
        message = f"head {head} is judged by its own policies, waivers, agreements and registry, not by those of {base}"
        yield Notice("head-is-trusted", "warning", message)
        return
    if edits.files:
        weaker = any(edit.effect == "weaker" for edit in edits.edits)
        message = f"the change edits {_names(edits.files)}; this review judges by {base}, where that is not in force"
        yield Notice("edits-not-in-force", "warning" if weaker else "note", message)
    for edit in edits.edits:
        if edit.what == "manifest":
            said = " and ".join(f"{'no' if field.new is None else 'another'} {field.field}" for field in edit.fields)
            message = f"the change writes {said} into {edit.name}; this review goes by what {base} says of it"
            yield Notice("edits-not-in-force", "warning", message, Location(edit.name, 1, 1))


def _names(files: tuple[str, ...]) -> str:
    return few(files, 3)


_DOES_NOT_LOAD: Final[Mapping[SideName, NoticeId]] = {"base": "base-does-not-load", "head": "head-does-not-load"}


def _does_not_load(side: SideName, problems: tuple[Problem, ...]) -> Iterator[Notice]:
    if problems:
        message = f"policies or registry of {side} do not load: {_problems(problems)}"
        yield Notice(_DOES_NOT_LOAD[side], "warning", message, problems[0].location)


def _problems(problems: tuple[Problem, ...]) -> str:
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{problems[0].title}{more}"


def _earlier(invalid: Iterable[InvalidBefore]) -> Iterator[Notice]:
    for one in invalid:
        message = f"{one.path} was not valid before the change, so that all of its results are new: "
        yield Notice("earlier-manifest-invalid", "note", message + _problems(one.problems))


def _history(prepared: PreparedReview) -> Iterator[Notice]:
    commits = prepared.commits
    if commits.base.commit is None:
        yield Notice("no-common-history", "note", "there is nothing to compare with, so that everything is new")
    elif commits.parting is None:
        message = f"{commits.base.name} and {commits.head.name} share no history, so that everything is new"
        yield Notice("no-common-history", "note", message)
