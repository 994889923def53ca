"""A fleet as CSV (RFC 4180) for spreadsheets: a row for every subject and policy, in the words of a check's CSV.

In: a fleet. Out: rows, made one after the other, because a fleet may have millions.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from ....frame.streams import Pieces
from ....model.vocabulary import Outcome, Severity
from ....report.csv_rows import joined, lines
from ....version import VERSION
from .model import LETTERS, SEVERITY_LETTERS, CaseView, Facet, Fleet

COLUMNS: Final = (
    *(
        "outcome",
        "blocks",
        "severity",
        "policy",
        "title",
        "team",
        "repository",
        "project",
        "usage",
        "route",
        "offering",
    ),
    *("account", "platform", "data", "region", "manifest", "line", "reasons", "waived"),
)
"""What a row says of its result; then comes what is the same in every row."""
_EVERYWHERE: Final = ("as_of", "bundle_sha256", "registry_sha256", "vendorgate")
_OUTCOMES: Final[dict[str, Outcome]] = {letter: name for name, letter in LETTERS.items()}
_SEVERITIES: Final[dict[str, Severity]] = {letter: name for name, letter in SEVERITY_LETTERS.items()}


def render(fleet: Fleet) -> Pieces:
    """A row of names, a row for each repository and manifest of which nothing is known, and a row a result."""
    digests = {one.kind: one.sha256 for one in fleet.about.inputs}
    same = (fleet.about.as_of, digests.get("bundle", ""), digests.get("registry", ""), VERSION)
    return Pieces(lambda: lines([*COLUMNS, *_EVERYWHERE], _rows(fleet), same))


def _rows(fleet: Fleet) -> Iterator[list[str]]:
    for one in fleet.repositories:
        if one.state == "error":
            yield _row(outcome="unreachable", blocks="yes", severity="error", repository=one.name, reasons=one.problem)
    for manifest in fleet.manifests:
        if manifest.problems:
            where = {"repository": manifest.repository or "", "manifest": manifest.path}
            why = joined(manifest.problems)
            yield _row(outcome="not_judged", blocks="yes", severity="error", **where, reasons=why)
    yield from _results(fleet)


def _row(**cells: str) -> list[str]:
    return [cells.get(name, "") for name in COLUMNS]


def _results(fleet: Fleet) -> Iterator[list[str]]:
    subjects, texts = fleet.subjects, fleet.subjects.texts
    of_case = cache(lambda number: _of_case(fleet, fleet.cases[number]))
    columns = (subjects.manifest, subjects.case, subjects.offering, subjects.usage, subjects.account, subjects.route)
    for row, (of, case, offering, usage, account, route) in enumerate(zip(*columns, strict=True)):
        manifest = fleet.manifests[of]
        who = [
            *(_name(fleet, "team", manifest.team), manifest.repository or "", manifest.project or ""),
            *(texts[usage], texts[route], texts[offering], texts[account]),
        ]
        where = [manifest.path, str(subjects.line[row] or "")]
        sends, results = of_case(case)
        for result, reasons in results:
            yield [*result, *who, *sends, *where, *reasons]


def _of_case(fleet: Fleet, case: CaseView) -> tuple[list[str], list[tuple[list[str], list[str]]]]:
    """Where a case sends what, and by policy what comes before and behind that."""
    data = joined(_name(fleet, "data", one) for one in case.data)
    sends = [_name(fleet, "platform", case.platform), data, _name(fleet, "region", case.region)]
    return sends, [_result(fleet, case, number) for number in range(len(fleet.policies))]


def _result(fleet: Fleet, case: CaseView, number: int) -> tuple[list[str], list[str]]:
    policy, letter = fleet.policies[number], case.verdicts[number]
    blocks = "yes" if letter.isupper() else "no"
    severity = _SEVERITIES[case.severities[number]]
    result = [_OUTCOMES[letter.lower()], blocks, severity, policy.id, policy.title]
    return result, [case.reasons.get(number, ""), case.waivers.get(number, "")]


def _name(fleet: Fleet, facet: Facet, place: int) -> str:
    return fleet.names[facet][place] or ""
