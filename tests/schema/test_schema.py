"""The published schemas: the same verdict as the loader, on what ships and on thousands of mutated documents."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from msgspec import UnsetType

from tests.command import ROOT, vendorgate
from tests.golden.cast import CAST
from tests.thoroughness import share
from vendorgate.errors import Problem
from vendorgate.load.agreements import check_agreements, check_own_kinds
from vendorgate.load.attributes import check_declarations
from vendorgate.load.bundle import check_ages
from vendorgate.load.decode import decode
from vendorgate.load.document import Document, read_document
from vendorgate.load.language import language
from vendorgate.load.lexicon import Lexicon
from vendorgate.load.manifest import ReadManifest, check_manifest, check_usage
from vendorgate.load.observations import check_accounts, observations
from vendorgate.load.overlays import check_own_dimensions
from vendorgate.load.overrides import check_overrides
from vendorgate.load.policies import policies_from
from vendorgate.load.projects import check_projects
from vendorgate.load.region_groups import check_groups
from vendorgate.load.snapshot import offering_from
from vendorgate.load.words import Words
from vendorgate.logic import parse
from vendorgate.logic.days import is_date
from vendorgate.logic.demands import check
from vendorgate.model.additions import NO_WORDS
from vendorgate.model.manifest import ManifestFile
from vendorgate.model.text import LONGEST
from vendorgate.model.vocabulary import DATA_CLASSES
from vendorgate.schema.generate import Vocabularies, schema
from vendorgate.schema.kinds import KINDS, model_of
from vendorgate.source import Source

OFFERINGS = tuple(sorted(path.stem for path in (ROOT / "registry-snapshot" / "offerings").glob("*.yaml")))
WORDS = Words(frozenset(DATA_CLASSES), frozenset(OFFERINGS))
LANGUAGE = language(WORDS.data_classes, Lexicon(WORDS.offerings))


class ByKind(dict[str, Any]):
    """What is made of each kind when a test asks for it, and not by each worker that collects the tests."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, kind: str) -> Any:
        self[kind] = made = self._make(kind)
        return made


SCHEMAS = ByKind(lambda kind: schema(kind, Vocabularies(DATA_CLASSES, OFFERINGS, LANGUAGE.require.arities)))
VALIDATORS = ByKind(lambda kind: jsonschema_rs.Draft7Validator(SCHEMAS[kind], validate_formats=True))
MUTANTS = share(1500)
"""Of each kind of file."""


def plain(path: Path) -> Any:
    document = read_document(path.name, path.read_bytes(), [])
    assert document is not None
    return document.value


OBSERVATIONS = Path(__file__).parent / "observations"
TOPS = ("examples", "tests")
"""Where whole folders are looked through; a virtual environment beside them is large."""
FILES: dict[str, list[Path]] = {
    "manifest": [*sorted(ROOT.glob("examples/*/vendorgate.yaml")), *sorted(ROOT.glob("tests/cases/*/vendorgate.yaml"))],
    "bundle": [*sorted(ROOT.glob("policies/bundle.yaml")), *sorted(ROOT.glob("tests/cases/*/policies/bundle.yaml"))],
    "policy": [path for path in sorted(ROOT.glob("policies/*/*.yaml")) if not path.name.endswith(".test.yaml")],
    "tests": sorted(ROOT.glob("policies/*/*.test.yaml")),
    "agreements": sorted(path for top in TOPS for path in ROOT.glob(f"{top}/**/policies/agreements.yaml")),
    "waivers": sorted(path for top in TOPS for path in ROOT.glob(f"{top}/**/policies/waivers.yaml")),
    "fleet-policies": [Path(__file__).parent / "fleet.yaml"],
    "observation": [OBSERVATIONS / "read.yaml", OBSERVATIONS / "attested.yaml"],
    "accounts": [OBSERVATIONS / "accounts.yaml"],
    "offering": sorted(ROOT.glob("registry-snapshot/offerings/*.yaml")),
    "snapshot": [ROOT / "registry-snapshot" / "snapshot.yaml"],
}


def kinds_refused(agreements: Any, source: Source) -> list[Problem]:
    """What does not go together; days that contradict each other no schema can tell."""
    found: list[Problem] = []
    check_agreements(agreements, (source, ("agreements",)), NO_WORDS, found)
    told = ("is not a value of", "without `document`", "`scc_modules` of a")
    return [problem for problem in found if any(words in problem.title for words in told)]


def refusals(kind: str, value: Any) -> list[Problem]:
    """What the loader dislikes of one document by itself; what only several parts together show is left out."""
    problems: list[Problem] = []
    source = read_document("file", b"x: 1\n", [])
    assert source is not None
    document = Document(source.source, value, sound=True)
    written: Any = decode(document, model_of(kind), problems)
    if kind == "manifest" and isinstance(written, ManifestFile) and not problems:
        check_manifest(ReadManifest(written, document.source, ""), WORDS, problems)
    if kind == "bundle" and not problems and not isinstance(written.projects, UnsetType):
        check_projects(written.projects, document.source, problems)
    if kind == "bundle" and not problems:
        check_overrides(written.overrides, document.source, problems)
        declared = {} if isinstance(written.attributes, UnsetType) else written.attributes
        check_declarations([(declared, document.source)], problems)
        check_own_kinds([(written.agreement_kinds, document.source)], problems)
        check_own_dimensions(written.dimensions, document.source, problems)
        check_ages(written.registry, (), document.source, problems)
        check_groups([(written.region_groups, document.source)], problems)
    if kind == "tests" and not problems:
        for test in written.tests:
            usages = [test.usage] if test.usage else test.manifest.usages if test.manifest else []
            for usage in usages:
                check_usage(usage, (), document.source, WORDS, problems)
            problems.extend(kinds_refused(test.agreements or (), document.source))
    if kind == "observation" and not problems:
        observations([(written, document.source)], WORDS, Lexicon(WORDS.offerings), problems)
    if kind == "accounts" and not problems:
        check_accounts((written, document.source), WORDS, problems)
    if kind == "agreements" and not problems:
        problems.extend(kinds_refused(written.agreements, document.source))
    if kind == "offering" and not problems:
        offering_from(document, written.id, LANGUAGE.require, problems, {written.cloud or "": {}})
    if kind == "policy" and not problems:
        check_declarations([(written.attributes, document.source)], problems)
        check_own_kinds([(written.agreement_kinds, document.source)], problems)
        check_groups([(written.region_groups, document.source)], problems)
        policies_from(document, WORDS, LANGUAGE, problems)
    beyond = ("twice", "both told and unreadable")
    return [problem for problem in problems if not any(words in problem.title for words in beyond)]


@pytest.mark.parametrize("kind", FILES)
def test_files_that_ship_are_valid(kind: str) -> None:
    assert FILES[kind]
    for path in FILES[kind]:
        if not refusals(kind, plain(path)):
            VALIDATORS[kind].validate(plain(path))
    assert any(not refusals(kind, plain(path)) for path in FILES[kind])


JUNK: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    7,
    2.5,
    "",
    " ",
    "\u200b\ufeff",
    "x",
    "gpt-*",
    "PHI",
    "yes",
    "2026-02-30",
    "2026-02-11",
    [],
    ["x"],
    {},
    {"x": 1},
]
NAMES = [
    "phi",
    "de",
    "uk",
    "openai-api",
    "baa",
    "production",
    "executed",
    "high",
    "public",
    "covered",
    "hipaa_baa",
    "fail",
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in entries:
        yield from places(inner, (*path, step))


def mutated(value: Any, chance: random.Random) -> Any:
    """The document with one or two things changed somewhere."""
    changed = copy.deepcopy(value)
    for _ in range(chance.choice([1, 1, 2])):
        there = [path for path in places(changed) if path]
        if not there:
            break
        path = chance.choice(there)
        parent = changed
        for step in path[:-1]:
            parent = parent[step]
        last = path[-1]
        action = chance.randrange(6)
        if action == 0:
            del parent[last]
        elif action == 1 and isinstance(parent, dict):
            parent[chance.choice(["extra", f"{last}s", str(last).upper()])] = parent[last]
        elif action == 2 and isinstance(parent, dict):
            parent[f"{last}x"] = parent.pop(last)
        elif action == 3:
            parent[last] = [parent[last]]
        else:
            parent[last] = copy.deepcopy(chance.choice([*JUNK, *NAMES]))
    return changed


def cases(kind: str) -> Iterator[Any]:
    chance = random.Random(f"vendorgate {kind}")
    good = [plain(path) for path in FILES[kind]]
    good = [value for value in good if not refusals(kind, value) and len(json.dumps(value)) < 20_000]
    for _ in range(MUTANTS):
        yield mutated(chance.choice(good), chance)


@pytest.mark.parametrize("kind", sorted(set(FILES) - {"policy", "offering", "fleet-policies"}))
def test_schema_and_loader_agree_on_mutated_documents(kind: str) -> None:
    refused = 0
    for value in cases(kind):
        problems = refusals(kind, value)
        valid = VALIDATORS[kind].is_valid(value)
        refused += not valid
        assert valid == (not problems), (problems[:2], value)
    assert MUTANTS / 5 < refused < MUTANTS, "mutants are to be of both kinds"


PAPERS = [
    *(
        "baa.pdf",
        "contracts/baa.pdf",
        "a b/c d.pdf",
        "...",
        ".hidden",
        "a..b/c",
        "-",
        "x/..y",
        "\u0645\u200c\u06cc.pdf",
    ),
    *("https://a.example", "https://a.example:8443/x?y#z", "https://b\u00fccher.example/", "https://a.example/a b"),
    *(
        "",
        " ",
        "\u200b",
        ".",
        "..",
        "./a",
        "a/.",
        "a/..",
        "a/../b",
        "../a",
        "/a",
        "a//b",
        "a/",
        "//a/b",
        "a\\b",
        "c:/a",
    ),
    *(
        "http://a.example",
        "HTTPS://a.example",
        "file:///a",
        "javascript:x",
        "https://",
        "https:///a",
        "https://u@a.example",
    ),
    *(
        "https://u:p@a.example/",
        "a\n",
        "a\nb",
        "\na",
        "a\u2028b",
        "a\u202eb",
        "https://a.example\n",
        "~/a",
        "a:b",
        "d/a:b",
    ),
]


@pytest.mark.parametrize("paper", PAPERS, ids=ascii)
def test_schema_and_loader_agree_on_what_a_document_is(paper: str) -> None:
    entry = {"kind": "baa", "offerings": ["*"], "status": "pending", "document": paper}
    value = {"version": 1, "agreements": [entry]}
    assert VALIDATORS["agreements"].is_valid(value) == (not refusals("agreements", value))


@pytest.mark.parametrize(
    ("told", "valid"),
    [
        ({"sha256": "0" * 64}, False),
        ({"sha256": "0" * 64, "document": "a.pdf"}, True),
        ({"sha256": "A" * 64, "document": "a.pdf"}, False),
        ({"kind": "dpa", "scc_modules": [1, 2, 3, 4]}, True),
        ({"kind": "dpa", "scc_modules": []}, False),
        ({"kind": "dpa", "scc_modules": [0]}, False),
        ({"scc_modules": [2]}, False),
        ({"notice_days": 0}, True),
        ({"notice_days": -1}, False),
        ({"notice_days": True}, False),
        ({"notice_days": 36_500}, True),
        ({"notice_days": 10**30}, False),
        ({"reviewed": {"by": "legal", "on": "2026-01-01"}}, True),
        ({"reviewed": {"by": "legal"}}, False),
        ({"reviewed": {"by": " ", "on": "2026-01-01"}}, False),
        ({"reviewed": None}, False),
    ],
)
def test_schema_and_loader_agree_on_what_is_told_of_an_agreement(told: Any, valid: bool) -> None:
    value = {"version": 1, "agreements": [{"kind": "baa", "offerings": ["*"], "status": "pending", **told}]}
    assert VALIDATORS["agreements"].is_valid(value) == (not refusals("agreements", value)) == valid


BEYOND = (
    *("path", "days_", "is not ", "compares", "looks", "takes", "list", "needs", "default", "nested", "stands where"),
    *("element", "neither `only` nor", "lead back", "is no ", "fits none"),
)
"""What is said of rules and scopes that no schema can see: paths, types, words that other parts define."""


@pytest.mark.parametrize("kind", ["policy", "offering"])
def test_schema_and_loader_agree_on_mutated_files_with_rules(kind: str) -> None:
    """Whatever the schema refuses, the loader refuses; the loader sees more in rules, and nothing more outside."""
    refused = beyond = 0
    for value in cases(kind):
        problems = refusals(kind, value)
        valid = VALIDATORS[kind].is_valid(value)
        refused += not valid
        assert problems or valid, value
        if valid and problems:
            beyond += 1
            assert all(any(word in problem.title for word in BEYOND) for problem in problems), problems[:2]
    assert refused > MUTANTS / 5
    assert beyond < MUTANTS / 3


@pytest.mark.parametrize("arguments", [(), ("--fail-on", "note")])
def test_reports_are_valid(arguments: tuple[str, ...]) -> None:
    inputs = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
    ended = vendorgate("check", *inputs, *arguments, "--format", "json", folder=CAST)
    report = json.loads(ended.stdout)
    VALIDATORS["report"].validate(report)
    broken = {**report, "verdict": "perhaps"}
    assert not VALIDATORS["report"].is_valid(broken)
    assert not VALIDATORS["report"].is_valid({**report, "extra": 1})
    del report["results"][0]["evidence"]
    assert not VALIDATORS["report"].is_valid(report)


@pytest.mark.parametrize("kind", FILES)
def test_schema_and_loader_have_one_limit_for_texts(kind: str) -> None:
    texts = json.dumps(SCHEMAS[kind]).count('"type": "string"')
    assert json.dumps(SCHEMAS[kind]).count(f'"maxLength": {LONGEST}') >= texts > 0
    assert '"maxLength"' not in json.dumps(SCHEMAS["report"])


@pytest.mark.parametrize("kind", FILES)
def test_every_text_of_a_file_is_one_that_says_something(kind: str) -> None:
    """A field that took any text would take a blank one."""
    for name, definition in definitions(kind):
        for field, property in definition.get("properties", {}).items():
            if name not in ("Operation", "Rule", "Condition"):
                assert not list(blank_texts(property)), (name, field)


BLANK = ("", " ", "\u200b")
SAYING = ("x", " x ", 0, -1, 1e-300, True)


@pytest.mark.parametrize("value", [*BLANK, *SAYING], ids=ascii)
def test_schema_and_loader_agree_on_what_a_setting_is(value: Any) -> None:
    usage = {"id": "u", "offering": OFFERINGS[0], "data": ["pii"]}
    route = {"offering": OFFERINGS[1], "settings": {"a": value}}
    for more in ({"settings": {"a": value}}, {"fallbacks": [route]}, {"via": route}, {"recipients": [route]}):
        manifest = {"version": 1, "project": "p", "usages": [{**usage, **more}]}
        assert VALIDATORS["manifest"].is_valid(manifest) is (refusals("manifest", manifest) == []) is (value in SAYING)
    told = {"version": 1, "offering": OFFERINGS[0], "observed": "2026-11-01"}
    for more in ({"settings": {"a": value}}, {"scoped_settings": [scoped("settings", value)]}):
        observed = {**told, **more}
        valid = VALIDATORS["observation"].is_valid(observed)
        assert valid is (refusals("observation", observed) == []) is (value in SAYING)


@pytest.mark.parametrize(
    ("value", "valid"),
    [
        *((wrapped, False) for text in BLANK for wrapped in (text, ["x", text], {"x": [{"y": text}]})),
        *((wrapped, True) for one in (*SAYING, None) for wrapped in (one, [], [one], {}, {"x": [one, {"y": one}]})),
    ],
    ids=ascii,
)
def test_schema_and_loader_agree_on_what_a_fact_by_any_name_is(value: Any, valid: bool) -> None:
    for told in ({"facts": {"a": value}}, {"scoped_facts": [scoped("facts", value)]}):
        cell = {"value": "no", **told}
        words = {"id": "a", "name": "A", "developer": "A", "platform": "A", "category": "first_party"}
        offering = {**words, "dimensions": {"hipaa_baa": cell}}
        assert VALIDATORS["offering"].is_valid(offering) is (refusals("offering", offering) == []) is valid


@pytest.mark.parametrize("value", [*BLANK, *SAYING], ids=ascii)
def test_schema_and_loader_agree_on_what_a_name_implies(value: Any) -> None:
    words = {"id": "a", "name": "A", "developer": "A", "platform": "A", "category": "first_party", "dimensions": {}}
    offering = {**words, "implies": [{"models": ["m"], "set": {"settings.a": value}}]}
    valid = VALIDATORS["offering"].is_valid(offering)
    assert valid is (refusals("offering", offering) == []) is (value in SAYING)


def scoped(field: str, value: Any) -> Any:
    return {"scope": {"models": {"only": ["m"]}}, field: {"a": value}}


def blank_texts(schema: Any) -> Iterator[Any]:
    """The parts of a schema that a blank text fits; rules are not looked at, nor keys of open mappings."""
    if isinstance(schema, dict):
        if schema.get("type") == "string" and not {"enum", "const", "format"} & schema.keys():
            pattern = schema.get("pattern")
            if pattern is None or (
                re.search(pattern, " ") and "description" not in schema
            ):  # else of a spelling of its own
                yield schema
        for key, inner in schema.items():
            yield from blank_texts(inner) if key not in ("propertyNames", "that") else ()
    elif isinstance(schema, list):
        for inner in schema:
            yield from blank_texts(inner)


def definitions(kind: str) -> Iterator[tuple[str, Any]]:
    yield kind, SCHEMAS[kind]
    yield from SCHEMAS[kind]["definitions"].items()


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_draft_07_closed_and_described(kind: str) -> None:
    assert SCHEMAS[kind]["$schema"] == "http://json-schema.org/draft-07/schema#"
    jsonschema_rs.meta.validate(SCHEMAS[kind])
    for name, definition in definitions(kind):
        assert definition["description"], name
        if definition.get("type") == "object" and name != "CommonFacts":  # other names stay allowed
            assert definition["additionalProperties"] is False, name
        if name != "Operation":
            for field, property in definition.get("properties", {}).items():
                assert property["description"], (name, field)
    assert "prefixItems" not in json.dumps(SCHEMAS[kind])
    assert "$defs" not in json.dumps(SCHEMAS[kind])


def test_vocabularies_are_those_of_bundle_and_snapshot(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "bundle.yaml").write_text("data_classes: [trade_secrets]\n", encoding="utf-8")
    policy = "version: 1\npolicies: [{id: p, title: P, require: [{covered: hipaa_baa}]}]\n"
    (tmp_path / "b" / "p.yaml").write_text(policy, encoding="utf-8")
    ended = vendorgate("schema", "manifest", "--policies", "b", folder=tmp_path)
    assert ended.code == 0, ended.stderr
    usage = json.loads(ended.stdout)["definitions"]["Usage"]["properties"]
    assert usage["data"]["items"]["enum"] == [*DATA_CLASSES, "trade_secrets"]
    assert usage["offering"]["enum"] == [*OFFERINGS, "unlisted"]


@pytest.mark.parametrize(
    ("added", "valid"),
    [
        *(({"agreement_kinds": [kind]}, False) for kind in ("baa", "soc2-report", "b-aa", "s_c_c", "other", "")),
        *(({"agreement_kinds": [kind]}, True) for kind in ("aoc", "baas", "abaa", "cjis_addendum", "nda-2")),
        *(({"dimensions": {name: "Why?"}}, False) for name in ("hipaa_baa", "default", "A", "a-b")),
        *(({"dimensions": {name: "Why?"}}, True) for name in ("subprocessor_notice", "hipaa", "defaults")),
    ],
    ids=str,
)
def test_word_that_a_bundle_adds_is_none_of_the_usual_ones(added: Any, valid: bool) -> None:
    assert (refusals("bundle", added) == []) is valid
    assert VALIDATORS["bundle"].is_valid(added) is valid
    if "agreement_kinds" in added:
        rule = {"id": "p", "title": "P", "require": [{"covered": "hipaa_baa"}]}
        policy = {"version": 1, "policies": [rule], **added}
        assert VALIDATORS["policy"].is_valid(policy) is valid
        assert (refusals("policy", policy) == []) is valid


def test_schema_goes_to_a_file(tmp_path: Path) -> None:
    policy = "version: 1\npolicies: [{id: p, title: P, require: [{covered: hipaa_baa}]}]\n"
    (tmp_path / "policies").mkdir()  # a bundle that adds no words
    (tmp_path / "policies" / "p.yaml").write_text(policy, encoding="utf-8")
    for _ in range(2):  # the second time it is there
        ended = vendorgate("schema", "policy", "--into", "policy.schema.json", folder=tmp_path)
        assert ended.code == 0
    assert json.loads((tmp_path / "policy.schema.json").read_text(encoding="utf-8")) == SCHEMAS["policy"]


def test_kind_that_does_not_exist_has_a_nearest_name(tmp_path: Path) -> None:
    ended = vendorgate("schema", "manifset", folder=tmp_path)
    assert ended.code == 2
    assert "did you mean `manifest`?" in ended.stderr


@pytest.mark.parametrize("year", [0, 1, 4, 100, 400, 1900, 2000, 2023, 2024, 2026, 9999])
def test_pattern_of_days_has_every_day_that_exists_and_no_other(year: int) -> None:
    pattern = SCHEMAS["snapshot"]["properties"]["generated"]["pattern"]
    for month in range(14):
        for day in range(33):
            text = f"{year:04}-{month:02}-{day:02}"
            assert bool(re.search(pattern, text)) == is_date(text), text
    for text in ("2026-1-01", "2026-01-01\n", "x2026-01-01", "2026-01-01T00:00"):
        assert not re.search(pattern, text)


@pytest.mark.parametrize(
    ("rule", "is_taken"),
    [
        ({"observed": "usage.settings.zero_data_retention"}, True),
        ({"observed": ["usage.settings.a.b"]}, True),
        ({"!": {"observed": "primary.region"}}, True),
        ({"observed": "usage.region"}, True),
        ({"observed": "usage.data"}, False),
        ({"observed": "usage.settings"}, False),
        ({"observed": "usage.settings."}, False),
        ({"observed": "usage.settings.a."}, False),
        ({"observed": "usage.region."}, False),
        ({"observed": ["usage.region", "us"]}, False),
        ({"observed": {"var": "usage.region"}}, False),
        ({"observed": True}, False),
    ],
)
def test_what_can_be_observed_is_said_in_the_schema_as_the_loader_says_it(rule: Any, is_taken: bool) -> None:
    written = {"version": 1, "policies": [{"id": "p", "title": "P", "require": [rule]}]}
    assert VALIDATORS["policy"].is_valid(written) == is_taken
    assert (check(parse(rule), LANGUAGE.require)[1] == []) == is_taken
