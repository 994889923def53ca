"""Results of policy tests, for people.

In: a run and a style. Out: text: what failed and where, what no test reaches, and one closing line.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ...report.diagnostics.text import lines
from ...terminal.escape import escape
from ...terminal.style import PLAIN, Style
from .model import ConditionCoverage, PolicyCoverage, PolicyTestResult, PolicyTestRun, percentage
from .tests_diagnostics import closing, failure, judgement


def render(run: PolicyTestRun, style: Style = PLAIN) -> str:
    """The report, ending with one line of counts."""
    blocks = ["\n".join(_failed(result, style)) for result in run.results if not result.passed]
    if run.coverage is not None:
        blocks.append("\n".join(_coverage(run.coverage, style)))
    if run.untested:
        names = ", ".join(f"`{escape(policy.id)}`" for policy in run.untested)
        blocks.append(f"{style.paint('warning', 'no tests')}: {names}")
    return "\n\n".join([*blocks, "\n".join(_closing(run, style))]) + "\n"


def _failed(result: PolicyTestResult, style: Style) -> Iterator[str]:
    name = f"failed[{result.case.policy.id}]"
    told = (*result.mistakes, *judgement(result))
    return lines(msgspec.structs.replace(failure(result), message=result.case.name, reasons=told), style, name=name)


def _coverage(coverage: tuple[PolicyCoverage, ...], style: Style) -> Iterator[str]:
    widest = max((len(escape(one.policy.id)) for one in coverage), default=0)
    for one in coverage:
        share = percentage((one,))
        look = style.paint("pass" if share == 100 else "warning", f"{share:>3}%")
        yield f"{look}  {escape(one.policy.id):<{widest}}  {one.reached} of {one.reachable}"
        for condition in one.conditions:
            if condition.missed:
                yield _missed(one, condition)


def _missed(coverage: PolicyCoverage, condition: ConditionCoverage) -> str:
    location = coverage.policy.source.locate(condition.place)
    return f"      {escape(str(location))}: {condition.missed_words}: {escape(condition.words)}"


def _closing(run: PolicyTestRun, style: Style) -> Iterator[str]:
    if run.coverage is not None:
        share = percentage(run.coverage)
        wanted = f", wanted {run.threshold}%" if run.threshold is not None else ""
        yield f"{style.paint('error' if run.short else 'pass', f'coverage {share}%')}{wanted}"
    verdict = style.paint("error", "FAIL") if run.failed else style.paint("pass", "PASS")
    yield f"{verdict}: {closing(run)}"
