"""`check --code`: what code does otherwise than its manifests declare, in every format and in the exit code."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.command import Ended, vendorgate

CALLS = """\
from openai import OpenAI

client = OpenAI()
client.responses.create(model="gpt-5.2", input="x")
"""
OPENAI = "{id: a, offering: openai-api, endpoints: [responses], models: [gpt-5.2], data: [public]}"
AZURE = "{id: a, offering: azure-openai, data: [public]}"
LAX = "version: 1\npolicies:\n  - {id: named, title: Named, require: [{known: usage.offering}]}\n"


def manifest(*usages: str, project: str = "p") -> str:
    return f"version: 1\nproject: {project}\nusages: [{', '.join(usages)}]\n"


def project(at: Path, files: Mapping[str, str], detect: Mapping[str, Any] | None = None) -> Path:
    """A repository with files, and a bundle of one policy that everything passes."""
    bundle = json.dumps({"detect": detect or {}})
    for name, text in {**files, "policies/p.yaml": LAX, "policies/bundle.yaml": bundle}.items():
        path = at / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(at)], check=True)
    return at


def told(ended: Ended) -> list[tuple[str, str]]:
    """What is said of code: kind and place."""
    found = json.loads(ended.stdout)
    places = (
        (one["id"], one["location"]) for one in found["notices"] if one["id"] not in ("self-declared", "no-usages")
    )
    return [(id, f"{at['path']}:{at['line']}") for id, at in places if at is not None]


ERROR = {"severity": {"undeclared-offering": "error"}}


@pytest.mark.parametrize(
    ("usage", "detect", "code", "expected"),
    [
        (OPENAI, ERROR, 0, []),
        (AZURE, {}, 0, [("route-mismatch", "src/a.py:1"), ("declared-not-found", "vendorgate.yaml:3")]),
        (AZURE, ERROR, 1, [("route-mismatch", "src/a.py:1"), ("declared-not-found", "vendorgate.yaml:3")]),
        (
            OPENAI.replace("responses", "files"),
            {"severity": {"undeclared-endpoint": "error"}},
            1,
            [("undeclared-endpoint", "src/a.py:4")],
        ),
        (
            AZURE,
            {**ERROR, "except": [{"path": "src/**", "reason": "r"}]},
            0,
            [("declared-not-found", "vendorgate.yaml:3"), ("drift-suppressed", "src/a.py:1")],
        ),
    ],
)
def test_code_counts_in_the_verdict_as_the_bundle_says(
    usage: str, detect: dict[str, Any], code: int, expected: list[Any], tmp_path: Path
) -> None:
    project(tmp_path, {"vendorgate.yaml": manifest(usage), "src/a.py": CALLS}, detect)
    ended = vendorgate("check", "--code", "--format", "json", folder=tmp_path)
    assert (ended.code, told(ended)) == (code, expected), ended.stderr
    assert json.loads(ended.stdout)["verdict"] == ("fail" if code else "pass")
    assert json.loads(ended.stdout)["summary"]["blocking"] == code


def test_without_the_option_no_code_is_read(tmp_path: Path) -> None:
    project(tmp_path, {"vendorgate.yaml": manifest(AZURE), "src/a.py": CALLS}, ERROR)
    ended = vendorgate("check", "--format", "json", folder=tmp_path)
    assert (ended.code, told(ended)) == (0, [])


FOLDERS = {
    "vendorgate.yaml": manifest(AZURE),
    "a/vendorgate.yaml": manifest(OPENAI, project="a"),
    "a/x.py": CALLS,
    "b/vendorgate.yml": manifest(project="b"),
    "b/x.py": CALLS,
    "x.py": CALLS,
}
MISSED = ("declared-not-found", "vendorgate.yaml:3")
ELSEWHERE = [("not-in-a-project", "a/x.py:1"), ("not-in-a-project", "b/x.py:1")]
"""What manifests cover that nobody named."""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), [*ELSEWHERE, MISSED, ("route-mismatch", "x.py:1")]),
        (("vendorgate.yaml",), [*ELSEWHERE, MISSED, ("route-mismatch", "x.py:1")]),
        (("a/vendorgate.yaml",), []),
        (("b/vendorgate.yml",), [("undeclared-offering", "b/x.py:1")]),
        (("a/vendorgate.yaml", "b/vendorgate.yml"), [("undeclared-offering", "b/x.py:1")]),
        (("*/vendorgate.*",), [("undeclared-offering", "b/x.py:1")]),
        ((".",), [("undeclared-offering", "b/x.py:1"), MISSED, ("route-mismatch", "x.py:1")]),
        (("a", "./b"), [("undeclared-offering", "b/x.py:1")]),
    ],
)
def test_code_beside_and_below_manifests_is_held_against_the_nearest(
    given: tuple[str, ...], expected: list[Any], tmp_path: Path
) -> None:
    ended = vendorgate("check", *given, "--code", "--format", "json", folder=project(tmp_path, FOLDERS))
    found = [(kind, at.removeprefix("./")) for kind, at in told(ended)]
    assert (ended.code, found) == (0, expected), ended.stderr


def test_manifest_in_a_folder_below_hides_no_code_from_a_check_of_the_one_above(tmp_path: Path) -> None:
    files = {"vendorgate.yaml": manifest(AZURE), "src/a.py": CALLS, "src/vendorgate.yaml": manifest(project="x")}
    for given in ((), ("vendorgate.yaml",), (".",)):
        ended = vendorgate("check", *given, "--code", folder=project(tmp_path, files, ERROR))
        assert ended.code == 1, given


def test_code_that_a_manifest_with_mistakes_covers_is_not_said_to_be_undeclared(tmp_path: Path) -> None:
    files = {**FOLDERS, "a/vendorgate.yaml": "version: 2\n", "vendorgate.yaml": manifest(OPENAI)}
    ended = vendorgate("check", ".", "--code", "--format", "json", folder=project(tmp_path, files, ERROR))
    assert (ended.code, told(ended)) == (2, [("undeclared-offering", "b/x.py:1")])


def test_from_a_folder_below_the_root_paths_of_the_bundle_are_those_of_the_repository(tmp_path: Path) -> None:
    detect = {**ERROR, "except": [{"path": "b/x.py", "reason": "r"}]}
    project(tmp_path, FOLDERS, detect)
    ended = vendorgate("check", "--code", "--format", "json", folder=tmp_path / "b")
    assert (ended.code, told(ended)) == (0, [("drift-suppressed", "x.py:1")])


def test_manifest_from_standard_input_has_no_code(tmp_path: Path) -> None:
    ended = vendorgate("check", "-", "--code", folder=project(tmp_path, FOLDERS))
    assert ended.code == 2
    assert "standard input" in ended.stderr


FORMATS = {
    "text": "code uses `openai-api`, and vendorgate.yaml declares azure-openai",
    "markdown": "### Code otherwise than declared",
    "github": "::error file=src/a.py,line=1,",
    "sarif": '"ruleId": "route-mismatch"',
    "gitlab": '"check_name": "route-mismatch"',
    "junit": 'name="route-mismatch of src/a.py"',
    "html": "route-mismatch",
}


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_tells_it(format: str, tmp_path: Path) -> None:
    project(tmp_path, {"vendorgate.yaml": manifest(AZURE), "src/a.py": CALLS}, ERROR)
    ended = vendorgate("check", "--code", "--format", format, folder=tmp_path)
    assert ended.code == 1
    assert FORMATS[format] in ended.stdout


@pytest.mark.parametrize(("format", "shown"), [("sarif", '"level": "warning"'), ("gitlab", '"severity": "major"')])
def test_what_does_not_block_is_told_at_its_line_too(format: str, shown: str, tmp_path: Path) -> None:
    project(tmp_path, {"vendorgate.yaml": manifest(AZURE), "src/a.py": CALLS})
    ended = vendorgate("check", "--code", "--format", format, folder=tmp_path)
    assert ended.code == 0
    assert "route-mismatch" in ended.stdout
    assert shown in ended.stdout


def test_report_of_code_is_verified_without_the_code_and_says_so(tmp_path: Path) -> None:
    project(tmp_path, {"vendorgate.yaml": manifest(AZURE), "src/a.py": CALLS}, ERROR)
    vendorgate("check", "--code", "--output", "json=r.json", folder=tmp_path)
    (tmp_path / "src" / "a.py").unlink()
    ended = vendorgate("verify", "r.json", folder=tmp_path)
    assert ended.code == 0, ended.stdout
    assert "`route-mismatch`" in ended.stdout
    report = tmp_path / "r.json"
    report.write_text(report.read_text().replace('"verdict": "fail"', '"verdict": "pass"'), encoding="utf-8")
    assert vendorgate("verify", "r.json", folder=tmp_path).code == 1


def test_same_code_gives_the_same_bytes(tmp_path: Path) -> None:
    project(tmp_path, FOLDERS, ERROR)
    one, other = (vendorgate("check", ".", "--code", "--format", "json", folder=tmp_path).stdout for _ in range(2))
    assert one == other
