"""What was held against each other when the package was built is not checked again; whatever else is, each time."""

from __future__ import annotations

import datetime
import hashlib
import shutil
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
from tools.held_content import choices, held_content

from tests.command import ROOT
from tests.thoroughness import part
from vendorgate.errors import InputError, Problem
from vendorgate.gate import Gate
from vendorgate.load import decode, document, held, parsed
from vendorgate.load.asked_offerings import AskedOfferings
from vendorgate.load.bundle_files import read_bundle
from vendorgate.load.files import Folder, folder
from vendorgate.load.held import key_of_bundle, key_of_index, key_of_offering, key_of_tests, rows_of_bundle
from vendorgate.load.models import key_of_model
from vendorgate.load.packs import PackChoice
from vendorgate.load.parsed import WHOLE, Parsed
from vendorgate.load.snapshot import read_held_offering, read_index, read_offering
from vendorgate.model.policy import Bundle
from vendorgate.source import Source

POLICIES, REGISTRY = ROOT / "policies", ROOT / "registry-snapshot"
LIBRARY = Folder(str(POLICIES), "policies")
CHOICES = tuple(choices(LIBRARY))
MANIFEST = ROOT / "benchmarks" / "nine-usages.yaml"
AS_OF = datetime.date(2026, 11, 24)


@cache
def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def shown(value: object) -> str:
    """A value with its types and in its order: 1, 1.0 and true are equal in Python; of a file its name and a digest of
    its text, which stands in hundreds of places."""
    if isinstance(value, Source):
        return f"Source({value.path!r}, {digest(value.text)})"
    if isinstance(value, msgspec.Struct):
        fields = ", ".join(f"{name}={shown(getattr(value, name))}" for name in value.__struct_fields__)
        return f"{type(value).__name__}({fields})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {shown(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (tuple, list)):
        return f"{type(value).__name__}({', '.join(map(shown, value))})"
    return f"frozenset({sorted(value)})" if isinstance(value, frozenset) else repr(value)


@pytest.fixture(scope="module")
def shipping(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Parsed:
    path = tmp_path_factory.mktemp("held") / "parsed.msgpack"
    path.write_bytes(zipfile.ZipFile(wheel).read("vendorgate/content/parsed.msgpack"))
    return Parsed(str(path))


@pytest.fixture
def installed(shipping: Parsed, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (decode, document, held, parsed):
        monkeypatch.setattr(module, "shipped_values", lambda: shipping)


@pytest.fixture
def unchecked(installed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As installed, and with nothing that could check a rule."""
    monkeypatch.setattr("vendorgate.load.rules.check", None)
    monkeypatch.setattr("vendorgate.load.language.language", None)


def bundle_of(choice: PackChoice) -> tuple[Bundle, list[Problem]]:
    gate = Gate(LIBRARY, REGISTRY, choice)
    return gate.bundle, gate._problems


@pytest.mark.parametrize("choice", part(CHOICES), ids=lambda choice: " ".join(choice.asked) or choice.beside)
def test_each_choice_of_packs_comes_to_the_same_policies(choice: PackChoice, request: pytest.FixtureRequest) -> None:
    checked = shown(bundle_of(choice))
    request.getfixturevalue("unchecked")
    assert shown(bundle_of(choice)) == checked


def test_each_offering_comes_to_the_same(request: pytest.FixtureRequest) -> None:
    def offerings() -> Iterator[str]:
        gate = Gate(LIBRARY, REGISTRY)
        yield from (shown(one) for _, one in sorted(gate.snapshot(sorted(gate.index.ids)).offerings.items()))

    checked = list(offerings())
    request.getfixturevalue("unchecked")
    assert list(offerings()) == checked
    assert len(checked) == len(list((REGISTRY / "offerings").glob("*.yaml")))


def told(gate: Gate) -> str:
    """All that nine usages come to."""
    found = gate.check(MANIFEST, as_of=AS_OF, full=True)
    results = [(one.policy, one.outcome, one.requirements, one.when, one.evidence) for one in found.results]
    return shown([results, found.notices, found.bundle.sha256, found.snapshot.sha256])


@pytest.mark.parametrize("choice", part(CHOICES, 1), ids=lambda choice: " ".join(choice.asked) or choice.beside)
def test_each_choice_of_packs_comes_to_the_same_results(choice: PackChoice, request: pytest.FixtureRequest) -> None:
    def judged() -> str:
        return told(Gate(LIBRARY, REGISTRY, choice))

    checked = judged()
    request.getfixturevalue("unchecked")
    assert judged() == checked


def test_pack_of_the_library_in_the_place_of_the_own_comes_to_the_same(
    copied: tuple[Folder, Folder], request: pytest.FixtureRequest
) -> None:
    bundle, registry = copied
    shutil.rmtree(Path(bundle.path) / "baseline")

    def judged() -> str:
        return told(Gate(bundle, registry, PackChoice(("baseline",), LIBRARY)))

    checked = judged()
    request.getfixturevalue("unchecked")
    assert judged() == checked


@pytest.fixture
def copied(tmp_path: Path) -> tuple[Folder, Folder]:
    """Bundle and snapshot as they ship, to be edited."""
    for source in (POLICIES, REGISTRY):
        shutil.copytree(source, tmp_path / source.name)
    return folder(tmp_path / POLICIES.name), folder(tmp_path / REGISTRY.name)


def is_held(bundle: Folder, registry: Folder) -> bool:
    gate = Gate(bundle, registry, PackChoice((), LIBRARY))
    offerings = gate._offerings
    assert offerings is not None
    assert gate._files is not None
    held = rows_of_bundle(gate._files.sha256, gate.lexicon.sha256) is not None
    assert offerings.words(gate._files).held is held
    return held


def commented(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"#")


def index_with_another_word(path: Path) -> None:
    written = msgspec.json.decode(path.read_bytes())
    written["names"] = sorted([*written["names"], "Another"])
    path.write_bytes(msgspec.json.encode(written))


EDITS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "settings": ("policies/bundle.yaml", commented),
    "policies": ("policies/hipaa/phi.yaml", commented),
    "tests": ("policies/hipaa/phi.test.yaml", commented),
    "no tests": ("policies/hipaa/phi.test.yaml", Path.unlink),
    "fewer policies": ("policies/hipaa/phi.yaml", Path.unlink),
    "more policies": ("policies/more.yaml", lambda path: shutil.copy(POLICIES / "pci" / "cardholder.yaml", path)),
    "waivers": ("policies/waivers.yaml", lambda path: path.write_text("version: 1\nwaivers: []\n")),
    "snapshot": ("registry-snapshot/snapshot.yaml", commented),
    "offering": ("registry-snapshot/offerings/openai-api.yaml", commented),
    "fewer offerings": ("registry-snapshot/offerings/xai-api.yaml", Path.unlink),
    "index": ("registry-snapshot/index.yaml", commented),
    "index with another word": ("registry-snapshot/index.yaml", index_with_another_word),
    "no index": ("registry-snapshot/index.yaml", Path.unlink),
}


def test_copy_of_what_ships_is_known(copied: tuple[Folder, Folder], unchecked: None) -> None:
    assert is_held(*copied)


@pytest.mark.parametrize(("file", "edit"), EDITS.values(), ids=EDITS)
def test_nothing_is_taken_for_what_ships_that_was_edited(
    file: str, edit: Callable[[Path], object], copied: tuple[Folder, Folder], installed: None, tmp_path: Path
) -> None:
    bundle, registry = copied
    if file == "policies/more.yaml":
        (tmp_path / "policies" / "pci" / "cardholder.yaml").unlink()
    edit(tmp_path / file)
    assert not is_held(bundle, registry)


@pytest.mark.parametrize("place", [0, 1, 40, -1, None])
def test_digests_are_those_of_the_files_whichever_was_edited(
    place: int | None, copied: tuple[Folder, Folder], installed: None
) -> None:
    folder = Path(copied[1].path)
    offerings = sorted((folder / "offerings").iterdir())
    if place is not None:
        commented(offerings[place])
    problems: list[Problem] = []
    index = read_index(copied[1], problems)
    assert index is not None
    assert index.digests == {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in offerings}
    files = sorted([folder / "snapshot.yaml", *offerings], key=lambda path: path.relative_to(folder).as_posix())
    lines = (f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.relative_to(folder).as_posix()}\n" for one in files)
    assert index.sha256 == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert problems == []
    assert (index.stale_index is None) is (place is None)


def test_any_byte_of_a_digest_is_looked_at(shipping: Parsed) -> None:
    index = read_index(folder(REGISTRY), [])
    files = read_bundle(LIBRARY, [])
    assert index is not None
    assert files is not None
    words = f"{index.sha256} {index.index_sha256}"
    key = key_of_bundle(files.sha256, words)
    assert shipping.rows(key) is not None
    for place in range(len(key)):
        other = bytearray(key)
        other[place] ^= 1
        assert shipping.rows(bytes(other)) is None


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("      - covered: hipaa_baaa\n", "`hipaa_baaa` is not a dimension"),
        ("      - {in: [{var: offering.idd}, [openai-api]]}\n", "unknown path `offering.idd`"),
        ('      - {"==": [{var: offering.platform}, Azurre]}\n', "`Azurre` is not a platform of an offering"),
    ],
)
def test_wrong_rule_is_refused_where_all_else_is_known(
    written: str, title: str, copied: tuple[Folder, Folder], installed: None, tmp_path: Path
) -> None:
    head = "version: 1\npolicies:\n  - id: own\n    title: Own\n    require:\n"
    (tmp_path / "policies" / "own.yaml").write_text(head + written)
    with pytest.raises(InputError) as caught:
        Gate(*copied).check(MANIFEST, as_of=AS_OF)
    assert any(title in problem.title for problem in caught.value.problems)


def test_rule_is_refused_that_names_a_word_which_the_index_has_lost(
    copied: tuple[Folder, Folder], installed: None, tmp_path: Path
) -> None:
    index = tmp_path / "registry-snapshot" / "index.yaml"
    written = msgspec.json.decode(index.read_bytes())
    written["endpoints"] = []
    choice = PackChoice((), LIBRARY, "everything")
    assert Gate(*copied, choice).check(MANIFEST, as_of=AS_OF)
    index.write_bytes(msgspec.json.encode(written))
    with pytest.raises(InputError):
        Gate(*copied, choice).check(MANIFEST, as_of=AS_OF)


def test_condition_that_is_wrong_is_refused_where_all_else_is_known(
    copied: tuple[Folder, Folder], installed: None, tmp_path: Path
) -> None:
    offering = tmp_path / "registry-snapshot" / "offerings" / "openai-api.yaml"
    text = offering.read_text()
    assert "covered: " in text
    offering.write_text(text.replace("covered: ", "coverd: "))
    with pytest.raises(InputError):
        Gate(*copied).check(MANIFEST, as_of=AS_OF)


def test_offering_that_changes_while_it_is_read_is_not_known(
    copied: tuple[Folder, Folder], installed: None, tmp_path: Path
) -> None:
    index = read_index(copied[1], [])
    assert index is not None
    assert read_held_offering(index, "openai-api") is not None
    commented(tmp_path / "registry-snapshot" / "offerings" / "openai-api.yaml")
    assert read_held_offering(index, "openai-api") is None
    gate = Gate(*copied)
    problems: list[Problem] = []
    assert read_offering(index, "openai-api", None, problems) is None
    assert [one.title for one in problems] == ["the file changed while it was read"]
    assert gate.snapshot(["openai-api"]).offerings


def test_words_of_what_a_bundle_adds_are_not_known(
    copied: tuple[Folder, Folder], installed: None, tmp_path: Path
) -> None:
    settings = tmp_path / "policies" / "bundle.yaml"
    settings.write_text(settings.read_text() + "dimensions: {own: Is it ours?}\n")
    gate = Gate(*copied)
    assert gate.lexicon.sha256 is None
    assert not is_held(*copied)


def test_tests_beside_policies_are_looked_at_where_they_are_read(installed: None) -> None:
    problems: list[Problem] = []
    files, index = read_bundle(LIBRARY, problems, tests=True), read_index(folder(REGISTRY), problems)
    assert files is not None
    assert index is not None
    rows = rows_of_bundle(files.sha256, AskedOfferings(index).lexicon.sha256)
    assert rows is not None
    assert held.policies_from_rows(files.policies, rows) is None


def test_file_of_tests_is_looked_at_that_is_none_that_ships(
    copied: tuple[Folder, Folder], installed: None, tmp_path: Path
) -> None:
    tests, policies = (tmp_path / "policies" / "hipaa" / name for name in ("phi.test.yaml", "phi.yaml"))
    shutil.copy(policies, tests)  # which is known, and no file of tests
    problems: list[Problem] = []
    read_bundle(copied[0], problems)
    assert "unknown key `policies`" in [one.title for one in problems]


def test_no_key_is_that_of_a_file() -> None:
    """Of what is read of a file the key begins with its SHA-256."""
    of_file = "0" * 64
    keys = [key_of_bundle(of_file, f"{of_file} {of_file}"), key_of_offering(of_file), key_of_index(of_file, of_file)]
    keys += [key_of_tests(of_file), key_of_model("BundleFile", WHOLE.key(of_file))]
    assert len({key.partition(b" ")[0] for key in keys}) == len(keys)
    assert not any(key.startswith(WHOLE.key(of_file)) for key in keys)


OWN = """version: 1
policies:
  - id: own
    title: Own
    require:
      - RULE
"""


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ('{"==": [{var: usage.region}, gb]}', True),
        ('{"==": [{var: usage.region}, uk]}', False),
        ('{"==": [{var: usage.region}, nowhere]}', False),
    ],
)
def test_nothing_is_kept_of_rules_that_a_check_changes_or_refuses(rule: str, kept: bool, tmp_path: Path) -> None:
    (tmp_path / "registry-snapshot").symlink_to(REGISTRY)
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "own.yaml").write_text(OWN.replace("RULE", rule))
    found = [key for key, _ in held_content(tmp_path) if key.startswith(b"bundle ")]
    assert bool(found) is kept


def test_nothing_is_kept_of_a_registry_with_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "policies").symlink_to(POLICIES)
    shutil.copytree(REGISTRY, tmp_path / "registry-snapshot")
    offering = tmp_path / "registry-snapshot" / "offerings" / "openai-api.yaml"
    offering.write_text(offering.read_text().replace("covered: ", "coverd: "))
    assert list(held_content(tmp_path)) == []
