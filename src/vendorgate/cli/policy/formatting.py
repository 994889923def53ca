"""`vendorgate policy fmt`."""

from __future__ import annotations

from pathlib import Path

import click

from ...errors import InputError, Problem
from ...load.files import Folder, read_bytes, yaml_files
from ...terminal.escape import escape
from ..streams import print_report
from ..writing import replace_file
from .options import opened, policy_options

_NOT_POLICIES = ("bundle.yaml", "agreements.yaml", "waivers.yaml")


@click.command("fmt", add_help_option=False)
@click.argument("folder", required=False, metavar="[DIR]")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file is not in its canonical form.")
@policy_options()
def format_files(folder: str | None, check: bool, registry: str | None, pack: tuple[str, ...]) -> int:
    """Write the policy files of DIR, and their tests, in their canonical form.

    Keys stand in the order of the handbook, comments and values stay. A file in which keys cannot be moved without
    their comments keeps its order. Formatting twice changes nothing.
    """
    bundle = opened(folder, registry, pack)
    return format_bundle(bundle.files.folder, check=check)


def format_bundle(folder: Folder, *, check: bool) -> int:
    """Format every policy file of a bundle, and say which; 1 where one should be and only a check was asked for."""
    from ...policy.formatting import formatted

    problems: list[Problem] = []
    changed = []
    for name in yaml_files(folder, problems):
        path, shown = folder.file(name)
        data = read_bytes(path, shown, problems) if name not in _NOT_POLICIES else None
        if data is None:
            continue
        text = data.decode("utf-8-sig")
        new = formatted(text)
        if new != text:
            changed.append(shown)
            if not check:
                replace_file(Path(path), new)
    if problems:
        raise InputError(problems)
    verb = "would be formatted" if check else "formatted"
    print_report("".join(f"{verb}: {escape(shown)}\n" for shown in changed) or "nothing to format\n")
    return 1 if check and changed else 0
