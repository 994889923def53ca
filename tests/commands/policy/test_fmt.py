"""`vendorgate policy fmt`: canonical, idempotent, and nothing is lost."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from tests.command import ROOT
from tests.commands.policy.bundles import run, write
from tests.commands.policy.rules import POLICIES
from tests.thoroughness import part, share
from tests.yaml_text import value_of
from vendorgate.commands.policy import canonical_text as module
from vendorgate.commands.policy.canonical_text import dumped, formatted

SHIPPED = sorted(path for path in (ROOT / "policies").rglob("*.yaml") if path.name != "bundle.yaml")
UNTIDY = """\
version:   1
# What we ask of everybody.
policies:
   -  title:  Example    # in one line
      id: example
      require:
      - {covered: hipaa_baa}   # the BAA
      -   that:   {"<=": [{var: registry.retention_zdr.facts.retention_days}, 30]}
          message: 'short'


      when: {in: [phi, {var: usage.data}]}
      tags: [a,b]
      severity: warning
   # The second.
   -  id: another
      title: Another
      require: [{"or": [{"covered": "soc2_type2"}, {"covered": "iso_27001"}, {"covered": "iso_42001"}, {"covered":
          "trust_center"}]}]
"""
TIDY = """\
version: 1
# What we ask of everybody.
policies:
  - title: Example  # in one line
    id: example
    require:
      - {covered: hipaa_baa}  # the BAA
      - that: {"<=": [{var: registry.retention_zdr.facts.retention_days}, 30]}
        message: 'short'

    when: {in: [phi, {var: usage.data}]}
    tags: [a, b]
    severity: warning

  # The second.
  - id: another
    title: Another
    require:
      - "or":
          - {"covered": "soc2_type2"}
          - {"covered": "iso_27001"}
          - {"covered": "iso_42001"}
          - {"covered": "trust_center"}
"""


def test_untidy_file_becomes_tidy() -> None:
    assert formatted(UNTIDY) == TIDY


def test_keys_are_put_in_order_where_no_comment_stands_between() -> None:
    text = "version: 1\npolicies:\n  - title: T  # the title\n    require: [{covered: hipaa_baa}]\n    id: a\n"
    after = formatted(text)
    assert [line.split(":")[0].strip(" -") for line in after.splitlines()[2:]] == ["id", "title", "require"]
    assert "title: T  # the title" in after


@pytest.mark.parametrize("text", [UNTIDY, TIDY, UNTIDY.replace("\n", "\r\n"), "\ufeff" + UNTIDY])
def test_formatting_twice_changes_nothing(text: str) -> None:
    assert formatted(formatted(text)) == formatted(text) == TIDY


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_what_ships_is_tidy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text


_COMMENT = st.sampled_from(["", "", "", "  # why", "  # a 'quoted' \"one\""])


@settings(max_examples=share(40), deadline=None)
@given(st.lists(POLICIES, min_size=1, max_size=2), st.randoms(use_true_random=False))
def test_values_and_comments_survive(entries: list[Any], random: Any) -> None:
    value = {"version": 1, "policies": [{**entry, "id": f"p{index}"} for index, entry in enumerate(entries)]}
    lines = dumped(value).splitlines()
    for index in range(len(lines)):
        if random.random() < 0.2 and not lines[index].endswith((",", "[", "{")) and _is_whole(lines, index):
            lines[index] += random.choice(
                ["  # why", "    # a 'quoted' \"one\"", "\n" + _indent(lines[index]) + "# own line"]
            )
    text = "\n".join(lines) + "\n"
    after = formatted(text)
    assert value_of(after) == value_of(text)
    assert sorted(re.findall(r"# .*", after)) == sorted(re.findall(r"# .*", text))
    assert formatted(after) == after


def fit_within_what_fits_too(node: Any, indent: int) -> None:
    """The long way: what is within one that fits is looked at, too."""
    if not isinstance(node, (CommentedMap, CommentedSeq)):
        return
    if node.fa.flow_style() and indent + len(module._on_one_line(node)) > module._WIDTH:
        if module._has_comments(node):
            return
        node.fa.set_block_style()
    for key, value in node.items() if isinstance(node, CommentedMap) else enumerate(node):
        if not module._has_comment_behind(node, key) or not getattr(value, "fa", None) or not value.fa.flow_style():
            fit_within_what_fits_too(
                value, indent + (4 if isinstance(node, CommentedSeq) else module._beside(key, value))
            )


NESTED = [
    "[[[[{}]]]]",
    '{{"or": [{{"and": [{{"covered": "{}"}}]}}]}}',
    '{{or: [[{}], {{"a b": [x]}}]}}',
    "[{{a: {{b: {{c: {}}}}}}}, [[x, [y]]]]",
    "[[{}], # why\n  [x]]",
]


@pytest.mark.parametrize("rule", NESTED)
def test_what_is_within_one_that_fits_needs_no_look(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    heads = ["version: 1\npolicies:\n- id: a\n  require: {}\n", "a: {}\n", "- {}\n", "- - a: {}\n"]
    texts = [head.format(rule.format("x" * length)) for head in heads for length in range(60, 125)]
    texts += [path.read_text(encoding="utf-8") for path in SHIPPED]
    texts = [*part(texts, NESTED.index(rule), of=51)]
    quick = [formatted(text) for text in texts]
    monkeypatch.setattr(module, "_fit", fit_within_what_fits_too)
    assert [formatted(text) for text in texts] == quick


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _is_whole(lines: list[str], index: int) -> bool:
    """Whether no value goes on in the next line."""
    return index + 1 == len(lines) or bool(re.match(r"\s*(- |[a-z_\"!<>=]+:|\")", lines[index + 1]))


def test_values_that_must_stay_texts_stay_texts() -> None:
    policy = '{id: a, title: "1.10", require: [{covered: hipaa_baa}], tags: ["no", "on", \'1\']}'
    text = f"version: 1\npolicies:\n  - {policy}\n"
    after = value_of(formatted(text))["policies"][0]
    assert after["title"] == "1.10"
    assert after["tags"] == ["no", "on", "1"]


def test_files_are_written_and_named(tmp_path: Path) -> None:
    write(tmp_path, {"a/p.yaml": UNTIDY, "q.yaml": TIDY.replace("example", "e").replace("another", "f")})
    ended = run("fmt", ".", "--check", folder=tmp_path)
    assert (ended.code, ended.stdout) == (1, "would be formatted: a/p.yaml\n")
    assert (tmp_path / "a" / "p.yaml").read_text(encoding="utf-8") == UNTIDY
    ended = run("fmt", ".", folder=tmp_path)
    assert (ended.code, ended.stdout) == (0, "formatted: a/p.yaml\n")
    assert (tmp_path / "a" / "p.yaml").read_text(encoding="utf-8") == TIDY
    assert run("fmt", ".", "--check", folder=tmp_path).code == 0
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["p.yaml", "q.yaml"]


def test_what_a_bundle_says_beside_its_policies_is_left_as_it_was_written(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "p.yaml": TIDY,
            "accounts.yaml": "accounts: [{name: eu, offering: openai-api}]\nversion: 1\n",
            "agreements.yaml": "agreements: []\nversion: 1\n",
            "bundle.yaml": "name: b\nversion: 1\n",
            "observations/a.yaml": "observed: 2026-12-01\noffering: openai-api\naccount: eu\nversion: 1\n",
            "waivers.yaml": "waivers: []\nversion: 1\n",
        },
    )
    ended = run("fmt", ".", "--check", folder=tmp_path)
    assert (ended.code, ended.stdout) == (0, "nothing to format\n"), ended.stderr


def test_invalid_bundle_is_not_touched(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": UNTIDY, "q.yaml": "version: 2\n"})
    ended = run("fmt", ".", folder=tmp_path)
    assert ended.code == 2
    assert (tmp_path / "p.yaml").read_text(encoding="utf-8") == UNTIDY


def test_permissions_are_kept(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": UNTIDY})
    (tmp_path / "p.yaml").chmod(0o640)
    run("fmt", ".", folder=tmp_path)
    assert (tmp_path / "p.yaml").stat().st_mode & 0o777 == 0o640


def test_link_stays_a_link_to_the_file_that_is_formatted(tmp_path: Path) -> None:
    write(tmp_path, {"shared/p.yaml": UNTIDY, "shared/q.yaml": TIDY.replace("example", "e").replace("another", "f")})
    (tmp_path / "shared" / "p.yaml").rename(tmp_path / "shared" / "p.txt")
    (tmp_path / "shared" / "p.txt").chmod(0o640)
    (tmp_path / "a.yaml").symlink_to("shared/p.txt")
    ended = run("fmt", ".", folder=tmp_path)
    assert (ended.code, ended.stdout) == (0, "formatted: a.yaml\n")
    assert os.readlink(tmp_path / "a.yaml") == "shared/p.txt"
    assert (tmp_path / "shared" / "p.txt").read_text(encoding="utf-8") == TIDY
    assert (tmp_path / "shared" / "p.txt").stat().st_mode & 0o777 == 0o640
    assert run("fmt", ".", "--check", folder=tmp_path).code == 0


def test_link_that_leads_out_of_the_bundle_is_refused_and_its_file_not_touched(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text(UNTIDY, encoding="utf-8")
    write(tmp_path / "bundle", {"q.yaml": TIDY})
    (tmp_path / "bundle" / "a.yaml").symlink_to("../elsewhere.yaml")
    ended = run("fmt", "bundle", folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "a link that leads out of the bundle" in ended.stderr
    assert (tmp_path / "elsewhere.yaml").read_text(encoding="utf-8") == UNTIDY


def test_file_that_cannot_be_written_is_an_error_and_stays(tmp_path: Path) -> None:
    from unittest import mock

    write(tmp_path, {"p.yaml": UNTIDY})
    with mock.patch("vendorgate.frame.writing.os.fsync", side_effect=OSError(28, "No space left on device")):
        ended = run("fmt", ".", folder=tmp_path)
    assert ended.code == 2
    assert "cannot be written: no space left on device" in ended.stderr
    assert (tmp_path / "p.yaml").read_text(encoding="utf-8") == UNTIDY
