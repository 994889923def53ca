"""`vendorgate policy lint`."""

from __future__ import annotations

import os
from pathlib import Path

import click
import msgspec

from ...frame.answer import answer
from ...frame.defaults import refuse_elsewhere
from ...frame.locking import locked_bundle
from ...frame.options import help_option
from ...frame.reporting import report_options
from ...frame.streams import print_report
from ...frame.writing import replace_file
from ...load.files import shipped
from ...logic.nearest import suggestion
from .finding_formats import LINT_FORMATS
from .lint_bundle import lint as run_lint
from .lint_model import LintRun
from .lints.table import LINTS
from .open_bundle import OpenBundle, open_bundle
from .options import choice, folder_argument, pack_and_registry, to_open


def _show_lints(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        widest = max(map(len, LINTS))
        print_report("".join(f"{id:<{widest}}  {words}\n" for id, words in LINTS.items()))
        ctx.exit()


def _explain(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Print the page of a lint."""
    if value is None or ctx.resilient_parsing:
        return
    if value not in LINTS:
        raise click.BadParameter(f"no lint `{value}`; {suggestion(value, LINTS, 'there are')}", ctx, param)
    path, _ = shipped("docs/lints").file(f"{value}.md")
    print_report(Path(path).read_text(encoding="utf-8"))
    ctx.exit()


@click.command(add_help_option=False)
@folder_argument
@click.option("--fix", is_flag=True, help="Mend what can be mended without a doubt.")
@click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_lints,
    help="List the lints and exit.",
)
@click.option(
    "--explain",
    metavar="ID",
    is_eager=True,
    expose_value=False,
    callback=_explain,
    help="Print the page of a lint and exit.",
)
@pack_and_registry
@report_options(LINT_FORMATS)
@help_option
def lint(
    folder: str | None, fix: bool, registry: str | None, pack: tuple[str, ...], format: str, output: tuple[str, ...]
) -> int:
    """Find policies in DIR, and rules in its `fleet.yaml`, that cannot do what they seem to.

    A lint is switched off in bundle.yaml: `lint: [{ignore: ID, policies: [GLOB], reason: WHY}]`. Exits with 1 where
    something is found. Without DIR: the nearest policies/, as for `check`.

    For example: vendorgate policy lint policies --fix
    """
    folders, open_it = to_open(folder, registry, pack)
    if fix:
        refuse_elsewhere(folders[0])

    def linted() -> LintRun:
        opened = open_it()
        found = run_lint(opened)
        if not (fix and _fixed(found, opened)):
            return found
        with locked_bundle(Path(os.path.realpath(opened.files.folder.path))):
            return _fix(opened, pack)

    found = answer(linted, LINT_FORMATS, format, output, folders=folders)
    return 1 if found.findings else 0


def _fix(bundle: OpenBundle, pack: tuple[str, ...]) -> LintRun:
    """Mend what can be mended, until nothing can."""

    def again() -> tuple[OpenBundle, LintRun]:
        found = open_bundle(bundle.files.folder, bundle.index.folder, choice(pack))
        return found, run_lint(found)

    now, linted = again()
    before = len(linted.findings)
    while texts := _fixed(linted, now):
        for path, text in texts.items():
            replace_file(path, text)
        now, linted = again()
    return msgspec.structs.replace(linted, fixed=max(0, before - len(linted.findings)))


def _fixed(linted: LintRun, bundle: OpenBundle) -> dict[Path, str]:
    """The files of the bundle that fixes change, by where they are."""
    from .fixing import fixed_files

    folder = bundle.files.folder
    texts = fixed_files(linted.findings)
    return {Path(folder.path) / Path(shown).relative_to(folder.shown): text for shown, text in texts.items()}
