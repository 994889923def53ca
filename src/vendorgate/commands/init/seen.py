"""What the code here uses and the manifest does not declare yet: answers that are offered before somebody types them.

In: what judges, the manifest that is here. Out: the usual answers, by field, and words about where they come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import click
import msgspec

from ...drift.drafting import UsageDraft, declared_in, drafts
from ...errors import VendorgateError
from ...frame.changing import values_of
from ...frame.detecting import detected, files_of, listed_in
from ...load.files import JUDGED, Folder
from ...logic import Json
from ...logic.wording import count, few
from ...terminal.escape import escape
from .present import Present

_MANY: Final = 2_000
"""Files that are looked through without asking."""
_OFFERED: Final = ("id", "offering", "vendor", "endpoints", "models", "cloud_region", "region")


class Seen(msgspec.Struct, frozen=True):
    """The first of those that the code uses and nobody declares."""

    words: str
    answers: Mapping[str, str]


def seen_in_code(registry: Folder, bundle: Folder, present: Present | None) -> Seen | None:
    """What the code below this folder suggests; None where it suggests nothing, or cannot be read.

    It only ever offers answers, so that what goes wrong with it is no reason not to ask.
    """
    try:
        files = files_of(())
        if not files or (len(files) > _MANY and not _may(len(files))):
            return None
        listed = listed_in(registry, bundle)
        usages = _usages(present)
        taken = {str(one.get("id")) for one in usages}
        found = drafts(detected(files, listed.catalogue, None), listed.offerings, taken, declared_in(usages))
    except VendorgateError:
        return None
    return _seen(found) if found else None


def _may(files: int) -> bool:
    return click.confirm(f"Look through the {files} files here for who is used?", default=True, err=True)


def _usages(present: Present | None) -> list[Mapping[str, Json]]:
    usages = [] if present is None else values_of(present.shown, present.data, JUDGED).get("usages")
    return [one for one in usages if isinstance(one, dict)] if isinstance(usages, list) else []


def _seen(found: tuple[UsageDraft, ...]) -> Seen:
    first, others = found[0], [_name(one) for one in found[1:]]
    more = f"; then {few(others, 5)}, by running this again" if others else ""
    words = f"the code uses {_name(first)} at {first.places[0]}"
    places = f" and {count(len(first.places) - 1, 'more place')}" if len(first.places) > 1 else ""
    answers = {name: _text(first.fields[name]) for name in _OFFERED if first.fields.get(name)}
    return Seen(f"{words}{places}, which is offered here{more}", answers)


def _name(draft: UsageDraft) -> str:
    return str(draft.fields.get("vendor") or draft.fields["offering"])


def _text(value: Json) -> str:
    return ", ".join(_words(value)) if isinstance(value, list) else str(value)


def _words(values: Iterable[Json]) -> list[str]:
    return [escape(str(one)) for one in values]
