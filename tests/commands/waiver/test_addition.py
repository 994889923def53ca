"""`vendorgate waiver add` writes what waives, says what that is, and leaves the file alone otherwise."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT, process, vendorgate
from tests.commands.waiver.folder import FILES, INPUTS, NO, WAIVERS, WORDS, add, check, write
from tests.world import WAIVER


def outcomes(folder: Path) -> dict[tuple[str, str], str]:
    """Of the policy that is waived, by usage and offering."""
    results = check(folder)["results"]
    return {(one["usage"], one["offering"]): one["outcome"] for one in results if one["policy"] == "needs-baa"}


def test_every_route_that_fails_or_is_not_known_gets_a_waiver_of_its_own(tmp_path: Path) -> None:
    write(tmp_path)
    ended = add(tmp_path, "--ticket", "SEC-1")
    assert ended.code == 0, ended.stderr
    assert outcomes(tmp_path) == {
        ("notes", "alpha"): "waived",
        ("notes", "beta"): "waived",
        ("notes", "gamma"): "pass",
        ("other", "alpha"): "fail",
    }
    text = (tmp_path / WAIVERS).read_text(encoding="utf-8")
    assert text.startswith(
        """\
version: 1
waivers:
  - policy: needs-baa
    project: demo
    usage: notes
    offering: alpha
    reason: a pilot
    approved_by: ciso@example.org
    ticket: SEC-1
    expires: 2026-12-31
    fingerprint: sha256:"""
    )
    assert text.count("- policy: needs-baa\n") == 2
    for line in text.splitlines()[2:]:
        assert f"{line}\n" in ended.stdout
    assert "= fail: hipaa_baa is not covered\n" in ended.stdout
    assert "usage `notes` (fallback)\n" in ended.stdout
    assert ended.stdout.endswith("\nwaived now: 2 results; 3 blocking before, 1 now\n")


def test_one_route_may_be_waived_alone(tmp_path: Path) -> None:
    write(tmp_path)
    assert add(tmp_path, offering="beta").code == 0
    assert [key for key, outcome in outcomes(tmp_path).items() if outcome == "waived"] == [("notes", "beta")]
    ended = add(tmp_path)
    assert ended.code == 0
    assert "usage `notes` (fallback) on beta is waived already, until 2026-12-31 by ciso@example.org\n" in ended.stdout
    assert (tmp_path / WAIVERS).read_text(encoding="utf-8").count("- policy: needs-baa\n") == 2


def test_dry_run_prints_the_entry_and_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    ended = add(tmp_path, "--dry-run", offering="alpha")
    assert ended.code == 0
    assert not (tmp_path / WAIVERS).exists()
    assert ended.stdout.startswith("- policy: needs-baa\n  project: demo\n")
    assert "hipaa_baa is not covered" in ended.stderr
    assert ended.stderr.endswith("nothing is written; for policies/waivers.yaml:\n")
    entries = "".join(f"  {line}\n" for line in ended.stdout.splitlines())
    write(tmp_path, **{WAIVERS: f"version: 1\nwaivers:\n{entries}"})
    assert outcomes(tmp_path)["notes", "alpha"] == "waived"


def test_what_stands_in_the_file_stays(tmp_path: Path) -> None:
    entry = b"- {policy: 'x', reason: r, approved_by: a, expires: 2027-01-01} # why"
    before = b"\xef\xbb\xbfversion: 1\r\nwaivers:\r\n" + entry + b"\r\n"
    write(tmp_path, **{WAIVERS: before})
    (tmp_path / WAIVERS).chmod(0o640)
    assert add(tmp_path, offering="alpha").code == 0
    after = (tmp_path / WAIVERS).read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n") == 4
    assert stat.S_IMODE((tmp_path / WAIVERS).stat().st_mode) == 0o640
    assert sorted(path.name for path in (tmp_path / "policies").iterdir()) == [
        "agreements.yaml",
        "bundle.yaml",
        "rules.yaml",
        "waivers.yaml",
    ]


def test_link_to_a_file_of_the_bundle_stays_a_link(tmp_path: Path) -> None:
    write(tmp_path, **{"policies/deep/waivers.txt": "version: 1\nwaivers: []\n"})
    (tmp_path / WAIVERS).symlink_to("deep/waivers.txt")
    assert add(tmp_path).code == 0
    assert (tmp_path / WAIVERS).is_symlink()
    assert "needs-baa" in (tmp_path / "policies/deep/waivers.txt").read_text(encoding="utf-8")


def test_waiver_is_void_when_the_reasons_have_changed_and_can_be_given_again(tmp_path: Path) -> None:
    write(tmp_path)
    assert add(tmp_path, offering="alpha").code == 0
    changed = {
        "id": "alpha",
        **FILES["registry/offerings/alpha.yaml"],
        "dimensions": {"hipaa_baa": {**NO, "value": "unclear"}},
    }
    (tmp_path / "registry/offerings/alpha.yaml").write_text(json.dumps(changed), encoding="utf-8")
    assert outcomes(tmp_path)["notes", "alpha"] == "unknown"
    (notice,) = (one for one in check(tmp_path)["notices"] if one["id"] == "void-waiver")
    assert "look at them again, and run `vendorgate waiver add`" in notice["message"]
    assert notice["location"]["line"] == 10
    again = add(tmp_path, offering="alpha")
    assert again.code == 0
    assert "policies/waivers.yaml:3:5 is void for this; take it out if nothing else needs it\n" in again.stdout
    assert outcomes(tmp_path)["notes", "alpha"] == "waived"


RULES: dict[str, Any] = {
    "max_days": 30,
    "require_ticket": True,
    "forbid_self_approval": True,
    "forbid_policies": ["needs-*"],
}
LATER = {"version": 1, "waivers": [{**WAIVER, "policy": "needs-*"}]}
REFUSED: dict[str, tuple[dict[str, Any], dict[str, str | None], list[str]]] = {
    "policy that does not exist": ({}, {"policy": "need-baa"}, ["no policy `need-baa`", "did you mean `needs-baa`?"]),
    "glob of policies": ({}, {"policy": "needs-*"}, ["no policy `needs-*`", "did you mean `needs-baa`?"]),
    "usage that does not exist": ({}, {"usage": "note"}, ["no usage `note`", "did you mean `notes`?"]),
    "offering that does not exist": (
        {},
        {"offering": "alfa"},
        ["no route of usage `notes` to `alfa`", "did you mean `alpha`?"],
    ),
    "offering of another usage": ({}, {"usage": "other", "offering": "beta"}, ["no route of usage `other` to `beta`"]),
    "day that does not exist": ({}, {"expires": "2026-02-30"}, ["`2026-02-30` is not a day"]),
    "day that is over": ({}, {"expires": "2026-11-22"}, ["ends on 2026-11-22, before the day to judge by, 2026-11-23"]),
    "no reason": ({}, {"reason": None}, ["Missing option '--reason'"]),
    "empty texts": (
        {},
        {"reason": " ", "approved_by": "", "ticket": "\t"},
        ["--reason is empty", "--approved-by is empty", "--ticket is empty", "3 problems"],
    ),
    "text that is not UTF-8": ({}, {"reason": "\udcff"}, ["--reason is not UTF-8"]),
    "policy that passes": (
        {},
        {"policy": "no-pci"},
        [
            "nothing to waive: `no-pci` passes for usage `notes`",
            "ask why: vendorgate explain vendorgate.yaml --usage notes --policy no-pci --policies policies --registry",
        ],
    ),
    "route that passes": ({}, {"offering": "gamma"}, ["`needs-baa` passes for usage `notes` (gamma)"]),
    "policy that does not apply": ({}, {"policy": "only-pci"}, ["nothing to waive: `only-pci` does not apply"]),
    "what is waived already": (
        {WAIVERS: LATER},
        {"offering": "alpha"},
        [
            "`needs-baa` on usage `notes` (alpha) is waived until 2026-12-31 by a",
            "policies/waivers.yaml:1:",
            "to prolong or replace that waiver, edit it",
        ],
    ),
    "all that is waived already": ({WAIVERS: LATER}, {}, ["(alpha) is waived", "(beta) is waived", "2 problems"]),
    "what the rules of the bundle void": (
        {"policies/bundle.yaml": {"waivers": RULES}},
        {"approved_by": "TEAM@example.org"},
        [
            "would be void: it runs for 38 more days, and the bundle allows 30",
            "would be void: it has no ticket",
            "would be void: TEAM@example.org approved it and owns project `demo`",
            "would be void: the bundle forbids waivers of `needs-baa` (`needs-*`)",
            "4 problems",
        ],
    ),
    "project without an owner": (
        {
            "policies/bundle.yaml": {"waivers": {"forbid_self_approval": True}},
            "vendorgate.yaml": {name: value for name, value in FILES["vendorgate.yaml"].items() if name != "owner"},
        },
        {},
        ["would be void: project `demo` declares no owner"],
    ),
    "file that is not valid": (
        {WAIVERS: "version: 1\nwaivers:\n  - policy: x\n"},
        {},
        ["`reason` is missing", "`approved_by` is missing", "`expires` is missing"],
    ),
    "manifest that is not there": ({"vendorgate.yaml": None}, {}, ["no such file"]),
}


@pytest.mark.parametrize(("files", "words", "told"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_what_cannot_be_waived_is_refused_and_nothing_is_written(
    files: dict[str, Any], words: dict[str, str | None], told: list[str], more: tuple[str, ...], tmp_path: Path
) -> None:
    write(tmp_path, **files)
    path = tmp_path / WAIVERS
    before = path.read_bytes() if path.exists() else None
    ended = add(tmp_path, *more, **words)
    assert ended.code == 2, ended.stdout
    assert ended.stdout == ""
    for part in told:
        assert part in ended.stderr
    assert (path.read_bytes() if path.exists() else None) == before


def test_text_at_the_very_end_that_a_line_break_would_change_is_left_alone(tmp_path: Path) -> None:
    before = "version: 1\nwaivers:\n  - policy: x\n    approved_by: a\n    expires: 2027-01-01\n    reason: |\n      r"
    write(tmp_path, **{WAIVERS: before})
    ended = add(tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "nothing can be added without a change of the rest" in ended.stderr
    assert "add it by hand; --dry-run prints it" in ended.stderr
    assert (tmp_path / WAIVERS).read_text(encoding="utf-8") == before
    assert add(tmp_path, "--dry-run").code == 0


def test_policies_that_came_with_vendorgate_take_no_waivers(tmp_path: Path) -> None:
    write(tmp_path)
    words = ("--policy", "x", "--usage", "u", "--reason", "r", "--approved-by", "a", "--expires", "2027-01-01")
    (tmp_path / "policies").rename(tmp_path / "elsewhere")
    ended = vendorgate("waiver", "add", "vendorgate.yaml", *words, folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "vendorgate init bundle --name NAME --pack baseline" in ended.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_file_that_cannot_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, **{WAIVERS: "version: 1\nwaivers: []\n"})
    (tmp_path / "policies").chmod(0o500)
    ended = add(tmp_path)
    (tmp_path / "policies").chmod(0o700)
    assert (ended.code, ended.stdout) == (2, "")
    assert "cannot be written" in ended.stderr
    assert (tmp_path / WAIVERS).read_text(encoding="utf-8") == "version: 1\nwaivers: []\n"


def test_same_words_give_the_same_entry_on_every_day(tmp_path: Path) -> None:
    write(tmp_path)
    first, later = (add(tmp_path, "--dry-run", "--as-of", day).stdout for day in ("2026-11-23", "2026-12-24"))
    assert first == later != ""


def test_document_shown_is_what_a_fingerprint_is_made_of(tmp_path: Path) -> None:
    (shown,) = re.findall(
        r"^```json\n(.*)\n```$", (ROOT / "docs" / "waivers.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    usages = [{"id": "notes", "offering": "alpha", "data": ["pci"]}]
    write(tmp_path, **{"vendorgate.yaml": {"version": 1, "project": "demo", "usages": usages}})
    ended = add(tmp_path, "--dry-run", policy="no-pci")
    assert f"fingerprint: sha256:{hashlib.sha256(shown.encode()).hexdigest()}\n" in ended.stdout


def test_help_says_what_it_does() -> None:
    ended = process("waiver", "add", "--help", folder=ROOT)
    assert ended.code == 0
    assert "as long as the reasons stay the same" in " ".join(ended.stdout.split())


def test_unknown_command_is_refused_with_the_nearest(tmp_path: Path) -> None:
    ended = vendorgate("waiver", "ad", folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "did you mean `add`?" in ended.stderr


def test_hostile_words_reach_the_file_and_neither_terminal_nor_log(tmp_path: Path) -> None:
    write(tmp_path)
    reason = "x\x1b[31m\n::error::\u202e##[command]"
    ended = add(tmp_path, reason=reason)
    assert ended.code == 0
    assert not set("\x1b\u202e") & set(ended.stdout + ended.stderr)
    assert not any(line.lstrip().startswith("::") for line in ended.stdout.splitlines())
    assert "##[" not in ended.stdout
    shown = check(tmp_path)["results"][0]["waiver"]
    assert shown["reason"] == reason


def test_waiver_of_one_account_and_of_an_unlisted_vendor_says_so(tmp_path: Path) -> None:
    usage: dict[str, Any] = {"id": "notes", "offering": "alpha", "account": "eu", "data": ["phi"]}
    usage["recipients"] = [{"offering": "unlisted", "vendor": "Acme:"}]
    manifest = {"version": 1, "project": "demo", "usages": [usage]}
    write(tmp_path, **{"vendorgate.yaml": manifest})
    ended = add(tmp_path)
    assert ended.code == 0, ended.stderr
    assert "account: eu\n" in (tmp_path / WAIVERS).read_text(encoding="utf-8")
    assert 'vendor: "Acme:"\n' in (tmp_path / WAIVERS).read_text(encoding="utf-8")
    assert check(tmp_path)["verdict"] == "pass"


def test_only_usage_of_the_manifest_here_need_not_be_named(tmp_path: Path) -> None:
    one = {**FILES["vendorgate.yaml"], "usages": FILES["vendorgate.yaml"]["usages"][:1]}
    write(tmp_path, **{"vendorgate.yaml": one})
    words = [word for option in WORDS.items() for word in option]
    short = [word for word in words if word not in ("--usage", "notes")]
    ended = vendorgate("waiver", "add", *short, *INPUTS, "--dry-run", folder=tmp_path)
    named = vendorgate("waiver", "add", "vendorgate.yaml", *words, *INPUTS, "--dry-run", folder=tmp_path)
    assert (ended.code, ended.stdout) == (0, named.stdout)
    assert "usage: notes\n" in ended.stdout


def test_one_of_several_usages_must_be_named(tmp_path: Path) -> None:
    write(tmp_path)
    short = [word for option in WORDS.items() for word in option if word not in ("--usage", "notes")]
    ended = vendorgate("waiver", "add", *short, *INPUTS, folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "2 usages, and this is about one" in ended.stderr
    assert "name it: --usage notes|other" in ended.stderr
