"""A view is read strictly: every mistake at once, with its place and the nearest name; ours have none."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inventory.worlds import Part, checked_with, view_of, world
from tests.schema.test_schema import VALIDATORS
from tests.thoroughness import share
from tests.yaml_text import value_of
from vendorgate.errors import Problem
from vendorgate.inventory.model import View
from vendorgate.inventory.reading import SHIPPED_VIEWS, read_view, shipped_text

ID: Final[Part] = {"id": "c", "title": "T", "from": ["usage.id"]}


def problems_of(folder: Path, view: Part | str, **inputs: Any) -> list[Problem]:
    found: list[Problem] = []
    gate, _ = world(folder, **inputs)
    checked_with(folder, view, gate, found)
    return found


def told(folder: Path, view: Part | str, **inputs: Any) -> list[tuple[str, str]]:
    return [(one.title, one.help or "") for one in problems_of(folder, view, **inputs)]


@pytest.mark.parametrize("name", SHIPPED_VIEWS)
def test_view_that_came_along_has_no_mistake_and_keeps_to_the_published_schema(name: str, tmp_path: Path) -> None:
    gate, _ = world(tmp_path)
    problems: list[Problem] = []
    found = checked_with(tmp_path, name, gate, problems)
    assert problems == []
    assert isinstance(found, View)
    assert found.name == name
    VALIDATORS["inventory-view"].validate(value_of(shipped_text(name)))


@pytest.mark.parametrize("name", SHIPPED_VIEWS)
def test_view_that_came_along_works_with_a_bundle_whose_attributes_are_closed(name: str, tmp_path: Path) -> None:
    assert problems_of(tmp_path, name, bundle={"attributes": {"other": {"type": "text"}}}) == []


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("usage.purpse", "did you mean `usage.purpose`?"),
        ("usge.purpose", "did you mean `usage`?"),
        ("usage", "did you mean `usage.id`?"),
        ("usage.attributes", "name one, such as `usage.attributes.legal_basis`"),
        ("usage.settings.", "name one, such as `usage.settings.zero_data_retention`"),
        ("project.ownr", "did you mean `project.owner`?"),
        ("route.kinds", "did you mean `route.kind`?"),
        ("offering.platfrom", "did you mean `offering.platform`?"),
        ("registry.gdpr_dap.value", "did you mean `gdpr_dpa`?"),
        ("registry.gdpr_dpa.valeu", "did you mean `registry.gdpr_dpa.value`?"),
        ("registry.gdpr_dpa.facts.breach_notice_hour", "did you mean `breach_notice_hours`?"),
        ("registry.hipaa_baa.facts.breach_notice_hours", "no cell of hipaa_baa has that fact"),
        ("registry.gdpr_dpa.scope", "did you mean `registry.gdpr_dpa.source`?"),
        ("agreements.dpaa.reference", "did you mean `dpa`?"),
        ("agreements.dpa.refrence", "did you mean `agreements.dpa.reference`?"),
        ("agreements.dpa.reviewed", "did you mean `agreements.dpa.reviewed.on`?"),
        ("agreements.dpa", "did you mean `agreements.dpa.kind`?"),
        ("results.blocks", "did you mean `results.blocking`?"),
        ("manifest.pth", "did you mean `manifest.path`?"),
        ("bundle.names", "did you mean `bundle.name`?"),
        ("snapshot.sha", "did you mean `snapshot.sha256`?"),
        ("as_of.day", "did you mean `as_of`?"),
    ],
)
@pytest.mark.parametrize("says", [False, True])
def test_path_that_there_is_not_is_refused_with_the_nearest(path: str, advice: str, says: bool, tmp_path: Path) -> None:
    source = {"path": path, "says": "yes"} if says else path
    ((title, help),) = told(tmp_path, view_of({"from": ["usage.id", source]}))
    assert title == f"`{path}` is no path that a view can read"
    assert advice in help


def test_attribute_is_refused_where_the_set_is_closed_and_nothing_asks_for_it(tmp_path: Path) -> None:
    bundle = {"attributes": {"cost_centre": {"type": "text"}}}
    view = view_of({"from": ["usage.attributes.cost_center"]}, {"from": ["usage.attributes.controller"]})
    assert told(tmp_path, view, bundle=bundle) == [
        ("`usage.attributes.cost_center` is no path that a view can read", "did you mean `cost_centre`?")
    ]
    assert told(tmp_path, view) == []


@pytest.mark.parametrize(
    ("column", "title"),
    [
        ({"met": {"var": "usage.dta"}}, "unknown path `usage.dta`"),
        ({"met": None}, "`met` must be a rule, and this asks nothing"),
        ({"met": "large"}, "`met` must be a rule, and this asks nothing"),
        ({"from": ["usage.id"], "when": False}, "`when` must be a rule, and this asks nothing"),
        ({"met": {"covred": "hipaa_baa"}}, "unknown operator `covred`"),
        ({"met": {"in": ["phl", {"var": "usage.data"}]}}, "`phl` is not a data class"),
        ({"from": ["usage.id"], "when": {"var": "usage.dta"}}, "unknown path `usage.dta`"),
        ({"from": ["usage.id"], "met": {"var": "usage.id"}}, "has `from` and `met`"),
        ({}, "has neither `from` nor `met` nor `of`"),
        ({"of": ["nothing"]}, "no column `nothing` with a rule stands before"),
        ({"from": ["usage.id"], "unless_not_met": "c0"}, "no column `c0` with a rule stands before"),
        ({"from": []}, "`from` is empty"),
        ({"from": ["usage.id"], "titel": "x"}, "unknown key `titel`"),
        ({"from": ["usage.id"], "id": "Not A Slug"}, "is not the id of a column"),
        ({"from": "usage.id"}, "must be a list"),
        ({"from": ["usage.id"], "title": " "}, "a blank text"),
        ({"of": ["rule"], "least": 2}, "2 of 1 columns"),
        ({"from": ["usage.id"], "id": "rule"}, "the id `rule` is used twice"),
    ],
)
def test_column_with_a_mistake_is_refused_with_its_place(column: Part, title: str, tmp_path: Path) -> None:
    view = view_of({"id": "rule", "met": {"var": "usage.attributes.a"}}, column)
    found = problems_of(tmp_path, view)
    assert any(title in one.title for one in found), found
    assert all(one.location is not None and one.help for one in found)


def test_every_mistake_of_a_view_is_said_at_once(tmp_path: Path) -> None:
    view = view_of({"from": ["usage.purpse"]}, {"met": {"var": "usage.dta"}}, {"of": ["x"]}, where={"covred": "x"})
    assert len(problems_of(tmp_path, view)) >= 4


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", "an empty file"),
        ("version: 2", "`2` is not a value of `version`"),
        ("[]", "the file must be a mapping"),
        ("version: 1\nname: no\n", "is not read the same everywhere"),
        (
            "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b]\n",
            "aliases",
        ),
        ("version: 1\nversion: 1\n", "stands twice"),
        ("x: [" + "[" * 200, "levels"),
        ("x: " + "y" * 10_001, "more than 10,000 characters"),
        ('title: "\x07"\n', "a control character"),
        ("x: !!python/object:os.system {}\n", "a tag"),
    ],
)
def test_file_that_is_no_view_is_refused_with_its_place(text: str, title: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text, "utf-8")
    problems: list[Problem] = []
    read_view(str(path), problems)
    assert any(title in one.title for one in problems), problems
    assert all(one.location is not None for one in problems)


def test_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("x: y\n" * 300_000, "utf-8")
    problems: list[Problem] = []
    assert read_view(str(path), problems) is None
    assert "MiB" in problems[0].title


@pytest.mark.parametrize(
    ("name", "help"),
    [("systms", "did you mean `systems`?"), ("gdpr", "views: ")],
)
def test_view_that_there_is_not_is_refused_with_the_nearest(name: str, help: str) -> None:
    problems: list[Problem] = []
    assert read_view(name, problems) is None
    assert problems[0].title == f"no view `{name}`"
    assert help in (problems[0].help or "")


VIEW: Final = value_of(shipped_text("dpia"))


@settings(max_examples=share(100), deadline=None)
@given(data=st.data())
def test_view_of_which_anything_is_another_is_read_or_refused_and_never_a_fault(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("views")
    view = copy.deepcopy(VIEW)
    column = data.draw(st.sampled_from(view["columns"]))
    key = data.draw(st.sampled_from(sorted(column)))
    column[key] = data.draw(
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.lists(st.text(max_size=4)), st.just({})
        )
    )
    (folder / "view.yaml").write_text(json.dumps(view), "utf-8")
    problems = problems_of(folder, view)
    assert all(one.title for one in problems)
