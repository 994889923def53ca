"""An in-toto Statement (version 1) of SLSA's verification summary (predicate version 1): its frame, whatever it says.

In: what it is of, and what is said of that. Out: the statement, unsigned. Fields of ours have URIs for names, as SLSA
wants of extensions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ..version import VERSION
from .resources import HOME

STATEMENT: Final = "https://in-toto.io/Statement/v1"
SUMMARY: Final = "https://slsa.dev/verification_summary/v1"
OURS: Final = f"{HOME}/verification/v1"
"""The field with what the summary has no field for."""
NOTHING_BLOCKS: Final = "VENDORGATE_NOTHING_BLOCKS"
NOTHING_SHORT: Final = "VENDORGATE_NOTHING_FALLS_SHORT"
"""Levels of one track, from least to most; the higher one says that something passes and all that applies does."""
FAILED: Final = "FAILED"
"""The result, and its level."""


def statement(subjects: Sequence[tuple[str, str]], said: Mapping[str, object]) -> dict[str, object]:
    """The statement of subjects, each with its SHA-256."""
    return {
        "_type": STATEMENT,
        "subject": [{"name": name, "digest": {"sha256": digest}} for name, digest in subjects],
        "predicateType": SUMMARY,
        "predicate": {"verifier": {"id": f"{HOME}/verifier", "version": {"vendorgate": VERSION}}, **said},
    }
