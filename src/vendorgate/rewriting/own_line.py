"""A text of YAML with a key of its root on one line of its own: in the place of the lines that it had, else at the end.

In: a text, a line that begins with the key. Out: the text. Whoever writes it reads it again first.
"""

from __future__ import annotations

from .edits import line_break


def with_line(text: str, key: str, line: str) -> str:
    """The text with the line in it; the last one ends with a line break, if it did not."""
    ending = line_break(text)
    lines = text.split("\n")
    found = [index for index, one in enumerate(lines) if one.startswith(f"{key}:")]
    if found:
        closing = "\r" if lines[found[0]].endswith("\r") else ""
        behind = found[0] + 1
        while behind < len(lines) and lines[behind].startswith(" "):
            del lines[behind]
        lines[found[0]] = f"{line}{closing}"
        return _ended("\n".join(lines), ending)
    return f"{_ended(text, ending)}{line}{ending}"


def _ended(text: str, ending: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}{ending}"
