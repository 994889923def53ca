"""The JSON documents that commands write: each has a published schema, which takes it and nothing beside it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import pytest

from tests.command import ROOT, vendorgate
from tests.documents import TEXT
from tests.golden.cast import GOLDEN, HERE
from tests.schema.test_schema import SCHEMAS, VALIDATORS
from vendorgate.schema.kinds import KINDS

FORMAT: Final = re.compile(r"vendorgate\.[a-z.-]+/[0-9]+")
NO_DOCUMENT: Final = frozenset(("vendorgate.fingerprint/1", "vendorgate.fleet-store/1", "vendorgate.fleet-kept/1"))
"""Names of the same form: of what a fingerprint is made from, of a store, and of what an interrupted run keeps."""
OF_OTHERS: Final = (".gitlab.json", ".intoto.json", ".oscal.json", ".cdx.json")
"""Endings of formats that are not ours."""
DOCUMENTS: Final = {
    name: json.loads((HERE / name).read_text(encoding="utf-8"))
    for name in GOLDEN
    if name.endswith(".json") and not name.endswith(OF_OTHERS)
}
WITHOUT_DAYS: Final = (
    *("registry-diff.json", "policies.json", "policy-controls.json", "problems.json", "policy-lint.json"),
)
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ANY_VALUE: Final = frozenset(
    (
        "value",
        "claimed",
        "words",
        "said",
        "says",
        "expression",
        "when",
        "that",
        "old",
        "new",
        "recorded",
        "found",
        "facts",
        "conditions",
    )
)
"""Fields that hold what an input says, whatever that is."""


@cache
def kinds() -> dict[str, str]:
    """By format: the kind whose schema it has."""
    return {format: kind for kind in KINDS for format in SCHEMAS[kind]["properties"].get("schema", {}).get("enum", ())}


def test_every_format_that_is_written_has_a_kind() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    formats = {format for text in texts for format in FORMAT.findall(text)} - NO_DOCUMENT
    assert formats == kinds().keys()
    assert {document["schema"] for document in DOCUMENTS.values()} == formats, "of each there is an example here"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_is_valid(name: str) -> None:
    document = DOCUMENTS[name]
    VALIDATORS[kinds()[document["schema"]]].validate(document)


EARLIER_LACK = {"usages"}
"""Keys that reports of earlier versions do not have."""
WHERE_ASKED = {"controls"}
"""Keys that stand in a register only where somebody asks for them."""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_has_no_other_key_and_lacks_none(name: str) -> None:
    document = DOCUMENTS[name]
    validator = VALIDATORS[kinds()[document["schema"]]]
    assert not validator.is_valid({**document, "extra": 1})
    for key in document.keys() - EARLIER_LACK - WHERE_ASKED:
        assert not validator.is_valid({other: value for other, value in document.items() if other != key}), key


def days(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of days."""
    if isinstance(value, str):
        if DAY.fullmatch(value):
            yield path
    elif isinstance(value, (dict, list)):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from days(inner, (*path, step))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_day_of_a_document_is_one_that_exists(name: str) -> None:
    document = copy.deepcopy(DOCUMENTS[name])
    validator = VALIDATORS[kinds()[document["schema"]]]
    found = [path for path in days(document) if not ANY_VALUE & set(path)]
    assert found or name in WITHOUT_DAYS
    for *path, last in found:
        place = document
        for step in path:
            place = place[step]
        day, place[last] = place[last], "2026-02-30"
        assert not validator.is_valid(document), (*path, last)
        place[last] = day


def test_every_kind_is_named_where_kinds_are_looked_up() -> None:
    """In the help of the command, and in the documentation."""
    help = vendorgate("schema", "--help", folder=ROOT).stdout.replace("-\n  ", "-")  # click breaks lines behind hyphens
    for kind in KINDS:
        assert re.search(rf"(?<![\w-]){kind}(?![\w-])", help), kind
        assert f"`{kind}`" in TEXT, kind
