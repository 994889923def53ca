"""What each object is about, in a word that stays the same from push to push, and names that are short enough.

In: what is wanted. Out: references without white space; names that differ where what they name does.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from ...model.result import Result
from ...report.document import stated
from ...terminal.escape import escape
from .substance import short_digest
from .wanted import WantedEvidence, WantedException, WantedVendor

_SHOWN: Final = 8
"""Hexadecimal digits in a name."""


def of_evidence(wanted: WantedEvidence) -> str:
    return f"policy/{_word(wanted.project)}/{_word(wanted.policy.id)}"


def of_exception(wanted: WantedException) -> str:
    """By what the waiver names, so that one that is prolonged stays the same."""
    written = wanted.waiver.written
    beside = [stated(one) for one in (written.account, written.vendor, written.fingerprint)]
    named = [written.policy, written.project, written.usage, written.offering, *beside]
    return f"waiver/{_word(wanted.project)}/{short_digest(named)}"


def of_vendor(wanted: WantedVendor) -> str:
    return f"vendor/{short_digest([wanted.name, wanted.listed])}"


def project_of(reference: str) -> str | None:
    """The project that a reference is of; None of one that belongs to no project."""
    kind, *rest = reference.split("/")
    return rest[0] if kind in ("policy", "waiver") and len(rest) == 2 else None


def project_word(project: str) -> str:
    """A project as it stands in references."""
    return _word(project)


def name_with_reference(text: str, reference: str, most: int) -> str:
    """A name that no other reference has, of at most so many characters."""
    return _cut(escape(text), f" [{short_digest(reference)[:_SHOWN]}]", most)


def name_of_vendor(name: str, most: int) -> str:
    """A vendor's own name; one that is too long is cut, and still differs from others that begin alike."""
    shown = escape(name)
    return shown if len(shown) <= most else _cut(shown, f" [{short_digest(name)[:_SHOWN]}]", most)


def counted_uses(results: tuple[Result, ...]) -> int:
    """Of how many routes of usages results are."""
    return len({id(one.subject) for one in results})


def _cut(text: str, ending: str, most: int) -> str:
    room = most - len(ending)
    return f"{text if len(text) <= room else text[: room - 1].rstrip() + '…'}{ending}".strip()


def _word(text: str) -> str:
    return quote(text, safe="")
