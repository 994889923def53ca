"""Whether a report holds, for people: the answer, what differs, and what to do.

In: a `Verification` and a style. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from ...archive.derived import REPORT
from ...archive.document import MANIFEST
from ...archive.reading import FaultKind, MemberFault
from ...comparison.values import changed_value
from ...logic.wording import few
from ...report.lines import shortened
from ...terminal.escape import escape
from ...terminal.style import PLAIN, Look, Style
from ...version import VERSION
from .model import Divergence, PackFindings, Verification, VerifyOutcome

_ANSWERS: Final[Mapping[VerifyOutcome, tuple[Look, str, str]]] = {
    "holds": ("pass", "holds", "byte for byte what vendorgate {here} says of these inputs as of {day}"),
    "other-version": (
        "warning",
        "holds but for the version",
        "vendorgate {here} says the same in all else of these inputs as of {day}",
    ),
    "other-form": (
        "warning",
        "holds but for its form",
        "it says what vendorgate {here} says of these inputs as of {day}, but was written anew by something else",
    ),
    "other-threshold": (
        "warning",
        "holds with --fail-on {level}",
        "with the threshold of the bundle, vendorgate {here} says otherwise what blocks",
    ),
    "other-inputs": (
        "error",
        "not reproduced",
        "these are not the inputs of the report, so that nothing is known of what it says",
    ),
    "tampered": ("error", "tampered with", "it is not what was made"),
    "differs": ("error", "does not hold", "of the same inputs as of {day}, vendorgate {here} says something else"),
}
_OF_A_PACK: Final[Mapping[VerifyOutcome, tuple[Look, str, str]]] = {
    "holds": (
        "pass",
        "holds",
        "verdict {verdict}, and all of it byte for byte what vendorgate {here} makes of its inputs as of {day}",
    ),
    "tampered": (
        "error",
        "tampered with",
        "it is not the pack that was made, so that nothing in it can be relied on",
    ),
    "other-version": (
        "warning",
        "holds but for the version",
        "every digest is right, and vendorgate {here} says the same of its inputs as of {day} in all but its version",
    ),
    "differs": (
        "error",
        "does not hold",
        "every digest is right, and vendorgate {here} says something else of its inputs as of {day}",
    ),
}
_FAULTS: Final[Mapping[FaultKind, str]] = {
    "changed": "is not the one that the pack lists",
    "missing": "is listed, and not there",
    "added": "is there, and not listed",
    "header": "has a header in the archive that vendorgate does not write",
    "order": "stands at another place of the archive than vendorgate writes it",
    "differs": "is not what vendorgate makes of the inputs in the pack",
    "unmade": "is nothing that a pack of these inputs has",
    "lacking": "is missing, and a pack of these inputs has it",
    "foreign": f"is said to have come with vendorgate, and is not what came with vendorgate {VERSION}",
}
_INPUTS: Final = ("version", "manifest", "bundle", "registry", "agreements")
_MOST: Final = 20
"""Differences that are listed; the JSON report has all of them."""
_LONGEST: Final = 160
"""Characters of one value."""


def render(verification: Verification, style: Style = PLAIN) -> str:
    """The answer first."""
    return "\n".join(_lines(verification, style)) + "\n"


def _lines(verification: Verification, style: Style) -> Iterator[str]:
    answers = _ANSWERS if verification.pack is None else {**_ANSWERS, **_OF_A_PACK}
    look, answer, reason = answers[verification.outcome]
    pack = verification.pack
    words = {
        "here": VERSION,
        "day": verification.as_of,
        "level": verification.fail_on,
        "verdict": "" if pack is None else pack.verdict,
    }
    yield f"{style.paint(look, answer.format(**words))}: {escape(verification.path)}: {reason.format(**words)}"
    if pack is not None:
        yield from _members(pack)
    listed = [one for one in verification.divergences if verification.outcome != "other-inputs" or one.what in _INPUTS]
    for heading, several in groupby(listed[:_MOST], _heading):
        yield from _together(escape(heading), list(several))
    if len(verification.divergences) > len(listed[:_MOST]):
        yield f"  and {len(verification.divergences) - len(listed[:_MOST])} more; --format json has all of them"
    yield f"  {style.paint('bold', '= note:')} {escape(_taken(verification))}"
    yield from (f"  {style.paint('bold', '= help:')} {escape(words)}" for words in _help(verification))


def _members(pack: PackFindings) -> Iterator[str]:
    """What is wrong with members, and what could not be compared."""
    faults = sorted(pack.faults, key=_telling)
    yield from (f"  {escape(shortened(one.path, _LONGEST))} {_FAULTS[one.kind]}" for one in faults[:_MOST])
    if len(pack.faults) > _MOST:
        yield f"  and {len(pack.faults) - _MOST} more; --format json has all of them"
    if pack.not_compared:
        names = escape(shortened(few(pack.not_compared, 3), _LONGEST))
        yield f"  not compared, because another version words them: {names}"


def _telling(one: MemberFault) -> tuple[int, bool, str]:
    """What says most comes first: contents before headers, what the pack says of itself before its other members."""
    rank = 2 if one.kind in ("header", "order") else 1 if one.kind in ("differs", "unmade", "lacking") else 0
    return rank, one.path not in (MANIFEST, REPORT), one.path


def _taken(verification: Verification) -> str:
    """What is of the run and of no input, so that nobody can tell whether it is true."""
    who = "somebody" if verification.as_of_given else "nobody"
    place = verification.repository
    repository = "that no repository was known" if place is None else f"that it was {shortened(place, _LONGEST)}"
    kept = verification.source
    source = [] if kept is None else [f"that the policies are kept at {shortened(kept, _LONGEST)}"]
    parts = [f"that {who} chose the day", repository, *source, *(f"`{id}`" for id in verification.said)]
    whose = "report" if verification.pack is None else "pack"
    return f"the {whose}'s own word, which no input confirms: {', '.join(parts)}"


def _heading(one: Divergence) -> str:
    return shortened(" ".join(part for part in (one.what, one.name) if part), _LONGEST)


def _together(heading: str, several: list[Divergence]) -> Iterator[str]:
    """What differs of one thing: in one line, or below each other."""
    if len(several) == 1:
        (one,) = several
        field = "" if one.field == one.what else shortened(one.field, _LONGEST)
        yield f"  {' '.join(part for part in (heading, escape(field)) if part)}: {escape(_values(one))}"
        return
    yield f"  {heading}:"
    yield from (f"    {escape(shortened(one.field, _LONGEST))}: {escape(_values(one))}" for one in several)


def _values(one: Divergence) -> str:
    if one.what == "form":
        return f"{one.recorded}, not {one.found}"
    recorded, found = (shortened(changed_value(value), _LONGEST) for value in (one.recorded, one.found))
    if one.what == "notice" or (one.what == "result" and not one.field):
        return f"only in the report ({recorded})" if one.found is None else f"not in the report ({found})"
    return f"the report has {recorded}, and here it is {found}"


def _help(verification: Verification) -> Iterator[str]:
    kinds = {one.what for one in verification.divergences}
    if verification.outcome == "tampered":
        yield "ask for the pack again from whoever made it, and compare its SHA-256 with the one that they kept"
    if verification.pack is not None and "version" not in kinds:
        return
    if verification.outcome == "other-threshold":
        yield f"if the report was made with --fail-on {verification.fail_on}, give that here, too"
    if verification.packs:
        yield f"the report has policies of packs: give {', '.join(f'--pack {pack}' for pack in verification.packs)}"
    options = {"manifest": "--manifest", "bundle": "--policies", "registry": "--registry"}
    named = [
        option for kind, option in options.items() if kind in kinds and not (kind == "bundle" and verification.packs)
    ]
    if verification.outcome == "other-inputs" and named:
        yield f"find the files as they were then, and name them: {', '.join(named)}"
    if kinds == {"order"}:
        yield "packs are in force in the order in which --pack names them: give them in that of then"
    if "version" in kinds and verification.outcome in ("differs", "other-inputs"):
        version = shortened(verification.version, _LONGEST)
        yield f"the report was made by vendorgate {version}, whose rules may differ: verify it with that version"
