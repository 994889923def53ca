"""What is there, held against what should be there.

In: objects as listed, objects as intended. Out: a `Step` for each. Nothing is asked and nothing is written.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from ..model import Action, Kind
from ..references import project_of
from .answers import Listed
from .marks import GONE, description, marked, theirs_of
from .objects import Intended

_GONE_WORDS = "**No longer so:** when this was last looked at, it was not found in this project any more."


class Step(msgspec.Struct, frozen=True):
    """What one object needs."""

    kind: Kind
    reference: str
    name: str
    action: Action
    fields: Mapping[str, object]
    """To be written; of one that is made, all of them."""
    intended: Intended | None = None
    """None of what is gone, or not ours."""
    found: Listed | None = None
    revises: bool = False
    """Whether a revision with a file goes with it."""
    why: str | None = None
    help: str | None = None


def steps(
    intended: Sequence[Intended],
    listed: Sequence[Listed],
    kind: Kind,
    folder: str,
    projects: Collection[str],
    as_of: datetime.date,
) -> Iterator[Step]:
    """What objects of one kind need: those that should be there, then those that should no longer.

    `projects` are those that are spoken of, as references have them; objects of others are nobody's here to judge.
    """
    here = [one for one in listed if one.folder_id == folder]
    ours: dict[str, list[Listed]] = {}
    for one in here:
        mark = marked(one.description)
        if mark is not None:
            ours.setdefault(mark.reference, []).append(one)
    wanted = set()
    for each in intended:
        wanted.add(each.reference)
        found = _matching(each, here, ours)
        elsewhere = _elsewhere(each, listed, folder) if not found else None
        yield elsewhere or _step(each, found[0] if found else None)
        yield from (_twice(each, one) for one in found[1:])
    for reference, left in ours.items():
        if reference not in wanted and project_of(reference) in projects:
            yield from (_gone(one, reference, kind, as_of) for one in left if not _is_marked_gone(one))


def _matching(intended: Intended, here: Iterable[Listed], ours: Mapping[str, list[Listed]]) -> list[Listed]:
    """Objects that are the intended one: by our line, or without any by the reference, or by a name that is ours."""
    by_line = ours.get(intended.reference, [])
    nobodys = [one for one in here if marked(one.description) is None]
    by_ref_id = [one for one in nobodys if intended.ref_id is not None and one.ref_id == intended.ref_id]
    by_name = [one for one in nobodys if intended.kind != "entity" and one.name.lower() == intended.name.lower()]
    return [*{one.id: one for one in (*by_line, *by_ref_id, *by_name)}.values()]


def _elsewhere(intended: Intended, listed: Iterable[Listed], folder: str) -> Step | None:
    """That a vendor stands there whom somebody else has entered."""
    if intended.kind != "entity":
        return None
    for one in listed:
        if one.name.lower() == intended.name.lower() or one.ref_id == intended.ref_id:
            where = "in this folder" if one.folder_id == folder else "in another folder"
            why = f"an entity of that name stands {where} already, and is not ours"
            help = f"to have it kept in step, move it into this folder and give it the reference {intended.ref_id}"
            return Step(intended.kind, intended.reference, one.name, "leave", {}, None, one, why=why, help=help)
    return None


def _step(intended: Intended, found: Listed | None) -> Step:
    whole = {**intended.first, **intended.anew, **intended.always}
    if found is None:
        text = description(intended.text, intended.reference, intended.content, "")
        fields = {"name": intended.name, "description": text, **whole}
        return _made(intended, None, fields, revises=intended.report is not None)
    mark = marked(found.description)
    new = mark is None or mark.content != intended.content or mark.reference != intended.reference
    revises = intended.report is not None and (new or not found.attachment)
    fields = {name: value for name, value in intended.always.items() if _read(found, name) != value}
    if intended.ref_id is not None and found.ref_id != intended.ref_id:
        fields["ref_id"] = intended.ref_id
    if new or mark is None or not mark.intact:
        theirs = theirs_of(found.description)
        fields["description"] = description(intended.text, intended.reference, intended.content, theirs)
    if new or revises:
        fields |= intended.anew
    return _made(intended, found, fields, revises=revises)


def _made(intended: Intended, found: Listed | None, fields: Mapping[str, object], *, revises: bool) -> Step:
    action: Action = "create" if found is None else "change" if fields else "keep"
    name = intended.name if found is None else found.name
    return Step(intended.kind, intended.reference, name, action, fields, intended, found, revises)


def _read(found: Listed, name: str) -> object:
    """A field as it would be written."""
    return found.severity_number if name == "severity" else getattr(found, name)


def _twice(intended: Intended, found: Listed) -> Step:
    why = "the same object stands there twice; the older one is kept in step"
    return Step(
        intended.kind, intended.reference, found.name, "leave", {}, None, found, why=why, help="delete one of the two"
    )


def _is_marked_gone(found: Listed) -> bool:
    mark = marked(found.description)
    return mark is not None and mark.content == GONE


def _gone(found: Listed, reference: str, kind: Kind, as_of: datetime.date) -> Step:
    mark = marked(found.description)
    assert mark is not None
    text = description(f"{_GONE_WORDS}\n\n{mark.ours}", reference, GONE, mark.theirs)
    ended = kind == "evidence" or (found.expiration_date or "") < as_of.isoformat()
    fields = {"description": text, "status": "expired" if ended else "resolved"}
    return Step(kind, reference, found.name, "mark", fields, None, found)
