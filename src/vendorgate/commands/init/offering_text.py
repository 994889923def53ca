"""The text of an offering of the organization's own, or of what it adds to one of the registry, to be filled in.

In: what is known of it. Out: YAML that a bundle loads, and that documents nothing until somebody fills a cell in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ...model.registry import Offering
from ...model.vocabulary import in_order
from ...rewriting.yaml_text import mapping_lines
from ...terminal.escape import escape
from .files import modeline

_CLEAN: Final = ("yes_public", "yes_sales_gated", "yes_platform_only")
_PROMISED: Final = ("hipaa_baa", "gdpr_dpa", "retention_zdr", "data_residency")
"""What an organization may have in a contract of its own."""
_EXAMPLE: Final = """\
# A cell without a value is none: nothing is documented until it says something. One that is filled in looks like this:
#  gdpr_dpa:
#    value: yes_public
#    verified: 2026-11-20           # the day on which somebody read the source
#    source: https://vendor.example/dpa
# Or, where a contract of our own says so: it counts while the entry of that `reference` in agreements.yaml is in force.
#  gdpr_dpa:
#    value: yes_contract
#    agreement: LEGAL-482
#    verified: 2026-11-20           # the day on which somebody read the contract
#    note: what it says, short
"""
_IN_ITS_PLACE: Final = """\
# A cell here stands in the place of the registry's, scope and all: where that has a `scope`, state one, too.
"""


def own_text(about: Mapping[str, str], questions: Mapping[str, str], folder: str) -> str:
    """An offering that the registry does not have: `about` has its id, name, developer, platform and category."""
    lines = [
        *mapping_lines({**about}),
        "# endpoints: []  # all there are, as manifests name them; left out: any",
        "# models: []  # globs of the models that it serves; left out: any",
        "dimensions:",
        *(f"  {name}:  # {escape(questions.get(name, 'what is documented?'))}" for name in in_order(questions)),
    ]
    return modeline("own-offering", folder) + "\n".join(lines) + "\n" + _EXAMPLE


def extension_text(offering: Offering, questions: Mapping[str, str], folder: str) -> str:
    """What is added to an offering of the registry: the cells that are no clean yes there."""
    lines = [*mapping_lines({"extends": offering.id}), "dimensions:", *_open_cells(offering, questions)]
    return modeline("offering-extension", folder) + "\n".join(lines) + "\n" + _IN_ITS_PLACE + _EXAMPLE


def _open_cells(offering: Offering, questions: Mapping[str, str]) -> Iterator[str]:
    names = [name for name in in_order(questions) if not _is_clean(offering, name)] or [*_PROMISED]
    for name in names:
        cell = offering.cells.get(name)
        told = "states nothing" if cell is None else f"says {escape(cell.written.value)}"
        yield f"  {name}:  # the registry {told}: {escape(questions.get(name, ''))}"


def _is_clean(offering: Offering, dimension: str) -> bool:
    cell = offering.cells.get(dimension)
    return cell is not None and (cell.owner == "bundle" or cell.written.value in _CLEAN)
