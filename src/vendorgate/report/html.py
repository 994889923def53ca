"""The report as a page: all in one file, without a network, readable without its script.

In: an evaluation and its surroundings. Out: HTML. Every text passes `finalize` of
`page/environment.py`, the only place that escapes: jinja2 calls it for each expression of the template.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from jinja2 import Template
from markupsafe import Markup

from ..model.evaluation import Evaluation
from ..version import VERSION
from .page import causes as why
from .page import evidence, totals, view
from .page.environment import environment, look, part, security
from .surroundings import Surroundings

_AS_THEY_ARE: Final = Surroundings()


def render(
    evaluation: Evaluation,
    surroundings: Surroundings = _AS_THEY_ARE,
    controls: Markup | None = None,
    more_style: str = "",
) -> str:
    """The page; the same evaluation gives the same bytes.

    `controls` is a section of its own, already escaped, with its style.
    """
    causes = why.causes(evaluation)
    sheets = evidence.sheets(evaluation.results)
    shown, applies_nowhere = view.columns(evaluation)
    names = {result: why.named(cause) for result, cause in causes.items()}
    counts = totals.counted(evaluation, names, why.messages(causes))
    style = f":root {{ --policies: {len(shown)} }}\n{look()}{part('page.css')}{more_style}"
    script = part("page.js")
    return _template().render(
        evaluation=evaluation,
        summary=evaluation.summary,
        controls=controls,
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
        signoff=view.signoff(evaluation),
        outcomes=view.OUTCOMES,
        version=VERSION,
        security=security(style, script),
        # The files of this package are the only markup that is not escaped.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
    )


@cache
def _template() -> Template:
    return environment().from_string(part("page.html.jinja"))
