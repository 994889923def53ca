"""The paths of which a rule may ask whether they are observed: what an observation can tell, and nothing else.

In: a path. Out: nothing, or the nearest path that there is.
"""

from __future__ import annotations

from ..logic.types import UnknownPath


def check_observable(path: str) -> None:
    """Refuse a path that no observation tells.

    Raises:
        UnknownPath: it is one.
    """
    root, *steps = path.split(".")
    if root == "usage" and steps[:1] == ["settings"]:
        check_setting(steps)
        return
    from ..model.observable import OBSERVABLE, SETTINGS  # most rules ask for settings

    if path not in OBSERVABLE:
        from ..logic.nearest import nearest  # a mistake

        meant = nearest(".".join(steps), [one.partition(".")[2] for one in OBSERVABLE if one.startswith(f"{root}.")])
        told = f"an observation tells `{SETTINGS}<name>`, {', '.join(f'`{one}`' for one in sorted(OBSERVABLE))}"
        raise UnknownPath(told if meant is None else f"did you mean `{root}.{meant}`?")


def check_setting(steps: list[str]) -> None:
    """Refuse a path below `usage` that begins as that of a setting and names none.

    Raises:
        UnknownPath: it is one.
    """
    if len(steps) < 2 or not all(steps):
        from ..model.observable import SETTINGS  # a mistake

        raise UnknownPath(f"name one setting, such as `{SETTINGS}zero_data_retention`")
