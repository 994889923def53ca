"""What a change to a usage makes wider while its result is no better: data, people, places, models, who else gets it.

In: a subject, or its reasons, before and after. Out: words for each way in which more is wrong than there was.
How things are written does not count: order, spaces, comments, places in the file. What is narrowed does not either. A
declaration that goes is wider than what it said; one that comes is not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from ..evaluate.regions import within
from ..logic import Json
from ..logic.wording import few
from ..model.result import Reason, Result
from ..model.subject import Subject
from ..model.vocabulary import ENVIRONMENTS, LIFECYCLES, TIERS, plain_cloud_region

Wider = Callable[[Json, Json], "str | None"]
"""Words for what is wider; both are declared, and differ."""
_MOST: Final = 5
"""Names that are listed of one field."""


def _gained(old: Json, new: Json) -> str | None:
    return _more("gains", [one for one in _list(new) if one not in _list(old)])


def _grown(old: Json, new: Json) -> str | None:
    """One name in the place of another is no growth; whether it is worse, the reasons say."""
    before, after = _list(old), _list(new)
    lost = [one for one in before if one not in after]
    return _gained(old, new) if not lost or len(after) > len(before) else None


def _places(old: Json, new: Json) -> str | None:
    covered = _list(old)
    return _more("gains", [one for one in _list(new) if not any(within(one, area) is True for area in covered)])


def _place(old: Json, new: Json) -> str | None:
    return None if within(new, old) is True else _from_to(old, new)


def _from_to(old: Json, new: Json) -> str:
    return f"changes from {_word(old)} to {_word(new)}"


def _text(old: Json, new: Json) -> str | None:
    return None if str(old).split() == str(new).split() else "changes"


def _cloud_region(old: Json, new: Json) -> str | None:
    return None if plain_cloud_region(str(old)) == plain_cloud_region(str(new)) else _from_to(old, new)


def _party(old: Json, new: Json) -> str | None:
    """Another party on the way; one that goes leaves fewer."""
    return None if new is None else _from_to(old, new)


def _further(*order: str) -> Wider:
    """Wider the later it stands."""
    return lambda old, new: _from_to(old, new) if order.index(str(new)) > order.index(str(old)) else None


def _unseen(old: Json, new: Json) -> None:
    """What only counts through the reasons of results, or makes a usage another one."""


FIELDS: Final[Mapping[str, Wider]] = {
    "purpose": _text,
    "data": _gained,
    "subjects": _places,
    "environment": _further(*reversed(ENVIRONMENTS)),
    "lifecycle": _further(*LIFECYCLES),
    "endpoints": _grown,
    "models": _grown,
    "features": _grown,
    "region": _place,
    "cloud_region": _cloud_region,
    "tier": _further(*reversed(TIERS)),
    "fallbacks": _gained,
    "recipients": _gained,
    "via": _party,
    "settings": _unseen,
    "attributes": _unseen,
    "agreements": _unseen,
    "offering": _unseen,
    "account": _unseen,
    "vendor": _unseen,
    "id": _unseen,
}
"""Every field of a usage and of its routes. Of settings and attributes the rules that read them tell, of agreements
whether they count."""
_DIRECTED: Final = frozenset(
    f"usage.{name}" for name, wider in FIELDS.items() if wider not in (_unseen, _gained, _grown)
)
"""What rules read whose values are compared in a direction that their difference does not tell."""
_AXES: Final = ("regions", "cloud_regions", "lifecycle")
"""Of scopes, the axes along which that is so."""


_SIDEWAYS: Final = ("purpose", "region", "cloud_region")
"""Fields of which another value is as likely better as worse: where a result gets better by it, it is no worse."""


def widened(before: Subject, after: Subject, *, sideways: bool) -> tuple[str, ...]:
    """Words for each field that is wider; `sideways`: or is another, where nobody can say which is wider."""
    left_out = () if sideways else _SIDEWAYS
    return (*_fields(before.stated, after.stated, left_out), *_agreements(before, after))


def _fields(old: Mapping[str, Json], new: Mapping[str, Json], left_out: tuple[str, ...]) -> Iterator[str]:
    for field, wider in FIELDS.items():
        path = f"usage.{field}"
        if path not in old or old[path] == new.get(path, _NOTHING) or wider is _unseen:
            continue
        if field in left_out and path in new and within(old[path], new[path]) is not True:
            continue
        words = wider(old[path], new[path]) if path in new else "is not declared any more"
        if words is not None:
            yield f"`{field}` {words}"


_NOTHING: Final = object()


def _agreements(before: Subject, after: Subject) -> Iterator[str]:
    """Kinds that counted for the subject: of a register those that are executed, else those that are claimed."""
    lost = sorted(_kinds(before) - _kinds(after))
    if lost:
        yield f"`agreements` {_more('loses', lost)}"


def _kinds(subject: Subject) -> frozenset[str]:
    if subject.agreements is None:
        return subject.claims
    return frozenset(one.kind for one in subject.agreements if one.status == "executed")


def fresh_reasons(before: Result, after: Result) -> tuple[str, ...]:
    """The reasons for which a result falls short now and did not; none where the policy requires something else.

    Reasons are the same as in a fingerprint, but of a list each name counts by itself, and places, tiers and the like
    do not count: `widened` knows which way they went.
    """
    old, new = (dict(_atoms(one)) for one in (before, after))
    return tuple(dict.fromkeys(words for atom, words in new.items() if atom not in old))


def _atoms(result: Result) -> Iterator[tuple[str, str]]:
    for one in result.requirements:
        if one.outcome != "pass":
            yield from _below(one.reasons, [one.requirement.expression])


def _below(reasons: Iterable[Reason], above: list[Json]) -> Iterator[tuple[str, str]]:
    """Each part of what each innermost reason is about, below the reasons that lead to it, and its message."""
    for reason in reasons:
        own: list[Json] = [reason.kind, reason.dimension, reason.outcome]
        if reason.reasons:
            yield from _below(reason.reasons, [*above, own])
        else:
            yield from ((_plain([*above, own, part]), reason.message) for part in _parts(reason))


def _parts(reason: Reason) -> Iterator[Json]:
    """What is read and stated counts by itself, of a list each name: of fewer names none is new."""
    about = reason.about
    if reason.kind == "tier" or (reason.kind == "scope" and about[0] in _AXES):
        about = about[:1] if reason.kind == "scope" else ()
    head: list[Json] = [one for one in about if not isinstance(one, list)]
    yield head
    for path, *stated in (one for one in about if isinstance(one, list) and one):
        yield [*head, path]
        for value in stated if path not in _DIRECTED else ():
            yield from ([*head, path, name] for name in (value if isinstance(value, list) else [value]))


def _plain(value: Json) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _more(verb: str, names: Sequence[Json]) -> str | None:
    if not names:
        return None
    return f"{verb} {few([_word(name) for name in names], _MOST)}"


def _word(value: Json) -> str:
    return "nothing" if value is None else str(value)
