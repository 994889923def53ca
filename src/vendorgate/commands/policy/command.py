"""`vendorgate policy`: write policies, test and lint them, and read them in plain English."""

from __future__ import annotations

from typing import Final

import click

from ...frame.lazy import Entry, LazyGroup
from ...frame.options import help_option

_ENTRIES: Final = {
    "list": Entry(".show_commands", "list_policies", "List policies."),
    "show": Entry(".show_commands", "show", "Show a policy in plain English, with its logic."),
    "explain": Entry(".show_commands", "explain", "Say in plain English what policies require."),
    "controls": Entry(".controls_command", "controls", "Say which policies serve which control."),
    "docs": Entry(".show_commands", "docs", "Print a handbook of all policies in Markdown."),
    "test": Entry(".testing_command", "test", "Run the tests of policies, and measure what they cover."),
    "lint": Entry(".lint_command", "lint", "Find policies that cannot do what they seem to."),
    "fmt": Entry(".fmt_command", "format_files", "Write policy files in their canonical form."),
    "signoff": Entry(".signoff_command", "sign_off", "Sign off what a bundle demands, or check that it still is that."),
    "pull": Entry(".pull_command", "pull_policies", "Fetch policies that are kept elsewhere."),
    "build": Entry(".build_command", "build", "Turn policies written in Python into YAML."),
}


@click.group(cls=LazyGroup, entries=_ENTRIES, package=__package__, add_help_option=False)
@help_option
def policy() -> None:
    """Write policies, test and lint them, and read them in plain English."""
