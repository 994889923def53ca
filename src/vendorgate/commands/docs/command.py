"""`vendorgate docs`: the pages that come with vendorgate.

In: the name of a page. Out: its Markdown as it is written; without a name, which pages there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from ...frame.options import help_option
from ...frame.streams import print_report
from ...load.files import shipped
from ...logic.nearest import suggestion

PAGES: Final[Mapping[str, str]] = {
    "unlisted-vendors": "vendors that the registry does not list, and how to have one listed",
    "words": "which words a policy may name",
    "projects": "whose project it is: `projects` in bundle.yaml",
    "central-policies": "policies that one repository keeps for all others",
    "agreements": "what `vendorgate agreements check` finds",
    "waivers": "where a waiver stands, and what a fingerprint is made of",
    "reports": "how each format maps outcomes and severities",
}
"""By name: what each page is about that messages name."""
_FOLDERS: Final = ("tutorial", "how-to", "explanation", "reference")
"""Folders with more pages, each with its title in its first line."""


class Page(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.4
    """The name of a page."""

    name = "page"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = str(value).removeprefix("docs/").removesuffix(".md")  # as the pages themselves name each other
        there = pages()
        if name not in there:
            self.fail(f"no page `{value}`; {suggestion(name, there, 'there are')}", param, ctx)
        return name


@click.command(add_help_option=False)
@click.argument("page", required=False, type=Page(), metavar="[PAGE]")
@help_option
def docs(page: str | None) -> int:
    """Print a page of the documentation, as Markdown; without PAGE, list them.

    The pages of the lints are printed by `policy lint --explain ID`.

    For example: vendorgate docs unlisted-vendors
    """
    print_report(_list() if page is None else _text(page))
    return 0


def pages() -> Mapping[str, str]:
    """Every page by its name, with what it is about; those that messages name come first."""
    root = Path(shipped("docs").path)
    more = {
        path.relative_to(root).with_suffix("").as_posix(): _title(path)
        for folder in _FOLDERS
        for path in sorted((root / folder).glob("*.md"))
    }
    return {**PAGES, **more}


def _title(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.readline().strip("# \n")


def _list() -> str:
    there = pages()
    widest = max(map(len, there))
    return "".join(f"{name:<{widest}}  {words}\n" for name, words in there.items())


def _text(page: str) -> str:
    path, _ = shipped("docs").file(f"{page}.md")
    return Path(path).read_text(encoding="utf-8")
