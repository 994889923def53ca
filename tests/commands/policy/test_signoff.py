"""`vendorgate policy signoff`: the line, the file with it, and whether it still holds."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest
import yaml

from tests.command import process, vendorgate
from tests.commands.policy.bundles import policies, policy, run, write
from vendorgate.load.files import shipped

SETTINGS = "# ours\nname: b  # short\nrelease: '7'\n\npacks: [hipaa]   # and no other\n"
SIGN = ("signoff", ".", "--by", "Dana Example", "--on", "2026-11-20")
DAY = ("--as-of", "2026-11-24")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return write(tmp_path / "policies", {"p.yaml": policies(policy()), "bundle.yaml": SETTINGS})


def line(folder: Path, *more: str) -> str:
    ended = run(*SIGN, *more, folder=folder)
    assert ended.code == 0, ended.stderr
    return ended.stdout


def test_the_line_is_printed_and_nothing_is_written(bundle: Path) -> None:
    printed = line(bundle)
    value = yaml.load(printed, yaml.BaseLoader)["signoff"]
    assert (value["by"], value["on"], len(value["digest"])) == ("Dana Example", "2026-11-20", 64)
    assert (bundle / "bundle.yaml").read_text("utf-8") == SETTINGS
    assert run("signoff", ".", "--check", *DAY, folder=bundle).code == 1
    (bundle / "bundle.yaml").write_text(SETTINGS.replace("\n\n", f"\n{printed}\n"), "utf-8")
    assert run("signoff", ".", "--check", *DAY, folder=bundle).code == 0


@pytest.mark.parametrize("before", [SETTINGS, SETTINGS.rstrip(), SETTINGS.replace("\n", "\r\n"), "\ufeff" + SETTINGS])
def test_writing_it_changes_nothing_else(before: str, bundle: Path) -> None:
    (bundle / "bundle.yaml").write_bytes(before.encode())
    ended = run(*SIGN, "--write", folder=bundle)
    assert ended.code == 0, ended.stderr
    assert ended.stdout.startswith("bundle.yaml: signed off by Dana Example on 2026-11-20\ndigest: ")
    after = (bundle / "bundle.yaml").read_bytes().decode()
    assert after.startswith(before)
    assert after.removeprefix(before).strip() == line(bundle).strip()
    assert after.endswith("\r\n" if "\r\n" in before else "\n")
    checked = run("signoff", ".", "--check", *DAY, folder=bundle)
    assert checked.code == 0
    assert checked.stdout == "the sign-off holds: the policies are those that Dana Example signed off on 2026-11-20\n"
    assert sorted(os.listdir(bundle)) == ["bundle.yaml", "p.yaml"]


def test_signing_off_again_stands_where_it_stood(bundle: Path) -> None:
    (bundle / "bundle.yaml").write_text(line(bundle) + SETTINGS, "utf-8")
    assert run("signoff", ".", "--by", "Kim #1: \u202egnp", "--on", "2026-11-21", "--write", folder=bundle).code == 0
    first, *rest = (bundle / "bundle.yaml").read_text("utf-8").splitlines(keepends=True)
    assert first.startswith('signoff: {by: "Kim #1: \\u202egnp", on: 2026-11-21, digest: ')
    assert "".join(rest) == SETTINGS
    checked = run("signoff", ".", "--check", *DAY, folder=bundle)
    assert (checked.code, "\u202e" in checked.stdout, "\\u202egnp" in checked.stdout) == (0, False, True)


def test_a_bundle_without_settings_gets_them(bundle: Path) -> None:
    (bundle / "bundle.yaml").unlink()
    printed = line(bundle)
    assert run(*SIGN, "--write", folder=bundle).code == 0
    assert (bundle / "bundle.yaml").read_text("utf-8") == printed
    assert run("signoff", ".", "--check", *DAY, folder=bundle).code == 0


def test_it_ends_with_any_change_and_both_digests_are_told(bundle: Path) -> None:
    assert run(*SIGN, "--write", folder=bundle).code == 0
    write(bundle, {"waivers.yaml": {"version": 1, "waivers": []}})
    ended = run("signoff", ".", "--check", *DAY, folder=bundle)
    told = ended.stdout.splitlines()
    assert ended.code == 1
    assert told[0] == (
        "the sign-off does not hold: the policies are not those that Dana Example signed off on 2026-11-20"
    )
    assert [one.split()[0] for one in told[1:]] == ["signed", "now:"]
    assert "sign off anew: vendorgate policy signoff --by NAME --write" in ended.stderr
    (bundle / "waivers.yaml").unlink()
    early = run("signoff", ".", "--check", "--as-of", "2026-11-19", folder=bundle)
    assert early.stdout == ("the sign-off does not hold: Dana Example signs off on 2026-11-20, a day to come\n")
    assert early.code == 1


def test_what_it_covers_can_be_listed(bundle: Path) -> None:
    names = [one.split("  ")[1] for one in run("signoff", ".", "--files", folder=bundle).stdout.splitlines()]
    library = [f"hipaa/{path.name}" for path in Path(shipped("policies").path, "hipaa").glob("*.y*ml")]
    assert names == sorted(["bundle.yaml", "p.yaml", *library])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("signoff", "."), "nobody signs off"),
        (("signoff", ".", "--by", "  "), "nobody signs off"),
        (("signoff", ".", "--check", "--by", "Dana"), "--check and --by at once"),
        (("signoff", ".", "--check", "--files"), "--check and --files at once"),
        (("signoff", ".", "--files", "--write"), "--files and --by at once"),
        (("signoff", "builtin", "--by", "Dana", "--write"), "are not yours to sign off"),
        (("signoff", "nowhere", "--by", "Dana"), "no such"),
    ],
)
def test_what_cannot_be_done_is_refused(arguments: tuple[str, ...], said: str, bundle: Path) -> None:
    ended = run(*arguments, folder=bundle)
    assert (ended.code, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert (bundle / "bundle.yaml").read_text("utf-8") == SETTINGS


@pytest.mark.parametrize("more", [(), ("--write",)])
def test_a_bundle_that_is_not_valid_is_not_signed_off(more: tuple[str, ...], bundle: Path) -> None:
    write(bundle, {"q.yaml": policies(policy("q", require=[{"covered": "hippa_baa"}]))})
    ended = run(*SIGN, *more, folder=bundle)
    assert (ended.code, ended.stdout) == (2, "")
    assert "did you mean `hipaa_baa`?" in ended.stderr
    assert (bundle / "bundle.yaml").read_text("utf-8") == SETTINGS


@pytest.mark.parametrize("text", ['{"name": "b"}\n', "name: |\n  b", "name: b\n...\n"])
def test_a_file_in_which_no_line_stands_for_itself_is_left_alone(text: str, bundle: Path) -> None:
    (bundle / "bundle.yaml").write_text(text, "utf-8")
    ended = run(*SIGN, "--write", folder=bundle)
    assert ended.code == 2
    assert "the line cannot be added without a change of the rest" in ended.stderr
    assert "give bundle.yaml a line a key, each from the first column" in ended.stderr
    assert (bundle / "bundle.yaml").read_text("utf-8") == text


def test_signing_off_for_a_day_to_come_says_that_it_does_not_hold_yet(bundle: Path) -> None:
    ended = run("signoff", ".", "--by", "Dana Example", "--on", "2999-01-01", "--write", folder=bundle)
    assert ended.code == 0
    assert "the sign-off does not hold: Dana Example signs off on 2999-01-01, a day to come\n" in ended.stderr
    assert "does not hold" not in run(*SIGN, "--write", folder=bundle).stderr


@pytest.mark.skipif(os.name == "nt", reason="links need a permission there")
def test_a_link_to_the_settings_stays_one(bundle: Path) -> None:
    (bundle / "bundle.yaml").rename(bundle / "kept.txt")
    (bundle / "bundle.yaml").symlink_to("kept.txt")
    assert run(*SIGN, "--write", folder=bundle).code == 0
    assert (bundle / "bundle.yaml").is_symlink()
    assert "signoff: " in (bundle / "kept.txt").read_text("utf-8")


def test_two_who_sign_off_at_once_leave_one_line_that_holds(bundle: Path) -> None:
    arguments = ("policy", *SIGN[:2], "--on", "2026-11-20", "--write")
    ended = [0] * 3

    def sign(number: int) -> None:
        ended[number] = process(*arguments, "--by", f"Person {number}", folder=bundle).code

    threads = [threading.Thread(target=sign, args=(number,)) for number in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert ended == [0, 0, 0]
    assert (bundle / "bundle.yaml").read_text("utf-8").count("signoff: ") == 1
    assert run("signoff", ".", "--check", *DAY, folder=bundle).code == 0


def test_reports_say_what_the_command_says(bundle: Path) -> None:
    """By the registry that ships; JSON, and the line at a terminal."""
    assert run(*SIGN, "--write", folder=bundle).code == 0
    manifest = {"version": 1, "project": "p", "usages": []}
    write(bundle.parent, {"vendorgate.yaml": manifest})
    check = ("check", "vendorgate.yaml", "--policies", "policies", "--registry", "builtin", *DAY)
    document = json.loads(vendorgate(*check, "--format", "json", folder=bundle.parent).stdout)
    found = document["inputs"]["bundle"]["signoff"]
    assert (found["by"], found["on"], found["holds"]) == ("Dana Example", "2026-11-20", True)
    assert "sign-off" not in vendorgate(*check, folder=bundle.parent).stdout
    assert "the sign-off holds" in vendorgate(*check, "--verbose", folder=bundle.parent).stdout
    more = vendorgate(*check, "--pack", "gdpr", "--quiet", folder=bundle.parent).stdout
    assert more.startswith(
        "the sign-off does not hold: --pack gdpr adds to what Dana Example signed off on 2026-11-20\n"
    )
