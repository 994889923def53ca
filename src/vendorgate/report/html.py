"""The report as a page: all in one file, without a network, readable without its script.

In: an evaluation and its surroundings. Out: HTML. Every text passes `_finalize`, the only place that escapes: jinja2
calls it for each expression of the template.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Final

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup
from markupsafe import escape as escape_html

from ..logic.wording import count
from ..model.evaluation import Evaluation
from ..terminal.escape import escape
from ..version import VERSION
from .lines import shortened
from .page import causes as why
from .page import evidence, totals, view
from .surroundings import Surroundings

_AS_THEY_ARE: Final = Surroundings()
_WIDEST: Final = 100
"""Characters of a choice."""
_CODE: Final = re.compile(r"(?<!`)`([^`]+)`(?!`)")


def render(evaluation: Evaluation, surroundings: Surroundings = _AS_THEY_ARE) -> str:
    """The page; the same evaluation gives the same bytes."""
    causes = why.causes(evaluation)
    sheets = evidence.sheets(evaluation.results)
    shown, applies_nowhere = view.columns(evaluation)
    names = {result: why.named(cause) for result, cause in causes.items()}
    counts = totals.counted(evaluation, names, why.messages(causes))
    style = f":root {{ --policies: {len(shown)} }}\n{_part('page.css')}"
    script = _part("page.js")
    return _template().render(
        evaluation=evaluation,
        summary=evaluation.summary,
        unjudged=view.unjudged(evaluation, surroundings),
        blocking=why.blocking(evaluation, surroundings),
        blocking_remarks=view.remarks(evaluation.notices, surroundings, blocks=True),
        blocked_projects=view.blocked_projects(evaluation),
        lenient=view.lenient(evaluation),
        tables=totals.tables(counts),
        choices=totals.choices(counts),
        facets=[facet for facet in totals.CHOICES if counts.applies(facet)],
        columns=shown,
        applies_nowhere=applies_nowhere,
        groups=view.groups(evaluation, surroundings, shown, evidence.anchors(sheets), causes),
        is_short=view.is_short(evaluation),
        sheets=sheets,
        remarks=view.remarks(evaluation.notices, surroundings),
        inputs=view.inputs(evaluation, surroundings),
        outcomes=view.OUTCOMES,
        version=VERSION,
        security=_security(style, script),
        # The files of this package are the only markup that is not escaped.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
    )


def _part(name: str) -> str:
    return (files("vendorgate.report.page") / name).read_text("utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, finalize=_finalize, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["words"] = _words
    environment.filters["count"] = _count
    environment.filters["number"] = _number
    environment.filters["clipped"] = _clipped
    return environment.from_string(_part("page.html.jinja"))


def _finalize(value: object) -> Markup:
    """Any value as HTML: in one line, without control characters, and nothing in it is markup."""
    return value if isinstance(value, Markup) else escape_html(escape(str(value)))


def _words(text: str) -> Markup:
    """Text with what stands between backticks as code, because that is how vendorgate's own words name things."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(_finalize(text))))  # noqa: S704  # escaped before


def _number(number: int) -> str:
    """A number as a reader has it: `16,280`."""
    return f"{number:,}"


def _count(number: int, noun: str, plural: str = "") -> str:
    return count(number, noun, plural).replace(str(number), _number(number), 1)


def _clipped(text: str) -> str:
    """A text that fits into a list of choices."""
    return shortened(escape(text), _WIDEST)


def _security(style: str, script: str) -> str:
    """Nothing is loaded from anywhere, and no style or script is obeyed save the two that stand in the page."""
    rules = {
        "default-src": "'none'",
        "style-src": _digest(style),
        "script-src": _digest(script),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
