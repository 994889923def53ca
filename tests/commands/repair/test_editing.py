"""`vendorgate repair --diff` and `--write`: what a manifest can say of a repair, and nothing else of the manifest."""

from __future__ import annotations

import json
import shlex
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.command import Ended, vendorgate
from tests.lifting.applying import edited
from tests.lifting.worlds import AS_OF, NAMING_WORLDS, WORLDS
from tests.lifting.worlds import written as world_written
from tests.thoroughness import share
from tests.world import OFFERING, SNAPSHOT
from vendorgate.load.document import read_document
from vendorgate.rewriting.changing import written
from vendorgate.rewriting.edits import Unclear

OPTIONS = ("--policies", "policies", "--registry", "registry", "--as-of", AS_OF.isoformat())
MANIFEST = """\
version: 1
project: p   # ours
usages:
  - id: other
    offering: alpha
    data: [public]
  - id: u   # the one
    offering: alpha
    data: [phi]   # all of it
    endpoints: [chat, files]   # two
    fallbacks:
      - beta   # when it is down
# end
"""


def strictly(text: str | bytes) -> Any:
    problems: list[Any] = []
    document = read_document("x", text.encode() if isinstance(text, str) else text, problems)
    assert problems == []
    assert document is not None
    return document.value


def folder_of(folder: Path, require: list[Any], manifest: str = MANIFEST, agreements: Any = None) -> Path:
    """A world of two offerings that list endpoints, and one policy on PHI."""
    policy = {"id": "p", "title": "P", "when": {"in": ["phi", {"var": "usage.data"}]}, "require": require}
    files: dict[str, Any] = {
        "registry/snapshot.yaml": SNAPSHOT,
        "policies/p.yaml": {"version": 1, "policies": [policy]},
        "policies/bundle.yaml": {},
    }
    for id in ("alpha", "beta"):
        listed = {"endpoints": ["chat", "files"], "features": ["web"], "dimensions": {}}
        files[f"registry/offerings/{id}.yaml"] = {"id": id, **OFFERING, **listed}
    if agreements is not None:
        files["policies/agreements.yaml"] = {"version": 1, "agreements": agreements}
    for name, value in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
    (folder / "vendorgate.yaml").write_bytes(manifest.encode("utf-8"))
    return folder


def repair(folder: Path, *arguments: str) -> Ended:
    return vendorgate("repair", "vendorgate.yaml", "--usage", "u", *OPTIONS, *arguments, folder=folder)


def now(folder: Path) -> str:
    return (folder / "vendorgate.yaml").read_bytes().decode("utf-8")


A_SETTING = {"===": [{"var": "usage.settings.sharing"}, True]}
ONLY_CHAT = {"subset": [{"var": "usage.endpoints"}, ["chat"]]}
ON_ALPHA = {"or": [{"!=": [{"var": "usage.offering"}, "alpha"]}, ONLY_CHAT]}
EDITS: dict[str, tuple[list[Any], list[tuple[str, str]]]] = {
    "a setting of both routes: one that is only named becomes a mapping": (
        [A_SETTING],
        [
            (
                "      - beta   # when it is down\n",
                (
                    "      - offering: beta   # when it is down\n        settings:\n          sharing: true\n"
                    "    settings:\n      sharing: true\n"
                ),
            )
        ],
    ),
    "a name of a list": ([ON_ALPHA], [("[chat, files]", "[chat]")]),
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("name", EDITS)
def test_only_what_a_repair_changes_is_written(tmp_path: Path, name: str, ending: str) -> None:
    require, changes = EDITS[name]
    folder_of(tmp_path, require, MANIFEST.replace("\n", ending))
    shown = repair(tmp_path, "--diff")
    assert shown.code == 0, shown.stderr
    assert now(tmp_path) == MANIFEST.replace("\n", ending)
    ended = repair(tmp_path, "--write")
    assert ended.code == 0, ended.stderr
    expected = MANIFEST
    for old, new in changes:
        expected = expected.replace(old, new)
    assert now(tmp_path) == expected.replace("\n", ending)
    assert "written: vendorgate.yaml\nPASS: usage `u` passes now as of 2026-11-23\n" in ended.stdout
    assert (
        "PASS: usage `u` passes then as of 2026-11-23\nnext: vendorgate repair vendorgate.yaml --usage u"
        in shown.stdout
    )
    assert "check that each of these is true" in shown.stdout
    assert vendorgate("check", *OPTIONS, folder=tmp_path).code == 0


def test_diff_shows_the_lines_that_change(tmp_path: Path) -> None:
    folder_of(tmp_path, [ON_ALPHA])
    lines = repair(tmp_path, "--diff").stdout.split("\n")
    assert lines[:3] == ["repair 1 of 1: 1 change, cost 3", "--- a/vendorgate.yaml", "+++ b/vendorgate.yaml"]
    assert [line for line in lines[3:] if line[:1] in ("+", "-")] == [
        "-    endpoints: [chat, files]   # two",
        "+    endpoints: [chat]   # two",
    ]


def test_route_that_is_given_up_goes_with_its_line(tmp_path: Path) -> None:
    folder_of(tmp_path, [{"subset": [{"var": "usage.fallbacks"}, ["alpha"]]}])
    assert repair(tmp_path, "--write").code == 0
    assert now(tmp_path) == MANIFEST.replace("    fallbacks:\n      - beta   # when it is down\n", "")


@pytest.mark.parametrize("agreements", [None, []], ids=["claims", "a register"])
def test_agreement_is_never_written(tmp_path: Path, agreements: Any) -> None:
    manifest = MANIFEST.replace("    fallbacks:\n      - beta   # when it is down\n", "")
    folder_of(tmp_path, [{"agreement": "baa"}, A_SETTING], manifest, agreements)
    ended = repair(tmp_path, "--write")
    assert ended.code == 1
    assert "not written, because others sign or decide it, or only you can say it:\n  * " in ended.stdout
    assert "an agreement `baa` into force" in ended.stdout
    assert ended.stdout.endswith("written: vendorgate.yaml\nFAIL: 1 result blocks now as of 2026-11-23: p\n")
    assert now(tmp_path) == manifest.replace("# two\n", "# two\n    settings:\n      sharing: true\n")
    again = repair(tmp_path, "--write")
    assert again.code == 1
    assert "nothing is written\nFAIL: 1 result blocks now" in again.stdout
    assert "next:" not in repair(tmp_path, "--diff").stdout


@pytest.mark.parametrize(
    "rule",
    [
        {"known": "usage.purpose"},
        {"subset": [{"var": "usage.subjects"}, ["us"]]},
        {"===": [{"var": "usage.attributes.reviewed"}, True]},
        {"known": "usage.region"},
        {"in": [{"var": "usage.settings.mode"}, ["x", "y"]]},
    ],
    ids=json.dumps,
)
def test_what_only_its_user_can_say_is_never_made_up(tmp_path: Path, rule: Any) -> None:
    manifest = MANIFEST.replace("    fallbacks:\n      - beta   # when it is down\n", "")
    folder_of(tmp_path, [rule], manifest)
    ended = repair(tmp_path, "--write")
    assert ended.code == 1
    assert "or only you can say it:\n  * " in ended.stdout
    assert "nothing is written" in ended.stdout
    assert now(tmp_path) == manifest


def test_next_command_does_what_was_shown_when_it_is_typed_as_it_stands(tmp_path: Path) -> None:
    folder_of(tmp_path, [A_SETTING], MANIFEST)
    (tmp_path / "vendorgate.yaml").rename(tmp_path / "my own.yaml")
    limited = ("--limit", "3", "--ignore-waivers", "--fail-on", "warning")
    shown = vendorgate("repair", "my own.yaml", "--usage", "u", *OPTIONS, *limited, "--diff", folder=tmp_path)
    command = shown.stdout.rstrip().rpartition("\nnext: ")[2]
    program, *words = shlex.split(command)
    assert program == "vendorgate"
    assert {*OPTIONS, *limited} <= {*words}
    assert vendorgate(*words, folder=tmp_path).code == 0
    assert (tmp_path / "my own.yaml").read_text() != MANIFEST


def test_what_names_say_more_of_than_one_repair_can_be_chosen(tmp_path: Path) -> None:
    folder_of(tmp_path, [{"or": [A_SETTING, {"==": [{"var": "usage.tier"}, "enterprise"]}]}], MANIFEST)
    ended = repair(tmp_path, "--diff", "--choose", "2")
    assert ended.stdout.startswith("repair 2 of ")
    assert ended.stdout.rstrip().endswith("--choose 2 --write")
    assert repair(tmp_path, "--write", "--choose", "2").code == 0
    assert now(tmp_path) != MANIFEST
    assert strictly(now(tmp_path))["usages"][0] == strictly(MANIFEST)["usages"][0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--choose", "1"), "--choose without --diff or --write"),
        (("--diff", "--choose", "9"), "no repair 9: there is one"),
        (("--diff", "--choose", "0"), "is not in the range"),
        (("--diff", "--format", "json"), "--diff and --write show text"),
    ],
)
def test_what_does_not_go_together_is_refused(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    folder_of(tmp_path, [ON_ALPHA])
    ended = repair(tmp_path, *arguments)
    assert (ended.code, ended.stdout) == (2, "")
    assert words in ended.stderr
    assert now(tmp_path) == MANIFEST


def test_standard_input_is_no_file(tmp_path: Path) -> None:
    folder_of(tmp_path, [ON_ALPHA])
    ended = vendorgate("repair", "-", "--usage", "u", *OPTIONS, "--write", folder=tmp_path)
    assert ended.code == 2
    assert "about a file, and not standard input" in ended.stderr


def test_report_goes_beside_the_edit(tmp_path: Path) -> None:
    folder_of(tmp_path, [ON_ALPHA])
    assert repair(tmp_path, "--diff", "--output", "json=r.json").code == 0
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["answer"] == "repairs"


def test_where_it_passes_or_nothing_helps_the_report_is_shown_and_nothing_written(tmp_path: Path) -> None:
    folder_of(tmp_path, [{"known": "usage.data"}])
    assert repair(tmp_path, "--write").stdout.startswith("PASS: usage `u` of project `p` passes already")
    folder_of(tmp_path, [{"covered": "hipaa_baa"}])
    ended = repair(tmp_path, "--write")
    assert ended.code == 1
    assert "NONE: no repair" in ended.stdout
    assert now(tmp_path) == MANIFEST


def test_value_that_others_share_by_an_anchor_is_changed_for_one_or_refused(tmp_path: Path) -> None:
    shared = (
        MANIFEST.replace("[chat, files]   # two", "&e [chat, files]")
        .replace("data: [public]", "data: [public]\n    endpoints: [files]")
        .replace("      - beta   # when it is down\n", "      - {offering: beta, endpoints: *e}\n")
    )
    folder_of(tmp_path, [ON_ALPHA], shared)
    ended = repair(tmp_path, "--write")
    if ended.code == 2:
        assert "cannot be changed without a change of what is not meant" in ended.stderr
        assert now(tmp_path) == shared
    else:
        after, before = strictly(now(tmp_path)), strictly(shared)
        before["usages"][1]["endpoints"] = ["chat"]
        assert after == before


def test_file_that_cannot_be_changed_or_has_changed_stays(tmp_path: Path) -> None:
    folder_of(tmp_path, [ON_ALPHA])
    with mock.patch("vendorgate.commands.repair.editing.changed", side_effect=Unclear):
        ended = repair(tmp_path, "--write")
    assert (ended.code, ended.stdout) == (2, "")
    assert "cannot be changed without a change of what is not meant" in ended.stderr
    with mock.patch("vendorgate.commands.repair.editing.sha256", return_value="another"):
        ended = repair(tmp_path, "--write")
    assert (ended.code, ended.stdout) == (2, "")
    assert "it has changed since it was judged" in ended.stderr
    assert now(tmp_path) == MANIFEST


def test_hostile_words_stay_in_their_line(tmp_path: Path) -> None:
    manifest = MANIFEST.replace("# two", "# two \u202e ##[error]x")
    folder_of(tmp_path, [ON_ALPHA], manifest)
    shown = repair(tmp_path, "--diff").stdout
    assert "\u202e" not in shown
    assert "##[" not in shown
    assert repair(tmp_path, "--write").code == 0
    assert "# two \u202e ##[error]x" in now(tmp_path)


@settings(max_examples=share(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(world=st.one_of(WORLDS, NAMING_WORLDS), in_lines=st.booleans(), number=st.integers(0, 2))
def test_what_is_written_is_what_a_person_would_edit(world: dict[str, Any], in_lines: bool, number: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest, _ = world_written(folder, world)
        path = folder / "vendorgate.yaml"
        if in_lines:
            path.write_text(f"# mine\n{written(manifest)}", encoding="utf-8")
        found = json.loads(repair(folder, "--limit", "3", "--format", "json").stdout)
        if not found["repairs"]:
            return
        number = number % len(found["repairs"]) + 1
        ended = repair(folder, "--limit", "3", "--write", "--choose", str(number))
        assert ended.code in (0, 1), ended.stderr
        changes = [one for one in found["repairs"][number - 1]["changes"] if _is_written(one)]
        event(f"{len(changes)} written")
        expected, _ = edited(manifest, None, "u", changes)
        for usage in expected["usages"]:
            if any(one["field"] == "fallbacks" for one in changes) and usage.get("fallbacks") == []:
                del usage["fallbacks"]  # an empty list and none are the same
        assert strictly(path.read_bytes()) == expected
        assert not in_lines or path.read_text(encoding="utf-8").startswith("# mine\n")


def _is_written(change: dict[str, Any]) -> bool:
    made_true = change["field"].startswith(("settings.", "features", "lifecycle"))
    guessed = change["kind"] == "declare" and (change["options"] != [] or not made_true)
    return change["kind"] not in ("agreement", "bind") and not guessed
