"""`review --code`: what a change makes code do otherwise than is declared, out of a real history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.command import Ended
from tests.commands.review.repository import Content, Repository, manifest, policies, usage
from vendorgate.commands.review import code
from vendorgate.commands.review.code import _contents as contents
from vendorgate.commands.review.preparing import PreparedReview
from vendorgate.model.detect import NOTICES_OF_CODE

OPENAI = """\
from openai import OpenAI

client = OpenAI()


def ask(question):
    return client.responses.create(model="gpt-5.2", input=question)
"""
BOTH = """\
import os

from openai import OpenAI
import anthropic

client = OpenAI()
other = anthropic.Anthropic()


def ask(question):
    return client.responses.create(model="gpt-5.2", input=question)


def again(question):
    return other.messages.create(model="claude-sonnet-4-5", messages=[question])
"""
NAMED = {"id": "named", "title": "Named", "require": [{"known": "usage.offering"}]}
ERROR = {"severity": {"undeclared-offering": "error"}}
USES_OPENAI = usage("a", "openai-api", "public", endpoints=["responses"], models=["gpt-5.2"])
USES_BOTH = (USES_OPENAI, usage("b", "anthropic-api", "public"))


def world(detect: Mapping[str, Any], *usages: dict[str, Any]) -> Mapping[str, Content]:
    return {
        "policies/rules.yaml": policies(NAMED),
        "policies/bundle.yaml": {"detect": dict(detect)},
        "vendorgate.yaml": manifest(*(usages or (USES_OPENAI,))),
        "src/app.py": OPENAI,
        "src/big.bin": b"\0" * 100,
    }


def change(folder: Path, before: Mapping[str, Content], after: Mapping[str, Content]) -> Repository:
    repository = Repository(folder)
    repository.commit(before)
    repository.branch("change")
    repository.commit(after)
    return repository


def review(repository: Repository, *arguments: str, folder: str = ".") -> Ended:
    return repository.review("--code", "--registry", "builtin", "--format", "json", *arguments, folder=folder)


def told(ended: Ended) -> list[tuple[str, str]]:
    """What is said of code: kind and place."""
    assert ended.code in (0, 1), ended.stderr
    found = json.loads(ended.stdout)["report"]["notices"]
    of_code = [one for one in found if one["id"] in NOTICES_OF_CODE]
    return [(one["id"], f"{one['location']['path']}:{one['location']['line']}") for one in of_code]


def test_change_that_adds_a_vendor_is_told_at_the_line_that_adds_it(tmp_path: Path) -> None:
    repository = change(tmp_path, world(ERROR), {"src/app.py": BOTH})
    ended = review(repository)
    assert (ended.code, told(ended)) == (1, [("undeclared-offering", "src/app.py:4")])
    assert repository.review("--registry", "builtin").code == 0
    assert review(change(tmp_path / "lax", world({}), {"src/app.py": BOTH})).code == 0


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # what was there is not the change's
        (world(ERROR, usage("a", "azure-openai", "public")), {"README": "x"}, []),
        (world(ERROR, usage("a", "azure-openai", "public")), {"src/more.py": OPENAI}, []),
        (world(ERROR, usage("a", "azure-openai", "public")), {"src/app.py": f"\n\n# x\n{OPENAI}"}, []),
        (world(ERROR), {"src/app.py": OPENAI.replace("ask", "reply")}, []),
        # what is declared in the same change is no difference
        (
            world(ERROR),
            {"src/app.py": BOTH, "vendorgate.yaml": manifest(*USES_BOTH)},
            [("undeclared-endpoint", "src/app.py:15"), ("undeclared-model", "src/app.py:15")],
        ),
        # a change of the manifest alone
        (world(ERROR), {"vendorgate.yaml": manifest()}, [("undeclared-offering", "src/app.py:1")]),
        (
            world(ERROR),
            {"vendorgate.yaml": manifest({**USES_OPENAI, "endpoints": ["files"]})},
            [("undeclared-endpoint", "src/app.py:7")],
        ),
        (
            world(ERROR),
            {"vendorgate.yaml": manifest(*USES_BOTH)},
            [("declared-not-found", "vendorgate.yaml:20")],
        ),
        # another endpoint, another setting
        (
            world(ERROR),
            {"src/app.py": OPENAI + "\n\nclient.files.create(file=open('x'))\n"},
            [("undeclared-endpoint", "src/app.py:10")],
        ),
        (
            world(ERROR, {**USES_OPENAI, "settings": {"zero_data_retention": True}}),
            {"src/app.py": OPENAI.replace("input=", "store=True, input=")},
            [("setting-mismatch", "src/app.py:7")],
        ),
        # code that no manifest covers
        (
            {**world(ERROR), "vendorgate.yaml": None, "src/vendorgate.yaml": manifest(USES_OPENAI)},
            {"lib/x.py": OPENAI},
            [("not-in-a-project", "lib/x.py:1")],
        ),
        # the last use goes, and the declaration stays
        (world(ERROR), {"src/app.py": "x = 1\n"}, [("declared-not-found", "vendorgate.yaml:7")]),
    ],
)
def test_only_what_the_change_makes_is_told(
    before: dict[str, Content], after: dict[str, Content], expected: list[Any], tmp_path: Path
) -> None:
    before = {path: content for path, content in before.items() if content is not None}
    assert told(review(change(tmp_path, before, after))) == expected


def test_difference_that_was_there_stays_untold_where_it_is_further_down_or_elsewhere(tmp_path: Path) -> None:
    repository = change(tmp_path, {**world(ERROR), "src/app.py": BOTH}, {"src/x.py": BOTH, "src/app.py": None})
    assert told(review(repository)) == []


def test_rules_of_the_base_judge_code_too(tmp_path: Path) -> None:
    lax = {"severity": {"undeclared-offering": "note"}, "except": [{"path": "src/**", "reason": "mine"}]}
    edits: dict[str, Content] = {"src/app.py": BOTH, "policies/bundle.yaml": {"detect": lax}}
    repository = change(tmp_path, world(ERROR), edits)
    ended = review(repository)
    assert (ended.code, told(ended)) == (1, [("undeclared-offering", "src/app.py:4")])
    weaker = [one["name"] for one in json.loads(ended.stdout)["edits"]["edits"] if one["effect"] == "weaker"]
    assert weaker == ["detect.severity", "detect.except"]
    trusted = review(repository, "--trust-head")
    assert (trusted.code, told(trusted)) == (0, [("drift-suppressed", "src/app.py:4")])


def test_comment_in_the_change_counts_as_the_base_lets_it(tmp_path: Path) -> None:
    mark = "  # vendorgate: ignore anthropic-api until 2026-12-31: moving"
    lines = [line + mark if "anthropic" in line or "other." in line else line for line in BOTH.splitlines()]
    marked = "\n".join(lines) + "\n"
    lets = {**ERROR, "comments": {"max_days": 60}}
    kept = review(change(tmp_path / "a", world(lets), {"src/app.py": marked}))
    assert kept.code == 0
    assert {kind for kind, _ in told(kept)} == {"drift-suppressed"}
    edits: dict[str, Content] = {"src/app.py": marked, "policies/bundle.yaml": {"detect": lets}}
    refused = review(change(tmp_path / "b", world(ERROR), edits))
    assert refused.code == 1
    assert {kind for kind, _ in told(refused)} == {"undeclared-offering", "comment-not-obeyed"}


def test_work_tree_is_not_read(tmp_path: Path) -> None:
    repository = change(tmp_path, world(ERROR), {"README": "x"})
    repository.write({"src/app.py": BOTH})
    assert told(review(repository)) == []


def test_manifest_that_moves_takes_its_differences_with_it(tmp_path: Path) -> None:
    before = {**world(ERROR), "src/app.py": BOTH}
    repository = change(tmp_path, before, {"README": "x"})
    repository.git("mv", "vendorgate.yaml", "vendorgate.yml")
    repository.commit()
    assert told(review(repository)) == []


@pytest.mark.parametrize(
    ("named", "folder", "expected"),
    [
        ((), ".", ["a/x.py:4", "b/x.py:4"]),
        (("a",), ".", ["a/x.py:4"]),
        (("b/vendorgate.yaml",), ".", ["b/x.py:4"]),
        (("*/vendorgate.yaml",), ".", ["a/x.py:4", "b/x.py:4"]),
        ((), "a", ["x.py:4"]),
        (("../b",), "a", ["../b/x.py:4"]),
    ],
)
def test_code_of_the_manifests_that_are_reviewed_is_read(
    named: tuple[str, ...], folder: str, expected: list[str], tmp_path: Path
) -> None:
    folders = {
        f"{name}/{file}": content
        for name in ("a", "b")
        for file, content in (("vendorgate.yaml", manifest(USES_OPENAI, project=name)), ("x.py", OPENAI))
    }
    repository = change(tmp_path, {**world(ERROR), **folders}, {"a/x.py": BOTH, "b/x.py": BOTH})
    ended = review(repository, *named, "--policies", str(tmp_path / "policies"), folder=folder)
    assert told(ended) == [("undeclared-offering", place) for place in expected]


def test_manifest_with_mistakes_at_head_makes_no_differences_of_its_code(tmp_path: Path) -> None:
    broken: dict[str, Content] = {"a/vendorgate.yaml": "version: 2\n", "a/x.py": BOTH, "src/app.py": BOTH}
    repository = change(tmp_path, {**world(ERROR), "a/vendorgate.yaml": manifest(USES_OPENAI, project="a")}, broken)
    ended = review(repository)
    assert ended.code == 2
    found = [one for one in json.loads(ended.stdout)["report"]["notices"] if one["id"] == "undeclared-offering"]
    assert [one["location"]["path"] for one in found] == ["src/app.py"]


FORMATS = {
    "text": "error[undeclared-offering]: code uses `anthropic-api`, which vendorgate.yaml does not declare",
    "markdown": "### Code otherwise than declared",
    "github": "::error file=src/app.py,line=4,",
    "sarif": '"ruleId": "undeclared-offering"',
    "gitlab": '"check_name": "undeclared-offering"',
    "junit": 'name="undeclared-offering of src/app.py"',
    "oscal": '"target-id": "undeclared-offering"',
    "intoto": '"id": "undeclared-offering"',
    "cyclonedx": '"value": "error undeclared-offering: ',
}


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_tells_it(format: str, tmp_path: Path) -> None:
    repository = change(tmp_path, world(ERROR), {"src/app.py": BOTH})
    ended = repository.review("--code", "--registry", "builtin", "--format", format)
    assert ended.code == 1
    assert FORMATS[format] in ended.stdout


def test_what_both_sides_have_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def spy(prepared: PreparedReview, ids: Iterable[str]) -> Mapping[str, bytes]:
        listed = list(ids)
        asked.extend(listed)
        return contents(prepared, listed)

    monkeypatch.setattr(code, "_contents", spy)
    more: dict[str, Content] = {f"src/same{number}.py": f"{OPENAI}# {number}\n" for number in range(300)}
    repository = change(tmp_path, {**world(ERROR), **more}, {"src/app.py": BOTH})
    assert told(review(repository)) == [("undeclared-offering", "src/app.py:4")]
    assert len(asked) == len(set(asked)) == 300 + 6
