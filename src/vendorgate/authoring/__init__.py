"""Policies written in Python: conditions read like Python and become JSON Logic, the same that judges.

from vendorgate.authoring import Policy, agreement, covered, usage

Policy(
    id="phi-needs-a-baa",
    title="PHI needs a BAA",
    when=usage.data.contains("phi"),
    require=[covered("hipaa_baa") & agreement("baa")],
)

`vendorgate policy build FILE.py` turns every `Policy` that the file makes into YAML.
"""

from __future__ import annotations

from .operators import (
    agreement,
    between,
    cat,
    covered,
    days_since,
    days_until,
    disjoint,
    documented,
    every,
    if_,
    keep,
    known,
    largest,
    matches,
    merge,
    missing,
    missing_some,
    no,
    observed,
    reduce,
    smallest,
    some,
    strictly,
    subset,
    substr,
    transform,
    within,
)
from .policies import Policy, Test, that
from .terms import FALSE, TRUE, Term, agreements, all_of, any_of, offering, primary, project, registry, today, usage

__all__ = [
    "FALSE",
    "TRUE",
    "Policy",
    "Term",
    "Test",
    "agreement",
    "agreements",
    "all_of",
    "any_of",
    "between",
    "cat",
    "covered",
    "days_since",
    "days_until",
    "disjoint",
    "documented",
    "every",
    "if_",
    "keep",
    "known",
    "largest",
    "matches",
    "merge",
    "missing",
    "missing_some",
    "no",
    "observed",
    "offering",
    "primary",
    "project",
    "reduce",
    "registry",
    "smallest",
    "some",
    "strictly",
    "subset",
    "substr",
    "that",
    "today",
    "transform",
    "usage",
    "within",
]
