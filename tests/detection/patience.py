"""How long a test waits for a hostile file: enough for a slow machine whose coverage is measured, and nothing for what
grows with the square of a file. How fast detection is, `benchmarks/detect.py` says."""

from __future__ import annotations

from typing import Final

PATIENCE: Final = 20.0
"""Seconds of the processor."""
