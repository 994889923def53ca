"""The canonical form of a policy file, and fixes in it; comments stay.

In: the text of a file. Out: the text as it should be. The values are the same before and after, save for fixes, and so
are the comments; where that could not be kept, nothing is changed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, ScalarString

from ...load.document import read_document
from ...source import Path
from .lint_model import Fix, Put, Remove

_WIDTH: Final = 120
_ORDER: Final = {
    "version": 0,
    **{
        key: index
        for index, key in enumerate(
            (
                "id",
                "name",
                "policy",
                "title",
                "severity",
                "on_unknown",
                "enforce_from",
                "when",
                "require",
                "that",
                "message",
                "remediation",
                "references",
                "controls",
                "tags",
                "tests",
                "usage",
                "usages",
                "manifest",
                "agreements",
                "observed",
                "registry",
                "as_of",
                "expect",
                "reason",
            ),
            1,
        )
    },
}
"""Keys of policies and of tests, in the order in which they are read."""
_LISTS: Final = ("policies", "tests", "fleet_policies")


def formatted(text: str) -> str:
    """The canonical text: keys in order, two spaces a level, a blank line between policies, comments kept."""
    document = _loaded(text)
    if isinstance(document, CommentedMap):
        for mapping in _ordered_mappings(document):
            _order(mapping)
        _fit(document, 0)
    return _checked(text, _spaced(_aligned(_dumped(document))), same=True)


def fixed(text: str, fixes: Iterable[Fix]) -> str:
    """The text with fixes, those that stand last first, so that no place moves before its turn."""
    for fix in sorted(fixes, key=lambda one: _sortable(one.place), reverse=True):
        document = _loaded(text)
        _apply(document, fix)
        text = _checked(text, _dumped(document), same=False)
    return text


def dumped(value: Any) -> str:
    """Plain values as a policy file, rules on one line."""
    document = CommentedMap(value)
    for key in value.keys() & {*_LISTS}:
        document[key] = CommentedSeq(_written(policy) for policy in value[key])
    return _dumped(document)


def _written(policy: dict[str, Any]) -> CommentedMap:
    found = CommentedMap(policy)
    for key in ("when", "references", "controls", "tags"):
        if key in policy:
            found[key] = _flowing(policy[key])
    found["require"] = CommentedSeq(_required(one) for one in policy["require"])
    if "tests" in policy:
        found["tests"] = CommentedSeq(
            CommentedMap((key, _flowing(value)) for key, value in test.items()) for test in policy["tests"]
        )
    return found


def _required(requirement: Any) -> Any:
    if isinstance(requirement, dict) and "that" in requirement:
        return CommentedMap((key, _flowing(value)) for key, value in requirement.items())
    return _flowing(requirement)


def _sortable(place: Path) -> list[tuple[bool, str, int]]:
    return [(isinstance(step, int), str(step), step if isinstance(step, int) else 0) for step in place]


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _loaded(text: str) -> Any:
    return _yaml().load(text.removeprefix("\ufeff").replace("\r\n", "\n"))


def _dumped(document: Any) -> str:
    stream = io.StringIO()
    _yaml().dump(document, stream)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().rstrip("\n").split("\n"))


def _ordered_mappings(document: CommentedMap) -> Iterator[CommentedMap]:
    """The file, its policies and their requirements and tests."""
    yield document
    for name in _LISTS:
        for entry in document.get(name) or ():
            if isinstance(entry, CommentedMap):
                yield entry
                for inner in (*(entry.get("tests") or ()), *(entry.get("require") or ())):
                    if isinstance(inner, CommentedMap) and len(inner) > 1:
                        yield inner


def _order(mapping: CommentedMap) -> None:
    """Put the keys in order, unless a comment on a line of its own stands between them."""
    wanted = sorted(mapping, key=lambda key: _ORDER.get(str(key), len(_ORDER)))
    if wanted == list(mapping) or any(_lines_of_their_own(mapping, key) for key in mapping):
        return
    for key in wanted:
        comment = mapping.ca.items.get(key)
        value = mapping[key]
        del mapping[key]
        mapping[key] = value
        if comment is not None:
            mapping.ca.items[key] = comment


def _fit(node: Any, indent: int) -> None:
    """Break what is written on one line and does not fit there, from the outside in, unless a comment hangs on it.

    What is within one that fits stays on its line, however it would be written by itself.
    """
    if not isinstance(node, (CommentedMap, CommentedSeq)):
        return
    if node.fa.flow_style():
        if indent + len(_on_one_line(node)) <= _WIDTH or _has_comments(node):
            return
        node.fa.set_block_style()
    entries: Any = node.items() if isinstance(node, CommentedMap) else enumerate(node)
    for key, value in entries:
        if not _has_comment_behind(node, key) or not getattr(value, "fa", None) or not value.fa.flow_style():
            _fit(value, indent + (4 if isinstance(node, CommentedSeq) else _beside(key, value)))


def _beside(key: Any, value: Any) -> int:
    """Columns that a value stands to the right of its mapping: behind its key, or below it."""
    flows = getattr(value, "fa", None) is not None and value.fa.flow_style()
    quotes = 2 if isinstance(key, ScalarString) else 0
    return len(str(key)) + 2 + quotes if flows else 2


def _has_comment_behind(node: Any, key: Any) -> bool:
    """Whether a comment stands behind a value; those above it ruamel keeps in a list of their own."""
    return any(part is not None and not isinstance(part, list) for part in node.ca.items.get(key) or ())


def _has_comments(node: Any) -> bool:
    if not isinstance(node, (CommentedMap, CommentedSeq)):
        return False
    inner = node.values() if isinstance(node, CommentedMap) else node
    return bool(node.ca.items or node.ca.comment or node.ca.end) or any(_has_comments(one) for one in inner)


def _on_one_line(node: Any) -> str:
    yaml, stream = _yaml(), io.StringIO()
    yaml.width = 1_000_000
    yaml.dump(node, stream)
    return stream.getvalue().strip()


def _lines_of_their_own(mapping: CommentedMap, key: Any) -> bool:
    """Whether a comment other than one at the end of a line hangs on a key or in its value."""
    stream = io.StringIO()
    _yaml().dump({key: mapping[key]}, stream)
    tokens = mapping.ca.items.get(key) or ()
    hanging = "".join(getattr(token, "value", "") for part in tokens for token in _tokens(part))
    return "\n#" in hanging.replace(" ", "") or any(
        line.lstrip().startswith("#") for line in stream.getvalue().split("\n")
    )


def _tokens(part: Any) -> Iterator[Any]:
    if isinstance(part, list):
        for inner in part:
            yield from _tokens(inner)
    elif part is not None:
        yield part


_ENTRY: Final = re.compile(r"^  - (?:id|name|policy): ")


def _spaced(text: str) -> str:
    """One blank line before each policy but the first and before its comments, no two anywhere."""
    lines: list[str] = []
    blocks = text.split("\n")
    for index, line in enumerate(blocks):
        if not line and lines and not lines[-1]:
            continue
        if (_ENTRY.match(line) or _leads_to_entry(blocks, index)) and lines and not _opens(lines[-1]):
            lines.append("")
        lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"


def _leads_to_entry(lines: list[str], index: int) -> bool:
    """Whether a comment is the first of those right above an entry."""
    if not lines[index].startswith("  #") or (index and lines[index - 1].startswith("  #")):
        return False
    rest = next((line for line in lines[index:] if not line.startswith("  #")), "")
    return bool(_ENTRY.match(rest))


def _opens(line: str) -> bool:
    return not line or line.startswith("  #") or line.rstrip() in tuple(f"{name}:" for name in _LISTS)


def _apply(document: Any, fix: Fix) -> None:
    parent, last = document, fix.place[-1]
    for step in fix.place[:-1]:
        parent = parent[step]
    if isinstance(fix, Remove):
        del parent[last]
    elif isinstance(fix, Put):
        parent[last] = _flowing(fix.rule)


def _flowing(rule: Any) -> Any:
    """A rule on one line."""
    if isinstance(rule, dict):
        mapping = CommentedMap((_quoted(key), _flowing(value)) for key, value in rule.items())
        mapping.fa.set_flow_style()
        return mapping
    if isinstance(rule, list):
        sequence = CommentedSeq(_flowing(value) for value in rule)
        sequence.fa.set_flow_style()
        return sequence
    return _quoted(rule)


def _quoted(value: Any) -> Any:
    """Signs and empty texts in double quotes."""
    return DoubleQuotedScalarString(value) if isinstance(value, str) and not value.strip("!=<>+-*/%?:") else value


def _checked(before: str, after: str, *, same: bool) -> str:
    """The new text, or the old one where the new would lose a comment or, where it should not, change a value."""
    if after == before:
        return after
    import yaml

    try:
        kept = _comments(before) == _comments(after)
    except yaml.YAMLError:
        return before
    return after if kept and (not same or _values(before) == _values(after)) else before


def _values(text: str) -> Any:
    document = read_document("", text.encode("utf-8", "surrogatepass"), [])
    return None if document is None else document.value


def _comments(text: str) -> list[str]:
    """Every comment, in any order: keys may have moved."""
    return sorted(text[start:end].strip() for start, end in _comment_spans(text))


def _comment_spans(text: str) -> list[tuple[int, int]]:
    """Where comments stand: what no token covers, from a `#` to the end of the line."""
    if "#" not in text:
        return []
    import yaml

    found: list[tuple[int, int]] = []
    position = 0
    for token in (*yaml.scan(text), None):
        start = len(text) if token is None else token.start_mark.index
        found.extend((position + one.start(), position + one.end()) for one in _COMMENT.finditer(text[position:start]))
        position = max(position, len(text) if token is None else token.end_mark.index)
    return found


_COMMENT: Final = re.compile(r"#[^\n]*")


def _aligned(text: str) -> str:
    """Comments of their own where the next line begins, comments at the end of a line two spaces after it."""
    lines = text.split("\n")
    starts = {text.count("\n", 0, start): start for start, _ in _comment_spans(text)}
    below = 0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if index in starts:
            column = starts[index] - (text.rfind("\n", 0, starts[index]) + 1)
            before = line[:column].rstrip()
            lines[index] = f"{before}  {line[column:]}" if before else " " * below + line[column:]
        if line.strip() and not lines[index].lstrip().startswith("#"):
            below = len(line) - len(line.lstrip())
    return "\n".join(lines)
