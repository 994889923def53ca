"""`fleet.yaml` of a bundle, as it is written.

In: bytes. Out: rules over all usages of a fleet, not yet checked; or mistakes. A file of another kind is never passed
over: what it says would be in force nowhere.
"""

from __future__ import annotations

from typing import Final, Union

from ..errors import Problem
from ..model.fleet_policy import FleetPoliciesFile, FleetPoliciesOutline
from ..source import Source
from .decode import decode
from .document import Document, read_document
from .parsed import Asked

_FILE: Final = "fleet.yaml"
LIST: Final = "fleet_policies"
Written = tuple[Union[FleetPoliciesFile, FleetPoliciesOutline], Source]


def read_fleet_policies(shown: str, data: bytes | None, asked: Asked, problems: list[Problem]) -> Written | None:
    """The file as it is written; None where it is none of the kind. The tests in it may be left out."""
    if data is None:
        return None
    tests = not asked.leave_out
    document = read_document(shown, data, problems, asked.leave_out, asked.level)
    if document is None or _is_of_policies(document, problems):
        return None
    kind: type[FleetPoliciesFile] | type[FleetPoliciesOutline] = FleetPoliciesFile if tests else FleetPoliciesOutline
    written: FleetPoliciesFile | FleetPoliciesOutline | None = decode(document, kind, problems)
    return None if written is None else (written, document.source)


def _is_of_policies(document: Document, problems: list[Problem]) -> bool:
    """Report a file of ordinary policies: they would never be in force under this name."""
    if not isinstance(document.value, dict) or "policies" not in document.value or LIST in document.value:
        return False
    title = f"`policies` in {_FILE}, which has the rules over all usages of a fleet"
    help = f"give the file another name, or write rules over all usages under `{LIST}`"
    problems.append(Problem(title, document.source.locate(("policies",), key=True), help, document.source))
    return True
