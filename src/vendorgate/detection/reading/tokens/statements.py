"""Statements and elements: what ends them, and what they leave behind.

In: the state where one ends. Out: assignments, returned values, arguments and entries.
"""

from __future__ import annotations

from ...code import UNKNOWN, Assignment, Environment, Made, Reference, Text, Value
from . import frames
from .calls import ending
from .frames import Frame, Target
from .state import State


def target(state: State) -> Target | None:
    """Take what stands before `=`."""
    frame = state.frame
    if frame.base is not None:
        return None
    found = frame.typed
    declares = frame.declaring or frame.close == ")" or frame.kind == frames.CLASS
    if found is None and state.grammar.style == "name first" and declares:
        found = frame.first
    if found is None and frame.path is not None:
        found = frame.path, frame.path_start, frame.own
    if found is None and 0 <= frame.emitted < len(state.calls):
        found = _pattern(state)
    return found


def _pattern(state: State) -> Target | None:
    """The name in a pattern such as `Some(key)`, which looks like a call."""
    frame = state.frame
    start, call = state.calls[frame.emitted]
    if len(call.positional) == 1 and isinstance(call.positional[0], Reference):
        del state.calls[frame.emitted :]
        return call.positional[0].path, start, False
    return None


def assign(state: State, found: Target, value: Value, *, is_default: bool = False) -> None:
    path, start, own = found
    frame = state.frame
    if path == ("_",):
        return
    in_class = frame.kind == frames.CLASS
    if in_class and frame.annotation is not None and not isinstance(value, Environment):
        value = frame.annotation
    made = Assignment(
        path,
        value,
        state.place(start),
        (frame.owner or state.receiver[1]) if own or in_class else "",
        "" if in_class else frame.function,
        is_default,
        frame.conditional or frame.was_in_branch,
    )
    state.assignments.append((start, made))
    if path[:-1] in state.grammar.environment_maps and len(path) > 1:
        state.environment.append((start, path[-1]))


def end_statement(state: State) -> None:
    """What a statement of a block leaves behind."""
    frame = state.frame
    if frame.path is None and frame.value is None and not frame.terms and not frame.targets and not frame.annotation:
        if frame.returning or frame.head or frame.lefts or frame.in_branch or frame.key is not None:
            frame.reset()
            frame.mark = len(state.calls)
        return
    annotated = _annotated(state) if frame.annotation is not None else None
    emitted = frame.emitted
    value = state.finish()
    if frame.targets:
        _assigned(state, value)
    elif frame.returning:
        returned(state, value)
    elif annotated is not None and frame.annotation is not None:
        assign(state, annotated, frame.annotation)
    elif frame.is_arm and value is not None:
        frame.arms.append(value)
    elif frame.kind == frames.CLASS and emitted >= 0 and not frame.head and not state.grammar.by_words:
        _constant(state, emitted)
    if frame.head != "modifier":
        frame.tail = value
    frame.reset()
    frame.values = []
    frame.mark = len(state.calls)


def _constant(state: State, emitted: int) -> None:
    """A member of an enumeration, which looks like a call: `GPT("gpt-4")`."""
    if emitted != len(state.calls) - 1:
        return
    start, call = state.calls[emitted]
    if len(call.path) == 1 and call.receiver is None:
        del state.calls[emitted:]
        value = call.positional[0] if len(call.positional) == 1 else Made(call)
        assign(state, (call.path, start, False), value)


def _annotated(state: State) -> Target | None:
    """The name of a member that an annotation gives its value."""
    frame = state.frame
    if frame.targets or frame.made is not None:
        return None
    return target(state)


def _assigned(state: State, value: Value | None) -> None:
    frame = state.frame
    if frame.lefts:
        values = [*frame.values, *([value] if value is not None else [])]
        for index, left in enumerate([*frame.lefts, *frame.targets]):
            alone = index == 0 or len(values) > 1
            assign(state, left, values[index] if alone and index < len(values) else UNKNOWN)
        return
    for each in frame.targets:
        assign(state, each, UNKNOWN if value is None else value)
    if frame.is_trailing and not state.grammar.by_words and len(frame.targets) == 1 and value is not None:
        frame.entries.append((frame.targets[0][0][-1], value))


def returned(state: State, value: Value | None) -> None:
    """A value that the function returns; only the first of several that stand side by side."""
    frame = state.frame
    record = frame.made or frame.record
    if record is not None and value is not None:
        record.returns.append(frame.values[0] if frame.values else value)


def end_element(state: State) -> None:
    """What an argument, an entry or a parameter leaves behind."""
    frame = state.frame
    if frame.kind == frames.PARAMETERS:
        return _parameter(state)
    value = state.finish()
    if frame.key is not None:
        frame.entries.append((frame.key, Reference((frame.key,)) if value is None else value))
    elif frame.targets:
        _assigned(state, value)
    elif frame.kind == frames.LITERAL and state.grammar.shorthand:
        if isinstance(value, Reference) and len(value.path) == 1:
            frame.entries.append((value.path[0], value))
    elif value is not None:
        frame.values.append(value)
    return frame.reset()


def _parameter(state: State) -> None:
    frame = state.frame
    if frame.targets:
        found: Target | None = frame.targets[0]
    else:
        found = frame.typed or (frame.first if state.grammar.style == "name first" else None)
        if found is None and frame.path is not None:
            found = frame.path, frame.path_start, False
    if found is not None and found[0] != ("self",):
        if frame.record is not None:
            frame.record.parameters.append(found[0][-1])
        else:
            last = frame.path[-1] if frame.path is not None else found[0][-1]
            frame.values = [Text(found[0][-1]), Text(last)]
        value = state.finish()
        if frame.annotation is not None:
            assign(state, found, frame.annotation, is_default=True)
        elif frame.targets:
            assign(state, found, UNKNOWN if value is None else value, is_default=True)
    frame.reset()


def as_key(state: State) -> str | None:
    """Take what stands before the sign of an entry as its name."""
    frame = state.frame
    if frame.terms:
        return None
    if frame.path is not None:
        name: str | None = frame.path[-1]
    elif isinstance(frame.value, Text):
        name = frame.value.value
    else:
        name = "".join(_texts(frame.value)) or None
    frame.begin()
    return name


def _texts(value: Value | None) -> list[str]:
    """The text in brackets, as C# writes keys."""
    values = getattr(value, "values", ())
    return [one.value for one in values if isinstance(one, Text)]


def reads_environment(state: State, frame: Frame, name: str) -> Value | None:
    """What `ENV["X"]` comes to."""
    path = frame.target
    if path is not None and path in state.grammar.environment_maps:
        return Environment(name)
    chain = frame.chain
    if chain is not None and ending(state.grammar.environment, chain.path) is not None and not chain.positional:
        return Environment(name)
    return None
