"""`vendorgate init manifest`: a manifest, or one more usage in the one that is here."""

from __future__ import annotations

import os
import re
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from ...errors import InputError, Problem, UsageError
from ...frame.defaults import inputs_for, today
from ...frame.locking import locked
from ...frame.options import help_option, policies_option, registry_option
from ...frame.repository import repository_for
from ...frame.streams import print_report
from ...frame.writing import replace_file
from ...gate import Gate
from ...load.files import Folder
from ...load.packs import PackChoice
from ...model.manifest import FILE_NAMES
from ...model.vocabulary import UNLISTED
from ...rewriting.yaml_text import entry_lines
from ...terminal.escape import escape
from .asking import ask, asks, require, say
from .draft import Draft, Question, joined
from .files import refuse_existing, write
from .holding import Holding
from .interview import Given, Interview
from .left import left_words
from .manifest_text import in_order, manifest_text
from .present import Present, bytes_of, manifest_above, present_manifest, with_usage
from .questions import EVERY, missing

_FIRST: Final = "first-usage"
_LISTED: Final = "--offering openai-api --data public --model gpt-5.2"
_UNLISTED: Final = "--offering unlisted --vendor 'Acme AI' --data public"
Judges = tuple[Folder, Folder, PackChoice]


@click.command(add_help_option=False)
@click.option("--project", metavar="SLUG", help="The project.  [default: the name of this folder]")
@click.option("--owner", metavar="TEXT", help="Who answers for it.")
@click.option("--usage", "id", metavar="SLUG", help="The id of the usage.  [default: first-usage, in a new manifest]")
@click.option("--offering", metavar="ID", help="The offering that it uses, or `unlisted`.")
@click.option("--vendor", metavar="NAME", help="With `--offering unlisted`: who the vendor is, in words.")
@click.option("--account", metavar="SLUG", help="Which account at the vendor, where there are several.")
@click.option("--purpose", metavar="TEXT", help="What it is used for.")
@click.option("--endpoint", "endpoints", multiple=True, metavar="NAME", help="An endpoint; may be repeated.")
@click.option("--model", "models", multiple=True, metavar="NAME", help="A model; may be repeated.")
@click.option("--feature", "features", multiple=True, metavar="NAME", help="A vendor feature; may be repeated.")
@click.option("--data", multiple=True, metavar="CLASS", help="A class of data that it sends; may be repeated.")
@click.option("--subject", "subjects", multiple=True, metavar="REGION", help="Where people are; may be repeated.")
@click.option("--region", metavar="REGION", help="The place that the account is pinned to.")
@click.option("--cloud-region", metavar="NAME", help="The cloud's own name of the region.")
@click.option("--environment", metavar="WORD", help="Where it runs.  [default: production]")
@click.option("--tier", metavar="WORD", help="The account's tier.  [default: self_serve]")
@click.option("--lifecycle", metavar="WORD", help="The least mature thing used.  [default: ga]")
@click.option("--setting", multiple=True, metavar="NAME=VALUE", help="How the account is configured; may be repeated.")
@click.option("--agreement", "agreements", multiple=True, metavar="KIND", help="A claim; may be repeated.")
@click.option("--schemas", is_flag=True, help="Write the schemas in .vendorgate/ anew, and nothing else.")
@policies_option
@registry_option
@help_option
def manifest(
    policies: str | None, registry: str | None, setting: tuple[str, ...], schemas: bool, **answers: Any
) -> int:
    """Write a manifest (vendorgate.yaml), or add a usage to the one here, and say what is left before it passes.

    Asks at a terminal for what the options do not say; what nobody answers stays undeclared, which is unknown and never
    a pass. Of a manifest that is here only the new usage is written; nothing else of it changes. Schemas that are here
    stay as they are, but with --schemas, which has them know what this version, the policies and the registry know.

    For example: vendorgate init manifest --offering openai-api --data public --model gpt-5.2
    """
    if schemas:
        return _refresh(policies, registry, alone=not setting and not any(map(joined, answers.values())))
    judges = inputs_for(policies, registry)
    gate = Gate(*judges)
    holding = Holding(gate, today())
    said = {field: text for field, value in answers.items() if (text := joined(value)) is not None}
    present = present_manifest(holding)
    given = _with_code(_given(said, setting, present), judges, present)
    draft = Interview(holding, given, ask if asks() else None).run()
    require(missing(draft, _known(given)), _example(draft, present))
    where, written = _added(present, draft, holding) if present is not None else _begun(draft, holding, judges)
    evaluation = gate.check(where, as_of=today(), repository=repository_for(None))
    options = "".join(f" --{name} {value}" for name, value in (("policies", policies), ("registry", registry)) if value)
    print_report(written + left_words(evaluation, str(draft.usage["id"]), options))
    return 0


def _refresh(policies: str | None, registry: str | None, *, alone: bool) -> int:
    """Write the schemas anew.

    Raises:
        UsageError: the command line says something of a manifest, too.
    """
    if not alone:
        help = "run it by itself; a manifest that is written leaves the schemas that are there"
        raise UsageError([Problem("--schemas, and something of a manifest", help=help)])
    from .refreshing import refresh  # mostly a manifest is meant

    print_report(refresh(inputs_for(policies, registry, recorded=False)))
    return 0


def _with_code(given: Given, judges: Judges, present: Present | None) -> Given:
    """With what the code here suggests as answers, where somebody is asked who is used."""
    if not asks() or "offering" in given.answers:
        return given
    from .seen import seen_in_code  # who says it all is asked nothing

    bundle, registry, _ = judges
    seen = seen_in_code(registry, bundle, present)
    if seen is None:
        return given
    say(seen.words)
    return msgspec.structs.replace(given, offered=seen.answers)


def _example(draft: Draft, present: Present | None) -> str:
    """A command line that lacks nothing: of a manifest that is here a usage has no usual name."""
    named = "" if present is None else f"--usage usage-{len(present.usages) + 1} "
    return f"vendorgate init {named}{_UNLISTED if draft.usage.get('offering') == UNLISTED else _LISTED}"


def _known(given: Given) -> list[Question]:
    return [one for one in EVERY if one.field in given.known]


def _given(said: dict[str, str], settings: tuple[str, ...], present: Present | None) -> Given:
    """What the command line says, and what is meant where it does not.

    Raises:
        UsageError: it names another project or owner than the manifest that is here; or one above may be meant.
    """
    if asks():
        say("An empty answer leaves undeclared what is asked for.")
    if present is not None:
        say(f"adding a usage to {present.shown} of project `{present.written.project}`")
        _refuse_another(said, present)
        usual = {"id": f"usage-{len(present.usages) + 1}"} if asks() else {}
        return Given(said, settings, usual, present.usages, frozenset(("project", "owner")))
    _refuse_below_another(said)
    here = re.sub(r"[^a-z0-9._-]+", "-", Path.cwd().name.lower()).strip("._-")
    return Given(said, settings, {"id": _FIRST, **({"project": here} if here else {})})


def _refuse_another(said: dict[str, str], present: Present) -> None:
    has = {"project": present.written.project, "owner": present.written.owner}
    problems = [
        Problem(f"--{name}: {present.shown} says `{has[name]}`", help="leave it out, or change it there yourself")
        for name in ("project", "owner")
        if name in said and said[name] != has[name]
    ]
    if problems:
        raise UsageError(problems)


def _refuse_below_another(said: dict[str, str]) -> None:
    """A manifest above may be the one that is meant: it is nobody's wish to have two by mistake."""
    above = None if "project" in said else manifest_above()
    if above is None:
        return
    folder = os.path.dirname(above)
    title = f"no manifest here, and {above} above"
    help = f"to add a usage to that one run this in {folder}; to begin another one here name it: --project NAME"
    if not asks():
        raise UsageError([Problem(title, help=help)])
    if not click.confirm(escape(f"{title}: begin another one here?"), err=True):
        raise UsageError([Problem(title, help=help)])


def _begun(draft: Draft, holding: Holding, judges: Judges) -> tuple[str, str]:
    """Where a new manifest is, and which files were written."""
    path = Path(FILE_NAMES[0])
    refuse_existing(map(Path, FILE_NAMES))
    text = manifest_text(draft, holding.offering(draft))
    _require_sound(holding, text.encode("utf-8"), path.as_posix())
    return str(path), write({path: text}, ["manifest"], judges)


def _added(present: Present, draft: Draft, holding: Holding) -> tuple[str, str]:
    """Where the manifest is that got one more usage, and what was written."""
    usage = in_order(draft.usage)
    entry = "".join(f"  {line}\n" for line in entry_lines(usage))
    path = Path(os.path.realpath(present.path))
    with locked(path) if path.parent.is_dir() else nullcontext():
        try:
            data = with_usage(present.shown, bytes_of(str(present.path)), usage)
        except UsageError:
            sys.stderr.write(entry)
            raise
        _require_sound(holding, data, present.shown)
        replace_file(present.path, data.decode("utf-8"))
    return str(present.path), f"added to {escape(present.shown)}:\n{entry}"


def _require_sound(holding: Holding, data: bytes, shown: str) -> None:
    """Refuse to write what a check would not take.

    Raises:
        InputError: with each mistake.
    """
    problems = holding.read(data, shown).problems
    if problems:
        raise InputError(problems)
