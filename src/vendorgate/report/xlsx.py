"""A workbook of a check: what it came to, every result, what was judged, the evidence, what is worth knowing.

In: an evaluation. Out: bytes. It is for people who file reports as documents: each sheet is a table, with filters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import UnsetType

from ..logic import Json
from ..model.evaluation import Evaluation
from ..model.result import Citation
from ..version import VERSION
from .csv import COLUMNS, rows
from .csv_rows import joined
from .finding import OWN
from .signoff import signoff_of, signoff_words
from .surroundings import Surroundings
from .usages import ListedUsage, ReportedRoute, ReportedSetting, listed_usages
from .workbook import Cell, Sheet, workbook

_UNDECLARED: Final = "not declared"
_NOBODY: Final = "nobody is named"
_UNSTATED: Final = "not stated"
_USAGES: Final = (
    *("project", "usage", "owner", "purpose", "data", "people in", "region", "environment", "attributes"),
    *("route", "offering", "account", "vendor", "endpoints", "models", "manifest"),
)
_SETTINGS: Final = (
    *("project", "usage", "route", "offering", "account", "setting", "by whose word", "value", "claimed"),
    *("observed", "until", "attested by", "source", "file", "line"),
)
_EVIDENCE: Final = ("offering", "dimension", "value", "verified", "confidence", "source", "archived", "whose", "note")


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings(), more: Sequence[Sheet] = ()) -> bytes:
    """The workbook, with more sheets behind the summary; the same evaluation gives the same bytes."""
    listed = listed_usages(evaluation)
    sheets = (
        Sheet("Summary", ("what", "value"), _summary(evaluation)),
        *more,
        Sheet("Results", (*COLUMNS,), rows(evaluation, surroundings)),
        Sheet("Usages", _USAGES, _usages(listed, surroundings)),
        Sheet("Settings", _SETTINGS, _settings(listed, surroundings)),
        Sheet("Evidence", _EVIDENCE, _evidence(evaluation)),
        Sheet("Notices", ("severity", "id", "message", "file", "line"), _notices(evaluation, surroundings)),
    )
    return workbook(f"vendorgate: {evaluation.verdict}, as of {evaluation.day}", sheets)


def _summary(evaluation: Evaluation) -> Iterator[Sequence[Cell]]:
    counts, bundle, snapshot = evaluation.summary, evaluation.bundle, evaluation.snapshot
    yield "verdict", evaluation.verdict
    yield "as of", evaluation.as_of
    yield "day given by whoever ran it", evaluation.as_of_given
    yield "repository", evaluation.repository.name or "not known"
    yield "manifests judged", len(evaluation.manifests)
    yield "manifests not judged", len(evaluation.not_judged)
    yield "usages", sum(len(manifest.usages) for manifest in evaluation.manifests)
    yield "routes", counts.subjects
    yield "results that block", counts.blocking
    yield "results that pass", counts.passed
    yield "of these on claims alone", evaluation.on_claims_alone
    yield "results that fail", counts.fail
    yield "results that are unknown", counts.unknown
    yield "results that are waived", counts.waived
    yield "policies that do not apply", counts.not_applicable
    yield "agreements", evaluation.agreements
    yield "policies", bundle.name or "without a name"
    yield "release of the policies", bundle.release or _UNSTATED
    yield "SHA-256 of the policies", bundle.sha256
    signed = signoff_of(evaluation)
    yield (
        "sign-off",
        "nobody has signed the policies off" if signed is None else signoff_words(signed, evaluation.as_of),
    )
    yield "registry", snapshot.written.name
    yield "registry made on", snapshot.written.generated
    yield "SHA-256 of the registry", snapshot.sha256
    for manifest in evaluation.manifests:
        yield f"SHA-256 of {manifest.source.path}", manifest.sha256
    yield "vendorgate", VERSION


def _usages(listed: Iterable[ListedUsage], surroundings: Surroundings) -> Iterator[Sequence[Cell]]:
    """A row a route."""
    for one in listed:
        for route in one.routes:
            yield (*_of_usage(one), *_of_route(route), surroundings.path(one.manifest))


def _of_usage(one: ListedUsage) -> Sequence[Cell]:
    return (
        one.project,
        one.usage,
        one.owner or _NOBODY,
        one.purpose or _UNDECLARED,
        joined(one.data),
        _names(one.subjects),
        one.region or _UNDECLARED,
        one.environment,
        joined(f"{name}: {_word(value)}" for name, value in one.attributes.items()) or "none",
    )


def _of_route(route: ReportedRoute) -> Sequence[Cell]:
    return (
        route.route,
        route.offering,
        route.account or "the only one",
        route.vendor or "as the registry has it",
        _names(route.endpoints),
        _names(route.models),
    )


def _settings(listed: Iterable[ListedUsage], surroundings: Surroundings) -> Iterator[Sequence[Cell]]:
    """A row for each setting of each route that is declared or was observed."""
    for one in listed:
        for route in one.routes:
            for setting in () if isinstance(route.settings, UnsetType) else route.settings:
                named = (one.project, one.usage, route.route, route.offering, route.account or "the only one")
                place = (surroundings.path(setting.location.path), setting.location.line)
                yield (*named, *_of_setting(setting), *place)


def _of_setting(one: ReportedSetting) -> Sequence[Cell]:
    return (
        one.what,
        one.status.replace("_", " "),
        "not known" if one.value is None else _words(one.value),
        _UNDECLARED if isinstance(one.claimed, UnsetType) else _words(one.claimed),
        "never" if isinstance(one.observed, UnsetType) else one.observed,
        "" if isinstance(one.until, UnsetType) else one.until,
        "" if isinstance(one.attested_by, UnsetType) else one.attested_by,
        "" if isinstance(one.source, UnsetType) else one.source,
    )


def _words(value: Json) -> str:
    return (joined(map(str, value)) or "none") if isinstance(value, list) else _word(value)


def _names(declared: Sequence[str] | None) -> str:
    return _UNDECLARED if declared is None else joined(declared) or "none"


def _word(value: Json) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _evidence(evaluation: Evaluation) -> Iterator[Sequence[Cell]]:
    """Each cell once, by offering, in the order in which results name them."""
    found: dict[tuple[str, str], Citation] = {}
    for result in evaluation.results:
        for one in result.evidence:
            found.setdefault((str(result.subject.name), one.dimension), one)
    for (offering, dimension), citation in sorted(found.items(), key=lambda entry: entry[0][0]):
        yield (offering, dimension, *_of_cell(citation))


def _of_cell(citation: Citation) -> Sequence[Cell]:
    if citation.cell is None:
        return ("nothing is stated", "never", *(_UNSTATED,) * 3, "nobody's", "")
    cell = citation.cell.written
    return (
        cell.value,
        cell.verified or "never",
        cell.confidence or _UNSTATED,
        citation.cell.agreement or cell.source or _UNSTATED,
        cell.archived or "none",
        OWN if citation.cell.owner == "bundle" else "the registry's",
        cell.note or "",
    )


def _notices(evaluation: Evaluation, surroundings: Surroundings) -> Iterator[Sequence[Cell]]:
    for notice in evaluation.notices:
        place = notice.location
        where = ("", "") if place is None else (surroundings.path(place.path), place.line)
        yield (notice.severity, notice.id, notice.message, *where)
