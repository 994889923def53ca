"""What a report says of one result, in words that every format shares.

In: a result. Out: plain text, not yet escaped: each format does that in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, Union

import msgspec

from ..logic.wording import and_more
from ..model.evaluation import Evaluation
from ..model.manifest import RouteName
from ..model.result import Citation, Reason, ReasonKind, Remedy, RequirementResult, Result
from ..model.subject import Subject
from ..model.vocabulary import ROUTES_OF_USAGE, Decision, RouteOfUsage, Severity

MARK: Final[dict[Decision, str]] = {"pass": "+", "fail": "-", "unknown": "?"}
ROUTE: Final[dict[RouteOfUsage, str]] = {
    route: "" if route == "primary" else f" ({route})" for route in ROUTES_OF_USAGE
}
_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+:,@%")
"""Characters that mean nothing to a shell."""
_LEAVES: Final[tuple[ReasonKind, ...]] = ("agreement", "declaration", "expression")


class Step(msgspec.Struct, frozen=True):
    """One reason, as far inside as `depth` says; 0 is the outermost."""

    depth: int
    outcome: Decision
    text: str


class Shortfall(msgspec.Struct, frozen=True):
    """A requirement that is not met: why, and by which evidence."""

    outcome: Decision
    message: str
    steps: tuple[Step, ...]
    sources: tuple[str, ...]
    """A line a registry cell: where it comes from, when it was verified, with which confidence."""


def label(result: Result) -> Union[Severity, Literal["waived"]]:
    """What a reader sees first: the severity, or that it is waived."""
    return "waived" if result.outcome == "waived" else result.severity


def usage_words(result: Result) -> str:
    """The usage and the kind of route."""
    return f"usage `{result.subject.usage}`{ROUTE[result.subject.route]}"


def route_words(result: Result) -> str:
    """The same, and which of several accounts, or which unlisted vendor, the route leads to."""
    name = result.subject.name
    return usage_words(result) + (f" with {name}" if name != RouteName(name.offering) else "")


def last_blocking(evaluation: Evaluation) -> dict[int, Subject]:
    """By the identity of the last result that blocks of each usage: its subject."""
    last = {(id(one.subject.manifest), one.subject.usage): one for one in evaluation.results if one.blocks}
    return {id(one): one.subject for one in last.values()}


def command_words(command: str, path: str, usage: str, options: Iterable[str] = ()) -> str:
    """A command on a usage, as a shell takes it; other options of the run that found it go with it.

    A path of `-` alone is standard input, to everybody.
    """
    named = f"./{path}" if path.startswith("-") and path != "-" else path
    words = ("vendorgate", command, named, "--usage", usage, *options)
    return " ".join(map(_quoted, words))


def _quoted(path: str) -> str:
    """One word of a POSIX shell."""
    if path.isascii() and not set(path) - _PLAIN:
        return path
    return "'" + path.replace("'", "'\\''") + "'"


def shortfalls(result: Result) -> tuple[Shortfall, ...]:
    """The requirements that are not met. What one says in full, another only names."""
    failing = _failing(result)
    own = {_dimension(requirement) for requirement in failing}
    return tuple(_shortfall(requirement, result, own - {_dimension(requirement)}) for requirement in failing)


def waived_words(result: Result) -> str | None:
    """Until when a result is waived and by whom, without the reason."""
    if result.waiver is None:
        return None
    written = result.waiver.written
    ticket = f" ({written.ticket})" if isinstance(written.ticket, str) else ""
    return f"until {written.expires} by {written.approved_by}{ticket}"


def _failing(result: Result) -> list[RequirementResult]:
    return [requirement for requirement in result.requirements if requirement.outcome != "pass"]


def _dimension(requirement: RequirementResult) -> str | None:
    """The dimension that a requirement asks for by itself."""
    expression = requirement.requirement.expression
    return str(expression["covered"]) if isinstance(expression, dict) and [*expression] == ["covered"] else None


def _shortfall(requirement: RequirementResult, result: Result, elsewhere: set[str | None]) -> Shortfall:
    dimensions = {inner.dimension for reason in requirement.reasons for inner in _flat(reason, elsewhere)}
    return Shortfall(
        requirement.outcome,
        requirement.message,
        tuple(step for reason in requirement.reasons for step in _steps(reason, elsewhere, 0)),
        tuple(source_line(one) for one in result.evidence if one.dimension in dimensions - elsewhere),
    )


def _flat(reason: Reason, elsewhere: set[str | None]) -> Iterator[Reason]:
    yield reason
    for inner in reason.reasons:
        if inner.dimension not in elsewhere:
            yield from _flat(inner, elsewhere)


def _steps(reason: Reason, elsewhere: set[str | None], depth: int) -> Iterator[Step]:
    """A reason and what led to it; a condition that comes down to one thing is that thing."""
    inner = reason.reasons
    if reason.kind == "condition" and len(inner) == 1 and not inner[0].reasons and inner[0].kind in _LEAVES:
        reason, inner = inner[0], ()
    repeated = bool(inner) and inner[0].dimension in elsewhere
    yield Step(depth, reason.outcome, f"{reason.message}{', as below' if repeated else ''}")
    for nested in inner if not repeated else ():
        if (
            reason.kind != "scope" or nested.remedy is None or nested.remedy.action != "declare"
        ):  # the scope has said it
            yield from _steps(nested, elsewhere, depth + 1)


def source_line(citation: Citation) -> str:
    """Where a cell has its fact from, whose it is where it is not the registry's, and what of it rules read."""
    if citation.cell is None:
        return f"{citation.dimension}: the registry states nothing"
    written = citation.cell.written
    verified = f"verified {written.verified}" if written.verified is not None else "never verified"
    confidence = f"confidence {written.confidence}" if written.confidence is not None else "no confidence stated"
    source = written.source if written.source is not None else "no source"
    owner = f", {OWN}" if citation.cell.owner == "bundle" else ""
    facts = _read(citation) if citation.facts else ""
    return f"{citation.dimension}: {source}, {verified}, {confidence}{owner}{facts}"


def _read(citation: Citation) -> str:
    from ..model.fact_words import read_words  # few rules read facts

    return "".join(f"; {read_words(path, value)}" for path, value in citation.facts)


OWN: Final = "the organization's own"
"""What is said of a cell that stands in the bundle."""


_ACTIONS: Final = {
    "declare": "declare {0} in the manifest",
    "agree": "bring {0} into force, or choose an offering that needs none",
}
_MOST_OPTIONS: Final = 6


def told_ways(result: Result) -> Iterator[tuple[Literal["fix", "advice"], str]]:
    """The same with what it is: a fix only where something on our side lifts the result."""
    from .cause import is_beyond_us  # what passes has none

    label: Literal["fix", "advice"] = "advice" if is_beyond_us(result) else "fix"
    yield from ((label, way) for way in ways_out(result))


def ways_out(result: Result) -> tuple[str, ...]:
    """The way out: first what the policy's author advises, then what each reason asks for."""
    return tuple(_ways_out(result))


def _ways_out(result: Result) -> Iterator[str]:
    if result.policy.remediation is not None:
        yield result.policy.remediation
    reasons = [reason for requirement in _failing(result) for reason in requirement.reasons]
    steps = [inner for reason in reasons for inner in _flat(reason, set())]
    remedies = [step.remedy for step in steps if step.remedy is not None and step.outcome != "pass"]
    for action, words in _ACTIONS.items():
        asked = dict.fromkeys(remedy.what for remedy in remedies if remedy.action == action)
        if asked:
            yield words.format(_names(asked))
    yield from replacements(remedy for remedy in remedies if remedy.action == "replace")
    yield from dict.fromkeys(remedy.what for remedy in remedies if remedy.action == "do")


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def replacements(remedies: Iterable[Remedy]) -> Iterator[str]:
    """What to use instead of each name that is out; of several scopes that it is out of, what all of them reach."""
    options: dict[str, tuple[str, ...]] = {}
    for remedy in remedies:
        earlier = options.get(remedy.what)
        common = remedy.options if earlier is None else tuple(one for one in earlier if one in remedy.options)
        options[remedy.what] = common
    for name, inside in options.items():
        # A dated glob beside the plain name says nothing new to a reader.
        plain = [option for option in inside if "?" not in option] or list(inside)
        yield (
            and_more(f"instead of {_names([name])} use {_names(plain[:_MOST_OPTIONS])}", len(plain) - _MOST_OPTIONS)
            if plain
            else (f"do without {_names([name])}")
        )
