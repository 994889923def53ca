"""What a report says of ways out, in words that every format shares.

In: changes, alternatives, repairs. Out: plain text, not yet escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import UnsetType

from ...evaluate.observations import account_words
from ...lifting.changes import SETTINGS
from ...lifting.model import OF_ACCOUNTS, Change, Limit, Repair, RepairStep, SearchResult
from ...logic.wording import and_more, count, few, value_words
from ...model.evaluation import Evaluation
from ...model.policy import Bundle
from ...model.result import Citation, Reason, Result
from ...model.subject import Subject
from ...model.vocabulary import Dimension
from ...report.cause import causes_of
from ...report.finding import ROUTE
from ...source import Location
from .model import Alternative, Kinship

_MOST_OPTIONS: Final = 6
_MOST_POLICIES: Final = 3
_LISTED: Final = {"endpoints": "endpoint", "models": "model", "features": "feature"}
_KINSHIP: Final[dict[Kinship, str]] = {
    "same offering": "the same offering",
    "same model family": "the same model family",
    "other": "another model family",
}
_LIMITS: Final[dict[Limit, str]] = {
    "judgements": "the search stopped early, after {0:,} judgements of a route by a policy",
    "changes": "sets of more than {0} changes on one route were not looked at",
}


def step_words(step: RepairStep, project: str) -> str:
    """What to do."""
    change = step.change
    if change.kind == "agreement":
        return _agreement_words(step, project)
    if change.kind == "bind":
        return f"have the bundle bind project `{project}`, with an entry of `projects` in bundle.yaml: {change.new}"
    if change.kind in OF_ACCOUNTS:
        return _account_words(change)
    if change.kind == "drop-route":
        return f"go without {change.name}: take it out of `{change.field}`"
    noun = _LISTED.get(change.field)
    if noun is not None and change.old is not None:
        old = f"{noun} {value_words(change.old)}"
        return f"do without {old}" if change.new is None else f"instead of {old} use {value_words(change.new)}"
    new = value_words(change.new)
    now = "" if change.old is None else f" (now {value_words(change.old)})"
    if change.kind == "declare":
        return f"declare `{change.field}`: {new}"
    return f"move to tier {new}{now}" if change.kind == "tier" else f"set `{change.field}` to {new}{now}"


def _account_words(change: Change) -> str:
    """What to do at the vendor, and what reads it then."""
    name, whose = change.field.removeprefix(SETTINGS), account_words(change.name)
    if change.kind == "observe":
        to_be = "" if change.new is None else f", to be {value_words(change.new)}"
        return f"have `{name}` of {whose} observed{to_be}: {change.command}"
    if change.field == "features":
        done = (
            f"feature {value_words(change.new)} on" if change.old is None else f"feature {value_words(change.old)} off"
        )
        return f"switch {done} at the vendor for {whose}, then {change.command}"
    now = "" if change.old is None else f" (now {value_words(change.old)})"
    return f"set `{name}` to {value_words(change.new)}{now} at the vendor for {whose}, then {change.command}"


def _agreement_words(step: RepairStep, project: str) -> str:
    change = step.change
    entry = change.agreement
    if entry is None:
        return f"bring an agreement {value_words(change.new)} into force, and claim it in `agreements`"
    until = (
        ""
        if isinstance(entry.expires, UnsetType)
        else f", running until {entry.expires}{' or later' if step.or_later else ''}"
    )
    filed = "" if isinstance(entry.reference, UnsetType) else f", with a `reference` such as `{entry.reference}`"
    whom = f"that names {change.name.offering} and project `{project}`"
    return f"bring an agreement `{entry.kind}` into force, as an executed entry of the register {whom}{until}{filed}"


def option_words(step: RepairStep) -> str | None:
    """What would do as well; None where nothing else would."""
    if not step.options:
        return None
    shown = ", ".join(value_words(one) for one in step.options[:_MOST_OPTIONS])
    instead = "or use {0} instead" if step.change.new is None else "or {0}"
    return instead.format(and_more(shown, len(step.options) - _MOST_OPTIONS))


def place_of(change: Change, subject: Subject, bundle: Bundle) -> Location:
    """Where the change goes: in the manifest, or in the register; what an account is, its observation says."""
    if change.agreement is not None and bundle.register is not None:
        return bundle.register.source.locate(("agreements",), key=True)
    observed = bundle.observations.get((change.name.offering, change.name.account), ())
    if change.kind in OF_ACCOUNTS and observed:
        return observed[0].source.locate(tuple(change.field.split(".", 1)))
    return subject.manifest.source.locate_entry(change.place)


def route_words(change: Change) -> str:
    return f"{change.name}{ROUTE[change.route]}"


def alternative_words(one: Alternative) -> str:
    """Which offering, and how near it is."""
    written = one.offering.written
    return f"{one.offering.id} ({written.name}, served by {written.platform}): {_KINSHIP[one.kinship]}"


def renamed_words(one: Alternative, route: Subject) -> str | None:
    """The models that have another name there; None where none has."""
    declared = route.stated.get("usage.models")
    renamed = [name for name in one.models or () if not isinstance(declared, list) or name not in declared]
    return f"named there: {', '.join(f'model `{name}`' for name in renamed)}" if renamed else None


def usage_words(evaluation: Evaluation) -> str:
    subject = evaluation.subjects[0]
    return f"usage `{subject.usage}` of project `{subject.manifest.project}`"


def stopped_words(search: SearchResult) -> str | None:
    """What ended the search early; None where nothing did."""
    return None if search.stopped is None else _LIMITS[search.stopped].format(search.bound)


def waived_words(evaluation: Evaluation) -> str | None:
    """That waivers have a part in it; None where they have none."""
    waived = evaluation.summary.waived
    if not waived:
        return None
    results = "1 result is waived and blocks" if waived == 1 else f"{waived} results are waived and block"
    return f"{results} nothing meanwhile; --ignore-waivers looks for a way to do without"


def rest_words(rest: Repair) -> str:
    """What all else would need that blocks beside the obstacles."""
    return f"all else that blocks needs {count(len(rest.steps), 'change')}, cost {rest.cost}"


def why_none(search: SearchResult) -> str:
    """Why no repair was found."""
    if search.obstacles:
        return f"no change that a rule, a scope or the offering names lifts {_policies(search.obstacles)}"
    stopped = stopped_words(search)
    return stopped or "each result can be lifted, and no changes lift all of them together"


def pattern_words(search: SearchResult) -> Iterator[str]:
    """Which models would do where obstacles hang on one that the registry knows by a pattern alone."""
    patterns = dict.fromkeys(
        glob
        for result in search.obstacles
        for requirement in result.requirements
        for reason in _every(requirement.reasons)
        if reason.about[:1] == ("models",) and reason.dimension is not None
        for glob in _models_of(result.subject, reason.dimension)
        if "*" in glob or "?" in glob
    )
    if patterns:
        shown = ", ".join(f"`{one}`" for one in list(patterns)[:_MOST_OPTIONS])
        names = and_more(shown, len(patterns) - _MOST_OPTIONS)
        yield f"a model that the registry lists may do: {names}; declare it by the exact name that the vendor gives it"


def unsaid_words(search: SearchResult, evaluation: Evaluation) -> tuple[str, ...]:
    """What is not declared and decides whether a policy that blocks applies, where no repair says a value for it."""
    said = {step.change.field for repair in search.repairs for step in repair.steps}
    if search.rest is not None:
        said |= {step.change.field for step in search.rest.steps}
    causes = [cause for result in evaluation.results if result.blocks for cause in causes_of(result)]
    open_ones = [one for one in causes if one.kind == "applies" and one.lift == "declare" and one.remedy is not None]
    return tuple(dict.fromkeys(one.message for one in open_ones if one.remedy and one.remedy.what not in said))


def _every(reasons: Iterable[Reason]) -> Iterator[Reason]:
    for reason in reasons:
        yield reason
        yield from _every(reason.reasons)


def _models_of(subject: Subject, dimension: Dimension) -> tuple[str, ...]:
    """The models that a cell reaches, or else that the offering lists."""
    cell = subject.offering.cells.get(dimension)
    scope = None if cell is None else cell.written.scope
    only = None if scope is None or scope.models is None else scope.models.only
    return only or subject.offering.written.models or ()


def _policies(results: Iterable[Result]) -> str:
    names = [f"`{id}`" for id in dict.fromkeys(one.policy.id for one in results)]
    return few(names, _MOST_POLICIES)


def cited(one: Alternative, evaluation: Evaluation, route: Subject) -> Iterator[Citation]:
    """Of the evidence, what the policies rest on that block the route now."""
    blocking = [result for result in evaluation.results if result.blocks and result.subject is route]
    dimensions = {citation.dimension for result in blocking for citation in result.evidence}
    return (citation for citation in one.evidence if citation.dimension in dimensions)
