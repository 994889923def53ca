"""A row of somebody else's, read strictly: what two readers could read in two ways is no row.

In: a line of JSON, or a path and a manifest as JSON; where it stands. Out: a `Row`, with every mistake in its form. The
repository is never said by a row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from ....errors import Problem
from ....load.files import JUDGED
from ....load.json_text import TOO_DEEP, cut, has_a_key_twice, parsed
from ....logic import Json
from ....logic.nearest import suggestion
from ..model import ReadRow, Row

_KEYS: Final = ("path", "manifest")
_MEBIBYTES: Final = JUDGED.size // 1024 // 1024
_LONGEST_PATH: Final = 4096
"""Characters."""
_WANTED: Final = 'write {"path": "acme/clinic/vendorgate.yaml", "manifest": {…}} in each line'
_CUT_OFF: Final = "the line has no end, so that the file may be cut in half; end each line with a line break"
_decode: Final = msgspec.json.Decoder().decode
_encode: Final = msgspec.json.Encoder().encode


class _Parts(msgspec.Struct):
    """A line whose form is right."""

    path: str
    manifest: msgspec.Raw
    """As it is written, with its codes."""


_parts: Final = msgspec.json.Decoder(_Parts).decode


def line_rows(data: bytes, shown: str, first: int) -> Iterator[Row]:
    """The rows of lines; a blank one has none."""
    lines = data.split(b"\n")
    rest = lines.pop()
    for number, line in enumerate(lines, first):
        if line and not line.isspace():
            yield line_row(line, f"{shown}:{number}")
    if rest and not rest.isspace():
        place = f"{shown}:{first + len(lines)}"
        yield _refused(place, rest, [f"{place}: {_CUT_OFF}"])


def line_row(line: bytes, place: str) -> Row:
    """The row of a line, without its end."""
    try:
        value = _decode(line) if len(line) <= JUDGED.size else None
    except (msgspec.MsgspecError, RecursionError):
        value = None
    if type(value) is dict and len(value) == len(_KEYS):
        path, manifest = value.get("path"), value.get("manifest")
        if type(path) is str and type(manifest) is dict and 0 < len(path) <= _LONGEST_PATH and not path.isspace():
            written = _encode(manifest)
            if _is_plain(line) and line.count(b":") == written.count(b":") + path.count(":") + len(_KEYS):
                return ReadRow(path, written, sha256=hashlib.sha256(line).hexdigest(), stands=place, values=manifest)
    return _looked_at_closely(line, place)


def _is_plain(data: bytes) -> bool:
    """Whether nothing in a line is written by a code, and it is too short to have too many nodes.

    Then each colon of it stands in its value, too, and for each key there is one outside of texts: where a key stands
    twice, of whose values only the last is kept, the value has fewer colons than the line.
    """
    return len(data) <= JUDGED.nodes and b"\\" not in data


def _looked_at_closely(line: bytes, place: str) -> Row:
    """A line that is no row at first sight: what is wrong with it, or that nothing is."""
    if len(line) > JUDGED.size:
        return _refused(place, b"", [f"{place}: a line of more than {_MEBIBYTES} MiB; make it shorter"])
    problems: list[str] = []
    value = _value_of(line, place, problems)
    if not problems:
        problems.extend(f"{place}: {told}" for told in _wrong_in(value))
    if problems:
        return _refused(place, line, problems, value)
    row = _parts(line)
    written = _told_apart(bytes(row.manifest))
    return Row(row.path, written, sha256=hashlib.sha256(line).hexdigest(), stands=place)


def _told_apart(data: bytes) -> bytes:
    """A manifest in the fewest codes; as it stands where it hides something, which it may do by a code alone."""
    written = _encode(_decode(data))
    return written if written.decode().isprintable() else data


def cell_row(path: str | None, written: str | None, place: str) -> Row:
    """The row of a path and of a manifest as JSON."""
    data = (written or "").encode("utf-8", "surrogatepass")
    if len(data) > JUDGED.size:
        return _refused(place, b"", [f"{place}: a manifest of more than {_MEBIBYTES} MiB"])
    problems: list[str] = []
    value = None if written is None else _value_of(data, place, problems)
    if not problems:
        row: dict[str, Json] = {"path": path, "manifest": value}
        problems.extend(f"{place}: {told}" for told in _wrong_in(row))
    if problems:
        return _refused(place, data, problems, {"path": path})
    assert path is not None
    return Row(path, _told_apart(data), sha256=hashlib.sha256(data).hexdigest(), stands=place)


def _value_of(data: bytes, place: str, problems: list[str]) -> Json:
    """What some JSON says, and whatever keeps it from being read by everybody alike."""
    found: list[Problem] = []
    parsed(data, place, _WANTED, found)
    for one in found:
        column = f":{one.location.column}" if one.location is not None and one.location.column > 1 else ""
        problems.append(f"{place}{column}: {one.title}; {one.help}")
    if found:
        return None
    try:
        value: Json = _decode(data)
        twice = has_a_key_twice(data)
    except RecursionError:
        problems.append(f"{place}: {TOO_DEEP}; {_WANTED}")
    except (msgspec.MsgspecError, ValueError) as error:
        problems.append(f"{place}: {cut(f'no JSON that every reader reads alike: {error}')}; {_WANTED}")
    else:
        if twice:
            problems.append(f"{place}: a key that stands twice in one object; {_WANTED}")
        elif _nodes(value) > JUDGED.nodes:
            problems.append(f"{place}: more than {JUDGED.nodes} keys, values and collections; split it")
        return value
    return None


def _wrong_in(value: Json) -> Iterator[str]:
    """What is wrong with a row as a whole."""
    if not isinstance(value, Mapping):
        yield f"no object; {_WANTED}"
        return
    for name in value:
        if name == "repository":
            yield "`repository` is not for a row to say; leave it out: only `vendorgate fleet gather` knows it"
        elif name not in _KEYS:
            yield f"unknown key `{cut(name)}`; {suggestion(name, _KEYS, 'a row has')}"
    path = value.get("path")
    if not isinstance(path, str) or not path.strip():
        yield "no `path`; say where the manifest stands, as acme/clinic/vendorgate.yaml"
    elif len(path) > _LONGEST_PATH:
        yield f"a `path` of more than {_LONGEST_PATH} characters; shorten it"
    if not isinstance(value.get("manifest"), Mapping):
        yield "no `manifest`, which is an object; write what its YAML says as JSON"


def _nodes(value: Json) -> int:
    """Keys, values and collections, as the limits of a manifest count them."""
    waiting, found = [value], 0
    while waiting:
        one = waiting.pop()
        found += 1
        if isinstance(one, Mapping):
            found += len(one)
            waiting.extend(one.values())
        elif isinstance(one, (list, tuple)):
            waiting.extend(one)
    return found


def _refused(place: str, data: bytes, problems: list[str], value: Json = None) -> Row:
    """A row that is not judged, by its path where it has one."""
    path = value.get("path") if isinstance(value, Mapping) else None
    named = path if isinstance(path, str) and path.strip() and len(path) <= _LONGEST_PATH else place
    return Row(named, b"", sha256=hashlib.sha256(data).hexdigest(), problems=tuple(problems), stands=place)
