"""`observed:` of a test: what was read of the account of its usage, on its own day, and nothing of the bundle's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.command import vendorgate
from tests.commands.policy.bundles import REGISTRY, Part, policies, policy, run, write
from tests.commands.policy.test_testing import case, outcome, report_of
from vendorgate.commands.policy.canonical_text import dumped, formatted

ZDR = "usage.settings.zero_data_retention"
OBSERVED = {"observed": ZDR}
USAGE: Part = {"offering": "openai-api", "data": ["phi"]}
CLAIMING: Part = {**USAGE, "settings": {"zero_data_retention": True}}
READ = {"settings": {"zero_data_retention": True}}


def comes_to(folder: Path, rule: Any, observed: Part | None, usage: Part = CLAIMING, **more: Any) -> str:
    told: Part = {} if observed is None else {"observed": observed}
    return outcome(folder, {**case("pass", usage, **more), **told}, require=[rule])


@pytest.mark.parametrize(
    ("rule", "observed", "expected"),
    [
        (OBSERVED, None, "fail"),
        (OBSERVED, {}, "fail"),
        (OBSERVED, READ, "pass"),
        ({"!": OBSERVED}, READ, "fail"),
        (OBSERVED, {"settings": {"data_sharing": False}}, "fail"),
        ({"===": [{"var": ZDR}, True]}, None, "pass"),
        ({"===": [{"var": ZDR}, True]}, {"settings": {"zero_data_retention": False}}, "fail"),
        ({"===": [{"var": "usage.settings.data_sharing"}, False]}, {"settings": {"data_sharing": False}}, "pass"),
        ({"observed": "usage.region"}, {"region": "de"}, "pass"),
        ({"within": [{"var": "usage.region"}, "eu"]}, {"region": "de"}, "pass"),
        ({"===": [{"var": "usage.region"}, "gb"]}, {"region": "uk"}, "pass"),
        ({"observed": "primary.region"}, {"region": "de"}, "pass"),
        ({"===": [{"var": "usage.cloud_region"}, "x-1"]}, {"cloud_region": "x-1"}, "pass"),
        ({"===": [{"var": "usage.tier"}, "enterprise"]}, {"tier": "enterprise"}, "pass"),
        ({"===": [{"var": "usage.lifecycle"}, "preview"]}, {"lifecycle": "preview"}, "pass"),
        ({"in": ["web_search", {"var": "usage.features"}]}, {"features": ["web_search"]}, "pass"),
    ],
)
def test_usage_is_judged_as_if_that_had_been_read(
    rule: Any, observed: Part | None, expected: str, tmp_path: Path
) -> None:
    assert comes_to(tmp_path, rule, observed) == expected


def test_it_was_read_on_the_day_of_the_test(tmp_path: Path) -> None:
    for day in ("2020-01-01", "2030-01-01"):
        assert comes_to(tmp_path, OBSERVED, READ, as_of=day) == "pass"


def test_it_is_of_the_usages_own_account_and_of_no_other_route(tmp_path: Path) -> None:
    own = {**CLAIMING, "account": "eu"}
    assert comes_to(tmp_path / "own", OBSERVED, READ, own) == "pass"
    routes: dict[str, Part] = {"fallback": {"fallbacks": ["azure-openai"]}, "gateway": {"via": "openrouter"}}
    for name, route in routes.items():
        assert comes_to(tmp_path / name, OBSERVED, READ, {**own, **route}) == "fail"


def test_every_usage_of_a_manifest_has_it(tmp_path: Path) -> None:
    usages = [{"id": "a", **USAGE}, {"id": "b", **USAGE, "offering": "anthropic-api", "account": "x"}]
    filed = {
        "name": "both",
        "policy": "example",
        "manifest": {"version": 1, "project": "p", "usages": usages},
        "observed": READ,
        "expect": {"a": "pass", "b": "pass"},
    }
    files = {"example.test.yaml": {"version": 1, "tests": [filed]}}
    report = report_of(tmp_path, policy(require=[OBSERVED], tests=None), files=files)
    assert report["tests"][0]["found"] == {"a": "pass", "b": "pass"}


def test_what_the_bundle_observes_and_requires_does_not_count(tmp_path: Path) -> None:
    read = {"version": 1, "offering": "openai-api", "observed": "2026-11-24", **READ}
    write(tmp_path, {"observations/o.yaml": read, "bundle.yaml": {"observations": {"required": ["openai-api"]}}})
    assert comes_to(tmp_path, OBSERVED, None) == "fail"
    assert comes_to(tmp_path, {"===": [{"var": ZDR}, True]}, None) == "pass"
    assert comes_to(tmp_path, {"===": [{"var": ZDR}, True]}, {"settings": {"data_sharing": False}}) == "pass"
    other = {**CLAIMING, "settings": {"zero_data_retention": False}}
    assert comes_to(tmp_path, {"===": [{"var": ZDR}, True]}, None, other) == "fail"


def test_accounts_of_the_bundle_do_not_bind_its_tests(tmp_path: Path) -> None:
    write(tmp_path, {"accounts.yaml": {"version": 1, "accounts": [{"offering": "openai-api", "name": "us"}]}})
    usage = {**CLAIMING, "account": "eu"}
    assert comes_to(tmp_path, OBSERVED, READ, usage) == "pass"
    filed = {"name": "filed", "policy": "example", "usage": usage, "observed": READ, "expect": "pass"}
    files = {"example.test.yaml": {"version": 1, "tests": [filed]}}
    assert report_of(tmp_path, policy(require=[OBSERVED], tests=None), files=files)["summary"]["failed"] == 0


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ({"observed": {"region": "atlantis"}}, "`atlantis` is not a region"),
        ({"observed": {"features": ["web_serch"]}}, "did you mean `web_search`?"),
        ({"observed": {"setings": {}}}, "unknown key `setings`"),
        ({"observed": {"account": "eu"}}, "unknown key `account`"),
        ({"observed": {"tier": "enterprize"}}, "enterprize"),
        ({"observed": {"settings": {"zero_data_retention": None}}}, "null"),
        ({"observed": None}, "null"),
        ({"observed": ["settings"]}, "list"),
        (
            {"observed": READ, "usage": {"offering": "unlisted", "vendor": "Acme", "data": ["phi"]}},
            "nothing can be observed of an unlisted vendor",
        ),
    ],
)
@pytest.mark.parametrize("is_filed", [False, True])
def test_mistake_is_told_with_its_place(test: Part, said: str, is_filed: bool, tmp_path: Path) -> None:
    whole = {**case("pass", USAGE), **test}
    filed = {"version": 1, "tests": [{"policy": "example", **whole}]}
    entry = policy(require=[OBSERVED], tests=None if is_filed else [whole])
    write(tmp_path, {"p.yaml": policies(entry), **({"example.test.yaml": filed} if is_filed else {})})
    ended = run("test", ".", folder=tmp_path)
    assert ended.code == 2
    assert said in ended.stderr
    assert ("example.test.yaml" if is_filed else "p.yaml") in ended.stderr
    assert "observed" in ended.stderr


def test_check_looks_at_no_test(tmp_path: Path) -> None:
    entry = policy(require=[OBSERVED], tests=[case("pass", USAGE, observed={"nothing": "of it"})])
    usage = {"id": "u", **USAGE}
    write(
        tmp_path,
        {"policies/p.yaml": policies(entry), "vendorgate.yaml": {"version": 1, "project": "p", "usages": [usage]}},
    )
    assert vendorgate("check", "--registry", str(REGISTRY), folder=tmp_path).code == 1
    assert run("test", "policies", folder=tmp_path).code == 2


def test_formatted_test_has_it_where_it_stands_in_the_reference() -> None:
    test = {"name": "x", "expect": "pass", "registry": {}, "observed": READ, "usage": USAGE}
    text = formatted(dumped(policies(policy(require=[OBSERVED], tests=[test]))))
    assert text.index("usage: ") < text.index("observed: {settings") < text.index("registry: ")


def test_tests_written_in_python_say_it(tmp_path: Path) -> None:
    text = """\
from vendorgate.authoring import Policy, Test, observed, usage

Policy(
    id="observed",
    title="Retention is observed",
    require=observed(usage.settings.zero_data_retention) & observed(usage.region),
    tests=[
        Test("read", "pass", {"offering": "openai-api", "data": ["phi"]}, observed={
            "settings": {"zero_data_retention": True}, "region": "de"}),
        Test("not read", "fail", {"offering": "openai-api", "data": ["phi"]}),
    ],
)
"""
    (tmp_path / "policies.py").write_text(text, encoding="utf-8")
    assert run("build", "policies.py", "--into", "bundle/p.yaml", folder=tmp_path).code == 0
    ended = run("test", "bundle", folder=tmp_path)
    assert ended.code == 0, ended.stdout
    assert "2 passed" in ended.stdout
