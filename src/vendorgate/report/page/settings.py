"""How the account of a route is set up, as the page shows it.

In: a subject, its evaluation. Out: a piece for each setting, plain text, not yet escaped.
"""

from __future__ import annotations

import msgspec

from ...declarations.account_fields import FieldStatus
from ...model.evaluation import Evaluation
from ...model.subject import Subject
from ..account_fields import fields_of, what_words, who_words


class SettingView(msgspec.Struct, frozen=True):
    """A setting of an account, or another field that can be observed."""

    status: FieldStatus
    who: str
    """By whose word it is so."""
    words: str
    contrary: bool
    """Whether something else is claimed."""


def settings(subject: Subject, evaluation: Evaluation) -> tuple[SettingView, ...]:
    """Those that are declared or were observed."""
    fields = fields_of(subject, evaluation)
    return tuple(SettingView(one.status, who_words(one), what_words(one), one.contrary) for one in fields)
