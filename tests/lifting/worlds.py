"""Random small worlds: two offerings, a bundle, a usage with or without a fallback, a register or none."""

from __future__ import annotations

import itertools
import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.thoroughness import part
from tests.world import AS_OF, OFFERING, SNAPSHOT, elsewhere

Document = dict[str, Any]
ENDPOINTS = ["chat", "files", "batch"]
MODELS = ["m-1", "m-2", "n-*"]
_DIMENSIONS = ("hipaa_baa", "retention_zdr", "data_residency")
_BOOLEANS = st.booleans()


def _reach(names: list[str]) -> st.SearchStrategy[Document]:
    some = st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)
    return st.one_of(st.fixed_dictionaries({"only": some}), st.fixed_dictionaries({"except": some}))


_NAMED = {"endpoints": ["files", "chat", "batch"], "features": ["web", "code"]}
"""What rules name, whatever the offerings of a world list."""
_LEAVES = st.one_of(
    st.sampled_from(["a", "b"]).flatmap(
        lambda name: st.sampled_from(
            [
                {"===": [{"var": f"usage.settings.{name}"}, True]},
                {"!==": [{"var": f"usage.settings.{name}"}, True]},
                {"in": [{"var": f"usage.settings.{name}"}, ["x", "y"]]},
                {"<=": [{"var": f"usage.settings.{name}"}, 30]},
                {"===": [{"var": f"usage.settings.{name}"}, {"var": "usage.region"}]},
            ]
        )
    ),
    st.sampled_from(
        [
            {"within": [{"var": "usage.region"}, "eea"]},
            {"==": [{"var": "usage.region"}, "us"]},
            {"known": "usage.region"},
            {"agreement": "baa"},
            {"agreement": "dpa"},
            {"disjoint": [{"var": "usage.endpoints"}, ["files"]]},
            {"subset": [{"var": "usage.endpoints"}, ["chat", "batch"]]},
            {"all": [{"var": "usage.models"}, {"matches": [{"var": ""}, "m-*"]}]},
            {"==": [{"var": "usage.tier"}, "enterprise"]},
            {"==": [{"var": "usage.via"}, None]},
            {"subset": [{"var": "usage.fallbacks"}, ["alpha"]]},
            {"!": {"in": ["web", {"var": "usage.features"}]}},
            {">=": [{"days_until": {"var": "agreements.dpa.expires"}}, 30]},
            {"==": [{"var": "usage.environment"}, "production"]},
            {"==": [{"var": "usage.lifecycle"}, "preview"]},
            {"==": [{"var": "primary.region"}, "us"]},
            {"in": [{"var": "usage.cloud_region"}, ["us-east-1", "eu-central-1"]]},
            {"known": "usage.settings.a"},
            {"in": ["web", {"var": "usage.features"}]},
            {"known": "usage.purpose"},
            {"known": "usage.attributes.a"},
            {"===": [{"var": "usage.attributes.b"}, True]},
            {"some": [{"var": "usage.subjects"}, {"within": [{"var": ""}, "eea"]}]},
            {"subset": [{"var": "usage.subjects"}, ["us", "gb"]]},
            {"in": [{"var": "usage.region"}, {"var": "usage.subjects"}]},
        ]
    ),
)
_DAYS = {"<=": [{"var": "registry.retention_zdr.facts.days"}, 30]}
_COVERED = st.sampled_from(
    [{"covered": "hipaa_baa"}, {"covered": "retention_zdr"}, {"documented": "data_residency"}, _DAYS]
)


def _joined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda rules: {"and": rules}),
        several.map(lambda rules: {"or": rules}),
        inner.map(lambda rule: {"!": rule}),
        st.tuples(inner, inner, inner).map(lambda rules: {"if": [*rules]}),
    )


CONDITIONS = st.recursive(_LEAVES, _joined, max_leaves=3)
RULES = st.recursive(st.one_of(_LEAVES, _COVERED), _joined, max_leaves=4)
_FACTS = st.fixed_dictionaries({"days": st.sampled_from([30, 60])})
_SCOPED_FACTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                {"endpoints": {"only": ["files", "batch"]}},
                {"models": {"only": ["m-2*"]}},
                {"features": {"only": ["web"]}},
            ]
        ),
        st.sampled_from([None, 10, 60]),
    ).map(lambda entry: {"scope": entry[0], "facts": {"days": entry[1]}}),
    min_size=1,
    max_size=2,
)
_IMPLIES = st.lists(
    st.sampled_from(
        [
            {"models": ["m-1"], "set": {"lifecycle": "preview"}},
            {"models": ["m-2*"], "set": {"settings.a": "x"}},
            {"models": ["m-2*"], "set": {"features": ["web"]}},
            {"models": ["n-*", "m-1"], "set": {"region": "us", "settings.b": True}},
            {"endpoints": ["batch"], "set": {"settings.b": True}},
            {"features": ["code"], "set": {"region": "de"}},
        ]
    ),
    min_size=1,
    max_size=2,
)
CLOUD = {"us-east-1": "us", "eu-central-1": "de", "eu-west-3": "fr"}
_CELLS = st.fixed_dictionaries(
    {
        "value": st.sampled_from(["yes_public", "yes_public", "yes_public", "partial", "no", "unclear"]),
        "confidence": st.just("high"),
        "verified": st.just("2026-10-01"),
    },
    optional={
        "tier": st.sampled_from(["self_serve", "enterprise"]),
        "facts": _FACTS,
        "scoped_facts": _SCOPED_FACTS,
        "conditions": st.lists(CONDITIONS, min_size=1, max_size=2),
        "scope": st.fixed_dictionaries(
            {},
            optional={
                "endpoints": _reach(ENDPOINTS),
                "models": _reach(MODELS),
                "regions": _reach(["us", "eu", "de"]),
                "features": _reach(["web", "code"]),
                "cloud_regions": _reach(["us-east-1", "eu-*"]),
                "lifecycle": _reach(["ga"]),
            },
        ),
    },
)
OFFERINGS = st.fixed_dictionaries(
    {
        "dimensions": st.fixed_dictionaries({}, optional=dict.fromkeys(_DIMENSIONS, _CELLS)),
        "endpoints": st.just(ENDPOINTS),
        "models": st.just(MODELS),
        "model_family": st.sampled_from(["M", "N"]),
    },
    optional={"implies": _IMPLIES, "cloud": st.just("aws")},
)
_ACCOUNTS: dict[str, st.SearchStrategy[Any]] = {
    "endpoints": st.lists(st.sampled_from(ENDPOINTS), min_size=1, max_size=2, unique=True),
    "models": st.lists(st.sampled_from(["m-1", "m-2", "n-9", "other"]), min_size=1, max_size=2, unique=True),
    "features": st.lists(st.sampled_from(["web", "code"]), max_size=2, unique=True),
    "tier": st.sampled_from(["free", "self_serve"]),
    "settings": st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from([True, False, "x", 60]), max_size=2),
    "agreements": st.lists(st.sampled_from(["baa", "dpa"]), unique=True),
    "region": st.sampled_from(["us", "de", "uk"]),
    "cloud_region": st.sampled_from(["us-east-1", "EU Central 1", "eu-west-3", "moon-1"]),
    "lifecycle": st.sampled_from(["ga", "preview"]),
}
_FALLBACKS = st.one_of(st.just("beta"), st.fixed_dictionaries({"offering": st.just("beta")}, optional=_ACCOUNTS))
USAGES = st.fixed_dictionaries(
    {"id": st.just("u"), "offering": st.just("alpha"), "data": st.just(["phi"])},
    optional={
        **_ACCOUNTS,
        "fallbacks": st.lists(_FALLBACKS, max_size=1),
        "purpose": st.just("To try it"),
        "subjects": st.lists(st.sampled_from(["us", "de", "jp"]), min_size=1, max_size=2, unique=True),
        "attributes": st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from([True, "x"]), min_size=1),
    },
)
POLICIES = st.fixed_dictionaries(
    {"title": st.just("P"), "require": st.lists(RULES, min_size=1, max_size=2)},
    optional={
        "on_unknown": st.sampled_from(["fail", "warn", "pass"]),
        "when": CONDITIONS.filter(lambda rule: "agree" not in str(rule)),
    },
)
ENTRIES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["baa", "dpa"]),
        "offerings": st.sampled_from([["*"], ["alpha"]]),
        "status": st.sampled_from(["executed", "pending"]),
        "signed": st.sampled_from(["2026-01-01", "2027-01-01"]),
    },
    optional={"expires": st.sampled_from(["2027-06-30", "2027-01-02"])},
)
WORLDS = st.fixed_dictionaries(
    {
        "alpha": OFFERINGS,
        "beta": OFFERINGS,
        "policies": st.lists(POLICIES, min_size=1, max_size=2),
        "usage": USAGES,
        "register": st.one_of(st.none(), st.lists(ENTRIES, max_size=2)),
    }
)

_GOOD = st.fixed_dictionaries(
    {
        "value": st.just("yes_public"),
        "confidence": st.just("high"),
        "verified": st.just("2026-10-01"),
        "facts": _FACTS,
    },
    optional={
        "scoped_facts": _SCOPED_FACTS,
        "scope": st.sampled_from(
            [{"lifecycle": {"only": ["ga"]}}, {"features": {"except": ["web"]}}, {"regions": {"only": ["us", "eu"]}}]
        ),
    },
)
_TELLING = OFFERINGS.flatmap(
    lambda offering: st.tuples(_IMPLIES, st.fixed_dictionaries(dict.fromkeys(_DIMENSIONS, _GOOD))).map(
        lambda parts: {**offering, "implies": parts[0], "cloud": "aws", "dimensions": parts[1]}
    )
)
_ABOUT_NAMES = st.one_of(
    _COVERED,
    st.sampled_from(
        [
            {"===": [{"var": "usage.settings.a"}, "x"]},
            {"in": [{"var": "usage.settings.b"}, [True, False]]},
            {"within": [{"var": "usage.region"}, "eea"]},
            {"in": [{"var": "usage.region"}, ["us", "de"]]},
            {"in": [{"var": "usage.lifecycle"}, ["ga", "preview"]]},
            {"in": ["web", {"var": "usage.features"}]},
            {"in": [{"var": "usage.cloud_region"}, ["us-east-1", "eu-central-1"]]},
        ]
    ),
)
NAMING_WORLDS = st.fixed_dictionaries(
    {
        "alpha": _TELLING,
        "beta": st.just({"endpoints": ENDPOINTS, "models": MODELS, "dimensions": {}}),
        "policies": st.lists(
            st.fixed_dictionaries(
                {"title": st.just("P"), "require": st.lists(_ABOUT_NAMES, min_size=1, max_size=1)},
                optional={"on_unknown": st.sampled_from(["warn", "pass"])},
            ),
            min_size=1,
            max_size=2,
        ),
        "usage": st.fixed_dictionaries(
            {
                "id": st.just("u"),
                "offering": st.just("alpha"),
                "data": st.just(["phi"]),
                "models": st.lists(
                    st.sampled_from(["m-1", "m-2", "n-9", "other"]), min_size=1, max_size=2, unique=True
                ),
                "settings": st.dictionaries(
                    st.sampled_from(["a", "b"]), st.sampled_from([True, False, "x"]), max_size=2
                ),
            },
            optional={
                name: _ACCOUNTS[name] for name in ("features", "region", "cloud_region", "lifecycle", "endpoints")
            },
        ),
        "register": st.none(),
    }
)
"""Worlds in which little but names decides: most usages contradict themselves, or name models of others."""
_OF_ACCOUNTS = st.one_of(
    _ABOUT_NAMES,
    st.sampled_from(
        [
            {"===": [{"var": "usage.settings.a"}, True]},
            {"===": [{"var": "usage.settings.b"}, True]},
            {"in": [{"var": "usage.settings.a"}, ["x", "y"]]},
            {"observed": "usage.settings.a"},
            {"observed": "usage.settings.b"},
            {"observed": "usage.region"},
            {"observed": "usage.features"},
            {"observed": "usage.tier"},
            {"and": [{"observed": "usage.settings.a"}, {"===": [{"var": "usage.settings.a"}, True]}]},
            {"and": [{"observed": "primary.region"}, {"within": [{"var": "primary.region"}, "eea"]}]},
            {"!": {"in": ["web", {"var": "usage.features"}]}},
            {"==": [{"var": "usage.tier"}, "enterprise"]},
        ]
    ),
)
"""Rules on what observations can tell, and on whether they do."""
_VALUES = st.sampled_from([True, False, "x"])
_SEEN = st.fixed_dictionaries({}, optional={"a": _VALUES, "b": _VALUES})
_SCOPED = st.lists(
    st.builds(
        lambda scope, settings: {"scope": scope, "settings": settings},
        st.sampled_from(
            [{"models": {"only": ["m-1"]}}, {"models": {"only": ["m-*"]}}, {"endpoints": {"only": ["chat"]}}]
        ),
        st.one_of(_VALUES.map(lambda value: {"a": value}), _VALUES.map(lambda value: {"b": value})),
    ),
    max_size=2,
)
OBSERVATIONS = st.lists(
    st.fixed_dictionaries(
        {
            "offering": st.sampled_from(["alpha", "alpha", "beta"]),
            "observed": st.sampled_from(["2026-11-20", "2026-11-20", "2026-11-20", "2026-09-01", "2026-12-01"]),
            "settings": _SEEN,
        },
        optional={
            **{name: _ACCOUNTS[name] for name in ("region", "tier", "features", "lifecycle", "cloud_region")},
            "scoped_settings": _SCOPED,
            "attested": st.just({"by": "ciso@example.org", "evidence": "console.png"}),
        },
    ),
    max_size=3,
    unique_by=lambda one: (one["offering"], "attested" in one),
)
_OBSERVING_POLICIES = st.fixed_dictionaries(
    {
        "title": st.just("P"),
        "require": st.lists(st.one_of(_OF_ACCOUNTS, _OF_ACCOUNTS, RULES), min_size=1, max_size=2),
    },
    optional={"on_unknown": st.sampled_from(["warn", "pass"])},
)
_OBSERVING = st.fixed_dictionaries(
    {},
    optional={
        "required": st.lists(st.sampled_from(["alpha", "beta"]), unique=True),
        "attested": st.booleans(),
    },
)


_FILE_SCOPES = st.sampled_from([{"models": {"only": ["m-*"]}}, {"cloud_regions": {"only": ["us-east-1"]}}])


@st.composite
def observing_worlds(draw: st.DrawFn, scoped: bool = False) -> Document:
    """Worlds in which accounts were observed, in which they must be, and of which it is asked whether they were;
    `scoped`: some settings were read for some models or for one region alone."""
    policies = draw(st.lists(_OBSERVING_POLICIES, min_size=1, max_size=2))
    observations = draw(OBSERVATIONS)
    if scoped:
        observations = [one if draw(st.booleans()) else {**one, "scope": draw(_FILE_SCOPES)} for one in observations]
    observed = {"observations": observations, "observing": draw(_OBSERVING)}
    return {**draw(st.one_of(WORLDS, NAMING_WORLDS)), "policies": policies, **observed}


def written(folder: Path, world: Document) -> tuple[Document, Document | None]:
    """Put a world into a folder; the manifest and the register as documents."""
    manifest = {"version": 1, "project": "p", "usages": [world["usage"]]}
    entries = world["register"]
    register = None if entries is None else {"version": 1, "agreements": entries}
    policies = [{"id": f"p{number}", **policy} for number, policy in enumerate(world["policies"])]
    dimensions = dict.fromkeys(_DIMENSIONS, "Is it so?")
    files: dict[str, Document | None] = {
        "registry/snapshot.yaml": {
            **SNAPSHOT,
            "dimensions": dimensions,
            "former": {"gone": _NAMED},
            "clouds": {"aws": CLOUD},
        },
        "registry/offerings/elsewhere.yaml": elsewhere(_DAYS) if str(_DAYS) in str(policies) else None,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, **world["alpha"]},
        "registry/offerings/beta.yaml": {"id": "beta", **OFFERING, **world["beta"]},
        "policies/p.yaml": {"version": 1, "policies": policies},
        "policies/agreements.yaml": register,
        "policies/bundle.yaml": {"observations": world["observing"]} if "observing" in world else None,
        "vendorgate.yaml": manifest,
    }
    for one in world.get("observations", ()):
        attested = {"sha256": "0" * 64} if "attested" in one else {}
        name = f"{one['offering']}-{'attested' if attested else 'read'}"
        files[f"policies/observations/{name}.yaml"] = {"version": 1, **one, **attested}
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if value is not None:
            path.write_text(json.dumps(value), encoding="utf-8")
    return manifest, register


def sets_of(tries: Sequence[Document], size: int, world: Document) -> Sequence[tuple[Document, ...]]:
    """What is tried blindly on a world: each by itself, and of those that are tried together every third for a commit,
    which of them depends on the world."""
    several = [*itertools.combinations(tries, size)]
    return several if size == 1 else part(several, zlib.crc32(json.dumps(world, sort_keys=True).encode()))


__all__ = ["AS_OF", "NAMING_WORLDS", "WORLDS", "observing_worlds", "sets_of", "written"]
