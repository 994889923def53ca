"""The files that take longest, in the order in which they start.

Workers take whole files (`--dist=loadfile`), so that a file's fixtures are made once; with the longest first, the many
short ones fill what is left, and no worker waits for another. A file that is not named starts after those that are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent
LONGEST: Final = (
    "browser/test_filter.py",
    "browser/test_site.py",
    "stories/test_first_ten_minutes.py",
    "stories/test_platform_team.py",
    "commands/action/test_installing.py",
    "commands/action/test_hooks.py",
    "commands/repair/test_ways_out.py",
    "commands/repair/test_real_cases.py",
    "lifting/test_proposal_laws.py",
    "lifting/test_laws.py",
    "browser/test_page.py",
    "browser/test_overview.py",
    "browser/test_accessible.py",
    "browser/test_hostile.py",
    "browser/test_keyboard.py",
    "commands/action/test_steps.py",
    "frame/test_streams.py",
    "commands/review/test_history.py",
    "load/test_hostile.py",
    "commands/registry/test_update.py",
    "commands/policy/test_library.py",
    "commands/review/test_reports.py",
    "commands/plan/test_laws.py",
    "commands/waiver/test_baseline.py",
    "commands/action/test_comments.py",
    "commands/review/test_trust.py",
    "commands/review/test_widening.py",
    "commands/action/test_metadata.py",
    "commands/review/test_laws.py",
    "cli/test_words.py",
    "report/test_diagnostics.py",
    "commands/review/test_gone_manifests.py",
    "commands/verify/test_verify.py",
    "commands/verify/test_pack.py",
    "commands/evidence/test_series.py",
    "commands/evidence/test_pack.py",
    "archive/test_reading.py",
    "commands/action/test_examples.py",
    "cli/test_start.py",
    "report/test_sarif.py",
    "remote/test_trust.py",
    "remote/test_repositories.py",
    "commands/review/test_changes.py",
    "report/test_hostile.py",
    "report/test_text.py",
    "test_readme.py",
    "load/test_linear.py",
    "detection/test_hostile.py",
    "detection/test_mutations.py",
    "detection/reading/test_python_hostile.py",
    "detection/reading/test_python_laws.py",
    "detection/reading/test_token_laws.py",
)


def longest_first(items: list[pytest.Item]) -> None:
    """Order tests by file, the longest first; within a file, and of files that are not named, the order stays."""
    ranks = {ROOT / name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))
