"""One cast of results, shown by every report, and the files that hold how it should look.

The cast carries hostile text in every field that is free text: markup, table and workflow syntax, a colour code, a
right-to-left override, a line separator, a formula, a mention, and a name of 300 characters.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tests.command import ROOT, vendorgate
from tests.golden import packed
from tests.golden.accounted import GOLDEN as ACCOUNTED
from tests.golden.adopted import impact, of_registry
from tests.golden.fleets import GOLDEN as FLEETS
from tests.golden.found import GOLDEN as FOUND
from tests.golden.grouped import GOLDEN as GROUPED
from tests.golden.observed import observed
from tests.golden.pushed import descriptions, push
from tests.golden.registered import GOLDEN as REGISTERED
from tests.golden.replayed import verify
from tests.golden.reviewed import HOSTILE, review
from tests.golden.watched import watch
from tests.yaml_text import value_of

HERE: Final = Path(__file__).parent
CAST: Final = HERE / "cast"
_INPUTS: Final = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")


def check(*more: str) -> str:
    """The report on the cast."""
    return vendorgate("check", *_INPUTS, *more, folder=CAST).stdout


def explain() -> str:
    """The whole tree of the hostile usage."""
    arguments = ("explain", "vendorgate.yaml", "--usage", "everything-in-a-name")
    return vendorgate(*arguments, *_INPUTS, folder=CAST).stdout


def fleet(format: str) -> str:
    """What a fleet comes to that has the cast's manifest, one with mistakes, and hostile paths."""
    manifest = value_of((CAST / "vendorgate.yaml").read_text("utf-8"))
    rows = [{"path": "cast/vendorgate.yaml", "manifest": manifest}, {"path": HOSTILE, "manifest": {"version": 1}}]
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "rows.jsonl"
        sources.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
        inputs = (*("--policies", str(CAST / "policies")), *("--registry", str(CAST / "registry")), *_INPUTS[4:])
        words = ("rows.jsonl", "--out", "run", "--jobs", "1", "--format", format)
        told = vendorgate("fleet", "check", *words, *inputs, folder=Path(folder)).stdout
    # Which bytes a database has, each version of SQLite decides for itself.
    told = re.sub(r'("path": "run.sqlite",\s+"size": )\d+(,\s+"sha256": ")[0-9a-f]+', rf"\g<1>0\g<2>{'0' * 64}", told)
    return re.sub(r'("sha256": ")[0-9a-f]+("\s+\}\s*)$', rf"\g<1>{'0' * 64}\g<2>", told)


def plan(*more: str) -> str:
    """What the coming year does to the cast; a golden file has line feeds alone."""
    ended = vendorgate("plan", *_INPUTS, "--within", "365d", "--fail-within", "30d", *more, folder=CAST)
    return ended.stdout.replace("\r\n", "\n")


def waiver(command: str, *arguments: str) -> str:
    """What a command says that changes the waivers of the cast."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(CAST, folder, dirs_exist_ok=True)
        return vendorgate("waiver", command, *arguments, folder=Path(folder)).stdout


def added(*which: str) -> str:
    """What adding waivers of the hostile manifest says."""
    words = ("--reason", HOSTILE, "--approved-by", "ciso@example.org", "--ticket", HOSTILE, "--expires", "2026-12-31")
    return waiver("add", "vendorgate.yaml", *which, *words, *_INPUTS)


_ONE: Final = ("--policy", "hostile-title", "--usage", "everything-in-a-name", "--offering", "beta")
_JUDGES: Final = _INPUTS[:4]


def way_out(command: str, *more: str) -> str:
    """What a command that looks for a way out says of the hostile usage."""
    arguments = (command, "vendorgate.yaml", "--usage", "everything-in-a-name")
    return vendorgate(*arguments, *_INPUTS, *more, folder=CAST).stdout


def registry(*arguments: str, inputs: bool = True) -> str:
    """What a registry command says of the cast's snapshot."""
    where = ("--registry", "registry") if inputs else ()
    return vendorgate("registry", *arguments, *where, folder=CAST).stdout


def due(*more: str) -> str:
    """What to read next of the cast's snapshot, for the cast's manifest."""
    return vendorgate("registry", "due", "vendorgate.yaml", *_INPUTS, "--within", "230d", *more, folder=CAST).stdout


def site_data() -> str:
    """The data that lie beside the pages of the cast's registry."""
    with tempfile.TemporaryDirectory() as folder:
        words = ("--output", f"{folder}/site", "--search", "filter", *_INPUTS)
        assert vendorgate("registry", "site", *words, folder=CAST).code == 0
        return Path(folder, "site", "vendorgate.json").read_text(encoding="ascii")


def agreements(command: str, format: str = "text", *more: str) -> str:
    """What a command for agreements says of a register in which something of everything is wrong."""
    inputs = ("--policies", "policies", "--registry", "../registry", "--as-of", "2026-11-23")
    arguments = ("agreements", command, "vendorgate.yaml", "--format", format, *inputs, *more)
    return vendorgate(*arguments, folder=CAST / "register").stdout


GOLDEN: Final[Mapping[str, Callable[[], str]]] = {
    "check.txt": check,
    "check-verbose.txt": lambda: check("--verbose"),
    "check.json": lambda: check("--format", "json"),
    "check.sarif": lambda: check("--format", "sarif"),
    "check.junit.xml": lambda: check("--format", "junit"),
    "check.github.txt": lambda: check("--format", "github"),
    "check.md": lambda: check("--format", "markdown"),
    "check.gitlab.json": lambda: check("--format", "gitlab"),
    "check.csv": lambda: check("--format", "csv"),
    "check.html": lambda: check("--format", "html"),
    "check.intoto.json": lambda: check("--format", "intoto"),
    "explain.txt": explain,
    "repair.txt": lambda: way_out("repair"),
    "repair.json": lambda: way_out("repair", "--format", "json"),
    "alternatives.txt": lambda: way_out("alternatives", "--all"),
    "alternatives.json": lambda: way_out("alternatives", "--format", "json"),
    "handbook.md": lambda: (
        vendorgate("policy", "docs", "policies", "--registry", "registry-snapshot", folder=ROOT).stdout
    ),
    "policies.json": lambda: (
        vendorgate("policy", "list", "policies", "--registry", "registry", "--format", "json", folder=CAST).stdout
    ),
    "plan.txt": plan,
    "plan.json": lambda: plan("--format", "json"),
    "plan.csv": lambda: plan("--format", "csv"),
    "plan.ics": lambda: plan("--format", "ics"),
    "review.txt": lambda: review("text"),
    "review.json": lambda: review("json"),
    "review.md": lambda: review("markdown"),
    "impact.txt": lambda: impact("text"),
    "impact.json": lambda: impact("json"),
    "impact.md": lambda: impact("markdown"),
    "impact-registry.txt": lambda: of_registry("text"),
    "verify.txt": lambda: verify("text"),
    "verify.json": lambda: verify("json"),
    "evidence.json": packed.manifest,
    "evidence-readme.md": lambda: packed.member("README.md"),
    "evidence-verify.md": lambda: packed.member("VERIFY.md"),
    "evidence-cells.csv": lambda: packed.member("evidence/cells.csv"),
    "evidence-cells.json": lambda: packed.member("evidence/cells.json"),
    "evidence-series.txt": lambda: packed.series("text"),
    "evidence-series.json": lambda: packed.series("json"),
    "evidence-series.csv": lambda: packed.series("csv"),
    "evidence-series.md": lambda: packed.series("markdown"),
    "agreements-list.txt": lambda: agreements("list"),
    "agreements-list.json": lambda: agreements("list", "json"),
    "agreements-list.md": lambda: agreements("list", "markdown"),
    "agreements-list.csv": lambda: agreements("list", "csv"),
    "agreements-check.txt": lambda: agreements("check"),
    "agreements-check.json": lambda: agreements("check", "json"),
    "agreements-check.md": lambda: agreements("check", "markdown"),
    "agreements-report.txt": lambda: agreements("report"),
    "agreements-report.json": lambda: agreements("report", "json"),
    "agreements-report.md": lambda: agreements("report", "markdown"),
    "agreements-report-together.txt": lambda: agreements("report", "text", "--terminate", "1", "--terminate", "3"),
    "waiver-list.txt": lambda: vendorgate("waiver", "list", *_INPUTS, folder=CAST).stdout,
    "waiver-list.json": lambda: vendorgate("waiver", "list", "--format", "json", *_INPUTS, folder=CAST).stdout,
    "waiver-add.txt": lambda: added(*_ONE),
    "waiver-add-all.txt": lambda: added("--all", "--fail-on", "note"),
    "waiver-remove.txt": lambda: waiver("remove", "--policy", "hostile-title", *_JUDGES),
    "waiver-prune.txt": lambda: waiver("prune", "--dry-run", *_INPUTS),
    "observe.txt": lambda: observed("text"),
    "observe.json": lambda: observed("json"),
    "observe.md": lambda: observed("markdown"),
    "fleet-run.txt": lambda: fleet("text"),
    "fleet-run.json": lambda: fleet("json"),
    **FLEETS,
    "push.txt": push,
    "push.json": lambda: push("--format", "json"),
    "push.md": lambda: push("--format", "markdown"),
    "push-descriptions.md": descriptions,
    "registry-list.txt": lambda: registry("list"),
    "registry-list.json": lambda: registry("list", "--format", "json"),
    "registry-show.txt": lambda: registry("show", "alpha", "--as-of", "2026-11-23"),
    "registry-show.json": lambda: registry("show", "alpha", "--format", "json"),
    "registry-compare.txt": lambda: registry("compare", "alpha", "gamma"),
    "registry-compare.json": lambda: registry("compare", "alpha", "gamma", "--format", "json"),
    "registry-question.txt": lambda: registry("question", "hipaa_baa"),
    "registry-question.json": lambda: registry("question", "hipaa_baa", "--format", "json"),
    "registry-watch-outs.txt": lambda: registry("watch-outs"),
    "registry-watch-outs.json": lambda: registry("watch-outs", "beta", "--format", "json"),
    "registry-search.txt": lambda: registry("search", "alpha.example", "HTTPS"),
    "registry-search.json": lambda: registry("search", "beta", "--format", "json"),
    "registry-verify.txt": lambda: registry(
        "verify", "--as-of", "2026-11-23", "--within", "300d", "--freshness", "300d"
    ),
    "registry-verify.json": lambda: registry(
        "verify", "--as-of", "2026-11-23", "--freshness", "3d", "--format", "json"
    ),
    "registry-due.txt": due,
    "registry-due.json": lambda: due("--format", "json"),
    "registry-due.md": lambda: due("--format", "markdown"),
    "registry-due.csv": lambda: due("--format", "csv"),
    "registry-watch.txt": watch,
    "registry-watch.json": lambda: watch("--format", "json"),
    "registry-watch.md": lambda: watch("--format", "markdown"),
    "registry-diff.txt": lambda: registry("diff", "registry", "registry-later", inputs=False),
    "registry-diff.md": lambda: registry("diff", "registry", "registry-later", "--format", "markdown", inputs=False),
    "registry-diff.json": lambda: registry("diff", "registry", "registry-later", "--format", "json", inputs=False),
    "registry-site.json": site_data,
    **ACCOUNTED,
    **FOUND,
    **GROUPED,
    **REGISTERED,
}
"""File and what it should hold."""
