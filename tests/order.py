"""The files that take longest, in the order in which they start.

Workers take whole files (`--dist=loadfile`), so that a file's fixtures are made once; with the longest first, the many
short ones fill what is left, and no worker waits for another. A file that is not named starts after those that are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent
TOGETHER: Final = ("browser",)
"""Folders whose files one worker takes, as long as there are others for the others: what their tests share costs much
to make, and each worker makes its own."""
LONGEST: Final = (
    "commands/action/test_installing.py",
    "browser/test_site.py",
    "commands/action/test_hooks.py",
    "test_distributing.py",
    "stories/test_platform_team.py",
    "test_readme.py",
    "cli/test_words.py",
    "cli/test_start.py",
    "browser/test_registry_site.py",
    "commands/repair/test_real_cases.py",
    "browser/test_fleet.py",
    "browser/test_filter.py",
    "browser/test_page.py",
    "browser/test_accessible.py",
    "browser/test_hostile.py",
    "browser/test_keyboard.py",
    "browser/test_overview.py",
    "browser/test_registers.py",
    "browser/test_controls.py",
    "commands/fleet/report/test_report.py",
    "remote/test_trust.py",
    "frame/test_streams.py",
    "commands/repair/test_ways_out.py",
    "commands/review/test_history.py",
    "commands/review/test_code_bypasses.py",
    "commands/registry/test_update.py",
    "stories/test_first_ten_minutes.py",
    "commands/fleet/check/test_processes.py",
    "commands/fleet/check/test_cluster.py",
    "commands/fleet/check/test_folder.py",
    "commands/fleet/check/test_sources.py",
    "load/test_held.py",
    "commands/observe/test_read.py",
    "load/test_hostile.py",
    "golden/test_golden.py",
    "detection/reading/test_javascript_laws.py",
    "detection/reading/test_token_laws.py",
    "commands/review/test_reports.py",
    "remote/test_repositories.py",
    "commands/review/test_trust.py",
    "commands/review/test_laws.py",
    "commands/review/test_code.py",
    "commands/review/test_widening.py",
    "commands/policy/test_fmt.py",
    "commands/review/test_gone_manifests.py",
    "evaluate/test_monotonicity.py",
    "detection/reading/test_python_hostile.py",
    "commands/push/test_failures.py",
    "commands/evidence/test_pack.py",
    "commands/init/test_manifest.py",
    "detection/test_hostile.py",
    "schema/test_schema.py",
    "lifting/test_proposal_laws.py",
    "lifting/test_laws.py",
    "commands/policy/test_library.py",
    "commands/plan/test_laws.py",
    "report/test_diagnostics.py",
    "commands/fleet/test_gather.py",
    "commands/fleet/test_code.py",
)


def longest_first(items: list[pytest.Item]) -> None:
    """Order tests by file, the longest first; within a file, and of files that are not named, the order stays."""
    ranks = {ROOT / name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))
