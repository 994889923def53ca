"""What a run knows of itself: `manifest.…`, `route.…`, `results.…`, `bundle.…`, `snapshot.…` and the day.

In: the name of a field. Out: what reads it of a route.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from ..logic import Json
from ..model.result import Result
from ..report.finding import waived_words
from .answer import Absent, Answer, Named, Read, Seen, values_of
from .model import SaidBy

MANIFEST: Final[Named] = {
    "path": lambda seen: seen.subject.manifest.source.path,
    "line": lambda seen: seen.subject.location.line,
    "sha256": lambda seen: seen.subject.manifest.sha256,
}
ROUTE: Final[Named] = {
    "kind": lambda seen: seen.subject.route,
    "name": lambda seen: str(seen.subject.name),
    "offering": lambda seen: seen.subject.name.offering,
    "account": lambda seen: seen.subject.name.account,
    "vendor": lambda seen: seen.subject.name.vendor,
}
BUNDLE: Final[Named] = {
    "name": lambda seen: seen.evaluation.bundle.name,
    "release": lambda seen: seen.evaluation.bundle.release,
    "sha256": lambda seen: seen.evaluation.bundle.sha256,
}
SNAPSHOT: Final[Named] = {
    "name": lambda seen: seen.evaluation.snapshot.written.name,
    "generated": lambda seen: seen.evaluation.snapshot.written.generated.isoformat(),
    "sha256": lambda seen: seen.evaluation.snapshot.sha256,
}
RESULTS: Final[Mapping[str, Callable[[Iterable[Result]], Json]]] = {
    "standing": lambda results: _standing(results),
    "blocking": lambda results: [one.policy.id for one in results if one.blocks],
    "failing": lambda results: [one.policy.id for one in results if one.outcome == "fail"],
    "unknown": lambda results: [one.policy.id for one in results if one.outcome == "unknown"],
    "passed": lambda results: [one.policy.id for one in results if one.outcome == "pass"],
    "waived": lambda results: [f"{one.policy.id} {waived_words(one)}" for one in results if one.outcome == "waived"],
}


def _standing(results: Iterable[Result]) -> str:
    """How a route stands, the worst first; none that is not known passes."""
    found = {one.outcome for one in results}
    if any(one.blocks for one in results):
        return "blocked"
    if found & {"fail", "unknown"}:
        return "falls short"
    if "waived" in found:
        return "waived"
    return "passes" if "pass" in found else "no policy applies"


def manifest(field: str) -> Read:
    """What reads something of the manifest."""
    return _known(MANIFEST[field], "manifest", Absent("manifest", field, ""), located=True)


def route(field: str) -> Read:
    """What reads something of the route."""
    help = f"say it as `{field}` of the usage in the manifest"
    return _known(ROUTE[field], "manifest", Absent("manifest", field, help), located=True)


def bundle(field: str) -> Read:
    """What reads something of the bundle."""
    return _known(BUNDLE[field], "bundle", Absent("bundle", field, f"say it as `{field}` in bundle.yaml"))


def snapshot(field: str) -> Read:
    """What reads something of the registry as a whole."""
    return _known(SNAPSHOT[field], "registry", Absent("registry", field, ""))


def as_of(seen: Seen) -> Answer:
    """The day that is judged by."""
    return values_of(seen.case.as_of.isoformat(), "run")


def results(field: str) -> Read:
    """What reads something of the results of the route."""
    ask = RESULTS[field]
    return lambda seen: values_of(ask(seen.results), "results")


def _known(ask: Callable[[Seen], Json], said_by: SaidBy, absent: Absent, *, located: bool = False) -> Read:
    def read(seen: Seen) -> Answer:
        value = ask(seen)
        if value is None:
            return absent
        return values_of(value, said_by, (lambda: seen.subject.location) if located else None)

    return read
