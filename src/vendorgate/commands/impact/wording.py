"""What a report says of an impact, in words that text and Markdown share.

In: parts of an `ImpactAnalysis`. Out: plain text, not yet escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from ...comparison.model import Cause
from ...comparison.wording import cell_words, edit_words, offering_words, step_words
from ...logic.wording import count
from ...report.lines import shortened
from ...report.unjudged import missing_words
from .model import ImpactAnalysis, ImpactGroup, ImpactKind, JudgedSide, Origins, Refusal, ResultImpact

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
    "observation": "what was observed of accounts",
    "staleness": "evidence that is older, or less sure",
}
_COUNTED: Final[Mapping[ImpactKind, tuple[str, str]]] = {"dropped": ("passed", "passed"), "added": ("passes", "pass")}
_LONGEST: Final = 300
"""Characters of one difference; `vendorgate registry diff` has all of it."""
_NAME: Final = 40
"""Characters of a name of a bundle or a snapshot."""
_SHORT: Final = 12
"""Of a digest."""


def title_words(analysis: ImpactAnalysis) -> str:
    """What is asked, of how much."""
    evaluation = analysis.before.evaluation
    usages = sum(len(manifest.usages) for manifest in evaluation.manifests)
    manifests = len(evaluation.manifests)
    return f"impact on {count(usages, 'usage')} of {count(manifests, 'manifest')} as of {evaluation.as_of}"


def sides_words(analysis: ImpactAnalysis) -> Iterator[str]:
    """By what is judged now, and by what it would be."""
    before, after = analysis.before, analysis.after
    yield f"registry: {_both(_registry(before), _registry(after))}"
    yield f"policies: {_both(_policies(before), _policies(after))}"


def _both(before: str, after: str) -> str:
    return f"{before}, on both sides" if before == after else f"{before} -> {after}"


def _registry(side: JudgedSide) -> str:
    snapshot = side.evaluation.snapshot
    name = shortened(snapshot.written.name, _NAME)
    return f"{side.registry} ({name}, {snapshot.written.generated}, sha256 {snapshot.sha256[:_SHORT]})"


def _policies(side: JudgedSide) -> str:
    bundle = side.evaluation.bundle
    named = "".join(f"{shortened(word, _NAME)}, " for word in (bundle.name, bundle.release) if word is not None)
    return f"{side.policies} ({named}sha256 {bundle.sha256[:_SHORT]})"


def because_words(one: ImpactGroup | Refusal) -> list[str]:
    """What something changes because of: each difference, or the inputs alone where it names none."""
    found = list(origin_words(one.origins))
    because = f"because of {' and '.join(_CAUSE[cause] for cause in one.causes)}"
    if len(found) == 1:
        return [f"{because}: {found[0]}"]
    return [f"{because}:", *found] if found else [because]


def origin_words(origins: Origins) -> Iterator[str]:
    """Each difference with the way that it goes."""
    for cell in origins.cells:
        yield f"{cell.direction}: {shortened(cell_words(cell), _LONGEST)}"
    for offering in origins.offerings:
        yield f"{offering.direction}: {shortened(offering_words(offering), _LONGEST)}"
    for edit in origins.edits:
        yield f"{edit.effect}: {shortened(edit_words(edit), _LONGEST)}"


def impact_words(impact: ResultImpact) -> str:
    """From what to what."""
    return step_words(impact.before, impact.after)


def is_counted(impact: ResultImpact) -> bool:
    """Whether it is only counted: it passes or passed, and is judged for the first time or no longer."""
    result = impact.before if impact.kind == "dropped" else impact.after
    return impact.kind in _COUNTED and result is not None and result.outcome == "pass"


def counted_words(group: ImpactGroup) -> Iterator[str]:
    """How many of a group are counted only."""
    counts = Counter(one.kind for one in group.impacts if is_counted(one))
    for kind, (singular, plural) in _COUNTED.items():
        if counts[kind]:
            yield f"{KIND[kind]}: {count(counts[kind], 'result')} that {singular if counts[kind] == 1 else plural}"


def refusal_words(refusal: Refusal) -> str:
    """That a usage could not be judged any more."""
    named = f"usage `{refusal.usage}` of project `{refusal.manifest.project}`"
    return f"{named} could not be judged any more, and `check` would end with 2"


def without_effect_words(analysis: ImpactAnalysis) -> Iterator[str]:
    """What differs and changes no result; what is weaker is named, because nobody would notice it otherwise."""
    without_effect = analysis.without_effect
    weaker = [edit for edit in without_effect.edits if edit.effect == "weaker"]
    yield from (f"changes no result here, but is weaker: {shortened(edit_words(edit), _LONGEST)}" for edit in weaker)
    further = "further " if analysis.impacts or weaker else ""
    counts = {
        f"{further}cell": len(without_effect.cells),
        f"{further}offering": len(without_effect.offerings),
        f"{further}edit": len(without_effect.edits) - len(weaker),
    }
    parts = [count(number, noun) for noun, number in counts.items() if number]
    if parts:
        changes = "changes" if sum(counts.values()) == 1 else "change"
        what = "none of the other results" if analysis.refusals else "no result"
        yield f"{' and '.join((', '.join(parts[:-1]), parts[-1])) if parts[1:] else parts[0]} {changes} {what}"


def counts_words(analysis: ImpactAnalysis) -> str:
    """All counts."""
    found = analysis.summary
    missing = missing_words(analysis.before.evaluation)
    refused = f"{found.refused} refused, " if found.refused else ""
    return (
        f"{missing}{refused}{found.blocking} newly blocking, {found.worse} worse, {found.dropped} no longer judged, "
        f"{found.loosened} loosened, {found.better} better, {found.fixed} fixed, {found.added} newly judged"
    )


def ends_words(analysis: ImpactAnalysis) -> str:
    """What `check` would say."""
    before, after = (side.evaluation.summary.blocking for side in (analysis.before, analysis.after))
    ends = "`check` would not judge at all" if analysis.refusals else f"{after} blocking then"
    return f"{before} blocking now, {ends}"
