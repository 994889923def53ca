"""`vendorgate policy fmt`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ...errors import InputError, Problem
from ...frame.defaults import refuse_elsewhere
from ...frame.locking import locked_bundle
from ...frame.options import help_option
from ...frame.streams import print_report
from ...frame.writing import replace_file
from ...load.bundle_files import AT_THE_ROOT, FLEET, OBSERVATIONS, OFFERINGS
from ...load.files import Folder, read_bytes, yaml_files
from ...terminal.escape import escape
from .options import opened, pack_and_registry


@click.command("fmt", add_help_option=False)
@click.argument("folder", required=False, metavar="[DIR]")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file is not in its canonical form.")
@pack_and_registry
@help_option
def format_files(folder: str | None, check: bool, registry: str | None, pack: tuple[str, ...]) -> int:
    """Write the policy files of DIR, and their tests, in their canonical form.

    Keys stand in the order of the handbook, comments and values stay. A file in which keys cannot be moved without
    their comments keeps its order. Formatting twice changes nothing.

    Without DIR: the nearest policies/, as for `check`.

    For example: vendorgate policy fmt policies --check
    """
    bundle = opened(folder, registry, pack)
    if not check:
        refuse_elsewhere(bundle.files.folder)
    return format_bundle(bundle.files.folder, check=check)


def format_bundle(folder: Folder, *, check: bool) -> int:
    """Format every policy file of a bundle, and say which; 1 where one should be and only a check was asked for."""
    untidy = _formatted(folder)
    if untidy and not check:
        with locked_bundle(Path(os.path.realpath(folder.path))):
            untidy = _formatted(folder)  # another one may have changed them meanwhile
            for name, text in untidy.items():
                replace_file(Path(folder.file(name)[0]), text)
    verb = "would be formatted" if check else "formatted"
    shown = (folder.file(name)[1] for name in untidy)
    print_report("".join(f"{verb}: {escape(one)}\n" for one in shown) or "nothing to format\n")
    return 1 if check and untidy else 0


def _formatted(folder: Folder) -> dict[str, str]:
    """The text of each policy file that is not in its canonical form, a file that links lead to once.

    Raises:
        InputError: a file cannot be read.
    """
    from .canonical_text import formatted

    problems: list[Problem] = []
    found, seen = {}, set()
    for name in yaml_files(folder, problems):
        path, shown = folder.file(name)
        data = read_bytes(path, shown, problems) if _has_policies(name) else None
        if data is not None and (real := os.path.realpath(path)) not in seen:
            seen.add(real)
            text = data.decode("utf-8-sig")
            new = formatted(text)
            if new != text:
                found[name] = new
    if problems:
        raise InputError(problems)
    return found


def _has_policies(name: str) -> bool:
    """Whether a file of a bundle is for policies, or their tests; others have an order of their own."""
    return not name.startswith((OFFERINGS, OBSERVATIONS)) and (name == FLEET or name not in AT_THE_ROOT)
