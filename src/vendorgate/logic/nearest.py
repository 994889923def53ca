"""The word that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from .wording import few

_SHORTEST_BEGINNING = 3
_MOST_BEGUN = 5


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word that is meant: another spelling, the same letters in another order, the only one that begins so,
    the most similar, else the only one that has it inside; None where none is similar enough."""
    options, plain = sorted(words), _plain(word[:100])
    same = [option for option in options if _plain(option) == plain and plain]
    letters = sorted(word)
    same += [option for option in options if len(option) == len(word) and sorted(option) == letters]
    if same:
        return same[0]
    begun = [option for option in options if _plain(option).startswith(plain)]
    if len(begun) == 1 and len(plain) >= _SHORTEST_BEGINNING:
        return begun[0]
    import difflib  # slow to import, and needed only when something is wrong

    close = difflib.get_close_matches(word[:100], options, n=1, cutoff=0.6)
    if close:
        return close[0]
    held = [option for option in options if plain in _plain(option)]
    return held[0] if len(held) == 1 and len(plain) >= _SHORTEST_BEGINNING else None


def typo(word: str, words: Iterable[str], most: int = 2) -> str | None:
    """The word that is meant, where at most so many letters are wrong, missing, too many or changed places: of short
    words one. None where it is another word."""
    plain, near = _plain(word[:100]), dict[str, int]()
    for option in sorted(words):
        other = _plain(option)
        if abs(len(other) - len(plain)) <= most:
            near[option] = _distance(plain, other, most)
    found = min(near, key=lambda option: near[option], default=None)
    allowed = most if len(plain) >= _LONG else 1
    return found if found is not None and near[found] <= allowed else None


_LONG = 4
"""Letters of a word in which several may be wrong; of a shorter one only one."""


def _distance(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, too many, or have changed places (optimal string alignment); of words that
    are further apart than `most` only that they are. Of letters that one word alone has each costs one."""
    strange = max(len({*one} - {*other}), len({*other} - {*one}))
    if strange > most:
        return strange
    before: list[int] = []
    row: list[int] = [*range(len(other) + 1)]
    for index, letter in enumerate(one, 1):
        earlier, before, row = before, row, [index]
        for place, another in enumerate(other, 1):
            least = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != another))
            if index > 1 and place > 1 and letter == other[place - 2] and one[index - 2] == another:
                least = min(least, earlier[place - 2] + 1)
            row.append(least)
        if min(row) > most:
            return min(row)
    return row[-1]


@lru_cache(maxsize=1024)
def nearest_listed(word: str, words: tuple[str, ...]) -> str | None:
    """The same, remembered: each policy asks it of the same names."""
    return nearest(word, words) if words else None


def _plain(word: str) -> str:
    """Without what people spell differently."""
    return word.lower().replace("-", "").replace("_", "").replace(" ", "")


def suggestion(word: str, words: Iterable[str], what: str = "known") -> str:
    """An imperative: the nearest word, those that begin so, or the words there are."""
    options = sorted(words)
    found = nearest(word, options)
    if found is not None:
        return f"did you mean `{found}`?"
    plain = _plain(word)
    begun = [f"`{option}`" for option in options if _plain(option).startswith(plain)]
    if len(plain) >= _SHORTEST_BEGINNING and begun:
        return f"did you mean {few(begun, _MOST_BEGUN)}?"
    return f"{what}: {few([f'`{option}`' for option in options], 12) or 'none'}"
