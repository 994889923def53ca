"""`vendorgate init bundle`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from ...errors import Problem, UsageError
from ...frame.defaults import inputs_for, policies_chosen
from ...frame.dropping import no_longer_asked, policies_in_force
from ...frame.options import help_option, registry_option
from ...frame.streams import print_report
from ...load.files import folder as load_folder
from ...load.files import shipped
from ...load.nearby import POLICIES
from ...load.packs import packs_of
from ...logic.nearest import suggestion
from .asking import ask, asks, require, words_of
from .bundle_text import bundle_text, own_policy_text, register_text
from .files import refuse_existing, write


@click.command(add_help_option=False)
@click.option("--name", metavar="TEXT", help="The name of the bundle.")
@click.option("--pack", multiple=True, metavar="NAME", help="A pack that the bundle requires; may be repeated.")
@click.option("--register", is_flag=True, help="Begin an agreements register; from then on only it counts.")
@registry_option
@help_option
def bundle(name: str | None, pack: tuple[str, ...], register: bool, registry: str | None) -> int:
    """Write a bundle (policies/) to start from, with schemas for editors.

    Asks at a terminal for what the options do not say. Never overwrites a file.

    For example: vendorgate init bundle --name acme --pack baseline --pack hipaa --register
    """
    folder = Path(POLICIES)
    before = policies_in_force(policies_chosen(None)[0])
    own = folder / "own" / "own.yaml"
    new = [folder / "bundle.yaml", own, *([folder / "agreements.yaml"] if register else [])]
    refuse_existing(new, "change what is there, or move it out of the way")
    library = packs_of(shipped(POLICIES))
    packs = pack
    if asks():
        name = name or ask("Name of the bundle", Path.cwd().name, lambda text: None if text else "write a name")
        there = ", ".join(sorted(library))
        usual = ",".join(dict.fromkeys(one for one in before.values() if one in library)) or "baseline"
        question = f"Packs to require, with commas ({there})"
        packs = words_of(",".join(pack) or ask(question, usual, lambda text: _wrong(words_of(text), library)))
        register = register or click.confirm("Begin an agreements register (from then on only it counts)?", err=True)
    require({"--name": name}, "vendorgate init bundle --name acme --pack baseline")
    wrong = _wrong(packs, library) if packs else None
    if wrong is not None:
        raise UsageError([Problem(f"--pack: {wrong}", help="correct it")])
    texts = {
        folder / "bundle.yaml": bundle_text(name or "", packs, POLICIES),
        own: own_policy_text(str(own.parent), packs),
    }
    if register:
        texts[folder / "agreements.yaml"] = register_text(POLICIES)
    kinds = ["bundle", "policy", *(["agreements"] if register else [])]
    print_report(write(texts, kinds, inputs_for(None, registry)))
    sys.stderr.write(no_longer_asked(before, policies_in_force(load_folder(str(folder)))))
    print_report("next: vendorgate policy list\n")
    return 0


def _wrong(packs: Iterable[str], library: Iterable[str]) -> str | None:
    """What is wrong with names of packs; None where nothing is."""
    named, known = list(packs), sorted(library)
    wrong = [f"`{one}` is not among them; {suggestion(one, known)}" for one in named if one not in known]
    return "; ".join(wrong) if wrong else None if named else f"name at least one; {suggestion('', known)}"
