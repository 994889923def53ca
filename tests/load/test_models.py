"""What is put together without looking is what looking at each value comes to, and nothing else is put together so."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.parsed_content import ASKED, MODELLED, is_made_so, models_of, of_file

from tests.command import ROOT
from vendorgate.errors import Problem
from vendorgate.load import decode as decoding
from vendorgate.load import document
from vendorgate.load.decode import decode
from vendorgate.load.document import read_document
from vendorgate.load.models import MODELS, key_of_model
from vendorgate.load.parsed import WHOLE, Parsed, encoded
from vendorgate.logic import Json
from vendorgate.model.policy import BundleFile, PolicyFileOutline
from vendorgate.model.registry import CellFile, ListedOfferingFile, SnapshotFile

OFFERING = ROOT / "registry-snapshot" / "offerings" / "openai-api.yaml"
POLICIES = b"version: 1\npolicies: [{id: one, title: One, require: [true]}]\n"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@pytest.fixture(scope="module")
def shipping(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Parsed:
    path = tmp_path_factory.mktemp("models") / "parsed.msgpack"
    path.write_bytes(zipfile.ZipFile(wheel).read("vendorgate/content/parsed.msgpack"))
    return Parsed(str(path))


def made(type: type, value: Json) -> str:
    """With the type of each value: 1, 1.0 and true are equal in Python."""
    return repr(MODELS[type.__name__](value))


def expected(path: Path) -> type | None:
    if path.name.endswith(".test.yaml") or path.name == "index.yaml":
        return None
    if path.parent.name == "offerings":
        return ListedOfferingFile
    return {"bundle.yaml": BundleFile, "snapshot.yaml": SnapshotFile}.get(path.name, PolicyFileOutline)


def test_each_file_that_ships_is_put_together_as_decoding_does_it(shipping: Parsed) -> None:
    for folder, asked in ASKED.items():
        for path in sorted((ROOT / folder).rglob("*.yaml")):
            for key, value in of_file(path.read_bytes(), asked):
                known = {type for type in MODELLED if shipping.has(key_of_model(type.__name__, key))}
                assert known == {expected(path)} - {None}, path
                assert all(made(type, value) == repr(msgspec.convert(value, type)) for type in known), path


def kept(written: bytes) -> list[str]:
    """The models that are kept of a file."""
    (key,) = (key for key, _ in of_file(written, (WHOLE,)))
    names = {key_of_model(type.__name__, key): type.__name__ for type in MODELLED}
    return [names[one] for one, _ in models_of(of_file(written, (WHOLE,)))]


BUNDLES = [
    (b"name: One\n", ["BundleFile"]),
    (b"version: 1\nregistry: {max_evidence_age_days: 1}\n", ["BundleFile"]),
    (b"registry: {max_evidence_age_days: 1.0}\n", []),  # which decoding takes for 1, if at all
    (b"registry: {max_evidence_age_days: true}\n", []),
    (b"version: 1.0\n", []),
    (b"version: true\n", []),
    (b"name: null\n", []),
    (b"other: 1\n", []),
    (b"registry: {other: 1}\n", []),
    (b"packs: one\n", []),
    (b"packs: [one, 1]\n", []),
    (b"lint: [{id: one, policies: ['*'], reason: Why}]\n", []),
    (b"projects: []\n", []),
    (b"waivers: {max_days: 3}\n", []),
    (b"unmatched: [a]\n", []),
    (b"[1]\n", []),
    (b"1\n", []),
    (POLICIES, ["PolicyFileOutline"]),
    (POLICIES.replace(b"[true]", b"[1, 1.0, -0.0, [[1], {a: [b]}], null]"), ["PolicyFileOutline"]),
    (POLICIES.replace(b"[true]", b"[]"), []),
    (POLICIES.replace(b"[true]", b"{a: 1}"), []),
    (POLICIES.replace(b"One", b'"\\u200b"'), []),
    (POLICIES.replace(b"title", b"titel"), []),
    (POLICIES.replace(b"require", b"enforce_from: 2026-02-30, require"), []),
    (POLICIES.replace(b"require", b"enforce_from: 2026-02-28, require"), ["PolicyFileOutline"]),
    (POLICIES.replace(b"require", b"enforce_from: '2026-W01-1', require"), []),
    (POLICIES + b"attributes: {a: {one_of: [b]}, c: {type: day}}\n", ["PolicyFileOutline"]),
    (POLICIES + b"attributes: {a: null}\n", []),
    (POLICIES + b"region_groups: {abc: [de, fr]}\n", ["PolicyFileOutline"]),
    (POLICIES + b"region_groups: {abc: []}\n", []),
]


@pytest.mark.parametrize(("written", "models"), BUNDLES)
def test_nothing_is_kept_but_what_comes_to_the_same(written: bytes, models: list[str]) -> None:
    assert kept(written) == models


@given(facts=st.dictionaries(st.text(), VALUES, max_size=3), conditions=st.lists(VALUES, max_size=3))
def test_cells_come_to_the_same_whatever_their_facts_and_conditions_are(
    facts: dict[str, Json], conditions: list[Json]
) -> None:
    cell: dict[str, Json] = {"value": "yes", "verified": "2026-01-31", "facts": facts, "conditions": conditions}
    scope: dict[str, Json] = {"endpoints": {"only": ["a"]}, "models": {"except": ["b"]}, "regions": None}
    scoped: Json = [{"scope": {"models": {"only": ["a"]}}, "facts": {"b": [1]}}]
    readings: Json = [{"on": "2026-01-31", "by": "One"}]
    value: Json = {
        **{name: name for name in ("id", "name", "developer", "platform")},
        "category": "first_party",
        "dimensions": {
            "hipaa_baa": {**cell, "scope": scope, "scoped_facts": scoped, "readings": readings},
            "gdpr_dpa": None,
        },
        "features": [],
        "sdk_packages": {"pypi": ["a"]},
        "implies": [{"set": {"features": ["a"], "settings.b": 1, "settings.c": True}, "models": ["*"]}],
        "signatures": {"packages": {"pypi": ["a"]}, "hosts": ["b"], "host_regions": {"c": "eu"}},
    }
    decoded = msgspec.convert(value, ListedOfferingFile)
    assert made(ListedOfferingFile, value) == repr(decoded)
    assert is_made_so(decoded, MODELS["ListedOfferingFile"], value)


def test_cell_has_no_field_that_is_made_otherwise() -> None:
    """Of a field that is added, somebody has to say here how it is made."""
    simple = {"value", "confidence", "source", "archived", "tier", "route", "default", "geography", "note", "facts"}
    assert set(CellFile.__struct_fields__) - simple == {
        *("verified", "valid_until", "scope", "conditions", "scoped_facts", "readings")
    }


def problems_of(written: bytes, type: type) -> list[str]:
    problems: list[Problem] = []
    found = read_document("file.yaml", written, problems)
    assert found is not None
    decode(found, type, problems)
    return [one.title for one in problems]


@pytest.mark.parametrize("type", MODELLED)
def test_what_is_known_as_one_thing_is_not_taken_for_another(
    type: type, shipping: Parsed, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = OFFERING.read_bytes()
    plainly = problems_of(data, type)
    for module in (document, decoding):
        monkeypatch.setattr(module, "shipped_values", lambda: shipping)
    assert problems_of(data, type) == plainly
    assert bool(plainly) is (type is not ListedOfferingFile)


def test_values_that_are_known_without_a_model_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = b"version: 1\nother: 1\n"
    path = tmp_path / "parsed.msgpack"
    path.write_bytes(encoded([*of_file(written, (WHOLE,)), *models_of(of_file(written, (WHOLE,)))], [written]))
    plainly = problems_of(written, BundleFile)
    for module in (document, decoding):
        monkeypatch.setattr(module, "shipped_values", lambda: Parsed(str(path)))
    assert problems_of(written, BundleFile) == plainly == ["unknown key `other`"]


@pytest.mark.parametrize("edit", [lambda data: data + b"#", lambda data: data.replace(b"value: ", b"valeu: ", 1)])
def test_file_that_was_edited_is_looked_at(
    edit: Callable[[bytes], bytes], shipping: Parsed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (document, decoding):
        monkeypatch.setattr(module, "shipped_values", lambda: shipping)
    problems: list[Problem] = []
    known = read_document("file.yaml", OFFERING.read_bytes(), problems)
    edited = read_document("file.yaml", edit(OFFERING.read_bytes()), problems)
    assert known is not None
    assert edited is not None
    assert known.key is not None
    assert edited.key is None
