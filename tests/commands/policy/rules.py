"""Random policies over the whole data model, and random worlds that know nothing of how rules are enumerated."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from tests.commands.policy.bundles import Part
from vendorgate.commands.policy.possible_worlds import AS_OF
from vendorgate.load.document import Document
from vendorgate.load.language import language
from vendorgate.load.lexicon import Lexicon
from vendorgate.load.policies import policies_from
from vendorgate.load.words import Words
from vendorgate.logic import UNKNOWN, Value
from vendorgate.model import vocabulary as words
from vendorgate.model.policy import Policy
from vendorgate.source import Source

OFFERINGS = frozenset(("alpha", "beta", "alpha-bedrock"))
LANGUAGE = language(frozenset(words.DATA_CLASSES), Lexicon(OFFERINGS))
DATA = ["phi", "pii", "pci", "public", "synthetic"]
AREAS = ["eea", "eu", "de", "us", "global", "gb"]
SETTINGS = ["mode", "days", "flag"]
Rule = Any


def read(*entries: Part) -> tuple[Policy, ...]:
    """Policies, checked; a mistake in one is a mistake of the test."""
    problems: list[Any] = []
    value: Any = {"version": 1, "policies": list(entries)}
    document = Document(Source("p.yaml", "", lambda text: None), value, sound=True)
    found = policies_from(document, Words(frozenset(words.DATA_CLASSES), OFFERINGS), LANGUAGE, problems)
    assert not problems, problems
    return tuple(found)


def _var(path: str) -> Rule:
    return {"var": path}


def _some_of(options: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(options), min_size=1, max_size=3, unique=True)


def _binary(names: list[str], left: st.SearchStrategy[Rule], right: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    return st.tuples(st.sampled_from(names), left, right).map(lambda parts: {parts[0]: [parts[1], parts[2]]})


_PLACE = st.sampled_from(AREAS)
_NUMBER = st.integers(-2, 40)
_DATE = st.sampled_from(["agreements.dpa.expires", "agreements.dpa.signed", "registry.gdpr_dpa.verified"]).map(_var)
_ELEMENT = st.just({"var": ""})
_SETTING = st.sampled_from([f"usage.settings.{name}" for name in SETTINGS]).map(_var)
_BODY = st.one_of(
    st.tuples(_ELEMENT, _PLACE).map(lambda parts: {"within": list(parts)}),
    st.tuples(_ELEMENT, _PLACE).map(lambda parts: {"==": list(parts)}),
)
_OBSERVED = ["usage.region", "usage.settings.flag", "usage.settings.mode", "primary.region"]
FOR_WHEN: st.SearchStrategy[Rule] = st.one_of(
    st.sampled_from(DATA).map(lambda word: {"in": [word, _var("usage.data")]}),
    _binary(["subset", "disjoint"], st.just(_var("usage.data")), _some_of(DATA)),
    _binary(["subset", "disjoint"], _some_of(DATA), st.just(_var("usage.data"))),
    _binary(["==", "!=", "==="], st.just(_var("usage.environment")), st.sampled_from(words.ENVIRONMENTS)),
    _binary(["in"], st.just(_var("usage.tier")), _some_of(list(words.TIERS))),
    _binary(["=="], st.just(_var("offering.category")), st.sampled_from(words.CATEGORIES)),
    _binary(["==", "in"], st.just(_var("usage.region")), _some_of(AREAS)).map(
        lambda rule: rule if "in" in rule else {"==": [rule["=="][0], rule["=="][1][0]]}
    ),
    _binary(["within"], st.just(_var("usage.region")), _PLACE),
    _binary(["within"], _PLACE, st.just(_var("usage.region"))),
    st.tuples(st.sampled_from(["some", "all", "none"]), _BODY).map(
        lambda parts: {parts[0]: [_var("usage.subjects"), parts[1]]}
    ),
    _binary(["matches"], st.sampled_from([_var("usage.offering"), _var("offering.platform")]), st.just("alpha*")),
    _binary(["==", "!="], st.just(_var("usage.via")), st.sampled_from([None, "beta"])),
    st.sampled_from(["usage.region", "usage.settings.mode", "usage.purpose"]).map(lambda path: {"known": path}),
    st.sampled_from(_OBSERVED).map(lambda path: {"observed": path}),
    _binary(["==", "===", "!="], _SETTING, st.sampled_from([True, False, "on", 3])),
    _binary(["<", "<=", ">", ">="], _SETTING, _NUMBER),
    _binary(["<=", ">"], st.just({"+": [_var("usage.settings.days"), 1]}), _NUMBER),
    _binary(["=="], st.just(_var("usage.region")), st.just(_var("usage.cloud_region"))),
    st.just({"in": ["web_search", _var("usage.features")]}),
    st.just({"all": [_var("usage.models"), {"matches": [{"var": ""}, "gpt-*"]}]}),
    st.just({"subset": [_var("usage.endpoints"), ["chat", "batch"]]}),
    _SETTING,
    st.booleans(),
)
FOR_REQUIRE: st.SearchStrategy[Rule] = st.one_of(
    FOR_WHEN,
    st.sampled_from(["hipaa_baa", "gdpr_dpa"]).map(lambda word: {"covered": word}),
    st.sampled_from(["hipaa_baa", "gdpr_dpa"]).map(lambda word: {"documented": word}),
    st.sampled_from(["baa", "dpa"]).map(lambda word: {"agreement": word}),
    _binary(
        ["<=", ">=", "<"],
        _DATE.map(lambda date: {"days_until": date}) | _DATE.map(lambda d: {"days_since": d}),
        _NUMBER,
    ),
    _binary(["<", ">="], _DATE, st.just("2000-02-01")),
    _DATE.map(lambda date: {"known": date["var"]}),
    _binary(["==", "!="], st.just(_var("registry.gdpr_dpa.value")), st.sampled_from(words.GRADES)),
    _binary(["<=", ">", "=="], st.just(_var("registry.gdpr_dpa.facts.days")), _NUMBER),
)


def joined(leaves: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    def extend(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
        return st.one_of(
            st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, min_size=1, max_size=3)).map(
                lambda parts: {parts[0]: parts[1]}
            ),
            inner.map(lambda rule: {"!": [rule]}),
            st.tuples(inner, inner, inner).map(lambda parts: {"if": list(parts)}),
        )

    return st.recursive(leaves, extend, max_leaves=5)


POLICIES: st.SearchStrategy[Part] = st.fixed_dictionaries(
    {"id": st.just("p"), "title": st.just("P"), "require": st.lists(joined(FOR_REQUIRE), min_size=1, max_size=3)},
    optional={"when": joined(FOR_WHEN), "on_unknown": st.sampled_from(["fail", "warn", "pass"])},
)


def _maybe(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    return st.one_of(st.just(UNKNOWN), values)


def _day(offset: int) -> str:
    return (AS_OF + datetime.timedelta(days=offset)).isoformat()


_ANY: st.SearchStrategy[Value] = st.one_of(
    st.booleans(), st.integers(-5, 60), st.floats(-5, 60), st.sampled_from(["on", "off", "3", "", "later"])
)
_DAYS: st.SearchStrategy[Value] = st.integers(-1000, 1000).map(_day)
_TRUTH: st.SearchStrategy[Value] = st.sampled_from([True, False, UNKNOWN])


def _lists(options: list[str], least: int) -> st.SearchStrategy[Any]:
    return st.lists(st.sampled_from(options), min_size=least, max_size=4)


WORLDS: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {
        "usage.data": _lists([*DATA, "internal", "biometric"], 1),
        "usage.environment": st.sampled_from(words.ENVIRONMENTS),
        "usage.tier": st.sampled_from(words.TIERS),
        "offering.category": st.sampled_from(words.CATEGORIES),
        "usage.region": _maybe(st.sampled_from(sorted(words.REGIONS))),
        "usage.cloud_region": _maybe(st.sampled_from(["de", "us", "eu-west-1"])),
        "usage.purpose": _maybe(st.sampled_from(["", "help"])),
        "usage.subjects": _maybe(_lists([*AREAS, "jp", "fr", "no"], 1)),
        "usage.offering": st.sampled_from(sorted(OFFERINGS)),
        "offering.platform": st.sampled_from(["alphabet", "other"]),
        "usage.via": st.sampled_from([None, "alpha", "beta"]),
        **{f"usage.settings.{name}": _maybe(_ANY) for name in SETTINGS},
        "usage.features": _lists(["web_search", "other"], 0),
        "usage.models": _maybe(_lists(["gpt-5", "claude"], 1)),
        "usage.endpoints": _maybe(_lists(["chat", "batch", "files"], 1)),
        **{f"{sign} {word}": _TRUTH for sign in ("covered", "documented") for word in ("hipaa_baa", "gdpr_dpa")},
        **{f"agreement {kind}": st.booleans() for kind in ("baa", "dpa")},
        **{f"observed {path}": st.booleans() for path in _OBSERVED},
        **{f"agreements.dpa.{field}": _maybe(_DAYS) for field in ("expires", "signed")},
        "registry.gdpr_dpa.verified": _maybe(_DAYS),
        "registry.gdpr_dpa.value": _maybe(st.sampled_from(words.GRADES)),
        "registry.gdpr_dpa.facts.days": _maybe(_ANY),
    }
)
