"""What a report says of a change, in words that text and Markdown share.

In: parts of a review. Out: plain text, not yet escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ...comparison.model import ResultChange
from ...comparison.wording import step_words
from ...report.lines import shortened
from ...report.unjudged import counted
from .model import FolderOrigin, Integration, NamedCommit, NewData, Review

_SHORT_ID: Final = 12
_CONCERN: Final = 100
"""Characters of one concern; `vendorgate registry show` has all of it."""
_ORIGIN: Final[Mapping[FolderOrigin, str]] = {
    "base": "{0} of base",
    "head": "{0} of head",
    "disk": "{0}, which git does not track",
    "address": "{0}",
    "built-in": "the {1} that came with vendorgate",
}


def is_listed(change: ResultChange) -> bool:
    """Whether a change is listed by itself; what is as it was and has nothing wrong is only counted."""
    return change.kind != "unchanged" or change.result.outcome in ("fail", "unknown", "waived")


def in_full(change: ResultChange) -> bool:
    """Whether a reader needs all of it: what got worse, and what blocks."""
    return change.kind in ("new", "worse") or (change.after is not None and change.after.blocks)


def commit_words(named: NamedCommit) -> str:
    """A commit by its name and the beginning of its id."""
    if named.commit is None:
        return "an empty repository"
    return named.name if named.commit == named.name else f"{named.name} ({named.commit[:_SHORT_ID]})"


def sides_words(review: Review) -> str:
    """What was compared with what."""
    base, head = commit_words(review.base), commit_words(review.head)
    parting = review.parting
    since = "" if parting is None or parting == review.base.commit else f", begun at {parting[:_SHORT_ID]}"
    return f"{head} against {base}{since}"


def judges_words(review: Review) -> str:
    """By what head was judged."""
    judges = review.judges
    policies = _ORIGIN[judges.policies].format(judges.policies_path, "policies")
    registry = _ORIGIN[judges.registry].format(judges.registry_path, "registry-snapshot")
    aloud = ", because --trust-head was given" if review.trust_head else ""
    if judges.policies == judges.registry and judges.policies in ("base", "head"):
        return f"judged by {judges.policies_path} and {registry}{aloud}"
    return f"judged by {policies}, and by {registry}{aloud}"


def counts_words(review: Review) -> str:
    """All counts."""
    counts = review.summary
    only = ", of what is new or worse" if review.new_only else ""
    missing = f"{counted(review.evaluation)} not judged; " if review.evaluation.not_judged else ""
    return (
        f"{missing}{counts.new} new, {counts.worse} worse, {counts.better} better, {counts.fixed} fixed, "
        f"{counts.unchanged} unchanged, {counts.gone} gone; {review.evaluation.summary.waived} waived, "
        f"{counts.blocking} blocking{only}"
    )


def days_words(review: Review) -> str:
    """The day, or both where they differ."""
    day = f"as of {review.evaluation.day}"
    same = review.evaluation.as_of == review.base_as_of
    return day if same else f"{day}, before the change as of {review.base_as_of}"


def change_words(change: ResultChange) -> str:
    """From what to what, and because of which inputs."""
    because = f", because of: {', '.join(change.causes)}" if change.causes else ""
    if change.kind == "unchanged":
        return change.result.outcome
    wider = f"; {'; '.join(change.wider)}" if change.wider else ""
    return f"{step_words(change.before, change.after)}{because}{wider}"


def integration_words(one: Integration) -> str:
    """Who begins to use what, for which data."""
    subject = one.subject
    route = "" if subject.route == "primary" else f" as {subject.route}"
    data = ", ".join(one.data)
    known_as = "not in the registry" if subject.name.vendor is not None else subject.offering.written.name
    return (
        f"usage `{subject.usage}` of project `{subject.manifest.project}` begins to use {subject.name} "
        f"({known_as}){route}, for {data}"
    )


def watch_out_words(one: Integration) -> Iterator[str]:
    """A line a dimension; those of which nothing is known share the last."""
    silent = [dimension for dimension in one.watch_outs if dimension not in one.subject.offering.cells]
    for dimension, concerns in one.watch_outs.items():
        if dimension not in silent:
            yield f"{dimension}: {'; '.join(shortened(one, _CONCERN) for one in concerns)}"
    if silent:
        yield f"the registry states nothing about {', '.join(silent)}"


def data_words(one: NewData) -> str:
    subject = one.subject
    return f"usage `{subject.usage}` of project `{subject.manifest.project}` begins to send {', '.join(one.data)}"


def in_force_words(review: Review) -> str:
    """Whether the edits count."""
    return "in force in this review" if review.edits.in_force else "not in force in this review"
