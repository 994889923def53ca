"""The index of waivers, held to what each waiver says by itself."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from tests.thoroughness import share
from tests.world import AS_OF, Part, judge
from vendorgate.evaluate import Program, evaluate
from vendorgate.evaluate.waiver_index import WaiverIndex
from vendorgate.evaluate.waiver_uses import uses_of
from vendorgate.evaluate.waivers import Failing, breaches, has_ended, names, names_project, names_subject
from vendorgate.model.bundle_settings import WaiverRules
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.identity import Identity
from vendorgate.model.manifest import RouteName
from vendorgate.model.result import Result, WaiverUse
from vendorgate.model.subject import Subject
from vendorgate.model.waiver import Breach, Waiver, WaiverEntry, WaiverRule, WaiverState
from vendorgate.source import Source

NOWHERE = Source("", "", lambda text: None)
GLOBS = st.sampled_from(["*", "**", "a", "b", "a*", "*b", "?", "a?b", "*-*", "ab", "", "no"])
NAMES = st.sampled_from(["a", "b", "ab", "aab", "a-b", "c", "*", "a*", "?", "ſ", "S"])
VENDORS = st.sampled_from(["Acme", " ACME ", "acme", "*", "A?me", "Straße", "strasse", "", "**"])
ENTRIES = st.builds(
    WaiverEntry,
    policy=GLOBS,
    reason=st.just("r"),
    approved_by=st.just("a"),
    expires=st.sampled_from([AS_OF, AS_OF - datetime.timedelta(1), AS_OF + datetime.timedelta(9)]),
    project=GLOBS,
    usage=GLOBS,
    offering=GLOBS,
    account=st.just(UNSET) | GLOBS,
    vendor=st.just(UNSET) | VENDORS,
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return judge(tmp_path_factory.mktemp("world"), {"dimensions": {}}, {"require": [False]}, {"data": ["phi"]})


def waivers_of(entries: list[WaiverEntry]) -> tuple[Waiver, ...]:
    return tuple(Waiver(entry, NOWHERE, index) for index, entry in enumerate(entries))


def subject_of(whole: Evaluation, project: str, usage: str, offering: str, beside: dict[str, Any]) -> Subject:
    (subject,) = whole.subjects
    return msgspec.structs.replace(
        subject,
        manifest=msgspec.structs.replace(subject.manifest, project=project),
        usage=usage,
        offering=msgspec.structs.replace(subject.offering, id=offering),
        identity=Identity(beside["bound"]),
        name=RouteName(offering, beside["account"], beside["vendor"]),
    )


SUBJECTS = st.tuples(
    *(NAMES, NAMES, NAMES),
    st.fixed_dictionaries(
        {
            "bound": st.sampled_from([None, True, False]),
            "account": st.none() | NAMES,
            "vendor": st.none() | VENDORS,
        }
    ),
)


@settings(max_examples=share(400, 150))
@given(
    st.lists(ENTRIES, max_size=12), st.lists(SUBJECTS, min_size=1, max_size=3), st.lists(NAMES, min_size=1, max_size=3)
)
def test_index_names_what_each_waiver_names_by_itself(
    whole: Evaluation, entries: list[WaiverEntry], drawn: list[Any], ids: list[str]
) -> None:
    waivers, index = waivers_of(entries), WaiverIndex(waivers_of(entries))
    policies = [msgspec.structs.replace(whole.bundle.policies[0], id=id) for id in ids]
    for parts in [*drawn, *drawn]:
        subject = subject_of(whole, *parts)
        project, identity = subject.manifest.project, subject.identity
        those = index.of_project(project, is_stranger=identity.is_stranger)
        assert placed(index, those) == [one.index for one in waivers if names_project(one, identity, project)]
        assert placed(index, index.of_subject(subject)) == [one.index for one in waivers if names_subject(one, subject)]
        for policy in policies:
            by_one = [one.index for one in waivers if names(one, policy, subject)]
            assert [one.index for one in index.naming(policy, subject)] == by_one


def placed(index: WaiverIndex, bits: int) -> list[int]:
    return [one.index for one in index.among(bits)]


def plain_uses(waivers: tuple[Waiver, ...], results: list[Result]) -> list[WaiverUse]:
    """What each waiver does, one by one."""
    found = []
    for waiver in waivers:
        met = [
            one
            for one in results
            if one.outcome in ("fail", "unknown", "waived") and names(waiver, one.policy, one.subject)
        ]
        void: dict[WaiverRule, tuple[Breach, list[Result]]] = {}
        for result in met:
            for breach in (breach for one in result.void if one.waiver is waiver for breach in one.breaches):
                void.setdefault(breach.rule, (breach, []))[1].append(result)
        broken = tuple((breach, tuple(those)) for breach, those in void.values())
        found.append(WaiverUse(waiver, plain_state(waiver, met, broken), tuple(met), broken))
    return found


def plain_state(waiver: Waiver, met: list[Result], void: object) -> WaiverState:
    if has_ended(waiver, AS_OF):
        return "expired"
    if any(one.waiver is waiver for one in met):
        return "ends_soon"
    return "void" if void else "outlived" if met else "unused"


def judged_with(
    whole: Evaluation, entries: list[WaiverEntry], subjects: list[Subject], ids: list[str], rules: Part
) -> Evaluation:
    """Subjects that fail every policy, under waivers and rules for them."""
    bundle = msgspec.structs.replace(
        whole.bundle,
        waivers=waivers_of(entries),
        waiver_rules=msgspec.convert(rules, WaiverRules),
        policies=tuple(msgspec.structs.replace(whole.bundle.policies[0], id=id) for id in ids),
    )
    manifests = tuple(one.manifest for one in subjects)
    return evaluate(manifests, tuple(subjects), whole.snapshot, Program(bundle), AS_OF)


RULES: list[Part] = [{}, {"max_days": 3}, {"require_ticket": True}, {"max_days": 3, "forbid_policies": ["a*"]}]


@settings(max_examples=share(100, 40))
@given(
    st.lists(ENTRIES, min_size=1, max_size=9),
    st.lists(SUBJECTS, min_size=1, max_size=3),
    st.lists(NAMES, min_size=1, max_size=3, unique=True),
    st.sampled_from(RULES),
)
def test_uses_of_all_waivers_are_those_of_each_by_itself(
    whole: Evaluation, entries: list[WaiverEntry], drawn: list[Any], ids: list[str], rules: Part
) -> None:
    found = judged_with(whole, entries, [subject_of(whole, *parts) for parts in drawn], ids, rules)
    waivers = found.bundle.waivers
    plain = plain_uses(waivers, list(found.results))
    for result in found.results:
        failing = Failing(result.policy, result.subject, AS_OF, lambda: "")
        named = [one for one in waivers if not has_ended(one, AS_OF) and names(one, result.policy, result.subject)]
        broken = {one.index: breaches(one, found.bundle.waiver_rules, failing) for one in named}
        holding = [one for one in named if not broken[one.index]]
        assert result.waiver is max(holding, key=lambda one: one.written.expires, default=None)
        assert [(one.waiver.index, one.breaches) for one in result.void] == [one for one in broken.items() if one[1]]
    uses = uses_of(WaiverIndex(waivers), found.results, AS_OF)
    assert [(use.waiver.index, use.state) for use in uses] == [(use.waiver.index, use.state) for use in plain]
    for use, other in zip(uses, plain, strict=True):
        assert [id(one) for one in use.met] == [id(one) for one in other.met]
        assert [(breach, list(map(id, those))) for breach, those in use.void] == [
            (breach, list(map(id, those))) for breach, those in other.void
        ]


NAMED: dict[str, tuple[Part, dict[str, Any], bool]] = {
    "everything": ({}, {}, True),
    "a project by a glob": ({"project": "p*"}, {}, True),
    "a project that only claims its name": ({"project": "p"}, {"identity": Identity(False)}, False),
    "everybody, by the one way to write it": ({"project": "*"}, {"identity": Identity(False)}, True),
    "everybody, written otherwise": ({"project": "**"}, {"identity": Identity(False)}, False),
    "another offering": ({"offering": "beta"}, {}, False),
    "any account": ({"account": "*"}, {}, True),
    "an account that is not declared": ({"account": "eu"}, {}, False),
    "an account": ({"account": "eu"}, {"name": RouteName("alpha", "eu")}, True),
    "no vendor, where one must be named": ({}, {"name": RouteName("alpha", None, "Acme")}, False),
    "a vendor in another spelling": ({"vendor": " acme"}, {"name": RouteName("alpha", None, "Acme")}, True),
    "a vendor by a glob": ({"vendor": "Ac*"}, {"name": RouteName("alpha", None, "Acme")}, False),
    "any vendor, where none need be named": ({"vendor": "*"}, {}, True),
    "a vendor, where none need be named": ({"vendor": "Acme"}, {}, False),
}


@pytest.mark.parametrize(("waiver", "other", "named"), NAMED.values(), ids=NAMED)
def test_waiver_names(waiver: Part, other: dict[str, Any], named: bool, whole: Evaluation) -> None:
    entry = WaiverEntry(**{"policy": "p", "reason": "r", "approved_by": "a", "expires": AS_OF, **waiver})
    subject, index = msgspec.structs.replace(whole.subjects[0], **other), WaiverIndex(waivers_of([entry]))
    assert (index.of_subject(subject) != 0) is named
    assert [one.index for one in index.naming(whole.bundle.policies[0], subject)] == [0] * named
    assert names(waivers_of([entry])[0], whole.bundle.policies[0], subject) is named


def test_program_of_one_subject_knows_the_waivers_that_name_it_alone(whole: Evaluation) -> None:
    entries = [WaiverEntry(policy="p", reason="r", approved_by="a", expires=AS_OF, usage=id) for id in ("v", "u", "*")]
    program = Program(msgspec.structs.replace(whole.bundle, waivers=waivers_of(entries)))
    narrow = program.for_subject(whole.subjects[0])
    assert [one.index for one in narrow.bundle.waivers] == [1, 2]
    assert [one.index for one in narrow.waivers.naming(whole.bundle.policies[0], whole.subjects[0])] == [1, 2]
    assert program.waivers is program.waivers
    assert [one.index for one in program.bundle.waivers] == [0, 1, 2]
