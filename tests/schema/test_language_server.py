"""What an editor shows: a real language server, on files that `vendorgate init` wrote and somebody then broke.

Needs node and what `npm ci` installs in `tests/schema/language_server`; where that is not there, only CI minds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import vendorgate
from tests.schema.language_server import LanguageServer, installed

pytestmark = pytest.mark.skipif(
    not installed() and "CI" not in os.environ, reason="yaml-language-server is not installed"
)
MANIFEST, BUNDLE, POLICY, AGREEMENTS = (
    "vendorgate.yaml",
    "policies/bundle.yaml",
    "policies/own/own.yaml",
    "policies/agreements.yaml",
)
AGREEMENT = (
    "agreements:\n  - kind: baa\n    offerings: [openai-api]\n    status: executed\n"
    "    signed: 2026-02-11\n    expires: 2027-02-11\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project and a bundle as `vendorgate init` begins them."""
    folder = tmp_path_factory.mktemp("project")
    manifest = ("--project", "p", "--offering", "openai-api", "--data", "phi")
    assert vendorgate("init", "manifest", *manifest, folder=folder).code == 0
    assert vendorgate("init", "bundle", "--name", "b", "--pack", "hipaa", "--register", folder=folder).code == 0
    agreements = (folder / AGREEMENTS).read_text(encoding="utf-8")
    (folder / AGREEMENTS).write_text(re.sub(r"agreements: \[\].*", AGREEMENT, agreements), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[LanguageServer]:
    with LanguageServer(folder) as running:
        yield running


@pytest.mark.parametrize("name", [MANIFEST, BUNDLE, POLICY, AGREEMENTS])
def test_nothing_is_wrong_with_what_init_writes(folder: Path, server: LanguageServer, name: str) -> None:
    assert server.diagnostics(folder / name) == []


BROKEN = [
    (MANIFEST, "data: [phi]", "data: [phl]"),
    (MANIFEST, "data: [phi]", "data: []"),
    (MANIFEST, "data: [phi]", "data: phi"),
    (MANIFEST, "data: [phi]", "dta: [phi]"),
    (MANIFEST, "offering: openai-api", "offering: opneai-api"),
    (MANIFEST, "    data: [phi]", "    data: [phi]\n    region: xx"),
    (MANIFEST, "    data: [phi]", "    data: [phi]\n    tier: gold"),
    (MANIFEST, "    data: [phi]", "    data: [phi]\n    settings: {zero_data_retention: null}"),
    (MANIFEST, "    data: [phi]", "    data: [phi]\n    data: [pii]"),
    (MANIFEST, "    data: [phi]", "    data: [phi]\n    fallbacks: [azure-opnai]"),
    (MANIFEST, "version: 1", "version: 2"),
    (MANIFEST, "project: p\n", "project: P Q\n"),
    (BUNDLE, "fail_on: error", "fail_on: errors"),
    (BUNDLE, "max_evidence_age_days: 365", "max_evidence_age_days: -1"),
    (BUNDLE, "max_evidence_age_days: 365", "max_evidence_age_days: {hippa_baa: 3}"),
    (BUNDLE, "min_confidence: low", "min_confidence: lowest"),
    (POLICY, "    tags: [credentials]", "    severity: eror"),
    (POLICY, "    tags: [credentials]", "    when: {covred: hipaa_baa}"),
    (POLICY, "    tags: [credentials]", "    when: {in: [phi]}"),
    (POLICY, "    tags: [credentials]", "    enforce_from: 2026-02-30"),
    (POLICY, "        expect: pass", "        expect: passes"),
    (AGREEMENTS, "kind: baa", "kind: bba"),
    (AGREEMENTS, "status: executed", "status: signed"),
    (AGREEMENTS, "signed: 2026-02-11", "signed: last year"),
]


@pytest.mark.parametrize(("name", "old", "new"), BROKEN, ids=[new.split("\n")[-1].strip() for _, _, new in BROKEN])
def test_editor_and_loader_find_the_same_lines_wrong(
    folder: Path, server: LanguageServer, name: str, old: str, new: str
) -> None:
    path = folder / name
    good = path.read_text(encoding="utf-8")
    assert old in good
    path.write_text(good.replace(old, new, 1), encoding="utf-8")
    try:
        # A check reads no tests of policies; what reads them is what runs them.
        command = ("policy", "test", "policies") if "expect" in new else ("check",)
        checked = vendorgate(*command, folder=folder)
        shown = server.diagnostics(path)
    finally:
        path.write_text(good, encoding="utf-8")
    assert checked.code == 2
    lines = {int(line) for line in re.findall(rf"--> {re.escape(name)}:(\d+):", checked.stderr)}
    assert {one.line for one in shown} == lines, (shown, checked.stderr)
