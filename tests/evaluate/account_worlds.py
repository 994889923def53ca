"""Random worlds about accounts: little but what is claimed and observed of one or two of them, and rules that read it.

In: a source of randomness. Out: worlds, as `tests.world.judge` takes them. Of an account there can be what was read and
what is attested, for all of its usages or for some; names imply settings and places, and claims contradict them.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

from tests.evaluate.law_worlds import CLOUD_REGIONS, ENDPOINTS, FEATURES, MODELS, NOWHERE, REGIONS, Part, Rule, World

SETTINGS = ("retention", "sharing", "mode")
_VALUES = (True, False, 1, "in_region")
_ARNS = ["arn:aws:bedrock:us-1:x", "arn:aws:bedrock:de-1:x"]
_TIERS = ["self_serve", "enterprise"]
_DAY = "2026-11-20"


def account_world(random: Random) -> World:
    """A usage, sometimes with a fallback, and what was observed of their accounts."""
    cell: Part = {"value": "yes_public", "verified": "2026-11-01", **_reach(random)}
    if random.random() < 0.5:
        cell["conditions"] = [_atom(random)]
    offering: Part = {
        **random.choice([{}, {"models": ["m-*", "n-1", "arn:*"]}]),
        "endpoints": ENDPOINTS,
        "features": FEATURES,
        "implies": [_implication(random) for _ in range(random.randint(0, 3))],
        **random.choice([{}, {"cloud": "acme"}, {"cloud": "acme"}]),
        "dimensions": {"hipaa_baa": cell},
    }
    usage: Part = {"data": ["internal"], **_claims(random)}
    accounts: list[tuple[str, str | None]] = [("alpha", None)]
    if random.random() < 0.5:
        named = random.choice([{"offering": "alpha", "account": "b"}, {"offering": "beta"}])
        usage["fallbacks"] = [{**named, **_claims(random)}]
        accounts.append((named["offering"], named.get("account")))
    found = World(offering=offering, usage=usage, policy={"require": [_rule(random)]})
    if random.random() < 0.3:
        found["policy"]["when"] = _read(random)
    found["others"] = {"beta": copy.deepcopy(offering)}
    required = {} if random.random() < 0.7 else {"required": [random.choice(["alpha", "beta"])]}
    found["bundle"] = {
        "region_groups": {"home": ["de", "us"]},
        "observations": {"attested": random.random() < 0.8, "max_age_days": 30, **required},
    }
    seen = [one for each in accounts for one in _seen(random, *each)]
    found["observations"] = {f"o{number}": one for number, one in enumerate(seen)}
    return found


def _some(random: Random, names: list[str], least: int = 1) -> list[str]:
    return random.sample(names, random.randint(least, min(2, len(names))))


def _kept(random: Random, optional: dict[str, Callable[[], Any]], share: float) -> Part:
    return {key: make() for key, make in optional.items() if random.random() < share}


def _told(random: Random) -> dict[str, Callable[[], Any]]:
    """What both manifests and vendors tell."""
    return {
        "region": lambda: random.choice([*REGIONS, "home"]),
        "cloud_region": lambda: random.choice(CLOUD_REGIONS),
        "features": lambda: _some(random, FEATURES, 0),
        "lifecycle": lambda: random.choice(["ga", "preview"]),
        "tier": lambda: random.choice(_TIERS),
    }


def _claims(random: Random) -> Part:
    names: dict[str, Callable[[], Any]] = {
        "models": lambda: _some(random, [*MODELS, *_ARNS]),
        "endpoints": lambda: _some(random, ENDPOINTS),
        "settings": lambda: _settings(random, SETTINGS, 0.7),
    }
    return _kept(random, {**_told(random), **names}, 0.6)


def _settings(random: Random, names: tuple[str, ...], share: float) -> Part:
    return {name: random.choice(_VALUES) for name in names if random.random() < share}


def _seen(random: Random, offering: str, account: str | None) -> list[Part]:
    """What was read of an account, what is attested of it, or both."""
    kinds: list[Part] = [{}, {"attested": {"by": "somebody", "evidence": "console.png"}, "sha256": "0" * 64}]
    named: Part = {"offering": offering, **({} if account is None else {"account": account})}
    return [{**named, **_observation(random), **kind} for kind in kinds if random.random() < 0.7]


def _observation(random: Random) -> Part:
    fields = _told(random)
    fields["region"] = lambda: random.choice(REGIONS)
    found = _kept(random, fields, 0.4)
    if random.random() < 0.4:
        regions, models = {"only": _some(random, CLOUD_REGIONS[:3])}, {"only": _some(random, ["m-*", "n-1", "arn:*"])}
        found["scope"] = random.choice(
            [{"cloud_regions": regions}, {"models": models}, {"cloud_regions": regions, "models": models}]
        )
    if random.random() < 0.4:
        found["scoped_settings"] = [_scoped(random) for _ in range(random.randint(1, 2))]
    return {"observed": _DAY, "settings": _settings(random, SETTINGS, 0.4), **found}


def _scoped(random: Random) -> Part:
    axis, names = random.choice([("endpoints", ENDPOINTS), ("models", MODELS)])
    return {"scope": {axis: {"only": _some(random, names)}}, "settings": {random.choice(SETTINGS): True}}


def _implication(random: Random) -> Part:
    """What a name says by itself: most often a feature, which can be observed."""
    named = random.choice([{"models": ["m-1"]}, {"endpoints": ["batch"]}, *[{"features": [each]} for each in FEATURES]])
    fields = {
        "settings.mode": random.choice(_VALUES),
        "settings.retention": random.choice(_VALUES),
        "features": _some(random, FEATURES),
        "lifecycle": random.choice(["ga", "preview"]),
        "region": random.choice(REGIONS),
    }
    return {**named, "set": {field: fields[field] for field in _some(random, sorted(fields))}}


def _reach(random: Random) -> Part:
    axes = {"regions": REGIONS, "cloud_regions": CLOUD_REGIONS, "features": FEATURES, "lifecycle": ["ga", "preview"]}
    axis, side = random.choice(sorted(axes)), random.choice(["only", "except"])
    names = [name for name in axes[axis] if side == "only" or name != NOWHERE]  # a registry with such a one is refused
    scope = {} if random.random() < 0.4 else {"scope": {axis: {side: _some(random, names)}}}
    return {**scope, **({"tier": random.choice(_TIERS)} if random.random() < 0.3 else {})}


def _read(random: Random) -> Rule:
    """A rule that reads what can be observed."""
    setting = f"usage.settings.{random.choice(SETTINGS)}"
    options: list[Rule] = [
        *([{random.choice(["==", "!="]): [{"var": setting}, random.choice(_VALUES)]}] * 3),
        {"within": [{"var": random.choice(["usage.region", "primary.region"])}, random.choice([*REGIONS, "home"])]},
        {"!=": [{"var": random.choice(["usage.region", "primary.region"])}, random.choice(REGIONS)]},
        {random.choice(["==", "!="]): [{"var": "usage.cloud_region"}, random.choice(CLOUD_REGIONS)]},
        {random.choice(["==", "!="]): [{"var": "usage.lifecycle"}, "ga"]},
        {random.choice(["==", "!="]): [{"var": "usage.tier"}, "enterprise"]},
        {"in": [random.choice(FEATURES), {"var": "usage.features"}]},
    ]
    return random.choice(options)


def _atom(random: Random) -> Rule:
    return random.choice([_read(random)] * 4 + [{"observed": f"usage.settings.{random.choice(SETTINGS)}"}])


def _rule(random: Random) -> Rule:
    atoms = [_atom(random), _atom(random), {"covered": "hipaa_baa"}, {"var": "registry.hipaa_baa.source"}]
    if random.random() < 0.6:
        return random.choice(atoms)
    name = random.choice(["and", "or", "!"])
    return {name: [random.choice(atoms) for _ in range(1 if name == "!" else 2)]}
