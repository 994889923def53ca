"""`vendorgate init`: a manifest or a bundle to start from; nothing is ever overwritten."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

import click

from ...errors import Problem, UsageError
from ...frame.defaults import inputs_for, policies_chosen
from ...frame.dropping import no_longer_asked, policies_in_force
from ...frame.options import help_option
from ...frame.schemas import schema_text
from ...frame.streams import print_report
from ...frame.writing import exists, new_file
from ...load.files import Folder, shipped
from ...load.files import folder as load_folder
from ...load.nearby import POLICIES
from ...load.packs import PackChoice, packs_of
from ...logic.nearest import suggestion
from ...model.manifest import FILE_NAMES
from ...model.registry import Offering
from ...model.vocabulary import DATA_CLASSES
from ...snapshots import read_snapshot
from ...terminal.escape import escape
from .texts import bundle_text, manifest_text, own_policy_text, register_text

_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
_SCHEMAS: Final = Path(".vendorgate")


@click.command(add_help_option=False)
@click.argument("what", type=click.Choice(["manifest", "bundle"]), default="manifest")
@click.option("--project", metavar="SLUG", help="The project.  [default: the name of this folder]")
@click.option("--owner", metavar="TEXT", help="Who answers for it.")
@click.option("--usage", metavar="SLUG", help="The id of the first usage.  [default: first-usage]")
@click.option("--offering", metavar="ID", help="The offering that it uses.")
@click.option("--data", multiple=True, metavar="CLASS", help="A class of data that it sends; may be repeated.")
@click.option("--name", metavar="TEXT", help="The name of the bundle.")
@click.option("--pack", multiple=True, metavar="NAME", help="A pack that the bundle requires; may be repeated.")
@click.option("--register", is_flag=True, help="Begin an agreements register; from then on only it counts.")
@click.option("--registry", metavar="DIR", help="The registry snapshot.  [default: registry-snapshot/, else built in]")
@help_option
def init(
    what: str,
    project: str | None,
    owner: str | None,
    usage: str | None,
    offering: str | None,
    data: tuple[str, ...],
    name: str | None,
    pack: tuple[str, ...],
    register: bool,
    registry: str | None,
) -> int:
    """Write a manifest (vendorgate.yaml) or a bundle (policies/) to start from, with schemas for editors.

    Asks at a terminal for what the options do not say. Never overwrites a file.
    """
    if what == "bundle":
        return _bundle(name, pack, register, registry)
    _refuse_existing(map(Path, FILE_NAMES))
    return _manifest(project, owner, usage, offering, data, registry)


def _asks() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _ask(question: str, default: str | None, refuse: Callable[[str], str | None]) -> str:
    """An answer that is not refused; an empty default means that none is needed."""
    while True:
        answer = str(click.prompt(question, default=default, err=True, show_default=bool(default))).strip()
        advice = refuse(answer)
        if advice is None:
            return answer
        click.echo(escape(advice), err=True)


def _manifest(
    project: str | None,
    owner: str | None,
    usage: str | None,
    offering: str | None,
    data: Sequence[str],
    registry: str | None,
) -> int:
    inputs = inputs_for(None, registry)
    snapshot = inputs[1]
    index = read_snapshot(snapshot, [])
    is_offering = _one_of(index.ids, "an offering")
    here = re.sub(r"[^a-z0-9._-]+", "-", Path.cwd().name.lower()).strip("._-") or None
    if _asks():
        project = project or _ask("Project", here, _no_slug)
        owner = owner if owner is not None else _ask("Who answers for it (may be empty)", "", lambda text: None)
        usage = usage or _ask("A name for the first use of an AI vendor", "first-usage", _no_slug)
        offering = offering or _ask("Offering (`vendorgate registry list` shows all)", None, is_offering)
        answer = ",".join(data) or _ask("Classes of data that it sends, with commas", None, _some_of(DATA_CLASSES))
        data = _words(answer)
    project, usage = project or here, usage or "first-usage"
    _require({"--project": project, "--offering": offering, "--data": data})
    assert project is not None
    assert offering is not None
    _refuse(
        {
            "--project": _no_slug(project),
            "--usage": _no_slug(usage),
            "--offering": is_offering(offering),
            "--data": _some_of(DATA_CLASSES)(",".join(data)),
        }
    )
    found: Offering = read_snapshot(snapshot, [offering]).offerings[offering]
    text = manifest_text(project, owner or None, usage, found, tuple(data))
    return _write({Path(FILE_NAMES[0]): text}, ["manifest"], inputs)


def _bundle(name: str | None, packs: Sequence[str], register: bool, registry: str | None) -> int:
    folder = Path(POLICIES)
    before = policies_in_force(policies_chosen(None)[0])
    own = folder / "own" / "own.yaml"
    _refuse_existing([folder / "bundle.yaml", own, *([folder / "agreements.yaml"] if register else [])])
    library = packs_of(shipped("policies"))
    if _asks():
        name = name or _ask("Name of the bundle", Path.cwd().name, lambda text: None if text else "write a name")
        there = ", ".join(sorted(library))
        usual = ",".join(dict.fromkeys(pack for pack in before.values() if pack in library)) or "baseline"
        answer = ",".join(packs) or _ask(f"Packs to require, with commas ({there})", usual, _some_of(library))
        packs = _words(answer)
        register = register or click.confirm("Begin an agreements register (from then on only it counts)?", err=True)
    _require({"--name": name})
    _refuse({"--pack": _some_of(library)(",".join(packs)) if packs else None})
    texts = {folder / "bundle.yaml": bundle_text(name or "", packs), own: own_policy_text()}
    if register:
        texts[folder / "agreements.yaml"] = register_text()
    kinds = ["bundle", "policy", *(["agreements"] if register else [])]
    code = _write(texts, kinds, inputs_for(None, registry))
    sys.stderr.write(no_longer_asked(before, policies_in_force(load_folder(str(folder)))))
    return code


def _words(answer: str) -> tuple[str, ...]:
    return tuple(word for part in answer.split(",") if (word := part.strip()))


def _no_slug(text: str) -> str | None:
    if _SLUG.fullmatch(text):
        return None
    return f"`{text}` is no slug: write lower-case letters, digits, hyphens, dots and underscores"


def _one_of(words: Iterable[str], what: str) -> Callable[[str], str | None]:
    known = sorted(words)
    return lambda text: None if text in known else f"`{text}` is not {what}; {suggestion(text, known)}"


def _some_of(words: Iterable[str]) -> Callable[[str], str | None]:
    known = sorted(words)

    def refuse(answer: str) -> str | None:
        found = _words(answer)
        wrong = [f"`{word}` is not among them; {suggestion(word, known)}" for word in found if word not in known]
        return "; ".join(wrong) if wrong else None if found else f"name at least one; {suggestion('', known)}"

    return refuse


def _require(options: dict[str, object]) -> None:
    problems = [
        Problem(f"{option} is missing", help="give it, or run this at a terminal, where it is asked for")
        for option, value in options.items()
        if not value
    ]
    if problems:
        raise UsageError(problems)


def _refuse(advice: dict[str, str | None]) -> None:
    problems = [Problem(f"{option}: {words}", help="correct it") for option, words in advice.items() if words]
    if problems:
        raise UsageError(problems)


def _refuse_existing(paths: Iterable[Path]) -> None:
    problems = [exists(path) for path in paths if os.path.lexists(path)]
    if problems:
        raise UsageError(problems)


def _write(texts: dict[Path, str], kinds: list[str], inputs: tuple[Folder, Folder, PackChoice]) -> int:
    """Write the files and the schemas that they name; a schema that is there stays."""
    schemas = {_SCHEMAS / f"{kind}.schema.json": schema_text(kind, *inputs) for kind in kinds}
    _refuse_existing(texts)
    written = []
    for path, text in {**{path: text for path, text in schemas.items() if not path.exists()}, **texts}.items():
        new_file(path, text)
        written.append(f"written: {path.as_posix()}\n")
    print_report("".join(written))
    return 0
