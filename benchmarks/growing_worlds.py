"""What an organization may have many of, each as a world with so many of it, and the commands that are tried there.

In: a number. Out: the files of a world, and arguments. What grows is one thing; all else is as small as it can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

DAY = "2026-11-24"
Files = dict[str, Any]
"""Paths, and what is written there as JSON, which is YAML."""
CHECK = ("check", ".", "--registry", "registry", "--policies", "policies", "--as-of", DAY)
INVENTORY = ("inventory", ".", "--registry", "registry", "--policies", "policies", "--as-of", DAY)
PLAN = ("plan", ".", "--registry", "registry", "--policies", "policies", "--as-of", DAY, "--within", "30d")
LISTED = ("waiver", "list", ".", "--registry", "registry", "--policies", "policies", "--as-of", DAY)
PRUNED = ("waiver", "prune", ".", "--dry-run", "--registry", "registry", "--policies", "policies", "--as-of", DAY)
LINT, DOCS, TEST = (("policy", word, "policies", "--registry", "registry") for word in ("lint", "docs", "test"))
REGISTER = ".", "--registry", "registry", "--policies", "policies", "--as-of", DAY


def usage(id: str, **more: Any) -> Files:
    return {"id": id, "offering": "alpha", "data": ["phi"], **more}


def manifest(*usages: Files, project: str = "p") -> Files:
    return {"version": 1, "project": project, "usages": list(usages)}


def offering(id: str, **more: Any) -> Files:
    cell = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}
    named = {"name": id, "developer": "D", "platform": "P", "category": "first_party"}
    return {"id": id, **named, "dimensions": {"hipaa_baa": cell}, **more}


def policy(id: str, *require: Any, **more: Any) -> Files:
    return {"id": id, "title": id, "require": list(require) or [{"covered": "hipaa_baa"}], **more}


def policies(*entries: Files, **more: Any) -> Files:
    return {"version": 1, "policies": list(entries), **more}


SNAPSHOT: Files = {
    "version": 1,
    "name": "r",
    "generated": "2026-11-01",
    "license": "CC0-1.0",
    "attribution": "made for a benchmark",
    "dimensions": {"hipaa_baa": "Is there a BAA?"},
}
WORLD: Files = {
    "registry/snapshot.yaml": SNAPSHOT,
    "registry/offerings/alpha.yaml": offering("alpha"),
    "registry/offerings/beta.yaml": offering("beta"),
    "policies/bundle.yaml": {"version": 1, "name": "b"},
    "policies/p.yaml": policies(policy("p"), policy("fails", False)),
    "vendorgate.yaml": manifest(usage("u")),
}


def waiver(index: int, **more: Any) -> Files:
    named = {"policy": "fails", "usage": f"u{index}", "project": f"p{index % 100}"}
    return {
        **named,
        "reason": "r",
        "approved_by": "a",
        "expires": f"2027-{1 + index % 12:02}-{1 + index % 28:02}",
        **more,
    }


def agreement(index: int, **more: Any) -> Files:
    named = {"kind": "baa", "offerings": ["alpha" if index % 2 else "beta"], "projects": [f"p{index % 100}"]}
    return {**named, "status": "executed", "signed": "2026-01-01", "reference": f"L-{index}", **more}


def projects(count: int, usages: int = 4) -> Files:
    """Some manifests, each of a project of its own."""
    return {
        f"m{index}/vendorgate.yaml": manifest(
            *(usage(f"u{index + 100 * at}") for at in range(usages)), project=f"p{index}"
        )
        for index in range(count)
    }


def waivers(entries: Iterable[Files]) -> Files:
    return {**projects(100), "policies/waivers.yaml": {"version": 1, "waivers": list(entries)}}


def register(entries: Iterable[Files], *more: Files) -> Files:
    asks = policies(policy("p", {"agreement": "baa"}), *more)
    return {
        **projects(20),
        "policies/p.yaml": asks,
        "policies/agreements.yaml": {"version": 1, "agreements": list(entries)},
    }


def bundle(**more: Any) -> Files:
    return {"policies/bundle.yaml": {"version": 1, "name": "b", **more}}


def one_usage(**more: Any) -> Files:
    return {"vendorgate.yaml": manifest(usage("u", **more))}


def rule_of(rules: Iterable[Any], **more: Any) -> Files:
    return {"policies/p.yaml": policies(policy("p", {"or": list(rules)}, **more))}


def requiring_the_same(whens: Iterable[Any]) -> Files:
    return {"policies/p.yaml": policies(*(policy(f"p{index}", when=when) for index, when in enumerate(whens)))}


def one_of(start: int, end: int) -> Any:
    """A rule that names up to 500 models."""
    return {"disjoint": [{"var": "usage.models"}, [f"model-{index}" for index in range(start, min(end, start + 500))]]}


def nested(depth: int) -> Any:
    rule: Any = {"covered": "hipaa_baa"}
    for _ in range(depth):
        rule = {"and": [rule, True]}
    return rule


@dataclass(frozen=True)
class Growth:
    """A thing that grows, and the commands that are tried on it."""

    what: str
    files: Callable[[int], Files]
    commands: Mapping[str, tuple[str, ...]]
    most: int = 10_000


BOTH = {"check": CHECK, "policy lint": LINT}
AGREEMENTS = {
    "check": CHECK,
    "plan": PLAN,
    **{f"agreements {word}": ("agreements", word, *REGISTER) for word in ("list", "check", "report")},
}
GROWTHS = (
    Growth(
        "manifests",
        lambda n: {f"m{i}/vendorgate.yaml": manifest(usage("u"), project=f"p{i}") for i in range(n)},
        {"check": CHECK, "inventory": INVENTORY, "plan": PLAN},
    ),
    Growth(
        "usages of a manifest",
        lambda n: {"vendorgate.yaml": manifest(*(usage(f"u{i}") for i in range(n)))},
        {"check": CHECK, "inventory": INVENTORY},
        2_000,
    ),
    Growth(
        "policies",
        lambda n: {
            "policies/p.yaml": policies(
                *(policy(f"p{i}", {"<=": [{"var": f"usage.settings.s{i}"}, i]}) for i in range(n))
            )
        },
        {**BOTH, "policy docs": DOCS},
    ),
    Growth(
        "policies that require the same, each for a project",
        lambda n: requiring_the_same({"==": [{"var": "project.name"}, f"p{i}"]} for i in range(n)),
        BOTH,
    ),
    Growth(
        "policies that require the same of one class of data",
        lambda n: requiring_the_same({"in": ["phi", {"var": "usage.data"}]} for i in range(n)),
        BOTH,
    ),
    Growth(
        "policies that require the same of every usage",
        lambda n: {"policies/p.yaml": policies(*(policy(f"p{i}") for i in range(n)))},
        BOTH,
    ),
    Growth(
        "policies that require the same, each for a number",
        lambda n: requiring_the_same({"==": [{"var": "usage.attributes.cost"}, i]} for i in range(n)),
        BOTH,
        1_000,
    ),
    Growth(
        "packs",
        lambda n: {
            **{f"policies/pack{i}/p.yaml": policies(policy(f"p{i}", False)) for i in range(n)},
            **bundle(optional_packs=[f"pack{i}" for i in range(n)]),
        },
        {"check": (*CHECK, "--pack", "pack0"), "policy docs": DOCS, "policy lint": LINT},
    ),
    Growth(
        "waivers, a name each",
        lambda n: waivers(waiver(i) for i in range(n)),
        {"check": CHECK, "plan": PLAN, "waiver list": LISTED, "waiver prune": PRUNED},
    ),
    Growth(
        "waivers of everything",
        lambda n: waivers(waiver(i, usage="*", project="*") for i in range(n)),
        {"check": CHECK, "waiver list": LISTED},
        2_000,
    ),
    Growth(
        "waivers, a glob each",
        lambda n: waivers(waiver(i, usage=f"u{i}-*", project=f"*-p{i}") for i in range(n)),
        {"check": CHECK, "waiver list": LISTED},
    ),
    Growth(
        "waivers with a glob of 1,000 characters",
        lambda n: waivers(waiver(i, usage=f"{'u*' * 500}{i}") for i in range(n)),
        {"check": CHECK},
        2_000,
    ),
    Growth("agreements", lambda n: register(agreement(i) for i in range(n)), AGREEMENTS),
    Growth(
        "agreements of everything",
        lambda n: register(agreement(i, offerings=["*"], projects=["*"]) for i in range(n)),
        {"check": CHECK},
        2_000,
    ),
    Growth(
        "offerings of a registry",
        lambda n: {f"registry/offerings/o{i}.yaml": offering(f"o{i}") for i in range(n)},
        {"check": CHECK, "registry list": ("registry", "list", "--registry", "registry")},
    ),
    Growth(
        "observations",
        lambda n: {
            f"policies/observations/o{i}.yaml": {
                "version": 1,
                "offering": "alpha",
                "account": f"a{i}",
                "observed": DAY,
                "settings": {"zdr": True},
            }
            for i in range(n)
        },
        {"check": CHECK},
    ),
    Growth(
        "accounts",
        lambda n: {
            "policies/accounts.yaml": {
                "version": 1,
                "accounts": [{"offering": "alpha", "name": f"a{i}", "project": f"proj-{i}"} for i in range(n)],
            },
            **one_usage(account="a0"),
        },
        {"check": CHECK},
    ),
    Growth("groups of regions", lambda n: bundle(region_groups={f"group-{i}": ["de", "fr"] for i in range(n)}), BOTH),
    Growth(
        "bindings of projects, and a manifest each",
        lambda n: {
            **{f"m{i}/vendorgate.yaml": manifest(usage("u"), project=f"p{i}") for i in range(n)},
            **bundle(projects=[{"project": f"p{i}", "paths": [f"m{i}/**"]} for i in range(n)]),
        },
        {"check": CHECK},
    ),
    Growth(
        "repositories, each with a binding, an agreement and a waiver",
        lambda n: {
            **{f"m{i}/vendorgate.yaml": manifest(usage(f"u{i}"), project=f"p{i}") for i in range(n)},
            **bundle(projects=[{"project": f"p{i}", "paths": [f"m{i}/**"]} for i in range(n)]),
            "policies/agreements.yaml": {
                "version": 1,
                "agreements": [agreement(i, projects=[f"p{i}"]) for i in range(n)],
            },
            "policies/waivers.yaml": {"version": 1, "waivers": [waiver(i, project=f"p{i}") for i in range(n)]},
        },
        {"check": CHECK, "inventory": INVENTORY, "plan": PLAN, "waiver list": LISTED},
    ),
    Growth(
        "data classes",
        lambda n: {**bundle(data_classes=[f"class-{i}" for i in range(n)]), **one_usage(data=["class-0"])},
        BOTH,
    ),
    Growth(
        "fallbacks of a usage",
        lambda n: one_usage(fallbacks=[{"offering": "beta", "account": f"a{i}"} for i in range(n)]),
        {"check": CHECK},
        2_000,
    ),
    Growth("models that a usage declares", lambda n: one_usage(models=[f"m{i}" for i in range(n)]), {"check": CHECK}),
    Growth(
        "models that an offering lists, and a usage declares",
        lambda n: {
            "registry/offerings/alpha.yaml": offering("alpha", models=[f"m{i}-*" for i in range(n)]),
            **one_usage(models=[f"m{i}-x" for i in range(n)]),
        },
        {"check": CHECK},
        4_000,
    ),
    Growth(
        "settings of a usage", lambda n: one_usage(settings={f"s{i}": True for i in range(n)}), {"check": CHECK}, 5_000
    ),
    Growth(
        "attributes of a usage",
        lambda n: one_usage(attributes={f"a{i}": True for i in range(n)}),
        {"check": CHECK},
        5_000,
    ),
    Growth(
        "overrides",
        lambda n: {
            **bundle(overrides=[{"policy": f"p{i}", "severity": "warning", "reason": "r"} for i in range(n)]),
            "policies/p.yaml": policies(*(policy(f"p{i}") for i in range(n))),
        },
        {"check": CHECK},
        5_000,
    ),
    Growth(
        "words that nobody has",
        lambda n: {
            **bundle(unmatched=[f"model-{i}" for i in range(n)]),
            "policies/p.yaml": policies(*(policy(f"p{at}", one_of(at, n)) for at in range(0, n, 500))),
        },
        {"check": CHECK},
        5_000,
    ),
    Growth(
        "tests of a policy",
        lambda n: {
            "policies/p.yaml": policies(
                policy(
                    "p",
                    tests=[
                        {"name": f"t{i}", "usage": {"offering": "alpha", "data": ["phi"]}, "expect": "pass"}
                        for i in range(n)
                    ],
                )
            )
        },
        {"check": CHECK, "policy test": TEST, "policy lint": LINT},
    ),
    Growth(
        "parts of a rule", lambda n: rule_of({"==": [{"var": f"usage.settings.s{i}"}, i]} for i in range(n)), BOTH, 380
    ),
    Growth(
        "words of a rule",
        lambda n: rule_of([{"subset": [{"var": "usage.models"}, [f"m{i}" for i in range(n)]]}]),
        BOTH,
        1_900,
    ),
    Growth("depth of a rule", lambda n: {"policies/p.yaml": policies(policy("p", nested(n)))}, BOTH, 40),
    Growth(
        "lints that are switched off",
        lambda n: bundle(lint=[{"ignore": "missing-tests", "policies": [f"p{i}"], "reason": "r"} for i in range(n)]),
        {"policy lint": LINT},
    ),
)
