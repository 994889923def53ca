"""Reports on an adoption: they agree with each other, fit where they go, and hold nothing of others."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema_rs
from markdown_it import MarkdownIt

from tests.command import ROOT, process, vendorgate
from tests.commands.impact.sides import (
    BAA,
    BUNDLES,
    DAY,
    MANIFEST,
    REGISTRIES,
    Sides,
    cell,
    manifest,
    offering,
    policies,
    usage,
)
from tests.documents import TEXT
from tests.golden.adopted import impact

LONG = "<b>|`@x` 漢" * 1000
WORSE = {"registry/offerings/alpha.yaml": offering("alpha", hipaa_baa=cell("no"), soc2_type2=cell())}


def test_json_report_is_what_its_schema_says() -> None:
    ended = vendorgate("schema", "impact", folder=ROOT)
    schema = jsonschema_rs.Draft7Validator(json.loads(ended.stdout), validate_formats=True)
    report = json.loads(impact("json"))
    schema.validate(report)
    for field in report:
        assert not schema.is_valid({key: value for key, value in report.items() if key != field}), field
    assert not schema.is_valid({**report, "extra": 1})
    # It holds every kind of thing that an adoption can tell, so that the schema was really asked.
    assert all(report[name] for name in ("manifests", "refused", "groups"))
    assert all(report["without_effect"].values())


def test_counts_of_all_formats_agree() -> None:
    report = json.loads(impact("json"))
    counts = report["summary"]
    told = [one for group in report["groups"] for one in group["results"]]
    for kind, count in counts.items():
        assert count == (len(report["refused"]) if kind == "refused" else sum(one["kind"] == kind for one in told))
    shown = f"{counts['refused']} refused, {counts['blocking']} newly blocking, {counts['worse']} worse, "
    for format in ("text", "markdown"):
        assert shown in impact(format)
    assert len(re.findall(r"^newly blocks: ", impact("text"), re.MULTILINE)) == counts["blocking"]
    assert len(re.findall(r"^\| 🔴 newly blocks \|", impact("markdown"), re.MULTILINE)) == counts["blocking"]


def test_markdown_holds_no_markup_of_others() -> None:
    rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(impact("markdown"))
    tags = set(re.findall(r"<(/?[a-z0-9]+)", rendered))
    table = {"table", "thead", "tbody", "tr", "th", "td"}
    assert {tag.removeprefix("/") for tag in tags} <= {"h2", "h3", "p", "strong", "ul", "li", "code", "br", *table}
    assert "@everyone" not in rendered


def test_markdown_fits_into_a_comment_and_counts_what_does_not(tmp_path: Path) -> None:
    project = manifest(*(usage(f"u{number}", "alpha") for number in range(200)))
    rules = {"policies/rules.yaml": policies({**BAA, "title": LONG})}
    text = Sides(tmp_path, {MANIFEST: project}, rules, {**rules, **WORSE}).impact("--format", "markdown").stdout
    assert len(text.encode("utf-8")) < 65_536
    rows = len(re.findall(r"^\| 🔴", text, re.MULTILINE))
    (more,) = re.findall(r"^and (\d+) more, left out here", text, re.MULTILINE)
    assert rows > 5
    assert rows + int(more) == 200
    assert "200 newly blocking" in text
    assert "1 edit" not in text


def test_markdown_counts_groups_and_refusals_that_do_not_fit(tmp_path: Path) -> None:
    rules = [{**BAA, "id": f"p{number}", "title": LONG[:300]} for number in range(150)]
    lost = [usage(f"lost{number}", "gamma") for number in range(150)]
    sides = Sides(
        tmp_path,
        {MANIFEST: manifest(usage("u", "beta"), *lost)},
        {"policies/rules.yaml": policies(BAA)},
        {"policies/rules.yaml": policies(*rules), "registry/offerings/gamma.yaml": None},
    )
    text = sides.impact("--format", "markdown").stdout
    assert len(text.encode("utf-8")) < 65_536
    (groups,) = re.findall(r"^and (\d+) more reasons for changes, left out here", text, re.MULTILINE)
    assert len(re.findall(r"^\*\*because of", text, re.MULTILINE)) + int(groups) == 151
    (refused,) = re.findall(r"^and (\d+) more, left out here", text, re.MULTILINE)
    assert len(re.findall(r"^- usage `lost", text, re.MULTILINE)) + int(refused) == 150


def test_same_question_gives_the_same_bytes(tmp_path: Path) -> None:
    sides = Sides(tmp_path, {MANIFEST: manifest(usage("u", "alpha"), usage("v", "beta"))}, {}, WORSE)
    for format in ("text", "json", "markdown"):
        arguments = ("impact", MANIFEST, *REGISTRIES, *BUNDLES, "--as-of", DAY, "--format", format)
        worlds = (
            {"PYTHONHASHSEED": "1", "LC_ALL": "C"},
            {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo"},
        )
        runs = [process(*arguments, folder=sides.folder, environment=world) for world in worlds]
        assert runs[0].stdout == runs[1].stdout == sides.impact("--format", format).stdout


def test_reader_who_leaves_early_changes_no_exit_code(tmp_path: Path) -> None:
    project = manifest(*(usage(f"u{number}", "alpha") for number in range(800)))
    sides = Sides(tmp_path, {MANIFEST: project}, {}, WORSE)
    arguments = ("impact", MANIFEST, *REGISTRIES, *BUNDLES, "--as-of", DAY, "--fail-when", "new")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            (sys.executable, "-m", "vendorgate", *arguments),
            cwd=sides.folder,
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert ended.returncode == 1
    assert re.fullmatch(rb"as of [0-9-]+, [^\n]* today\n|as of [0-9-]+, today\n", ended.stderr)


def test_readme_shows_an_impact_as_it_is(tmp_path: Path) -> None:
    (found,) = re.findall(r"```console impact\n\$ vendorgate (.*)\n((?:.*\n)*?)```", TEXT)
    shutil.copy(ROOT / "examples" / "clinic" / MANIFEST, tmp_path / MANIFEST)
    shutil.copytree(ROOT / "registry-snapshot", tmp_path / "registry-next")
    edited = tmp_path / "registry-next" / "offerings" / "claude-bedrock.yaml"
    before, heading, after = edited.read_text(encoding="utf-8").partition("  retention_zdr:\n")
    after = after.replace("value: yes_public", "value: unclear", 1)
    after = re.sub(r"verified: \S+", "verified: 2026-11-20", after, count=1)
    edited.write_text(before + heading + after, encoding="utf-8")
    arguments, shown = found
    ended = process(*arguments.split(), folder=tmp_path)
    assert ended.code == 1, ended.stderr
    masked = re.compile(r"\b[0-9a-f]{12}\b")
    assert masked.sub("0" * 12, ended.stdout) == masked.sub("0" * 12, shown)


def test_what_came_with_vendorgate_can_be_what_is_adopted(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "newsletter", tmp_path, dirs_exist_ok=True)
    shutil.copytree(ROOT / "registry-snapshot", tmp_path / "registry-snapshot")
    builtin = ("--to", "builtin", "--policies-to", "builtin")
    ended = vendorgate("impact", *builtin, "--as-of", "2026-11-24", folder=tmp_path)
    assert ended.code == 0, ended.stderr
    assert "registry-snapshot (" in ended.stdout
    assert "-> vendorgate:registry-snapshot (" in ended.stdout
