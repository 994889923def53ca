"""What a report says of an adoption, in words that text and Markdown share.

In: parts of an adoption. Out: plain text, not yet escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ...model.impact import Adoption, Impact, ImpactGroup, ImpactKind, Origins, Refusal, Side
from ...model.result import Notice
from ...model.review import Cause
from ..lines import shortened
from ..review.wording import cell_words, edit_words, offering_words, step_words, subject_words

KIND: Final[Mapping[ImpactKind, str]] = {
    "blocking": "newly blocks",
    "worse": "worse",
    "dropped": "no longer judged",
    "loosened": "loosened",
    "better": "better",
    "fixed": "fixed",
    "added": "newly judged",
}
_CAUSE: Final[Mapping[Cause, str]] = {
    "manifest": "the manifests",
    "policy": "the policies",
    "registry": "the registry",
    "agreement": "the agreements",
    "waiver": "the waivers",
    "staleness": "evidence that is older, or less sure",
}
_LONGEST: Final = 300
"""Characters of one difference; `vendorgate registry diff` has all of it."""
_SHORT: Final = 12


def title_words(adoption: Adoption) -> str:
    """What is asked, of how much."""
    evaluation = adoption.before.evaluation
    usages = sum(len(manifest.usages) for manifest in evaluation.manifests)
    manifests = len(evaluation.manifests)
    return f"impact on {_count(usages, 'usage')} of {_count(manifests, 'manifest')} as of {evaluation.as_of}"


def sides_words(adoption: Adoption) -> Iterator[str]:
    """By what is judged now, and by what it would be."""
    before, after = adoption.before, adoption.after
    yield f"registry: {_step(_registry(before), _registry(after))}"
    yield f"policies: {_step(_policies(before), _policies(after))}"


def _step(before: str, after: str) -> str:
    return f"{before}, on both sides" if before == after else f"{before} -> {after}"


def _registry(side: Side) -> str:
    snapshot = side.evaluation.snapshot
    return f"{side.registry} ({snapshot.written.name}, {snapshot.written.generated}, sha256 {snapshot.sha256[:_SHORT]})"


def _policies(side: Side) -> str:
    bundle = side.evaluation.bundle
    named = "".join(f"{word}, " for word in (bundle.name, bundle.release) if word is not None)
    return f"{side.policies} ({named}sha256 {bundle.sha256[:_SHORT]})"


def group_words(group: ImpactGroup) -> Iterator[str]:
    """What the results of a group change because of: each difference, or the inputs where no result names one."""
    found = list(origin_words(group.origins))
    yield f"because of {' and '.join(_CAUSE[cause] for cause in group.causes)}{':' if found else ''}"
    yield from found


def origin_words(origins: Origins) -> Iterator[str]:
    """Each difference with the way that it goes."""
    for cell in origins.cells:
        yield f"{cell.direction}: {shortened(cell_words(cell), _LONGEST)}"
    for offering in origins.offerings:
        yield f"{offering.direction}: {shortened(offering_words(offering), _LONGEST)}"
    for edit in origins.edits:
        yield f"{edit.effect}: {shortened(edit_words(edit), _LONGEST)}"


def impact_words(impact: Impact) -> str:
    """Whom it is about, and from what to what."""
    return f"{subject_words(impact.result)}: {step_words(impact.before, impact.after)}"


def refusal_words(refusal: Refusal) -> str:
    """That a usage could not be judged any more."""
    return (
        f"usage `{refusal.usage}` of project `{refusal.manifest.project}` could not be judged any more, and `check` would "
        f"end with 2: {'; '.join(problem.title for problem in refusal.problems)}"
    )


def idle_words(adoption: Adoption) -> Iterator[str]:
    """What differs and changes no result; what is weaker is named, because nobody would notice it otherwise."""
    idle = adoption.idle
    registry = len(idle.cells) + len(idle.offerings)
    further = "further " if adoption.impacts else ""
    if registry:
        changes = "changes" if registry == 1 else "change"
        cells = _count(len(idle.cells), f"{further}cell")
        parts = [cells] if idle.cells else []
        parts += [_count(len(idle.offerings), f"{further if not parts else ''}offering")] if idle.offerings else []
        yield f"{' and '.join(parts)} of the registry {_differ(registry)} and {changes} no result"
    weaker = [edit for edit in idle.edits if edit.effect == "weaker"]
    others = len(idle.edits) - len(weaker)
    yield from (f"changes no result here, but is weaker: {shortened(edit_words(edit), _LONGEST)}" for edit in weaker)
    if others:
        edits = _count(others, f"{further}edit")
        yield f"{edits} to policies, waivers or agreements {'changes' if others == 1 else 'change'} no result"


def _differ(number: int) -> str:
    return "differs" if number == 1 else "differ"


def counts_words(adoption: Adoption) -> str:
    """All counts."""
    found = adoption.summary
    refused = f"{found.refused} refused, " if found.refused else ""
    return (
        f"{refused}{found.blocking} newly blocking, {found.worse} worse, {found.dropped} no longer judged, "
        f"{found.loosened} loosened, {found.better} better, {found.fixed} fixed, {found.added} newly judged"
    )


def ends_words(adoption: Adoption) -> str:
    """What `check` would say."""
    before, after = (side.evaluation.summary.blocking for side in (adoption.before, adoption.after))
    ends = "`check` would not judge at all" if adoption.refusals else f"{after} blocking then"
    return f"{before} blocking now, {ends}"


def notice_words(notice: Notice) -> str:
    return f"{notice.severity}: {notice.message}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
