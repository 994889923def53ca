"""`vendorgate waiver remove` takes out what is named, `prune` what nobody needs, and neither changes another line."""

from __future__ import annotations

import datetime
import stat
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.command import Ended, vendorgate
from tests.commands.plan.worlds import START, Part, worlds
from tests.commands.plan.worlds import write as write_world
from tests.commands.waiver.folder import FILES, INPUTS, WAIVERS, add, check, write
from tests.thoroughness import share
from vendorgate import Gate, UsageError
from vendorgate.commands.waiver.permission import judged_by
from vendorgate.commands.waiver.removal import pruning
from vendorgate.commands.waiver.waivers_file import WaiversYaml, unfiled

TEXT = """\
# what we tolerate
version: 1
waivers:
  # decided in the board of June
  - policy: needs-baa  # alpha
    usage: notes
    offering: alpha
    reason: |
      two
      lines
    approved_by: ciso@example.org
    ticket: SEC-1
    expires: 2026-12-31

  # and in the one of July
  - reason: "a # that is none"
    policy: needs-baa
    usage: other
    approved_by: cto@example.org
    expires: 2027-06-30 # the longest
  - {policy: "needs-*", project: else, reason: r, approved_by: a, expires: 2027-01-01}
# the end
"""
_FIRST = "".join(TEXT.splitlines(keepends=True)[4:13])
_SECOND = "".join(TEXT.splitlines(keepends=True)[15:20])
_THIRD = TEXT.splitlines(keepends=True)[20]


def remove(folder: Path, *words: str) -> Ended:
    return vendorgate("waiver", "remove", *words, "--policies", "policies", "--registry", "registry", folder=folder)


def prune(folder: Path, *words: str) -> Ended:
    return vendorgate("waiver", "prune", *words, *INPUTS, folder=folder)


def waivers(folder: Path) -> str:
    return (folder / WAIVERS).read_bytes().decode("utf-8")


REMOVED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "a policy": (("--policy", "needs-baa"), (_FIRST, _SECOND)),
    "a glob, as it is written": (("--policy", "needs-*"), (_THIRD,)),
    "a usage": (("--usage", "other"), (_SECOND,)),
    "a project": (("--project", "else"), (_THIRD,)),
    "every project": (("--project", "*"), (_FIRST, _SECOND)),
    "an offering": (("--offering", "alpha"), (_FIRST,)),
    "a ticket": (("--ticket", "SEC-1"), (_FIRST,)),
    "all of several": (("--policy", "needs-baa", "--usage", "other"), (_SECOND,)),
    "a line": (("--line", "17"), (_SECOND,)),
    "lines": (("--line", "5", "--line", "21"), (_FIRST, _THIRD)),
    "a place, as the list shows it": (("--line", "policies/waivers.yaml:5:5"), (_FIRST,)),
    "a line and its column": (("--line", "5:5"), (_FIRST,)),
    "a line and what it says": (("--line", "5", "--policy", "needs-baa"), (_FIRST,)),
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(("words", "gone"), REMOVED.values(), ids=REMOVED)
def test_what_is_named_goes_and_every_other_byte_stays(
    words: tuple[str, ...], gone: tuple[str, ...], ending: str, tmp_path: Path
) -> None:
    write(tmp_path, **{WAIVERS: b"\xef\xbb\xbf" + TEXT.replace("\n", ending).encode()})
    (tmp_path / WAIVERS).chmod(0o640)
    ended = remove(tmp_path, *words)
    assert ended.code == 0, ended.stderr
    left = TEXT
    for part in gone:
        left = left.replace(part, "")
    assert (tmp_path / WAIVERS).read_bytes() == b"\xef\xbb\xbf" + left.replace("\n", ending).encode()
    assert stat.S_IMODE((tmp_path / WAIVERS).stat().st_mode) == 0o640
    number = "1 waiver" if len(gone) == 1 else f"{len(gone)} waivers"
    assert ended.stdout.endswith(f"{number}, {3 - len(gone)} left\n")
    assert sorted(path.name for path in (tmp_path / "policies").iterdir()) == [
        "agreements.yaml",
        "bundle.yaml",
        "rules.yaml",
        "waivers.yaml",
    ]


def test_last_ones_leave_an_empty_list_and_every_comment(tmp_path: Path) -> None:
    write(tmp_path, **{WAIVERS: TEXT})
    assert remove(tmp_path, "--line", "5", "--line", "17", "--line", "21").code == 0
    left = TEXT.replace(_FIRST, "").replace(_SECOND, "").replace(_THIRD, "").replace("waivers:", "waivers: []")
    assert waivers(tmp_path) == left
    assert check(tmp_path)["summary"]["waived"] == 0
    assert add(tmp_path).code == 0
    assert check(tmp_path)["summary"]["waived"] == 2


def test_what_goes_is_shown_as_the_list_shows_it(tmp_path: Path) -> None:
    write(tmp_path, **{WAIVERS: TEXT})
    assert remove(tmp_path, "--offering", "alpha").stdout == (
        "taken out of policies/waivers.yaml:\n"
        "needs-baa on project *, usage notes, offering alpha\n"
        " --> policies/waivers.yaml:5:5\n"
        "   until 2026-12-31 by ciso@example.org (SEC-1): two lines\n"
        "1 waiver, 2 left\n"
    )


def test_dry_run_of_remove_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path, **{WAIVERS: TEXT})
    ended = remove(tmp_path, "--offering", "alpha", "--dry-run")
    assert ended.code == 0
    assert ended.stdout.startswith("to be taken out of policies/waivers.yaml:\nneeds-baa on")
    assert waivers(tmp_path) == TEXT


def test_what_a_baseline_wrote_can_be_taken_out_by_its_fingerprint(tmp_path: Path) -> None:
    write(tmp_path)
    add(tmp_path)
    before = waivers(tmp_path)
    mark = next(line.split()[1] for line in before.splitlines() if "fingerprint" in line)
    assert remove(tmp_path, "--fingerprint", mark).stdout.endswith("1 waiver, 1 left\n")
    assert check(tmp_path)["summary"]["waived"] == 1


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('{"version": 1, "waivers": [A, B]}', '{"version": 1, "waivers": [A]}'),
        ('{"version": 1, "waivers": [B]}', '{"version": 1, "waivers": []}'),
        ("version: 1\nwaivers: [A,\n  B]\n", "version: 1\nwaivers: [A]\n"),
        ("version: 1\nwaivers:\n- B\n", "version: 1\nwaivers: []\n"),
        ("version: 1\nwaivers:\n- B", "version: 1\nwaivers: []\n"),
        ("waivers:\n- A\n- B\nversion: 1\n", "waivers:\n- A\nversion: 1\n"),
    ],
)
def test_however_the_file_is_written(text: str, left: str, tmp_path: Path) -> None:
    entries = [f'{{"policy": "{id}", "reason": "r", "approved_by": "a", "expires": "2027-01-01"}}' for id in "ab"]
    text, left = (one.replace("A", entries[0]).replace("B", entries[1]) for one in (text, left))
    write(tmp_path, **{WAIVERS: text})
    ended = remove(tmp_path, "--policy", "b")
    assert ended.code == 0, ended.stderr
    assert waivers(tmp_path) == left


REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "nothing": ((), "nothing says which waivers"),
    "a policy of none": (("--policy", "need-baa"), "did you mean `needs-baa`?"),
    "a glob of none": (("--policy", "*"), "no waiver says policy `*`"),
    "an account of none": (("--account", "eu"), "no waiver says account `eu`"),
    "what no one has all of": (("--offering", "alpha", "--usage", "other"), "no waiver says all of that"),
    "a line of none": (("--line", "6"), "no waiver on line 6"),
    "a line that is none": (("--line", "x"), "`x` is no line; write its number"),
}


@pytest.mark.parametrize(("words", "told"), REFUSED.values(), ids=REFUSED)
def test_what_names_no_waiver_is_refused(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    write(tmp_path, **{WAIVERS: TEXT})
    ended = remove(tmp_path, *words)
    assert (ended.code, ended.stdout) == (2, "")
    assert told in ended.stderr
    assert waivers(tmp_path) == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\nwaivers: [A, # of b\n  B]\n",
        "version: 1\nwaivers: &all\n  - B\n",
        "version: 1\nwaivers:\n  - # of b\n    B\n",
    ],
)
def test_what_cannot_be_taken_out_alone_is_left_alone(text: str, tmp_path: Path) -> None:
    entries = [f"{{policy: {id}, reason: r, approved_by: a, expires: 2027-01-01}}" for id in "ab"]
    text = text.replace("A", entries[0]).replace("B", entries[1])
    write(tmp_path, **{WAIVERS: text})
    ended = remove(tmp_path, "--policy", "b")
    assert (ended.code, ended.stdout) == (2, "")
    assert waivers(tmp_path) == text


@pytest.mark.parametrize("command", ["remove", "prune"])
def test_policies_that_came_with_vendorgate_are_left_alone(command: str, tmp_path: Path) -> None:
    (tmp_path / "vendorgate.yaml").write_text("version: 1\nproject: p\nusages: []\n")
    more = ("--policy", "x") if command == "remove" else ()
    ended = vendorgate("waiver", command, *more, "--policies", "builtin", folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "the policies that came with vendorgate have no waivers of yours" in ended.stderr


def test_file_that_somebody_changes_meanwhile_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, **{WAIVERS: TEXT})
    waiver = Gate(tmp_path / "policies", tmp_path / "registry").bundle.waivers[0]
    assert "usage: notes" not in unfiled(WaiversYaml("waivers.yaml", TEXT.encode()), [waiver])
    for data in (TEXT.replace("# decided", "# Decided").encode(), None):
        with pytest.raises(UsageError) as refused:
            unfiled(WaiversYaml("waivers.yaml", data), [waiver])
        assert "somebody has changed it meanwhile" in refused.value.problems[0].title


# What nobody needs.

USES: dict[str, tuple[Part, str | None]] = {
    "in use": ({"expires": "2027-06-30"}, None),
    "ends soon": ({"usage": "notes", "expires": "2027-07-01"}, None),
    "expired": ({"expires": "2026-11-22"}, "expired, 1 day over"),
    "expired of another project": ({"project": "else", "expires": "2026-11-22"}, "expired, 1 day over"),
    "void": ({"fingerprint": "sha256:" + "0" * 64}, None),
    "outlived": ({"expires": "2026-12-31"}, "outlived, 38 days left"),
    "unused": ({"usage": "gone"}, "unused, 38 days left"),
    "unused of another project": ({"project": "else"}, None),
}
_USUAL: Part = {"policy": "needs-baa", "reason": "r", "approved_by": "a", "expires": "2026-12-31"}


def test_expired_unused_and_outlived_ones_go_and_others_stay(tmp_path: Path) -> None:
    entries = [{**_USUAL, **waiver} for waiver, _ in USES.values()]
    write(tmp_path, **{WAIVERS: {"version": 1, "waivers": entries}})
    before = check(tmp_path)
    shown = prune(tmp_path, "--dry-run")
    assert waivers(tmp_path).count("needs-baa") == len(USES)
    ended = prune(tmp_path)
    assert ended.code == 0, ended.stderr
    assert ended.stdout == shown.stdout.replace("to be taken out", "taken out")
    assert waivers(tmp_path).count("needs-baa") == 4
    after = check(tmp_path)
    assert [(one["outcome"], one["waiver"]) for one in after["results"]] == [
        (one["outcome"], one["waiver"]) for one in before["results"]
    ]
    gone, _, left = ended.stdout.partition("left, because no manifest of its project was judged; ")
    for _, heading in USES.values():
        assert heading is None or f"\n{heading}: needs-baa" in gone
    assert "unused, 38 days left: needs-baa on project else" in left
    assert ended.stdout.endswith("judged as of 2026-11-23: 1 manifest of 1 project; 8 waivers: 4 taken out, 4 left\n")
    again = prune(tmp_path)
    assert again.stdout.endswith("4 waivers: 0 taken out, 4 left\n")
    assert not again.stdout.startswith("taken out")


def test_waiver_that_another_manifest_needs_is_left_where_that_is_named(tmp_path: Path) -> None:
    other = {**FILES["vendorgate.yaml"], "project": "else", "owner": "b@example.org"}
    one = {**_USUAL, "project": "*e*", "usage": "third"}
    other["usages"] = [{"id": "third", "offering": "alpha", "data": ["phi"]}]
    write(tmp_path, **{"else/vendorgate.yaml": other, WAIVERS: {"version": 1, "waivers": [one]}})
    assert "2 manifests of 2 projects; 1 waiver: 0 to be taken out" in prune(tmp_path, ".", "--dry-run").stdout
    assert "1 manifest of 1 project; 1 waiver: 1 to be taken out" in prune(tmp_path, "--dry-run").stdout


def test_name_that_nobody_bound_makes_no_waiver_unused(tmp_path: Path) -> None:
    bundle = {"projects": [{"project": "demo", "paths": ["elsewhere/**"]}]}
    one = {"version": 1, "waivers": [{**_USUAL, "project": "demo"}]}
    write(tmp_path, **{"policies/bundle.yaml": bundle, WAIVERS: one})
    assert prune(tmp_path).stdout.endswith("1 waiver: 0 taken out, 1 left\n")


def test_nothing_is_taken_out_where_a_manifest_cannot_be_judged(tmp_path: Path) -> None:
    files: dict[str, Any] = {"bad/vendorgate.yaml": "version: 1\nproject: [x]\n", WAIVERS: TEXT}
    write(tmp_path, **files)
    ended = prune(tmp_path, ".")
    assert (ended.code, ended.stdout) == (2, "")
    assert "bad/vendorgate.yaml:2" in ended.stderr
    assert waivers(tmp_path) == TEXT


@settings(max_examples=share(100), suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_nothing_that_was_judged_changes_without_what_is_pruned(files: Part) -> None:
    with tempfile.TemporaryDirectory() as folder:
        gate = write_world(Path(folder), files)
        for number in (0, 30):
            day = START + datetime.timedelta(days=number)
            before = gate.check(Path(folder, "vendorgate.yaml"), as_of=day)
            gone = {id(use.waiver) for use in pruning(before).gone}
            after = judged_by(before, tuple(one for one in before.bundle.waivers if id(one) not in gone))
            for one, other in zip(before.results, after.results, strict=True):
                assert (one.outcome, one.blocks, one.waiver) == (other.outcome, other.blocks, other.waiver)
