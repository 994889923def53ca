"""Laws of a push: whatever is judged, twice is once; whatever people write, it is theirs; names fit and stay apart."""

from __future__ import annotations

import re
import tempfile
from email.parser import BytesParser
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.commands.push.stand_in import StandIn, standing_in
from tests.commands.push.world import FILES, WAIVER, asking, pushed, write
from tests.commands.review.repository import AUDITED, BAA, Content, manifest, policies, usage
from tests.thoroughness import share
from vendorgate.commands.push import references
from vendorgate.commands.push.ciso_assistant.forms import attached, form
from vendorgate.commands.push.ciso_assistant.marks import GONE, description, marked, theirs_of

_TEXTS: Final = st.text(max_size=60)
_LINES: Final = st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=30), max_size=5).map("\n".join)
_PLAIN: Final = _LINES.filter(lambda text: "vendorgate reference" not in text)
_REFERENCES: Final = st.from_regex(r"[a-z]{1,9}/[a-z0-9%-]{1,20}/[a-z0-9-]{1,20}", fullmatch=True)
_CONTENTS: Final = st.one_of(st.just(GONE), st.from_regex(r"[0-9a-f]{64}", fullmatch=True))


# Descriptions.


@given(_PLAIN, _REFERENCES, _CONTENTS, _LINES)
def test_what_is_written_is_known_again_and_what_stands_below_is_theirs(
    ours: str, reference: str, content: str, theirs: str
) -> None:
    text = description(ours, reference, content, theirs)
    found = marked(text.replace("\n", "\r\n"))
    assert found is not None
    assert (found.reference, found.content, found.intact) == (reference, content, True)
    normal = theirs.replace("\r\n", "\n").replace("\r", "\n").strip()
    assert found.theirs == normal
    assert description(found.ours, reference, content, found.theirs) == description(ours, reference, content, normal)


@given(_PLAIN, _REFERENCES, _PLAIN)
def test_any_change_above_the_line_is_seen(ours: str, reference: str, other: str) -> None:
    text = description(ours, reference, GONE, "")
    line = text[text.index("vendorgate reference") :]
    found = marked(f"{other}\n\n{line}")
    assert found is not None
    assert found.intact == (marked(description(other, reference, GONE, "")) == found)


@given(_PLAIN)
def test_description_without_the_line_is_all_theirs(text: str) -> None:
    assert marked(text) is None
    assert theirs_of(text) == text.replace("\r\n", "\n").replace("\r", "\n").strip()


# Names.


@given(_TEXTS, _TEXTS, st.text(max_size=20), st.text(max_size=20))
def test_names_of_two_references_differ_and_fit(one: str, other: str, first: str, second: str) -> None:
    names = [references.name_with_reference(text * 9, word, 200) for text, word in ((one, first), (other, second))]
    assert all(len(name) <= 200 and name == name.strip() and "\n" not in name for name in names)
    assert (names[0] != names[1]) or first == second


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=400), st.text("xy", max_size=9))
def test_vendors_of_two_names_have_two_names_that_fit(name: str, more: str) -> None:
    names = [references.name_of_vendor(one, 200) for one in (name, f"{name}{more}")]
    assert all(len(one) <= 200 for one in names)
    assert (names[0] == names[1]) == (more == "")


# Forms.


@given(st.dictionaries(st.sampled_from(["name", "description", "link"]), st.text()), st.binary(max_size=200))
def test_form_says_what_is_put_into_it(fields: dict[str, str], data: bytes) -> None:
    fields = {name: value for name, value in fields.items() if value.isprintable()}
    content, media = form({**fields, "expiry_date": None}, attached("0" * 16, data))
    message: Any = BytesParser().parsebytes(f"Content-Type: {media}\r\n\r\n".encode() + content)
    parts = {one.get_param("name", header="content-disposition"): one for one in message.get_payload()}
    assert parts.keys() == {*fields, "attachment"}
    assert {name: _bytes(parts[name]).decode() for name in fields} == fields
    assert parts["attachment"].get_filename() == f"vendorgate-{'0' * 16}.txt"


def _bytes(part: Any) -> bytes:
    found = part.get_payload(decode=True)
    assert isinstance(found, bytes)
    return found


# Pushes.


_OFFERINGS: Final = st.sampled_from(["alpha", "beta", "gamma"])
_USAGES: Final = st.lists(
    st.tuples(st.sampled_from(["notes", "letters", "search"]), _OFFERINGS, st.sampled_from(["phi", "public"])),
    max_size=3,
    unique_by=lambda one: one[0],
)


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Content]:
    """Two projects with a few usages each, one policy or two, a waiver or none."""
    rules = draw(st.sampled_from([policies(BAA), policies(BAA, AUDITED), policies({**BAA, "severity": "note"})]))
    waivers = draw(st.sampled_from([[], [WAIVER], [{**WAIVER, "expires": "2027-01-31"}]]))
    projects = {
        f"{project}/vendorgate.yaml": manifest(*(usage(*one) for one in draw(_USAGES)), project=project)
        for project in ("clinic", "lab")
    }
    kept: dict[str, Content] = {"policies/rules.yaml": rules}
    return {**kept, "policies/waivers.yaml": {"version": 1, "waivers": waivers}, **projects}


def _with(offering: str) -> dict[str, Content]:
    usages = {name: manifest(usage("letters", offering, "phi"), project=name) for name in ("clinic", "lab")}
    rules: dict[str, Content] = {"policies/rules.yaml": policies(BAA)}
    return {**rules, "policies/waivers.yaml": {"version": 1, "waivers": []}} | {
        f"{name}/vendorgate.yaml": one for name, one in usages.items()
    }


@settings(max_examples=share(40))
@given(st.lists(worlds(), min_size=1, max_size=3))
@example([_with("alpha"), _with("gamma"), _with("alpha")])
def test_after_any_pushes_what_stands_there_is_what_one_push_makes_and_another_changes_nothing(
    several: list[dict[str, Content]],
) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        asking(patch)
        with standing_in() as server, standing_in() as fresh:
            for one in several:
                write(Path(folder), {**FILES, **one})
                pushed(Path(folder), server, "--mark-gone")
            before = server.state.seen()
            server.forget()
            report = pushed(Path(folder), server, "--mark-gone")
            assert server.writes == []
            assert server.state.seen() == before
            assert {one["action"] for one in report["objects"]} <= {"keep"}
            pushed(Path(folder), fresh, "--mark-gone")
            assert _standing(server) == _standing(fresh)
            assert server.violations == fresh.violations == []


def _standing(server: StandIn) -> dict[str, tuple[Any, ...]]:
    """By name: all that is not gone, with the name of its last file, but for the number that a server gives to one of a
    name which it has already."""
    found = {}
    for kind in ("evidences", "security-exceptions"):
        for one in server.state.of(kind):
            if f"content {GONE}" not in one["description"]:
                last = server.state.last_revision(one["id"]) or {}
                file = re.sub(r"_\d{7}(?=\.)", "", last.get("attachment") or "")
                found[one["name"]] = (one["description"], one["status"], one.get("expiry_date"), file)
    return found
