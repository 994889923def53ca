"""Days as texts."""

from __future__ import annotations

import datetime


def is_date(value: object) -> bool:
    """Whether a value is a day as ISO 8601 writes it: YYYY-MM-DD."""
    if not isinstance(value, str) or len(value) != 10:
        return False
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
