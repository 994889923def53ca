"""The operators of policies and registry conditions in words."""

from __future__ import annotations

from typing import Final

from ..logic.wording import Wording

WORDING: Final = Wording(
    {
        "covered": "{0} is covered",
        "documented": "{0} is documented",
        "agreement": "an agreement `{0}` is in force",
        "within": "{0} lies within {1}",
        "days_since": "days since {0}",
        "days_until": "days until {0}",
    }
)
