"""A run says of each manifest what `check` says of it by itself, in its rows, its database and its verdict."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.command import ROOT, vendorgate
from tests.commands.fleet.runs import BROKEN, CLINIC, DAY, NEWSLETTER, REPOSITORIES, checked, rows_file
from tests.commands.fleet.stores import store
from tests.evaluate.shipped_laws import usage
from vendorgate.commands.fleet.run.reading import run_in

_FIELDS = ("manifest", "project", "usage", "offering", "account", "vendor", "route", "policy", "outcome", "severity")


def of_check(folder: Path, manifest: dict[str, Any], path: str, *options: str) -> tuple[int, list[tuple[Any, ...]]]:
    """What a check says of a manifest: its exit code, and its results under another path."""
    (folder / "vendorgate.yaml").write_text(json.dumps(manifest), "utf-8")
    ended = vendorgate("check", "vendorgate.yaml", "--format", "json", "--as-of", DAY, *options, folder=folder)
    results = json.loads(ended.stdout)["results"] if ended.stdout else []
    return ended.code, [(path, *(one[name] for name in _FIELDS[1:]), one["blocks"]) for one in results]


def of_rows(run: Path) -> list[tuple[Any, ...]]:
    texts = [path.read_text("utf-8") for path in sorted((run / "results").iterdir())]
    rows = [json.loads(line) for text in texts for line in text.splitlines()]
    return [(*(one.get(name) for name in _FIELDS), one["blocks"]) for one in rows]


def of_database(run: Path) -> list[tuple[Any, ...]]:
    with run_in(run) as found:
        rows = found.rows(f"SELECT {', '.join(_FIELDS)}, blocks FROM results")
        return [(*row[:-1], bool(row[-1])) for row in rows]


@pytest.mark.parametrize("seed", [1, 2])
def test_results_are_those_of_checks(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    options = ("--pack", "iso-42001-suppliers") if seed == 2 else ()
    manifests: list[dict[str, Any]] = [CLINIC, NEWSLETTER, BROKEN, {"version": 1, "project": "none", "usages": []}]
    for number in range(12):
        usages = [{**usage(random), "id": f"u{place}"} for place in range(random.randint(1, 4))]
        manifests.append({"version": 1, "project": f"p{number}", "usages": usages})
    rows_file(tmp_path / "rows.jsonl", manifests)
    ended = checked(tmp_path, "rows.jsonl", **({"pack": options[1]} if options else {}))
    expected, codes = [], set()
    for number, manifest in enumerate(manifests):
        code, results = of_check(tmp_path, manifest, f"acme/r{number}/vendorgate.yaml", *options)
        codes.add(code)
        expected += results
    assert ended.code == max(codes) == 2
    assert of_rows(tmp_path / "run") == expected
    assert sorted(of_database(tmp_path / "run"), key=repr) == sorted(expected, key=repr)
    with run_in(tmp_path / "run") as found:
        refused = [path for (path,) in found.rows("SELECT path FROM manifests WHERE problems <> '[]'")]
        assert refused == [one.path for one in found.about.not_judged]
        assert "acme/r2/vendorgate.yaml" in refused


def test_exit_code_says_what_the_worst_manifest_comes_to(tmp_path: Path) -> None:
    for manifests, code in (([NEWSLETTER], 0), ([NEWSLETTER, CLINIC], 1), ([NEWSLETTER, BROKEN], 2)):
        rows_file(tmp_path / "rows.jsonl", manifests)
        alone = max(of_check(tmp_path, one, "p")[0] for one in manifests)
        assert (checked(tmp_path, "rows.jsonl").code, alone) == (code, code)


def test_repository_that_could_not_be_reached_is_never_green(tmp_path: Path) -> None:
    store(tmp_path / "store", {"acme/newsletter": {"vendorgate.yaml": NEWSLETTER}})
    assert checked(tmp_path, "store").code == 0
    shutil.rmtree(tmp_path / "store")
    store(tmp_path / "store", {"acme/newsletter": {"vendorgate.yaml": NEWSLETTER}}, {"acme/gone": ("gone", "look")})
    ended = checked(tmp_path, "store")
    assert ended.code == 2
    assert "not judged: acme/gone" in ended.stdout
    assert "incomplete: 1 of 2 repositories not judged; nothing blocks" in ended.stdout


def test_what_a_bundle_binds_to_repositories_holds_for_a_store_alone(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "own-bundle" / "policies", tmp_path / "policies")
    path = tmp_path / "policies" / "bundle.yaml"
    bound = 'projects:\n  - {project: clinic, repositories: ["acme/clinic"]}\n'
    path.write_text(path.read_text("utf-8") + bound, "utf-8")
    store(tmp_path / "store", REPOSITORIES)
    rows_file(tmp_path / "rows.jsonl", [CLINIC])
    found: dict[str, list[tuple[object, ...]]] = {}
    for source in ("store", "rows.jsonl"):
        checked(tmp_path, source, policies="policies", out=f"of-{source}")
        with run_in(tmp_path / f"of-{source}") as run:
            query = "SELECT repository, bound FROM manifests WHERE project = 'clinic' ORDER BY id"
            found[source] = list(run.rows(query))
    assert found == {"store": [("acme/clinic", 1)], "rows.jsonl": [(None, 0)]}


def test_notices_of_the_run_as_a_whole_are_made_once(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "own-bundle" / "policies", tmp_path / "policies")
    rows_file(tmp_path / "rows.jsonl", [{**NEWSLETTER, "project": "same"}] * 300)
    checked(tmp_path, "rows.jsonl", policies="policies", batch="100")
    with run_in(tmp_path / "run") as found:
        query = "SELECT id, message FROM notices WHERE manifest IS NULL AND case_id IS NULL"
        told = [(str(id), str(message)) for id, message in found.rows(query)]
    waivers = [message for id, message in told if id == "unused-waiver"]
    words = ("check", "vendorgate.yaml", "--policies", "policies", "--as-of", DAY, "--format", "json")
    (tmp_path / "vendorgate.yaml").write_text(json.dumps(NEWSLETTER), "utf-8")
    report = json.loads(vendorgate(*words, folder=tmp_path).stdout)
    alone = [one["message"] for one in report["notices"] if one["id"] == "unused-waiver"]
    assert [message.partition(" (")[0] for message in waivers] == alone
    assert alone
    (twice,) = [message for id, message in told if id == "project-named-twice"]
    assert "project `same` is the name of 300 manifests" in twice
    assert "acme/r0/vendorgate.yaml, acme/r1/vendorgate.yaml, acme/r2/vendorgate.yaml and 297 more" in twice
