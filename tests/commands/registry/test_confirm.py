"""`registry confirm`: a reading is recorded in every cell of a page, and nothing else is changed."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import subprocess
import threading
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.command import process, vendorgate
from tests.commands.registry.keeping import ALPHA, BETA, DAY, FILES, PAGE, WHO, confirm, confirmed, write
from tests.terminal import INTERRUPT, answered
from vendorgate.commands.registry.reading.quotes import normalised, sha256_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of git in which nobody has said who they are."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    subprocess.run(("git", "init", "--quiet", "--template="), cwd=tmp_path, check=True)
    write(tmp_path)
    return tmp_path


def text(folder: Path, id: str = "alpha") -> str:
    return (folder / "registry-snapshot" / "offerings" / f"{id}.yaml").read_bytes().decode("utf-8")


def lines(before: str, after: str) -> list[str]:
    """What is taken out and put in, line by line."""
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in found if line[0] in "+-" and line[:3] not in ("+++", "---")]


_READ = 'readings: [{"on": 2026-11-28, by: "reader@example.org"}]'


def test_every_cell_of_the_page_is_changed_and_no_other_line(folder: Path) -> None:
    confirmed(folder, PAGE, "--on", DAY)
    assert lines(ALPHA, text(folder)) == [
        "-    verified: 2026-03-01   # by phone",
        "+    verified: 2026-11-28   # by phone",
        "+    readings:",
        '+      - "on": 2026-11-28',
        "+        by: reader@example.org",
        "-  gdpr_dpa: {value: yes_public, verified: 2026-03-01, source: https://vendor.example/legal}",
        f"+  gdpr_dpa: {{value: yes_public, verified: 2026-11-28, source: https://vendor.example/legal, {_READ}}}",
        "-    verified: 2026-11-20",
        "+    verified: 2026-11-28",
        '+      - {"on": 2026-11-28, by: "reader@example.org"}',
    ]
    assert lines(BETA, text(folder, "beta")) == [
        '-  hipaa_baa: {value: "no", verified: 2026-03-01, source: "https://vendor.example/legal#beta"}',
        f'+  hipaa_baa: {{value: "no", verified: 2026-11-28, source: "https://vendor.example/legal#beta", {_READ}}}',
    ]


def test_one_cell_by_its_name(folder: Path) -> None:
    confirmed(folder, "alpha", "hipaa_baa", "--on", DAY, "--quote", "yes", "--archived", "https://web.archive.org/x")
    cells = yaml.safe_load(text(folder))["dimensions"]
    assert cells["hipaa_baa"]["readings"] == [
        {
            "on": yaml.safe_load(DAY),
            "by": WHO,
            "quote_sha256": hashlib.sha256(b"yes").hexdigest(),
            "archived": "https://web.archive.org/x",
        }
    ]
    assert "readings" not in cells["gdpr_dpa"]
    assert text(folder, "beta") == BETA


def test_no_grade_changes_and_what_changes_is_shown(folder: Path) -> None:
    ended = confirmed(folder, PAGE, "--on", DAY, "--format", "json")
    fields = {field["field"] for cell in json.loads(ended.stdout)["cells"] for field in cell["fields"]}
    assert fields == {"verified", "readings"}


@pytest.mark.parametrize("arguments", [(), ("--dry-run",)])
def test_without_yes_nothing_is_written(arguments: tuple[str, ...], folder: Path) -> None:
    ended = confirm(folder, PAGE, "--on", DAY, "--by", WHO, *arguments)
    assert (ended.code, text(folder), text(folder, "beta")) == (0, ALPHA, BETA)
    assert "2026-03-01 -> 2026-11-28" in ended.stdout
    assert "nothing is written" in ended.stderr
    assert "--dry-run and --yes" in confirm(folder, PAGE, "--on", DAY, "--by", WHO, "--dry-run", "--yes").stderr


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("n", False), (INTERRUPT, False)])
def test_somebody_at_a_terminal_is_asked(answer: str, written: bool, folder: Path) -> None:
    words = ("registry", "confirm", "beta", "hipaa_baa", "--on", DAY, "--by", WHO, "--as-of", DAY)
    ended = answered(folder, [("[y/N]: ", answer)], *words)
    assert "2026-03-01 -> 2026-11-28" in ended.stdout
    assert (text(folder, "beta") != BETA) == written
    assert (ended.code == 0) == (answer != INTERRUPT)
    assert not [path for path in folder.iterdir() if path.name.endswith((".lock", ".new"))]


def test_line_ends_and_a_mark_at_the_beginning_stay(folder: Path) -> None:
    crlf = "\ufeff" + ALPHA.replace("\n", "\r\n")
    write(folder, {**FILES, "offerings/alpha.yaml": crlf})
    confirmed(folder, PAGE, "--on", DAY)
    after = text(folder)
    assert after.startswith("\ufeff")
    assert after.count("\n") == after.count("\r\n") > crlf.count("\n")


def test_json_is_yaml_and_stays_json(folder: Path) -> None:
    beta = json.dumps(yaml.safe_load(BETA.replace("2026-03-01", "'2026-03-01'")), indent=1)
    write(folder, {**FILES, "offerings/beta.yaml": beta})
    confirmed(folder, "beta", "hipaa_baa", "--on", DAY)
    assert json.loads(text(folder, "beta"))["dimensions"]["hipaa_baa"]["readings"] == [{"on": DAY, "by": WHO}]


_ANCHORS = (
    BETA
    + f"""\
  soc2_type2: &same
    value: yes_public
    verified: 2026-03-01
    source: %s
  iso_27001: *same
  iso_42001: {{value: yes_public, verified: 2026-03-01, source: {PAGE}}}
"""
)


def test_cell_that_is_an_alias_is_written_out(folder: Path) -> None:
    write(folder, {**FILES, "offerings/beta.yaml": _ANCHORS % "https://other.example/"})
    confirmed(folder, "beta", "iso_27001", "--on", DAY)
    cells = yaml.safe_load(text(folder, "beta"))["dimensions"]
    assert "readings" not in cells["soc2_type2"]
    assert [one["by"] for one in cells["iso_27001"]["readings"]] == [WHO]
    assert "  soc2_type2: &same\n" in text(folder, "beta")


def test_cell_of_which_another_is_an_alias_is_refused_and_never_changes_the_other(folder: Path) -> None:
    before = _ANCHORS % "https://other.example/"
    write(folder, {**FILES, "offerings/beta.yaml": before})
    ended = confirm(folder, "beta", "soc2_type2", "--on", DAY, "--by", WHO, "--yes")
    assert (ended.code, text(folder, "beta")) == (2, before)
    assert "write anchors and aliases in it out" in ended.stderr


def test_page_that_feeds_a_cell_and_its_alias_is_recorded_in_both(folder: Path) -> None:
    write(folder, {**FILES, "offerings/beta.yaml": _ANCHORS % PAGE})
    confirmed(folder, PAGE, "--on", DAY)
    cells = yaml.safe_load(text(folder, "beta"))["dimensions"]
    assert [len(one["readings"]) for one in cells.values()] == [1, 1, 1, 1]


def test_later_day_stays_and_is_said(folder: Path) -> None:
    ended = confirmed(folder, PAGE, "--on", "2026-11-10")
    cells = yaml.safe_load(text(folder))["dimensions"]
    assert [str(cells[name]["verified"]) for name in ("hipaa_baa", "soc2_type2")] == ["2026-11-10", "2026-11-20"]
    others, ours = cells["soc2_type2"]["readings"]
    assert (str(others[True]), str(ours["on"])) == ("2026-11-20", "2026-11-10")  # YAML 1.1 takes a bare `on` for true
    assert "note: alpha soc2_type2 was verified later, on 2026-11-20, which stays" in ended.stderr


def test_day_never_goes_backwards(folder: Path) -> None:
    ended = confirm(folder, "alpha", "soc2_type2", "--on", "2026-11-10", "--by", WHO, "--yes")
    assert (ended.code, text(folder)) == (2, ALPHA)
    assert "alpha soc2_type2 was verified on 2026-11-20, after 2026-11-10" in ended.stderr


def test_cell_that_nobody_ever_dated_is_left_out_of_a_page_unless_somebody_says_that_it_was_read(folder: Path) -> None:
    ended = confirmed(folder, PAGE, "--on", DAY)
    assert "left out, because nobody has ever dated it: alpha iso_27001 (--undated takes it in)" in ended.stderr
    assert "verified" not in yaml.safe_load(text(folder))["dimensions"]["iso_27001"]
    ended = confirmed(folder, PAGE, "--on", DAY, "--undated")
    assert "note: alpha iso_27001 had no day of reading, and counts from now on" in ended.stderr
    assert str(yaml.safe_load(text(folder))["dimensions"]["iso_27001"]["verified"]) == DAY


def test_page_of_which_nobody_ever_dated_a_cell_is_refused_with_the_names_of_its_cells(folder: Path) -> None:
    write(
        folder,
        {
            **FILES,
            "offerings/alpha.yaml": ALPHA.replace(
                "    verified: 2026-03-01\n    source: https://t", "    source: https://t"
            ),
        },
    )
    before = text(folder)
    ended = confirm(folder, "https://trust.example/", "--on", DAY, "--by", WHO, "--yes")
    assert (ended.code, text(folder)) == (2, before)
    assert "nobody has ever dated what this source feeds: alpha trust_center" in ended.stderr
    confirmed(folder, "https://trust.example/", "--on", DAY, "--undated")


def test_cell_without_a_day_gets_one_and_that_is_said(folder: Path) -> None:
    ended = confirmed(folder, "alpha", "iso_27001", "--on", DAY)
    assert "note: alpha iso_27001 had no day of reading, and counts from now on" in ended.stderr
    assert str(yaml.safe_load(text(folder))["dimensions"]["iso_27001"]["verified"]) == DAY


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((PAGE, "--on", "2026-11-29"), "--on 2026-11-29 is after 2026-11-28, and nobody has read on a day to come"),
        ((PAGE, "--on", "2026-02-30"), "`2026-02-30` is not a day"),
        ((PAGE, "--on", DAY, "--quote", " \n"), "--quote is empty"),
        ((PAGE, "--on", DAY, "--quote", "a\x1b[31m"), "--quote has a character that nobody sees, U+001B"),
        ((PAGE, "--on", DAY, "--quote", "a\u202eb"), "U+202E"),
        ((PAGE, "--on", DAY, "--quote", "a", "--quote-file", "b"), "--quote and --quote-file exclude each other"),
        ((PAGE, "--on", DAY, "--quote-file", "missing.txt"), "no such file"),
        ((PAGE, "--on", DAY, "--archived", "file:///etc/passwd"), "--archived: not an address that anybody can open"),
        ((PAGE, "--on", DAY, "--archived", "https://a.example/\x1b]0;x"), "--archived: not an address"),
        ((PAGE, "--on", DAY, "--by", "a\nb"), "--by says nobody's name"),
        ((PAGE, "--on", DAY, "--by", "  "), "--by says nobody's name"),
        (("https://vendor.example/legals", "--on", DAY), f"did you mean {PAGE}?"),
        (("https://vendor.example/legal/", "--on", DAY), f"did you mean {PAGE}?"),
        (("https://zzzz.example/qqqqqqqqqqqqqqqqqqqqqqqq", "--on", DAY), "feeds no cell of this snapshot"),
        (("alpha", "--on", DAY), "name the cell, too: alpha DIMENSION"),
        (("alhpa", "hipaa_baa", "--on", DAY), "did you mean `alpha`?"),
        (("alpha", "hipaa_baaa", "--on", DAY), "did you mean `hipaa_baa`?"),
        (("alpha", "hipaa_baa", "gdpr_dpa", "--on", DAY), "3 words, where one or two are meant"),
    ],
)
def test_what_cannot_be_recorded_is_refused_with_what_to_do(
    arguments: tuple[str, ...], message: str, folder: Path
) -> None:
    by = () if "--by" in arguments else ("--by", WHO)
    ended = confirm(folder, *arguments, *by, "--yes")
    assert (ended.code, ended.stdout, text(folder), text(folder, "beta")) == (2, "", ALPHA, BETA)
    assert message in ended.stderr
    assert "\x1b" not in ended.stderr


def test_who_is_who_git_says_and_nobody_is_made_up(folder: Path) -> None:
    ended = confirm(folder, PAGE, "--on", DAY, "--yes")
    assert (ended.code, text(folder)) == (2, ALPHA)
    assert "nobody says who has read it" in ended.stderr
    subprocess.run(("git", "config", "user.email", "me@example.org"), cwd=folder, check=True)
    assert confirm(folder, PAGE, "--on", DAY, "--yes").code == 0
    assert "by: me@example.org" in text(folder)


def test_same_reading_twice_is_one(folder: Path) -> None:
    confirmed(folder, PAGE, "--on", DAY)
    once = text(folder)
    ended = confirmed(folder, PAGE, "--on", DAY)
    assert text(folder) == once
    assert "note: alpha hipaa_baa has this reading already" in ended.stderr
    assert ended.stdout == "0 changes, 0 of them worse\n"


def test_two_confirmations_at_once_are_both_recorded(folder: Path) -> None:
    def run(who: str) -> None:
        ended.append(
            process("registry", "confirm", PAGE, "--on", DAY, "--by", who, "--as-of", DAY, "--yes", folder=folder)
        )

    ended: list[object] = []
    threads = [threading.Thread(target=run, args=(f"{name}@example.org",)) for name in "ab"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    readings = yaml.safe_load(text(folder))["dimensions"]["hipaa_baa"]["readings"]
    assert sorted(one["by"] for one in readings) == ["a@example.org", "b@example.org"], ended
    assert not [path for path in folder.iterdir() if path.name.endswith((".lock", ".new"))]


@pytest.mark.parametrize("indexed", [True, False])
def test_index_is_renewed_where_there_is_one(indexed: bool, folder: Path) -> None:
    index = folder / "registry-snapshot" / "index.yaml"
    if indexed:
        assert vendorgate("registry", "index", folder=folder).code == 0
    confirmed(folder, PAGE, "--on", DAY)
    assert index.exists() == indexed
    assert vendorgate("registry", "verify", folder=folder).code == 0


def test_folder_that_is_a_link_stays_one(folder: Path) -> None:
    elsewhere = folder / "elsewhere"
    (folder / "registry-snapshot").rename(elsewhere)
    (folder / "registry-snapshot").symlink_to(elsewhere, target_is_directory=True)
    confirmed(folder, PAGE, "--on", DAY)
    assert (folder / "registry-snapshot").is_symlink()
    assert "2026-11-28" in (elsewhere / "offerings" / "alpha.yaml").read_text(encoding="utf-8")


def test_link_in_the_place_of_a_file_is_refused(folder: Path) -> None:
    beta = folder / "registry-snapshot" / "offerings" / "beta.yaml"
    outside = folder / "outside.yaml"
    beta.rename(outside)
    beta.symlink_to(outside)
    ended = confirm(folder, PAGE, "--on", DAY, "--by", WHO, "--yes")
    assert (ended.code, text(folder), outside.read_text(encoding="utf-8")) == (2, ALPHA, BETA)
    assert "a link in a snapshot" in ended.stderr


def test_file_that_nobody_may_write_is_left_alone_and_with_it_all_others(folder: Path) -> None:
    path = folder / "registry-snapshot" / "offerings" / "beta.yaml"
    path.chmod(0o444)
    ended = confirm(folder, PAGE, "--on", DAY, "--by", WHO, "--yes")
    assert (ended.code, text(folder), text(folder, "beta")) == (2, ALPHA, BETA)
    assert "beta.yaml:1:1" in ended.stderr
    assert "read-only" in ended.stderr
    confirmed(folder, "alpha", "hipaa_baa", "--on", DAY)
    assert path.stat().st_mode & 0o777 == 0o444


def test_snapshot_with_mistakes_is_not_written(folder: Path) -> None:
    write(folder, {**FILES, "offerings/beta.yaml": BETA.replace("category: first_party\n", "")})
    ended = confirm(folder, "alpha", "hipaa_baa", "--on", DAY, "--by", WHO, "--yes")
    assert (ended.code, text(folder)) == (2, ALPHA)
    assert "beta.yaml" in ended.stderr


def test_snapshot_that_came_with_vendorgate_is_never_changed(tmp_path: Path) -> None:
    for arguments in ((), ("--registry", "builtin")):
        ended = confirm(tmp_path, PAGE, "--on", DAY, "--by", WHO, "--yes", *arguments)
        assert ended.code == 2
        assert "that came with vendorgate is never changed" in ended.stderr
        assert 'cp -r "$(vendorgate registry path)" registry-snapshot' in ended.stderr


def test_snapshot_above_is_found_from_a_folder_below(folder: Path) -> None:
    below = folder / "services" / "a"
    below.mkdir(parents=True)
    confirmed(below, PAGE, "--on", DAY)
    assert "2026-11-28" in text(folder)


def test_cell_of_the_bundle_is_not_changed_and_its_file_is_named(folder: Path) -> None:
    own = folder / "policies" / "offerings" / "alpha.yaml"
    own.parent.mkdir(parents=True)
    rule = {"id": "p", "title": "P", "require": [{"covered": "hipaa_baa"}]}
    (folder / "policies" / "p.yaml").write_text(json.dumps({"version": 1, "policies": [rule]}), encoding="utf-8")
    cell = {"value": "yes_public", "verified": "2026-03-01", "source": "https://own.example/"}
    own.write_text(json.dumps({"extends": "alpha", "dimensions": {"data_residency": cell}}), encoding="utf-8")
    for what in (("https://own.example/",), ("alpha", "data_residency")):
        ended = confirm(folder, *what, "--on", DAY, "--by", WHO, "--yes")
        assert ended.code == 2
        assert "alpha data_residency is stated by the bundle" in ended.stderr
        assert "policies/offerings/alpha.yaml:1:" in ended.stderr
    cell["source"] = PAGE
    own.write_text(json.dumps({"extends": "alpha", "dimensions": {"data_residency": cell}}), encoding="utf-8")
    before = own.read_bytes()
    ended = confirmed(folder, PAGE, "--on", DAY)
    assert "note: alpha data_residency is stated by the bundle, too: write the day there" in ended.stderr
    assert own.read_bytes() == before


# What the hash of a passage covers.

_SHELL = r"""printf %s "$(tr -s '[:space:]' ' ' < quote.txt | sed 's/^ //; s/ $//')" | sha256sum"""


@pytest.mark.parametrize("passage", ["one", "  one\r\n\ttwo  \n\n three ", "a\u00a0b  \u00e9\n", "$(x) `y` \\n %s\n"])
def test_hash_of_a_passage_is_the_one_of_a_shell(passage: str, tmp_path: Path) -> None:
    (tmp_path / "quote.txt").write_bytes(passage.encode("utf-8"))
    ended = subprocess.run(
        ("sh", "-c", _SHELL), cwd=tmp_path, env={**os.environ, "LC_ALL": "C"}, capture_output=True, check=True
    )
    assert ended.stdout.decode("ascii").split()[0] == sha256_of(passage)


def test_hash_is_of_the_file_as_of_the_text(folder: Path) -> None:
    (folder / "q.txt").write_text("We  do\nnot train.\n", encoding="utf-8")
    confirmed(folder, "alpha", "hipaa_baa", "--on", DAY, "--quote-file", "q.txt")
    confirmed(folder, "beta", "hipaa_baa", "--on", DAY, "--quote", "We do not train.")
    for id in ("alpha", "beta"):
        assert sha256_of("We do not train.") in text(folder, id)


@given(st.text(alphabet=" \t\r\nab\u00a0"))
def test_white_space_alone_is_what_a_hash_does_not_cover(passage: str) -> None:
    assert normalised(normalised(passage)) == normalised(passage)
    assert normalised(passage).replace(" ", "") == "".join(one for one in passage if one not in " \t\r\n")
