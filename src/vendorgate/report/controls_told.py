"""A control in words that every format shares.

In: groups of `report/controls.py`. Out: plain text, not yet escaped: each format does that in its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal

from ..logic.wording import few
from ..model.evaluation import Evaluation
from ..model.result import Result
from ..model.switched_off import SwitchedOff
from ..model.vocabulary import Outcome
from .control_supports import SharedSupport
from .controls import ABOUT, STANDINGS, ControlGroup, FrameworkGroup, ServedBy
from .finding import ROUTE, waived_words
from .resting import ALONE, said

COUNTED: Final[Mapping[Outcome, tuple[str, str]]] = {
    "fail": ("fails", "fail"),
    "unknown": ("is not known", "are not known"),
    "waived": ("is waived", "are waived"),
    "pass": ("passes", "pass"),
    "not_applicable": ("does not apply", "do not apply"),
}
"""What one result does, and what several do."""
_SEVERAL: Final[Mapping[str, str]] = {
    "falls_short": "fall short",
    "on_claims_alone": f"pass {ALONE}",
    "passes": "pass",
}
"""Words of standings that are other ones of several controls."""
_OFFERINGS: Final = 4
_SAID: Final[Mapping[Literal["evidence", "claim"], str]] = {
    "evidence": "statements without a source",
    "claim": "claims of the manifests",
}
"""What nobody can show, and in which words that is told."""


def counts_words(found: ServedBy | ControlGroup) -> str:
    """How many results come to what, the worst first, and how many passes rest on claims alone."""
    counts = found.counts
    told = (_count(outcome, counts[outcome], found) for outcome in COUNTED if counts[outcome])
    return ", ".join(told) or "no usage was judged"


def _count(outcome: Outcome, number: int, found: ServedBy | ControlGroup) -> str:
    alone = f" ({found.on_claims_alone} {ALONE})" if outcome == "pass" and found.on_claims_alone else ""
    return f"{number} {COUNTED[outcome][number != 1]}{alone}"


def standings_words(group: FrameworkGroup) -> str:
    """How many controls come to what, the worst first."""
    found = group.standings
    told = ((found[standing], standing, words) for standing, words in STANDINGS.items() if found[standing])
    return ", ".join(f"{number} {_SEVERAL.get(it, words) if number > 1 else words}" for number, it, words in told)


def off_words(off: SwitchedOff) -> str:
    """A policy that would serve it, and why it judges nobody."""
    return f"the policy `{off.policy}` is off: {off.reason}"


def whose_words(result: Result) -> str:
    """The usage, its project, and the offering; of a waived result until when, and by whom."""
    subject, waived = result.subject, waived_words(result)
    until = "" if waived is None else f", {waived}"
    return f"{subject.usage}{ROUTE[subject.route]} of {subject.manifest.project} on {subject.name}{until}"


def support_words(one: SharedSupport, path: Callable[[str], str] = str, *, source: bool = True) -> str:
    """One thing that passes rest on, with its day; `source` says where a cell was read, unless something else does."""
    support = one.support
    return f"{support.kind} {support.what} of {few(one.offerings, _OFFERINGS)}: {said(support, path, source=source)}"


def said_words(group: ControlGroup) -> Iterator[str]:
    """What passes rest on besides and nobody can show: by the fields, of evidence without a source, and of claims."""
    alone = " alone" if all(one.support.kind == "claim" for one in group.supports) else ""
    for kind, words in _SAID.items():
        fields = [one.support.what for one in group.supports if one.support.kind == kind and not one.can_be_shown]
        if fields:
            yield f"{words}{alone}: {', '.join(fields)}"


def about(evaluation: Evaluation) -> str:
    """What a reader must know: what `passes` means, and that nothing is where something was not judged."""
    left = "; not all manifests were judged, so that no control passes" if evaluation.not_judged else ""
    return f"{ABOUT}{left}."
