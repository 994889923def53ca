"""The table of files that are no source code: which of them an extractor wants, and what it makes of them.

In: paths, texts, the catalogue. Out: sightings. What an extractor needs is imported when there is a file for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, Final

import msgspec

from .catalogue.catalogue import Catalogue
from .sighting import Sighting

Wants = Callable[[str], bool]
Looks = Callable[[str], bool]
Extract = Callable[[str, str, Catalogue], Iterable[Sighting]]


class Extractor(msgspec.Struct, frozen=True):
    """One kind of file."""

    name: str
    wants: Wants
    """By its path, with forward slashes."""
    extract: Extract
    """Of path and text. It raises `Unreadable` where nothing can be told."""
    looks: Looks | None = None
    """At the text, where the name does not decide."""


def _called(*patterns: str) -> Wants:
    """Wants files whose name is one of these regular expressions; one with a `/` looks at the whole path."""
    names = re.compile("|".join(f"(?:{one})" for one in patterns if "/" not in one) or r"(?!)", re.IGNORECASE)
    paths = re.compile("|".join(f"(?:.*/)?(?:{one})" for one in patterns if "/" in one) or r"(?!)", re.IGNORECASE)
    return lambda path: bool(names.fullmatch(path.rpartition("/")[2]) or paths.fullmatch(path))


def _not(refused: Wants, wants: Wants) -> Wants:
    """Wants what is wanted and not refused."""
    return lambda path: wants(path) and not refused(path)


def _by(place: str) -> Any:
    """A function of a module that is imported when it is first needed, such as `configuration.compose:extract`."""
    module, _, name = place.partition(":")
    return lambda *given: getattr(import_module(f".{module}", __package__), name)(*given)


_YAML: Final = r".*\.ya?ml(?:\.(?:example|sample|template|dist|tpl|tmpl|j2))?"
_VALUES: Final = r"(?:ya?ml|json5?|jsonc|toml|ini|conf|properties)"

_COMPOSE: Final = _called(r"[\w.-]*compose[\w.-]*\.ya?ml(?:\.\w+)?")
_LOCKS: Final = _called(r".*[.-]lock\.(?:json|ya?ml)|npm-shrinkwrap\.json|tsconfig.*\.json|.*\.min\.json")

is_looked_at_anyway: Final = _called(
    r"\.(?:continue|codex|gemini|claude)/.*\.(?:ya?ml|json|toml)",
    r"\.?opencode\.jsonc?|librechat.*\.ya?ml|promptfoo.*\.ya?ml|wrangler.*\.(?:toml|jsonc?)|\.aider.*\.ya?ml",
)
"""Files whose words for vendors are too common to be looked for in all others: `google:`, `[ai]`."""

EXTRACTORS: Final[tuple[Extractor, ...]] = (
    Extractor(
        "Python packages",
        _called(
            r"[\w.-]*requirements[\w.-]*\.(?:txt|in)",
            r"(?:.*/)?requirements/[\w.-]+\.(?:txt|in)",
            r"pyproject\.toml|pixi\.toml|Pipfile|setup\.py|setup\.cfg",
            r"environment[\w.-]*\.ya?ml",
        ),
        _by("configuration.dependencies.python:extract"),
    ),
    Extractor(
        "JavaScript packages",
        _called(r"package\.json|deno\.jsonc?|import_map\.json"),
        _by("configuration.dependencies.javascript:extract"),
    ),
    Extractor("Maven", _called(r"pom\.xml|.*\.pom"), _by("configuration.dependencies.jvm:extract_pom")),
    Extractor("Gradle", _called(r".*\.gradle(?:\.kts)?"), _by("configuration.dependencies.jvm:extract_gradle")),
    Extractor(
        "Gradle versions", _called(r".*\.versions\.toml"), _by("configuration.dependencies.jvm:extract_versions")
    ),
    Extractor("Go modules", _called(r"go\.mod"), _by("configuration.dependencies.others:extract_go")),
    Extractor("gems", _called(r"Gemfile|gems\.rb|.*\.gemspec"), _by("configuration.dependencies.others:extract_ruby")),
    Extractor("crates", _called(r"Cargo\.toml"), _by("configuration.dependencies.others:extract_rust")),
    Extractor(
        "NuGet packages",
        _called(r".*\.(?:cs|fs|vb)proj|Directory\.Build\.(?:props|targets)|packages\.config"),
        _by("configuration.dependencies.dotnet:extract"),
    ),
    Extractor(
        "settings of .NET",
        _called(r"(?:app|web)(?:\.\w+)?\.config"),
        _by("configuration.dependencies.dotnet:extract_settings"),
    ),
    Extractor("Composer packages", _called(r"composer\.json"), _by("configuration.dependencies.others:extract_php")),
    Extractor(
        "environment variables",
        _called(
            r"\.env(?:[._-].*)?|[\w.-]+\.env(?:\.[\w-]+)*|env\.(?:example|sample|template|dist)|\.envrc|\.dev\.vars.*",
            r"(?:gradle|local|secrets|keys)\.properties|.*\.xcconfig",
        ),
        _by("configuration.env_file:extract"),
    ),
    Extractor(
        "compose",
        _COMPOSE,
        _by("configuration.compose:extract"),
    ),
    Extractor(
        "services",
        _not(_COMPOSE, _called(_YAML)),
        _by("configuration.compose:extract"),
        _by("configuration.compose:looks"),
    ),
    Extractor(
        "Dockerfile",
        _called(r"(?:Docker|Container)file(?:[._-].*)?|.*\.(?:docker|container)file"),
        _by("configuration.dockerfile:extract"),
    ),
    Extractor(
        "shell scripts",
        _called(r".*\.(?:sh|bash|zsh|ps1)|Makefile|.*\.mk|justfile|Procfile"),
        _by("configuration.shell:extract"),
    ),
    Extractor(
        "pipelines",
        _called(
            r"\.github/(?:workflows|actions)/.*\.ya?ml",
            r"\.(?:circleci|buildkite|woodpecker|azuredevops|gitlab/ci)/.*\.ya?ml",
            r"action\.ya?ml|\.gitlab-ci.*\.ya?ml|azure-pipelines.*\.ya?ml|bitbucket-pipelines\.ya?ml|\.travis\.ya?ml",
            r"cloudbuild.*\.ya?ml|buildspec.*\.ya?ml|\.drone\.ya?ml|\.woodpecker\.ya?ml|appveyor\.ya?ml",
        ),
        _by("configuration.pipelines:extract"),
    ),
    Extractor(
        "Kubernetes",
        _called(_YAML, r".*\.tpl"),
        _by("configuration.kubernetes:extract"),
        _by("configuration.kubernetes:looks"),
    ),
    Extractor(
        "settings",
        _not(
            _called(
                r"\.(?:continue|circleci|codex|claude|gemini)/.*",
                r"(?:application|bootstrap)[\w.-]*\.(?:ya?ml|properties)",
            ),
            _called(
                r"(?:group_vars|host_vars|vars|defaults)/.*\.ya?ml",
                rf"(?:config|configs|conf|settings|configuration)/.*\.{_VALUES}",
                rf"(?:app-?)?(?:config|settings|conf|application|reference)[\w.-]*\.{_VALUES}",
                rf"(?:default|production|staging|development|local|endpoints)[\w.-]*\.{_VALUES}",
                r"(?:.*[.-])?values[\w.-]*\.ya?ml|kong\.ya?ml|secrets?[\w.-]*\.(?:toml|ya?ml|json)|launchSettings\.json|turbo\.json|langgraph\.json",
                r"\.(?:vscode|zed)/settings\.json",
            ),
        ),
        _by("configuration.settings_file:extract"),
        _by("configuration.settings_file:looks"),
    ),
    Extractor(
        "deployments",
        _called(
            r"vercel\.json|now\.json|fly[\w.-]*\.toml|render\.ya?ml|app\.json|app(?:[-.]\w+)*\.ya?ml|netlify\.toml",
            r"railway\.(?:json|toml)|apphosting[\w.-]*\.ya?ml|(?:.*[-_])?task-?def(?:inition)?[\w.-]*\.json",
            r"kustomization\.ya?ml|devcontainer\.json|nixpacks\.toml|serverless[\w.-]*\.ya?ml",
        ),
        _by("configuration.deployments:extract"),
        _by("configuration.settings_file:looks"),
    ),
    Extractor(
        "Workers",
        _called(r"wrangler[\w.-]*\.(?:toml|jsonc?)"),
        _by("configuration.deployments:extract_wrangler"),
    ),
    Extractor(
        "Spring and Quarkus",
        _called(r"(?:application|bootstrap)[\w.-]*\.(?:properties|ya?ml)"),
        _by("configuration.spring:extract"),
    ),
    Extractor(
        "LiteLLM",
        _called(_YAML),
        _by("configuration.litellm:extract"),
        _by("configuration.litellm:looks"),
    ),
    Extractor(
        "LibreChat",
        _called(_YAML),
        _by("configuration.librechat:extract"),
        _by("configuration.librechat:looks"),
    ),
    Extractor(
        "promptfoo",
        _not(_LOCKS, _called(_YAML, r".*\.json")),
        _by("configuration.promptfoo:extract"),
        _by("configuration.promptfoo:looks"),
    ),
    Extractor(
        "agents and flows",
        _not(_LOCKS, _called(_YAML, r".*\.json")),
        _by("configuration.orchestration:extract"),
        _by("configuration.orchestration:looks"),
    ),
    Extractor(
        "Continue",
        _called(r"\.continue/.*\.(?:ya?ml|json)", r"\.continuerc\.json"),
        _by("configuration.continue_dev:extract"),
    ),
    Extractor(
        "aider",
        _called(r"\.aider\.conf\.ya?ml|\.aider\.model\.settings\.ya?ml"),
        _by("configuration.assistants:extract_aider"),
    ),
    Extractor("opencode", _called(r"\.?opencode\.jsonc?"), _by("configuration.assistants:extract_opencode")),
    Extractor(
        "Claude Code",
        _called(r"\.claude/settings(?:\.local)?\.json"),
        _by("configuration.assistants:extract_claude"),
    ),
    Extractor("Codex", _called(r"\.codex/config\.toml"), _by("configuration.assistants:extract_codex")),
    Extractor("Gemini CLI", _called(r"\.gemini/settings\.json"), _by("configuration.assistants:extract_gemini")),
    Extractor(
        "servers of tools",
        _called(r"[\w.-]*mcp[\w.-]*\.json|claude_desktop_config\.json|servers_config\.json"),
        _by("configuration.assistants:extract_tools"),
    ),
    Extractor(
        "Terraform", _called(r".*\.(?:tf|tofu|tfvars|hcl|nomad)(?:\.json)?"), _by("infrastructure.terraform:extract")
    ),
    Extractor("Bicep", _called(r".*\.bicep(?:param)?"), _by("infrastructure.azure:extract_bicep")),
    Extractor(
        "ARM templates",
        _called(r".*\.jsonc?"),
        _by("infrastructure.azure:extract_arm"),
        _by("infrastructure.azure:looks"),
    ),
    Extractor(
        "CloudFormation and IAM",
        _not(_LOCKS, _called(_YAML, r".*\.(?:json|template)")),
        _by("infrastructure.aws:extract"),
        _by("infrastructure.aws:looks"),
    ),
    Extractor("Pulumi", _called(r"Pulumi[\w.-]*\.ya?ml"), _by("infrastructure.aws:extract_pulumi")),
)
"""Every kind of file that is read beside source code; a file may be of several kinds."""
