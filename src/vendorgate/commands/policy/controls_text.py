"""Who serves which control, for people.

In: the controls of a bundle, a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ...logic.wording import count
from ...terminal.escape import escape
from ...terminal.style import PLAIN, Look, Style
from .controls import STATES, ControlSelection, ControlState, ServedControl, ServedFramework
from .model import OVER_ALL, CountedPolicy
from .pages import counting_words, waiting_words

_LOOKS: Final[dict[ControlState, Look]] = {"addressed": "pass", "not_in_force": "warning", "not_addressed": "dim"}
_WIDTH: Final = max(map(len, STATES.values()))


def render(selected: ControlSelection, style: Style = PLAIN) -> str:
    """A block a framework, a line a control, and under it the policies that serve it; how many there are at the end."""
    blocks = ["\n".join(_framework(one, style)) for one in selected.frameworks]
    if selected.without_controls:
        blocks.append("\n".join(_unnamed(selected.without_controls, style)))
    return "\n\n".join([*blocks, closing(selected)]) + "\n"


def _framework(one: ServedFramework, style: Style) -> Iterator[str]:
    framework = one.framework
    own = ", of your own" if framework.is_own else ""
    yield f"{style.paint('bold', escape(framework.id))}: {escape(framework.heading)}{own}"
    for served in one.controls:
        yield from _control(served, style)


def _control(one: ServedControl, style: Style) -> Iterator[str]:
    state = style.paint(_LOOKS[one.state], f"{STATES[one.state]:<{_WIDTH}}")
    title = f"  {escape(one.control.title)}" if one.control.title else ""
    yield f"  {state}  {escape(one.control.id)}{title}"
    yield from (f"  {'':<{_WIDTH}}    {escape(_policy(served))}" for served in one.policies)


def _policy(one: CountedPolicy) -> str:
    return f"{one.policy.id}{in_brackets(one)}"


def in_brackets(one: CountedPolicy) -> str:
    """Behind a policy that no check asks: why not; plain text, not yet escaped."""
    said = OVER_ALL if one.is_of_fleet else why_not(one)
    return f" ({said})" if said else ""


def why_not(one: CountedPolicy) -> str:
    """Why a policy judges nobody, empty where it does; plain text, not yet escaped."""
    if one.is_off:
        return counting_words(one)
    return f"not in force: {waiting_words(one)}" if one.waits else ""


def _unnamed(policies: Iterable[CountedPolicy], style: Style) -> Iterator[str]:
    yield style.paint("bold", "no control named")
    yield from (f"  {escape(_policy(one))}" for one in policies)


def closing(selected: ControlSelection) -> str:
    """How many controls of how many frameworks are addressed, and how many are not."""
    states: Iterable[ControlState] = STATES
    found = {state: sum(len(one.in_state(state)) for one in selected.frameworks) for state in states}
    every = f"{count(sum(found.values()), 'control')} of {count(len(selected.frameworks), 'framework')}"
    told = ", ".join(f"{number} {STATES[state]}" for state, number in found.items() if number)
    return f"{every}: {told}" if told else "no policy names a control"
