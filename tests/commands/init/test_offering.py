"""`vendorgate init offering`: a file of a bundle to fill in, which documents nothing as it is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.command import vendorgate
from tests.commands.init.folder import snapshot, strictly
from tests.terminal import answered
from vendorgate.load.files import shipped
from vendorgate.model.vocabulary import DIMENSIONS

NEW = ("acme-speech", "--developer", "Acme: a", "--category", "first_party")


def bundle(folder: Path, *packs: str) -> None:
    options = [word for pack in packs for word in ("--pack", pack)]
    assert vendorgate("init", "bundle", "--name", "b", *options, folder=folder).code == 0


def outcomes(folder: Path) -> dict[str, str]:
    report = json.loads(vendorgate("check", "--format", "json", folder=folder).stdout)
    return {result["policy"]: result["outcome"] for result in report["results"]}


def test_own_offering_loads_and_nothing_is_known_of_it(tmp_path: Path) -> None:
    bundle(tmp_path, "baseline", "hipaa")
    ended = vendorgate("init", "offering", *NEW, folder=tmp_path)
    assert ended.code == 0, ended.stderr
    assert ended.stdout == (
        "written: .vendorgate/own-offering.schema.json\nwritten: policies/offerings/acme-speech.yaml\n"
        "as it is written all that a policy asks of its evidence is unknown\n"
        "next: fill in what is documented, with the day on which somebody read it, and name it in a manifest:"
        " vendorgate init --offering acme-speech\n"
    )
    data = (tmp_path / "policies" / "offerings" / "acme-speech.yaml").read_bytes()
    assert data.startswith(b"# yaml-language-server: $schema=../../.vendorgate/own-offering.schema.json\n")
    about = {"id": "acme-speech", "name": "acme-speech", "developer": "Acme: a", "platform": "Acme: a"}
    assert strictly(data) == {**about, "category": "first_party", "dimensions": dict.fromkeys(DIMENSIONS)}
    signed = ("--agreement", "baa")
    assert vendorgate("init", "--offering", "acme-speech", "--data", "phi", *signed, folder=tmp_path).code == 0
    told = outcomes(tmp_path)
    assert told["phi-needs-baa-and-zdr"] == "unknown"
    assert told["no-training-on-our-data"] == "unknown"
    assert "pass" not in {told[policy] for policy in ("phi-needs-baa-and-zdr", "production-needs-an-audited-vendor")}


@pytest.mark.parametrize("arguments", [NEW, ("cohere-api",)], ids=["own-offering", "offering-extension"])
def test_file_is_what_its_schema_says(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    bundle(tmp_path)
    assert vendorgate("init", "offering", *arguments, folder=tmp_path).code == 0
    (schema,) = (tmp_path / ".vendorgate").glob("*offering*.schema.json")
    (path,) = (tmp_path / "policies" / "offerings").iterdir()
    validator = jsonschema_rs.validator_for(json.loads(schema.read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(strictly(path.read_bytes()))] == []


def test_what_we_run_ourselves_is_said_to_be_asked_less(tmp_path: Path) -> None:
    bundle(tmp_path)
    ended = vendorgate("init", "offering", "ours", "--developer", "Acme", "--category", "internal", folder=tmp_path)
    assert "policies may ask less of what you run yourself (category `internal`)" in ended.stdout


@pytest.mark.parametrize("id", ["cohere-api", "openai-api", "deepseek-api"])
def test_extension_changes_no_result(tmp_path: Path, id: str) -> None:
    bundle(tmp_path, "baseline", "hipaa", "gdpr", "eu-ai-act")
    assert vendorgate("init", "--offering", id, "--data", "phi", "--agreement", "dpa", folder=tmp_path).code == 0
    before = outcomes(tmp_path)
    ended = vendorgate("init", "offering", id, folder=tmp_path)
    assert ended.code == 0, ended.stderr
    assert "as it is written it changes nothing\n" in ended.stdout
    assert outcomes(tmp_path) == before
    written: Any = strictly((tmp_path / "policies" / "offerings" / f"{id}.yaml").read_bytes())
    assert written["extends"] == id
    assert {*written["dimensions"].values()} == {None}


def test_cells_that_are_no_clean_yes_are_to_be_filled_in(tmp_path: Path) -> None:
    bundle(tmp_path)
    assert vendorgate("init", "offering", "cohere-api", "--extends", folder=tmp_path).code == 0
    path = tmp_path / "policies" / "offerings" / "cohere-api.yaml"
    text = path.read_text(encoding="utf-8")
    assert "\n  gdpr_dpa:  # the registry says partial: Does a data processing agreement" in text
    assert "soc2_type2" not in text
    assert "value: yes_contract" in text


def test_example_in_the_file_is_right_once_it_is_taken(tmp_path: Path) -> None:
    bundle(tmp_path, "gdpr")
    assert vendorgate("init", "offering", *NEW, folder=tmp_path).code == 0
    path = tmp_path / "policies" / "offerings" / "acme-speech.yaml"
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    at = lines.index("#  gdpr_dpa:")
    example = "\n".join(line.removeprefix("#") for line in lines[at + 1 : at + 4])
    cell = next(line for line in lines if line.startswith("  gdpr_dpa:"))
    path.write_text(text.replace(cell, f"{cell}\n{example}"), encoding="utf-8")
    ended = vendorgate("registry", "show", "acme-speech", "--policies", "policies", folder=tmp_path)
    assert ended.code == 0, ended.stderr
    assert "yes_public" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("acme",), "--developer is missing"),
        (("acme", "--developer", "A"), "--category is missing"),
        (("../acme", *NEW[1:]), "`../acme` cannot be the id of an offering"),
        (("unlisted", *NEW[1:]), "`unlisted` cannot be the id of an offering"),
        (("Acme", *NEW[1:]), "`Acme` cannot be the id of an offering"),
        (("a\n", *NEW[1:]), "cannot be the id of an offering"),
        (("cohere-apu", "--extends"), "did you mean `cohere-api`?"),
        (("cohere-api", "--developer", "A"), "--developer of an offering of the registry"),
        (("acme", "--developer", " ", "--category", "recipient"), "developer"),
        (("acme", "--developer", "A", "--category", "vendor"), "vendor"),
        ((), "ID"),
    ],
)
def test_what_is_missing_or_wrong_writes_nothing(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    bundle(tmp_path)
    before = snapshot(tmp_path)
    ended = vendorgate("init", "offering", *arguments, folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert words in ended.stderr
    assert snapshot(tmp_path) == before


def test_without_a_bundle_one_is_begun_first(tmp_path: Path) -> None:
    for more in ((), ("--policies", "builtin")):
        ended = vendorgate("init", "offering", *NEW, *more, folder=tmp_path)
        assert ended.code == 2
        assert "vendorgate init bundle --name NAME" in ended.stderr
        assert snapshot(tmp_path) == {}
    assert not (Path(shipped("policies").path) / "offerings").exists()


def test_nothing_is_overwritten_and_no_id_is_taken_twice(tmp_path: Path) -> None:
    bundle(tmp_path)
    assert vendorgate("init", "offering", *NEW, folder=tmp_path).code == 0
    before = snapshot(tmp_path)
    ended = vendorgate("init", "offering", *NEW, folder=tmp_path)
    assert ended.code == 2
    assert "there is a file of that name" in ended.stderr
    offerings = tmp_path / "policies" / "offerings"
    (offerings / "acme-speech.yaml").rename(offerings / "other.yaml")
    ended = vendorgate("init", "offering", *NEW, folder=tmp_path)
    assert ended.code == 2
    assert "the id `acme-speech` is used twice" in ended.stderr
    assert set(snapshot(tmp_path)) == {name.replace("acme-speech.yaml", "other.yaml") for name in before}


def test_bundle_elsewhere_gets_the_file(tmp_path: Path) -> None:
    bundle(tmp_path)
    here = tmp_path / "services" / "a"
    here.mkdir(parents=True)
    ended = vendorgate("init", "offering", *NEW, "--policies", "../../policies", folder=here)
    assert ended.code == 0, ended.stderr
    text = (tmp_path / "policies" / "offerings" / "acme-speech.yaml").read_text(encoding="utf-8")
    schema = text.split("\n")[0].rpartition("=")[2]
    assert (tmp_path / "policies" / "offerings" / schema).resolve() == (
        here / ".vendorgate" / "own-offering.schema.json"
    )


def test_terminal_is_asked(tmp_path: Path) -> None:
    bundle(tmp_path)
    answers = [
        ("Its name [acme]", "Acme Speech"),
        ("Who makes the model", "Acme"),
        ("Who serves it [Acme]", ""),
        ("How the vendor stands to the model (first_party,", "frist"),
        ("`frist` is not among them", "product"),
    ]
    ended = answered(tmp_path, answers, "init", "offering", "acme")
    assert ended.code == 0, ended.stdout
    written = strictly((tmp_path / "policies" / "offerings" / "acme.yaml").read_bytes())
    assert (written["name"], written["developer"], written["platform"], written["category"]) == (
        "Acme Speech",
        "Acme",
        "Acme",
        "product",
    )
