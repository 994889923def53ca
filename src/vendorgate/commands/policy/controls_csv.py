"""Who serves which control, for spreadsheets: a row for each control and policy, one for a control without any.

In: the controls of a bundle. Out: CSV, as `report/csv_rows.py` writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...report.csv_rows import written
from ...version import VERSION
from .controls import ControlSelection, ServedControl, ServedFramework, judges
from .controls_text import why_not
from .model import CountedPolicy

COLUMNS: Final = (
    *("framework", "framework_name", "edition", "control", "control_title", "state"),
    *("policy", "title", "severity", "in_force", "pack", "why_not", "fleet"),
)
"""Then come those that are the same in every row."""
INPUTS: Final = ("bundle_sha256", "vendorgate")
_NO_POLICY: Final = ("",) * 7


def render(selected: ControlSelection) -> str:
    """The rows by framework and control, then policies that name no control."""
    rows = (
        *(row for one in selected.frameworks for served in one.controls for row in _rows(one, served)),
        *(("", "", "", "", "", "no_control_named", *_policy(one)) for one in selected.without_controls),
    )
    return written([*COLUMNS, *INPUTS], rows, [selected.bundle.sha256, VERSION])


def _rows(one: ServedFramework, served: ServedControl) -> Iterator[tuple[str, ...]]:
    framework, control = one.framework, served.control
    of = (framework.id, framework.name, framework.edition, control.id, control.title, served.state)
    yield from ((*of, *_policy(policy)) for policy in served.policies)
    if not served.policies:
        yield (*of, *_NO_POLICY)


def _policy(one: CountedPolicy) -> tuple[str, ...]:
    policy = one.policy
    pack = "" if one.pack is None else one.pack.name
    return policy.id, policy.title, policy.severity, _yes(judges(one)), pack, why_not(one), _yes(one.is_of_fleet)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
