"""A report compared with a new check of its inputs.

In: a `VerifyQuestion`. Out: a `Verification`. The gate judges, and the JSON report renders, as for any check: what
comes out must be the same bytes.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec
from msgspec import UnsetType

from ...archive.report_file import ReadReport, too_deep
from ...errors import InputError, Problem
from ...evaluate.judge import stricter_or_equal
from ...gate import Gate, incomplete
from ...load.files import Folder, sha256
from ...load.manifest import GivenManifest
from ...load.packs import PackChoice
from ...model.detect import DRIFT_KINDS, NOTICES_OF_CODE
from ...model.evaluation import NotJudged
from ...model.identity import RepositoryName
from ...model.vocabulary import FailOn, Verdict
from ...report.document import ReportedNotice, written
from ...report.json import Report, reported
from ...source import Location
from .divergences import divergences
from .manifests import manifests, unjudged
from .model import Divergence, DivergenceKind, Verification, VerifyOutcome
from .naming import as_full, as_named, lacking
from .packs import packs_with

_INPUTS: Final[frozenset[DivergenceKind]] = frozenset(("manifest", "bundle", "registry"))
_THRESHOLDS: Final[tuple[FailOn, ...]] = ("error", "warning", "note")
"""The laxest first; nothing is stricter because of `never`."""
_OF_THE_RUN: Final = frozenset(("folder-passed-over", "nested-bundle", *NOTICES_OF_CODE))
"""Notices of where policies were found, and of code, which is not looked at again."""

JudgeAgain = Callable[[FailOn | None], Report]


class KeptManifests(msgspec.Struct, frozen=True):
    """Manifests that are kept with a report, under the paths that the report has."""

    judged: tuple[GivenManifest, ...]
    left: tuple[GivenManifest, ...]
    """Those that were not judged."""


class VerifyQuestion(msgspec.Struct, frozen=True):
    """What is asked: whether a report is what a check says of these inputs."""

    read: ReadReport
    manifests: tuple[str, ...]
    """Where manifests are that do not stand where the report has them."""
    policies: Folder
    registry: Folder
    packs: PackChoice
    fail_on: FailOn | None = None
    kept: KeptManifests | None = None
    """The manifests themselves, where they are kept with the report; None: they are looked for."""


def verified(question: VerifyQuestion) -> Verification:
    """Check again what the report is of, on its day, and compare.

    Raises:
        InputError: an input cannot be read or is not valid; it carries every problem.
        UsageError: files are given that are no manifest of the report, or the threshold is laxer than the bundle's.
    """
    read, report = question.read, question.read.report
    day = report.as_of
    kept = question.kept
    read_again = manifests(report.inputs.manifests, question.manifests) if kept is None else [*kept.judged]
    policies, registry = (msgspec.structs.replace(one, said=()) for one in (question.policies, question.registry))
    gate = Gate(policies, registry, question.packs)
    repository = RepositoryName(report.repository.name, report.repository.said_by)

    def judge(fail_on: FailOn | None) -> Report:
        found = gate.judge(read_again, as_of=day, fail_on=fail_on, repository=repository)
        left = tuple(
            _not_judged(gate, one, day) for one in (unjudged(report.not_judged) if kept is None else kept.left)
        )
        found = incomplete(found, tuple(one for one in left if one is not None))
        fresh = as_full(as_named(reported(found), report, question.policies), report)
        # Who chose the day, where policies were found, and what code does, are of the run and of no input.
        found_by = tuple(one for one in report.notices if one.id in _OF_THE_RUN)
        fresh = _with_code(fresh, found_by, fail_on or gate.bundle.fail_on)
        return msgspec.structs.replace(fresh, as_of_given=report.as_of_given, notices=(*found_by, *fresh.notices))

    try:
        outcome, found, fail_on = _compared(read, judge, question.fail_on, gate)
    except InputError as error:
        raise InputError([*error.problems, *_other_inputs(report, read_again, gate, question)]) from None
    except RecursionError:  # reading it went just deep enough
        raise InputError([too_deep(read.path)]) from None
    packs = _packs(report, gate, question) if outcome == "other-inputs" else ()
    return Verification(
        read.path,
        sha256(read.data),
        report.tool.version,
        day,
        outcome,
        found,
        fail_on,
        packs,
        as_of_given=report.as_of_given,
        repository=report.repository.name,
        source=_source(report, question.policies),
        said=tuple(dict.fromkeys(one.id for one in report.notices if one.id in _OF_THE_RUN)),
    )


def _with_code(fresh: Report, recorded: Iterable[ReportedNotice], fail_on: FailOn) -> Report:
    """A report whose verdict counts what the recorded one says of code."""
    blocking = sum(one.id in DRIFT_KINDS and stricter_or_equal(fail_on, one.severity) for one in recorded)
    if not blocking:
        return fresh
    summary = msgspec.structs.replace(fresh.summary, blocking=fresh.summary.blocking + blocking)
    verdict: Verdict = "fail" if fresh.verdict == "pass" else fresh.verdict
    return msgspec.structs.replace(fresh, summary=summary, verdict=verdict)


def _source(report: Report, policies: Folder) -> str | None:
    """Where a report says that its policies are kept, unless these are from there."""
    kept = report.inputs.bundle.source
    return None if isinstance(kept, UnsetType) or kept == policies.address else kept


def _not_judged(gate: Gate, read: GivenManifest, day: datetime.date) -> NotJudged | None:
    """What is wrong with a manifest that was not judged; None where it can be now."""
    try:
        gate.judge([read], as_of=day)
    except InputError as error:
        return NotJudged(read.path, error.problems)
    return None


def _other_inputs(
    report: Report, read: Iterable[GivenManifest], gate: Gate, question: VerifyQuestion
) -> Iterator[Problem]:
    """Where the inputs are not valid: which of them are not those of the report, as far as they can be read."""
    recorded = report.inputs
    for one, again in zip(recorded.manifests, read, strict=False):
        if again.manifest is not None and again.manifest.sha256 != one.sha256:
            yield _another("manifest", one.path, one.sha256)
    try:
        bundle, registry = gate.bundle.sha256, gate.snapshot(()).sha256
    except InputError:
        return
    if bundle != recorded.bundle.sha256:
        yield _another("bundle", question.policies.shown, recorded.bundle.sha256)
    if registry != recorded.registry.sha256:
        yield _another("registry", question.registry.shown, recorded.registry.sha256)


def _another(what: str, path: str, digest: str) -> Problem:
    title = f"this is not the {what} of the report, whose SHA-256 is {digest}"
    return Problem(title, Location(path, 1, 1), "find it as it was then, and name it")


def _compared(
    read: ReadReport, judge: JudgeAgain, asked: FailOn | None, gate: Gate
) -> tuple[VerifyOutcome, tuple[Divergence, ...], FailOn | None]:
    """The outcome, what differs, and the threshold with which nothing would."""
    fresh = judge(asked)
    if _bytes(fresh) == read.data:
        return "holds", (), None
    again = _bytes(read.report)
    form = () if again == read.data else (_other_form(read.data),)
    found = tuple(divergences(read.report, fresh))
    others = [one for one in found if one.what != "version"]
    if not others and again == _bytes(msgspec.structs.replace(fresh, tool=read.report.tool)):
        return "other-form" if form else "other-version", (*found, *form, *_other_content(read.report)), None
    if any(one.what in _INPUTS for one in others):
        return "other-inputs", (*found, *form), None
    threshold = _threshold(read.report, judge, asked or gate.bundle.fail_on) if _is_blocking(others) else None
    return "differs" if threshold is None else "other-threshold", (*found, *form), threshold


def _bytes(report: Report) -> bytes:
    return written(report).encode("ascii")


def _other_form(data: bytes) -> Divergence:
    """How it is written otherwise."""
    if data.startswith(b"\xef\xbb\xbf"):
        how = "with a byte-order mark"
    elif b"\r\n" in data:
        how = "with CRLF at the ends of lines"
    else:
        how = "with other spacing, escapes or order of keys"
    return Divergence("form", "", "", how, "as vendorgate writes it")


def _other_content(recorded: Report) -> Iterator[Divergence]:
    """What a report of another version does not say, and this one would."""
    left_out = tuple(lacking(recorded))
    if left_out:
        yield Divergence("form", "", "", f"without {', '.join(left_out)}", "as this version writes it")


def _is_blocking(found: Iterable[Divergence]) -> bool:
    """Whether all that differs is what blocks."""
    return all(
        one.what == "verdict" or (one.what, one.field) in (("summary", "blocking"), ("result", "blocks"))
        for one in found
    )


def _threshold(recorded: Report, judge: JudgeAgain, least: FailOn) -> FailOn | None:
    """The laxest of the stricter thresholds with which a check says the same."""
    wanted = _bytes(recorded)
    for level in _THRESHOLDS:
        stricter = level != least and stricter_or_equal(level, least)
        if stricter and _bytes(msgspec.structs.replace(judge(level), tool=recorded.tool)) == wanted:
            return level
    return None


def _packs(recorded: Report, gate: Gate, question: VerifyQuestion) -> tuple[str, ...]:
    there = {policy.id for policy in gate.bundle.policies}
    missing = frozenset(one.policy for one in recorded.results if one.policy not in there)
    return packs_with(missing, question.policies, question.packs.library) if missing else ()
