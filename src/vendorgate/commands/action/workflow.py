"""Workflow commands: lines of a log that the runner acts on.

In: any text. Out: lines that say nothing but what is meant; text from inputs never becomes a command.
"""

from __future__ import annotations

import secrets
from typing import Literal

from ...report.annotations import data
from ...terminal.escape import escape


def announce(level: Literal["error", "warning", "notice"], text: str) -> str:
    """A line that the runner shows at the top of the run."""
    return f"::{level} title=vendorgate::{data(escape(text))}\n"


def quoted(text: str) -> str:
    """Text in which the runner looks for no command; nobody can guess the word that ends it."""
    if not text:
        return ""
    word = secrets.token_hex(16)
    end = "" if text.endswith("\n") else "\n"
    return f"::stop-commands::{word}\n{text}{end}::{word}::\n"


def folded(title: str, text: str) -> str:
    """Quoted text under a line that opens it."""
    return f"::group::{data(escape(title))}\n{quoted(text)}::endgroup::\n"
