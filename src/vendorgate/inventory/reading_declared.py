"""What manifests declare: `usage.…` and `project.…`.

In: a path, a route. Out: what is declared with its line, or how to declare it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from ..evaluate.contradictions import contradiction_reasons
from ..evaluate.supports import stated_support
from ..load.attributes import fits
from ..logic import WITHHELD, Json, Unknown
from ..model.additions import AttributeRule, AttributeType
from ..model.register_words import REGISTER_ATTRIBUTES
from ..model.result import Support
from ..model.vocabulary import ROUTES_OF_USAGE, RouteOfUsage
from .answer import ATTRIBUTE, NAMED, Absent, Answer, Read, Seen, values_of
from .model import CellValue, SaidBy

_ATTRIBUTE: Final = "usage.attributes."
_SETTING: Final = "usage.settings."
SHARED: Final = ("id", "purpose", "data", "subjects", "environment")
"""Fields of a usage that all of its routes share."""
_STRICT: Final[Mapping[AttributeType, str]] = {
    "text": "",
    "flag": "true or false",
    "day": "a day as YYYY-MM-DD",
    "number": "a number",
}
"""What a value of a type is called, where another one could be taken for its contrary; a text can be anything."""


def stated(path: str, *, undeclared: bool = False) -> Read:
    """What reads a declaration; an attribute may be one that the bundle would have to declare first."""
    absences = {route: _absent(path, route, undeclared) for route in ROUTES_OF_USAGE}

    def read(seen: Seen) -> Answer:
        value = seen.case.stated.get(path)
        absent = absences[seen.subject.route]
        if (seen.case.undeclared_setting if value is None and path.startswith(_SETTING) else value) is WITHHELD:
            return _unobserved(seen, path, absent)
        if value is None:
            return absent
        if isinstance(value, Unknown):
            if path in seen.ill_typed:
                return msgspec.structs.replace(absent, why=seen.ill_typed[path])
            why = "; ".join(reason.message for reason in contradiction_reasons(seen.case, path))
            return Absent("manifest", absent.name, "make the two declarations agree", why or None)
        found = next(stated_support(seen.case, path), None)
        values = values_of(value, _said_by(found), None if found is None else found.locate)
        return values if found is None or found.kind != "observation" else _observed(values, found)

    return read


def _observed(values: Iterable[CellValue], found: Support) -> tuple[CellValue, ...]:
    """Values that were observed: of which day, by whom, and what is claimed in their place."""
    day = None if found.verified is None else found.verified.isoformat()
    return tuple(
        msgspec.structs.replace(
            one, reference=found.reference, verified=day, attested_by=found.attested_by, claimed=found.claimed
        )
        for one in values
    )


def _unobserved(seen: Seen, path: str, absent: Absent) -> Absent:
    """That nobody knows a setting, whatever is claimed, because it must be observed and is not."""
    from ..evaluate.observations import unobserved  # few bundles observe anything

    reason = unobserved(seen.case, path)
    help = absent.help if reason.remedy is None else reason.remedy.what
    return Absent("bundle", absent.name, help, reason.message)


def _said_by(found: Support | None) -> SaidBy:
    """Who states it; what holds by default is the manifest's, too."""
    return "manifest" if found is None else found.said_in


def _absent(path: str, route: RouteOfUsage, undeclared: bool) -> Absent:
    if path.startswith(_ATTRIBUTE):
        name = path.removeprefix(_ATTRIBUTE)
        if undeclared:
            help = f"declare attribute `{name}` in `attributes` of bundle.yaml, and say it of the usage in the manifest"
            return Absent("bundle", name, help)
        return Absent("manifest", name, f"say it as attribute {NAMED} of the usage in the manifest", kind=ATTRIBUTE)
    of_route = "usage" if route == "primary" else route
    if path.startswith(_SETTING):
        name = path.removeprefix(_SETTING)
        help = f"say it as setting {NAMED} of the {of_route} in the manifest"
        return Absent("manifest", name, help, kind="setting ")
    root, _, field = path.partition(".")
    if path == "project.bound":
        return Absent("bundle", "projects", "bind the project in `projects` of bundle.yaml")
    whose = "usage" if field in SHARED else of_route
    where = "in the manifest" if root == "project" else f"of the {whose} in the manifest"
    return Absent("manifest", field, f"say it as {NAMED} {where}")


def ill_typed(stated: Mapping[str, Json], declared: Mapping[str, AttributeRule]) -> Iterator[tuple[str, str]]:
    """Attributes of registers whose value is none of their kind, unless the bundle declares them: path, and why."""
    for path, value in stated.items():
        name = path.removeprefix(_ATTRIBUTE)
        known = REGISTER_ATTRIBUTES.get(name) if path.startswith(_ATTRIBUTE) and name not in declared else None
        wanted = "" if known is None else _STRICT[known.type]
        if known is not None and wanted and not fits(value, AttributeRule(type=known.type)):  # type: ignore[arg-type]
            yield path, f"`{value}` is not {wanted}"
