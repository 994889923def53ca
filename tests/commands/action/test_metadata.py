"""action.yml, workflows, hooks and the GitLab template: valid, pinned, with no more rights than they need."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import click
import pytest
import yaml
from click.testing import CliRunner

from tests.command import ROOT
from tests.commands.action.runner import ACTION
from tests.documents import PAGES, TEXT
from vendorgate.commands.registry.site.command import site
from vendorgate.report.attestation import SUMMARY
from vendorgate.version import VERSION

WORKFLOWS: Final = sorted((ROOT / "examples" / "workflows").glob("*.yml"))
GITLAB: Final = ROOT / "examples" / "gitlab" / "vendorgate.gitlab-ci.yml"
HOOKS: Final = ROOT / ".pre-commit-hooks.yaml"
WITHOUT_THE_ACTION: Final = ("attest.yml", "observe.yml", "push.yml", "registry-site.yml")
"""Workflows that run vendorgate itself."""
PLACEHOLDER: Final = "0" * 40
"""Stands for the commit of a release, which no file of that commit can name."""
SHELL: Final = re.compile(r"[|&;<>()`*?\[\]#~!{}]|\$\(|\bif\b|\bthen\b|\beval\b|\bset\b")
"""What would make a script more than one command with its words."""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / command[0]
    return subprocess.run((str(program), *command[1:]), cwd=ROOT, capture_output=True, text=True, check=False)


def accepted(*command: str) -> None:
    ended = run(*command)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def has_schema(schema: str, file: Path, *options: str) -> None:
    """Hold a file to a schema that check-jsonschema carries: in this process, since importing it takes longest."""
    from check_jsonschema import main as check_jsonschema

    ended = CliRunner().invoke(check_jsonschema, ["--builtin-schema", schema, *options, str(file)])
    assert ended.exit_code == 0, ended.output


def of_pages(kind: str) -> list[str]:
    """Fenced blocks of a kind."""
    return re.findall(rf"^```yaml {kind}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def steps(workflow: Mapping[Any, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def workflows() -> dict[str, Any]:
    """Every workflow that is shown anywhere."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in WORKFLOWS}
    texts.update({f"page {number}": text for number, text in enumerate(of_pages("workflow"))})
    return {name: yaml.safe_load(text) for name, text in texts.items()}


@pytest.fixture(params=[path.name for path in WORKFLOWS] + [f"page {n}" for n, _ in enumerate(of_pages("workflow"))])
def shown(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Each workflow, as a file where GitHub looks for it."""
    name: str = request.param
    path = tmp_path / ".github" / "workflows" / "gate.yml"
    path.parent.mkdir(parents=True)
    if name.startswith("page "):
        path.write_text(of_pages("workflow")[int(name.split()[1])], encoding="utf-8")
    else:
        path.write_bytes((ROOT / "examples" / "workflows" / name).read_bytes())
    return path


def test_metadata_is_valid() -> None:
    has_schema("vendor.github-actions", ROOT / "action.yml")


def test_workflow_is_valid_and_ends_in_time(shown: Path) -> None:
    has_schema("vendor.github-workflows", shown)
    has_schema("custom.github-workflows-require-timeout", shown)


def test_workflow_shows_an_auditor_nothing(shown: Path) -> None:
    accepted("zizmor", "--offline", "--strict-collection", "--persona=auditor", str(shown))


@pytest.mark.parametrize("name", ["action.yml", ".pre-commit-hooks.yaml"])
def test_action_and_hooks_show_an_auditor_nothing(name: str) -> None:
    accepted("zizmor", "--offline", "--strict-collection", "--persona=auditor", name)


def test_auditor_sees_a_hole_that_is_there(tmp_path: Path) -> None:
    """The audits above can fail."""
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    holed = text.replace('"vendorgate==$VERSION"', '"vendorgate==${{ inputs.version }}"')
    assert holed != text
    (tmp_path / "action.yml").write_text(holed, encoding="utf-8")
    ended = run("zizmor", "--offline", "--persona=auditor", "--format=plain", str(tmp_path / "action.yml"))
    assert ended.returncode != 0
    assert "template-injection" in ended.stdout


def test_hooks_are_valid() -> None:
    accepted("pre-commit", "validate-manifest", str(HOOKS))


def test_template_of_gitlab_is_valid_and_takes_this_version() -> None:
    has_schema("vendor.gitlab-ci", GITLAB, "--data-transform", "gitlab-ci")
    assert yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["variables"]["VENDORGATE_VERSION"] == VERSION


def test_hooks_shown_are_valid_and_of_this_version(tmp_path: Path) -> None:
    (text,) = of_pages("pre-commit")
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    accepted("pre-commit", "validate-config", str(tmp_path / "config.yaml"))
    (shown,) = yaml.safe_load(text)["repos"]
    assert shown["rev"] == f"v{VERSION}"
    hooks = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    assert [hook["id"] for hook in shown["hooks"]] == [hook["id"] for hook in hooks]


def test_scripts_of_the_action_hold_one_command_and_no_expression() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert scripts
    for script in scripts:
        assert "${{" not in script
        assert len(script.strip().splitlines()) == 1
        assert SHELL.search(script) is None, script
        assert all(re.fullmatch(r'"[^"]*"|[^"$]*', word) for word in re.findall(r'"[^"]*"|[^\s"]+', script))


def test_python_of_the_action_imports_nothing_of_the_workspace() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert all(re.match(r'"[^"]+" -I -m ', script) for script in scripts)


def test_every_action_that_is_used_is_pinned_by_its_commit_and_everywhere_by_the_same() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "action.yml", *WORKFLOWS)] + [TEXT]
    pins: dict[str, set[str]] = {}
    for line in re.findall(r"^ *(?:- )?uses: (.*)", "\n".join(texts), re.MULTILINE):
        found = re.fullmatch(r"([\w./-]+)@([0-9a-f]{40}) # (.+)", line)
        assert found is not None, line
        pins.setdefault(found.group(1), set()).add(found.group(2))
        if found.group(1) == "vendorgate/vendorgate":
            assert found.group(2) == PLACEHOLDER
        else:
            assert re.fullmatch(r"v\d+\.\d+\.\d+", found.group(3)), line
            assert found.group(2) != PLACEHOLDER
    assert {name: len(commits) for name, commits in pins.items()} == dict.fromkeys(pins, 1)


def test_workflows_give_the_action_inputs_that_it_has_and_rights_that_it_needs() -> None:
    for name, workflow in workflows().items():
        assert workflow["permissions"] == {}, name
        if name in WITHOUT_THE_ACTION:
            continue
        for job in workflow["jobs"].values():
            (given,) = (step.get("with", {}) for step in job["steps"] if "vendorgate/" in step["uses"])
            assert given.keys() <= ACTION["inputs"].keys(), name
            needed = {"contents": "read"}
            needed |= {"security-events": "write", "actions": "read"} if given.get("sarif") == "true" else {}
            needed |= {"pull-requests": "write"} if given.get("comment", "never") != "never" else {}
            assert job["permissions"] == needed, name


def test_workflow_that_publishes_may_do_no_more_than_that_and_runs_what_exists() -> None:
    write, publish = workflows()["registry-site.yml"]["jobs"].values()
    assert write["permissions"] == {"contents": "read"}
    assert publish["permissions"] == {"id-token": "write", "pages": "write"}
    (command,) = (step["run"] for step in write["steps"] if step["name"] == "Write")
    context = click.Context(site)
    words = command.removeprefix("vendorgate registry site ").split()
    assert site.make_parser(context).parse_args(words)[0]["registry"] == "registry-snapshot"


def test_workflows_check_out_without_keeping_the_token_and_with_history_where_they_review() -> None:
    for name, workflow in workflows().items():
        checkouts = [step["with"] for step in steps(workflow) if "actions/checkout@" in step.get("uses", "")]
        assert all(given["persist-credentials"] is False for given in checkouts), name
        events = workflow[True]  # YAML reads `on` as true
        reviews = {"pull_request", "merge_group"} & {*events}
        assert (checkouts[0].get("fetch-depth") == 0) is bool(reviews), name


def test_inputs_and_outputs_are_those_that_the_documentation_lists() -> None:
    section = PAGES["docs/how-to/pull-requests.md"].partition("\n## GitHub\n")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)
    assert listed == [*ACTION["inputs"], *ACTION["outputs"]]
    for name, one in ACTION["inputs"].items():
        default = "the job's" if name == "token" else f"`{one['default']}`" if one["default"] else ""
        assert re.search(rf"^\| `{name}` \| {re.escape(default)} \|", section, re.MULTILINE), name


def test_workflow_that_attests_signs_where_nothing_of_the_repository_runs() -> None:
    judge, sign = workflows()["attest.yml"]["jobs"].values()
    assert judge["permissions"] == {"contents": "read"}
    assert sign["permissions"] == {"attestations": "write", "id-token": "write"}
    assert sign["needs"] == "judge"
    used = [step["uses"].partition("@")[0] for step in sign["steps"] if "uses" in step]
    assert used == ["actions/download-artifact", "actions/attest"]
    assert workflows()["attest.yml"]["env"]["VENDORGATE_VERSION"] == VERSION
    (signed,) = (step["with"] for step in sign["steps"] if "attest@" in step.get("uses", ""))
    assert signed["predicate-type"] == SUMMARY
