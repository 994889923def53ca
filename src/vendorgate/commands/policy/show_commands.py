"""`vendorgate policy list`, `show`, `explain`, `docs`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import click

from ...errors import Problem, UsageError
from ...frame.answer import Render, answer
from ...frame.dropping import packs_of_the_library
from ...frame.options import NEAREST_POLICIES, help_option
from ...frame.reporting import report_options
from ...logic.nearest import suggestion
from ...model.policy import Policy
from .counting import counted
from .formats import DOCS_FORMATS, EXPLAIN_FORMATS, LIST_FORMATS, SHOW_FORMATS
from .model import PolicySelection
from .open_bundle import OpenBundle
from .options import folder_argument, pack_and_registry, to_open
from .packs_in_force import digest_in_force, packs_of

_policies = click.option(
    "--policies", "folder", metavar="DIR", help=f"The policy bundle, or its address.  {NEAREST_POLICIES}"
)
Choose = Callable[[OpenBundle], "list[Policy]"]
"""Those policies of a bundle that are wanted."""


@click.command("list", add_help_option=False)
@folder_argument
@click.option("--tag", metavar="TAG", help="Only with this tag.")
@pack_and_registry
@report_options(LIST_FORMATS)
@help_option
def list_policies(
    folder: str | None,
    tag: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    format: str,
    output: tuple[str, ...],
) -> int:
    """List the policies of DIR, in the order in which they judge.

    Without DIR: the nearest policies/, as for `check`. What the bundle overrides is shown as it counts, and what is in
    force only with `--pack` is marked.

    For example: vendorgate policy list --tag gdpr
    """
    return _tell((folder, registry, pack), lambda bundle: _tagged(bundle, tag), LIST_FORMATS, format, output)


@click.command(add_help_option=False)
@click.argument("policy")
@_policies
@pack_and_registry
@report_options(SHOW_FORMATS)
@help_option
def show(
    policy: str,
    folder: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    format: str,
    output: tuple[str, ...],
) -> int:
    """Show one policy in plain English, with its logic, tags, tests and place.

    For example: vendorgate policy show phi-needs-baa-and-zdr
    """
    return _tell((folder, registry, pack), lambda bundle: _named(bundle, [policy]), SHOW_FORMATS, format, output)


@click.command(add_help_option=False)
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@_policies
@pack_and_registry
@report_options(EXPLAIN_FORMATS)
@help_option
def explain(
    policies: tuple[str, ...],
    folder: str | None,
    registry: str | None,
    pack: tuple[str, ...],
    format: str,
    output: tuple[str, ...],
) -> int:
    """Say in plain English what policies apply to and what they require.

    The sentences are made from the logic that judges, so that a lawyer can check it. Without POLICY: all of them.

    For example: vendorgate policy explain phi-needs-baa-and-zdr
    """
    return _tell((folder, registry, pack), lambda bundle: _named(bundle, policies), EXPLAIN_FORMATS, format, output)


@click.command(add_help_option=False)
@folder_argument
@pack_and_registry
@report_options(DOCS_FORMATS)
@help_option
def docs(folder: str | None, registry: str | None, pack: tuple[str, ...], format: str, output: tuple[str, ...]) -> int:
    """Print a handbook of the policies of DIR in Markdown.

    It says first what is in force, what blocks, how old evidence may be, and the digest that reports name.
    Without DIR: the nearest policies/, as for `check`.

    For example: vendorgate policy docs --output markdown=handbook.md
    """
    return _tell((folder, registry, pack), lambda bundle: _named(bundle, ()), DOCS_FORMATS, format, output)


def _tell(
    given: tuple[str | None, str | None, tuple[str, ...]],
    choose: Choose,
    formats: Mapping[str, Render[PolicySelection]],
    format: str,
    output: tuple[str, ...],
) -> int:
    """Open the bundle that is meant, choose of its policies, and tell of them."""
    folders, opened = to_open(*given)

    def selected() -> PolicySelection:
        bundle = opened()
        found = tuple(choose(bundle))
        tests = sum(any(test.policy is policy for policy in found) for test in bundle.tests)
        return PolicySelection(
            tuple(counted(policy, bundle) for policy in found),
            bundle.bundle,
            tests,
            packs_of(bundle),
            digest_in_force(bundle),
        )

    answer(selected, formats, format, output, folders=folders)
    return 0


def _tagged(bundle: OpenBundle, tag: str | None) -> list[Policy]:
    """The policies with a tag, all where none is wanted.

    Raises:
        UsageError: no policy has it.
    """
    found = [policy for policy in bundle.policies if tag is None or tag in policy.tags]
    if not found:
        tags = {tag for policy in bundle.policies for tag in policy.tags}
        raise UsageError([Problem(f"no policy with the tag `{tag}`", help=suggestion(str(tag), tags, "tags"))])
    return found


def _named(bundle: OpenBundle, ids: Sequence[str]) -> list[Policy]:
    """The policies that are named, all where none is.

    Raises:
        UsageError: no policy has that id.
    """
    by_id = {policy.id: policy for policy in bundle.policies}
    unknown = [id for id in ids if id not in by_id]
    if unknown:
        packs = packs_of_the_library()
        raise UsageError([Problem(f"no policy `{id}`", help=_instead(id, packs, by_id)) for id in unknown])
    return [by_id[id] for id in ids] if ids else list(by_id.values())


def _instead(id: str, packs: Mapping[str, str], known: Mapping[str, Policy]) -> str:
    """Where a policy is that the bundle does not have: in a pack of the library, else the one that is meant."""
    if id not in packs:
        return suggestion(id, known, "there are")
    return f"the bundle does not require the pack `{packs[id]}` of the library, which has it: --pack {packs[id]}"
