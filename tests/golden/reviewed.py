"""The cast as a change: what base has, what the change makes of it, and what a review says.

Base has one usage that fails and one that is waived; the change brings the hostile usage, sends more data, adds and
removes policies and waivers, and puts a later registry in the place of the one that is there.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.command import vendorgate
from tests.commands.review.repository import Content, Repository

CAST: Final = Path(__file__).parent / "cast"
HOSTILE: Final = (
    "<b>bold</b> | ]]> %0A ::error:: @everyone =1+1 \x1b[31mred \u202egnp.exe \u2028 `tick` \u00e9 \u6f22\u5b57"
)
HOSTILE_NAME: Final = "<b>bold</b> | ]]> %0A ::error:: @everyone =1+1 [31mred gnp.exe `tick` é 漢字"
"""As much of it as the name of a model, an endpoint or a feature can have."""
_BEFORE: Final[Content] = {
    "version": 1,
    "project": "hostile-cast",
    "owner": "before@example.org",
    "usages": [
        {"id": "fine", "offering": "beta", "data": ["internal"]},
        {"id": "going", "offering": "gamma", "data": ["phi"]},
    ],
}


@cache
def review(format: str, *more: str) -> str:
    """The review of the change."""
    with tempfile.TemporaryDirectory() as folder:
        repository = _repository(Path(folder))
        inputs = ("--base", "main", "--registry", "registry", "--as-of", "2026-11-23", "--fail-on", "warning")
        return vendorgate("review", *inputs, "--format", format, *more, folder=repository.folder).stdout


def _repository(folder: Path) -> Repository:
    repository = Repository(folder)
    files = {**_folder("policies"), **_folder("registry")}
    repository.commit({**files, "vendorgate.yaml": _BEFORE, "old/vendorgate.yaml": _project("old")})
    repository.branch("change")
    repository.git("rm", "-r", "--quiet", "registry")
    later = {name.replace("registry-later", "registry"): text for name, text in _folder("registry-later").items()}
    manifest = (CAST / "vendorgate.yaml").read_bytes()
    repository.commit(
        {
            **later,
            **edited(),
            "vendorgate.yaml": manifest,
            "old/vendorgate.yaml": None,
            "@everyone <b>\u202e/vendorgate.yaml": _project("new"),
        }
    )
    return repository


def _folder(name: str) -> dict[str, Content]:
    return {str(path.relative_to(CAST)): path.read_bytes() for path in sorted((CAST / name).rglob("*.yaml"))}


def _project(name: str) -> dict[str, Any]:
    """Manifests that are not alike."""
    return {
        "version": 1,
        "project": name,
        "usages": [{"id": name, "offering": "alpha", "data": ["public"]}] * (name == "new"),
    }


def edited() -> Mapping[str, Content]:
    """What the change edits of what judges."""
    waiver = {"policy": "*", "reason": HOSTILE, "approved_by": HOSTILE, "expires": "2027-12-01", "project": HOSTILE}
    added = {"id": "added", "title": HOSTILE, "require": [{"covered": "iso_42001"}]}
    policies = (CAST / "policies" / "policy.yaml").read_text(encoding="utf-8")
    return {
        "policies/policy.yaml": policies.replace("severity: warning", "severity: note").partition("  - id: waived")[0],
        "policies/added.yaml": {"version": 1, "policies": [added]},
        "policies/waivers.yaml": json.dumps({"version": 1, "waivers": [waiver]}),
    }
