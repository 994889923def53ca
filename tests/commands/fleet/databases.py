"""Databases of runs, filled by hand: of each subject what tests are about."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from vendorgate.commands.fleet.run.schema import INDEXES, TABLES


class Judged(NamedTuple):
    """A subject with what is known of it and what it came to."""

    manifest: str = "acme/clinic/vendorgate.yaml"
    usage: str = "triage"
    facts: Mapping[str, Any] = {}
    results: Mapping[str, str] = {}
    """By policy: the outcome, and `!` behind it where it blocks."""
    reasons: Mapping[str, Any] = {}
    offering: str = "alpha"
    route: str = "primary"
    account: str | None = None
    vendor: str | None = None


class Listed(NamedTuple):
    """A manifest that is not as the others of a test."""

    path: str
    repository: str | None = "acme/clinic"
    sha256: str = "0"
    project: str | None = "clinic"
    owner: str | None = "care"
    bound: bool | None = None
    problems: tuple[str, ...] = ()


def fill(
    database: sqlite3.Connection,
    subjects: Iterable[Judged],
    manifests: Iterable[Listed] = (),
    repositories: Iterable[tuple[str, str]] = (),
    policies: Iterable[str] = ("p",),
) -> sqlite3.Connection:
    """Write a run: `manifests` are those that are otherwise than a subject alone says, `repositories` have a state."""
    database.executescript(TABLES)
    places = {id: place for place, id in enumerate(policies)}
    rows = [(place, id, id.upper()) for id, place in places.items()]
    database.executemany("INSERT INTO policies VALUES (?, ?, ?, 'error')", rows)
    wanted, known = [*subjects], {one.path: one for one in manifests}
    numbers: dict[str, int] = {}
    for path in dict.fromkeys((*known, *(one.manifest for one in wanted))):
        numbers[path] = len(numbers) + 1
        _list(database, numbers[path], known.get(path) or _usual(path))
    for name, state in repositories:
        row = (name, "/", state, None, None if state == "gathered" else "gone", None, "2026-11-23", 0, 0)
        database.execute("INSERT INTO repositories VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    cases: dict[str, int] = {}
    for subject in wanted:
        _write(database, subject, numbers[subject.manifest], cases, places)
    database.executescript(INDEXES)
    database.commit()
    return database


def _usual(path: str) -> Listed:
    return Listed(path, "/".join(path.split("/")[:2]), project=path.split("/")[-2])


def _list(database: sqlite3.Connection, number: int, one: Listed) -> None:
    row = (one.repository, one.path, one.sha256, one.project, one.owner, one.bound, 1, json.dumps(one.problems))
    database.execute("INSERT INTO manifests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *row))


def _write(
    database: sqlite3.Connection, one: Judged, manifest: int, cases: dict[str, int], places: Mapping[str, int]
) -> None:
    whole = json.dumps([one.facts, one.results, one.reasons], sort_keys=True)
    digest = hashlib.sha256(whole.encode()).hexdigest()[:32]
    if digest not in cases:
        cases[digest] = len(cases) + 1
        row = (cases[digest], digest, json.dumps(one.facts, sort_keys=True), json.dumps(one.reasons, sort_keys=True))
        database.execute("INSERT INTO cases VALUES (?, ?, ?, ?)", row)
        for policy, outcome in one.results.items():
            verdict = (cases[digest], places[policy], outcome.rstrip("!"), "error", outcome.endswith("!"), None)
            database.execute("INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?)", verdict)
    subject = (manifest, one.usage, one.route, one.offering, one.account, one.vendor, 1, cases[digest])
    database.execute("INSERT INTO subjects VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", subject)
