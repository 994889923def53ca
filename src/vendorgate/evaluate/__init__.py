"""Coverage, requirements, waivers and outcomes: pure functions of their arguments, the as-of day among them."""

from .judge import evaluate
from .program import Program

__all__ = ["Program", "evaluate"]
