"""`vendorgate policy lint`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ...frame.locking import locked_bundle
from ...frame.streams import print_report, style_for
from ...frame.writing import replace_file
from ...load.files import shipped
from ...logic.nearest import suggestion
from .lint import Linted
from .linting import lint as run_lint
from .lints.table import LINTS
from .opening import OpenBundle, open_bundle
from .options import choice, folder_argument, opened, policy_options


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
@policy_options("text", "json")
def lint(folder: str | None, fix: bool, registry: str | None, pack: tuple[str, ...], format: str) -> int:
    """Find policies in DIR that cannot do what they seem to.

    A lint is switched off in bundle.yaml: `lint: [{ignore: ID, policies: [GLOB], reason: WHY}]`. Exits with 1 where
    something is found.
    """
    bundle = opened(folder, registry, pack)
    linted, fixed = run_lint(bundle), 0
    if fix and _fixed(linted, bundle):
        with locked_bundle(Path(os.path.realpath(bundle.files.folder.path))):
            linted, fixed = _fix(bundle, pack)
    print_report(_render(linted, format, fixed))
    return 1 if linted.findings else 0


def _fix(bundle: OpenBundle, pack: tuple[str, ...]) -> tuple[Linted, int]:
    """Mend what can be mended, until nothing can; what is left, and how much is not."""

    def again() -> tuple[OpenBundle, Linted]:
        found = open_bundle(bundle.files.folder, bundle.index.folder, choice(pack))
        return found, run_lint(found)

    now, linted = again()
    before = len(linted.findings)
    while texts := _fixed(linted, now):
        for path, text in texts.items():
            replace_file(path, text)
        now, linted = again()
    return linted, max(0, before - len(linted.findings))


def _fixed(linted: Linted, bundle: OpenBundle) -> dict[Path, str]:
    """The files of the bundle that fixes change, by where they are."""
    from .fixing import fixed_files

    folder = bundle.files.folder
    texts = fixed_files(linted.findings)
    return {Path(folder.path) / Path(shown).relative_to(folder.shown): text for shown, text in texts.items()}


def _render(linted: Linted, format: str, fixed: int) -> str:
    if format == "json":
        from .lint_document import render as render_json

        return render_json(linted, fixed)
    from .lint_text import render

    return render(linted, style_for(sys.stdout), fixed)
