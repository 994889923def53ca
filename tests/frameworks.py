"""The rows of docs/reference/frameworks.md, out of the frameworks and packs that ship.

`python -m tests.frameworks` writes them into the page; read the difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.command import ROOT
from vendorgate import Gate
from vendorgate.load.packs import PackChoice
from vendorgate.model.control import Framework
from vendorgate.model.frameworks.table import FRAMEWORKS
from vendorgate.model.policy import Policy

PAGE: Final = ROOT / "docs" / "reference" / "frameworks.md"
BEGIN: Final = "| framework | what it is | edition | controls | served |\n"
NOT_ADDRESSED: Final = "not addressed by any policy here"


def page() -> str:
    """The page with the rows as they are now."""
    return PAGE.read_text("utf-8").partition(BEGIN)[0] + BEGIN + "\n".join(_rows()) + "\n"


def _rows() -> Iterator[str]:
    policies = Gate(ROOT / "policies", ROOT / "registry-snapshot", PackChoice(beside="everything")).bundle.policies
    yield "|---|---|---|---|---|"
    for one in FRAMEWORKS.values():
        served = sum(bool(_serving(policies, one, id)) for id in one.controls)
        yield f"| `{one.id}` | {one.name} | {one.edition} | {len(one.controls)} | {served} |"
    for one in FRAMEWORKS.values():
        yield from ("", f"## {one.name}", "", f"`{one.id}`, {one.edition}.", "")
        yield from ("| control | what it is about | policies that serve it |", "|---|---|---|")
        for id, title in one.controls.items():
            named = [f"`{policy}`" for policy in _serving(policies, one, id)]
            yield f"| `{id}` | {title} | {', '.join(named) or NOT_ADDRESSED} |"


def _serving(policies: tuple[Policy, ...], one: Framework, id: str) -> list[str]:
    return [policy.id for policy in policies if any((it.framework, it.id) == (one.id, id) for it in policy.controls)]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
