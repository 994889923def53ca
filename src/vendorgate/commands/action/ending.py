"""The last step of the action: it ends with the code that the step which judges has saved.

In: the environment of the step. Out: its exit code. Knows nothing of judging, and imports nothing that does: it lives
for a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from .inputs import variable
from .workflow import announce

UNKNOWN: Final = 3
"""How the action ends where the verdict got lost on the way: as a fault, never as a pass."""
_CODES: Final = ("0", "1", "2", "3", "130")


def end(environment: Mapping[str, str], say: Callable[[str], None]) -> int:
    """The last step: a word on an upload that failed, and the code that was saved. Without one nothing has passed."""
    if environment.get(variable("upload")) == "failure":
        help = (
            "give the job `security-events: write` and `actions: read`, switch code scanning on, or leave `sarif` out"
        )
        say(announce("warning", f"the results are not in code scanning: {help}; the verdict stands"))
    code = environment.get(variable("exit-code"), "")
    if code in _CODES:
        return int(code)
    say(announce("error", "no verdict was handed on, so nothing has passed; the log of the job says why"))
    return UNKNOWN
