"""What the fleet policies of a bundle come to on a finished run.

In: the folder of a run, what judges. Out: results, and what the run and the bundle have to do with each other.
"""

from __future__ import annotations

import datetime

import msgspec

from ....errors import Problem, UsageError
from ....evaluate.asked import refuse_laxer
from ....gate import Gate
from ....load.files import Folder
from ....load.packs import PackChoice
from ....model.fleet_policy import FleetResult
from ....model.policy import Bundle
from ....model.vocabulary import FailOn, Verdict
from ..run.reading import Run, count_of, run_in
from .judging import results_of
from .usages import UNREAD


class FleetPolicyReport(msgspec.Struct, frozen=True):
    """Fleet policies on a run."""

    results: tuple[FleetResult, ...]
    bundle: Bundle
    as_of: datetime.date
    """The day of the run."""
    fail_on: FailOn
    run_sha256: str
    same_bundle: bool
    """Whether the run was judged by the same policies: another one may have kept other settings and attributes."""
    usages: int
    not_judged: int

    @property
    def verdict(self) -> Verdict:
        """Incomplete where anything of the run was not judged, else fail as soon as any rule blocks."""
        if self.not_judged:
            return "incomplete"
        return "fail" if any(one.blocks for one in self.results) else "pass"


def fleet_policies_on(
    folder: str, judged_by: tuple[Folder, Folder, PackChoice], fail_on: FailOn | None
) -> FleetPolicyReport:
    """What the fleet policies of a bundle come to on the run of a folder.

    Raises:
        InputError: there is no run, or the bundle or the snapshot is not valid.
        UsageError: the bundle has no fleet policies, or the threshold is laxer than its own.
    """
    bundle = Gate(*judged_by, pinned=False).bundle
    if not bundle.fleet:
        help = "write `fleet_policies` in fleet.yaml at its root, or name another bundle: --policies DIR"
        raise UsageError([Problem(f"{judged_by[0].shown} has no rules over all usages of a fleet", help=help)])
    refuse_laxer(fail_on, bundle)
    with run_in(folder) as run:
        return _report(run, bundle, fail_on or bundle.fail_on)


def _report(run: Run, bundle: Bundle, threshold: FailOn) -> FleetPolicyReport:
    about = run.about
    return FleetPolicyReport(
        results_of(run.database, bundle, about.as_of, threshold),
        bundle,
        about.as_of,
        threshold,
        about.database.sha256,
        about.inputs.bundle.sha256 == bundle.sha256,
        count_of(run.database, "SELECT COUNT(*) FROM subjects"),
        count_of(run.database, UNREAD),
    )
