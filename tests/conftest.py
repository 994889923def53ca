"""How the whole suite runs: how much a law tries, and which files go first."""

from __future__ import annotations

import os
import sys

from tests.thoroughness import register_profiles

# A variable of the surroundings that forbids bytecode would have each of the suite's many processes compile anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

register_profiles()
