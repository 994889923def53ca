"""Whose a manifest is: which entry of `projects` counts, and what is unbound ("Whose project it is")."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorgate.identity import Bindings, entries_for, identify
from vendorgate.logic.functions import matches_glob
from vendorgate.model.identity import Whereabouts
from vendorgate.model.manifest import Manifest
from vendorgate.model.projects import ProjectBinding
from vendorgate.source import Source

NOWHERE = Source("vendorgate.yaml", "", lambda text: None)


def manifest(project: str = "claims", where: Whereabouts = Whereabouts(), owner: str | None = "m") -> Manifest:  # noqa: B008
    return Manifest(project, owner, (), NOWHERE, "", where)


def entries(*written: dict[str, Any]) -> Bindings:
    return msgspec.convert(written, tuple[ProjectBinding, ...])


def at(path: str | None = None, repository: str | None = None, disowned: str | None = None) -> Whereabouts:
    return Whereabouts(repository, path, disowned)


CLAIMS = {"project": "claims", "paths": ["claims/**"]}
BOTH = {"project": "claims", "paths": ["claims/**"], "repositories": ["acme/Clinic"]}
THERE = "claims/vendorgate.yaml"
TABLE: dict[str, tuple[Bindings, Whereabouts, bool | None]] = {
    "no bindings": (None, at(THERE), None),
    "no bindings, and the base says that it is another": (None, at(THERE, disowned="new"), False),
    "an empty list binds nobody": (entries(), at(THERE), False),
    "it stands there": (entries(CLAIMS), at(THERE), True),
    "bound, whatever the base has": (entries(CLAIMS), at(THERE, disowned="new"), True),
    "it stands elsewhere": (entries(CLAIMS), at("other/vendorgate.yaml"), False),
    "elsewhere, in a folder of that name": (entries(CLAIMS), at("other/claims/vendorgate.yaml"), False),
    "it is not in the repository": (entries(CLAIMS), at(None), False),
    "another project": (entries({**CLAIMS, "project": "pilot"}), at(THERE), False),
    "a glob of projects": (entries({**CLAIMS, "project": "cl*"}), at(THERE), True),
    "the repository": (entries({"project": "claims", "repositories": ["acme/*"]}), at(None, "acme/clinic"), True),
    "the repository in another case": (
        entries({"project": "claims", "repositories": ["acme/Clinic"]}),
        at(None, "ACME/cLINIC"),
        True,
    ),
    "another repository": (entries({"project": "claims", "repositories": ["acme/*"]}), at(THERE, "evil/clinic"), False),
    "a group in a group": (entries({"project": "claims", "repositories": ["acme/*"]}), at(THERE, "acme/x/y"), False),
    "nobody says the repository": (entries({"project": "claims", "repositories": ["**"]}), at(THERE), False),
    "both hold": (entries(BOTH), at(THERE, "acme/clinic"), True),
    "the path alone": (entries(BOTH), at(THERE, "acme/other"), False),
    "the repository alone": (entries(BOTH), at("x.yaml", "acme/clinic"), False),
    "one of several globs": (entries({**CLAIMS, "paths": ["a/**", "claims/**"]}), at(THERE), True),
    "an entry that says no place binds nobody": ((ProjectBinding("claims"),), at(THERE, "a/b"), False),
    "a later entry": (entries({**CLAIMS, "paths": ["a/**"]}, CLAIMS), at(THERE), True),
}


@pytest.mark.parametrize(("projects", "where", "bound"), TABLE.values(), ids=TABLE)
def test_manifest_is_bound(projects: Bindings, where: Whereabouts, bound: bool | None) -> None:
    assert identify(manifest(where=where), projects).bound is bound


OWNERS: dict[str, tuple[Bindings, str | None]] = {
    "no bindings": (None, "m"),
    "unbound": (entries(), "m"),
    "an entry without an owner": (entries(CLAIMS), "m"),
    "an entry with one": (entries({**CLAIMS, "owner": "e"}), "e"),
    "the first entry counts": (entries({**CLAIMS, "owner": "e"}, {**CLAIMS, "owner": "f"}), "e"),
    "the first that fits counts": (
        entries({**CLAIMS, "paths": ["a/*"], "owner": "e"}, {**CLAIMS, "owner": "f"}),
        "f",
    ),
}


@pytest.mark.parametrize(("projects", "owner"), OWNERS.values(), ids=OWNERS)
def test_owner_is_the_entrys(projects: Bindings, owner: str | None) -> None:
    assert identify(manifest(where=at(THERE)), projects).owner == owner


NAMES = st.sampled_from(["claims", "c*", "*", "pilot", "*s", "?laims", ""])


@given(st.lists(NAMES, max_size=6), st.sampled_from(["claims", "pilot", "c*", "cs"]))
def test_entries_for_a_project_are_those_whose_glob_fits_in_their_order(globs: list[str], project: str) -> None:
    projects = tuple(ProjectBinding(glob, paths=(f"{index}",)) for index, glob in enumerate(globs))
    for _ in range(2):
        assert [*entries_for(projects, project)] == [one for one in projects if matches_glob(project, one.project)]
    assert [*entries_for(None, project)] == []


def test_bindings_that_say_the_same_are_looked_at_by_themselves() -> None:
    one, other = entries(CLAIMS), entries(CLAIMS)
    assert one is not None
    assert other is not None
    assert [id(found) for each in (one, other) for found in entries_for(each, "claims")] == [id(one[0]), id(other[0])]


BINDINGS = st.lists(
    st.builds(
        lambda project, place, globs, owner: {"project": project, place: globs, **({"owner": owner} if owner else {})},
        st.sampled_from(["claims", "c*", "*", "pilot"]),
        st.sampled_from(["paths", "repositories"]),
        st.lists(st.sampled_from(["claims/**", "**", "acme/*", "a/b"]), min_size=1, max_size=2),
        st.sampled_from(["", "e", "f"]),
    ),
    max_size=4,
)


@given(BINDINGS, BINDINGS, st.sampled_from([None, THERE, "a/b"]), st.sampled_from([None, "acme/clinic", "a/b"]))
def test_another_binding_changes_nothing_for_who_is_bound(
    one: list[dict[str, Any]], more: list[dict[str, Any]], path: str | None, repository: str | None
) -> None:
    judged = manifest(where=at(path, repository))
    before, after = identify(judged, entries(*one)), identify(judged, entries(*one, *more))
    assert after == before or not before.bound
