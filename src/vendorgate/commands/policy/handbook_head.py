"""What a handbook says before its policies: what is in force, what blocks, what evidence counts, and the digest.

In: policies of a bundle. Out: lines of Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...model.policy import RegistryDemands
from ...report.markup import markdown
from .model import Pack, PolicySelection

_BLOCKS: Final = {
    "error": "errors",
    "warning": "errors and warnings",
    "note": "errors, warnings and notes",
    "never": "nothing",
}


def in_force(selected: PolicySelection) -> Iterator[str]:
    """One line a fact, in a table, so that a handbook can be held against a report."""
    of_checks = [one for one in selected.policies if not one.is_of_fleet]
    judging = sum(not one.waits and not one.is_off for one in of_checks)
    required = [pack for pack in selected.packs if pack.in_force]
    optional = [pack for pack in selected.packs if not pack.in_force]
    off = [one.policy.id for one in selected.policies if one.is_off]
    yield "| what | here |"
    yield "|---|---|"
    yield f"| Policies in force | {judging} of {len(of_checks)} |"
    if len(of_checks) < len(selected.policies):
        yield f"| Rules over all usages of a fleet | {len(selected.policies) - len(of_checks)} |"
    if required:
        yield f"| Packs in force | {_names(required)} |"
    if optional:
        yield f"| Optional, and not in force | {_names(optional)} |"
    if off:
        yield f"| Switched off | {', '.join(f'`{id}`' for id in off)} |"
    yield f"| What blocks | {_BLOCKS[selected.bundle.fail_on]} |"
    yield f"| Evidence counts for | {_ages(selected.bundle.registry)} |"
    yield f"| Least confidence of evidence | {selected.bundle.registry.min_confidence} |"
    yield f"| Digest of what is in force | `{selected.digest}` |"


def _names(packs: list[Pack]) -> str:
    return ", ".join(markdown(pack.name) for pack in packs)


def _ages(demands: RegistryDemands) -> str:
    ages = demands.max_evidence_age_days
    if isinstance(ages, int):
        return _days(ages)
    others = (f"{markdown(name)} {_days(days)}" for name, days in sorted(ages.items()) if name != "default")
    return ", ".join((_days(demands.max_age("")), *others))


def _days(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"
