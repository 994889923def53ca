"""`detect --against`: what differs from manifests, first in every format, and in the exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.command import Ended, process, vendorgate
from tests.commands.check.test_code import AZURE, CALLS, ERROR, FOLDERS, OPENAI, manifest, project

DAY = ("--as-of", "2026-11-29")


def found(ended: Ended) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(ended.stdout)
    return document


def drift(ended: Ended) -> list[tuple[str, str, str | None]]:
    """Kinds, with where they are seen and which manifest covers that."""
    return [
        (one["kind"], f"{one['location']['path']}:{one['location']['line']}", one["manifest"])
        for one in found(ended)["drift"]
    ]


ROOT, A, B = "vendorgate.yaml", "a/vendorgate.yaml", "b/vendorgate.yml"
MISSED, ROUTE = ("declared-not-found", f"{ROOT}:3", ROOT), ("route-mismatch", "x.py:1", ROOT)
UNDECLARED = ("undeclared-offering", "b/x.py:1", B)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--against", "auto"), [UNDECLARED, MISSED, ROUTE]),
        ((".", "--against", "auto"), [UNDECLARED, MISSED, ROUTE]),
        (("a", "--against", "auto"), []),
        (("b/x.py", "x.py", "--against", "auto"), [UNDECLARED, ROUTE]),
        (("--against", A), []),
        (("--against", A, "--against", B), [UNDECLARED, ("not-in-a-project", "x.py:1", None)]),
        (("--against", "b"), [("not-in-a-project", "a/x.py:1", None), UNDECLARED]),
        (("--against", "*/vendorgate.y*ml"), [UNDECLARED, ("not-in-a-project", "x.py:1", None)]),
        (("--against", "auto", "--against", B), [UNDECLARED, MISSED, ROUTE]),
    ],
)
def test_nearest_of_the_manifests_that_are_meant_covers_a_file(
    arguments: tuple[str, ...], expected: list[Any], tmp_path: Path
) -> None:
    ended = vendorgate("detect", *arguments, "--format", "json", folder=project(tmp_path, FOLDERS))
    assert (ended.code, drift(ended)) == (0, expected), ended.stderr
    assert found(ended)["verdict"] == "pass"


def test_paths_are_taken_from_the_folder_that_was_looked_at(tmp_path: Path) -> None:
    files = {"src/app/x.py": CALLS, "vendorgate.yaml": manifest(OPENAI.replace("responses", "files"))}
    project(tmp_path, files, {"except": [{"path": "src/app/*", "offering": "groq-api", "reason": "r"}]})
    ended = vendorgate("detect", "src", "--against", "auto", "--format", "json", folder=tmp_path)
    assert found(ended)["root"] == "src"
    assert drift(ended) == [("undeclared-endpoint", "app/x.py:4", "../vendorgate.yaml")]


def test_without_manifests_every_use_is_in_no_project(tmp_path: Path) -> None:
    project(tmp_path, {"x.py": CALLS}, ERROR)
    ended = vendorgate("detect", "--against", "auto", "--format", "json", folder=tmp_path)
    assert (ended.code, drift(ended)) == (1, [("not-in-a-project", "x.py:1", None)])
    assert vendorgate("detect", "--against", ROOT, folder=tmp_path).code == 2


@pytest.mark.parametrize(
    ("detect", "arguments", "code"),
    [
        (ERROR, (), 1),
        ({}, (), 0),
        ({}, ("--fail-on", "warning"), 1),
        ({}, ("--fail-on", "error"), 0),
        ({"severity": {"undeclared-offering": "note"}}, ("--fail-on", "warning"), 0),
        ({"severity": {"undeclared-offering": "off"}}, ("--fail-on", "note"), 1),  # the notes of what is not seen
        ({**ERROR, "except": [{"path": "x.py", "reason": "r", "expires": "2026-11-29"}]}, (), 0),
        ({**ERROR, "except": [{"path": "x.py", "reason": "r", "expires": "2026-11-28"}]}, (), 1),
    ],
)
def test_exit_code_is_what_the_bundle_lets_block(
    detect: dict[str, Any], arguments: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    project(tmp_path, {"vendorgate.yaml": manifest(AZURE), "x.py": CALLS}, detect)
    assert vendorgate("detect", "--against", "auto", *DAY, *arguments, folder=tmp_path).code == code


def test_laxer_threshold_than_the_bundles_is_refused_with_and_without_manifests(tmp_path: Path) -> None:
    for files in ({"x.py": CALLS}, {"x.py": CALLS, "vendorgate.yaml": manifest(OPENAI)}):
        ended = vendorgate("detect", "--against", "auto", "--fail-on", "never", folder=project(tmp_path, files))
        assert (ended.code, ended.stdout) == (2, "")
        assert "laxer than the bundle's" in ended.stderr


def test_manifest_with_mistakes_makes_it_incomplete_and_hides_nothing_of_others(tmp_path: Path) -> None:
    files = {**FOLDERS, "a/vendorgate.yaml": "version: 2\n"}
    ended = vendorgate("detect", "--against", "auto", "--format", "json", folder=project(tmp_path, files, ERROR))
    assert (ended.code, found(ended)["verdict"]) == (2, "incomplete")
    assert drift(ended) == [UNDECLARED, MISSED, ROUTE]
    assert [one["path"] for one in found(ended)["not_judged"]] == [A]
    assert "a/vendorgate.yaml" in ended.stderr
    for format in ("text", "sarif", "github", "gitlab", "junit"):
        shown = vendorgate("detect", "--against", "auto", "--format", format, folder=tmp_path)
        assert shown.code == 2
        assert "not judged" in shown.stdout, format


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--fail-on", "error"), "--fail-on without --against"),
        (("--as-of", "2026-01-01"), "--as-of without --against"),
        (("--pack", "pci"), "--pack without --against"),
        (("--against", "auto", "--write"), "exclude each other"),
        (("--against", "nowhere.yaml"), "nowhere.yaml"),
    ],
)
def test_what_would_do_nothing_is_refused(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    ended = vendorgate("detect", *arguments, folder=project(tmp_path, FOLDERS))
    assert (ended.code, ended.stdout) == (2, "")
    assert words in ended.stderr


def test_without_the_option_nothing_differs_and_nothing_fails(tmp_path: Path) -> None:
    ended = vendorgate("detect", "--format", "json", folder=project(tmp_path, FOLDERS, ERROR))
    document = found(ended)
    assert ended.code == 0
    assert [document[key] for key in ("verdict", "as_of", "drift", "suppressed", "notices")] == [None, None, [], [], []]


def test_text_begins_with_what_differs_and_ends_with_the_verdict(tmp_path: Path) -> None:
    shown = vendorgate("detect", "--against", "auto", *DAY, folder=project(tmp_path, FOLDERS, ERROR)).stdout
    assert shown.startswith(
        "error[undeclared-offering]: code uses `openai-api`, which b/vendorgate.yml does not declare"
    )
    last = shown.splitlines()[-1]
    assert last == "FAIL  3 differences, 2 blocking; held against 3 manifests, as of 2026-11-29 (given)"


@pytest.mark.parametrize("format", ["sarif", "github", "gitlab", "junit"])
def test_diagnostics_are_what_differs_alone(format: str, tmp_path: Path) -> None:
    project(tmp_path, FOLDERS, ERROR)
    shown = vendorgate("detect", "--against", "auto", "--format", format, folder=tmp_path)
    assert shown.code == 1
    assert "undeclared-offering" in shown.stdout
    assert "openai-api is used" not in shown.stdout
    assert "openai-api is used" in vendorgate("detect", "--format", format, folder=tmp_path).stdout


def test_manifest_from_standard_input_covers_all_code(tmp_path: Path) -> None:
    project(tmp_path, {"deep/x.py": CALLS})
    (tmp_path / "m").write_text(manifest(AZURE), encoding="utf-8")
    command = [sys.executable, "-m", "vendorgate", "detect", "--against", "-", "--format", "json"]
    with (tmp_path / "m").open("rb") as piped:
        ended = subprocess.run(command, cwd=tmp_path, stdin=piped, capture_output=True, check=False)
    kinds = [one["kind"] for one in json.loads(ended.stdout)["drift"]]
    assert sorted(kinds) == ["declared-not-found", "route-mismatch"]
    assert process("detect", "--against", "-", "--against", "auto", folder=tmp_path).code == 2


def test_imported_configuration_is_held_against_a_manifest_too(tmp_path: Path) -> None:
    config = "model_list:\n  - {model_name: a, litellm_params: {model: anthropic/claude-sonnet-4-5}}\n"
    project(tmp_path, {"config.yaml": config, "vendorgate.yaml": manifest(OPENAI)}, ERROR)
    arguments = ("--from", "litellm", "config.yaml", "--against", ROOT, "--format", "json")
    ended = vendorgate("detect", *arguments, folder=tmp_path)
    assert (ended.code, [kind for kind, _, _ in drift(ended)]) == (1, ["undeclared-offering"])


def test_keys_are_never_shown(tmp_path: Path) -> None:
    key = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789"
    project(tmp_path, {"x.py": CALLS.replace("OpenAI()", f'OpenAI(api_key="{key}")')}, ERROR)
    for format in ("text", "json", "sarif", "github", "gitlab", "junit", "csv", "cyclonedx"):
        assert key not in vendorgate("detect", "--against", "auto", "--format", format, folder=tmp_path).stdout
