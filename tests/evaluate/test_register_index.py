"""The agreements of a register by what they name, held to what each says by itself."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from tests.thoroughness import share
from tests.world import judge
from vendorgate.logic.functions import matches_glob
from vendorgate.model import register_index
from vendorgate.model.agreement import Agreement, Register
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.register_index import RegisterIndex
from vendorgate.resolve import resolve
from vendorgate.source import Source

NOWHERE = Source("", "", lambda text: None)
GLOBS = st.lists(st.sampled_from(["*", "**", "a", "b", "a*", "*b", "?", "a?b", ""]), max_size=3).map(tuple)
NAMES = st.sampled_from(["a", "b", "ab", "aab", "c", "*", "a*"])
REFERENCES = st.sampled_from(["LEGAL-1", "LEGAL-2"])
REGISTERS = st.lists(
    st.builds(
        Agreement,
        kind=st.just("baa"),
        offerings=GLOBS,
        status=st.just("executed"),
        projects=GLOBS,
        reference=st.just(UNSET) | REFERENCES,
    ),
    max_size=12,
).map(tuple)


def reaches(one: Agreement, offering: str, project: str, is_stranger: bool) -> bool:
    """Whether an agreement names an offering and is for a project, asked by itself."""
    named = any(matches_glob(offering, glob) for glob in one.offerings)
    limits = "*" in one.projects if is_stranger else any(matches_glob(project, glob) for glob in one.projects)
    return named and limits


@settings(max_examples=share(400, 150))
@given(REGISTERS, st.lists(st.tuples(NAMES, NAMES, st.booleans()), max_size=4), st.sets(REFERENCES))
def test_index_finds_what_each_agreement_says_by_itself(
    agreements: tuple[Agreement, ...], asked: list[tuple[str, str, bool]], references: set[str]
) -> None:
    index = RegisterIndex(agreements)
    for offering, project, is_stranger in [*asked, *asked]:
        found = index.among(index.reaching(offering, project, is_stranger=is_stranger))
        same(found, [one for one in agreements if reaches(one, offering, project, is_stranger)])
        assert index.among(index.reaching(offering, project, is_stranger=is_stranger)) is found
        stranger = index.of_project(project, is_stranger=True)
        assert stranger & ~index.of_project(project, is_stranger=False) == 0
        assert stranger == index.of_project("nobody-knows", is_stranger=True)
    for _ in range(2):
        same(index.among(index.referred_to(references)), [one for one in agreements if one.reference in references])
    assert [index.place(one) for one in agreements] == list(range(len(agreements)))


def same(found: tuple[Agreement, ...], wanted: list[Agreement]) -> None:
    """Those and no copies of them, in that order."""
    assert [id(one) for one in found] == [id(one) for one in wanted]


def test_agreement_of_another_register_has_no_place_in_it() -> None:
    one, other = (Agreement("baa", ("*",), "executed", reference=name) for name in ("a", "b"))
    assert RegisterIndex((one,)).place(other) is None


def test_more_sets_of_agreements_than_are_remembered_are_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register_index, "_REMEMBERED", 1)
    every = tuple(Agreement("baa", (name,), "executed") for name in "abc")
    index = RegisterIndex(every)
    for _ in range(2):
        for name, one in zip("abc", every, strict=True):
            same(index.among(index.reaching(name, "p", is_stranger=False)), [one])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    usage = {"data": ["phi"], "fallbacks": ["beta", {"offering": "unlisted", "vendor": "Acme"}]}
    return judge(
        tmp_path_factory.mktemp("world"),
        {"dimensions": {}},
        {"require": [True]},
        usage,
        others={"beta": {"dimensions": {}}},
    )


OFFERINGS = st.lists(st.sampled_from(["*", "alpha", "beta", "al*", "gamma"]), min_size=1, max_size=2).map(tuple)
PROJECTS = st.lists(st.sampled_from(["*", "p", "q", "p*"]), max_size=2).map(tuple)


@settings(max_examples=share(100, 40))
@given(
    st.lists(st.builds(Agreement, st.just("baa"), OFFERINGS, st.just("executed"), projects=PROJECTS), max_size=6),
    st.booleans(),
)
def test_subjects_have_the_agreements_that_reach_them_in_the_order_of_the_register(
    whole: Evaluation, agreements: list[Agreement], is_stranger: bool
) -> None:
    register = Register(tuple(agreements), NOWHERE)
    for subject in resolve(whole.manifests[0], whole.snapshot, register, () if is_stranger else None):
        named = subject.offering.id != "unlisted"
        wanted = [one for one in agreements if named and reaches(one, subject.offering.id, "p", is_stranger)]
        assert subject.agreements is not None
        same(subject.agreements, wanted)
        assert subject.unreached == ()


def test_register_is_indexed_once_and_another_one_anew() -> None:
    register = Register((Agreement("baa", ("*",), "executed"),), NOWHERE)
    assert register.index is register.index
    other = msgspec.structs.replace(register, agreements=())
    assert other.index is not register.index
    assert other.index.among(other.index.reaching("a", "p", is_stranger=False)) == ()
