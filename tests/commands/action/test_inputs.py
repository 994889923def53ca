"""Inputs: each is read strictly, all mistakes are told together, and none ever becomes a command or an option."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.commands.action.in_process import step
from tests.commands.action.repositories import POLICY, manifest, write
from tests.commands.action.runner import ACTION, machine
from vendorgate.commands.action.event import CommitRange
from vendorgate.commands.action.inputs import ActionInputs, read_inputs, variable
from vendorgate.commands.action.running import arguments
from vendorgate.errors import UsageError

NOT_FOR_JUDGING = {"version", "token", "policies-token"}
HOSTILE = (
    "::set-output name=verdict::pass",
    "::error::x\n::set-output name=verdict::pass",
    "##[set-output name=verdict;]pass",
    "$(touch hacked)",
    "`touch hacked`",
    "'; touch hacked; '",
    '"; touch hacked; "',
    "a\nb\n--policies=other",
    "--fail-on=never",
    "%0A::set-output name=verdict::pass",
    "${{ github.token }}",
    "\x1b]0;x\x07",
    "-h",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    write(folder, {"vendorgate.yaml": manifest("phi"), "policies/p.yaml": POLICY})
    return folder


def problems(**given: str) -> list[str]:
    with pytest.raises(UsageError) as caught:
        read_inputs({variable(name.replace("_", "-")): value for name, value in given.items()})
    return [f"{problem.title}; {problem.help}" for problem in caught.value.problems]


def test_every_input_of_the_action_is_handed_over_and_read() -> None:
    (judging,) = (step for step in ACTION["runs"]["steps"] if step.get("id") == "run")
    names = ACTION["inputs"].keys() - NOT_FOR_JUDGING
    assert {variable(name): f"${{{{ inputs.{name} }}}}" for name in names | {"token"}}.items() <= judging["env"].items()
    assert names == set(ActionInputs.__struct_encode_fields__)


def test_defaults_of_the_action_are_those_of_the_step() -> None:
    names = ACTION["inputs"].keys() - NOT_FOR_JUDGING
    given = {variable(name): ACTION["inputs"][name]["default"] for name in names}
    assert read_inputs(given) == read_inputs({}) == ActionInputs()


def test_all_mistakes_are_told_at_once_with_the_nearest_word() -> None:
    assert problems(review="allways", comment="On-Failure", fail_on="eror", new_only="yes", sarif="True") == [
        "input `fail-on`: `eror` is none of its values; did you mean `error`?",
        "input `review`: `allways` is none of its values; did you mean `always`?",
        "input `new-only`: `yes` is none of its values; it takes: `false`, `true`",
        "input `comment`: `On-Failure` is none of its values; did you mean `on-failure`?",
        "input `sarif`: `True` is none of its values; did you mean `true`?",
    ]


def test_only_a_review_can_be_of_what_is_new() -> None:
    (problem,) = problems(new_only="true", review="never")
    assert "only a review knows what is new" in problem


@pytest.mark.parametrize("name", ["policies", "registry", "working_directory"])
def test_path_is_one_line(name: str) -> None:
    (problem,) = problems(**{name: "a\nb"})
    assert "more than one line" in problem


def test_manifests_stand_one_a_line() -> None:
    found = read_inputs({variable("manifests"): "  a b.yaml\n\n services/**/vendorgate.yaml \r\n"})
    assert found.manifests == ("a b.yaml", "services/**/vendorgate.yaml")


def test_nothing_is_judged_where_an_input_is_wrong(workspace: Path) -> None:
    ended = step(workspace, different={"VENDORGATE_REVIEW": "sometimes", "VENDORGATE_SUMMARY": "maybe"})
    assert ended.code == 0
    assert (ended.outputs["verdict"], ended.outputs["exit-code"]) == ("not-checked", "2")
    for told in (ended.log, ended.summary):
        assert "input `review`: `sometimes`" in told
        assert "input `summary`: `maybe`" in told


@pytest.mark.parametrize("folder", ["missing", "vendorgate.yaml"])
def test_working_directory_must_be_there(folder: str, workspace: Path) -> None:
    ended = step(workspace, different={variable("working-directory"): folder})
    assert ended.outputs["exit-code"] == "2"
    assert f"`{folder}` is not a folder of the workspace" in ended.log


@pytest.mark.parametrize("name", sorted(ACTION["inputs"].keys() - NOT_FOR_JUDGING))
@pytest.mark.parametrize("value", HOSTILE)
def test_no_input_becomes_a_command(name: str, value: str, workspace: Path) -> None:
    before = sorted(workspace.rglob("*"))
    ended = step(workspace, different={variable(name): value})
    assert ended.code == 0
    assert ended.outputs["verdict"] == "not-checked"
    assert ended.outputs["exit-code"] == "2"
    assert {one.name for one in ended.said} == {"error"}
    assert sorted(workspace.rglob("*")) == before


def test_no_input_becomes_a_command_of_a_shell(tmp_path: Path, workspace: Path) -> None:
    runner = machine(tmp_path, workspace, inside=False)
    before = sorted(workspace.rglob("*"))
    ran = runner.run(
        "schedule", {}, "0" * 40, manifests="\n".join(HOSTILE), policies="$(touch hacked)", registry="`id`"
    )
    assert (ran.code, ran.outputs["verdict"]) == (2, "not-checked")
    assert {one.name for one in ran.said} == {"error"}
    assert sorted(workspace.rglob("*")) == before


@given(st.lists(st.text(min_size=1)), st.text(), st.text(), st.booleans())
@example(["--policies=x", "-x", "--"], "--x", "-", True)
def test_no_text_becomes_an_option(manifests: list[str], policies: str, registry: str, change: bool) -> None:
    """What stands before `--` is an option of ours with the value given to it, what stands after it a manifest."""
    inputs: Any = msgspec.convert({"manifests": manifests, "policies": policies, "registry": registry}, ActionInputs)
    found = list(arguments(inputs, CommitRange("a" * 40, "b" * 40) if change else None))
    end = found.index("--")
    given = {name: value for name, value in {"policies": policies, "registry": registry}.items() if value}
    ends = {"base": "a" * 40, "head": "b" * 40} if change else {}
    assert found[1:end] == [f"--{name}={value}" for name, value in {**ends, **given}.items()]
    assert found[end + 1 :] == manifests
