"""Paths, as they are written in scripts.

In: what stands there, such as `this.client?.chat`. Out: its steps, without `this`.
"""

from __future__ import annotations

from ...code import Path


def steps_of(word: str) -> Path:
    """The steps of a path; of members, those that they add."""
    if "." not in word:
        return () if word == "this" else (word,)
    if "?" in word or "!" in word:
        word = word.replace("?", "").replace("!", "")
    steps = word.split(".")
    return tuple(steps[1:] if not steps[0] or steps[0] == "this" else steps)


def is_own(word: str) -> bool:
    """Whether it is a member of `this`."""
    return word.startswith("this") and (len(word) == 4 or word[4] in ".?!")
