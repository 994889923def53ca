"""The step before the one that judges: policies that are kept elsewhere, fetched by a step that alone has their token.

In: the environment of the step, a way to run a command. Out: text in the log. Nothing is decided: what could not be
fetched is not in the cache, and nothing is judged without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ...load.nearby import is_address
from .inputs import variable
from .running import CommandEnd
from .telling import Say
from .workflow import announce, folded, quoted

_TITLE = "vendorgate policy pull"


def fetch_policies(environment: Mapping[str, str], run: Callable[[Sequence[str], str], CommandEnd], say: Say) -> int:
    """Fetch them where the input is an address; 0 whatever comes of it."""
    source = environment.get(variable("policies"), "").strip()
    if not is_address(source):
        return 0
    ended = run(("policy", "pull", "--", source), ".")
    said = ended.stderr + ended.stdout
    if ended.code == 0:
        say(folded(_TITLE, said))
    else:
        say(quoted(said))
        say(announce("error", f"{_TITLE}: exit code {ended.code}; the log says why"))
    return 0
