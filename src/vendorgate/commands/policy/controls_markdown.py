"""Who serves which control, in Markdown.

In: the controls of a bundle. Out: a table for each framework. Every word from an input passes `markdown`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...logic.wording import count
from ...report.markup import markdown
from .controls import STATES, ControlSelection, ServedFramework
from .controls_text import closing, in_brackets
from .model import CountedPolicy


def render(selected: ControlSelection) -> str:
    """How many there are, then a table a framework."""
    blocks = [f"# Controls\n\n{closing(selected)}."]
    blocks.extend("\n".join(_section(one)) for one in selected.frameworks)
    if selected.without_controls:
        rows = [f"- {_policy(one)}" for one in selected.without_controls]
        blocks.append("\n".join(["## No control named", "", *rows]))
    return "\n\n".join(blocks) + "\n"


def _section(one: ServedFramework) -> Iterator[str]:
    framework = one.framework
    yield from (f"## {markdown(framework.name)}", "", _facts(one), "")
    yield from ("| control | what it is about | | policies that serve it |", "|---|---|---|---|")
    for served in one.controls:
        policies = "<br>".join(map(_policy, served.policies))
        control = served.control
        yield f"| {markdown(control.id)} | {markdown(control.title)} | {STATES[served.state]} | {policies} |"


def _facts(one: ServedFramework) -> str:
    framework = one.framework
    edition = f", {markdown(framework.edition)}" if framework.edition else ""
    addressed = f"{len(one.in_state('addressed'))} of {count(len(one.controls), 'control')} addressed"
    return f"`{framework.id}`{edition}: {addressed}."


def _policy(one: CountedPolicy) -> str:
    return f"`{one.policy.id}` {markdown(in_brackets(one).strip())}".strip()
