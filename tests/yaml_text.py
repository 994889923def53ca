"""What a text of YAML says, without vendorgate: a second opinion, and the quickest one that there is."""

from __future__ import annotations

from typing import Any, Final

import yaml

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Of libyaml, where PyYAML was built with it: it takes a tenth of the time, and says the same."""


def value_of(text: str | bytes) -> Any:
    """What `yaml.safe_load` says of a text."""
    return yaml.load(text, _LOADER)
