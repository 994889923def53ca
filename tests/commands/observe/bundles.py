"""A bundle whose policies read how accounts are set up, and runs of `observe` in it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.command import Ended, vendorgate
from tests.commands.observe.server import Server, Told, serving
from tests.yaml_text import value_of
from vendorgate.commands.observe import reading
from vendorgate.frame.defaults import today

RULES: Final[Mapping[str, Any]] = {
    "version": 1,
    "policies": [
        {
            "id": "keeps-nothing",
            "title": "Vendors keep nothing",
            "require": [{"==": [{"var": "usage.settings.zero_data_retention"}, True]}],
        },
        {
            "id": "stays-in-europe",
            "title": "Data stays in the EU",
            "require": [{"within": [{"var": "usage.region"}, "eu"]}],
        },
    ],
}
ACCOUNTS: Final = {
    "version": 1,
    "accounts": [
        {"offering": "openai-api", "name": "eu-prod", "project": "proj_eu"},
        {"offering": "openai-api", "name": "us-prod", "project": "proj_us"},
        {"offering": "mistral-la-plateforme", "name": "main"},
    ],
}


def days_ago(days: int) -> str:
    """A day before today, as files have it."""
    return (today() - datetime.timedelta(days=days)).isoformat()


def write(folder: Path, files: Mapping[str, object]) -> Path:
    """Put files into a folder, as text or as YAML."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
        path.write_text(text, encoding="utf-8")
    return folder


def bundle(folder: Path, files: Mapping[str, object] | None = None) -> Path:
    """A folder with a bundle in `policies/`, to which some files are added; without `accounts.yaml`."""
    named = {f"policies/{name}": content for name, content in (files or {}).items()}
    return write(folder, {"policies/rules.yaml": RULES, **named})


def observation(**said: object) -> dict[str, object]:
    """An observation of the account `eu-prod` of a week ago."""
    known = {"version": 1, "offering": "openai-api", "account": "eu-prod", "observed": days_ago(7)}
    return {**known, **said}


def attest(folder: Path, *words: str, offering: str = "mistral-la-plateforme") -> Ended:
    """Attest with evidence that is there."""
    (folder / "console.png").write_bytes(b"a picture")
    always = ("--by", "dana@example.org") if "--by" not in words else ()
    shown = ("--evidence", "console.png") if "--evidence" not in words else ()
    return vendorgate("observe", "attest", offering, *words, *always, *shown, folder=folder)


def filed(folder: Path, name: str) -> Any:
    """What a file of `observations/` says."""
    return value_of((folder / "policies" / "observations" / name).read_text("utf-8"))


def files(folder: Path) -> dict[str, bytes]:
    """Every file of the bundle, by its name."""
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in sorted((folder / "policies").rglob("*"))
        if one.is_file()
    }


def report(ended: Ended) -> Any:
    """The JSON report of a run."""
    return json.loads(ended.stdout)


KEY: Final = "sk-admin-planted-in-the-environment"
PROJECTS: Final = "GET /v1/organization/projects"
ANSWERS: Final[Mapping[str, Told]] = {
    PROJECTS: {"data": [{"id": "proj_eu", "status": "active"}], "has_more": False},
    f"{PROJECTS}/proj_eu": {"id": "proj_eu", "status": "active", "residency": "EU_STORAGE_PROCESSING"},
    f"{PROJECTS}/proj_eu/data_retention": {"object": "project.data_retention", "type": "zero_data_retention"},
    f"{PROJECTS}/proj_us": {"id": "proj_us", "status": "active", "residency": "US_STORAGE_PROCESSING"},
    f"{PROJECTS}/proj_us/data_retention": {"object": "project.data_retention", "type": "none"},
}
"""Of the accounts `eu-prod` and `us-prod` at OpenAI; where none is named, there is one project."""


@contextmanager
def asked(answers: Mapping[str, Told] = ANSWERS) -> Iterator[Server]:
    """OpenAI stands in on loopback, and whoever observes meanwhile asks it, without waiting."""
    with pytest.MonkeyPatch.context() as patch, serving(answers) as server:
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            patch.delenv(name, raising=False)
        patch.setenv("OPENAI_ADMIN_KEY", KEY)
        patch.setenv("VENDORGATE_OPENAI_URL", server.url)
        patch.setattr(reading, "PAUSES", (0.0, 0.0))
        yield server


def observe(folder: Path, *words: str) -> Ended:
    """Observe in a folder."""
    return vendorgate("observe", *words, folder=folder)
