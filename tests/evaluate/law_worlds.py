"""Random worlds for the laws of `tests.evaluate.laws`: an offering, a usage, a policy, and what else there can be.

In: a source of randomness. Out: worlds, as `tests.world.judge` takes them.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

DIMENSIONS = ["soc2_type2", "hipaa_baa", "retention_zdr", "data_residency"]
GRADES = ["yes_public", "yes_sales_gated", "partial", "no", "unclear", "no_public_evidence", "new_in_2030"]
MODELS = ["m-1", "m-2", "n-1"]
FEATURES = ["search", "memory"]
ENDPOINTS = ["chat", "batch"]
REGIONS = ["us", "de", "eu"]
NOWHERE = "nowhere-1"
CLOUD_REGIONS = ["us-1", "DE 1", "eu", NOWHERE]
CERTIFICATIONS = ["soc_2", "iso_27001"]
DAYS = ["2026-11-23", "2026-01-01", "2025-11-01", "2027-01-01"]
SNAPSHOT: dict[str, Any] = {"clouds": {"acme": {"us-1": "us", "de-1": "de", "eu": "eu"}}}
DECLARATIONS = ("models", "endpoints", "subjects", "region", "cloud_region", "settings")
"""Those without a stated default."""
ROUTES = ("fallbacks", "recipients")
"""Fields of a usage that name other routes."""
TOLD = ("owner", "notice_days", "scc_modules", "reviewed")
"""Fields of an agreement that can be taken away by themselves: whether it is in force does not depend on them."""
IMPLYING = ("implies", "cloud")
"""Keys of an offering that say what names mean."""
Part = dict[str, Any]
Rule = Any


class World(dict[str, Any]):
    """An offering, a usage and a policy; and whether its rules ask for agreements, and then negate nothing."""

    agreements = False


def world(random: Random) -> World:
    """A world that nobody has thought of."""
    agreements = random.random() < 0.5
    offering: Part = {
        "models": ["m-*", "n-1"],
        "endpoints": ENDPOINTS,
        "features": FEATURES,
        "implies": [_implication(random) for _ in range(random.randint(0, 3))],
        **random.choice([{}, {"cloud": "acme"}]),
        "dimensions": {name: _cell(random, name, agreements) for name in DIMENSIONS if random.random() < 0.6},
    }
    policy: Part = {"require": [_rule(random, agreements, DIMENSIONS) for _ in range(random.randint(1, 2))]}
    found = World(offering=offering, usage=_usage(random), policy=policy)
    found.agreements = agreements
    return found


def _some(random: Random, names: list[str], least: int = 1, most: int = 2) -> list[str]:
    return random.sample(names, random.randint(least, min(most, len(names))))


def _atom(random: Random, agreements: bool, dimensions: list[str]) -> Rule:
    """A rule without others in it; `covered` asks for the dimensions alone that are given."""
    dimension, days, region = random.choice(DIMENSIONS), random.randint(0, 400), random.choice(REGIONS)
    setting = random.choice(["sharing", "mode"])
    options: list[Rule] = [
        {"documented": dimension},
        {"==": [{"var": "usage.settings.retention"}, random.random() < 0.5]},
        {"!!": {"var": f"usage.settings.{setting}"}},
        {"<=": [{"var": f"registry.{dimension}.facts.days"}, days]},
        {"var": f"registry.{dimension}.facts.certifications_listed.{random.choice(CERTIFICATIONS)}"},
        {">": [{"days_since": {"var": f"registry.{dimension}.verified"}}, days]},
        {"!=": [{"var": f"registry.{dimension}.value"}, random.choice(GRADES[:6])]},
        {"within": [{"var": "usage.region"}, region]},
        {"in": [region, {"var": "usage.subjects"}]},
        {random.choice(["all", "some", "none"]): [{"var": "usage.models"}, {"matches": [{"var": ""}, "m-*"]}]},
        {random.choice(["subset", "disjoint"]): [{"var": "usage.endpoints"}, ["chat"]]},
        {"==": [{"var": "usage.cloud_region"}, {"var": "usage.region"}]},
        {"==": [{"var": "usage.lifecycle"}, "ga"]},
        {"disjoint": [{"var": "usage.features"}, ["memory"]]},
        {"==": [{"var": "primary.region"}, region]},
        {">": [{"+": [{"var": "usage.settings.mode"}, 1]}, 1]},
        *([{"covered": random.choice(dimensions)}] * 3 if dimensions else []),
        *([{"agreement": random.choice(["baa", "zdr"])}] * 2 if agreements else []),
    ]
    return random.choice(options)


def _rule(random: Random, agreements: bool, dimensions: list[str], depth: int = 2) -> Rule:
    """A rule with agreements and without negation, or the other way round."""
    if depth == 0 or random.random() < 0.5:
        return _atom(random, agreements, dimensions)

    def inner() -> Rule:
        return _rule(random, agreements, dimensions, depth - 1)

    name = random.choice(["and", "or"] if agreements else ["and", "or", "!", "if"])
    if name == "!":
        return {"!": inner()}
    count = 3 if name == "if" else random.randint(1, 3)
    return {name: [inner() for _ in range(count)]}


def _reach(random: Random, names: list[str]) -> Part:
    """No exclusion names a region that the cloud does not have: a registry with one is refused."""
    side = random.choice(["only", "except"])
    return {side: _some(random, [name for name in names if side == "only" or name != NOWHERE])}


def _scoped_facts(random: Random) -> Part:
    axis, names = random.choice([("endpoints", ENDPOINTS), ("models", MODELS), ("features", FEATURES)])
    days = None if random.random() < 0.3 else random.randint(0, 400)
    facts = random.choice([{"days": days}, {"days": days, **_listing(random)}, _listing(random)])
    return {"scope": {axis: {"only": _some(random, names)}}, "facts": facts}


def _listing(random: Random) -> Part:
    """A list of names, of which it is said that it is complete, that it is not, or nothing."""
    complete: Part = random.choice([{}, {"complete": True}, {"complete": False}])
    return {"certifications_listed": {"names": _some(random, CERTIFICATIONS, 0), **complete}}


def _implication(random: Random) -> Part:
    """What a name of an offering says by itself."""
    axis, names = random.choice([("models", [*MODELS, "m-*"]), ("endpoints", ENDPOINTS), ("features", FEATURES)])
    fields = {
        "settings.retention": random.random() < 0.5,
        "settings.mode": random.randint(0, 2),
        "features": _some(random, FEATURES),
        "lifecycle": random.choice(["ga", "preview"]),
        "region": random.choice(REGIONS),
    }
    return {axis: [random.choice(names)], "set": {field: fields[field] for field in _some(random, sorted(fields))}}


def _cell(random: Random, dimension: str, agreements: bool) -> Part:
    """A cell; its conditions ask for later dimensions alone, so that there is no circle."""
    later = DIMENSIONS[DIMENSIONS.index(dimension) + 1 :]
    axes = {
        "models": MODELS,
        "endpoints": ENDPOINTS,
        "regions": REGIONS,
        "cloud_regions": CLOUD_REGIONS,
        "features": FEATURES,
        "lifecycle": ["ga", "preview"],
    }
    optional: dict[str, Callable[[], Any]] = {
        "confidence": lambda: random.choice(["high", "low"]),
        "verified": lambda: random.choice(DAYS),
        "facts": lambda: {"days": random.randint(0, 400), **(_listing(random) if random.random() < 0.5 else {})},
        "tier": lambda: random.choice(["self_serve", "enterprise"]),
        "scoped_facts": lambda: [_scoped_facts(random) for _ in range(random.randint(0, 2))],
        "valid_until": lambda: random.choice(DAYS),
        "scope": lambda: {axis: _reach(random, axes[axis]) for axis in _some(random, sorted(axes))},
    }
    found = {key: make() for key, make in optional.items() if random.random() < (0.8 if key == "verified" else 0.4)}
    conditions = [_rule(random, agreements, later, 1) for _ in range(random.choice([0, 0, 1, 2]))]
    return {"value": random.choice(GRADES), "conditions": conditions, **found}


def _usage(random: Random) -> Part:
    settings = ("retention", "sharing", "mode")
    optional: dict[str, Callable[[], Any]] = {
        "models": lambda: _some(random, [*MODELS, MODELS[0], "unheard-of"][: random.choice([3, 3, 5])]),
        "endpoints": lambda: _some(random, ENDPOINTS),
        "subjects": lambda: _some(random, REGIONS, 1, 3),
        "region": lambda: random.choice(REGIONS),
        "cloud_region": lambda: random.choice(CLOUD_REGIONS),
        "features": lambda: _some(random, FEATURES, 0),
        "lifecycle": lambda: random.choice(["ga", "preview"]),
        "agreements": lambda: _some(random, ["baa", "zdr"], 0),
        "settings": lambda: {
            name: random.choice([True, False, 0, 1, 2]) for name in _some(random, list(settings), 0, 3)
        },
    }
    return {"data": ["internal"], **{key: make() for key, make in optional.items() if random.random() < 0.6}}


def wide_world(random: Random) -> World:
    """The same with other routes and accounts, an unlisted vendor, a register, cells of the organization's own, groups
    of regions, attributes and overrides."""
    found = world(random)
    usage, policy = found["usage"], found["policy"]
    found["others"] = {"beta": {"dimensions": {name: _cell(random, name, found.agreements) for name in DIMENSIONS[:3]}}}
    found["bundle"] = {"region_groups": {"home": ["de", "us"], "europe": ["eu", "ch"]}}
    if random.random() < 0.3:
        override = random.choice([{"severity": "warning"}, {"severity": "note"}, {"enforce_from": "2027-01-01"}])
        found["bundle"]["overrides"] = [{"policy": "p", "reason": "r", **override}]
    if random.random() < 0.5:
        usage["account"] = random.choice(["main", "eu-prod"])
    if random.random() < 0.5:
        usage["attributes"] = {"dpia": random.choice(["D-1", "none"]), "reviewed": random.random() < 0.5}
    if random.random() < 0.3:
        usage["region"] = random.choice(["home", "europe"])
    for field, most in (("fallbacks", 2), ("recipients", 2)):
        routes = [_route(random, field, number) for number in range(random.choice([0, 0, 1, most]))]
        if routes:
            usage[field] = routes
    policy["require"].append(random.choice([_wide_atom, _told_atom])(random))
    if random.random() < 0.5:
        policy["when"] = _wide_atom(random)
    if random.random() < 0.5:
        clauses = {"kind": "scc", "offerings": ["*"], "status": "executed", "signed": "2026-01-01", "reference": "S-1"}
        found["agreements"] = [
            *(_entry(random, number) for number in range(random.randint(0, 4))),
            *([{**clauses, **_told(random)}] if random.random() < 0.7 else []),
        ]
    if random.random() < 0.6:
        found["overlays"] = {"o": {"extends": "alpha", "aliases": ["Ours"], "dimensions": _own_cells(random, found)}}
    if random.random() < 0.3:
        _add_contract(random, found)
    if random.random() < 0.4:
        found["waivers"] = [_waiver(random, number) for number in range(random.randint(1, 4))]
    return found


def agreed_world(random: Random) -> World:
    """The same with a register in which most are in force, several of a kind, and a policy that needs them."""
    found = wide_world(random)
    kinds = random.sample(["baa", "zdr"], random.randint(1, 2))
    ends: list[Part] = [{}, {"expires": "2026-11-23"}, {"expires": "2026-12-24"}, {"expires": "2027-06-01"}]
    filed = {"offerings": ["*"], "status": "executed", "signed": "2026-01-01"}
    entries = [
        {"kind": random.choice(kinds), **filed, "reference": f"A-{number}", **random.choice(ends)}
        for number in range(random.randint(1, 5))
    ]
    found["agreements"] = [*found.get("agreements", ()), *entries]
    needed: list[Rule] = [{"agreement": random.choice(kinds)}, {"covered": "hipaa_baa"}]
    found["policy"]["require"] = [random.choice([needed[0], {"and": needed}, {"or": needed}]), _wide_atom(random)]
    conditions = [{"agreement": random.choice(kinds)}]
    for there in (found["offering"], found["others"]["beta"]):
        cell = {"value": "yes_public", "verified": "2026-11-01", "conditions": conditions}
        there["dimensions"]["hipaa_baa"] = cell
    return found


def _waiver(random: Random, number: int) -> Part:
    """A waiver, with a ticket that no other has."""
    project = random.choice([{}, {"project": "p"}, {"project": "other"}])
    offering = random.choice([{}, {"offering": "alpha"}, {"offering": "beta"}, {"account": "main"}])
    expires = random.choice(["2026-11-23", "2026-11-01", "2027-06-01", "2027-01-01"])
    return {
        "policy": random.choice(["p", "*", "q"]),
        **project,
        **offering,
        "expires": expires,
        "ticket": f"T-{number}",
    }


def _add_contract(random: Random, found: World) -> None:
    """A cell that rests on a contract which counts, and a rule that asks for it."""
    name, kind = random.choice([("hipaa_baa", "baa"), ("retention_zdr", "zdr"), ("soc2_type2", "other")])
    entry = {"kind": kind, "offerings": ["alpha"], "status": "executed", "signed": "2026-01-01", "reference": "C-1"}
    found["agreements"] = [*found.get("agreements", ()), entry]
    cells = found.setdefault("overlays", {}).setdefault(
        "o", {"extends": "alpha", "aliases": ["Ours"], "dimensions": {}}
    )["dimensions"]
    scope: Part = random.choice([{}, {"regions": {"only": ["home", "eu"]}}, {"models": {"only": ["m-*"]}}])
    cells[name] = {"value": "yes_contract", "agreement": "C-1", "verified": "2026-11-01", "scope": scope}
    found["policy"]["require"] = [random.choice([{"covered": name}, {"or": [{"covered": name}, _wide_atom(random)]}])]


def _route(random: Random, field: str, number: int) -> Part:
    """A route that no other of the usage is."""
    account = {"account": f"{field}-{number}"}
    named: Part = random.choice([{"offering": "alpha", **account}, {"offering": "beta", **account}])
    if random.random() < 0.3:
        named = {"offering": "unlisted", "vendor": f"Vendor {field} {number}"}
    own = {key: value for key, value in _usage(random).items() if key in OWN_OF_ROUTES and random.random() < 0.7}
    known = {key: value for key, value in own.items() if named["offering"] == "alpha" or key not in ("endpoints",)}
    return {**named, **(known if named["offering"] != "unlisted" else {})}


OWN_OF_ROUTES = ("models", "endpoints", "features", "region", "cloud_region", "settings", "agreements", "lifecycle")


def _wide_atom(random: Random) -> Rule:
    """What only wide worlds have something to say about; nothing of it is negated."""
    region = random.choice(["home", "europe", "eu"])
    return random.choice(
        [
            True,
            {"==": [{"var": "usage.attributes.dpia"}, "D-1"]},
            {"==": [{"var": "usage.attributes.reviewed"}, True]},
            {"within": [{"var": "usage.region"}, region]},
            {"subset": [{"var": "usage.subjects"}, [region, "us"]]},
            {"in": [{"var": "usage.route"}, ["primary", "recipient"]]},
            {"!=": [{"var": "offering.category"}, "aggregator"]},
            {"or": [{"==": [{"var": "usage.account"}, "main"]}, {"==": [{"var": "primary.region"}, "eu"]}]},
            {"in": [{"var": "primary.offering"}, ["alpha", "beta"]]},
            {"==": [{"var": "project.name"}, "p"]},
        ]
    )


def _told_atom(random: Random) -> Rule:
    """What is told of agreements: of some of a kind, or of the only one of a kind."""
    some = {"var": f"agreements.{random.choice(['baa', 'zdr', 'dpa', 'scc'])}.all"}
    only = "agreements.scc."
    root = random.choice(["", only])
    owner, notice, review = (f"{root}{field}" for field in ("owner", "notice_days", "reviewed.on"))
    rule: Rule = random.choice(
        [
            {"!=": [{"var": owner}, "legal"]},
            {"<=": [{"var": notice}, 30]},
            {"<=": [{"days_since": {"var": review}}, 200]},
            {">": [{"days_since": {"var": review}}, 200]},
            {"!": {"==": [{"var": review.replace(".on", ".by")}, "legal"]}},
            {"in": [2, {"var": notice.replace("notice_days", "scc_modules")}]},
        ]
    )
    return rule if root else {"some": [some, rule]}


def _told(random: Random) -> Part:
    """What an entry of the register tells beside whether it is in force; of a review also that it is to come."""
    review = {"by": random.choice(["legal", "it"]), "on": random.choice(["2026-02-01", "2026-11-23", "2026-11-24"])}
    optional: Part = {
        "owner": random.choice(["legal", "it"]),
        "notice_days": random.choice([0, 30, 60]),
        "scc_modules": random.choice([[2], [1, 3]]),
        "reviewed": review,
    }
    return {field: optional[field] for field in TOLD if random.random() < 0.6}


def _entry(random: Random, number: int) -> Part:
    """An agreement, with a reference that no other has."""
    expires = random.choice(["2026-11-23", "2026-11-01", "2027-06-01"])
    ends = {"expires": expires} if random.random() < 0.5 else {}
    signed = "2026-01-01" if ends and ends["expires"] < "2027" else random.choice(["2026-01-01", "2026-12-01"])
    kept = ("owner", "notice_days", *(["reviewed"] if signed < "2026-02" else []))
    return {
        **{field: value for field, value in _told(random).items() if field in kept},
        "kind": random.choice(["baa", "zdr", "dpa", "residency"]),
        "offerings": random.choice([["alpha"], ["*"], ["beta", "alpha"], ["beta"]]),
        "status": random.choice(["executed", "executed", "pending"]),
        "signed": signed,
        "reference": f"L-{number}",
        **ends,
        **({"projects": [random.choice(["p", "*", "other"])]} if random.random() < 0.3 else {}),
    }


def _own_cells(random: Random, found: World) -> Part:
    """Cells of the organization's own, each with a scope, since the one in whose place it stands may have one."""
    cells = {}
    for name in random.sample(DIMENSIONS, random.randint(1, 3)):
        cell = {"scope": {}, **_cell(random, name, found.agreements)}
        if random.random() < 0.5:
            cell["value"], cell["agreement"] = "yes_contract", f"L-{random.randint(0, 3)}"
        if random.random() < 0.3:
            cell["scope"] = {"regions": {random.choice(["only", "except"]): [random.choice(["home", "europe"])]}}
        cells[name] = cell
    return cells


def observed_world(random: Random) -> World:
    """A wide world in which something was observed of its accounts, and of some offerings must be."""
    found = wide_world(random)
    usage = found["usage"]
    accounts = {("alpha", usage.get("account"))}
    for field in ROUTES:
        accounts |= {(one["offering"], one["account"]) for one in usage.get(field, ()) if "account" in one}
    seen = [_observation(random, *each) for each in sorted(accounts, key=str) if random.random() < 0.8]
    found["observations"] = {f"o{number}": one for number, one in enumerate(seen)}
    rules = {"attested": random.random() < 0.5, "max_age_days": random.choice([7, 30])}
    required = _some(random, ["alpha", "beta"], 0)
    found["bundle"]["observations"] = {**rules, **({"required": required} if required else {})}
    return found


def _observation(random: Random, offering: str, account: str | None) -> Part:
    optional: dict[str, Callable[[], Any]] = {
        "region": lambda: random.choice(REGIONS),
        "cloud_region": lambda: random.choice(CLOUD_REGIONS),
        "features": lambda: _some(random, FEATURES, 0),
        "lifecycle": lambda: random.choice(["ga", "preview"]),
        "attested": lambda: {"by": "somebody", "evidence": "console.png"},
    }
    told = {key: make() for key, make in optional.items() if random.random() < 0.3}
    names = _some(random, ["retention", "sharing", "mode"], 0, 3)
    entries = [_scoped_settings(random) for _ in range(random.choice([0, 0, 1, 2]))]
    scoped = {"scoped_settings": entries} if entries else {}
    if random.random() < 0.2:
        axis, reached = random.choice([("cloud_regions", CLOUD_REGIONS[:3]), ("models", ["m-*", "n-1"])])
        told["scope"] = {axis: {"only": _some(random, reached)}}
    return {
        "offering": offering,
        **({} if account is None else {"account": account}),
        "observed": random.choice(["2026-11-23", "2026-11-20", "2026-11-01", "2026-01-01", "2026-11-24"]),
        "settings": {name: random.choice([True, False, 0, 1, 2]) for name in names},
        **told,
        **({"sha256": "0" * 64} if "attested" in told else {}),
        **scoped,
    }


def _scoped_settings(random: Random) -> Part:
    axis, names = random.choice([("endpoints", ENDPOINTS), ("models", MODELS)])
    settings = {random.choice(["retention", "sharing", "mode"]): random.choice([True, False, 1])}
    return {"scope": {axis: {"only": _some(random, names)}}, "settings": settings}
