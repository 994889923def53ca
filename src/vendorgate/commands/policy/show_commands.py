"""`vendorgate policy list`, `show`, `explain`, `docs`."""

from __future__ import annotations

import sys

import click

from ...errors import Problem, UsageError
from ...frame.streams import print_report, style_for
from ...logic.nearest import suggestion
from ...model.policy import Policy
from . import document, pages
from .opening import OpenBundle
from .options import folder_argument, opened, policy_options

_policies = click.option(
    "--policies", "folder", metavar="DIR", help="The policy bundle.  [default: policies/, else built in]"
)


def _named(bundle: OpenBundle, ids: tuple[str, ...]) -> list[Policy]:
    """The policies that are named, all where none is.

    Raises:
        UsageError: no policy has that id.
    """
    by_id = {policy.id: policy for policy in bundle.bundle.policies}
    problems = [Problem(f"no policy `{id}`", help=suggestion(id, by_id, "there are")) for id in ids if id not in by_id]
    if problems:
        raise UsageError(problems)
    return [by_id[id] for id in ids] if ids else list(by_id.values())


@click.command("list", add_help_option=False)
@folder_argument
@click.option("--tag", metavar="TAG", help="Only with this tag.")
@policy_options("text", "json")
def list_policies(folder: str | None, tag: str | None, registry: str | None, pack: tuple[str, ...], format: str) -> int:
    """List the policies of DIR, in the order in which they judge."""
    bundle = opened(folder, registry, pack)
    found = [policy for policy in bundle.bundle.policies if tag is None or tag in policy.tags]
    if not found:
        tags = {tag for policy in bundle.bundle.policies for tag in policy.tags}
        raise UsageError([Problem(f"no policy with the tag `{tag}`", help=suggestion(str(tag), tags, "tags"))])
    if format == "json":
        print_report(document.render(found, bundle.bundle))
    else:
        print_report(pages.listed(found, style_for(sys.stdout)))
    return 0


@click.command(add_help_option=False)
@click.argument("policy")
@_policies
@policy_options("text", "json")
def show(policy: str, folder: str | None, registry: str | None, pack: tuple[str, ...], format: str) -> int:
    """Show one policy in plain English, with its logic, tags, tests and place."""
    bundle = opened(folder, registry, pack)
    (found,) = _named(bundle, (policy,))
    if format == "json":
        print_report(document.render([found], bundle.bundle))
    else:
        tests = sum(test.policy is found for test in bundle.tests)
        print_report(pages.shown(found, tests, style_for(sys.stdout)))
    return 0


@click.command(add_help_option=False)
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@_policies
@policy_options("text", "json")
def explain(
    policies: tuple[str, ...], folder: str | None, registry: str | None, pack: tuple[str, ...], format: str
) -> int:
    """Say in plain English what policies apply to and what they require.

    The sentences are made from the logic that judges, so that a lawyer can check it.
    """
    bundle = opened(folder, registry, pack)
    found = _named(bundle, policies)
    if format == "json":
        print_report(document.render(found, bundle.bundle))
    else:
        print_report(pages.explained(found, style_for(sys.stdout)))
    return 0


@click.command(add_help_option=False)
@folder_argument
@policy_options()
def docs(folder: str | None, registry: str | None, pack: tuple[str, ...]) -> int:
    """Print a handbook of the policies of DIR in Markdown."""
    bundle = opened(folder, registry, pack)
    print_report(pages.handbook(bundle.bundle.policies, bundle.bundle))
    return 0
