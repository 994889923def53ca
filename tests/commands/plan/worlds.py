"""Small random worlds in which days matter: agreements, waivers, ages, `enforce_from`, and rules that count days."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st

from tests.report.evaluations import as_yaml
from tests.world import OFFERING, SNAPSHOT, WAIVER, elsewhere
from vendorgate import Gate

START: Final = datetime.date(2028, 2, 10)
"""So that a leap day is in the middle of what follows."""
SPAN: Final = 60
DIMENSIONS: Final = ["soc2_type2", "hipaa_baa", "retention_zdr", "data_residency"]
KINDS: Final = ["baa", "dpa"]
OFFERINGS: Final = ["alpha", "beta"]
Rule = Any
Part = dict[str, Any]


def day(number: int) -> str:
    """A day, counted from the first."""
    return (START + datetime.timedelta(days=number)).isoformat()


NUMBERS: Final = st.integers(-5, SPAN + 5)
DAYS: Final = NUMBERS.map(day)
LIMITS: Final = st.one_of(st.integers(-70, 70), st.sampled_from([7.5, None, 1e300]))
"""What a rule may write out beside a number."""
STATED: Final = st.one_of(LIMITS, st.sampled_from(["30", True, "soon"]))
"""What the registry may state beside it."""
COMPARISONS: Final = st.sampled_from(["==", "!=", "===", "!==", "<", "<=", ">", ">="])

PATHS: Final = [
    *(f"registry.{dimension}.verified" for dimension in DIMENSIONS),
    *(f"registry.{dimension}.facts.review" for dimension in DIMENSIONS),
    *(f"agreements.{kind}.{field}" for kind in KINDS for field in ("signed", "expires")),
    "usage.settings.review",
    "usage.purpose",
]
"""Of days, where they are stated."""
NUMERIC: Final = ["usage.settings.limit", "registry.hipaa_baa.facts.limit"]


def read(path: str, default: Any = None) -> Rule:
    """A path, with a default where one is allowed."""
    return {"var": path} if default is None or path.startswith("registry.") else {"var": [path, default]}


DATES: Final = st.one_of(DAYS, st.builds(read, st.sampled_from(PATHS), st.one_of(st.none(), DAYS)))
COUNTS: Final = st.builds(lambda name, date: {name: date}, st.sampled_from(["days_since", "days_until"]), DATES)
SIDES: Final = st.one_of(LIMITS, st.sampled_from(NUMERIC).map(lambda path: {"var": path}))
TODAY: Final = {"var": "today"}


def compared(name: str, left: Rule, right: Rule, turned: bool) -> Rule:
    return {name: [right, left] if turned else [left, right]}


SIMPLE: Final = st.builds(compared, COMPARISONS, COUNTS, SIDES, st.booleans())
BETWEEN: Final = st.builds(lambda name, a, b, c: {name: [a, b, c]}, st.sampled_from(["<", "<="]), SIDES, COUNTS, SIDES)
OF_TODAY: Final = st.builds(compared, COMPARISONS, st.just(TODAY), DATES, st.booleans())
NESTED: Final = st.one_of(
    st.builds(lambda a, b: {">": [{"+": [a, b]}, 10]}, COUNTS, COUNTS),
    st.builds(lambda a, n: {"==": [{"%": [a, 7]}, n]}, COUNTS, st.integers(0, 6)),
    st.builds(lambda a, b: {"<": [a, b]}, COUNTS, COUNTS),
    st.builds(lambda a: {"!": a}, COUNTS),
    st.builds(lambda a, n: {"some": [[a, 3], {">": [{"var": ""}, n]}]}, COUNTS, LIMITS),
    st.builds(lambda days, n: {"some": [days, {"<": [{"days_until": {"var": ""}}, n]}]}, st.lists(DAYS), LIMITS),
    st.builds(lambda days: {"in": [TODAY, days]}, st.lists(DAYS, min_size=1, max_size=3)),
    st.builds(lambda n: {"<": [{"days_since": {"var": "today"}}, n]}, LIMITS),
    st.builds(lambda n: {"==": [{"substr": [TODAY, 8, 2]}, f"{n:02}"]}, st.integers(1, 31)),
)
WITHOUT_REGISTRY: Final = st.one_of(SIMPLE, BETWEEN, OF_TODAY, NESTED).filter(
    lambda rule: "registry." not in repr(rule) and "agreements." not in repr(rule)
)
OF_ACCOUNTS: Final = st.sampled_from(
    [
        {"==": [{"var": "usage.settings.zdr"}, True]},
        {"==": [{"var": ["usage.settings.zdr", True]}, True]},
        {"known": "usage.settings.zdr"},
        {"!=": [{"var": "usage.tier"}, "free"]},
        {"within": [{"var": "usage.region"}, "eu"]},
        {"==": [{"var": "usage.region"}, {"var": "primary.region"}]},
        {"in": ["web", {"var": "usage.features"}]},
        {"<": [{"days_since": {"var": "usage.settings.review"}}, 20]},
        {"<": [{"var": "usage.settings.review"}, {"var": "today"}]},
        {"<": [{"days_until": day(30)}, {"var": "usage.settings.limit"}]},
        {"observed": "usage.settings.zdr"},
        {"observed": "primary.region"},
        {"and": [{"observed": "usage.region"}, {"within": [{"var": "usage.region"}, "eu"]}]},
        {"covered": "hipaa_baa"},
        {"observed": "usage.settings.zdr"},
        {"observed": "primary.region"},
        {"!": {"observed": "usage.features"}},
    ]
)
"""What observations tell beside days and numbers."""
ATOMS: Final = st.one_of(
    st.sampled_from(DIMENSIONS).map(lambda name: {"covered": name}),
    st.sampled_from(DIMENSIONS).map(lambda name: {"documented": name}),
    st.sampled_from(KINDS).map(lambda kind: {"agreement": kind}),
    st.sampled_from(KINDS).map(lambda kind: {"known": f"agreements.{kind}.reference"}),
    st.sampled_from(KINDS).map(lambda kind: {"==": [{"var": f"agreements.{kind}.reference"}, "R-1"]}),
    st.sampled_from(DIMENSIONS).map(lambda name: {"known": f"registry.{name}.verified"}),
    st.sampled_from(DIMENSIONS).map(lambda name: {"==": [{"var": f"registry.{name}.value"}, "yes_public"]}),
    SIMPLE,
    SIMPLE,
    BETWEEN,
    OF_TODAY,
    NESTED,
    OF_ACCOUNTS,
)


def joined(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda these: {"and": these}),
        several.map(lambda these: {"or": these}),
        inner.map(lambda one: {"!": one}),
        st.tuples(inner, inner, inner).map(lambda these: {"if": list(these)}),
    )


RULES: Final = st.recursive(ATOMS, joined, max_leaves=4)


@st.composite
def cells(draw: st.DrawFn, dimension: str) -> Part:
    """Conditions ask for later dimensions alone, so that there is no circle."""
    later = DIMENSIONS[DIMENSIONS.index(dimension) + 1 :]
    allowed = RULES.filter(
        lambda rule: not any(f"'covered': '{name}'" in repr(rule) for name in DIMENSIONS if name not in later)
    )
    cell: Part = {
        "value": draw(st.sampled_from(["yes_public", "yes_public", "no", "unclear"])),
        "confidence": draw(st.sampled_from(["high", "high", "low"])),
        "conditions": draw(st.lists(allowed, max_size=2)),
        "facts": {"review": draw(DAYS), "limit": draw(STATED)},
    }
    if draw(st.booleans()):
        cell["scope"] = {"regions": {"only": ["eu"]}}
    if draw(st.booleans()):
        cell["tier"] = "enterprise"
    if draw(st.integers(0, 4)):
        cell["verified"] = day(draw(st.integers(-40, SPAN)))
    return cell


AGREEMENTS: Final = st.builds(
    lambda kind, status, offering, signed, lasts, reference: {
        "kind": kind,
        "status": status,
        "offerings": [offering],
        "signed": day(signed),
        **({} if lasts is None else {"expires": day(signed + lasts)}),
        **({} if reference is None else {"reference": reference}),
    },
    st.sampled_from(KINDS),
    st.sampled_from(["executed", "executed", "executed", "pending", "terminated"]),
    st.sampled_from(["alpha", "*"]),
    st.integers(-20, SPAN + 1),
    st.one_of(st.none(), st.integers(0, SPAN)),
    st.sampled_from([None, "R-1", "R-2"]),
)


@st.composite
def policies(draw: st.DrawFn, number: int, observing: bool) -> Part:
    rules = st.one_of(OF_ACCOUNTS, OF_ACCOUNTS, RULES) if observing else RULES
    policy: Part = {
        "id": f"p{number}",
        "title": "P",
        "severity": draw(st.sampled_from(["error", "error", "warning", "note"])),
        "on_unknown": draw(st.sampled_from(["fail", "fail", "warn", "pass"])),
        "require": draw(st.lists(rules, min_size=1, max_size=2)),
    }
    if draw(st.booleans()):
        policy["enforce_from"] = draw(DAYS)
    if draw(st.booleans()):
        policy["when"] = draw(WITHOUT_REGISTRY)
    return policy


WAIVERS: Final = st.builds(
    lambda policy, offering, expires: {**WAIVER, "policy": policy, "offering": offering, "expires": expires},
    st.sampled_from(["p0", "*"]),
    st.sampled_from(["alpha", "*"]),
    DAYS,
)


WAIVER_RULES: Final = st.one_of(
    st.just({}),
    st.builds(lambda most: {"max_days": most}, st.integers(1, SPAN)),
    st.builds(lambda most, glob: {"max_days": most, "forbid_policies": [glob]}, st.integers(1, SPAN), st.just("p0")),
)


@st.composite
def usages(draw: st.DrawFn, number: int) -> Part:
    usage: Part = {"id": f"u{number}", "offering": draw(st.sampled_from(OFFERINGS)), "data": ["internal"]}
    usage["agreements"] = draw(st.lists(st.sampled_from(KINDS), unique=True))
    usage["settings"] = {"review": draw(DAYS), "limit": draw(st.one_of(st.integers(-30, 60), st.just("n/a")))}
    if draw(st.booleans()):
        usage["purpose"] = draw(st.one_of(DAYS, st.just("write")))
    if draw(st.booleans()):
        usage["settings"]["zdr"] = draw(st.booleans())
    for field, values in STATED_OF_ACCOUNTS.items():
        if draw(st.booleans()):
            usage[field] = draw(values)
    if usage["offering"] == "beta" and draw(st.booleans()):
        usage["fallbacks"] = [draw(st.sampled_from(["alpha", {"offering": "alpha", "account": "eu"}]))]
    return usage


STATED_OF_ACCOUNTS: Final[Mapping[str, st.SearchStrategy[Any]]] = {
    "account": st.just("eu"),
    "models": st.lists(st.sampled_from(["m-1", "m-2"]), min_size=1, unique=True),
    "region": st.sampled_from(["eu", "de", "us"]),
    "tier": st.sampled_from(["free", "enterprise"]),
    "features": st.sampled_from([[], ["web"]]),
}
SCOPED: Final = st.builds(
    lambda model, zdr: {"scope": {"models": {"only": [model]}}, "settings": {"zdr": zdr}},
    st.sampled_from(["m-1", "m-*"]),
    st.booleans(),
)


@st.composite
def observations(draw: st.DrawFn, attested: bool) -> Part:
    """What is told of an account; who it is of comes later."""
    settings = {"zdr": st.booleans(), "review": DAYS, "limit": st.integers(-30, 60)}
    told = draw(st.fixed_dictionaries({}, optional=settings))
    observation: Part = {"version": 1, "observed": day(draw(st.integers(-20, SPAN))), "settings": told}
    for field in ("region", "tier", "features"):
        if draw(st.integers(0, 2)) == 0:
            observation[field] = draw(STATED_OF_ACCOUNTS[field])
    if draw(st.booleans()):
        observation["scoped_settings"] = draw(st.lists(SCOPED, min_size=1, max_size=2))
    if draw(st.integers(0, 3)) == 0:
        observation["scope"] = {"models": {"only": ["m-1"]}}
    if draw(st.booleans()):
        observation["max_age_days"] = draw(st.integers(0, 40))
    if attested:
        observation.update(attested={"by": "ciso@example.org", "evidence": "console.png"}, sha256="0" * 64)
    return observation


RULES_OF_OBSERVATIONS: Final = st.fixed_dictionaries(
    {},
    optional={
        "max_age_days": st.integers(0, 60),
        "required": st.lists(st.sampled_from(OFFERINGS), unique=True),
        "attested": st.booleans(),
    },
)
WHOSE: Final = st.tuples(st.sampled_from(OFFERINGS), st.sampled_from([None, "eu"]), st.booleans())
"""Of which account an observation is, and whether a person attests it."""
IMPLIED: Final = st.sampled_from([[], [{"models": ["m-1"], "set": {"settings.zdr": True}}]])


@st.composite
def worlds(draw: st.DrawFn, observing: bool = False) -> Mapping[str, Part]:
    """Files by name; `observing`: what accounts are observed to be is what policies ask for."""
    ages = st.one_of(st.integers(0, 60), st.fixed_dictionaries({"default": st.integers(0, 60)}))
    demands = {"max_evidence_age_days": draw(ages), "min_confidence": draw(st.sampled_from(["low", "medium"]))}
    chosen = st.sets(st.sampled_from(DIMENSIONS), min_size=1)
    files: dict[str, Part] = {
        "registry/snapshot.yaml": SNAPSHOT,
        "policies/bundle.yaml": {
            "registry": demands,
            "fail_on": draw(st.sampled_from(["error", "warning", "note"])),
            "waivers": draw(WAIVER_RULES),
            "observations": draw(st.one_of(st.just({}), RULES_OF_OBSERVATIONS)),
        },
        "policies/p.yaml": {
            "version": 1,
            "policies": [draw(policies(number, observing)) for number in range(draw(st.integers(1, 3)))],
        },
        "vendorgate.yaml": {
            "version": 1,
            "project": "p",
            "usages": [draw(usages(number)) for number in range(draw(st.integers(1, 2)))],
        },
    }
    for name in OFFERINGS:
        dimensions = {dimension: draw(cells(dimension)) for dimension in sorted(draw(chosen))}
        known = {"endpoints": ["chat"], "features": ["web"], "implies": draw(IMPLIED)}
        files[f"registry/offerings/{name}.yaml"] = {"id": name, **OFFERING, **known, "dimensions": dimensions}
    for number, whose in enumerate(draw(st.lists(WHOSE, unique=True, min_size=2 if observing else 0, max_size=6))):
        offering, account, attested = whose
        of = {"offering": offering, **({} if account is None else {"account": account})}
        files[f"policies/observations/{number}.yaml"] = {**draw(observations(attested)), **of}
    files["registry/offerings/elsewhere.yaml"] = elsewhere(files)
    if draw(st.integers(0, 4)):
        agreements = draw(st.lists(AGREEMENTS, max_size=5))
        files["policies/agreements.yaml"] = {"version": 1, "agreements": agreements}
    if draw(st.booleans()):
        files["policies/waivers.yaml"] = {"version": 1, "waivers": draw(st.lists(WAIVERS, min_size=1, max_size=3))}
    return files


def write(folder: Path, files: Mapping[str, Part]) -> Gate:
    """The gate of a world, through files."""
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_yaml(value), encoding="utf-8")
    return Gate(folder / "policies", folder / "registry")


CELL: Final[Part] = {"value": "yes_public", "confidence": "high", "verified": START.isoformat()}


def world(
    policy: Part,
    *,
    cells: Mapping[str, Part] | None = None,
    agreements: list[Part] | None = None,
    waivers: list[Part] | None = None,
    bundle: Part | None = None,
    usage: Part | None = None,
    observations: list[Part] | None = None,
) -> Mapping[str, Part]:
    """A world of one policy and one usage; what each part says is added to what it must say."""
    dimensions = {name: {**CELL, **cell} for name, cell in (cells or {}).items()}
    used: Part = {"id": "u", "offering": "alpha", "data": ["phi"], **(usage or {})}
    files: dict[str, Part] = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": dimensions},
        "policies/bundle.yaml": bundle or {},
        "policies/p.yaml": {"version": 1, "policies": [{"id": "p", "title": "P", **policy}]},
        "vendorgate.yaml": {"version": 1, "project": "clinic", "usages": [used]},
    }
    files["registry/offerings/elsewhere.yaml"] = elsewhere(files)
    for number, one in enumerate(observations or ()):
        files[f"policies/observations/{number}.yaml"] = {"version": 1, "offering": "alpha", **one}
    if agreements is not None:
        written = [{"status": "executed", "offerings": ["alpha"], **one} for one in agreements]
        files["policies/agreements.yaml"] = {"version": 1, "agreements": written}
    if waivers is not None:
        files["policies/waivers.yaml"] = {"version": 1, "waivers": [{**WAIVER, **one} for one in waivers]}
    return files
