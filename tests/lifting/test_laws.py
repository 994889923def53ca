"""What holds of every way out, in every world: done by hand, it passes the real check, and nothing less does."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, note, settings
from hypothesis import strategies as st

from tests.command import vendorgate
from tests.lifting.applying import OF_ACCOUNTS, RealGate, swapped
from tests.lifting.worlds import AS_OF, NAMING_WORLDS, WORLDS, observing_worlds, written
from tests.thoroughness import SHARE, share, thorough
from vendorgate.lifting import search
from vendorgate.lifting.search import Bounds

QUIET = settings(max_examples=share(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
OPTIONS = ("--policies", "policies", "--registry", "registry", "--as-of", AS_OF.isoformat(), "--format", "json")


@pytest.fixture(autouse=True, scope="module")
def judgements() -> Iterator[None]:
    """A search of these laws ends by its bound sooner for a commit: what holds of ways out holds of those that it has
    found by then. Thorough runs search as far as users do."""
    with pytest.MonkeyPatch.context() as patch:
        if not thorough():
            patch.setattr(search, "Bounds", partial(Bounds, judgements=Bounds().judgements // SHARE))
        yield


def answer(folder: Path, command: str, *more: str) -> dict[str, Any]:
    """What a command answers on the usage of a world."""
    ended = vendorgate(command, "vendorgate.yaml", "--usage", "u", *OPTIONS, *more, folder=folder)
    assert ended.code in (0, 1), ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    assert (ended.code == 1) == (found["answer"] == "none")
    return found


@QUIET
@given(world=observing_worlds())
def test_every_repair_done_by_hand_and_at_vendors_passes_and_no_part_of_it_does(world: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest, register = written(folder, world)
        gate = RealGate(folder, "u", AS_OF)
        found = answer(folder, "repair", "--limit", "3")
        note(json.dumps(found["repairs"]))
        assert (found["answer"] == "passes") == (not gate.blocks(manifest, register))
        done = [found["rest"]] if found["rest"] is not None else found["repairs"]
        event(str(sorted({change["kind"] for one in done for change in one["changes"]} & {"observe", "account"})))
        for one in done:
            gate.assert_smallest(manifest, register, one["changes"], _aside(found))
            declared = [change for change in one["changes"] if change["kind"] not in OF_ACCOUNTS]
            required = world["observing"].get("required", ())
            assert not any(
                change["field"].startswith("settings.") and change["offering"] in required for change in declared
            )


@QUIET
@given(world=st.one_of(WORLDS, NAMING_WORLDS))
def test_every_repair_done_by_hand_passes_and_no_part_of_it_does(world: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest, register = written(folder, world)
        gate = RealGate(folder, "u", AS_OF)
        found = answer(folder, "repair", "--limit", "3")
        note(json.dumps(found["repairs"]))
        assert (found["answer"] == "passes") == (not gate.blocks(manifest, register))
        for repair in found["repairs"]:
            gate.assert_smallest(manifest, register, repair["changes"])
        if found["rest"] is not None:
            assert not found["repairs"]
            event("something else can be lifted")
            gate.assert_smallest(manifest, register, found["rest"]["changes"], _aside(found))


def _aside(found: dict[str, Any]) -> set[tuple[str, str]]:
    return {(one["offering"], one["policy"]) for one in found["obstacles"]}


@QUIET
@given(world=st.one_of(WORLDS, observing_worlds()))
def test_every_option_of_a_change_does_as_well(world: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest, register = written(folder, world)
        gate = RealGate(folder, "u", AS_OF)
        for repair in answer(folder, "repair", "--limit", "2")["repairs"]:
            for index, change in enumerate(repair["changes"]):
                for option in change["options"]:
                    changes = [*repair["changes"]]
                    changes[index] = {**change, "new": option}
                    gate.assert_smallest(manifest, register, changes)


@QUIET
@given(world=st.one_of(WORLDS, observing_worlds()))
def test_every_alternative_done_by_hand_passes_and_no_part_of_it_does(world: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest, register = written(folder, world)
        gate = RealGate(folder, "u", AS_OF)
        found = answer(folder, "alternatives")
        for one in found["alternatives"]:
            changed = swapped(manifest, "u", found["offering"], one)
            if one["passes"]:
                gate.assert_smallest(changed, register, one["changes"])
            elif one["rest"] is not None:
                gate.assert_smallest(changed, register, one["rest"]["changes"], _aside(one))


def _is_stated(field: str, usage: dict[str, Any], of_use: set[str]) -> bool:
    """Whether a usage says already what only its people know."""
    table, _, name = field.partition(".")
    return table in of_use and (name in usage.get(table, {}) if name else table in usage)


@pytest.mark.parametrize("command", ["repair", "alternatives"])
def test_nothing_is_changed_that_is_not_ours_to_change(command: str) -> None:
    allowed = {
        "endpoints",
        "models",
        "features",
        "region",
        "cloud_region",
        "tier",
        "agreements",
        "fallbacks",
        "via",
        "lifecycle",
    }

    @QUIET
    @given(world=WORLDS)
    def law(world: dict[str, Any]) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            written(folder, world)
            found = answer(folder, command)
            changes = [
                change
                for one in (*found.get("repairs", ()), *found.get("alternatives", ()))
                for change in one["changes"]
            ]
            declared = {"purpose", "subjects", "attributes"}
            fields = {change["field"].partition(".")[0] for change in changes if change["old"] is not None}
            assert fields <= allowed | {"settings"}
            assert {change["field"].partition(".")[0] for change in changes} <= allowed | declared | {"settings"}
            assert not any(_is_stated(change["field"], world["usage"], declared) for change in changes)

    law()
