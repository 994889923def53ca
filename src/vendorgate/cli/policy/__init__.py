"""`vendorgate policy`: write policies, test and lint them, and read them in plain English."""

from __future__ import annotations

from typing import Final

import click

from ..lazy import Entry, LazyGroup
from ..options import help_option

_ENTRIES: Final = {
    "list": Entry("policy.looking", "list_policies", "List policies."),
    "show": Entry("policy.looking", "show", "Show a policy in plain English, with its logic."),
    "explain": Entry("policy.looking", "explain", "Say in plain English what policies require."),
    "docs": Entry("policy.looking", "docs", "Print a handbook of all policies in Markdown."),
    "test": Entry("policy.testing", "test", "Run the tests of policies, and measure what they cover."),
    "lint": Entry("policy.linting", "lint", "Find policies that cannot do what they seem to."),
    "fmt": Entry("policy.formatting", "format_files", "Write policy files in their canonical form."),
    "build": Entry("policy.building", "build", "Turn policies written in Python into YAML."),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, add_help_option=False)
@help_option
def policy() -> None:
    """Write policies, test and lint them, and read them in plain English."""
