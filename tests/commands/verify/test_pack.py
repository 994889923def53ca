"""Whether an evidence pack holds: its digests, and all that follows from the inputs in it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import Ended, vendorgate
from tests.commands.evidence.packs import PACK, document, forged, pack, rezipped, small_pack, verify, world
from tests.commands.review.repository import manifest, usage
from tests.thoroughness import share
from vendorgate.archive.document import EvidenceManifest

Contents = dict[str, bytes]
JUDGED = "inputs/manifests/0001-p.yaml"


def kept(folder: Path, data: bytes) -> Path:
    path = folder / PACK
    path.write_bytes(data)
    return path


def test_pack_holds_where_nothing_else_is(tmp_path: Path) -> None:
    ended = verify(kept(tmp_path, small_pack()))
    assert ended.code == 0
    assert ended.stdout.startswith("holds: ")
    assert ended.stderr == ""


def test_json_says_what_holds(tmp_path: Path) -> None:
    said = json.loads(verify(kept(tmp_path, small_pack()), "--format", "json").stdout)
    count = len(document(small_pack())["members"])
    assert (said["holds"], said["outcome"]) == (True, "holds")
    assert said["pack"] == {"verdict": "fail", "members": count, "faults": [], "not_compared": []}


def test_tampered_member_is_named(tmp_path: Path) -> None:
    def change(contents: Contents) -> None:
        contents[JUDGED] = contents[JUDGED].replace(b"beta", b"alfa")
        del contents["reports/report.csv"]
        contents["reports/added.txt"] = b"x"

    path = kept(tmp_path, rezipped(small_pack(), change))
    ended = verify(path)
    assert ended.code == 1
    assert ended.stdout.startswith(f"tampered with: {path}: it is not the pack that was made")
    assert f"  {JUDGED} is not the one that the pack lists\n" in ended.stdout
    assert "  reports/report.csv is listed, and not there\n" in ended.stdout
    assert "  reports/added.txt is there, and not listed\n" in ended.stdout
    said = json.loads(verify(path, "--format", "json").stdout)
    assert (said["holds"], said["outcome"]) == (False, "tampered")
    assert {"path": JUDGED, "fault": "changed"} in said["pack"]["faults"]


# Whoever changes a member can change its digest, too: then what is judged again says otherwise.


def _verdict(contents: Contents) -> None:
    contents["reports/report.json"] = contents["reports/report.json"].replace(
        b'"verdict": "fail"', b'"verdict": "pass"'
    )


def _page(contents: Contents) -> None:
    contents["reports/report.html"] = contents["reports/report.html"].replace(b"fail", b"pass")


def _workbook(contents: Contents) -> None:
    contents["reports/report.xlsx"] = contents["reports/report.csv"]


def _readme(contents: Contents) -> None:
    contents["README.md"] = contents["README.md"].replace(b"**fail**", b"**pass**")


def _cells(contents: Contents) -> None:
    contents["evidence/cells.csv"] += b'"alpha","gdpr_dpa"\n'


def _input(contents: Contents) -> None:
    contents[JUDGED] = json.dumps(manifest(usage("u", "alpha"))).encode()


def _registry(contents: Contents) -> None:
    name = "inputs/registry/offerings/beta.yaml"
    contents[name] = contents[name].replace(b'"no"', b'"yes_public"')


def _lost(contents: Contents) -> None:
    del contents["reports/report.sarif"]


def _more(contents: Contents) -> None:
    contents["reports/summary.txt"] = b"all is well\n"


def _hidden(contents: Contents) -> None:
    contents["inputs/policies/notes.txt"] = b"x"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_verdict, "  reports/report.json is not what vendorgate makes of the inputs in the pack\n"),
        (_verdict, "  verdict: the report has pass, and here it is fail\n"),
        (_page, "  reports/report.html is not what"),
        (_workbook, "  reports/report.xlsx is not what"),
        (_readme, "  README.md is not what"),
        (_cells, "  evidence/cells.csv is not what"),
        (_input, "  reports/report.json is not what"),
        (_input, "  MANIFEST.json is not what"),
        (_registry, "  registry sha256: the report has"),
        (_lost, "  reports/report.sarif is missing, and a pack of these inputs has it\n"),
        (_more, "  reports/summary.txt is nothing that a pack of these inputs has\n"),
        (_hidden, "  inputs/policies/notes.txt is nothing that"),
    ],
)
def test_forged_pack_whose_digests_are_right_does_not_hold(
    change: Callable[[Contents], None], words: str, tmp_path: Path
) -> None:
    ended = verify(kept(tmp_path, forged(small_pack(), change)))
    assert ended.code == 1
    assert words in ended.stdout
    assert "tampered" not in ended.stdout


@pytest.mark.parametrize(
    "said",
    [
        lambda one: msgspec.structs.replace(one, verdict="pass"),
        lambda one: msgspec.structs.replace(one, as_of_given=False),
        lambda one: msgspec.structs.replace(one, as_of=one.as_of.replace(year=2025)),
        lambda one: msgspec.structs.replace(one, run=msgspec.structs.replace(one.run, fail_on="note")),
        lambda one: msgspec.structs.replace(one, run=msgspec.structs.replace(one.run, folder="elsewhere")),
        lambda one: msgspec.structs.replace(
            one, inputs=msgspec.structs.replace(one.inputs, bundle=msgspec.structs.replace(one.inputs.bundle, name="x"))
        ),
    ],
)
def test_forged_word_of_a_pack_does_not_hold(
    said: Callable[[EvidenceManifest], EvidenceManifest], tmp_path: Path
) -> None:
    ended = verify(kept(tmp_path, forged(small_pack(), lambda _: None, said)))
    assert ended.code == 1, ended.stdout


def test_forging_nothing_gives_the_same_pack() -> None:
    assert forged(small_pack(), lambda _: None) == small_pack()


def test_inputs_that_are_not_valid_are_not_read_as_a_verdict(tmp_path: Path) -> None:
    def break_it(contents: Contents) -> None:
        contents["inputs/policies/rules.yaml"] = b"a: [\n"

    ended = verify(kept(tmp_path, forged(small_pack(), break_it)))
    assert (ended.code, ended.stdout) == (2, "")
    assert "policies/rules.yaml" in ended.stderr


# Another version of vendorgate.


def test_pack_of_another_version_holds_but_for_the_version(tmp_path: Path) -> None:
    def older(contents: Contents) -> None:
        contents["reports/report.json"] = contents["reports/report.json"].replace(b'"0.1.0"', b'"0.0.9"')
        contents["reports/report.html"] = contents["reports/report.html"].replace(b"fail", b"failed")

    version = document(small_pack())["tool"]["version"]
    assert version == "0.1.0"
    data = forged(
        small_pack(),
        older,
        lambda one: msgspec.structs.replace(one, tool=msgspec.structs.replace(one.tool, version="0.0.9")),
    )
    ended = verify(kept(tmp_path, data))
    assert ended.code == 1
    assert ended.stdout.startswith("holds but for the version: ")
    assert "not compared, because another version words them: " in ended.stdout
    assert verify(kept(tmp_path, data), "--any-version").code == 0


# Files.


def of_a_file(data: bytes) -> Ended:
    """What is said of a file that is kept for no longer than that."""
    with tempfile.TemporaryDirectory() as folder:
        return verify(kept(Path(folder), data))


@settings(max_examples=share(100))
@given(st.data())
def test_no_change_of_a_byte_ends_in_anything_but_one_or_two(data: st.DataObject) -> None:
    whole = bytearray(small_pack())
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    ended = of_a_file(bytes(whole))
    assert ended.code in (1, 2)
    assert "holds:" not in ended.stdout
    assert "Traceback" not in ended.stderr


@settings(max_examples=share(60))
@given(st.data())
def test_cut_pack_ends_with_two(data: st.DataObject) -> None:
    cut = small_pack()[: data.draw(st.integers(0, len(small_pack()) - 1))]
    ended = of_a_file(cut)
    assert (ended.code, ended.stdout) == (2, "")
    assert "Traceback" not in ended.stderr


def test_inputs_beside_a_pack_are_refused(tmp_path: Path) -> None:
    path = kept(tmp_path, small_pack())
    for option, value in (
        ("--policies", "p"),
        ("--registry", "r"),
        ("--manifest", "m"),
        ("--pack", "x"),
        ("--fail-on", "note"),
    ):
        ended = verify(path, option, value)
        assert ended.code == 2
        assert f"an evidence pack has its own inputs, and is not judged by {option}" in ended.stderr


def test_report_is_not_written_over_the_pack(tmp_path: Path) -> None:
    path = kept(tmp_path, small_pack())
    ended = vendorgate("verify", PACK, "--output", f"json={PACK}", folder=tmp_path)
    assert ended.code == 2
    assert "would overwrite an input" in ended.stderr
    assert path.read_bytes() == small_pack()


def test_larger_pack_than_is_read_is_said(tmp_path: Path) -> None:
    world(tmp_path, {"vendorgate.yaml": manifest(*[usage(f"u{number}", "beta", "public") for number in range(300)])})
    assert pack(tmp_path).code == 0
    ended = verify(tmp_path / PACK, "--max-size", "1")
    assert ended.code == 2
    assert "of which 1.0 MiB are read" in ended.stderr
