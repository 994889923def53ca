"""A result in plain lines, for messages that systems show in their own ways.

In: a result. Out: lines, escaped, without indentation: what is wrong, then why, then the ways out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..model.policy import Bundle, Policy
from ..model.result import Result
from ..source import Location
from ..terminal.escape import escape, escape_source
from .finding import MARK, shortfalls, told_ways, usage_words, waived_words

if TYPE_CHECKING:
    from .surroundings import Surroundings


def bundle_words(bundle: Bundle) -> str:
    """The name and the release of a bundle, and where it is kept if that is elsewhere; not escaped."""
    return " ".join(text for text in (bundle.name, bundle.release, bundle.address) if text)


def title(policy: Policy) -> str:
    """What a policy demands; its id where the title says nothing."""
    return escape(policy.title) or policy.id


def subject_words(result: Result) -> str:
    """Which usage, on which offering."""
    return escape(f"{usage_words(result)} on {result.subject.name}")


def summary(result: Result) -> str:
    """What is wrong, in one line: of whom, and each requirement that is not met; or that it is waived."""
    if result.waiver is not None:
        return f"{subject_words(result)}: {waiver(result)}"
    return f"{subject_words(result)}: {'; '.join(escape(found.message) for found in shortfalls(result))}"


def waiver(result: Result) -> str:
    """Until when and by whom it is waived, and why."""
    assert result.waiver is not None
    return escape(f"waived {waived_words(result)}: {result.waiver.written.reason}")


def why(result: Result) -> Iterator[str]:
    """Each requirement that is not met, its reasons and its sources."""
    for found in shortfalls(result):
        yield f"{found.outcome}: {escape(found.message)}"
        yield from (f"{MARK[step.outcome]} {escape(step.text)}" for step in found.steps)
        yield from (escape(source) for source in found.sources)


def ways(result: Result) -> Iterator[str]:
    """Each way out, and what the policy rests on."""
    yield from (f"{label}: {escape(way)}" for label, way in told_ways(result))
    if result.policy.references:
        yield f"see: {escape('; '.join(result.policy.references))}"


def place(location: Location, surroundings: Surroundings) -> str:
    """A place in a file, from the root of the repository."""
    return f"{escape_source(surroundings.path(location.path))}:{location.line}:{location.column}"


def limited(lines: Iterable[str], most: int, longest: int) -> Iterator[str]:
    """At most so many lines of at most so many characters; one more says how many are missing."""
    found = list(lines)
    yield from (shortened(line, longest) for line in found[:most])
    if len(found) > most:
        yield f"and {len(found) - most} more"


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters; three dots say that something is missing."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
