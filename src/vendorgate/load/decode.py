"""Plain values to typed models.

In: a document and the model it should be. Out: the model, or as much of it as can be read and every mistake.
"""

from __future__ import annotations

import datetime
from typing import Final, TypeVar

import msgspec

from ..errors import Problem
from .document import Document

T = TypeVar("T")
NO_DAY: Final = datetime.date.max
"""Stands for a day that could not be read and has been reported; an empty text stands for a text."""


def decode(document: Document, type: type[T], problems: list[Problem]) -> T | None:
    """The document as a model.

    Where it has mistakes, each is reported, and what is readable is handed back all the same, so that the checks
    that follow find what else is wrong; what is not readable is then empty, or `NO_DAY`. None where the document
    is nothing of the kind.
    """
    if document.sound:
        try:
            return msgspec.convert(document.value, type)
        except msgspec.ValidationError as error:
            first = str(error)
    else:
        first = ""
    from .diagnose import diagnose

    return diagnose(document, type, first, NO_DAY, problems)
