"""How bad a result is, so that two can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from .vocabulary import Outcome, Severity

Trouble = Literal[0, 1, 2, 3]
Weight = Literal[0, 1, 2, 3]


class Standing(msgspec.Struct, frozen=True, order=True):
    """How bad a result is; the order is that of the fields, the first that differs decides, the greater is worse.

    What stops a merge weighs most, then what was found, then how severe it is. Two results of equal standing are
    equally bad: a pass, a policy that does not apply and a result that is not there all have nothing wrong.
    """

    blocks: bool = False
    trouble: Trouble = 0
    """0: nothing is wrong, 1: waived, 2: unknown, 3: fail."""
    weight: Weight = 0
    """Of the severity in effect, from note to error; 0 where nothing is wrong."""


_TROUBLE: Final[Mapping[Outcome, Trouble]] = {"pass": 0, "not_applicable": 0, "waived": 1, "unknown": 2, "fail": 3}
_WEIGHT: Final[Mapping[Severity, Weight]] = {"note": 1, "warning": 2, "error": 3}


def standing_of(outcome: Outcome, severity: Severity, blocks: bool) -> Standing:
    """How bad it is to come to an outcome."""
    return Standing(blocks, _TROUBLE[outcome], _WEIGHT[severity]) if _TROUBLE[outcome] else Standing()
