"""JUnit XML: a suite a project, a test case a result, with the counts of the evaluation.

In: an evaluation. Out: XML. A failure that does not block is a failure all the same, and says that it does not: JUnit
has no warnings, and the verdict is the exit code's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from ..model.evaluation import Evaluation
from ..model.manifest import Manifest
from ..model.result import Notice, Result
from ..model.vocabulary import Outcome
from ..version import VERSION
from .diagnostic import of_notice
from .diagnostics import junit as diagnostics
from .finding import ROUTE
from .junit_xml import Ending, case, document, end, suite
from .lines import place, shortened, summary, title, waiver, ways, why
from .signoff import signoff_cells
from .surroundings import Surroundings
from .unjudged import findings

ENDING: Final[dict[Outcome, Ending | None]] = {
    "pass": None,
    "fail": "failure",
    "unknown": "error",
    "waived": "skipped",
    "not_applicable": "skipped",
}
_LONGEST: Final = 1_000
"""Characters of a message; the text below it has everything."""


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """The document; the same evaluation gives the same bytes."""
    names = _names(evaluation, surroundings)
    results: dict[int, list[Result]] = {id(manifest): [] for manifest in evaluation.manifests}
    for result in evaluation.results:
        results[id(result.subject.manifest)].append(result)
    notices = _notices(evaluation)
    common = _properties(evaluation)
    return document(
        "vendorgate",
        (
            *_unjudged(evaluation, common, surroundings),
            *(
                suite(
                    name,
                    (
                        *(_case(result, name, surroundings) for result in results[id(manifest)]),
                        *(_finding(notice, name, surroundings) for notice in notices[id(manifest)] if notice.blocks),
                    ),
                    file=surroundings.path(manifest.source.path),
                    properties={**common, **_own_properties(manifest, results[id(manifest)])},
                    output=_said(notices[id(manifest)], surroundings),
                )
                for name, manifest in zip(names, evaluation.manifests, strict=True)
            ),
        ),
    )


def _unjudged(evaluation: Evaluation, properties: dict[str, str], surroundings: Surroundings) -> Iterator[Element]:
    """A suite of the manifests that were not judged, each an error."""
    cases = [_finding(one, "not judged", surroundings) for one in findings(evaluation)]
    if cases:
        yield suite("not judged", cases, properties=properties)


def _names(evaluation: Evaluation, surroundings: Surroundings) -> list[str]:
    """The projects; where several manifests name the same one, with the path."""
    times = Counter(manifest.project for manifest in evaluation.manifests)
    return [
        one.project if times[one.project] == 1 else f"{one.project} ({surroundings.path(one.source.path)})"
        for one in evaluation.manifests
    ]


def _case(result: Result, suite: str, surroundings: Surroundings) -> Element:
    subject = result.subject
    name = f"{result.policy.id} on {subject.name}{ROUTE[subject.route]}"
    element = case(f"{suite}.{subject.usage}", name)
    ending = ENDING[result.outcome]
    if ending is not None:
        kind = "" if ending == "skipped" else result.severity
        end(element, ending, shortened(_message(result), _LONGEST), _text(result, surroundings), kind)
    return element


def _finding(notice: Notice, suite: str, surroundings: Surroundings) -> Element:
    """A notice that blocks."""
    where = "" if notice.location is None else f" of {surroundings.path(notice.location.path)}"
    element = case(suite, f"{notice.id}{where}")
    diagnostics.fail(element, of_notice(notice), "error" if notice.id == "not-judged" else "failure", surroundings)
    return element


def _message(result: Result) -> str:
    if result.outcome == "not_applicable":
        return "not applicable"
    if result.waiver is not None:
        return waiver(result)
    return f"{'blocks' if result.blocks else 'does not block'}: {summary(result)}"


def _text(result: Result, surroundings: Surroundings) -> Iterator[str]:
    if result.outcome in ("fail", "unknown"):
        yield f"{result.severity}: {title(result.policy)}"
        yield f"at {place(result.subject.location, surroundings)}"
        yield from why(result)
        yield from ways(result)


def _said(notices: list[Notice], surroundings: Surroundings) -> Iterator[str]:
    """Notices that do not block, a line each."""
    return (diagnostics.line(of_notice(notice), surroundings) for notice in notices if not notice.blocks)


def _properties(evaluation: Evaluation) -> dict[str, str]:
    """What the verdict rests on."""
    return {
        "vendorgate": VERSION,
        "as_of": evaluation.as_of.isoformat(),
        "as_of_given": str(evaluation.as_of_given).lower(),
        "verdict": evaluation.verdict,
        "bundle_sha256": evaluation.bundle.sha256,
        **({} if evaluation.bundle.address is None else {"bundle_source": evaluation.bundle.address}),
        **signoff_cells(evaluation),
        "registry_sha256": evaluation.snapshot.sha256,
    }


def _own_properties(manifest: Manifest, results: list[Result]) -> dict[str, str]:
    return {
        "manifest_sha256": manifest.sha256,
        "blocking": str(sum(result.blocks for result in results)),
        "waived": str(sum(result.outcome == "waived" for result in results)),
        "on_claims_alone": str(sum(result.on_claims_alone for result in results)),
    }


def _notices(evaluation: Evaluation) -> dict[int, list[Notice]]:
    """To each manifest what is about it; what is about no manifest, to the first."""
    by_path = {manifest.source.path: id(manifest) for manifest in evaluation.manifests}
    found: dict[int, list[Notice]] = {id(manifest): [] for manifest in evaluation.manifests}
    for notice in evaluation.notices:
        path = None if notice.location is None else notice.location.path
        found[by_path.get(path or "", id(evaluation.manifests[0]))].append(notice)
    return found
