"""A YAML file with other values in it, read again before anybody writes it.

In: the bytes of a file, the values that it should have. Out: the bytes to write: what it says beside the change, and
how it is written, is as it was; else there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import yaml

from ..errors import InputError, Problem
from ..load.document import read_document
from ..load.files import JUDGING, Limits
from ..logic import Json
from ..rewriting.changing import rewritten, same, without
from ..rewriting.edits import Unclear
from ..rewriting.own_line import with_line

_MARK = b"\xef\xbb\xbf"


def values_of(shown: str, data: bytes, limits: Limits = JUDGING) -> dict[str, Json]:
    """What a file says, in plain values.

    Raises:
        InputError: a strict reader does not take it.
    """
    problems: list[Problem] = []
    document = read_document(shown, data, problems, limits=limits)
    if document is None or problems:
        raise InputError(problems)
    return document.value if isinstance(document.value, dict) else {}


def changed(
    shown: str, data: bytes, new: Mapping[str, Json], order: Sequence[str] = (), limits: Limits = JUDGING
) -> bytes:
    """The file with `new` in it; keys that are added stand where `order` has them.

    Raises:
        InputError: a strict reader does not take the file, or would not take it any more because of its size.
        Unclear: it is written in a way in which what changes cannot be changed by itself.
    """
    old = values_of(shown, data, limits)
    if same(old, dict(new)):
        return data
    return _made(shown, data, new, limits, lambda text: rewritten(text, old, new, order))


def shortened(shown: str, data: bytes, name: str, gone: Collection[int], limits: Limits = JUDGING) -> bytes:
    """The file without some entries of the list that it has under a name: exactly those.

    Raises:
        InputError: a strict reader does not take the file.
        Unclear: it is written in a way in which they cannot be taken out by themselves.
    """
    old = values_of(shown, data, limits)
    listed = old[name]
    if not isinstance(listed, list):
        raise Unclear
    kept: list[Json] = [one for index, one in enumerate(listed) if index not in gone]
    return _made(shown, data, {**old, name: kept}, limits, lambda text: without(text, name, gone))


def with_own_line(
    shown: str, data: bytes, key: str, value: Mapping[str, Json], line: str, limits: Limits = JUDGING
) -> bytes:
    """The file with a key of its root on one line of its own, which says `value`; a file with nothing in it begins so.

    Raises:
        InputError: a strict reader does not take the file.
        Unclear: it is written in a way in which such a line does not stand for itself.
    """
    old = values_of(shown, data, limits) if data.strip() else {}
    return _made(shown, data, {**old, key: dict(value)}, limits, lambda text: with_line(text, key, line))


def _made(shown: str, data: bytes, new: Mapping[str, Json], limits: Limits, changing: Callable[[str], str]) -> bytes:
    """The file with its text changed, which says `new` when it is read again."""
    mark = _MARK if data.startswith(_MARK) else b""
    try:
        text = changing(data.removeprefix(_MARK).decode("utf-8"))
    except yaml.YAMLError:
        raise Unclear from None
    made = mark + text.encode("utf-8", "surrogatepass")
    if len(made) > limits.size:
        values_of(shown, made, limits)
    if not _says(shown, made, new, limits):
        raise Unclear
    return made


def _says(shown: str, data: bytes, values: Mapping[str, Json], limits: Limits) -> bool:
    try:
        return same(values_of(shown, data, limits), dict(values))
    except InputError:
        return False
