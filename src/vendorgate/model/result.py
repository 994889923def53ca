"""What a judgement says: outcome, reasons, evidence, and what it rests on."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from msgspec import UNSET, UnsetType

from ..source import Location

if TYPE_CHECKING:
    from ..logic import Json
    from .notice_ids import NoticeId
    from .policy import Policy, Requirement
    from .registry import Cell
    from .subject import Subject
    from .vocabulary import Confidence, Decision, Dimension, Outcome, Severity
    from .waiver import Breach, Void, Waiver, WaiverState

ReasonKind = Literal["grade", "evidence", "tier", "scope", "condition", "declaration", "agreement", "expression"]


class Remedy(msgspec.Struct, frozen=True):
    """What would change one step."""

    action: Literal["declare", "agree", "replace", "do"]
    """Declare a field of the manifest; bring a kind of agreement into force; replace a name; or do what `what` says."""
    what: str
    options: tuple[str, ...] = ()
    """Names or globs, one of which can replace `what`; none = do without it."""


class Reason(msgspec.Struct, frozen=True):
    """One step on the way to an outcome; what led to it nests inside."""

    kind: ReasonKind
    outcome: Decision
    message: str
    dimension: Dimension | None = None
    reasons: tuple[Reason, ...] = ()
    remedy: Remedy | None = None
    locate: Callable[[], Location] | None = None
    """Finds the place in policy or registry that this step reads."""
    about: tuple[Json, ...] = ()
    """What makes this step the same on another day: names, states, stated values; never a day, an age or a place."""
    either: bool = False
    """Whether it is one of several of which one is enough."""


class RequirementResult(msgspec.Struct, frozen=True):
    """One requirement, judged."""

    requirement: Requirement
    outcome: Decision
    message: str
    reasons: tuple[Reason, ...]


class Citation(msgspec.Struct, frozen=True):
    """A registry cell that an outcome rests on; `cell` is None where the registry states nothing."""

    dimension: Dimension
    cell: Cell | None
    facts: tuple[tuple[str, Json], ...] = ()
    """Those that rules read, by their path below `facts`, as this subject reads them; None: not known."""


SupportKind = Literal["evidence", "agreement", "observation", "claim", "waiver"]
SaidIn = Literal["registry", "bundle", "register", "observation", "manifest"]


class Support(msgspec.Struct, frozen=True):
    """One thing that an outcome rests on: to be shown to whoever doubts it, or claimed and no more."""

    kind: SupportKind
    what: str
    """Of evidence the dimension, or a path such as `offering.platform`; of an agreement its kind; of a claim the field
    of the manifest, as of an observation; of a waiver the policies that it names."""
    value: Json
    """What is said there."""
    said_in: SaidIn
    locate: Callable[[], Location | None] | None = None
    """Finds the place in a file of the bundle, or in the manifest: nowhere for what holds by default."""
    reference: str | None = None
    """Where it is filed or published."""
    until: datetime.date | None = None
    """The last day on which it counts; None: it has no end."""
    verified: datetime.date | None = None
    """The day on which somebody read it: of a cell its source, of an observation the account."""
    confidence: Confidence | None = None
    """Of a cell how sure is who states it."""
    attested_by: str | None = None
    """Of an observation who attests it; None: it was read at the vendor."""
    claimed: Json | UnsetType = UNSET
    """Of an observation what the manifest claims in its place, where that is something else."""

    @property
    def is_cell(self) -> bool:
        """Whether it is a cell, and not what is said of an offering or a project as a whole."""
        return self.kind == "evidence" and "." not in self.what


class Basis(msgspec.Struct, frozen=True):
    """All that an outcome rests on."""

    supports: tuple[Support, ...] = ()
    """What can be shown first."""
    of_requirements: frozenset[SupportKind] = frozenset()
    """The kinds of those that the policy's requirements rest on; the others decide whether it applies."""


_NOTHING: Final = Basis()
_CLAIMS: Final[frozenset[SupportKind]] = frozenset({"claim"})


class Result(msgspec.Struct, frozen=True, dict=True):
    """One policy on one subject."""

    subject: Subject
    policy: Policy
    severity: Severity
    """In effect on the as-of day."""
    outcome: Outcome
    blocks: bool
    requirements: tuple[RequirementResult, ...]
    when: tuple[Reason, ...]
    """Why the policy applies or does not; where nobody asks for all reasons, only why that is not known."""
    evidence: tuple[Citation, ...]
    waiver: Waiver | None
    void: tuple[Void, ...] = ()
    """Waivers that name it and have not ended, and do not waive it."""
    resting: Callable[[Result], Basis] | None = None
    """Works out what it rests on."""

    @cached_property
    def basis(self) -> Basis:
        """What it rests on, worked out when it is first asked for: most checks never do, and several formats do."""
        return _NOTHING if self.resting is None else self.resting(self)

    @property
    def rests_on(self) -> tuple[Support, ...]:
        """Of a pass all without which it might be none, of a waived result the waiver, of one that fails or does not
        apply what decided that. Nothing decides an unknown."""
        return self.basis.supports

    @property
    def on_claims_alone(self) -> bool:
        """Whether it passes, and what its policy requires rests on claims and on nothing that could be shown."""
        return self.outcome == "pass" and self.basis.of_requirements == _CLAIMS

    @property
    def can_be_shown(self) -> bool:
        """Whether it passes, and what its policy requires rests on anything but claims; one that rests on nothing, such
        as what nobody declared, has nothing to show."""
        return self.outcome == "pass" and not self.basis.of_requirements <= _CLAIMS


class WaiverUse(msgspec.Struct, frozen=True):
    """What a waiver does for the results of an evaluation."""

    waiver: Waiver
    state: WaiverState
    met: tuple[Result, ...]
    """Those that it names and that fail, are not known, or are waived by whatever waiver."""
    void: tuple[tuple[Breach, tuple[Result, ...]], ...]
    """Of each rule that it breaks: the first breach, and the results for which it is void by that rule."""

    @property
    def waives(self) -> tuple[Result, ...]:
        """Those that it is shown with."""
        return tuple(result for result in self.met if result.waiver is self.waiver)

    @property
    def covered(self) -> tuple[Result, ...]:
        """Those for which it holds, also where another waiver that ends later is shown."""
        void = {id(result) for _, results in self.void for result in results}
        return tuple(result for result in self.met if id(result) not in void)


class Notice(msgspec.Struct, frozen=True, dict=True):
    """Something worth knowing."""

    id: NoticeId | Literal["not-judged"]
    """`not-judged` is for formats that have no other place for it; no JSON report has it among its notices."""
    severity: Severity
    message: str
    where: Location | Callable[[], Location | None] | None = None
    """The place that it is about, or what finds it."""
    blocks: bool = False
    """Of what a review finds of a whole manifest, and of how code differs from what is declared, alone."""
    help: str | None = None
    """What to do, an imperative, where the message does not say it."""
    about: tuple[str, ...] = ()
    """Names that tell it from others of its kind in its file; never a day, an age or a line."""

    @cached_property
    def location(self) -> Location | None:
        """The place that it is about, found when it is first asked for: to find one takes longer than to judge."""
        return self.where() if callable(self.where) else self.where
