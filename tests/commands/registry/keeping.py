"""A snapshot written as people write one: comments, quotes, one style beside another, several cells of one page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.command import Ended, vendorgate

PAGE: Final = "https://vendor.example/legal"
DAY: Final = "2026-11-28"
WHO: Final = "reader@example.org"
SNAPSHOT: Final = """\
version: 1
name: r
generated: 2026-11-01
license: CC0-1.0
attribution: made for the tests
dimensions: {hipaa_baa: "Is there a BAA?"}
"""
ALPHA: Final = f"""\
# Alpha, by hand.
id: alpha
name: 'Alpha'   # quoted for no reason
developer: A
platform: A
category: first_party
dimensions:
  hipaa_baa:
    # the page says so in its second part
    value: yes_public
    verified: 2026-03-01   # by phone
    source: "{PAGE}#baa"
    note: "says \\"yes\\""

  gdpr_dpa: {{value: yes_public, verified: 2026-03-01, source: {PAGE}}}
  soc2_type2:
    value: yes_sales_gated
    verified: 2026-11-20
    source: {PAGE}#audits
    readings:
      - {{on: 2026-11-20, by: other@example.org}}
  iso_27001: # nobody has read it
    value: unclear
    source: {PAGE}
  trust_center:
    value: yes_public
    verified: 2026-03-01
    source: https://trust.example/
"""
BETA: Final = f"""\
id: beta
name: Beta
developer: B
platform: B
category: first_party
dimensions:
  hipaa_baa: {{value: "no", verified: 2026-03-01, source: "{PAGE}#beta"}}
"""
FILES: Final[Mapping[str, str]] = {
    "snapshot.yaml": SNAPSHOT,
    "offerings/alpha.yaml": ALPHA,
    "offerings/beta.yaml": BETA,
    "CHANGELOG.md": "# Changelog\n",
}


def write(folder: Path, files: Mapping[str, str | bytes] = FILES) -> Path:
    """The snapshot in a folder; where it is."""
    target = folder / "registry-snapshot"
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return target


def confirm(folder: Path, *arguments: str) -> Ended:
    """`registry confirm` as of a fixed day."""
    return vendorgate("registry", "confirm", *arguments, "--as-of", DAY, folder=folder)


def confirmed(folder: Path, *arguments: str) -> Ended:
    """The same by somebody, written without a question."""
    ended = confirm(folder, *arguments, "--by", WHO, "--yes")
    assert ended.code == 0, ended.stderr
    return ended
