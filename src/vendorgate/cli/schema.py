"""`vendorgate schema`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..errors import InputError, Problem
from ..load.bundle import read_bundle
from ..load.files import Folder
from ..load.language import language
from ..load.lexicon import Lexicon
from ..load.packs import PackChoice
from ..load.snapshot import read_index
from ..logic.nearest import suggestion
from ..model.vocabulary import DATA_CLASSES
from ..schema.generate import KINDS, Vocabularies
from ..schema.generate import schema as generate
from ..terminal.escape import escape
from .defaults import inputs_for
from .options import help_option
from .streams import print_report
from .writing import new_file, replace_file


class Kind(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.4
    """A kind of file."""

    name = "kind"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in KINDS:
            self.fail(f"no schema of `{value}`; {suggestion(str(value), KINDS, 'there are')}", param, ctx)
        return str(value)


@click.command(add_help_option=False)
@click.argument("kind", type=Kind(), metavar="KIND")
@click.option("--output", metavar="PATH", help="Write this file.  [default: standard output]")
@click.option(
    "--policies", metavar="DIR", help="The bundle whose data classes exist.  [default: policies/, else built in]"
)
@click.option("--registry", metavar="DIR", help="The snapshot whose offerings exist.  [default: as check]")
@help_option
def schema(kind: str, output: str | None, policies: str | None, registry: str | None) -> int:
    """Print the JSON Schema (draft-07) of a KIND of file, for editors and other tools.

    KIND is manifest, bundle, policy, tests, agreements, waivers, offering, snapshot, report, review, plan, impact,
    verify, waiver-list, agreements-list, agreements-check, agreements-report, repair or alternatives. The schema holds
    the data classes of the bundle and the offerings of the snapshot.
    """
    text = schema_text(kind, *inputs_for(policies, registry))
    if output is None:
        print_report(text)
        return 0
    path = Path(output)
    (replace_file if path.exists() else new_file)(path, text)
    print_report(f"written: {escape(output)}\n")
    return 0


def schema_text(kind: str, bundle: Folder, snapshot: Folder, choice: PackChoice) -> str:
    """The schema of a kind of file, with the words of a bundle and a snapshot.

    Raises:
        InputError: the bundle or the snapshot is not valid.
    """
    problems: list[Problem] = []
    index, files = read_index(snapshot, problems), read_bundle(bundle, problems, choice)
    if index is None or files is None or problems:
        raise InputError(problems)
    own = tuple(name for name in files.settings.data_classes if name not in DATA_CLASSES)
    offerings = frozenset(index.digests)
    arities = language(files.data_classes, Lexicon(offerings)).require.arities
    words = Vocabularies((*DATA_CLASSES, *own), tuple(sorted(offerings)), arities)
    return json.dumps(generate(kind, words), indent=2, ensure_ascii=True) + "\n"
