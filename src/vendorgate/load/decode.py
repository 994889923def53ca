"""Plain values to typed models.

In: a document and the model it should be. Out: the model, or as much of it as can be read and every mistake.
"""

from __future__ import annotations

import datetime
from typing import Final, TypeVar, cast

import msgspec

from ..errors import Problem
from ..logic import Json
from .document import Document
from .models import MODELS, key_of_model
from .parsed import shipped_values

T = TypeVar("T")
NO_DAY: Final = datetime.date.max
"""Stands for a day that could not be read and has been reported; an empty text stands for a text."""


def decode(document: Document, type: type[T], problems: list[Problem]) -> T | None:
    """The document as a model.

    Where it has mistakes, each is reported, and what is readable is handed back all the same, so that the checks
    that follow find what else is wrong; what is not readable is then empty, or `NO_DAY`. None where the document
    is nothing of the kind.
    """
    if document.key is not None:
        made = _known(document.key, document.value, type)
        if made is not None:
            return made
    if document.sound:
        try:
            return msgspec.convert(document.value, type)
        except msgspec.ValidationError as error:
            first = str(error)
    else:
        first = ""
    from .diagnose import diagnose

    return diagnose(document, type, first, NO_DAY, problems)


def _known(key: bytes, value: Json, type: type[T]) -> T | None:
    """The model of values that ship; None where it is not known that they are one."""
    make = MODELS.get(type.__name__)
    if make is None or not shipped_values().has(key_of_model(type.__name__, key)):
        return None
    return cast("T", make(value))
