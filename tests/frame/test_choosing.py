"""Which files judge: what is named, else the nearest up to the root of the repository, else what comes along."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command import Ended, vendorgate
from vendorgate.load.nearby import Nearest, is_bundle, nearest

POLICY = "version: 1\npolicies:\n  - {id: %s, title: P, require: [{known: usage.offering}]}\n"
MANIFEST = "version: 1\nproject: demo\nusages: [{id: u, offering: openai-api, data: [internal]}]\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    here = tmp_path / "services" / "mail"
    here.mkdir(parents=True)
    (here / "vendorgate.yaml").write_text(MANIFEST)
    return tmp_path


def put(folder: Path, text: str, name: str = "p.yaml") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def judged(folder: Path, *arguments: str) -> dict[str, Any]:
    ended = vendorgate("check", "--format", "json", *arguments, folder=folder)
    assert ended.code in (0, 1), ended.stderr
    report: dict[str, Any] = json.loads(ended.stdout)
    return report


def policies(report: dict[str, Any]) -> list[str]:
    return sorted({result["policy"] for result in report["results"]})


def notices(report: dict[str, Any]) -> list[str]:
    found = ("folder-passed-over", "nested-bundle")
    return [notice["id"] for notice in report["notices"] if notice["id"] in found]


def test_the_bundle_of_the_root_judges_from_every_folder_below(repository: Path) -> None:
    put(repository / "policies", POLICY % "of-the-root")
    report = judged(repository / "services" / "mail")
    assert (policies(report), notices(report)) == (["of-the-root"], [])
    assert report["inputs"]["bundle"]["sha256"]


def test_a_bundle_that_is_nearer_than_the_roots_judges_and_is_said(repository: Path) -> None:
    put(repository / "policies", POLICY % "of-the-root")
    put(repository / "services" / "policies", POLICY % "nearer")
    report = judged(repository / "services" / "mail")
    assert (policies(report), notices(report)) == (["nearer"], ["nested-bundle"])


def test_the_only_bundle_is_not_nested(repository: Path) -> None:
    put(repository / "services" / "policies", POLICY % "nearer")
    report = judged(repository / "services" / "mail")
    assert (policies(report), notices(report)) == (["nearer"], [])


def test_a_folder_of_that_name_that_is_no_bundle_is_passed_over_and_said(repository: Path) -> None:
    put(repository / "services" / "mail" / "policies", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n")
    put(repository / "policies", POLICY % "of-the-root")
    report = judged(repository / "services" / "mail")
    assert (policies(report), notices(report)) == (["of-the-root"], ["folder-passed-over"])


@pytest.mark.parametrize("command", [("policy", "lint"), ("policy", "list"), ("check",)])
def test_every_command_says_that_a_folder_was_passed_over(command: tuple[str, ...], repository: Path) -> None:
    here = repository / "services" / "mail"
    put(here / "policies", "no policy\n", "readme.txt")
    words = "using the policies that came with vendorgate (policies/ is no bundle) and the registry-snapshot that came"
    assert words in vendorgate(*command, folder=here).stderr
    put(repository / "policies", POLICY % "of-the-root")
    words = "using ../../policies/ (policies/ is no bundle) and the registry-snapshot that came"
    assert words in vendorgate(*command, folder=here).stderr


def test_outside_git_no_folder_above_is_looked_at(tmp_path: Path) -> None:
    put(tmp_path / "policies", POLICY % "above")
    put(tmp_path / "below", MANIFEST, "vendorgate.yaml")
    assert "above" not in policies(judged(tmp_path / "below"))


def test_nothing_above_the_root_is_looked_at(tmp_path: Path) -> None:
    put(tmp_path / "policies", POLICY % "above")
    put(tmp_path / "inside", MANIFEST, "vendorgate.yaml")
    subprocess.run(["git", "init", "-q", str(tmp_path / "inside")], check=True)
    assert "above" not in policies(judged(tmp_path / "inside"))


def test_the_snapshot_of_the_root_is_looked_for_in_the_same_way(repository: Path) -> None:
    put(repository / "registry-snapshot", "nothing: here\n", "snapshot.yaml")
    ended = vendorgate("check", folder=repository / "services" / "mail")
    assert ended.code == 2
    assert "../../registry-snapshot/snapshot.yaml:1:1" in ended.stderr


def test_what_comes_with_vendorgate_goes_by_a_name(repository: Path) -> None:
    put(repository / "policies", POLICY % "of-the-root")
    put(repository / "registry-snapshot", "nothing: here\n", "snapshot.yaml")
    here = repository / "services" / "mail"
    report = judged(here, "--policies", "builtin", "--registry", "builtin")
    assert "no-training-on-our-data" in policies(report)
    assert "of-the-root" not in policies(report)


@pytest.mark.parametrize("options", [["--policies", "builtin"], []])
def test_a_pack_only_ever_adds_to_the_built_in_bundle(options: list[str], repository: Path) -> None:
    here = repository / "services" / "mail"
    without, added = (policies(judged(here, *options, *more)) for more in ([], ["--pack", "residency"]))
    assert set(without) < set(added)


def test_verify_takes_no_notice_of_where_policies_were_found(repository: Path) -> None:
    put(repository / "services" / "mail" / "policies", "kind: NetworkPolicy\n")
    put(repository / "policies", POLICY % "of-the-root")
    here = repository / "services" / "mail"
    (here / "report.json").write_text(vendorgate("check", "--format", "json", folder=here).stdout)
    assert vendorgate("verify", "report.json", "--policies", "../../policies", folder=here).code == 0


def write(text: str) -> Callable[[str], bytes | None]:
    return lambda name: text.encode()


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        (["bundle.yaml"], "x", True),
        (["agreements.yaml"], "x", True),
        (["waivers.yaml"], "x", True),
        (["accounts.yaml"], "x", True),
        (["offerings/x.txt"], "x", True),
        (["observations/x.txt"], "x", True),
        (["deep/down/p.yml"], POLICY % "p", True),
        (["p.yaml"], "policies: []", True),
        (["p.yaml"], "a: 1\nversion: 2\n", True),
        (["p.yaml"], "", True),
        (["p.yaml"], "---\n", True),
        (["p.yaml"], "# nothing\n", True),
        (["p.yaml"], "a: [", True),
        (["p.yaml"], "\t", True),
        (["p.yaml"], "a: 1\n---\nversion: 1\n", True),
        (["p.yaml"], "kind: A\nspec: {version: 1, policies: []}\n", False),
        (["p.yaml"], "kind: A\n---\nkind: B\n", False),
        (["p.yaml"], "kind: version\n", False),
        (["p.yaml"], "? [version]\n: 1\n", False),
        (["p.yaml"], "a text\n", False),
        (["p.yaml"], "[" * 50_000 + "]" * 50_000, True),
        (["p.rego"], "version: 1", False),
        (["sub/bundle.yaml"], "kind: A", False),
        ([], "", False),
    ],
)
def test_a_folder_is_a_bundle_by_its_files(names: list[str], text: str, expected: bool) -> None:
    assert is_bundle(names, write(text)) is expected


def test_what_cannot_be_read_is_not_passed_over() -> None:
    assert is_bundle(["p.yaml"], lambda name: None)
    assert is_bundle(["p.yaml"], lambda name: b"\xff")


def test_only_nearer_folders_are_passed_over() -> None:
    found = nearest(["a", "b", "c", "d"], lambda name: name in ("b", "d"))
    assert found == Nearest("b", ("a",), "d")


def checked(folder: Path, *arguments: str) -> Ended:
    put(folder, MANIFEST, "vendorgate.yaml")
    put(folder / "policies", POLICY % "p")
    return vendorgate("check", *arguments, folder=folder)


def test_a_day_that_is_given_is_told(tmp_path: Path) -> None:
    ended = checked(tmp_path, "--as-of", "2026-11-01")
    assert "as of 2026-11-01 (given):" in ended.stdout
    assert "as of 2026-11-01, " in ended.stderr
    assert "before today" in ended.stderr
    assert "(given)" not in checked(tmp_path).stdout
    assert judged(tmp_path, "--as-of", "2026-11-01")["as_of_given"] is True
    assert judged(tmp_path)["as_of_given"] is False


@pytest.mark.parametrize(("day", "code"), [("2020-01-01", 2), ("2120-01-01", 2)])
def test_a_day_that_is_further_off_than_the_bundle_allows_is_refused(day: str, code: int, tmp_path: Path) -> None:
    put(tmp_path / "policies", "as_of: {within_days: 31}\n", "bundle.yaml")
    ended = checked(tmp_path, "--as-of", day)
    assert (ended.code, ended.stdout) == (code, "")
    assert "within_days: 31" in ended.stderr
    assert checked(tmp_path).code == 0


def test_a_new_bundle_names_what_it_no_longer_asks(tmp_path: Path) -> None:
    ended = vendorgate("init", "bundle", "--name", "own", "--pack", "baseline", folder=tmp_path)
    assert ended.code == 0
    assert "no longer asked" in ended.stderr
    assert "phi-needs-baa-and-zdr" in ended.stderr
    assert "no-training-on-our-data" not in ended.stderr
    assert ended.stderr.endswith("add to packs in bundle.yaml: children, gdpr, hipaa, pci, source-code\n")


def test_the_way_to_a_bundle_for_waivers_keeps_every_pack(tmp_path: Path) -> None:
    put(tmp_path, MANIFEST, "vendorgate.yaml")
    options = ("--policy", "p", "--usage", "u", "--reason", "r", "--approved-by", "a", "--expires", "2027-01-01")
    ended = vendorgate("waiver", "add", "vendorgate.yaml", *options, folder=tmp_path)
    assert ended.code == 2
    assert "--pack baseline --pack children" in ended.stderr
