"""`registry watch`: whose sources have changed since somebody read them, by an archive of texts in git."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.command import Ended, vendorgate
from tests.commands.registry.archive import Archive, declare
from tests.commands.registry.keeping import FILES, PAGE, write
from vendorgate.commands.registry.watch.mapping import copy_named
from vendorgate.commands.registry.watch.substance import difference, sentences

TERMS: Final = "Vendor/Terms of Service.md"
OLD: Final = "Terms\n=====\n\nWe do not train on what you send.  \nWe keep it for 30 days.\n"
NEW: Final = OLD.replace("30 days", "60 days")
LOOKS: Final = "# Terms\n\n*   We do **not** train on\n"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive beside a snapshot, with declarations of the page of its cells."""
    write(tmp_path)
    declare(tmp_path / "declarations-of", "Vendor", {"Terms of Service": {"fetch": f"{PAGE}#top", "select": ["main"]}})
    return Archive(tmp_path / "versions")


def watch(archive: Archive, *arguments: str, declared: bool = True) -> Ended:
    more = ("--declarations", "declarations-of") if declared else ()
    return vendorgate("registry", "watch", "versions", *more, *arguments, folder=archive.folder.parent)


def document(archive: Archive, *arguments: str, declared: bool = True) -> Any:
    ended = watch(archive, "--format", "json", *arguments, declared=declared)
    assert ended.code == 0, ended.stderr
    return json.loads(ended.stdout)


def kinds(found: Any) -> dict[str, list[str]]:
    """By kind of change: the cells."""
    by_kind: dict[str, list[str]] = {}
    for change in found["changes"]:
        names = [f"{one['offering']} {one['dimension']}" for one in change["cells"]]
        by_kind[change["kind"]] = sorted((*by_kind.get(change["kind"], ()), *names))
    return by_kind


EARLY: Final = ["alpha gdpr_dpa", "alpha hipaa_baa", "beta hipaa_baa"]
"""Cells that were read on 2026-03-01."""
EVERY: Final = sorted((*EARLY, "alpha soc2_type2"))
"""And on 2026-11-20; iso_27001 of alpha nobody ever read."""


def test_cells_that_were_read_before_the_change_are_told_with_the_difference(archive: Archive) -> None:
    archive.record("2026-02-01", {TERMS: OLD})
    archive.record("2026-05-01", {TERMS: NEW})
    archive.record("2026-12-01", {"Other/Terms.md": "later"})
    found = document(archive)
    assert kinds(found) == {"changed": EARLY}
    (change,) = found["changes"]
    assert change["difference"] == {
        "removed": ["We keep it for 30 days."],
        "added": ["We keep it for 60 days."],
        "moved": False,
    }
    assert (change["before"]["day"], change["after"]["day"]) == ("2026-02-01", "2026-05-01")
    assert change["pages"] == [PAGE]
    assert (found["same"], found["beyond"], found["unmapped"], found["undated"]) == (1, 0, 1, 1)


def test_what_only_looks_otherwise_is_told_apart(archive: Archive) -> None:
    archive.record("2026-02-01", {TERMS: f"{OLD}Last updated: 1 January 2026\n[more](https://a.example/1)\n"})
    looks = "# Terms\n\n* We do __not__ train on what   you send. We keep it for 30 days.\n\n"
    archive.record("2026-12-01", {TERMS: f"{looks}Last updated: May 2nd, 2026\n\n[more](https://b.example/2)\n"})
    found = document(archive)
    assert kinds(found) == {"cosmetic": EVERY}
    assert found["changes"][0]["difference"] is None
    assert watch(archive, "--fail-when", "any").code == 0
    assert "Looks otherwise, and says the same" in watch(archive).stdout


def test_scheduled_job_can_fail_where_a_source_changed(archive: Archive) -> None:
    archive.record("2026-02-01", {TERMS: OLD})
    assert watch(archive, "--fail-when", "any").code == 0
    archive.record("2026-05-01", {TERMS: NEW})
    assert watch(archive, "--fail-when", "any").code == 1
    assert watch(archive).code == 0


def test_document_that_went_is_told(archive: Archive) -> None:
    archive.record("2026-02-01", {TERMS: OLD})
    archive.record("2026-12-01", {TERMS: None})
    found = document(archive)
    assert kinds(found) == {"gone": EVERY}
    assert "gone since 2026-12-01" in watch(archive).stdout


def test_text_from_before_the_reading_that_nobody_recorded_is_not_known(archive: Archive) -> None:
    archive.record("2026-05-01", {TERMS: OLD})
    archive.record("2026-12-01", {"Other/Terms.md": "later"})
    found = document(archive)
    assert kinds(found) == {"unknown": EARLY}
    assert found["same"] == 1
    assert "the archive has no text of it from before the reading" in watch(archive).stdout


def test_change_of_the_day_of_reading_is_told_unless_the_cell_names_that_copy(archive: Archive) -> None:
    archive.record("2026-02-01", {TERMS: OLD})
    commit = archive.record("2026-03-01", {TERMS: NEW}, at="03:00:00")
    archive.record("2026-12-01", {"Other/Terms.md": "later"})
    assert kinds(document(archive)) == {"changed": EARLY}
    copy = f"https://github.com/OpenTermsArchive/versions/blob/{commit}/Vendor/Terms%20of%20Service.md"
    beta = FILES["offerings/beta.yaml"].replace("verified", f"archived: {copy}, verified")
    write(archive.folder.parent, {**FILES, "offerings/beta.yaml": beta})
    assert kinds(document(archive)) == {"changed": EARLY[:2]}


def test_copy_that_a_cell_names_maps_its_page_for_all_cells(archive: Archive) -> None:
    commit = archive.record("2026-02-01", {TERMS: OLD})
    archive.record("2026-05-01", {TERMS: NEW})
    assert document(archive, declared=False)["changes"] == []
    copy = f"https://github.com/OpenTermsArchive/versions/blob/{commit}/Vendor/Terms%20of%20Service.md"
    beta = FILES["offerings/beta.yaml"].replace("verified", f"archived: {copy}, verified")
    write(archive.folder.parent, {**FILES, "offerings/beta.yaml": beta})
    assert kinds(document(archive, declared=False)) == {"changed": EARLY}
    other = beta.replace(commit, "0" * 40)
    write(archive.folder.parent, {**FILES, "offerings/beta.yaml": other})
    assert document(archive, declared=False)["changes"] == []


def test_of_what_came_after_the_archive_nothing_is_claimed(archive: Archive) -> None:
    archive.record("2026-02-01", {TERMS: OLD})
    found = document(archive)
    assert (found["archive"]["ends"], found["beyond"], found["same"]) == ("2026-02-01", 4, 0)
    assert "4 cells read after that day, of which it knows nothing" in watch(archive).stdout


def test_pages_that_are_put_together_are_named(archive: Archive) -> None:
    parts = [{"fetch": PAGE}, {"fetch": "https://vendor.example/more"}]
    declare(archive.folder.parent / "declarations-of", "Vendor", {"Terms of Service": {"combine": parts}})
    archive.record("2026-02-01", {TERMS: OLD})
    archive.record("2026-05-01", {TERMS: NEW})
    assert document(archive)["changes"][0]["pages"] == [PAGE, "https://vendor.example/more"]
    assert "together in one document" in watch(archive).stdout


def test_declarations_of_older_engines_are_read_and_earlier_ones_are_not(archive: Archive) -> None:
    folder = archive.folder.parent / "declarations-of"
    declare(folder, "Vendor", {"Terms of Service": {"fetch": PAGE}}, key="documents")
    declare(folder, "Elsewhere.history", {"Terms of Service": [{"fetch": "https://trust.example/"}]})
    archive.record("2026-02-01", {TERMS: OLD, "Elsewhere.history/Terms of Service.md": "x"})
    archive.record("2026-05-01", {TERMS: NEW})
    assert kinds(document(archive)) == {"changed": EARLY}


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"terms": 3}', '{"terms": {"A": {"fetch": 1, "combine": 2}}}', "\x00", "[" * 100_000]
)
def test_declaration_that_says_nothing_keeps_no_other_from_counting(content: str, archive: Archive) -> None:
    path = archive.folder.parent / "declarations-of" / "declarations" / "Bad\x1b[31m.json"
    path.write_text(content, encoding="utf-8")
    archive.record("2026-02-01", {TERMS: OLD})
    archive.record("2026-05-01", {TERMS: NEW})
    ended = watch(archive, "--format", "json")
    assert kinds(json.loads(ended.stdout)) == {"changed": EARLY}
    assert "\x1b" not in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("missing",), "no folder there"),
        (("plain",), "not in a git repository"),
        (("versions/Vendor",), "a folder inside of the repository"),
        (("versions", "--declarations", "plain"), "no declarations there"),
        (("versions", "--declarations", "missing"), "no such file"),
        (("empty",), "a repository without a commit"),
    ],
)
def test_what_is_no_archive_is_refused(arguments: tuple[str, ...], message: str, archive: Archive) -> None:
    folder = archive.folder.parent
    (folder / "plain").mkdir()
    Archive(folder / "empty")
    archive.record("2026-02-01", {TERMS: OLD})
    ended = vendorgate("registry", "watch", *arguments, folder=folder)
    assert (ended.code, ended.stdout) == (2, "")
    assert message in ended.stderr


def test_report_never_stands_in_the_archive(archive: Archive) -> None:
    archive.record("2026-02-01", {TERMS: OLD})
    ended = watch(archive, "--output", "json=versions/report.json")
    assert ended.code == 2
    assert "report.json" in ended.stderr
    assert not (archive.folder / "report.json").exists()


# A hostile archive.


def test_nothing_that_an_archive_names_is_run(archive: Archive) -> None:
    touched = archive.folder.parent / "touched"
    run = f"touch {touched}"
    for name in ("diff.external", "gpg.program", "core.fsmonitor", "core.pager", "diff.x.textconv", "filter.x.smudge"):
        archive.git("config", name, run)
    for name in ("log.showSignature", "diff.mnemonicPrefix", "diff.noprefix"):
        archive.git("config", name, "true")
    hook = archive.folder / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{run}\n", encoding="utf-8")
    hook.chmod(0o755)
    (archive.folder / ".gitattributes").write_text("* diff=x filter=x\n", encoding="utf-8")
    environment = {**os.environ, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    for day, text in (("2026-02-01", OLD), ("2026-05-01", NEW)):
        path = archive.folder / TERMS
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        plain = ("git", "-c", "core.fsmonitor=false", "-c", "user.name=a", "-c", "user.email=a@example.org")
        dates = {"GIT_AUTHOR_DATE": f"{day}T12:00:00+0000", "GIT_COMMITTER_DATE": f"{day}T12:00:00+0000"}
        for words in (("add", "--all"), ("commit", "--quiet", "-m", "x")):
            subprocess.run((*plain, *words), cwd=archive.folder, env={**environment, **dates}, check=True)
    touched.unlink(missing_ok=True)
    assert kinds(document(archive)) == {"changed": EARLY}
    assert not touched.exists()


def test_paths_and_texts_of_an_archive_are_harmless(archive: Archive) -> None:
    service = "Ve\x1b[31m\u202endor|<b>"
    path = f"{service}/A\n::error::.md"
    declare(archive.folder.parent / "declarations-of", service, {"A\n::error::": {"fetch": PAGE}})
    archive.record("2026-02-01", {path: OLD})
    archive.record("2026-05-01", {path: f"{OLD}##[error] \x1b]0;x\x07 </b> | \u202e gone\n"})
    for format in ("text", "json", "markdown"):
        ended = watch(archive, "--format", format)
        assert ended.code == 0, ended.stderr
        for hidden in ("\x1b", "\u202e", "\x07", "\n::error", "##[error]"):
            assert hidden not in ended.stdout
        assert "Ve" in ended.stdout


def test_days_that_no_calendar_has_break_nothing(archive: Archive) -> None:
    archive.record("2026-02-01", {TERMS: OLD})
    tree = archive.git("write-tree")
    parent = archive.git("rev-parse", "HEAD")
    for seconds in ("99999999999999", "-62135596800"):
        who = f"author A <a@b> {seconds} +0000\ncommitter A <a@b> 1770000000 +0000"
        made = f"tree {tree}\nparent {parent}\n{who}\n\nx\n"
        commit = archive.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", input=made.encode())
        archive.git("update-ref", "HEAD", commit)
        parent = commit
    (archive.folder / TERMS).write_text(NEW, encoding="utf-8")
    archive.record("2026-05-01", {TERMS: NEW})
    assert kinds(document(archive)) == {"changed": EARLY}


def test_link_or_other_repository_in_the_place_of_a_document_is_no_text(archive: Archive) -> None:
    commit = archive.record("2026-02-01", {TERMS: OLD})
    archive.git("rm", "--quiet", TERMS)
    archive.git("update-index", "--add", "--cacheinfo", f"160000,{commit},{TERMS}")
    archive.git("commit", "--quiet", "-m", "x", day="2026-12-01")
    assert kinds(document(archive)) == {"gone": EVERY}


def test_text_too_long_to_compare_is_not_known(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vendorgate.commands.registry.watch.watching._LARGEST", 64)
    archive.record("2026-02-01", {TERMS: OLD})
    archive.record("2026-05-01", {TERMS: NEW})
    assert kinds(document(archive)).keys() == {"unknown"}


def test_shallow_archive_is_told(archive: Archive) -> None:
    archive.record("2026-02-01", {TERMS: OLD})
    archive.record("2026-05-01", {TERMS: NEW})
    archive.record("2026-12-01", {"Other/Terms.md": "later"})
    shallow = archive.folder.parent / "shallow"
    archive.git("clone", "--quiet", "--depth=1", f"file://{archive.folder}", str(shallow))
    words = ("registry", "watch", "shallow", "--declarations", "declarations-of", "--format", "json")
    ended = vendorgate(*words, folder=archive.folder.parent)
    assert "is shallow" in ended.stderr
    assert kinds(json.loads(ended.stdout)).keys() == {"unknown"}


# What a text says, apart from how it looks.

COSMETIC: Final = [
    ("We train.", "  We\u00a0 train.\n\n"),
    ("We train. You agree.", "We train.\n\nYou agree."),
    ("We train.", "**We** _train_."),
    ("Title\n=====\nText", "# Title\n\nText\n\n---\n"),
    ("[a](https://a.example/1) b", '[a](https://b.example/2 "title") b'),
    ("see [a][1]\n\n[1]: https://a.example/", "see a"),
    ("1\\. We train.", "2. We train."),
    ("* one\n* two", "- one\n+ two"),
    ("Updated DECEMBER 17, 2025", "Last updated: 3 Jan 2026"),
    ("Effective 2025-01-01", "Effective as of 1st of March 2026"),
    ("Updated over 2 weeks ago", "Updated yesterday"),
    ("12/01/2025", "13/01/2025"),
    ("a\u200bb", "ab"),
    ("| a | b |\n|---|---|", "a b"),
    ("<b>We</b> train<br>", "We train"),
    ("me@a.example .", "me@a.example."),
]
OTHERWISE: Final = [
    ("We do not train.", "We do train."),
    ("We keep it for 30 days.", "We keep it for 60 days."),
    ("Available until December 31, 2026.", "Available until December 31, 2027."),
    ("Data is kept for 30 days and updated.", "Data is kept for 60 days and updated."),
    ("We train.", "WE TRAIN."),
    ("Marketing updates", "Decision updates"),
    ("30", "60"),
    ("a <not used for training> b", "a b"),
    ("We do not train on it.", "We do not train on it. We do not train on it."),
    ("see https://a.example/x", "see https://a.example/y"),
    ("data_retention applies", "data retention applies"),
    ("one thing is said here.\ntwo things are said here.", "two things are said here.\none thing is said here."),
]


@pytest.mark.parametrize(("old", "new"), COSMETIC)
def test_looks_alone_are_no_difference(old: str, new: str) -> None:
    assert difference(old, new) is None, (sentences(old), sentences(new))


@pytest.mark.parametrize(("old", "new"), OTHERWISE)
def test_what_is_said_otherwise_is_a_difference(old: str, new: str) -> None:
    found = difference(old, new)
    assert found is not None, (sentences(old), sentences(new))
    assert found.removed or found.added or found.moved


@given(st.text(max_size=60), st.text(max_size=60))
def test_difference_is_none_of_itself_and_the_same_backwards(one: str, other: str) -> None:
    assert difference(one, one) is None
    found, back = difference(one, other), difference(other, one)
    assert (found is None) == (back is None)
    if found is not None and back is not None:
        assert (found.removed, found.added) == (back.added, back.removed)


@given(
    st.lists(
        st.sampled_from(("We train. ", "not ", "30 ", "*", "_", "[a](b)", "\n", "# ", "- ", "| ", "1. ")), max_size=12
    )
)
def test_words_survive_whatever_markup_stands_around_them(parts: list[str]) -> None:
    said = " ".join(sentences("".join(parts)))
    for word in ("train", "not"):
        assert said.count(word) == "".join(parts).count(word)


@pytest.mark.parametrize(
    "text",
    [one * 20_000 for one in ("[a](", "[", '<a b="', "> ", "*_", "a. ", '[a](b "', "\\", "(1) ", "| -", "!?;")],
)
def test_hostile_text_is_read_in_one_pass(text: str) -> None:
    assert isinstance(sentences(text), list)


def test_copies_at_github_alone_are_understood() -> None:
    commit = "a" * 40
    assert copy_named(f"https://github.com/o/r/blob/{commit}/A%20b/C.md") == (commit, "A b/C.md")
    for address in (
        f"https://github.com.evil.example/o/r/blob/{commit}/A.md",
        f"http://github.com/o/r/blob/{commit}/A.md",
        "https://github.com/o/r/blob/main/A.md",
        f"https://web.archive.org/https://github.com/o/r/blob/{commit}/A.md",
        "https://[",
    ):
        assert copy_named(address) is None
