"""One place of a file that tells of a provider, before anybody asked what the file is for.

In: nothing. Out: `Sighting`, which routing and every extractor make, and `summary` turns into findings.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from .code import Place

Kind: TypeAlias = Literal["call", "host", "iac", "config", "import", "env", "dependency", "model"]
"""What was seen, the strongest evidence first: a client or a call of it; a host of its API; a resource of
infrastructure; a configuration that names it; an import; a variable of the environment; a package that is depended
on; a model's id alone, which names who made a model and never who serves it."""

Reach: TypeAlias = Literal["used", "optional", "declared"]
"""What the place itself says: used by whoever runs it; one of several that somebody chooses; only named, in a template
or a list of packages, so that nothing yet reaches it."""

OPENAI_COMPATIBLE = "openai-compatible"
"""The provider of a client whose host nobody can tell from the code."""
SELF_HOSTED = "self-hosted"
"""The provider of what the organization runs itself, on this machine or in its own network."""

NOBODYS: Final = frozenset({SELF_HOSTED, OPENAI_COMPATIBLE})
"""Of which nobody can say that they are somebody else's."""


class Setting(msgspec.Struct, frozen=True):
    """How a call or a configuration sets what a manifest may declare otherwise."""

    name: str
    """As the vendor calls it: `store`, `background`, `zdr`, `data_collection`."""
    value: str | bool | int | float
    place: Place


class Sighting(msgspec.Struct, frozen=True):
    """What one place says."""

    provider: str
    """An id of the catalogue: an offering (`openai-api`), a platform whose maker the model tells (`bedrock`), a
    vendor that no registry lists (`novita`), a gateway, a recipient (`langfuse-cloud`), `SELF_HOSTED`, or
    `OPENAI_COMPATIBLE`."""
    kind: Kind
    place: Place
    endpoint: str | None = None
    """As the registry names it."""
    model: str | None = None
    """As the provider names it, without a framework's prefix."""
    region: str | None = None
    """As the platform names it (`us-east-1`), or as manifests do (`eu`)."""
    settings: tuple[Setting, ...] = ()
    via: str | None = None
    """The gateway of the catalogue that it passes through."""
    reach: Reach = "used"
    token: str = ""
    """What stands there, for the one who reads it: a name or a host, never a value that could be a secret."""
