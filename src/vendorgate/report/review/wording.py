"""What a report says of a change, in words that text and Markdown share.

In: parts of a review. Out: plain text, not yet escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ...model.difference import CellChange, Difference, FieldChange, OfferingChange
from ...model.result import Result
from ...model.review import Edit, FieldEdit, Integration, Named, NewData, Origin, ResultChange, Review
from ..finding import usage_words
from ..lines import shortened
from ..registry.values import changed_value
from ..unjudged import counted

_SHORT_ID: Final = 12
_CONCERN: Final = 100
"""Characters of one concern; `vendorgate registry show` has all of it."""
_ORIGIN: Final[Mapping[Origin, str]] = {
    "base": "{0} of base",
    "head": "{0} of head",
    "disk": "{0}, which git does not track",
    "built-in": "the {1} that came with vendorgate",
}


def told(change: ResultChange) -> bool:
    """Whether a change is told one by one; what stands as it stood with nothing wrong is only counted."""
    return change.kind != "unchanged" or change.result.outcome in ("fail", "unknown", "waived")


def in_full(change: ResultChange) -> bool:
    """Whether a reader needs all of it: what got worse, and what blocks."""
    return change.kind in ("new", "worse") or (change.after is not None and change.after.blocks)


def commit_words(named: Named) -> str:
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


def step_words(before: Result | None, after: Result | None) -> str:
    """From what to what."""
    was, becomes = _state(before, after), _state(after, before)
    if was == becomes and before is not None and after is not None:
        return f"{_outcome(before)} -> {_outcome(after)}"
    return f"{was} -> {becomes}"


def _outcome(result: Result) -> str:
    return result.outcome.replace("_", " ")


def _state(result: Result | None, other: Result | None) -> str:
    """An outcome, with what else is not the same on the other side."""
    if result is None:
        return "not there"
    words = [_outcome(result)]
    if other is not None and result.outcome == other.outcome:
        words += [result.severity] if result.severity != other.severity else []
        words += ["blocking" if result.blocks else "not blocking"] if result.blocks != other.blocks else []
        if len(words) == 1 and (unmet := [one for one in result.requirements if one.outcome != "pass"]):
            words.append(f"{len(unmet)} of {len(result.requirements)} requirements not met")
            unknown = sum(one.outcome == "unknown" for one in unmet)
            words += [f"{unknown} of them unknown"] if unknown else []
    return ", ".join(words)


def subject_words(result: Result) -> str:
    """The usage, its route and offering, and the project."""
    return f"{usage_words(result)} with {result.subject.offering.id}, project `{result.subject.manifest.project}`"


def integration_words(one: Integration) -> str:
    """Who begins to use what, for which data."""
    subject = one.subject
    route = "" if subject.route == "primary" else f" as {subject.route}"
    data = ", ".join(one.data)
    return (
        f"usage `{subject.usage}` of project `{subject.manifest.project}` begins to use {subject.offering.id} "
        f"({subject.offering.written.name}){route}, for {data}"
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


def edit_words(edit: Edit) -> str:
    """What was edited, and how."""
    kind = f" {edit.kind}" if edit.kind != "changed" or not edit.fields else ""
    fields = "; ".join(_field(field, edit.name) for field in edit.fields)
    return f"{edit.what} `{edit.name}`{kind}{': ' if fields else ''}{fields}"


def _field(field: FieldEdit, name: str) -> str:
    own = "" if field.field == name else f"{field.field} "
    return f"{own}{changed_value(field.old)} -> {changed_value(field.new)}"


def registry_words(found: Difference) -> Iterator[tuple[str, str]]:
    """Each change to the registry: its direction, and what it is."""
    yield from ((one.direction, f"registry{_changed('changed', (one,))}") for one in found.snapshot)
    yield from ((one.direction, offering_words(one)) for one in found.offerings)
    yield from ((one.direction, cell_words(one)) for one in found.cells)


def offering_words(one: OfferingChange) -> str:
    """An offering of the registry, and what became of it."""
    return f"registry `{one.offering.id}`{_changed(one.kind, one.fields)}"


def cell_words(one: CellChange) -> str:
    """A cell of the registry, and what became of it."""
    return f"registry `{one.offering}` {one.dimension}{_changed(one.kind, one.fields)}"


def _changed(kind: str, fields: tuple[FieldChange, ...]) -> str:
    sides = "; ".join(f"{one.field} {changed_value(one.old)} -> {changed_value(one.new)}" for one in fields)
    return f" {kind}" if kind != "changed" or not sides else f": {sides}"
