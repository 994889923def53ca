"""What is declared and not seen in code.

In: all findings, whatever they are for, and what is declared. Out: `declared-not-found`, one for each route. What is
not seen is no proof, so that it is said of folders alone that were looked at as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..detection.catalogue.catalogue import Catalogue
from ..detection.model import Finding
from ..evaluate.judge import stricter_or_equal
from ..model.detect import severity_of
from ..model.vocabulary import UNLISTED
from .declared import Declaring, Route
from .matching import Party, fitting, party_of
from .model import Drift
from .question import Question
from .wording import not_found

_FOR_PEOPLE: Final = "product"
"""The category of what people use, and no code calls."""


def missing(findings: Sequence[Finding], question: Question) -> Iterator[Drift]:
    """What manifests declare, and no finding of their files could be."""
    severity = severity_of("declared-not-found", question.rules.severity)
    if severity == "off":
        return
    seen = _seen(findings, question)
    for declaring in question.declarations.declaring:
        for route in (
            _unseen(declaring, seen.get(declaring.folder, {}), question) if _whole(declaring, question) else ()
        ):
            message, help = not_found(route.name.vendor or str(route.name), declaring.shown)
            is_listed = route.name.offering != UNLISTED
            yield Drift(
                kind="declared-not-found",
                severity=severity,
                blocks=stricter_or_equal(question.fail_on, severity),
                message=message,
                help=help,
                location=declaring.source.locate(route.place),
                manifest=declaring.shown,
                offering=route.name.offering if is_listed else None,
                vendor=None if is_listed else route.name.vendor,
            )


def _seen(findings: Iterable[Finding], question: Question) -> dict[str, dict[Party, None]]:
    """By folder of a manifest: whom the findings name that it covers, gateways too."""
    found: dict[str, dict[Party, None]] = {}
    for one in findings:
        declaring = question.declarations.above(question.place(one.location.path))
        if isinstance(declaring, Declaring):
            named = found.setdefault(declaring.folder, {})
            named[party_of(one)] = None
            if one.via is not None:
                named[Party(*question.catalogue.offering(one.via, None))] = None
    return found


def _whole(declaring: Declaring, question: Question) -> bool:
    """Whether all that a manifest covers was looked at."""
    return any(declaring.folder.startswith(one) for one in question.looked_at or ())


def _unseen(declaring: Declaring, seen: Iterable[Party], question: Question) -> Iterator[Route]:
    """The routes that nothing seen could be, each name once; what passes through a gateway that is seen is seen."""
    met = {
        (route.usage, route.name, route.kind)
        for party in seen
        for route in fitting(party, declaring.routes, question.catalogue)
    }
    behind = {usage for usage, _, kind in met if kind == "gateway"}
    names = {name for _, name, _ in met}
    told = set(names)
    for route in declaring.routes:
        is_behind = route.kind != "gateway" and route.kind != "recipient" and route.usage in behind
        if route.name not in told and not is_behind and not _is_for_people(route, question.catalogue):
            told.add(route.name)
            yield route


def _is_for_people(route: Route, catalogue: Catalogue) -> bool:
    provider = catalogue.providers.get(route.name.offering)
    return provider is not None and provider.category == _FOR_PEOPLE
