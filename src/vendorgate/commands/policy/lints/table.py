"""Every lint in one table: its id, what it is for in one line.

The page of a lint is `docs/lints/<id>.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..lint_model import LintId

LINTS: Final[Mapping[LintId, str]] = {
    "never-applies": "no usage can meet `when`",
    "always-applies": "every usage meets `when`",
    "never-fails": "every usage that the policy applies to passes",
    "never-passes": "no fleet passes a rule over all usages",
    "constant-condition": "a condition is always true or always false",
    "duplicate-policy": "another policy decides the same",
    "shadowed-policy": "another policy fails wherever this one does",
    "duplicate-requirement": "a requirement stands twice",
    "repeated-word": "a word stands twice in a list",
    "redundant-operator": "an operator does nothing",
    "missing-remediation": "the policy says no way out",
    "missing-references": "the policy cites nothing",
    "misspelt-control": "a framework or a control is almost called as one that ships",
    "missing-tests": "the policy has no tests",
    "no-failing-test": "no test shows that the policy can fail",
    "hidden-unknown": "a default stands in for what nobody stated",
    "unknown-passes": "what is unknown never blocks",
    "negated-declaration": "a requirement is met by leaving a declaration out",
    "negated-order": "a negated comparison holds for what is no number",
    "future-day": "a limit on age lets a day in the future pass",
    "known-setting": "that a setting is declared or observed is asked, not what it is",
    "truth-of-setting": 'a text such as "false" counts as true, an empty one as false',
    "loose-setting": '`==` takes an empty text for false and 0, "1" for true',
    "unbounded-setting": "a comparison holds for an empty text and below 0",
    "denied-setting": "any other spelling of a setting passes",
    "part-of-text": "a text passes that merely contains a word",
    "negated-coverage": "a requirement is met by losing coverage, an agreement or an observation",
    "claim-not-agreement": "a claim of the project is taken for an agreement",
    "unused-data-class": "no policy names a data class of the bundle",
    "misspelt-fact": "a fact in `offerings/` is almost called by a common name",
    "unobserved-account": "an account that must be observed is not",
    "unused-exception": "a lint is switched off that finds nothing",
}
