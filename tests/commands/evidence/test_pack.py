"""A check with everything that it takes to judge it again, in one archive."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT, process, vendorgate
from tests.commands.evidence.packs import DAY, JUDGES, PACK, copied, document, members, pack, verify, world, write
from tests.commands.review.repository import BAA, manifest, policies, usage
from vendorgate.archive.document import MANIFEST, SUMS
from vendorgate.archive.layout import MOST_MEMBERS
from vendorgate.archive.writing import PackWriter
from vendorgate.frame.formats import FORMATS
from vendorgate.gate import Gate

BROKEN = "version: 1\nproject: broken\nusages:\n  - {id: u, offering: nobody, data: [phi]}\n"
FINE = manifest(usage("u", "alpha", "public"))


@pytest.mark.parametrize(
    ("files", "manifests", "code", "verdict"),
    [
        ({"vendorgate.yaml": FINE}, (), 0, "pass"),
        ({}, (), 1, "fail"),
        ({"broken/vendorgate.yaml": BROKEN}, (".",), 2, "incomplete"),
    ],
)
def test_pack_ends_as_a_check_does_and_holds(
    files: dict[str, str], manifests: tuple[str, ...], code: int, verdict: str, tmp_path: Path
) -> None:
    world(tmp_path, files)
    checked = vendorgate("check", *manifests, *JUDGES, folder=tmp_path)
    ended = pack(tmp_path, *manifests)
    assert ended.code == checked.code == code
    data = (tmp_path / PACK).read_bytes()
    assert document(data)["verdict"] == verdict
    held = verify(tmp_path / PACK)
    assert (held.code, held.stdout.split(":")[0]) == (0, "holds"), held.stdout
    assert f"verdict {verdict}" in held.stdout


def test_every_report_of_a_check_is_in_it_from_one_judgement(tmp_path: Path) -> None:
    world(tmp_path)
    pack(tmp_path)
    inside = members((tmp_path / PACK).read_bytes())
    reports = [name for name in inside if name.startswith("reports/")]
    assert len(reports) == len(FORMATS)
    for format, name in (
        ("json", "reports/report.json"),
        ("csv", "reports/report.csv"),
        ("html", "reports/report.html"),
    ):
        out = vendorgate("check", "--format", format, *JUDGES, folder=tmp_path).stdout
        assert inside[name].decode() == out


def test_inputs_are_byte_for_byte_those_that_judged(tmp_path: Path) -> None:
    text = b"# \xc3\xa4\r\nversion: 1\r\nproject: p\r\nusages: []\r\n"
    world(tmp_path, {"vendorgate.yaml": text, "policies/waivers.yaml": {"version": 1, "waivers": []}})
    assert pack(tmp_path).code == 0
    inside = members((tmp_path / PACK).read_bytes())
    assert inside["inputs/manifests/0001-p.yaml"] == text
    for name in ("policies", "registry"):
        for path in (tmp_path / name).rglob("*.yaml"):
            assert inside[f"inputs/{path.relative_to(tmp_path).as_posix()}"] == path.read_bytes()


def test_digests_in_it_are_those_that_anybody_can_work_out(tmp_path: Path) -> None:
    world(tmp_path)
    pack(tmp_path)
    data = (tmp_path / PACK).read_bytes()
    inside, said = members(data), document(data)
    assert {one["path"] for one in said["members"]} == inside.keys() - {MANIFEST, SUMS}
    for one in said["members"]:
        assert one["sha256"] == hashlib.sha256(inside[one["path"]]).hexdigest()
    lines = inside[SUMS].decode().splitlines()
    assert [line[66:] for line in lines] == sorted(inside.keys() - {SUMS})
    assert all(hashlib.sha256(inside[line[66:]]).hexdigest() == line[:64] for line in lines)


def test_page_on_verifying_says_what_works_without_vendorgate(tmp_path: Path) -> None:
    world(tmp_path)
    pack(tmp_path)
    inside = tmp_path / "pack"
    for name, content in members((tmp_path / PACK).read_bytes()).items():
        write(inside, {name: content})
    page = (inside / "VERIFY.md").read_text(encoding="utf-8")
    registry = document((tmp_path / PACK).read_bytes())["inputs"]["registry"]["sha256"]
    command = "(cd inputs/registry && sha256sum snapshot.yaml offerings/*.yaml | LC_ALL=C sort -k2 | sha256sum)"
    assert command in page
    assert registry in page

    def shell(text: str) -> str:
        return subprocess.run(["sh", "-c", text], cwd=inside, check=True, capture_output=True, text=True).stdout

    assert shell(command).split()[0] == registry
    assert "FAILED" not in shell(f"sha256sum -c {SUMS}")
    found, listed = shell(f"find . -type f ! -name {SUMS} | wc -l; wc -l < {SUMS}").split()
    assert found == listed


# The same bytes.


def test_same_inputs_give_the_same_bytes_in_another_folder_and_process(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "elsewhere" / "deeper"
    world(one)
    pack(one)
    copied(one, other)
    first = (one / PACK).read_bytes()
    environment = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "COLUMNS": "40", "VENDORGATE_COLOR": "always"}
    ended = process("evidence", "pack", "--output", PACK, *JUDGES, folder=other, environment=environment)
    assert ended.code == 1, ended.stderr
    assert (other / PACK).read_bytes() == first


def test_folder_of_a_repository_is_said_and_reports_begin_at_its_root(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    world(tmp_path / "services" / "clinic")
    pack(tmp_path / "services" / "clinic")
    data = (tmp_path / "services" / "clinic" / PACK).read_bytes()
    assert document(data)["run"]["folder"] == "services/clinic"
    assert b"services/clinic/vendorgate.yaml" in members(data)["reports/report.sarif"]
    assert verify(tmp_path / "services" / "clinic" / PACK).code == 0


# What judged, in every way in which it can be told.


@pytest.mark.parametrize("shape", ["packs", "projects", "overlay", "fail-on", "piped", "register", "built-in", "index"])
def test_pack_holds_whatever_judged(shape: str, tmp_path: Path) -> None:
    world(tmp_path)
    arguments: tuple[str, ...] = ()
    if shape == "packs":
        bundle = {"version": 1, "name": "b", "packs": ["optional"], "optional_packs": ["optional", "other"]}
        rules = policies({**BAA, "id": "extra"})
        write(tmp_path, {"policies/bundle.yaml": bundle, "policies/optional/x.yaml": rules})
        write(tmp_path, {"policies/other/y.yaml": policies({**BAA, "id": "more"})})
    if shape == "projects":
        bound = [{"project": "p", "paths": ["vendorgate.yaml"], "owner": "team"}]
        write(tmp_path, {"policies/bundle.yaml": {"version": 1, "projects": bound}})
        arguments = ("--repository", "acme/clinic")
    if shape == "overlay":
        own = {"id": "own", "name": "Own", "developer": "A", "platform": "A", "category": "internal", "dimensions": {}}
        write(tmp_path, {"policies/offerings/own.yaml": own, "vendorgate.yaml": manifest(usage("u", "own"))})
    if shape == "fail-on":
        arguments = ("--fail-on", "note")
    if shape == "register":
        entry = {"kind": "baa", "offerings": ["*"], "status": "executed", "signed": "2026-01-01"}
        write(tmp_path, {"policies/agreements.yaml": {"version": 1, "agreements": [entry]}})
    if shape == "index":
        assert vendorgate("registry", "index", "--registry", "registry", folder=tmp_path).code == 0
    if shape == "piped":
        words = ("evidence", "pack", "-", "--output", PACK, *JUDGES)
        ended = subprocess.run(
            ["sh", "-c", f"cat vendorgate.yaml | {sys.executable} -m vendorgate {' '.join(words)}"],
            cwd=tmp_path,
            check=False,
        )
        assert ended.returncode == 1
    elif shape == "built-in":
        built_in = ("--policies", "builtin", "--registry", "builtin", "--pack", "financial")
        clinic = str(ROOT / "examples/clinic/vendorgate.yaml")
        ended_ = vendorgate("evidence", "pack", clinic, "--output", PACK, *built_in, "--as-of", DAY, folder=tmp_path)
        assert ended_.code == 1, ended_.stderr
    else:
        assert pack(tmp_path, *arguments).code in (0, 1)
    held = verify(tmp_path / PACK)
    assert held.code == 0, held.stdout + held.stderr


def test_library_pack_beside_a_bundle_of_ones_own_is_packed(tmp_path: Path) -> None:
    own = {"version": 1, "name": "own", "packs": ["baseline"]}
    write(tmp_path, {"policies/bundle.yaml": own, "policies/p.yaml": policies(BAA), "vendorgate.yaml": FINE})
    write(tmp_path, {"vendorgate.yaml": manifest(usage("u", "openai-api", "public"))})
    arguments = ("--registry", "builtin", "--as-of", DAY)
    ended = vendorgate("evidence", "pack", "--output", PACK, *arguments, folder=tmp_path)
    assert ended.code in (0, 1), ended.stderr
    inside = members((tmp_path / PACK).read_bytes())
    shipped = ROOT / "policies" / "baseline" / "vendors.yaml"
    assert inside["inputs/library/baseline/vendors.yaml"] == shipped.read_bytes()
    held = verify(tmp_path / PACK)
    assert held.code == 0, held.stdout + held.stderr


def test_names_of_any_script_are_packed(tmp_path: Path) -> None:
    world(tmp_path, {"policies/política-質問.yaml": policies({**BAA, "id": "more"}), "プロジェクト/m.yaml": FINE})
    assert pack(tmp_path, "プロジェクト/m.yaml").code in (0, 1)
    data = (tmp_path / PACK).read_bytes()
    assert "inputs/policies/política-質問.yaml" in members(data)
    assert document(data)["inputs"]["manifests"][0]["path"] == "プロジェクト/m.yaml"
    assert verify(tmp_path / PACK).code == 0


# Manifests that could not be judged.


def test_manifest_with_mistakes_is_in_it_and_its_mistakes_are_judged_again(tmp_path: Path) -> None:
    world(tmp_path, {"broken/vendorgate.yaml": BROKEN})
    ended = pack(tmp_path, ".")
    assert ended.code == 2
    assert "not judged" in ended.stderr
    data = (tmp_path / PACK).read_bytes()
    assert document(data)["inputs"]["not_judged"] == [
        {"path": "broken/vendorgate.yaml", "member": "inputs/not-judged/0001.yaml"}
    ]
    inside = members(data)
    assert inside["inputs/not-judged/0001.yaml"].decode() == BROKEN
    assert "**incomplete**" in inside["README.md"].decode()
    assert verify(tmp_path / PACK).code == 0


def test_manifest_that_is_not_there_is_said_and_its_pack_holds(tmp_path: Path) -> None:
    world(tmp_path)
    assert pack(tmp_path, "vendorgate.yaml", "missing.yaml").code == 2
    assert document((tmp_path / PACK).read_bytes())["inputs"]["not_judged"] == [
        {"path": "missing.yaml", "member": None}
    ]
    assert verify(tmp_path / PACK).code == 0


@pytest.mark.parametrize("mistake", ["manifest", "policies", "registry", "none"])
def test_where_nothing_is_judged_nothing_is_written(mistake: str, tmp_path: Path) -> None:
    world(tmp_path)
    if mistake == "none":
        (tmp_path / "vendorgate.yaml").unlink()
    else:
        place = {"manifest": "vendorgate.yaml", "policies": "policies/rules.yaml", "registry": "registry/snapshot.yaml"}
        write(tmp_path, {place[mistake]: "a: [\n"})
    ended = pack(tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert sorted(one.name for one in tmp_path.iterdir() if "zip" in one.name) == []


# The file.


@pytest.mark.parametrize(
    "output",
    [
        "vendorgate.yaml",
        "policies/evidence.zip",
        "registry/evidence.zip",
        "policies",
        "nowhere/at/all.zip",
        "-",
        " ",
        "notes.txt",
    ],
)
def test_output_that_cannot_be_is_refused_before_anything_is_judged(output: str, tmp_path: Path) -> None:
    world(tmp_path, {"notes.txt": "precious", "policies/rules.yaml": "a: [\n"})
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    ended = pack(tmp_path, output=output)
    assert ended.code == 2
    assert f"--output {output.strip()}" in ended.stderr
    assert "rules.yaml" not in ended.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_folder_of_packs_is_made_and_goes_where_nothing_is_judged(tmp_path: Path) -> None:
    world(tmp_path)
    assert pack(tmp_path, output="evidence/first.zip").code == 1
    assert [one.name for one in (tmp_path / "evidence").iterdir()] == ["first.zip"]
    write(tmp_path, {"vendorgate.yaml": "a: [\n"})
    assert pack(tmp_path, output="others/first.zip").code == 2
    assert not (tmp_path / "others").exists()


def test_earlier_pack_is_replaced_at_once_and_kept_where_nothing_is_judged(tmp_path: Path) -> None:
    world(tmp_path)
    pack(tmp_path)
    first = (tmp_path / PACK).read_bytes()
    write(tmp_path, {"vendorgate.yaml": "a: [\n"})
    assert pack(tmp_path).code == 2
    assert (tmp_path / PACK).read_bytes() == first
    write(tmp_path, {"vendorgate.yaml": FINE})
    assert pack(tmp_path).code == 0
    assert (tmp_path / PACK).read_bytes() != first


@pytest.mark.parametrize("at", [1, 20_000])
def test_full_disk_leaves_nothing_behind(at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world(tmp_path)
    write_local = PackWriter.add
    told = 0

    def full(writer: PackWriter, *arguments: object) -> None:
        nonlocal told
        write_local(writer, *arguments)  # type: ignore[arg-type]
        told += 1
        if told >= min(at, 10):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(PackWriter, "add", full)
    before = sorted(path.name for path in tmp_path.iterdir())
    ended = pack(tmp_path)
    assert ended.code == 2
    assert f"--output {PACK}: cannot be written: no space left on device" in ended.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.skipif(os.name == "nt", reason="no such limit there")
def test_file_that_may_not_grow_leaves_nothing_behind(tmp_path: Path) -> None:
    world(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    words = " ".join(("evidence", "pack", "--output", PACK, *JUDGES))
    limited = f"ulimit -f 20; exec {sys.executable} -m vendorgate {words}"
    ended = subprocess.run(["sh", "-c", limited], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 2, ended.stderr
    assert f"--output {PACK}: cannot be written: file too large" in ended.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_pack_that_becomes_too_large_says_what_is_large(tmp_path: Path) -> None:
    text = json.dumps(manifest(*[usage(f"u{number}", "beta", "public") for number in range(700)]))
    world(tmp_path, {"vendorgate.yaml": text})
    ended = pack(tmp_path, "--max-size", "1")
    assert ended.code == 2
    assert "an evidence pack of more than 1.0 MiB unpacked: of its first " in ended.stderr
    assert re.search(r"inventory/dora\.\w+ has [0-9.]+ MiB", ended.stderr)
    assert not (tmp_path / PACK).exists()


def test_file_that_changes_while_it_is_packed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world(tmp_path)
    judge = Gate.judge

    def meanwhile(gate: Gate, *arguments: object, **words: object) -> object:
        found = judge(gate, *arguments, **words)  # type: ignore[arg-type]
        with (tmp_path / "registry/offerings/beta.yaml").open("a") as file:
            file.write("\n")
        return found

    monkeypatch.setattr(Gate, "judge", meanwhile)
    ended = pack(tmp_path)
    assert ended.code == 2
    assert "the file changed while it was packed" in ended.stderr
    assert not (tmp_path / PACK).exists()


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_file_whose_name_not_every_system_has_is_refused_by_name(tmp_path: Path) -> None:
    world(tmp_path, {"policies/a:b.yaml": policies({**BAA, "id": "one"})})
    write(
        tmp_path,
        {"policies/C.yaml": policies({**BAA, "id": "two"}), "policies/c.yaml": policies({**BAA, "id": "three"})},
    )
    ended = pack(tmp_path)
    assert ended.code == 2
    assert "policies/a:b.yaml" in ended.stderr
    assert "a name that some systems take for that of policies/C.yaml" in ended.stderr


def test_limit_of_members_is_one_that_the_format_has() -> None:
    assert MOST_MEMBERS < 2**16
