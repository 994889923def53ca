"""What a policy says that it serves, in names that no report knows: almost those of a framework that ships.

In: a policy. Out: findings. Other frameworks and other controls stay an organization's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ....logic.nearest import typo
from ....model.control import Control, Framework
from ....model.frameworks.table import FRAMEWORKS
from ....model.policy import Policy
from ..lint_model import LintFinding

_NOISE: Final = re.compile(r"\b(?:article|art|section|sec|requirement|req|control|clause)\b\.?|§+|\b\d\d cfr\b|[\s_-]")
"""What people write before the number of a control, or leave out."""
_ANNEX: Final = re.compile(r"^a\.?(?=\d)")
_SHORTEST: Final = 4
"""Letters; of a shorter name every other one is near, and many are other frameworks."""
_BEGINNING: Final = 3
"""Characters in which a control agrees with the one that is meant, where any does."""
_HELP: Final = "write `{}`, or a name of its own that nobody takes for it (vendorgate docs reference/frameworks)"


def misspelt(policy: Policy) -> Iterator[LintFinding]:
    """`misspelt-control`: reports group what the policy comes to by a name that nobody looks for."""
    for index, control in enumerate(policy.controls):
        found = _misspelt(control)
        if found is not None:
            field, message, meant = found
            place = ("policies", policy.index, "controls", index, field)
            help = _HELP.format(meant)
            yield LintFinding("misspelt-control", message, help, policy.source, place, policy.id)


def _misspelt(control: Control) -> tuple[str, str, str] | None:
    """The field that is meant otherwise, what is said of it, and what was meant."""
    framework = FRAMEWORKS.get(control.framework)
    if framework is None:
        meant = _framework_meant(control.framework)
        words = f"the framework `{control.framework}` is almost called `{meant}`, by which reports group"
        return None if meant is None else ("framework", words, meant)
    if control.id in framework.controls or re.fullmatch(framework.numbering, control.id):
        return None
    meant = _control_meant(control.id, framework)
    words = f"`{framework.id}` has no control `{control.id}`, and one that is almost called so"
    return None if meant is None else ("id", words, meant)


def _framework_meant(name: str) -> str | None:
    """Another spelling of a framework, or one letter that is wrong: a number that differs makes another framework."""
    plain = _plain(name)
    for one in FRAMEWORKS.values():
        if plain in map(_plain, (one.id, *one.spellings)):
            return one.id
    alike = [id for id in FRAMEWORKS if _digits(id) == _digits(name)]
    return typo(name, alike, most=1) if len(plain) >= _SHORTEST else None


def _control_meant(id: str, framework: Framework) -> str | None:
    """The control that is called so without words around its number, or by one character that is wrong."""
    by_number = {_number(one): one for one in framework.controls}
    number = _number(id)
    begun = [one for one in by_number if one.startswith(number[:_BEGINNING])]
    near = number if number in by_number else typo(number, begun or by_number, most=1)
    return None if near is None else by_number[near]


def _number(id: str) -> str:
    return _ANNEX.sub("", _NOISE.sub("", id.lower()))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))
