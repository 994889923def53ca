"""What a result rests on, in words that every format shares.

In: what an outcome rests on. Out: plain text, not yet escaped: each format does that in its own way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from msgspec import UnsetType

from ..logic.wording import count, value_words
from ..model.evaluation import Evaluation
from ..model.result import Result, Support, SupportKind
from ..model.subject import Subject
from ..model.vocabulary import CONTRACT, Outcome
from .finding import OWN

TOLD: Final[tuple[Outcome, ...]] = ("pass", "waived")
"""The outcomes that say what they rest on where results are told for people; whatever falls short says why."""
ALONE: Final = "on claims alone"
NOTHING: Final = "nothing that could be taken away"
_NOUNS: Final[Mapping[SupportKind, tuple[str, str]]] = {
    "evidence": ("piece of evidence", "pieces of evidence"),
    "agreement": ("agreement", "agreements"),
    "observation": ("observation", "observations"),
    "claim": ("claim", "claims"),
    "waiver": ("waiver", "waivers"),
}
Path = Callable[[str], str]
"""A path as it is shown."""


def told_by_subject(evaluation: Evaluation) -> Iterator[tuple[Subject, list[Result]]]:
    """The results that say what they rest on, by subject, where there are any."""
    found: dict[int, list[Result]] = {}
    for result in evaluation.results:
        if result.outcome in TOLD:
            found.setdefault(id(result.subject), []).append(result)
    return ((subject, found[id(subject)]) for subject in evaluation.subjects if id(subject) in found)


def counted(result: Result) -> str:
    """How much of each kind: `2 pieces of evidence, 1 claim`."""
    kinds = Counter(one.kind for one in result.rests_on)
    return ", ".join(count(kinds[kind], *nouns) for kind, nouns in _NOUNS.items() if kinds[kind]) or NOTHING


def named(result: Result) -> str:
    """The same by name: ``evidence `hipaa_baa`; claims `data`, `region` ``."""
    names: dict[SupportKind, list[str]] = {}
    for one in result.rests_on:
        names.setdefault(one.kind, []).append(f"`{one.what}`")
    each = (
        f"{kind if len(found) == 1 or kind == 'evidence' else _NOUNS[kind][1]} {', '.join(found)}"
        for kind, found in names.items()
    )
    return "; ".join(each) or NOTHING


def support_line(one: Support) -> str:
    """One thing that an outcome rests on, where its place and the source of evidence are told beside it."""
    if one.kind == "observation":
        return f"{one.kind} {one.what}: {', '.join((_value(one), *_observed(one)))}"
    reference = f" ({one.reference})" if one.reference is not None and one.kind != "evidence" else ""
    owner = f", {OWN}" if _is_own(one) else ""
    until = f", until {one.until}" if one.until is not None else ""
    return f"{one.kind} {one.what}: {_value(one)}{reference}{owner}{until}"


def in_full(one: Support, path: Path = str) -> str:
    """One thing without its kind, and everything that helps to find and to show it."""
    return f"{one.what}: {said(one, path)}"


def said(one: Support, path: Path = str, *, source: bool = True) -> str:
    """The same without what it is about; `source` gives where a cell was read, if that is told nowhere else."""
    read = _source(one) if source and one.is_cell else ()
    return ", ".join((_value(one), *_WORDS[one.kind](one), *read, *_place(one, path)))


def _value(one: Support) -> str:
    return f"by {one.value}" if one.kind == "waiver" else value_words(one.value)


def _is_own(one: Support) -> bool:
    return one.kind == "evidence" and one.said_in == "bundle"


def _evidence(one: Support) -> Iterator[str]:
    """Of a cell when it was read and how sure it is; whose it is where it is not the registry's."""
    if one.is_cell:
        yield f"verified {one.verified}" if one.verified is not None else "never verified"
        yield f"confidence {one.confidence}" if one.confidence is not None else "no confidence stated"
    if _is_own(one):
        yield OWN
    if one.until is not None:
        yield f"until {one.until}"


def _source(one: Support) -> Iterator[str]:
    yield f"{'contract ' if one.value == CONTRACT else ''}{one.reference or 'no source'}"


def _agreed(one: Support) -> Iterator[str]:
    yield one.reference or "no reference"
    yield f"until {one.until}" if one.until is not None else "no last day"


def _permitted(one: Support) -> Iterator[str]:
    yield one.reference or "no ticket"
    yield f"until {one.until}"


def _observed(one: Support) -> Iterator[str]:
    """When it was read or who attests it, what is claimed besides, what was asked, and until when it counts."""
    read = "observed" if one.attested_by is None else f"attested by {one.attested_by}"
    yield f"{read} on {one.verified}"
    yield from () if isinstance(one.claimed, UnsetType) else (f"claimed to be {value_words(one.claimed)}",)
    yield from (one.reference,) if one.reference is not None else ()
    yield from (f"until {one.until}",) if one.until is not None else ()


def _claimed(one: Support) -> Iterator[str]:
    if one.locate is None or one.locate() is None:
        yield "by default"


_WORDS: Final[Mapping[SupportKind, Callable[[Support], Iterator[str]]]] = {
    "evidence": _evidence,
    "agreement": _agreed,
    "observation": _observed,
    "claim": _claimed,
    "waiver": _permitted,
}


def _place(one: Support, path: Path) -> Iterator[str]:
    found = None if one.locate is None else one.locate()
    if found is not None:
        yield f"at {path(found.path)}:{found.line}:{found.column}"
