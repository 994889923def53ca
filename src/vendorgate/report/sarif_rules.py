"""Policies as SARIF rules, and SARIF's messages.

In: policies. Out: SARIF's reportingDescriptors (section 3.49), each with help in words that the judging logic gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..model.policy import Policy
from ..model.vocabulary import Severity
from ..terminal.escape import escape
from .clauses import Clause, lines
from .lines import shortened, title
from .markup import markdown
from .policy_page import ADVICE, Page, page

LEVEL: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "note": "note"}
_MOST_TAGS: Final = 20
_LONGEST_DESCRIPTION: Final = 1024
"""Characters; GitHub's limit, as is the number of tags."""
_LONGEST_HELP: Final = 16_000


def rule(policy: Policy) -> dict[str, object]:
    """The rule of a policy. It has no security-severity: how severe a finding is for security, no policy says."""
    found = page(policy)
    tags = [escape(tag) for tag in policy.tags if escape(tag)]
    return {
        "id": policy.id,
        "shortDescription": message(title(policy), _LONGEST_DESCRIPTION),
        "fullDescription": message(" ".join(_sentences(found)), _LONGEST_DESCRIPTION),
        "help": {
            **message("\n".join(_help(found)), _LONGEST_HELP),
            "markdown": _braces("\n".join(_help_markdown(found))),
        },
        "defaultConfiguration": {"level": LEVEL[policy.severity]},
        "properties": {"tags": list(dict.fromkeys(tags))[:_MOST_TAGS]},
    }


def message(escaped: str, most: int) -> dict[str, str]:
    """A plain text message. Braces would be placeholders (section 3.11.5), `[text](target)` a link (3.11.6)."""
    return {"text": _braces(shortened(escaped, most).replace("](", "] ("))}


def _braces(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _sentences(found: Page) -> Iterator[str]:
    yield f"{title(found.policy)}."
    yield f"{_applies(found)} {_joined(found.applies)}."
    yield f"Requires: {'; '.join(_joined(clause) for clause in found.requires)}."
    yield from found.consequences


def _applies(found: Page) -> str:
    return "Applies where" if found.policy.when is not None else "Applies to"


def _joined(clause: Clause) -> str:
    """A clause and its parts on one line."""
    (_, first), *rest = lines(clause)
    return escape(f"{first} {'; '.join(text for _, text in rest)}" if rest else first)


def _help(found: Page) -> Iterator[str]:
    yield from _sentences(found)
    policy = found.policy
    if policy.remediation is not None:
        yield f"Way out: {escape(policy.remediation)}"
    if policy.references:
        yield f"See: {escape('; '.join(policy.references))}"
    yield ADVICE


def _help_markdown(found: Page) -> Iterator[str]:
    policy = found.policy
    yield f"**{_applies(found)}**"
    yield from _items((found.applies,))
    yield "**Requires**"
    yield from _items(found.requires)
    yield " ".join(found.consequences)
    if policy.remediation is not None:
        yield from ("", f"**Way out:** {_formatted(policy.remediation)}")
    if policy.references:
        yield from ("", f"**See:** {_formatted('; '.join(policy.references))}")
    yield from ("", ADVICE)


def _items(clauses: Iterable[Clause]) -> Iterator[str]:
    yield ""
    for clause in clauses:
        yield from (f"{'  ' * depth}- {_formatted(text)}" for depth, text in lines(clause))
    yield ""


def _formatted(text: str) -> str:
    """Markdown without HTML (section 3.11.4.2): code that would need a tag is no code."""
    line = escape(text)
    return markdown(line.replace("`", "'") if "|" in line or "\\" in line else line)
