"""Rules over all usages written in Python: what each spelling becomes, and what building them refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.command import Ended, vendorgate
from tests.commands.policy.bundles import REGISTRY, policies, policy, run, write
from tests.evaluate.fleets import VENDORS
from vendorgate.authoring import Term, count_distinct, keep, no, usages

SEES_PHI = keep(usages, lambda one: one.usage.data.contains("phi"))
HEAD = "from vendorgate.authoring import FleetPolicy, FleetTest, Policy, covered, count_distinct, keep, usages\n"
POLICY = 'Policy(id="p", title="P", require=[covered("hipaa_baa")])\n'
RULE = """\
FleetPolicy(
    id="two-vendors",
    title="At most two vendors see PHI",
    require=count_distinct(
        keep(usages, lambda one: one.usage.data.contains("phi")), lambda one: one.offering.platform
    ) <= 2,
    tests=[FleetTest("one vendor", "pass", [{"offering": "openai-api", "data": ["phi"]}])],
)
"""


@pytest.mark.parametrize(
    ("term", "rule"),
    [
        (count_distinct(SEES_PHI, lambda one: one.offering.platform) <= 2, {"<=": [VENDORS, 2]}),
        (
            no(usages, lambda one: one.repository.matches("acme/*")),
            {"none": [{"var": "usages"}, {"matches": [{"var": "repository"}, "acme/*"]}]},
        ),
    ],
)
def test_spelling_becomes_the_rule(term: Term, rule: Any) -> None:
    assert term.rule == rule


def built(folder: Path, text: str, *more: str) -> Ended:
    write(folder, {"rules.py": HEAD + text, "policies/p.yaml": policies(policy())})
    arguments = ("rules.py", "--policies", "policies", "--registry", str(REGISTRY), *more)
    return vendorgate("policy", "build", *arguments, folder=folder)


def test_what_is_built_is_a_file_that_judges(tmp_path: Path) -> None:
    ended = built(tmp_path, RULE, "--into", "policies/fleet.yaml")
    assert ended.code == 0, ended.stderr
    tested = run("test", "policies", "-k", "two-vendors", folder=tmp_path)
    assert (tested.code, tested.stdout[:5]) == (0, "PASS:"), tested.stderr
    assert built(tmp_path, RULE, "--into", "policies/fleet.yaml", "--check").code == 0


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        (RULE.replace("offering.platform", "offering.platfrm"), 2, "unknown path `offering.platfrm`"),
        (RULE.replace("<= 2", "<= 'two'"), 2, "`two` is no number"),
        (RULE + RULE, 10, "the id `two-vendors` is used twice"),
        (RULE.replace("title=", "when=covered('hipaa_baa'), title="), 2, "unknown key `when`"),
        (RULE + POLICY, 1, "makes policies and rules over all usages"),
        (RULE.replace("FleetPolicy(", "Policy("), 2, "`count_distinct` cannot stand here"),
    ],
    ids=["path", "number", "id", "when", "both", "policy"],
)  # fmt: skip
def test_a_mistake_is_told_with_the_line_of_the_python_file(
    text: str, line: int, expected: str, tmp_path: Path
) -> None:
    ended = built(tmp_path, text)
    assert (ended.code, ended.stdout) == (2, "")
    assert expected in ended.stderr
    assert f"rules.py:{line}:" in ended.stderr
