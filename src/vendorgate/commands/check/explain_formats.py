"""The formats of an explanation, each imported when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...frame.answer import Render
from ...frame.rendering import formats_beside
from ...model.evaluation import Evaluation

FORMATS: Final[Mapping[str, Render[Evaluation]]] = formats_beside(
    __name__, text=".explain_text:render", json="...report.json:render"
)
