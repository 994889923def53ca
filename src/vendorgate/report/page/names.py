"""What the page groups and filters results by, and what each result is called there.

In: a result and its cause. Out: text as the page shows it, so that two texts that look the same are one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

from ...model.manifest import RouteName
from ...model.result import Result
from ...model.subject import Subject
from ...terminal.escape import escape

OfSubject = Literal["project", "owner", "offering", "account", "route"]
Facet = Literal[OfSubject, "policy", "cause"]
USUAL_ROUTE: Final = "primary"


def offering_name(subject: Subject) -> str:
    """The offering, with its vendor where the registry does not list it; whichever account it is."""
    name = subject.name
    return escape(str(RouteName(name.offering, vendor=name.vendor)))


def owner_name(subject: Subject) -> str | None:
    """Who owns the project: by the bundle where that says so, else by the manifest; None where nobody says it."""
    owner = subject.identity.owner
    return None if owner is None else escape(owner) or None


OF_SUBJECT: Final[Mapping[OfSubject, Callable[[Subject], str | None]]] = {
    "project": lambda subject: subject.manifest.project,
    "owner": owner_name,
    "offering": offering_name,
    "account": lambda subject: subject.name.account,
    "route": lambda subject: subject.route,
}


def values(result: Result, cause: str | None) -> dict[Facet, str | None]:
    """By what a reader can ask for it; None where there is nothing to ask for."""
    return {
        **{facet: value(result.subject) for facet, value in OF_SUBJECT.items()},
        "policy": result.policy.id,
        "cause": cause,
    }
