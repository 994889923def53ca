"""Policies for people who read no JSON: what each applies to, what it requires, what happens otherwise.

In: policies. Out: sentences, and from them text and Markdown. Each format escapes in one place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ...logic import unparse
from ...report.clauses import Clause, lines
from ...report.markup import markdown
from ...report.policy_page import ADVICE, Page, page
from ...terminal.escape import escape
from ...terminal.style import PLAIN, Look, Style
from .handbook_controls import ANCHOR, by_control
from .handbook_head import in_force
from .model import OVER_ALL, CountedPolicy, PolicySelection


def _sentence(text: str) -> str:
    return text if text.endswith((":", ".")) else f"{text}."


def explained(selected: PolicySelection, style: Style = PLAIN) -> str:
    """Plain English, one block a policy."""
    return "\n\n".join("\n".join(policy_lines(one, style)) for one in selected.policies) + "\n"


def policy_lines(one: CountedPolicy, style: Style) -> Iterator[str]:
    """One policy in plain English: its title, then a line a sentence."""
    policy, found = one.policy, page(one.policy)
    yield f"{style.paint('bold', escape(policy.id))}: {escape(policy.title)}"
    yield from _titled("Applies where" if policy.when is not None else "Applies to", found.applies)
    if len(found.requires) == 1:
        yield from _titled(_required(found), found.requires[0])
    else:
        yield "  Requires all of these:"
        for required in found.requires:
            yield from (f"{'  ' * (depth + 2)}- {_sentence(escape(text))}" for depth, text in lines(required))
    if not one.is_off:
        yield f"  {' '.join(found.consequences)}"
    if one.override is not None:
        yield f"  {_sentence(escape(f'Here: {counting_words(one)} ({one.location})'))}"
    if one.waits:
        yield f"  {_sentence(escape(f'Not in force: {waiting_words(one)}'))}"
    if policy.remediation is not None:
        yield f"  Way out: {escape(policy.remediation)}"
    if policy.references:
        yield f"  See: {escape('; '.join(policy.references))}"
    yield f"  {style.paint('dim', ADVICE)}"


def _required(found: Page) -> str:
    """What leads to a lone requirement; a message is no subordinate clause."""
    return "Requires that" if found.policy.require[0].message is None else "Requires:"


def _titled(title: str, one: Clause) -> Iterator[str]:
    (_, first), *rest = lines(one)
    yield f"  {title} {_sentence(escape(first))}"
    yield from (f"{'  ' * (depth + 1)}- {_sentence(escape(text))}" for depth, text in rest)


def shown(selected: PolicySelection, style: Style = PLAIN) -> str:
    """The one policy in plain English with its logic and its place."""
    (found,) = selected.policies
    policy = found.policy
    location = policy.source.locate(("policies", policy.index, "id"))
    logic = [
        *([] if policy.when is None else [("when", policy.when)]),
        *(("require", one.tree) for one in policy.require),
    ]
    body = [
        *policy_lines(found, style),
        "  Logic:",
        *(f"    {name}: {escape(json.dumps(unparse(tree), ensure_ascii=False))}" for name, tree in logic),
        f"  Tags: {escape(', '.join(policy.tags)) or 'none'}",
        f"  Tests: {selected.tests}",
        f"  {style.paint('frame', '-->')} {escape(str(location))}",
    ]
    return "\n".join(body) + "\n"


def listed(selected: PolicySelection, style: Style = PLAIN) -> str:
    """One line a policy, as it counts; one that the bundle overrides says how it is written, and why."""
    found = selected.policies
    widest = max((len(escape(one.policy.id)) for one in found), default=0)
    rows = []
    for one in found:
        policy = one.policy
        word = "off" if one.is_off else policy.severity
        look: Look = "dim" if one.is_off or one.waits else policy.severity
        why = "" if one.override is None else f" (here: {counting_words(one)})"
        why += f" (not in force: {waiting_words(one)})" if one.waits else ""
        why += f" ({OVER_ALL})" if one.is_of_fleet else ""
        title = escape(f"{policy.title}{why}")
        rows.append(f"{style.paint(look, f'{word:<7}')}  {escape(policy.id):<{widest}}  {title}\n")
    return "".join(rows)


def counting_words(one: CountedPolicy) -> str:
    """How a policy counts otherwise than it is written, and why: plain text, not yet escaped."""
    assert one.override is not None
    policy, written = one.policy, one.written
    said = ["off, and judges nobody"] if one.is_off else []
    if policy.severity != written.severity:
        said.append(f"{policy.severity} instead of {written.severity}")
    if policy.enforce_from != written.enforce_from:
        said.append(f"enforced from {policy.enforce_from}")
    return f"{', '.join(said) or 'as it is written'}: {one.override.reason}"


def waiting_words(one: CountedPolicy) -> str:
    """Why a policy judges nobody until somebody asks for its pack: plain text, not yet escaped."""
    assert one.pack is not None
    return f"the pack {one.pack.name} is optional"


def handbook(selected: PolicySelection) -> str:
    """A handbook in Markdown: what is in force and what blocks, a table of contents, a section a policy, an index by
    control."""
    found, bundle = selected.policies, selected.bundle
    title = markdown(bundle.name or "Policies for AI vendors")
    head = [f"# {title}", "", *([f"Release {markdown(bundle.release)}.", ""] if bundle.release else []), ADVICE, ""]
    contents = [
        f"- [{markdown(one.policy.title)}](#{one.policy.id}){' (not in force)' if one.waits else ''}" for one in found
    ]
    sections = ["\n".join(_section(one)) for one in found]
    served = [*by_control(found)]
    if served:
        contents.append(f"- [By control](#{ANCHOR})")
    return "\n".join([*head, *in_force(selected), "", *contents, "", "\n\n".join(sections), *served]) + "\n"


def _section(one: CountedPolicy) -> Iterator[str]:
    policy, found = one.policy, page(one.policy)
    yield f'<a id="{policy.id}"></a>'
    yield ""
    yield f"## {markdown(policy.title)}"
    yield ""
    tags = f" · {markdown(', '.join(policy.tags))}" if policy.tags else ""
    yield f"`{policy.id}` · {'off' if one.is_off else policy.severity}{tags}"
    if one.override is not None:
        yield ""
        yield _sentence(f"**Here:** {markdown(counting_words(one))}")
    if one.waits:
        yield ""
        yield _sentence(f"**Not in force:** {markdown(waiting_words(one))}")
    yield ""
    yield from _bullets("Applies where" if policy.when is not None else "Applies to", (found.applies,))
    yield from _bullets(_required(found) if len(found.requires) == 1 else "Requires all of these:", found.requires)
    if not one.is_off:
        yield " ".join(found.consequences)
    if policy.remediation is not None:
        yield ""
        yield f"**Way out:** {_sentence(markdown(policy.remediation))}"
    if policy.references:
        yield ""
        yield f"**See:** {markdown('; '.join(policy.references))}"


def _bullets(title: str, clauses: tuple[Clause, ...]) -> Iterator[str]:
    if len(clauses) == 1:
        (_, first), *rest = lines(clauses[0])
        yield f"**{title}** {_sentence(markdown(first))}"
        if rest:
            yield ""
        yield from (f"{'  ' * (depth - 1)}- {_sentence(markdown(text))}" for depth, text in rest)
    else:
        yield f"**{title}**"
        yield ""
        for one in clauses:
            yield from (f"{'  ' * depth}- {_sentence(markdown(text))}" for depth, text in lines(one))
    yield ""
