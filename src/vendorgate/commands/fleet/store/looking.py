"""What tells one look into code from another: by what it was held against its manifests, and when.

In: what judges. Out: a seal, which a store has of each repository that was looked into.
"""

from __future__ import annotations

from ....gate import Gate
from ....load.packs import PackChoice
from ....version import VERSION
from .schema import sealed


def code_seen_by(gate: Gate) -> str:
    """What tells one detection of a commit from another."""
    return sealed((VERSION, gate.bundle.sha256, gate.snapshot(()).sha256))


def code_judged_by(seen: str, packs: PackChoice, day: str) -> str:
    """What tells one judgement of code from another; `day` is that of the gathering, YYYY-MM-DD."""
    return sealed((seen, *packs.asked, packs.beside, day))
