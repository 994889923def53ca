"""What a pull request could write to get past `review --code` and `check --code`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.command import vendorgate
from tests.commands.review.repository import Content, Repository, manifest, usage
from tests.commands.review.test_code import BOTH, ERROR, OPENAI, USES_OPENAI, review, told, world

Change = Callable[[Repository], None]
CALLS = "import anthropic\n\nclient = anthropic.Anthropic()\n"
NOT_READ = {**ERROR, "severity": {**ERROR["severity"], "code-not-read": "error"}}
BASE: Mapping[str, Content] = world(NOT_READ)
BLOCKED = {"undeclared-offering", "not-in-a-project", "code-not-read"}


def base(folder: Path, more: Mapping[str, Content] | None = None) -> Repository:
    repository = Repository(folder)
    repository.commit({**BASE, **(more or {})})
    repository.branch("change")
    return repository


def link(path: str, target: str) -> Change:
    def change(repository: Repository) -> None:
        at = repository.folder / path
        at.parent.mkdir(parents=True, exist_ok=True)
        at.symlink_to(target)

    return change


def several(*changes: Change) -> Change:
    def change(repository: Repository) -> None:
        for one in changes:
            one(repository)

    return change


def added(path: str) -> Change:
    def change(repository: Repository) -> None:
        repository.git("add", "--force", path)

    return change


def write(files: Mapping[str, Content]) -> Change:
    return lambda repository: repository.write(files)


def submodule(repository: Repository) -> None:
    other = Repository(repository.folder.parent / "other")
    other.commit({"app.py": CALLS})
    repository.git("submodule", "--quiet", "add", str(other.folder), "src/other")


IN_SRC = {"src/x.py": CALLS}
OFF = dict.fromkeys(("undeclared-offering", "code-not-read"), "off")
LETS_ALL = {"detect": {"except": [{"path": "**", "reason": "r"}]}}
BEDROCK = manifest(USES_OPENAI, usage("b", "claude-bedrock", "public"))
ALIKE = manifest(USES_OPENAI, usage("b", "unlisted", "public", vendor="anthropic-api x"))
NAMED_OTHERWISE = manifest(usage("b", "anthropic-api", "public"))
MARK = "  # vendorgate: ignore anthropic-api until 2026-12-01: r\n"
WIDE = "using Anthropic.SDK;\nvar a = new AnthropicClient();\n".encode("utf-16")
JS = "import A from '@anthropic-ai/sdk';"
CHANGES: dict[str, Change] = {
    "an import": write(IN_SRC),
    "an import in a file that nobody ends so": write({"src/X.PY": CALLS}),
    "one line as long as a file": write({"src/x.js": f"{JS}new A();" + "f(1);" * 8_000}),
    "a file that is too large": write({"src/x.py": CALLS + "# " + "x" * 3_000_000 + "\n"}),
    "a file that does not parse": write({"src/x.py": CALLS + "match(:\n"}),
    "a byte of nothing": write({"src/x.js": f"/*\0*/ {JS} new A();\n"}),
    "another encoding": write({"src/x.py": b"# coding: utf-7\nimport +AGE-nthropic\n"}),
    "two bytes a letter": write({"src/x.cs": WIDE}),
    "a language that nobody reads": write({"src/x.swift": 'let url = "https://api.anthropic.com/v1/messages"\n'}),
    "a link to what is no code": several(write({"notes/x.txt": CALLS}), link("src/x.py", "../notes/x.txt")),
    "a link to tests": several(write({"tests/x.py": CALLS}), link("src/x.py", "../tests/x.py")),
    "a link to a folder of tests": several(write({"tests/x/y.py": CALLS}), link("src/x", "../tests/x")),
    "a link out of the repository": link("src/x.py", "/opt/x.py"),
    "a repository of its own": submodule,
    "a folder for what others made": write({"src/node_modules/x/index.js": JS}),
    "an environment that is committed": write({"venv/lib/x.py": CALLS}),
    "tests that the code imports": write({"tests/x.py": CALLS, "src/app.py": f"from tests import x\n{OPENAI}"}),
    "a manifest that is gone": write({**IN_SRC, "vendorgate.yaml": None, "other/vendorgate.yaml": manifest()}),
    "a manifest that declares the same maker": write({**IN_SRC, "vendorgate.yaml": BEDROCK}),
    "an unlisted vendor of a like name": write({**IN_SRC, "vendorgate.yaml": ALIKE}),
    "a manifest by another name": write({**IN_SRC, "src/Vendorgate.yaml": NAMED_OTHERWISE}),
    "settings of its own": write({**IN_SRC, "policies/bundle.yaml": {"detect": {"severity": OFF}}}),
    "an exception of its own": write({**IN_SRC, "policies/bundle.yaml": LETS_ALL}),
    "policies that are nearer": write({**IN_SRC, "src/policies/bundle.yaml": LETS_ALL}),
    "a comment that nobody lets": write({"src/x.py": CALLS.replace("\n", MARK)}),
    "a file that git is told to ignore": several(write({".gitignore": "src/x.py\n", **IN_SRC}), added("src/x.py")),
    "attributes": write({".gitattributes": "*.py binary export-ignore -diff\n", **IN_SRC}),
    "a file that may be run": several(write(IN_SRC), lambda one: (one.folder / "src/x.py").chmod(0o755)),
}


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Repository]:
    """A repository with one of the changes, made once, since nobody who looks at it changes it."""

    @cache
    def made(name: str) -> Repository:
        repository = base(tmp_path_factory.mktemp("changed") / "repository")
        CHANGES[name](repository)
        repository.commit()
        return repository

    return made


@pytest.mark.parametrize("name", CHANGES)
def test_change_does_not_get_past_a_review(name: str, changed: Callable[[str], Repository]) -> None:
    ended = review(changed(name))
    assert ended.code == 1, ended.stderr
    kinds = {kind for kind, _ in told(ended)}
    assert kinds & {*BLOCKED, "route-mismatch"}, kinds


OF_THE_REVIEW = {
    "settings of its own",
    "an exception of its own",
    "policies that are nearer",
    "a manifest that is gone",
}
"""What only a review can know: a check judges by what is there."""


@pytest.mark.parametrize("name", [name for name in CHANGES if name not in OF_THE_REVIEW])
@pytest.mark.parametrize("given", [(), (".",), ("vendorgate.yaml",)], ids=["here", "folder", "named"])
def test_change_does_not_get_past_a_check(
    given: tuple[str, ...], name: str, changed: Callable[[str], Repository]
) -> None:
    folder = changed(name).folder
    ended = vendorgate("check", *given, "--code", "--registry", "builtin", "--format", "json", folder=folder)
    assert ended.code == 1, ended.stdout


@pytest.mark.parametrize(
    "change",
    [
        {"vendorgate.yaml": "version: 2\n", "src/x.py": CALLS},
        {"vendorgate.yml": manifest(usage("b", "anthropic-api", "public")), "src/x.py": CALLS},
        {"vendorgate.yaml": manifest(usage("b", "unlisted", "public", vendor="Anthropic")), "src/x.py": CALLS},
    ],
    ids=["a version that there is not", "two in one folder", "a vendor that is listed"],
)
def test_manifest_that_becomes_invalid_is_no_pass(change: dict[str, Content], tmp_path: Path) -> None:
    repository = base(tmp_path)
    repository.commit(change)
    assert review(repository).code == 2
    assert vendorgate("check", "--code", "--registry", "builtin", folder=tmp_path).code == 2


def test_manifest_that_is_a_link_is_no_pass(tmp_path: Path) -> None:
    repository = base(tmp_path, {"src/deep/app.py": OPENAI})
    link("src/deep/vendorgate.yaml", "../../elsewhere.yaml")(repository)
    repository.commit({"elsewhere.yaml": manifest(usage("b", "anthropic-api", "public")), "src/deep/x.py": CALLS})
    assert review(repository).code == 2


def test_manifest_that_is_nearer_is_judged_itself_or_told(tmp_path: Path) -> None:
    """Whoever adds one declares in it, which the base's policies judge; a review of others alone tells of it."""
    repository = base(tmp_path)
    nearer = manifest(usage("b", "anthropic-api", "public", endpoints=["messages"]), project="mine")
    repository.commit({"src/vendorgate.yaml": nearer, "src/x.py": CALLS})
    ended = review(repository)
    assert ended.code == 1  # src/app.py has no declaration of openai-api any more
    assert [one["offering"] for one in json.loads(ended.stdout)["integrations"]] == ["anthropic-api"]
    named = review(repository, "vendorgate.yaml")
    assert {kind for kind, _ in told(named)} >= {"not-in-a-project"}


def test_file_that_leaves_the_tests_is_told(tmp_path: Path) -> None:
    repository = base(tmp_path, {"tests/x.py": CALLS})
    assert told(review(repository)) == []
    repository.git("mv", "tests/x.py", "src/x.py")
    repository.commit()
    assert told(review(repository)) == [("undeclared-offering", "src/x.py:1")]


def test_exception_of_the_base_reaches_no_path_that_is_spelled_otherwise(tmp_path: Path) -> None:
    excepted = {**ERROR, "except": [{"path": "scripts/**", "reason": "r"}]}
    repository = Repository(tmp_path)
    repository.commit(world(excepted))
    for number, path in enumerate(("Scripts/x.py", "src/scripts/x.py", "scripts.py", "scripts /x.py")):
        repository.git("checkout", "--quiet", "-B", f"change{number}", "main")
        repository.commit({path: CALLS, "src/uses.py": "import x\n"})
        kinds = {kind for kind, _ in told(review(repository))}
        assert "drift-suppressed" not in kinds, path


def test_change_that_uses_what_it_declares_passes(tmp_path: Path) -> None:
    repository = base(tmp_path)
    both = manifest(
        {**USES_OPENAI}, usage("b", "anthropic-api", "public", endpoints=["messages"], models=["claude-sonnet-4-5"])
    )
    repository.commit({"src/app.py": BOTH, "vendorgate.yaml": both})
    ended = review(repository)
    assert (ended.code, told(ended)) == (0, [])
