"""The page of a check with a section by control at its top; readable without its script, as the whole page is.

In: an evaluation and its surroundings. Out: HTML; every text passes `finalize` of `page/environment.py`.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Template
from markupsafe import Markup

from ..model.evaluation import Evaluation
from . import html
from .page.controls import by_control
from .page.environment import environment, part
from .surroundings import Surroundings


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """The page; the same evaluation gives the same bytes."""
    section = _template().render(view=by_control(evaluation, surroundings))
    # What the template made of it is escaped already.
    return html.render(evaluation, surroundings, Markup(section), part("controls.css"))  # noqa: S704


@cache
def _template() -> Template:
    return environment().from_string(part("controls.html.jinja"))
