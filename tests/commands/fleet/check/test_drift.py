"""Where the code that was gathered departs from what is declared, a check fails as `check --code` does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import vendorgate
from tests.commands.fleet.runs import NEWSLETTER, checked
from tests.commands.fleet.stores import store
from vendorgate.commands.fleet.model import FoundDrift
from vendorgate.model.vocabulary import Severity


def differing(folder: Path, *severities: Severity) -> None:
    """A store of two repositories that pass, and a difference of each severity in one that declares nothing."""
    found = [
        FoundDrift("acme/bare", "undeclared-offering", one, f"code uses a{number}", "a.py", number + 1, "openai-api")
        for number, one in enumerate(severities)
    ]
    folder.mkdir(exist_ok=True)
    store(folder / "store", {"acme/newsletter": {"vendorgate.yaml": NEWSLETTER}, "acme/bare": {}}, drift=found)


def said(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "run" / "run.json").read_text("ascii"))
    return found


@pytest.mark.parametrize(
    ("severities", "fail_on", "code", "closing"),
    [
        ((), None, 0, "pass: nothing blocks"),
        (("note", "warning"), None, 0, "pass: nothing blocks"),
        (("error",), None, 1, "fail: 1 difference between code and manifests blocks"),
        (("error", "error", "note"), None, 1, "fail: 2 differences between code and manifests block"),
        (("warning",), "warning", 1, "fail: 1 difference between code and manifests blocks"),
        (("note", "warning"), "note", 1, "fail: 2 differences between code and manifests block"),
    ],
)
def test_difference_that_is_as_serious_as_the_threshold_blocks(
    severities: tuple[Severity, ...], fail_on: str | None, code: int, closing: str, tmp_path: Path
) -> None:
    differing(tmp_path, *severities)
    ended = checked(tmp_path, "store", **({} if fail_on is None else {"fail_on": fail_on}))
    assert (ended.code, ended.stdout.splitlines()[-1]) == (code, closing)
    assert said(tmp_path)["verdict"] == ("fail" if code else "pass")
    assert sum(one["differences"] for one in said(tmp_path)["drift"]) == len(severities)


def test_digest_of_a_store_is_of_its_differences_too(tmp_path: Path) -> None:
    digests = []
    for name, severities in (("a", ()), ("b", ("note",)), ("c", ("error",)), ("d", ("error",))):
        differing(tmp_path / name, *severities)
        checked(tmp_path / name, "store")
        digests.append(said(tmp_path / name)["inputs"]["sources"][0]["sha256"])
    assert len({*digests}) == 3
    assert digests[2] == digests[3]


def test_run_tells_what_blocks_and_counts_the_others(tmp_path: Path) -> None:
    differing(tmp_path, "error", "error", "note")
    text = checked(tmp_path, "store").stdout
    heading = "error[undeclared-offering]: Code departs from what manifests declare\n  2 differences in 1 repository\n"
    assert text.startswith(heading)
    assert "1 notice, 3 differences between code and manifests\n" in text
    assert [(one["severity"], one["blocks"]) for one in said(tmp_path)["drift"]] == [("error", True), ("note", False)]


def test_result_and_difference_are_told_together_and_what_is_not_judged_comes_first(tmp_path: Path) -> None:
    broken = {**NEWSLETTER, "usages": [{"id": "u", "offering": "openai-api", "data": ["public"], "purpos": "x"}]}
    found = [FoundDrift("acme/a", "undeclared-model", "error", "code uses a model", "a.py", 1, "openai-api")]
    store(
        tmp_path / "store",
        {"acme/a": {"vendorgate.yaml": NEWSLETTER}, "acme/b": {"vendorgate.yaml": broken}},
        drift=found,
    )
    ended = checked(tmp_path, "store")
    closing = "incomplete: 1 of 2 manifests not judged; 1 difference between code and manifests blocks"
    assert (ended.code, ended.stdout.splitlines()[-1]) == (2, closing)


def test_comparison_notes_that_it_does_not_compare_differences(tmp_path: Path) -> None:
    for out, severities in (("before", ()), ("after", ("error", "error"))):
        differing(tmp_path / out, *severities)
        checked(tmp_path / out, "store")
    ended = vendorgate("fleet", "diff", "before/run", "after/run", folder=tmp_path)
    note = "note: after/run: 2 differences between code and manifests block; how code departs is not compared\n"
    assert (note in ended.stdout, "before/run: " in ended.stdout) == (True, False)


def test_report_says_that_a_difference_blocks(tmp_path: Path) -> None:
    differing(tmp_path, "error")
    checked(tmp_path, "store")
    markdown = vendorgate("fleet", "report", "run", "--format", "markdown", folder=tmp_path).stdout
    assert markdown.startswith(
        "# FAIL: AI vendors of 2 repositories\n\n1 difference between code and manifests blocks. "
    )
    page = vendorgate("fleet", "report", "run", "--format", "html", folder=tmp_path).stdout
    assert "1 difference between code and manifests blocks" in page
