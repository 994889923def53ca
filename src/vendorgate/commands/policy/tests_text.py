"""Results of policy tests, for people.

In: a run and a style. Out: text: what failed and where, what no test reaches, and one closing line.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.result import Reason
from ...report.finding import MARK
from ...terminal.escape import escape
from ...terminal.snippet import snippet
from ...terminal.style import PLAIN, Style
from .model import ConditionCoverage, PolicyCoverage, PolicyTestResult, PolicyTestRun, percentage


def render(run: PolicyTestRun, style: Style = PLAIN, threshold: int | None = None) -> str:
    """The report, ending with one line of counts."""
    blocks = ["\n".join(_failed(result, style)) for result in run.results if not result.passed]
    if run.coverage is not None:
        blocks.append("\n".join(_coverage(run.coverage, style)))
    if run.untested:
        names = ", ".join(f"`{escape(policy.id)}`" for policy in run.untested)
        blocks.append(f"{style.paint('warning', 'no tests')}: {names}")
    return "\n\n".join([*blocks, "\n".join(_closing(run, style, threshold))]) + "\n"


def _failed(result: PolicyTestResult, style: Style) -> Iterator[str]:
    case = result.case
    name = style.paint("error", f"failed[{escape(case.policy.id)}]")
    yield f"{name}{style.paint('bold', ': ' + escape(case.name))}"
    yield from snippet(case.location, case.source, "", "error", style)
    for mistake in result.mistakes:
        yield f"   {style.paint('bold', '=')} {escape(mistake)}"
    for judged in result.results:
        where = escape(f"{judged.subject.offering.id} of usage `{judged.subject.usage}`")
        yield f"   {style.paint('bold', '=')} {judged.outcome} on {where}"
        for requirement in judged.requirements:
            yield f"       {MARK[requirement.outcome]} {escape(requirement.message)}"
            for reason in requirement.reasons:
                yield from _reason(reason, 9)


def _reason(reason: Reason, indent: int) -> Iterator[str]:
    yield f"{' ' * indent}{MARK[reason.outcome]} {escape(reason.message)}"
    for inner in reason.reasons:
        yield from _reason(inner, indent + 2)


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


def _closing(run: PolicyTestRun, style: Style, threshold: int | None) -> Iterator[str]:
    if run.coverage is not None:
        share = percentage(run.coverage)
        wanted = f", wanted {threshold}%" if threshold is not None else ""
        enough = threshold is None or share >= threshold
        yield f"{style.paint('pass' if enough else 'error', f'coverage {share}%')}{wanted}"
    verdict = style.paint("error", "FAIL") if run.failed else style.paint("pass", "PASS")
    count = len(run.results)
    tests = f"{count} test{'' if count == 1 else 's'} of {len(run.policies)} polic{_ies(len(run.policies))}"
    yield f"{verdict}: {tests} as of {run.as_of}: {count - run.failed} passed, {run.failed} failed"


def _ies(count: int) -> str:
    return "y" if count == 1 else "ies"
