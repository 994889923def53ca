"""`vendorgate policy build`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ...errors import InputError, Problem, UsageError
from ...frame.defaults import inputs_for
from ...frame.options import NEAREST_POLICIES, NEAREST_REGISTRY, help_option
from ...frame.streams import print_report
from ...frame.writing import new_file, replace_file
from ...load.bundle_files import read_bundle
from ...load.language import Language, language
from ...load.lexicon import lexicon_of
from ...load.snapshot import read_index, with_overlays
from ...load.words import Words
from ...source import Location
from ...terminal.escape import escape


@click.command(add_help_option=False)
@click.argument("file", metavar="FILE.py")
@click.option("--into", metavar="PATH", help="Write this policy file.  [default: standard output]")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where --into is not what would be built.")
@click.option("--policies", metavar="DIR", help=f"The bundle whose data classes exist.  {NEAREST_POLICIES}")
@click.option("--registry", metavar="DIR", help=f"The registry snapshot.  {NEAREST_REGISTRY}")
@help_option
def build(file: str, into: str | None, check: bool, policies: str | None, registry: str | None) -> int:
    """Turn the policies that a Python file makes with `vendorgate.authoring` into a policy file.

    FILE.py is run, as Python runs it, with all that you may do; no other file is. A file that was not built is never
    overwritten.

    For example: vendorgate policy build policies.py --into policies/built.yaml
    """
    if check and into is None:
        raise UsageError([Problem("--check without --into", help="name the file that should be up to date")])
    if not file.endswith(".py"):
        raise UsageError([Problem("not a Python file", Location(file, 1, 1), "name a file that ends in .py")])
    words, rules = _words(policies, registry)
    from .building import HEADER, build_file

    sys.stderr.write(f"running {escape(file)}\n")
    text = build_file(file, words, rules)
    if into is None:
        print_report(text)
        return 0
    return _put(Path(into), text, HEADER.split("{")[0], check=check)


def _words(policies: str | None, registry: str | None) -> tuple[Words, Language]:
    bundle, snapshot, _ = inputs_for(policies, registry, recorded=False)
    problems: list[Problem] = []
    index, files = read_index(snapshot, problems), read_bundle(bundle, problems)
    if index is None or files is None:
        raise InputError(problems)
    index = with_overlays(index, files.overlays, problems)
    lexicon = lexicon_of(index, problems).expecting(files.settings.unmatched)
    own = files.own_words
    return lexicon.for_manifests(files.data_classes, own), language(files.data_classes, lexicon, own)


def _put(path: Path, text: str, header: str, *, check: bool) -> int:
    old = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
    if check:
        same = old == text
        print_report(f"{escape(os.fspath(path))} is {'up to date' if same else 'not what would be built'}\n")
        return 0 if same else 1
    if old is None:
        new_file(path, text)
    elif old.startswith(header):
        replace_file(path, text)
    else:
        help = "name another file; only what was built is built again"
        raise UsageError([Problem("a file that was not built", Location(path.as_posix(), 1, 1), help)])
    print_report(f"built {escape(os.fspath(path))}\n")
    return 0
