"""What a file is for, by where it lies and what it is called.

In: a path, which files import which. Out: a status. What a file that is used imports is used, too, wherever it lies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ..model.detect import BY_THE_PRODUCT
from .model import Status

_TESTS: Final = frozenset(
    [
        "test",
        "tests",
        "__tests__",
        "testing",
        "spec",
        "specs",
        "e2e",
        "fixtures",
        "__fixtures__",
        "testdata",
        "test_data",
        "mocks",
        "__mocks__",
        "cassettes",
        "vcr_cassettes",
        "snapshots",
        "__snapshots__",
        "integration-tests",
        "integration_tests",
        "cypress",
        "playwright",
        "testbed",
    ]
)
_TOOLS: Final = frozenset(
    [
        "scripts",
        "script",
        "tools",
        "tooling",
        "dev",
        "hack",
        "ci",
        "build",
        "benchmarks",
        "benchmark",
        "evals",
        "eval",
        "evaluations",
        ".continue",
        ".claude",
        ".cursor",
        ".aider",
        ".vscode",
        ".idea",
        ".devcontainer",
        ".opencode",
        ".codex",
        ".gemini",
        ".zed",
        ".roo",
        ".windsurf",
        ".husky",
    ]
)
_DOCS: Final = frozenset(
    ["docs", "doc", "documentation", "i18n", "l10n", "locales", "locale", "translations", "website"]
)
_EXAMPLES: Final = frozenset(
    ["examples", "example", "samples", "sample", "demo", "demos", "cookbook", "cookbooks", "quickstart"]
)
PLACES_ASIDE: Final = _TESTS | _TOOLS | _DOCS | _EXAMPLES
"""Folders whose files the product does not use, or not always, unless it imports them."""
_PIPELINES: Final = (
    ".github/workflows/",
    ".github/actions/",
    ".circleci/",
    ".buildkite/",
    ".azuredevops/",
    ".gitlab/ci/",
)
_PIPELINE_FILES: Final = frozenset(
    [
        ".gitlab-ci.yml",
        ".travis.yml",
        "azure-pipelines.yml",
        "jenkinsfile",
        "bitbucket-pipelines.yml",
        ".gitlab-ci.yaml",
        "azure-pipelines.yaml",
        "bitbucket-pipelines.yaml",
        "cloudbuild.yaml",
        "cloudbuild.yml",
        "buildspec.yml",
        "buildspec.yaml",
        ".woodpecker.yml",
        "appveyor.yml",
        ".drone.yml",
    ]
)
_TEST_FILE: Final = re.compile(
    r"(?:test_[^/]*\.py|[^/]*_test\.(?:py|go|rb|rs|php|dart)|[^/]*_spec\.rb|conftest\.py"
    r"|[^/]*\.(?:test|spec|stories|cy|e2e)\.[cm]?[jt]sx?|[^/]*(?:Test|Tests|IT|Spec)\.(?:java|kt|cs|php|groovy))\Z"
)
_DOC_FILE: Final = re.compile(
    r"[^/]*\.(?:md|mdx|rst|adoc|txt|html?|po|pot)\Z|(?:CHANGELOG|HISTORY|LICENSE|NOTICE)[^/]*\Z", re.IGNORECASE
)
_SOURCES: Final = frozenset({"src", "app", "lib", "agent", "agents"})
_LANGUAGES: Final = frozenset({"java", "kotlin", "scala", "groovy"})
_ASSISTANTS: Final = frozenset(
    [
        ".mcp.json",
        "mcp.json",
        "claude_desktop_config.json",
        ".aider.conf.yml",
        ".aider.model.settings.yml",
        "opencode.json",
        "opencode.jsonc",
        ".cursorrules",
        ".opencode.json",
        ".continuerc.json",
    ]
)


def by_place(path: str) -> Status:
    """What a file is for, as its path says it."""
    *folders, name = path.split("/")
    lowered = _telling([folder.lower() for folder in folders])
    if name.lower() in _PIPELINE_FILES or any(f"/{one}" in f"/{path}" for one in _PIPELINES):
        return "ci"
    if _TEST_FILE.match(name) or not _TESTS.isdisjoint(lowered):
        return "test"
    if _is_documentation(name) or not _DOCS.isdisjoint(lowered):
        return "docs"
    if name.lower() in _ASSISTANTS or not _TOOLS.isdisjoint(lowered):
        return "tooling"
    return "optional" if not _EXAMPLES.isdisjoint(lowered) else "used"


def _telling(folders: list[str]) -> list[str]:
    """The folders that say what a file is for: not those of Java's packages, which begin with somebody's domain, and
    below an application's sources not `tools`, which there are those of its agents."""
    sources = next((at for at, one in enumerate(folders) if one in _SOURCES), len(folders))
    packages = next((at for at, one in enumerate(folders) if one in _LANGUAGES and at > sources), len(folders))
    return [one for at, one in enumerate(folders[: packages + 1]) if one != "tools" or at < sources]


def _is_documentation(name: str) -> bool:
    is_list_of_packages = name.lower().startswith(("requirements", "constraints")) and name.endswith(".txt")
    return bool(_DOC_FILE.match(name)) and not is_list_of_packages


def with_imports(own: Mapping[str, Status], imports: Mapping[str, frozenset[str]]) -> dict[str, Status]:
    """The status of each file, after what a used or optional one imports is no weaker than it.

    Args:
        own: by path, what its place says.
        imports: by path, the files of the project that it imports.
    """
    found = dict(own)
    for status in BY_THE_PRODUCT:
        waiting = [path for path, one in found.items() if one == status]
        while waiting:
            for imported in imports.get(waiting.pop(), frozenset()):
                if found.get(imported, "used") not in BY_THE_PRODUCT:
                    found[imported] = status
                    waiting.append(imported)
    return found
