"""The word that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The most similar of the words, None where none is similar enough."""
    import difflib  # slow to import, and needed only when something is wrong

    found = difflib.get_close_matches(word[:100], sorted(words), n=1, cutoff=0.6)
    return found[0] if found else None


def suggestion(word: str, words: Iterable[str], what: str = "known") -> str:
    """An imperative: the nearest word, or the words there are."""
    options = sorted(words)
    found = nearest(word, options)
    if found is not None:
        return f"did you mean `{found}`?"
    listed = ", ".join(f"`{option}`" for option in options[:12])
    more = f" and {len(options) - 12} more" if len(options) > 12 else ""
    return f"{what}: {listed}{more}" if options else f"{what}: none"
