"""Laws of drift over random code and manifests: no use is lost, and nobody gains by declaring less."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drift.world import PROVIDERS, comment, held, manifest, rules, seen
from tests.thoroughness import share
from vendorgate.detection.model import Finding
from vendorgate.drift.declared import declarations
from vendorgate.drift.model import DriftFound
from vendorgate.model.detect import DRIFT_KINDS, DRIFT_SEVERITIES, DetectRules

IDS = [one.id for one in PROVIDERS] + ["openai-compatible", "self-hosted"]
LISTED = [one.id for one in PROVIDERS if one.listed]
ENDPOINTS, MODELS, REGIONS = ["responses", "files", "models"], ["m-1", "m-2"], ["us", "eu-central-1", "de", "apac"]
PATHS = ["a.py", "src/a.py", "src/b.py", "lib/c.py"]
STATUSES = ["used", "optional", "test", "ci", "self_hosted"]


def several(names: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)


ROUTES = st.sampled_from(LISTED).flatmap(
    lambda id: st.fixed_dictionaries(
        {"offering": st.just(id)},
        optional={"endpoints": several(ENDPOINTS), "models": several(MODELS), "region": st.sampled_from(["us", "eu"])},
    )
)
USAGES = st.builds(
    lambda one, more: {"id": "u", "data": ["pii"], **one, **more},
    ROUTES,
    st.fixed_dictionaries({}, optional={"fallbacks": st.lists(ROUTES, max_size=2), "via": ROUTES}),
)
MANIFESTS = st.lists(USAGES, max_size=3)
FINDINGS = st.lists(
    st.builds(
        lambda id, path, line, more: seen(id, f"{path}:{line}", **more),
        st.sampled_from(IDS),
        st.sampled_from(PATHS),
        st.integers(1, 4),
        st.fixed_dictionaries(
            {"status": st.sampled_from(STATUSES)},
            optional={
                "endpoint": st.sampled_from(ENDPOINTS),
                "model": st.sampled_from(MODELS),
                "region": st.sampled_from(REGIONS),
                "via": st.sampled_from(["helicone", "openrouter"]),
            },
        ),
    ),
    min_size=1,
    max_size=6,
)
SEVERITIES = st.dictionaries(st.sampled_from(DRIFT_KINDS), st.sampled_from(DRIFT_SEVERITIES[1:]), max_size=4)
"""Without `off`: what the bundle does not want to hear of is told as a notice."""
SAID: dict[str, Any] = {"undeclared-offering": "error"}


def told(found: DriftFound) -> set[tuple[str, int, str]]:
    """Where whom anything is told of, suppressed or not."""
    every = (*found.drift, *(one.drift for one in found.suppressed))
    return {(at.path, at.line, one.offering or one.vendor or "") for one in every for at in one.places}


def blocking(found: DriftFound) -> set[tuple[str, int, str]]:
    """Where something blocks, and by whom."""
    blocks = [one for one in found.drift if one.blocks]
    return {(at.path, at.line, one.offering or one.vendor or "") for one in blocks for at in one.places}


def places(findings: list[Finding]) -> set[tuple[str, int, str]]:
    return {(one.location.path, one.location.line, one.name) for one in findings}


@settings(max_examples=share(200))
@given(MANIFESTS, FINDINGS)
def test_every_use_that_nobody_declares_is_told(usages: list[Any], findings: list[Finding]) -> None:
    counted = [one for one in findings if one.status in ("used", "optional")]
    declared = declarations([manifest(*usages)]).declaring[0].routes
    names = {route.name.offering for route in declared}
    undeclared = [one for one in counted if one.offering is not None and one.offering not in names]
    unlisted = [one for one in counted if one.name in ("cerebras", "openai-compatible")]
    found = told(held(findings, manifest(*usages)))
    assert places([*undeclared, *unlisted]) <= found
    gateways = {(one.location.path, one.location.line, one.via or "") for one in counted if one.via}
    assert found <= places(counted) | gateways


def less(usages: list[Any], data: st.DataObject) -> list[Any]:
    """The same with a usage, a route, a name or a list taken out."""
    at = data.draw(st.integers(0, len(usages) - 1))
    one = dict(usages[at])
    what = data.draw(st.sampled_from(["usage", *(key for key in one if key not in ("id", "offering", "data"))]))
    if what == "usage":
        return [*usages[:at], *usages[at + 1 :]]
    value = one[what]
    if isinstance(value, list) and len(value) > 1 and data.draw(st.booleans()):
        one[what] = value[1:]
    else:
        del one[what]
    return [*usages[:at], one, *usages[at + 1 :]]


@settings(max_examples=share(400))
@given(MANIFESTS.filter(bool), FINDINGS, st.data())
def test_declaring_less_never_makes_less_differ(
    usages: list[Any], findings: list[Finding], data: st.DataObject
) -> None:
    before, after = held(findings, manifest(*usages)), held(findings, manifest(*less(usages, data)))
    assert told(before) <= told(after)


@settings(max_examples=share(400))
@given(MANIFESTS.filter(bool), FINDINGS, SEVERITIES, st.data())
def test_declaring_less_never_makes_less_block(
    usages: list[Any], findings: list[Finding], severity: Any, data: st.DataObject
) -> None:
    written = {kind: level for kind, level in severity.items() if kind in NEED_A_DECLARATION}
    by = rules(severity=written)
    before = held(findings, manifest(*usages), by=by)
    after = held(findings, manifest(*less(usages, data)), by=by)
    assert blocking(before) <= blocking(after)


NEED_A_DECLARATION = ("undeclared-endpoint", "undeclared-model", "region-mismatch")
GLOBS = st.sampled_from([*IDS, "open*", "*-api", "*"])
EXCEPTIONS = st.fixed_dictionaries(
    {"reason": st.just("r")},
    optional={
        "path": st.sampled_from(["src/**", "a.py", "**"]),
        "offering": GLOBS,
        "expires": st.sampled_from(["2026-11-28", "2026-11-29", "2027-01-01"]),
    },
).filter(lambda one: "path" in one or "offering" in one)
COMMENTS = st.builds(
    lambda id, path, line, mark: comment(f"{mark} vendorgate: ignore {id} until 2027-01-31: r", f"{path}:{line}"),
    GLOBS,
    st.sampled_from(PATHS),
    st.integers(1, 4),
    st.sampled_from(["#", "x()  #"]),
)


def told_openly(found: DriftFound) -> set[tuple[str, int, str]]:
    return {(at.path, at.line, one.offering or one.vendor or "") for one in found.drift for at in one.places}


@settings(max_examples=share(300))
@given(MANIFESTS, FINDINGS, st.lists(EXCEPTIONS, max_size=2), EXCEPTIONS)
def test_exception_hides_nothing_but_what_it_names(
    usages: list[Any], findings: list[Finding], earlier: list[Any], exception: Any
) -> None:
    without, with_it = (
        held(findings, manifest(*usages), by=rules(severity=SAID, **{"except": [*earlier, *more]}))
        for more in ([], [exception])
    )
    assert blocking(with_it) <= blocking(without)
    assert told(with_it) == told(without)
    name = exception.get("offering", "*")
    gone = told_openly(without) - told_openly(with_it)
    assert "*" in name or {who for _, _, who in gone} <= {name}
    assert exception.get("path") != "a.py" or {path for path, _, _ in gone} <= {"a.py"}


@settings(max_examples=share(300))
@given(MANIFESTS, FINDINGS, st.lists(COMMENTS, max_size=4), st.booleans())
def test_comment_hides_nothing_but_what_it_names_on_its_line(
    usages: list[Any], findings: list[Finding], comments: list[Any], lets: bool
) -> None:
    by = rules(severity=SAID, **({"comments": {"max_days": 90}} if lets else {}))
    without = held(findings, manifest(*usages), by=by)
    with_them = held(findings, manifest(*usages), by=by, comments=comments)
    assert blocking(with_them) <= blocking(without)
    assert told(with_them) == told(without)
    gone = told_openly(without) - told_openly(with_them)
    assert lets or not gone
    assert {who for _, _, who in gone} <= {one.text.split()[one.text.split().index("ignore") + 1] for one in comments}


@settings(max_examples=share(100))
@given(MANIFESTS, FINDINGS, SEVERITIES, st.randoms(use_true_random=False))
def test_order_of_what_is_found_does_not_count(
    usages: list[Any], findings: list[Finding], severity: Any, random: Any
) -> None:
    mixed = [*findings]
    random.shuffle(mixed)
    by: DetectRules = rules(severity=severity)
    one, other = held(findings, manifest(*usages), by=by), held(mixed, manifest(*usages), by=by)
    assert msgspec.to_builtins(one.drift) == msgspec.to_builtins(other.drift)


def test_order_of_what_is_called_through_one_gateway_at_one_place_does_not_count() -> None:
    findings = [
        seen(id, "a.py:1", status="used", endpoint="responses", via="helicone") for id in ("openai-api", "azure-openai")
    ]
    one, other = (held(several, manifest(), by=rules(severity={})) for several in (findings, findings[::-1]))
    assert msgspec.to_builtins(one.drift) == msgspec.to_builtins(other.drift)
    assert [drift.message.split("`")[1] for drift in one.drift] == [
        "azure-openai",
        "azure-openai",
        "openai-api",
        "openai-api",
    ]


@settings(max_examples=share(100))
@given(MANIFESTS, FINDINGS, FINDINGS)
def test_further_use_hides_no_other(usages: list[Any], findings: list[Finding], more: list[Finding]) -> None:
    assert told_openly_of_code(held(findings, manifest(*usages))) <= told_openly_of_code(
        held([*findings, *more], manifest(*usages))
    )


def told_openly_of_code(found: DriftFound) -> set[tuple[str, str, int, str]]:
    return {(one.kind, at.path, at.line, one.offering or one.vendor or "") for one in found.drift for at in one.places}
