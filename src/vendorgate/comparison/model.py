"""Two evaluations side by side: what became of results, and what was edited of what judges."""

from __future__ import annotations

from typing import Literal

import msgspec

from ..logic import Json
from ..model.result import Result

ResultChangeKind = Literal["new", "worse", "better", "fixed", "unchanged", "gone"]
Cause = Literal["manifest", "policy", "registry", "agreement", "waiver", "observation", "staleness"]
"""Which input made a result change; `observation`: what was observed of accounts, and what is made of it; `staleness`:
evidence or an observation that aged, or evidence that lost the confidence that is demanded."""
Effect = Literal["weaker", "stricter", "changed"]
"""What an edit does to the gate: lets more pass, or less; `changed` where nobody can say without reading."""
EditKind = Literal["added", "removed", "changed"]
Edited = Literal["policy", "waiver", "agreement", "observation", "account", "bundle", "manifest"]
"""`manifest`: whose one says that it is."""


class Standing(msgspec.Struct, frozen=True, order=True):
    """How bad a result is; the order is that of the fields, the first that differs decides, the greater is worse.

    What stops a merge weighs most, then what was found, then how severe it is. Two results of equal standing are
    equally bad: a pass, a policy that does not apply and a result that is not there all have nothing wrong.
    """

    blocks: bool = False
    trouble: Literal[0, 1, 2, 3] = 0
    """0: nothing is wrong, 1: waived, 2: unknown, 3: fail."""
    weight: Literal[0, 1, 2, 3] = 0
    """Of the severity in effect, from note to error; 0 where nothing is wrong."""


class ResultChange(msgspec.Struct, frozen=True):
    """One policy on one subject, before and after.

    `new`: was not there, and has something wrong. `worse`: a greater standing; or the same and a requirement that is
    further from being met than it was; or still something wrong, with a usage that is wider or for more reasons.
    `fixed`: nothing is wrong any more. `better`: less wrong. `gone`: had something wrong and is not there any more.
    `unchanged`: all others, among them what is new and has nothing wrong.
    """

    kind: ResultChangeKind
    before: Result | None
    after: Result | None
    causes: tuple[Cause, ...] = ()
    """Where something changed, what made it; several where each suffices by itself, or where only together they do."""
    wider: tuple[str, ...] = ()
    """Where something is wrong before and after: what is wider, or for which reasons more it falls short."""

    @property
    def result(self) -> Result:
        """As it is now, or was at last."""
        found = self.after if self.after is not None else self.before
        assert found is not None
        return found


class FieldEdit(msgspec.Struct, frozen=True):
    """One field of what was edited; None: not stated."""

    field: str
    old: Json
    new: Json
    effect: Effect


class Edit(msgspec.Struct, frozen=True):
    """Something that judges, and that the change edits."""

    what: Edited
    name: str
    kind: EditKind
    effect: Effect
    fields: tuple[FieldEdit, ...] = ()
