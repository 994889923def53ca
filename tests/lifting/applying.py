"""Doing what a JSON report on ways out says, on plain documents and by its own lights, and asking the real gate.

Shares nothing with the code that found the way: what is written here is what a person would edit.
"""

from __future__ import annotations

import copy
import datetime
import itertools
import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from vendorgate import Gate

Document = dict[str, Any]
OF_ACCOUNTS = ("observe", "account")
"""Kinds of change after which an account is read again."""
_MAX_AGE = 30


def edited(
    manifest: Document, register: Document | None, usage: str, changes: Iterable[Document]
) -> tuple[Document, Document | None]:
    """The manifest and the register with changes done to a usage."""
    manifest, register = copy.deepcopy(manifest), copy.deepcopy(register)
    account = next(one for one in manifest["usages"] if one["id"] == usage)
    primary = account["offering"]
    for change in changes:
        if change["kind"] in OF_ACCOUNTS:
            continue
        if change["kind"] == "drop-route":
            _drop(account, change["offering"])
        elif change["agreement"] is not None:
            assert register is not None
            entry = {
                key: value for key, value in change["agreement"].items() if value is not None and key != "or_later"
            }
            register["agreements"].append(entry)
        else:
            _edit(account if change["offering"] == primary else _route(account, change["offering"]), change)
    return manifest, register


def _drop(account: Document, offering: str) -> None:
    account["fallbacks"] = [one for one in account.get("fallbacks", []) if offering not in (one, _id(one))]
    if account.get("via") is not None and _id(account["via"]) == offering:
        del account["via"]


def _id(route: Any) -> str:
    return str(route if isinstance(route, str) else route["offering"])


def _route(account: Document, offering: str) -> Document:
    """The mapping of a fallback or gateway, which becomes one where it was only named."""
    for index, route in enumerate(account.get("fallbacks", [])):
        if _id(route) == offering:
            account["fallbacks"][index] = {"offering": route} if isinstance(route, str) else route
            return account["fallbacks"][index]  # type: ignore[no-any-return]
    account["via"] = {"offering": account["via"]} if isinstance(account["via"], str) else account["via"]
    return account["via"]  # type: ignore[no-any-return]


def _edit(account: Document, change: Document) -> None:
    field, old, new = change["field"], change["old"], change["new"]
    if field.startswith(("settings.", "attributes.")):
        table, _, name = field.partition(".")
        account.setdefault(table, {})[name] = new
    elif field == "agreements":
        account.setdefault("agreements", []).append(new)
    elif field in ("endpoints", "models", "features", "subjects"):
        named = account.get(field, [])
        names = [new if name == old else name for name in named] if old is not None else [*named, new]
        account[field] = [*dict.fromkeys(name for name in names if name is not None)]
    else:
        account[field] = new


class RealGate:
    """The real gate over a folder with `policies` and `registry`, asked through files."""

    def __init__(self, folder: Path, usage: str, as_of: datetime.date) -> None:
        self._folder = folder
        self._usage = usage
        self._as_of = as_of
        self._gates: dict[tuple[str, str], Gate] = {}
        read = (folder / "policies" / "observations").glob("*-read.yaml")
        self._observations = {path.name.removesuffix("-read.yaml"): json.loads(path.read_text()) for path in read}

    def blocks(
        self,
        manifest: Document,
        register: Document | None,
        aside: Collection[tuple[str, str]] = (),
        at_vendors: Iterable[Document] = (),
    ) -> bool:
        """Whether it blocks the usage, other than by some policies on some routes, with accounts set up otherwise."""
        path = self._folder / "edited.yaml"
        path.write_text(json.dumps(manifest), encoding="utf-8")  # JSON is YAML
        usage = next(one for one in manifest["usages"] if one["id"] == self._usage)
        observations = self._observed(usage, [one for one in at_vendors if one["kind"] in OF_ACCOUNTS])
        evaluation = self._gate(json.dumps(register), json.dumps(observations)).check(path, as_of=self._as_of)
        return any(
            result.blocks and (result.subject.offering.id, result.policy.id) not in aside
            for result in evaluation.results
            if result.subject.usage == self._usage
        )

    def _observed(self, usage: Document, changes: Iterable[Document]) -> Document:
        """What has been read of each offering's account, the changed ones on the day."""
        found: Document = copy.deepcopy(self._observations)
        for change in changes:
            offering, field, old, new = (change[name] for name in ("offering", "field", "old", "new"))
            mine = found.get(offering, {})
            age = (self._as_of - datetime.date.fromisoformat(mine.get("observed", "0001-01-01"))).days
            if not 0 <= age <= _MAX_AGE:  # what it said is not known to be so today
                mine = {"version": 1, "offering": offering, "settings": {}}
            found[offering] = {**mine, "observed": self._as_of.isoformat()}
            table, _, name = field.partition(".")
            if table == "settings":
                found[offering]["settings"][name] = new
                for entry in mine.get("scoped_settings", []):
                    entry["settings"].pop(name, None)
                entries = [entry for entry in mine.get("scoped_settings", []) if entry["settings"]]
                found[offering]["scoped_settings"] = entries
            elif field == "features":
                named = mine.get("features", self._declared(usage, offering).get("features", []))
                named = [one for one in named if one != old]
                found[offering]["features"] = named if new is None else [*named, new]
            else:
                found[offering][field] = new
        return found

    def _declared(self, usage: Document, offering: str) -> Document:
        return usage if usage["offering"] == offering else _route(usage, offering)

    def _gate(self, register: str, observations: str) -> Gate:
        if (register, observations) not in self._gates:
            if register != "null":
                (self._folder / "policies" / "agreements.yaml").write_text(register, encoding="utf-8")
            for name, one in json.loads(observations).items():
                path = self._folder / "policies" / "observations" / f"{name}-read.yaml"
                path.parent.mkdir(exist_ok=True)
                path.write_text(json.dumps(one), encoding="utf-8")
            for path in (self._folder / "policies" / "observations").glob("*-read.yaml"):
                if path.name.removesuffix("-read.yaml") not in json.loads(observations):
                    path.unlink()
            self._gates[register, observations] = Gate(self._folder / "policies", self._folder / "registry")
        return self._gates[register, observations]

    def assert_smallest(
        self,
        manifest: Document,
        register: Document | None,
        changes: Sequence[Document],
        aside: Collection[tuple[str, str]] = (),
    ) -> None:
        """With the changes nothing of the usage blocks but what is set aside; with a proper subset something does."""
        for size in range(len(changes) + 1):
            for subset in itertools.combinations(changes, size):
                edit = edited(manifest, register, self._usage, subset)
                assert self.blocks(*edit, aside, subset) == (size < len(changes)), subset


def swapped(manifest: Document, usage: str, route: str, alternative: Document) -> Document:
    """The manifest with an alternative in the place of a route's offering, before anything else changes."""
    manifest = copy.deepcopy(manifest)
    account = next(one for one in manifest["usages"] if one["id"] == usage)
    offering = alternative["offering"]
    if offering == route:
        return manifest
    taken = {"offering": offering, "features": alternative["features"]}
    if alternative["models"] is not None:
        taken["models"] = alternative["models"]
    if account["offering"] == route:
        for field in ("endpoints", "models", "features", "cloud_region", "tier", "settings", "agreements"):
            account.pop(field, None)
        account.update(taken)
        return manifest
    old = _route(account, route)
    taken.update((field, old[field]) for field in ("region", "lifecycle") if field in old)
    old.clear()
    old.update(taken)
    return manifest
