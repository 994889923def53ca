"""Arguments and variables that make a client of one provider one of another: `genai.Client(vertexai=True)`.

In: whom a class reaches, what is passed to it. Out: the providers that count, several where nobody can tell which.
"""

from __future__ import annotations

from itertools import islice
from typing import Literal

from ..catalogue.facts import Switch
from ..catalogue.facts import routes as facts
from ..code import Environment, Reference, Scalar, Text, Value
from .passed import Argument, Passed
from .scene import Scene
from .texts import texts
from .view import View

State = Literal["on", "off", "either"]
_NO = frozenset({"", "0", "false", "no", "off", "none"})


def providers(scene: Scene, view: View, own: str, passed: Passed) -> tuple[str, ...]:
    """Whom a client of `own` reaches, by what is passed."""
    for switch in facts().switches:
        given = passed.get(switch.argument) if own in switch.sources else None
        if given is not None:
            state = _state(scene, switch, given)
            if state != "off":
                return (switch.target,) if state == "on" else (own, switch.target)
    return _by_variable(view, own, passed) or _by_module(scene, own)


def _by_variable(view: View, own: str, passed: Passed) -> tuple[str, ...]:
    """A variable that the file reads or sets, where no key says that it is not so."""
    targets = {switch.target for switch in facts().switches if own in switch.sources}
    if passed.get("apikey") is None:
        for name, _ in view.code.environment:
            if facts().variables.get(name) in targets:
                return own, facts().variables[name]
    return ()


def _by_module(scene: Scene, own: str) -> tuple[str, ...]:
    """What is set on a package as a whole: `openai.api_type = "azure"`."""
    for switch in facts().switches:
        for one in scene.defaults.get("openai", ()) if own in switch.sources else ():
            if one.name == switch.argument and _state(scene, switch, one) == "on":
                return (switch.target,)
    return (own,)


def _state(scene: Scene, switch: Switch, given: Argument) -> State:
    if switch.values:
        return _among(scene, switch, given)
    match given.value:
        case Scalar():
            return "on" if given.value.value else "off"
        case Text():
            return "off" if given.value.value.lower() in _NO else "on"
        case Reference() | Environment() if switch.argument in {"vertexai", "enterprise"}:
            found = [text.lower() in _NO for text in texts(scene.project, given.view, given.value, given.place)]
            constant = _constant(scene, given)
            if constant is not None:
                return "on" if constant else "off"
            return "either" if not found else "off" if all(found) else "either"
        case _:
            return "either" if switch.argument in {"vertexai", "enterprise"} else "on"


def _constant(scene: Scene, given: Argument) -> bool | None:
    """What a constant is, where it is one truth value."""
    if not isinstance(given.value, Reference):
        return None
    found = list(islice(scene.project.lookup(given.view, given.value.path, given.place), 3))
    if len(found) == 1 and isinstance(found[0].value, Scalar) and not found[0].rest and not found[0].is_default:
        return bool(found[0].value.value)
    return None


def _among(scene: Scene, switch: Switch, given: Argument) -> State:
    """Whether a value is one of a switch's, as a text or as a constant's name."""
    names = _names(scene, given.view, given.value, given)
    if isinstance(given.value, Reference):
        elsewhere = [
            name
            for other, one in scene.project.fields(given.view, given.value.path[-1])
            for name in _names(scene, other, one.value, given)
        ]
        if any(name in switch.values for name in elsewhere):
            return "on" if names and all(name in switch.values for name in [*names, *elsewhere]) else "either"
    return "on" if any(name in switch.values for name in names) else "off"


def _names(scene: Scene, view: View, value: Value, given: Argument) -> list[str]:
    """What a value says, in small letters: its texts, or the last step of a constant's name."""
    at = given.place if view is given.view else None
    found = [one.lower() for one in texts(scene.project, view, value, at)]
    if isinstance(value, Reference) and value.path[-1][:1].isupper():
        found.append(value.path[-1].lower())
    return found
