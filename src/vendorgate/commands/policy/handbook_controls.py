"""What a handbook says behind its policies: which of them serve which control, by framework.

In: policies as they count. Out: lines of Markdown, with links to the sections of the policies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ...report.markup import markdown
from .controls import ServedControl, ServedFramework, judges, served
from .model import OVER_ALL, CountedPolicy

ANCHOR: Final = "_by-control"
"""No policy's id begins so."""


def by_control(policies: Iterable[CountedPolicy]) -> Iterator[str]:
    """A section with a list for each framework; nothing where no policy names a control."""
    found = served(policies)
    if found:
        yield from ("", f'<a id="{ANCHOR}"></a>', "", "## By control", "")
        yield "Which policies serve which control; to serve one is to ask a part of what it asks."
    for one in found:
        yield from _framework(one)


def _framework(one: ServedFramework) -> Iterator[str]:
    framework = one.framework
    yield from ("", f"### {markdown(framework.heading)}", "")
    yield from (f"- {_named(it)}: {', '.join(map(_link, it.policies))}" for it in one.controls if it.policies)
    left = [it.control.id for it in one.in_state("not_addressed")]
    if left:
        yield f"- Not addressed by any policy here: {', '.join(map(markdown, left))}"


def _named(one: ServedControl) -> str:
    title = f" {markdown(one.control.title)}" if one.control.title else ""
    return f"**{markdown(one.control.id)}**{title}"


def _link(one: CountedPolicy) -> str:
    beside = OVER_ALL if one.is_of_fleet else "" if judges(one) else "not in force"
    return f"[{markdown(one.policy.id)}](#{one.policy.id}){f' ({beside})' if beside else ''}"
