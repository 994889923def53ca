"""A push in words: what becomes of each object, what is told of it, and what all of it comes to.

In: a push. Out: words, not yet escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ...logic.wording import count
from .model import ACTIONS, Action, Kind, Push, Pushed, State

_PLANNED: Final[Mapping[Action, str]] = {
    "create": "would be created",
    "change": "would be changed",
    "mark": "would be marked",
    "keep": "in step",
    "gone": "gone here",
    "leave": "left alone",
}
_DONE: Final[Mapping[Action, str]] = {
    "create": "created",
    "change": "changed",
    "mark": "marked",
    "keep": "in step",
    "gone": "gone here",
    "leave": "left alone",
}
_UNDONE: Final[Mapping[State, str]] = {
    "planned": "planned",
    "done": "done",
    "failed": "not done",
    "unsure": "nobody knows whether done",
    "not_tried": "not tried",
    "nothing": "nothing to do",
}
_NOUNS: Final[Mapping[Kind, str]] = {"entity": "vendor", "evidence": "evidence", "exception": "exception"}
_MARK: Final = "what is gone here can be marked there: --mark-gone"
_WRITE: Final = "nothing was written; to write it: --yes"
_MEND: Final = "nothing was written, and nothing will be before every manifest is judged"
_AGAIN: Final = "run it again: what is done stays done, and it goes on with the others"


def heading_words(found: Push) -> str:
    """Where it goes."""
    target = found.target
    return f"{target.title} at {target.url}, folder `{target.folder}`"


def label(one: Pushed) -> str:
    """What becomes of an object, or became."""
    if one.state in ("failed", "unsure", "not_tried"):
        return _UNDONE[one.state]
    return (_PLANNED if one.state == "planned" else _DONE)[one.action]


def noun(one: Pushed) -> str:
    """What kind of thing it is."""
    return _NOUNS[one.kind]


def told(found: Push) -> tuple[Pushed, ...]:
    """What is told one by one: not what is in step."""
    return tuple(one for one in found.objects if one.action != "keep")


def below(one: Pushed) -> Iterator[str]:
    """What is told of an object beside its name."""
    if one.why is not None:
        yield one.why
    elif one.action == "change":
        yield f"writes {', '.join(one.fields)}"


def closing_words(found: Push) -> Iterator[str]:
    """What all of it comes to, and what to do next."""
    yield "; ".join(_counted(found)) or "nothing that there would be anything to say of"
    if found.ended is not None:
        yield f"{'it ended early' if found.writes else 'nothing was written'}: {found.ended}"
    if found.undone:
        yield _AGAIN
    elif not found.writes and found.ended is None and any(one.differs for one in found.objects):
        yield _MEND if found.evaluation.not_judged else _WRITE
    if found.actions["gone"]:
        yield _MARK


def _counted(found: Push) -> Iterator[str]:
    words: dict[str, int] = {}
    for action in ACTIONS:
        for one in found.objects:
            if one.action == action:
                words[label(one)] = words.get(label(one), 0) + 1
    yield from (f"{count(number, 'object')} {said}" for said, number in words.items())
