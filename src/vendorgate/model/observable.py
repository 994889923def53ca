"""What an observation can tell, by the names and paths of manifests and rules."""

from __future__ import annotations

from typing import Final

FIELDS: Final = ("region", "cloud_region", "tier", "lifecycle", "features")
"""What an observation can tell beside settings, as manifests name it."""
SETTINGS: Final = "usage.settings."
"""How the path of a setting begins."""
OBSERVABLE: Final = (*(f"usage.{field}" for field in FIELDS), "primary.region")
"""The paths beside settings of which a rule may ask whether they are observed."""
