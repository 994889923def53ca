"""What is there, held against what should be there.

In: objects as listed, objects as intended. Out: a `Step` for each. Nothing is asked and nothing is written.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from ..model import Action, Kind
from ..references import project_of
from .answers import Listed
from .marks import GONE, Marked, description, theirs_of
from .objects import Intended
from .standing import Standing

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
    intended: Iterable[Intended],
    listed: Iterable[Listed],
    kind: Kind,
    folder: str,
    projects: Collection[str],
    as_of: datetime.date,
) -> Iterator[Step]:
    """What objects of one kind need: those that should be there, then those that should no longer.

    `projects` are those that are spoken of, as references have them; objects of others are nobody's here to judge.
    """
    standing = Standing(listed, folder)
    wanted = set[str]()
    for each in intended:
        wanted.add(each.reference)
        yield from _wanted(each, standing, folder)
    for reference, left in standing.ours.items():
        if reference not in wanted and project_of(reference) in projects:
            yield from _gone(((one, standing.mark(one)) for one in left), kind, as_of)


def _wanted(intended: Intended, standing: Standing, folder: str) -> Iterator[Step]:
    found = standing.matching(intended)
    if found:
        yield _kept(intended, found[0], standing.mark(found[0]))
        yield from (_twice(intended, one) for one in found[1:])
        return
    other = standing.alike(intended) if intended.kind == "entity" else None
    yield _new(intended) if other is None else _other(intended, other, folder)


def _other(intended: Intended, found: Listed, folder: str) -> Step:
    """That a vendor stands there whom somebody else has entered."""
    where = "in this folder" if found.folder_id == folder else "in another folder"
    why = f"an entity of that name stands {where} already, and is not ours"
    help = f"to have it kept in step, move it into this folder and give it the reference {intended.ref_id}"
    return Step(intended.kind, intended.reference, found.name, "leave", {}, None, found, why=why, help=help)


def _new(intended: Intended) -> Step:
    text = description(intended.text, intended.reference, intended.content, "")
    whole = {**intended.first, **intended.anew, **intended.always}
    fields = {"name": intended.name, "description": text, **whole}
    revises = intended.report is not None
    return Step(intended.kind, intended.reference, intended.name, "create", fields, intended, None, revises)


def _kept(intended: Intended, found: Listed, mark: Marked | None) -> Step:
    """What differs of one that stands there: of what is people's nothing, of what is theirs until then if it is new."""
    new = mark is None or mark.content != intended.content
    revises = intended.report is not None and (new or not found.attachment)
    fields = {name: value for name, value in intended.always.items() if _read(found, name) != value}
    if intended.ref_id is not None and found.ref_id != intended.ref_id:
        fields["ref_id"] = intended.ref_id
    if new or mark is None or not mark.intact:
        theirs = theirs_of(found.description)
        fields["description"] = description(intended.text, intended.reference, intended.content, theirs)
    if new or revises:
        fields |= intended.anew
    action: Action = "change" if fields else "keep"
    return Step(intended.kind, intended.reference, found.name, action, fields, intended, found, revises)


def _read(found: Listed, name: str) -> object:
    """A field as it would be written."""
    return found.severity_number if name == "severity" else getattr(found, name)


def _twice(intended: Intended, found: Listed) -> Step:
    why = "the same object stands there twice; the older one is kept in step"
    return Step(
        intended.kind, intended.reference, found.name, "leave", {}, None, found, why=why, help="delete one of the two"
    )


def _gone(left: Iterable[tuple[Listed, Marked | None]], kind: Kind, as_of: datetime.date) -> Iterator[Step]:
    for found, mark in left:
        if mark is None or mark.content == GONE:
            continue
        text = description(f"{_GONE_WORDS}\n\n{mark.ours}", mark.reference, GONE, mark.theirs)
        ended = kind == "evidence" or (found.expiration_date or "") < as_of.isoformat()
        fields = {"description": text, "status": "expired" if ended else "resolved"}
        yield Step(kind, mark.reference, found.name, "mark", fields, None, found)
