"""`vendorgate init offering`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, get_args

import click

from ...errors import Problem, UsageError
from ...frame.defaults import inputs_for, refuse_elsewhere
from ...frame.names import require_offering
from ...frame.options import help_option, policies_option, registry_option
from ...frame.streams import print_report
from ...gate import Gate
from ...load.document import read_document
from ...load.files import Folder, shipped
from ...load.nearby import POLICIES
from ...load.overlays import Overlays, check_overlays, overlays_from
from ...model.vocabulary import UNLISTED, OwnCategory
from ...terminal.escape import escape
from .asking import ask, asks, require
from .files import refuse_existing, write
from .offering_text import extension_text, own_text

_CATEGORIES: Final = get_args(OwnCategory)
_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")


@click.command(add_help_option=False)
@click.argument("id", metavar="ID")
@click.option("--extends", is_flag=True, help="Add to an offering of the registry, which must have it.")
@click.option("--name", metavar="TEXT", help="Its name, of a new one.  [default: the id]")
@click.option("--developer", metavar="TEXT", help="Who makes the model, of a new one.")
@click.option("--platform", metavar="TEXT", help="Who serves it, of a new one.  [default: the developer]")
@click.option("--category", type=click.Choice(_CATEGORIES), help="How the vendor stands to the model, of a new one.")
@policies_option
@registry_option
@help_option
def offering(
    id: str,
    extends: bool,
    name: str | None,
    developer: str | None,
    platform: str | None,
    category: str | None,
    policies: str | None,
    registry: str | None,
) -> int:
    """Write a file of the bundle's offerings/ to fill in: an offering of your own, or what you add to the registry's.

    Where the registry has the id, what you add to it. As it is written it documents nothing.

    For example: vendorgate init offering acme-speech --developer Acme --category first_party
    """
    judges = inputs_for(policies, registry)
    _refuse_built_in(judges[0])
    refuse_elsewhere(judges[0])
    gate = Gate(*judges)
    listed = gate.digests.keys()
    if extends:
        require_offering(id, listed)
    _refuse_id(id)
    target = Path(judges[0].path) / "offerings" / f"{id}.yaml"
    shown = Path(os.path.relpath(target)) if policies is None else target
    refuse_existing([shown])
    about = None if id in listed else _about(id, name, developer, platform, category)
    if about is None:
        _refuse_about({"--name": name, "--developer": developer, "--platform": platform, "--category": category}, id)
    text = _text(gate, id, about, str(shown.parent))
    _require_sound(gate, text, shown.as_posix())
    kind = "offering-extension" if about is None else "own-offering"
    print_report(write({shown: text}, [kind], judges) + _next(id, None if about is None else about["category"]))
    return 0


def _text(gate: Gate, id: str, about: Mapping[str, str] | None, folder: str) -> str:
    """A new offering; without anything about it, what is added to the one of the registry."""
    questions: dict[str, str] = dict(gate.files.settings.dimensions)
    snapshot = gate.snapshot([id])
    questions.update({str(name): question for name, question in snapshot.written.dimensions.items()})
    if about is not None:
        return own_text(about, questions, folder)
    return extension_text(snapshot.offerings[id], questions, folder)


def _next(id: str, category: str | None) -> str:
    """What the file comes to, and what to do; without a category it adds to an offering of the registry."""
    fill = "next: fill in what is documented, with the day on which somebody read it"
    if category is None:
        return f"as it is written it changes nothing\n{fill}, then: vendorgate check\n"
    less = "; policies may ask less of what you run yourself (category `internal`)" if category == "internal" else ""
    unknown = f"as it is written all that a policy asks of its evidence is unknown{less}\n"
    return f"{unknown}{fill}, and name it in a manifest: vendorgate init --offering {escape(id)}\n"


def _refuse_built_in(bundle: Folder) -> None:
    if bundle.path == shipped(POLICIES).path:
        title = "the policies that came with vendorgate have no offerings of yours"
        raise UsageError([Problem(title, help="begin a bundle of your own: vendorgate init bundle --name NAME")])


def _refuse_id(id: str) -> None:
    """An id is the name of a file, too: it leads out of no folder."""
    if not _SLUG.fullmatch(id) or id == UNLISTED:
        words = "lower-case letters, digits, hyphens, dots and underscores"
        title = f"`{id}` cannot be the id of an offering"
        raise UsageError([Problem(title, help=f"write {words}, and not `{UNLISTED}`")])


def _refuse_about(options: Mapping[str, str | None], id: str) -> None:
    """What the registry says of an offering is not ours to say."""
    help = f"leave it out: the registry has `{id}`, and this adds to it"
    problems = [Problem(f"{option} of an offering of the registry", help=help) for option in options if options[option]]
    if problems:
        raise UsageError(problems)


def _about(
    id: str, name: str | None, developer: str | None, platform: str | None, category: str | None
) -> dict[str, str]:
    """What a new offering says of itself.

    Raises:
        UsageError: something is missing, and nobody is there to ask.
    """
    if asks():
        name = name or ask("Its name", id, _blank)
        developer = developer or ask("Who makes the model", None, _blank)
        platform = platform or ask("Who serves it", developer, _blank)
        category = category or ask(f"How the vendor stands to the model ({', '.join(_CATEGORIES)})", None, _no_category)
    example = f"vendorgate init offering {id} --developer Acme --category first_party"
    require({"--developer": developer, "--category": category}, example)
    maker = developer or ""
    return {
        "id": id,
        "name": name or id,
        "developer": maker,
        "platform": platform or maker,
        "category": category or "",
    }


def _blank(text: str) -> str | None:
    return None if text else "write something"


def _no_category(text: str) -> str | None:
    return None if text in _CATEGORIES else f"`{text}` is not among them; one of {', '.join(_CATEGORIES)}"


def _require_sound(gate: Gate, text: str, shown: str) -> None:
    """Refuse to write what the bundle could not load.

    Raises:
        UsageError: with each mistake.
    """
    problems: list[Problem] = []
    document = read_document(shown, text.encode("utf-8", "surrogatepass"), problems)
    before = gate.files.overlays or Overlays((), (), tuple(gate.files.settings.dimensions))
    if document is not None:
        added = overlays_from([document], before.dimensions, problems)
        both = Overlays((*before.own, *added.own), (*before.extensions, *added.extensions), before.dimensions)
        former = gate.snapshot([]).written.former or {}
        check_overlays(both, gate.digests.keys(), former, problems)
    if problems:
        raise UsageError(problems)
