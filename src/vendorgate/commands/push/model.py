"""What a push is about: objects that are wanted at some other place, what each of them needs, and what became of it."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Final, Literal

import msgspec

from ...model.evaluation import Evaluation

Kind = Literal["entity", "evidence", "exception"]
"""A vendor; what a policy comes to in a project; a waiver in use."""
Action = Literal["create", "change", "keep", "mark", "gone", "leave"]
"""`keep`: it is in step. `mark`: it is gone here, and is marked there. `gone`: the same, and nothing is done about it.
`leave`: it is not ours to touch."""
State = Literal["planned", "done", "failed", "unsure", "not_tried", "nothing"]
"""`unsure`: nobody knows whether it was done. `nothing`: there is nothing to do."""
ACTIONS: Final[tuple[Action, ...]] = ("create", "change", "mark", "keep", "gone", "leave")
UNDONE: Final[tuple[State, ...]] = ("failed", "unsure", "not_tried")


class Pushed(msgspec.Struct, frozen=True):
    """One object."""

    kind: Kind
    reference: str
    """What it is about, the same in every push."""
    name: str
    """As it is called there."""
    action: Action
    state: State
    fields: tuple[str, ...] = ()
    """What is written of it."""
    status: str | None = None
    """The one that it is given there; None: it keeps what it has."""
    id: str | None = None
    """Under which it is known there; None: it is not there, or nobody knows."""
    why: str | None = None
    """Why nothing is done about it, or why it was not done."""
    help: str | None = None
    """What to do about that, an imperative."""

    @property
    def differs(self) -> bool:
        """Whether something is to be done, or was."""
        return self.action in ("create", "change", "mark")


class Target(msgspec.Struct, frozen=True):
    """Where it is pushed to."""

    product: Literal["ciso-assistant"]
    title: str
    """The product as people call it."""
    url: str
    folder: str
    """The name of the folder there."""
    folder_id: str


class Push(msgspec.Struct, frozen=True, dict=True):
    """What was judged, brought to another place, or what bringing it would do."""

    evaluation: Evaluation
    target: Target
    writes: bool
    """Whether anything may be written; else all of it is a plan."""
    objects: tuple[Pushed, ...]
    ended: str | None = None
    """Why it ended before all was tried; None: it did not."""
    interrupted: bool = False
    """Whether somebody interrupted it."""

    @cached_property
    def actions(self) -> Counter[Action]:
        """How many objects need what."""
        return Counter(one.action for one in self.objects)

    @cached_property
    def states(self) -> Counter[State]:
        """How many objects are in which state."""
        return Counter(one.state for one in self.objects)

    @property
    def undone(self) -> tuple[Pushed, ...]:
        """What was to be done, and was not, or nobody knows."""
        return tuple(one for one in self.objects if one.state in UNDONE)
