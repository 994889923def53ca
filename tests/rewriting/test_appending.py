"""New entries of a list change nothing else of their file, whatever it looks like: here waivers."""

from __future__ import annotations

import datetime
import json
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.report.evaluations import TEXTS
from tests.thoroughness import share
from vendorgate.commands.waiver.entries import lines, plain
from vendorgate.commands.waiver.waivers_file import WaiversYaml, filed
from vendorgate.errors import Problem
from vendorgate.load.decode import decode
from vendorgate.load.document import read_document
from vendorgate.model.text import is_blank
from vendorgate.model.waiver import WaiverEntry, WaiversFile
from vendorgate.rewriting.changing import rewritten
from vendorgate.rewriting.yaml_text import in_flow

NEW = WaiverEntry(
    policy="p",
    project="demo",
    usage="u",
    offering="alpha",
    reason="a pilot; ends soon",
    approved_by="ciso@example.org",
    expires=datetime.date(2026, 12, 31),
    fingerprint="sha256:" + "0" * 64,
)
BLOCK = """\
  - policy: p
    project: demo
    usage: u
    offering: alpha
    reason: a pilot; ends soon
    approved_by: ciso@example.org
    expires: 2026-12-31
    fingerprint: sha256:0000000000000000000000000000000000000000000000000000000000000000
"""
BRACES = (
    '{policy: p, project: demo, usage: u, offering: alpha, reason: "a pilot; ends soon", '
    f'approved_by: "ciso@example.org", expires: 2026-12-31, fingerprint: "sha256:{"0" * 64}"}}'
)
FLUSH = "".join(line.removeprefix("  ") for line in BLOCK.splitlines(keepends=True))
WIDE = "".join("    -   policy: p\n" if "policy" in line else f"    {line}" for line in BLOCK.splitlines(keepends=True))
OLD = "policy: o, reason: r, approved_by: a, expires: 2026-01-01"
FILES: dict[str, tuple[str | None, str]] = {
    "no file": (None, "version: 1\nwaivers:\n" + BLOCK),
    "an empty list": ("version: 1\nwaivers: []\n", "version: 1\nwaivers:\n" + BLOCK),
    "an empty list with a comment": (
        "version: 1\nwaivers: [ ]  # none yet\n# the end\n",
        f"version: 1\nwaivers:  # none yet\n{BLOCK}# the end\n",
    ),
    "an empty list before another key": ("waivers: []\nversion: 1", f"waivers:\n{BLOCK}version: 1"),
    "an empty list at the very end": ("version: 1\nwaivers: []", "version: 1\nwaivers:\n" + BLOCK),
    "an empty list with a comment inside": (
        "version: 1\nwaivers: [ # none\n  ]\n",
        f"version: 1\nwaivers: [{BRACES} # none\n  ]\n",
    ),
    "a list": (
        f"version: 1\nwaivers:\n  - {{{OLD}}}\n",
        f"version: 1\nwaivers:\n  - {{{OLD}}}\n  - {BRACES}\n",
    ),
    "flush entries, comments of the entry and of the file": (
        "version: 1\nwaivers:\n- policy: o # here\n  expires: 2026-01-01\n  # of it\n# of the file\n",
        f"version: 1\nwaivers:\n- policy: o # here\n  expires: 2026-01-01\n  # of it\n{FLUSH}# of the file\n",
    ),
    "wide entries with blank lines": (
        "version: 1\nwaivers:\n    -   policy: o\n\n    -   policy: o\n\n\n# end\n",
        f"version: 1\nwaivers:\n    -   policy: o\n\n    -   policy: o\n\n{WIDE}\n\n# end\n",
    ),
    "a text that keeps its line breaks behind blank lines": (
        "version: 1\nwaivers:\n  - policy: o\n\n  - reason: |+\n      a\n",
        f"version: 1\nwaivers:\n  - policy: o\n\n  - reason: |+\n      a\n{BLOCK}",
    ),
    "a key behind the list": (
        "waivers:\n  - policy: o\nversion: 1\n",
        f"waivers:\n  - policy: o\n{BLOCK}version: 1\n",
    ),
    "a text in several lines at the end": (
        "version: 1\nwaivers:\n  - reason: |\n      a\n      # no comment\n\n# end\n",
        f"version: 1\nwaivers:\n  - reason: |\n      a\n      # no comment\n\n{BLOCK}# end\n",
    ),
    "no line break at the end": (
        "version: 1\nwaivers:\n  - policy: o",
        f"version: 1\nwaivers:\n  - policy: o\n{BLOCK}",
    ),
    "the end of a document": (
        "---\nversion: 1\nwaivers:\n  - policy: o\n...\n",
        f"---\nversion: 1\nwaivers:\n  - policy: o\n{BLOCK}...\n",
    ),
    "anchors and aliases": (
        "version: 1\nwaivers:\n  - &a\n    policy: o\n  - *a\n",
        f"version: 1\nwaivers:\n  - &a\n    policy: o\n  - *a\n{BLOCK}",
    ),
    "in brackets": (
        f"version: 1\nwaivers: [{{{OLD}}}] # c\n",
        f"version: 1\nwaivers: [{{{OLD}}}, {BRACES}] # c\n",
    ),
    "in brackets, line by line": (
        f"version: 1\nwaivers: [\n  {{{OLD}}}, # first\n  {{{OLD}}},\n]\n",
        f"version: 1\nwaivers: [\n  {{{OLD}}}, # first\n  {{{OLD}}},\n  {BRACES},\n]\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), FILES.values(), ids=FILES)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_waiver_stands_behind_the_last_one_as_that_is_written(before: str | None, after: str, ending: str) -> None:
    if before is None:
        assert filed(WaiversYaml("w", None), [NEW]) == after
    elif ending == "\n" or ending in before.replace("\n", ending):
        assert appended(before.replace("\n", ending), [NEW]) == after.replace("\n", ending)


def appended(text: str, entries: list[WaiverEntry]) -> str:
    """The text with waivers; what it says otherwise is not of interest."""
    old = values(text)
    return rewritten(text, old, {**old, "waivers": [*old["waivers"], *map(plain, entries)]})


def test_json_stays_json() -> None:
    file = {"version": 1, "waivers": [{"policy": "o"}]}
    for text in (json.dumps(file), json.dumps(file, indent=2), json.dumps({**file, "waivers": []})):
        found = json.loads(appended(text, [NEW, NEW]))
        assert found == {**file, "waivers": [*json.loads(text)["waivers"], plain(NEW), plain(NEW)]}


def read(text: str) -> list[Any]:
    value = values(text)["waivers"]
    assert isinstance(value, list)
    return value


def values(text: str) -> dict[str, Any]:
    problems: list[Problem] = []
    document = read_document("w", text.encode("utf-8"), problems)
    assert document is not None, problems
    assert problems == []
    assert isinstance(document.value, dict)
    return document.value


WORDS = [
    "no",
    "On",
    "null",
    "~",
    "1.10",
    "2026-01-01",
    "0x1",
    "a: b",
    "a #b",
    "- a",
    "{a",
    "x:",
    "é",
    "\u202e",
    "a\\",
    "'",
]
ANY = st.one_of(st.sampled_from(WORDS), TEXTS, st.text(min_size=1)).filter(
    lambda text: not any(0xD800 <= ord(one) <= 0xDFFF for one in text) and not is_blank(text)
)


@settings(max_examples=share(300))
@given(ANY, ANY, st.booleans())
@example("a\x85b\x7f\ufeff\U000e0001", "\x00a\x1b", True)
def test_every_text_is_read_again_as_it_was(reason: str, ticket: str, as_json: bool) -> None:
    entry = msgspec.structs.replace(NEW, reason=reason, ticket=ticket, policy=reason)
    in_lines = "version: 1\nwaivers:\n" + "\n".join(lines(entry, "  ")) + "\n"
    for text in (in_lines, f"version: 1\nwaivers: [{in_flow(plain(entry), as_json=as_json)}]\n"):
        assert read(text) == [plain(entry)]
    document = read_document("w", in_lines.encode("utf-8"), [])
    assert document is not None
    written = decode(document, WaiversFile, [])
    assert written is not None
    assert written.waivers == (entry,)


@st.composite
def texts(draw: st.DrawFn, indent: int) -> str:
    """A text in one of YAML's styles, with what looks like a comment in it."""
    deep = " " * (indent + draw(st.integers(1, 3)))
    text = draw(st.sampled_from(["a", "a b", "it is: so", "# no", "  x", "a\n# b", "a\n\nb"]))
    style = draw(st.sampled_from(["double", "literal", "plain"]))
    comment = draw(st.sampled_from(["", "  # why"]))
    if style == "double":
        return json.dumps(text) + comment
    if style == "plain":
        return f"plain\n{deep}in lines{comment}"
    body = "\n".join(f"{deep}{line}".rstrip() for line in f"l {text}".split("\n"))
    return f"|{draw(st.sampled_from(['', '-', '+']))}{comment}\n{body}" + draw(st.sampled_from(["", "\n"]))


@st.composite
def files(draw: st.DrawFn) -> str:
    """A `waivers.yaml` as people may have written it."""
    column, offset = draw(st.integers(0, 4)), draw(st.integers(2, 4))
    dash, inner = " " * column, " " * (column + offset)
    between = draw(st.sampled_from(["", "\n", f"{dash}# between\n", f"{inner}# inner\n", "# out\n"]))
    entries = []
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.integers(0, 4)) == 0:
            entries.append(f"{dash}- {{{OLD}}}\n")
            continue
        fields = [f"{name}: {draw(texts(column + offset))}\n" for name in draw(st.permutations(["reason", "policy"]))]
        last = draw(st.sampled_from(["expires: 2026-01-01\n", "expires: 2026-01-01 # c\n", ""]))
        parts = [part for part in (*fields, last) if part]
        entries.append(f"{dash}-{' ' * (offset - 1)}" + inner.join(parts))
    body = f"waivers:{draw(st.sampled_from(['', ' # all']))}\n" + between.join(entries)
    tail = draw(st.sampled_from(["", "\n", "# end\n", f"{inner}# inner end\n", "\n# end\n\n"]))
    text = body + tail + "version: 1\n" if draw(st.booleans()) else "# first\nversion: 1\n" + body + tail
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


@settings(max_examples=share(500), deadline=None)
@given(files(), st.integers(1, 2))
def test_all_that_was_there_stays_as_it_was(text: str, count: int) -> None:
    after = appended(text, [NEW] * count)
    assert read(after) == [*read(text), *[plain(NEW)] * count]
    assert any(text[:at] == after[:at] and after.endswith(text[at:]) for at in range(len(text) + 1))
    assert after.count("\r\n") in (0, after.count("\n"))
