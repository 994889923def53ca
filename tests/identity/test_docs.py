"""The bindings that docs/projects.md shows bind whom it says."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
import yaml

from tests.command import ROOT
from tests.identity.world import judged
from vendorgate.identity import identify
from vendorgate.model.identity import Whereabouts
from vendorgate.model.manifest import Manifest
from vendorgate.model.projects import ProjectBinding
from vendorgate.source import Source

SHOWN = (ROOT / "docs" / "projects.md").read_text(encoding="utf-8")
BLOCK = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", SHOWN, re.DOTALL)[0])["projects"]
LAST = yaml.safe_load(re.findall(r"A last entry `(.*?)` binds", SHOWN)[0])
NOWHERE = Source("vendorgate.yaml", "", lambda text: None)


@pytest.mark.parametrize(
    ("project", "path", "repository", "owner"),
    [
        ("clinical-notes", "services/clinical/notes/vendorgate.yaml", "Acme/Clinic", "health@acme.example"),
        ("clinical-notes", "services/hr/vendorgate.yaml", "acme/clinic", None),
        ("clinical-notes", "services/clinical/notes/vendorgate.yaml", "acme/sandbox-1", None),
        ("hr-letters", "services/hr/vendorgate.yaml", None, "m"),
        ("sandbox", None, "acme/sandbox-1", "m"),
        ("sandbox", None, "acme/x/sandbox-1", None),
        ("clinic", "services/clinical/vendorgate.yaml", "acme/clinic", None),
    ],
)
def test_bindings_shown_bind(project: str, path: str | None, repository: str | None, owner: str | None) -> None:
    bindings = msgspec.convert(BLOCK, tuple[ProjectBinding, ...])
    where = Whereabouts(repository, path)
    identity = identify(Manifest(project, "m", (), NOWHERE, "", where), bindings)
    assert (identity.bound, identity.owner if identity.bound else None) == (owner is not None, owner)
    every = msgspec.convert([*BLOCK, LAST], tuple[ProjectBinding, ...])
    own = repository is not None and repository.lower().startswith("acme/") and repository.count("/") == 1
    assert identify(Manifest(project, "m", (), NOWHERE, "", where), every).bound is (identity.bound or own)


def test_bindings_shown_are_read(tmp_path: Path) -> None:
    path = "services/hr/vendorgate.yaml"
    assert judged(tmp_path, [*BLOCK, LAST], {path: "hr-letters"}).subjects[0].identity.bound
