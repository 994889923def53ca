"""Inputs that come to ten thousand results: the projects of the examples, over and over, less and less declared.

In: a folder. Out: manifests and a bundle in it, the library of policies with all its packs and a waiver.
"""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

from vendorgate import Gate
from vendorgate.model.evaluation import Evaluation

ROOT = Path(__file__).parent.parent
RESULTS = 10_000
AS_OF = datetime.date(2026, 11, 24)
PROJECTS = (
    ROOT / "examples" / "clinic" / "vendorgate.yaml",
    ROOT / "examples" / "eu-support-bot" / "vendorgate.yaml",
    ROOT / "examples" / "code-assistant" / "vendorgate.yaml",
    ROOT / "benchmarks" / "nine-usages.yaml",
)
LEFT_OUT = ("nothing", "agreements", "settings", "region")
"""What the copies of a project do not declare, in turn."""
WAIVERS = """\
version: 1
waivers:
  - policy: phi-*
    project: "*-2"
    reason: Pilot with consent until the migration is done
    approved_by: ciso@example.org
    ticket: SEC-991
    expires: 2026-12-31
"""


def evaluation(folder: Path) -> Evaluation:
    """Write inputs and judge them: at least ten thousand results, as few more as whole projects allow."""
    gate = Gate(write_bundle(folder / "policies"), ROOT / "registry-snapshot")
    manifests = write_projects(folder, 0)
    of_one_copy = len(gate.check(manifests, as_of=AS_OF).results)
    for number in range(1, -(-RESULTS // of_one_copy)):
        manifests.extend(write_projects(folder, number))
    return gate.check(manifests, as_of=AS_OF)


def write_bundle(folder: Path) -> Path:
    """The policies that ship, all of them in force, and a waiver."""
    shutil.copytree(ROOT / "policies", folder)
    settings = folder / "bundle.yaml"
    settings.write_text(re.sub(r"^optional_packs:.*\n", "", settings.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    (folder / "waivers.yaml").write_text(WAIVERS, "utf-8")
    return folder


def write_projects(folder: Path, number: int) -> list[Path]:
    """One more copy of every project."""
    written = []
    for project in PROJECTS:
        text = re.sub(r"^(project: .*)$", rf"\1-{number}", project.read_text("utf-8"), flags=re.MULTILINE)
        left_out = LEFT_OUT[number % len(LEFT_OUT)]
        text = re.sub(rf"^ +{left_out}: .*\n", "", text, flags=re.MULTILINE)
        path = folder / "projects" / f"{project.parent.name}-{number}" / "vendorgate.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        written.append(path)
    return written
