"""Which notices there are, by their ids: documents name them all, and judging needs none of the types."""

from __future__ import annotations

from typing import Literal

from .detect import DriftKind

NoticeId = Literal[
    "policy-off",
    "stale-unmatched",
    "stale-index",
    "folder-passed-over",
    "nested-bundle",
    "self-named-project",
    "unbound-project",
    "project-named-twice",
    "unread-setting",
    "unread-attribute",
    "unsupported-claim",
    "claim-differs",
    "stale-observation",
    "unobserved-account",
    "self-declared",
    "expired-waiver",
    "unused-waiver",
    "waiver-ends-soon",
    "evidence-ends-soon",
    "void-waiver",
    "no-usages",
    "no-policy-applied",
    "head-is-trusted",
    "edits-not-in-force",
    "base-does-not-load",
    "head-does-not-load",
    "earlier-manifest-invalid",
    "manifest-gone",
    "another-account",
    "no-common-history",
    "pins-another-registry",
    "not-judged-before",
    "invalid-offering",
    DriftKind,
    "drift-suppressed",
    "expired-exception",
    "unused-exception",
    "comment-not-obeyed",
    "unused-comment",
    "drift-off",
]
