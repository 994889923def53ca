"""What is fuzzed: for each kind of input a folder of good files, which of them change, and what reads them.

In: a folder to work in. Out: runs, each of which must end as every run of vendorgate does.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import shutil
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from tests.command import ROOT, Ended, vendorgate
from tests.fuzz.mutating import mutated, mutated_bytes
from vendorgate.commands.registry.archive import unpack
from vendorgate.errors import InputError

CAST = ROOT / "tests" / "golden" / "cast"
DAY = "2026-11-23"
JUDGE = ("--policies", "policies", "--registry", "registry", "--as-of", DAY)
FORMATS = ("json", "sarif", "junit", "github", "markdown", "gitlab", "csv", "html", "oscal", "intoto", "cyclonedx")
USAGE = "everything-in-a-name"
MOST_SECONDS: Final = 30
"""Of the processor, for one run; a thing that is not linear takes minutes."""
CASES = """version: 1
tests:
  - name: of a usage
    policy: {policy}
    usage: {{offering: alpha, data: [pii], endpoints: [chat], models: [alpha-1]}}
    agreements: [dpa]
    as_of: 2026-11-23
    expect: fail
"""


DELTA = """id: delta
name: Delta
developer: D
platform: D
category: cloud_distribution
cloud: aws
model_family: D
summary: In own words
endpoints: [chat, files]
models: ["d-*", "eu.d-*"]
features: [search, cache]
hosts: [d.example]
sdk_packages: {pypi: [delta]}
aliases: [dd]
signatures: {hosts: [api.d.example], packages: {pypi: [delta]}, env: [D_KEY]}
implies:
  - {models: ["eu.*"], set: {settings.profile: eu, region: eu}}
  - {models: ["*-preview"], endpoints: [files], set: {lifecycle: preview, features: [search]}}
dimensions:
  soc2_type2:
    {value: yes_public, verified: 2026-11-01, confidence: high, source: "d:e", readings: [{on: 2026-11-01, by: a}]}
  retention_zdr:
    value: partial
    confidence: high
    verified: 2026-11-01
    tier: self_serve
    valid_until: 2027-01-31
    scope:
      {endpoints: {only: [chat]}, models: {except: ["d-0*"]}, regions: {only: [us, eu]}, features: {except: [cache]}}
    conditions: [{agreement: dpa}, {"==": [{var: usage.settings.profile}, eu]}, {covered: soc2_type2}]
    facts: {days: 30, nested: {a: [1, b]}}
    scoped_facts: [{scope: {endpoints: {only: [files]}}, facts: {days: null}}]
"""
USE = """
  - id: of-delta
    offering: delta
    data: [pii]
    endpoints: [chat]
    models: [eu.d-1]
    region: de
    cloud_region: eu-central-1
    features: [search]
    settings: {profile: eu}
"""
MORE = {
    "registry/snapshot.yaml": "clouds: {aws: {eu-central-1: de, us-east-1: us}}\n"
    "former: {echo: {since: 2026-01-01, instead: alpha, platform: E}}\n",
    "policies/bundle.yaml": "projects: [{project: 'hostile-*', paths: ['**'], owner: o}]\nreview: {gone: error}\n"
    "region_groups: {home: [de, ch]}\nregistry: {max_evidence_age_days: {default: 365, retention_zdr: 300}}\n"
    "detect: {statuses: [used, ci], severity: {undeclared-model: error}, comments: {max_days: 90}, "
    "except: [{path: 'scripts/**', offering: 'alpha*', reason: r, expires: 2027-01-31}]}\n",
    "policies/policy.yaml": """
  - id: kept-briefly
    title: Kept briefly
    when: {in: [pii, {var: usage.data}]}
    require:
      - {covered: retention_zdr}
      - that: {"<=": [{var: registry.retention_zdr.facts.days}, 30]}
        message: At most thirty days
      - {all: [{var: usage.models}, {matches: [{var: ""}, "*d-?"]}]}
      - {or: [{within: [{var: usage.region}, home]}, {subset: [{var: usage.subjects}, [home, us]]}]}
    tests:
      - {name: t, usage: {offering: delta, data: [pii], endpoints: [chat]}, expect: fail}
""",
    "vendorgate.yaml": USE,
}


class Kind(NamedTuple):
    """One kind of input."""

    changing: tuple[str, ...]
    """Globs of the files that change, one at a time."""
    commands: tuple[tuple[str, ...], ...]
    """What reads them."""


KINDS: Final[dict[str, Kind]] = {
    "manifests": Kind(
        ("vendorgate.yaml",),
        (
            *(("check", "vendorgate.yaml", *JUDGE),) * 4,
            *(("check", "vendorgate.yaml", *JUDGE, "--format", format) for format in FORMATS),
            ("plan", "vendorgate.yaml", *JUDGE),
            ("explain", "vendorgate.yaml", "--usage", USAGE, *JUDGE),
            ("repair", "vendorgate.yaml", "--usage", USAGE, *JUDGE),
            ("alternatives", "vendorgate.yaml", "--usage", USAGE, *JUDGE),
        ),
    ),
    "bundles": Kind(
        ("policies/*.yaml",),
        (
            ("check", "vendorgate.yaml", *JUDGE),
            ("policy", "test", "policies", "--registry", "registry", "--as-of", DAY),
            ("policy", "lint", "policies", "--registry", "registry"),
            ("policy", "list", "policies"),
            ("policy", "docs", "policies", "--registry", "registry"),
            ("policy", "fmt", "policies", "--check"),
            ("waiver", "list", "vendorgate.yaml", *JUDGE),
            ("agreements", "check", "vendorgate.yaml", *JUDGE),
        ),
    ),
    "registry": Kind(
        ("registry/snapshot.yaml", "registry/offerings/*.yaml"),
        (
            ("check", "vendorgate.yaml", *JUDGE),
            ("registry", "verify", "--registry", "registry"),
            ("registry", "list", "--registry", "registry"),
            ("impact", "vendorgate.yaml", *JUDGE, "--to", "registry-later"),
            ("registry", "diff", "registry", "registry-later"),
            ("registry", "import", "data.json", "--registry", "registry"),
        ),
    ),
    "upstream": Kind(("data.json",), (("registry", "import", "data.json", "--registry", "registry"),)),
    "reports": Kind(("report.json",), (("verify", "report.json", *JUDGE[:-2]),)),
    "archives": Kind(("archive.*",), ()),
}


class Tried(msgspec.Struct, frozen=True):
    """An example, and how its run ended."""

    example: int
    fault: str | None
    """What is wrong with how it ended."""
    file: str
    data: bytes
    command: tuple[str, ...]
    ended: Ended


def prepare(folder: Path) -> None:
    """Good files of every kind."""
    shutil.copytree(CAST, folder, dirs_exist_ok=True)
    ids = [
        line.split("id:")[1].split()[0]
        for line in (folder / "policies/policy.yaml").read_text("utf-8").split("\n")
        if "- id:" in line
    ]
    (folder / "policies" / "cases.test.yaml").write_text(CASES.format(policy=ids[0]), encoding="utf-8")
    (folder / "registry" / "offerings" / "delta.yaml").write_text(DELTA, encoding="utf-8")
    for name, more in MORE.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(more)
    report = vendorgate("check", "vendorgate.yaml", *JUDGE, "--format", "json", folder=folder)
    assert report.code in (0, 1), report.stderr
    (folder / "report.json").write_text(report.stdout, encoding="utf-8")
    (folder / "data.json").write_text(json.dumps(_upstream()), encoding="utf-8")
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted((folder / "registry").rglob("*.yaml"))}
    for name, make in (("tar", _tar), ("tar.gz", lambda files: gzip.compress(_tar(files), mtime=0)), ("zip", _zip)):
        (folder / f"archive.{name}").write_bytes(make(files))


def _upstream() -> object:
    cell = {
        "value": "yes_public",
        "confidence": "high",
        "verified": "2026-11-20",
        "source": "https://a.example",
        "notes": "n",
    }
    offering = {"name": "Alpha", "developer": "A", "platform": "A", "category": "first_party", "sort_order": 1}
    exceptions = [{"model": "alpha-0", "dimensions": ["hipaa_baa"]}]
    one = {
        **offering,
        "id": "alpha",
        "dimensions": {"hipaa_baa": {**cell, "facts": {"a": [1]}}},
        "model_exceptions": exceptions,
    }
    two = {**offering, "id": "new", "dimensions": {"soc2_type2": {**cell, "tier": "enterprise"}}}
    return {"name": "R", "generated": "2026-11-20", "license": "CC", "offerings": [one, two]}


def _tar(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.pax_headers = len(data), {"comment": "c"}
            archive.addfile(member, io.BytesIO(data))
    return made.getvalue()


def _zip(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return made.getvalue()


def run(kind: str, example: int, seed: int, folder: Path) -> Tried:
    """Change a file of a prepared folder, read it, and put it back."""
    chance = random.Random(f"{kind} {seed} {example}")
    files = sorted(path for glob in KINDS[kind].changing for path in folder.glob(glob))
    path = chance.choice(files)
    before = path.read_bytes()
    data = (mutated_bytes if kind == "archives" else mutated)(before, chance)
    command = chance.choice(KINDS[kind].commands or ((),))
    read: Callable[[], Ended] = lambda: _unpacked(path) if kind == "archives" else vendorgate(*command, folder=folder)  # noqa: E731
    path.write_bytes(data)
    start = time.process_time()
    try:
        ended = read()
    finally:
        path.write_bytes(before)
    fault = _wrong(command, ended, time.process_time() - start)
    return Tried(example, fault, str(path.relative_to(folder)), data, command, ended)


def _unpacked(path: Path) -> Ended:
    try:
        unpack(path.read_bytes(), path.name)
    except InputError as error:
        return Ended(2, "", "\n".join(f"--> {one.location} {one.title}" for one in error.problems))
    except Exception as error:  # noqa: BLE001 what a run would call a fault
        return Ended(3, "", f"has a fault: {error!r}")
    return Ended(0, "", "")


def _wrong(command: tuple[str, ...], ended: Ended, seconds: float) -> str | None:
    if ended.code not in (0, 1, 2):
        return f"exit {ended.code}"
    if "Traceback" in ended.stderr or "has a fault" in ended.stderr:
        return "a fault"
    shown = ended.stderr if "--format" in command else ended.stderr + ended.stdout
    if any(character in shown for character in "\x1b\x9b\u202e\x00"):
        return "a character that controls a terminal"
    if ended.code == 2 and "--> " not in ended.stderr:
        return "no place"
    return f"{seconds:.0f} seconds" if seconds > MOST_SECONDS else None
