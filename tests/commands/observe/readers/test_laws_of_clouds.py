"""Nothing is told of a call that any answer which may govern it does not say, whatever the answers are."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from hypothesis import given
from hypothesis import strategies as some

from vendorgate.commands.observe.readers.azure import TYPES, Deployment, DeploymentProperties, Model, Sku, types_of
from vendorgate.commands.observe.readers.bedrock import EITHER, ENDPOINTS, RUNTIME, settled
from vendorgate.commands.observe.readers.bedrock_region import Surface, Told

MODES: Final = ("none", "default", "inherit", None)
OFFERINGS: Final = tuple(ENDPOINTS)


def surfaces() -> Iterator[Surface]:
    for account in MODES:
        told = Told(account, "" if account else "nobody says")
        yield Surface(told, None)
        yield Surface(told, Told(why="gone", gone=True))
        for project in MODES:
            yield Surface(told, Told(project, "" if project else "nobody says"))


def by_scopes(surface: Surface) -> str | None:
    """The mode of calls of the account at one surface, worked out from the order of scopes alone."""
    if surface.project is not None and not surface.project.gone and surface.project.mode != "inherit":
        return surface.project.mode
    return surface.account.mode


def test_no_mode_is_told_that_may_be_another() -> None:
    told = 0
    for offering, (runtime, mantle) in itertools.product(OFFERINGS, itertools.product(tuple(surfaces()), repeat=2)):
        here, account, there = by_scopes(runtime), runtime.account.mode, by_scopes(mantle)
        may_govern = {name: {here} for name in RUNTIME} | {name: {here, account, there} for name in EITHER}
        everywhere, scoped, why = settled(offering, runtime, mantle)
        if everywhere is not None:
            assert scoped == ()
            assert {here, account, there, mantle.account.mode} == {everywhere}
        else:
            assert why
        for one in scoped:
            assert one.names
            assert all(may_govern[name] == {one.value} for name in one.names), (runtime, mantle)
        told += everywhere is not None or bool(scoped)
    assert told > 1_000, "silence would keep this law, too"


TYPE: Final = some.sampled_from(("Standard", "GlobalStandard", "PlanetStandard", None))
LINK: Final = some.sampled_from((None, None, None, "a", "b", "c", "d", "gone"))


@given(
    some.lists(
        some.tuples(some.sampled_from("abcd"), TYPE, some.sampled_from(("x", "y", "z")), LINK, LINK),
        min_size=1,
        max_size=5,
    )
)
def test_no_type_is_told_that_a_call_may_leave(
    drawn: list[tuple[str, str | None, str, str | None, str | None]],
) -> None:
    deployments = tuple(
        Deployment(
            name=name,
            sku=Sku(name=type),
            properties=DeploymentProperties(
                model=Model(format="OpenAI", name=model), spillover_deployment_name=spill, parent_deployment_name=parent
            ),
        )
        for name, type, model, spill, parent in drawn
    )
    everywhere, scoped, _ = types_of(deployments, "openai")
    told = {name: str(one.value) for one in scoped for name in one.names}
    told |= {} if everywhere is None else dict.fromkeys("xyz", everywhere)
    for start in (one for one in drawn if one[2] in told):
        reached = [start]
        for one in reached:
            assert one[1] == told[start[2]]
            assert one[1] in TYPES
            for link in {one[3], one[4]} - {None}:
                targets = [other for other in drawn if other[0] == link]
                assert targets, f"{one[0]} leads nowhere"
                reached += [other for other in targets if other not in reached]
