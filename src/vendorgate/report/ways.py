"""What can lift a group of results, or that nothing on our side does, and why.

In: a group, and what commands need to know. Out: lines, each with a word for what it is; plain text, not yet escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from ..logic.wording import few
from ..model.subject import Subject
from ..model.vocabulary import UNLISTED
from .cause import Cause, Lift
from .closing import PIPED
from .finding import command_words, replacements
from .grouping import Group
from .look import TextLook
from .otherwise import asked_by

Line = tuple[str, str]
"""What it is, and the words; nothing before the words where they say it."""

_AGREEMENTS: Final = {
    "hipaa_baa": "BAA",
    "gdpr_dpa": "DPA",
    "retention_zdr": "ZDR",
    "data_residency": "residency terms",
}
"""What an organization signs that a registry cannot know of, by the dimension that it is about."""
_OF_ROUTE: Final = ("endpoints", "models", "features", "cloud_region", "tier", "settings", "agreements", "region")
"""What a fallback, gateway or recipient declares for itself."""
_MOST: Final = 6
"""Names of a line."""


def ways(group: Group, look: TextLook, told: set[str] | None = None) -> Iterator[Line]:
    """What lifts it, first what this cause asks for, then what else is needed, then what could be done instead.

    Advice that was `told` before is not told again, and what is told is added to it.
    """
    told = set() if told is None else told
    cause, first = group.cause, group.results[0]
    yield from _OF_LIFT[cause.lift](group, look)
    if cause.kind != "applies" and cause.lift != "nothing":
        yield from _also(group)
    routes = {(one.subject.route, one.subject.name) for one in group.results}
    if len(routes) == 1 and first.subject.route != "primary":
        yield "or", f"do without the {first.subject.route} {first.subject.name}"
    if cause.lift == "nothing" and _is_of_offering(cause):
        yield "or", _alternatives(first.subject, look)
    for words in _advice(group):
        if words not in told:
            told.add(words)
            yield "advice", words


def _is_of_offering(cause: Cause) -> bool:
    """Whether it can be otherwise with another offering."""
    return (
        cause.dimension is not None or _is_unlisted(cause) or bool(_roots(cause) & {"offering", "primary", "registry"})
    )


def _is_unlisted(cause: Cause) -> bool:
    return UNLISTED in (cause.kind, *cause.about[:1])


def _roots(cause: Cause) -> set[str]:
    """The kinds of things that decide: `usage`, `offering`, …"""
    return {path.partition(".")[0] for path in (*cause.reads, *cause.about[:1])}


def _alternatives(subject: Subject, look: TextLook) -> str:
    path = subject.manifest.source.path
    if path == PIPED:
        return "use another offering"
    route = () if subject.route == "primary" else ("--route", subject.offering.id)
    return command_words("alternatives", path, subject.usage, (*route, *look.options))


def _advice(group: Group) -> tuple[str, ...]:
    """What the authors of the policies say."""
    said = dict.fromkeys(one.policy.remediation for one in group.results if one.policy.remediation is not None)
    return (*said,)[:2]


def _also(group: Group) -> Iterator[Line]:
    """What else keeps these results from passing: all of it, or one of several."""
    if group.cause.either:
        others = _asked([one for one in group.others if one.either and one.lift != "nothing"], group)
        if others:
            yield "or", others
    needed = _asked([one for one in group.others if not one.either], group)
    if needed:
        yield "also needed", needed


def _asked(causes: Iterable[Cause], group: Group) -> str:
    """What several causes ask for beside what their group does, in few words."""
    found = list(causes)
    parts = []
    for words, names in _ASKED:
        own = {name for one in group.causes for name in names(one)}
        asked = dict.fromkeys(name for one in found for name in names(one) if name not in own)
        parts += [words.format(_names(asked))] if asked else []
    rest = [one.message for one in found if not any([*names(one)] for _, names in _ASKED)]
    return "; ".join([*parts, *([few(rest, 1)] if rest else [])])


def _undeclared(cause: Cause) -> Iterator[str]:
    if cause.kind == "undeclared" and cause.remedy is not None:
        yield cause.remedy.what


def _changed(cause: Cause) -> Iterator[str]:
    """The fields, or the names, that would have to be others."""
    if cause.kind in ("scope", "name") and len(cause.about) > 2:
        yield cause.about[2]
    if cause.kind == "value" and cause.lift == "change" and cause.remedy is None:
        yield from (path.removeprefix("usage.") for path in cause.reads)


def _signed(cause: Cause) -> Iterator[str]:
    if cause.remedy is not None and cause.remedy.action == "agree":
        yield cause.remedy.what


_ASKED: Final = (("declare {}", _undeclared), ("change {}", _changed), ("bring {} into force", _signed))


def _names(names: Iterable[str]) -> str:
    return few([f"`{name}`" for name in names], _MOST)


def _declare(group: Group, look: TextLook) -> Iterator[Line]:
    fields = [*dict.fromkeys(one.remedy.what for one in group.causes if one.remedy is not None)]
    subject = group.results[0].subject
    mapping = _as_mapping(subject, fields)
    tells = ", which says whether it applies" if group.cause.kind == "applies" else ""
    if fields:
        yield "fix", f"declare {_names(fields)}{tells}{mapping}"


def _as_mapping(subject: Subject, fields: list[str]) -> str:
    """How a route that is only named is written with declarations of its own; nothing where that is not the way."""
    if subject.route == "primary" or subject.place[-1] == "offering":
        return ""
    own = [field for field in fields if field.partition(".")[0].partition(":")[0] in _OF_ROUTE]
    if not own:
        return ""
    inner = ", ".join([f"offering: {subject.offering.id}", *map(_declared, own[:_MOST])])
    return f", in the place of its name: `{{{inner}}}`"


def _declared(field: str) -> str:
    if ": " in field:
        return field
    name, _, setting = field.partition(".")
    return f"{name}: {{{setting}: …}}" if setting else f"{name}: …"


def _change(group: Group, look: TextLook) -> Iterator[Line]:
    remedies = [one.remedy for one in group.causes if one.remedy is not None]
    said = [
        *replacements(remedy for remedy in remedies if remedy.action == "replace"),
        *dict.fromkeys(remedy.what for remedy in remedies if remedy.action == "do"),
    ]
    fields = [path.removeprefix("usage.") for path in group.cause.reads if path.startswith("usage.")]
    if not said and fields:
        said = [f"change {_names(fields)} as it asks, and declare what is then true"]
    yield from (("fix", words) for words in said)


def _agree(group: Group, look: TextLook) -> Iterator[Line]:
    remedies = [one.remedy for one in group.causes if one.remedy is not None]
    kinds = dict.fromkeys(remedy.what for remedy in remedies if remedy.action == "agree")
    subject = group.results[0].subject
    if kinds:
        ids = few([*dict.fromkeys(one.subject.offering.id for one in group.results)], _MOST)
        yield "fix", f"bring {_names(kinds)} with {ids} into force, and {_told_where(subject, kinds, look)}"
    read = dict.fromkeys(path.split(".")[1] for path in group.cause.reads if path.startswith("agreements."))
    if read:
        told = look.in_bundle("agreements.yaml")
        yield "fix", f"renew {_names(read)} with {subject.offering.id} as it asks, and have {told} say so"
    yield from (("fix", what) for what in dict.fromkeys(one.what for one in remedies if one.action == "do"))


def _told_where(subject: Subject, kinds: Iterable[str], look: TextLook) -> str:
    """Where an agreement is told of, so that it counts."""
    if subject.agreements is not None:
        return f"enter it in {look.in_bundle('agreements.yaml')}"
    claims = f"agreements: [{', '.join(kinds)}]"
    return f"claim it in `agreements`{_as_mapping(subject, [claims])}"


def _update(group: Group, look: TextLook) -> Iterator[Line]:
    if group.cause.kind == "unobserved":
        yield from (("fix", what) for what in dict.fromkeys(one.remedy.what for one in group.causes if one.remedy))
    elif group.cause.about[-1:] == ("registry",):
        yield "fix", "vendorgate registry update; where it has no newer evidence, read the source again and confirm it"
    else:
        ids = dict.fromkeys(one.subject.offering.id for one in group.results)
        where = look.in_bundle("offerings/")
        yield "fix", f"read the source again, and write the day down in {where} ({few([*ids], _MOST)})"


def _nothing(group: Group, look: TextLook) -> Iterator[Line]:
    cause, subject = group.cause, group.results[0].subject
    decides = _decides(cause, subject)
    fields = dict.fromkeys(field for one in group.results for field in asked_by(one))
    if fields:
        say = "says" if len(fields) == 1 else "say"
        yield "", f"{decides}; whether it is asked for at all, {_names(fields)} {say}"
    else:
        whole = subject.route == "primary" or _is_unlisted(cause)
        yield "", f"{'nothing in the manifest' if whole else 'no declaration'} lifts this: {decides}"
    if cause.remedy is not None and cause.remedy.action == "do":
        yield "way", cause.remedy.what
    signed = dict.fromkeys(_AGREEMENTS[one.dimension] for one in group.causes if one.dimension in _AGREEMENTS)
    file = look.in_bundle(f"offerings/{subject.offering.id}.yaml")
    if _is_fact(cause):
        yield "", f"what the vendor told you counts when the bundle states it, with its day and source: {file}"
    elif cause.kind in ("grade", "scope") and signed:
        yield "", f"your signed {' and '.join(signed)} counts when the bundle says so, by `yes_contract`: {file}"


def _is_fact(cause: Cause) -> bool:
    """Whether what is missing is stated beside a grade, and not the grade."""
    return cause.kind == "grade" and ".facts." in cause.about[0] and cause.about[0].startswith("registry.")


def _decides(cause: Cause, subject: Subject) -> str:
    """What decides where no declaration does."""
    if _is_unlisted(cause):
        return "who a vendor is, and what it documents, a manifest cannot say"
    if cause.kind == "unbound":
        return "whose name it is, the bundle decides"
    cells = [path.split(".")[1] for path in cause.reads if path.startswith("registry.")]
    dimension = cause.dimension or (cells[0] if cells else None)
    if dimension is not None:
        cell = subject.offering.cells.get(dimension)
        who = "the registry" if cell is None or cell.owner == "registry" else "your bundle"
        if _is_fact(cause):
            return f"what {who} states decides"
        return f"{who}'s {'grade' if cause.kind == 'grade' else 'evidence'} decides"
    if cause.reads == ("usage.data",):
        return "which data is sent decides"
    return "which offering it is decides" if _roots(cause) & {"offering", "primary"} else "the policy's rule decides"


_OF_LIFT: Final[dict[Lift, Callable[[Group, TextLook], Iterator[Line]]]] = {
    "declare": _declare,
    "change": _change,
    "agree": _agree,
    "update": _update,
    "nothing": _nothing,
}
