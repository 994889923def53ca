"""Who names an offering that is not there is told the one that is meant, or the way on, and never another vendor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import vendorgate
from tests.world import Part, judge
from vendorgate.errors import InputError
from vendorgate.load.files import shipped
from vendorgate.load.words import offering_help

IDS = [path.stem for path in Path(shipped("registry-snapshot").path, "offerings").iterdir()]
WAY = "of a vendor that is not there write `offering: unlisted` and `vendor: NAME`, or describe it in your bundle:"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("opneai-api", "openai-api"),
        ("openai_api", "openai-api"),
        ("OpenAI-API", "openai-api"),
        ("claude-bedrok", "claude-bedrock"),
        ("azure-open-ai", "azure-openai"),
    ],
)
def test_typo_is_told_with_what_is_meant(word: str, meant: str) -> None:
    assert offering_help(word, IDS) == f"did you mean `{meant}`?"


def test_id_that_goes_on_is_named_and_the_way_on_too() -> None:
    assert offering_help("cohere", IDS).startswith(f"did you mean `cohere-api`, `cohere-bedrock`? {WAY}")
    assert offering_help("openai", IDS).startswith("did you mean `openai-api`, `openai-bedrock`")


@pytest.mark.parametrize("word", ["voice-api", "deepvoice", "acme-speech", "coherent", "grok"])
def test_other_vendor_is_never_named(word: str) -> None:
    help = offering_help(word, IDS)
    assert "did you mean" not in help
    assert help == (
        f"`vendorgate registry list` says what there is; {WAY} `vendorgate init offering {word}`"
        " (how: vendorgate docs unlisted-vendors)"
    )


@pytest.mark.parametrize("word", ["A B", "-x", "a`; rm", "../x", "a\n", "é", "x" * 90])
def test_what_nobody_can_type_as_an_id_is_no_part_of_a_command(word: str) -> None:
    assert "`vendorgate init offering ID`" in offering_help(word, IDS)


@pytest.mark.parametrize(
    "usage",
    [
        {"offering": "somebody"},
        {"fallbacks": ["somebody"]},
        {"fallbacks": [{"offering": "somebody"}]},
        {"via": "somebody"},
        {"via": {"offering": "somebody"}},
        {"recipients": ["somebody"]},
        {"recipients": [{"offering": "somebody"}]},
    ],
    ids=json.dumps,
)
def test_every_route_is_told_the_same(usage: Part, tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        judge(tmp_path, {"dimensions": {}}, {"require": [{"known": "usage.data"}]}, {"data": ["public"], **usage})
    (problem,) = raised.value.problems
    assert problem.title == "`somebody` is not an offering of the registry"
    assert problem.help is not None
    assert problem.help.startswith(f"known: `alpha`, `elsewhere`; {WAY} `vendorgate init offering somebody`")


MANIFEST: Any = {"version": 1, "project": "p", "usages": [{"id": "u", "offering": "openai-api", "data": ["phi"]}]}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A manifest and a bundle, which no command changes that is refused."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "vendorgate.yaml").write_text(json.dumps(MANIFEST), encoding="utf-8")
    assert vendorgate("init", "bundle", "--name", "b", "--pack", "hipaa", "--register", folder=folder).code == 0
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ("registry", "show", "{}"),
        ("registry", "compare", "openai-api", "{}"),
        ("registry", "watch-outs", "{}"),
        ("alternatives", "--offering", "{}"),
        ("agreements", "list", "--offering", "{}"),
        ("init", "--offering", "{}", "--data", "phi", "--usage", "v"),
        ("init", "offering", "{}", "--extends", "--policies", "policies"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize(("word", "help"), [("opneai-api", "did you mean `openai-api`?"), ("somebody", WAY)])
def test_every_command_tells_the_same(arguments: tuple[str, ...], word: str, help: str, project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    ended = vendorgate(*(one.format(word) for one in arguments), folder=project)
    assert (ended.code, ended.stdout) == (2, "")
    assert help in ended.stderr
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
