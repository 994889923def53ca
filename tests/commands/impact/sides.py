"""Two sides in a folder: what judges now in `now/`, what might judge instead in `then/`, and manifests beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tests.command import Ended, vendorgate
from tests.commands.review.repository import AUDITED, BAA, DAY, REGISTRY, cell, manifest, offering, policies, usage

Files = Mapping[str, Any]
"""A value is written as JSON, which is YAML; None takes a file away, as does a path of a registry or bundle."""
MANIFEST: Final = "vendorgate.yaml"
_REGISTRY: Final[Files] = {name.replace("registry-snapshot", "registry"): value for name, value in REGISTRY.items()}
WORLD: Final[Files] = {**_REGISTRY, "policies/rules.yaml": policies(BAA, AUDITED)}
REGISTRIES: Final = ("--from", "now/registry", "--to", "then/registry")
BUNDLES: Final = ("--policies-from", "now/policies", "--policies-to", "then/policies")

__all__ = ["AUDITED", "BAA", "DAY", "MANIFEST", "WORLD", "Sides", "cell", "manifest", "offering", "policies", "usage"]


class Sides:
    """Both sides, as files say."""

    def __init__(self, folder: Path, manifests: Files, now: Files | None = None, then: Files | None = None) -> None:
        self.folder = folder
        self.write(manifests)
        for side, files in (("now", now), ("then", then)):
            self.write({f"{side}/{name}": value for name, value in {**WORLD, **(files or {})}.items()})

    def write(self, files: Files) -> None:
        for name, value in files.items():
            path = self.folder / name
            if value is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                text = value if isinstance(value, str) else json.dumps(value, indent=1) + "\n"
                path.write_text(text, encoding="utf-8")

    def impact(self, *arguments: str, manifests: tuple[str, ...] = (MANIFEST,)) -> Ended:
        """`vendorgate impact` as text, with both sides whole."""
        return vendorgate("impact", *manifests, *REGISTRIES, *BUNDLES, "--as-of", DAY, *arguments, folder=self.folder)

    def report(self, *arguments: str, manifests: tuple[str, ...] = (MANIFEST,)) -> dict[str, Any]:
        """What it says as JSON; it must have judged."""
        ended = self.impact("--format", "json", *arguments, manifests=manifests)
        assert ended.code == 0, ended.stderr
        report: dict[str, Any] = json.loads(ended.stdout)
        return report

    def check(self, side: str, *arguments: str, manifests: tuple[str, ...] = (MANIFEST,)) -> Ended:
        """`vendorgate check` by one side, as JSON."""
        inputs = ("--policies", f"{side}/policies", "--registry", f"{side}/registry", "--as-of", DAY)
        return vendorgate("check", *manifests, *inputs, "--format", "json", *arguments, folder=self.folder)


def rows(report: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Each change: kind, whom it is about, from what to what, causes, and what they rest on."""
    return [
        (
            one["kind"],
            f"{one['usage']} {one['offering']} {one['policy']}",
            one["before"] and one["before"]["outcome"],
            one["after"] and one["after"]["outcome"],
            " ".join(group["causes"]),
            *origins(group["because"]),
        )
        for group in report["groups"]
        for one in group["results"]
    ]


def origins(because: dict[str, Any]) -> list[str]:
    registry = [" ".join(filter(None, (one["offering"], one["dimension"]))) for one in because["registry"]]
    return [*registry, *(f"{one['what']} {one['name']}" for one in because["edits"])]


def counts(report: dict[str, Any]) -> dict[str, int]:
    """The counts that are not zero."""
    return {kind: count for kind, count in report["summary"].items() if count}
