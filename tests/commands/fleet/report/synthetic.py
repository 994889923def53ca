"""Runs made up from numbers, of any size: what a run of a real organization looks like, without judging anything.

In: how much of everything. Out: the database of a run. The same numbers give the same run.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import random
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from vendorgate.commands.fleet.run.counting import counts, drift, not_judged, policies, rules, summary, verdict
from vendorgate.commands.fleet.run.document import (
    SCHEMA,
    FleetFile,
    FleetInputs,
    FleetRows,
    FleetRun,
    ReportedSource,
    render,
    sealed,
)
from vendorgate.commands.fleet.run.schema import ABOUT, DATABASE, INDEXES, TABLES
from vendorgate.report.document import TOOL, ReportedBundle, ReportedRegistry

AS_OF: Final = datetime.date(2026, 11, 30)
PLATFORMS: Final = (
    *("OpenAI", "Anthropic", "AWS Bedrock", "Microsoft Azure", "Google Cloud", "Mistral", "Cohere", "GitHub", "Groq"),
    *("Together AI", "Fireworks AI", "Databricks", "Snowflake", "Perplexity", "xAI", "ElevenLabs", "Deepgram"),
    *("AssemblyAI", "Hugging Face", "Replicate", "OpenRouter", "Cloudflare", "Writer", "Notion", "Slack"),
)
TEAMS: Final = (
    *("payments", "search", "growth", "claims", "clinic-portal", "data-platform", "support", "hr-tools", "legal-ops"),
    *("fraud", "pricing", "onboarding", "mobile", "identity", "billing", "research", "catalogue", "logistics"),
    *("marketing", "field-service", "underwriting", "documents", "voice", "analytics", "localization", "security"),
    *("developer-tools", "knowledge", "procurement", "learning"),
)
DATA: Final = ("personal", "phi", "source_code", "confidential", "financial", "public", "children", "cardholder")
REGIONS: Final = ("us", "eu", "global", "gb", "in", "de")
POLICIES: Final = (
    ("phi-needs-baa-and-zdr", "PHI workloads require a BAA and a ZDR-eligible endpoint", "error"),
    ("personal-data-needs-dpa", "Personal data needs a data processing agreement", "error"),
    ("no-training-on-our-data", "Vendors do not train on what we send", "error"),
    ("eu-data-stays-in-eu", "Data of people in the EU is processed in the EU", "error"),
    ("cardholder-data-needs-pci", "Cardholder data goes to PCI DSS assessed services alone", "error"),
    ("source-code-is-not-kept", "Source code is not kept by vendors", "warning"),
    ("production-names-its-models", "Production names the models that it uses", "warning"),
    ("preview-stays-out-of-production", "Previews stay out of production", "warning"),
    ("children-need-consent", "Data of children is sent nowhere without consent", "error"),
    ("certified-vendors", "Vendors are certified by SOC 2 or ISO 27001", "note"),
    ("subprocessors-are-known", "Subprocessors of personal data are listed", "warning"),
    ("retention-is-stated", "How long data is kept is stated", "note"),
)
HOSTILE: Final = (
    "<script>hacked=1</script> ]]> --> <!-- \u202egnp.exe | `x` javascript:alert(1) \x1b[31m =1+1 " + 99 * "w-w"
)
"""Markup, ends of other markup, another direction, a command of a terminal, a formula, and 300 characters."""
DIMENSIONS: Final = ("hipaa_baa", "gdpr_dpa", "training_on_customer_data", "retention_zdr", "soc2_type2", "iso_27001")


class World(msgspec.Struct, frozen=True):
    """How much of everything."""

    subjects: int = 1000
    teams: Sequence[str] = TEAMS
    platforms: Sequence[str] = PLATFORMS
    cases: int = 400
    subjects_of_manifest: int = 8
    repositories_without: int = 40
    unreachable: int = 6
    unjudged: int = 3
    hostile: str = ""
    """Put into every text that an input can have."""
    seed: int = 7
    repositories_of_team: int = 40


def write_run(folder: Path, world: World) -> Path:
    """A run as `fleet check` writes it."""
    folder.mkdir(parents=True)
    path = folder / DATABASE
    write_database(path, world)
    with sqlite3.connect(path) as database:
        by_policy = policies(database)
        of_all = rules(database)
        counted, summed = counts(database), summary(database, by_policy, of_all)
        departing = drift(database, "error")
        unjudged, notices = not_judged(database), database.execute("SELECT COUNT(*) FROM notices").fetchone()[0]
    database.close()
    data = path.read_bytes()
    about = FleetRun(
        SCHEMA,
        TOOL,
        AS_OF,
        as_of_given=True,
        fail_on="error",
        verdict=verdict(counted, summed, departing),
        inputs=FleetInputs(
            (ReportedSource("store", "store", counted.manifests, "1" * 64),),
            ReportedBundle(f"acme{world.hostile}", "2026.11", "2" * 64),
            ReportedRegistry("vendorgate registry", datetime.date(2026, 11, 29), "3" * 64),
            (),
            "register",
        ),
        counts=counted,
        summary=summed,
        policies=by_policy,
        rules=of_all,
        drift=departing,
        not_judged=unjudged,
        notices=notices,
        database=FleetFile(DATABASE, len(data), hashlib.sha256(data).hexdigest()),
        rows=FleetRows("none", 0, 0, hashlib.sha256(b"").hexdigest()),
        sha256="",
    )
    (folder / ABOUT).write_text(render(sealed(about)), encoding="utf-8")
    return folder


def write_database(path: Path, world: World) -> None:
    """`run.sqlite`."""
    with sqlite3.connect(path) as database:
        database.executescript(TABLES)
        _fill(database, world, random.Random(world.seed))
        database.executescript(INDEXES)
    database.close()


def _fill(database: sqlite3.Connection, world: World, chance: random.Random) -> None:
    rows = (
        (number, f"{id}", f"{title}{world.hostile}", severity) for number, (id, title, severity) in enumerate(POLICIES)
    )
    database.executemany("INSERT INTO policies VALUES (?, ?, ?, ?)", rows)
    offerings = [
        (f"{name.lower().replace(' ', '-')}-{kind}", f"{name}{world.hostile}")
        for name in world.platforms
        for kind in ("api", "eu")
    ]
    cases = [*_cases(world, chance, offerings)]
    database.executemany("INSERT INTO cases VALUES (?, ?, ?, ?)", (one[0] for one in cases))
    database.executemany("INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?)", (row for one in cases for row in one[1]))
    _subjects(database, world, chance, [one[2] for one in cases])
    _others(database, world, chance)
    database.executemany("INSERT INTO endings VALUES (?, ?, ?, ?, ?, ?, ?)", _endings(chance, offerings, world))


def _cases(
    world: World, chance: random.Random, offerings: Sequence[tuple[str, str]]
) -> Iterator[tuple[tuple[int, str, str, str], list[tuple[object, ...]], str]]:
    weights = [1 / (1 + number) for number in range(len(offerings))]
    for id in range(1, world.cases + 1):
        offering, platform = chance.choices(offerings, weights)[0]
        data = sorted({f"{chance.choice(DATA)}" for _ in range(chance.randint(0, 3))})
        badness = chance.random() ** 3
        facts = {"offering.platform": platform, "usage.data": data, "usage.region": chance.choice(REGIONS)}
        reasons: dict[str, object] = {}
        verdicts: list[tuple[object, ...]] = []
        for number, (policy, _, severity) in enumerate(POLICIES):
            outcome = _outcome(chance, badness)
            waiver = f"dpo@example.org{world.hostile}, until {_day(chance, 20, 200)}" if outcome == "waived" else None
            verdicts.append(
                (id, number, outcome, severity, severity == "error" and outcome in ("fail", "unknown"), waiver)
            )
            if outcome in ("fail", "unknown", "waived"):
                message = f"{chance.choice(DIMENSIONS)} is not covered by {offering}{world.hostile}"
                reasons[policy] = {
                    "cause": message if chance.random() < 0.5 else None,
                    "requirements": [{"message": message}],
                }
        digest = hashlib.sha256(str(id).encode()).hexdigest()[:32]
        yield (id, digest, json.dumps(facts), json.dumps(reasons)), verdicts, offering


def _outcome(chance: random.Random, badness: float) -> str:
    if chance.random() < 0.55:
        return "not_applicable"
    if chance.random() >= badness:
        return "pass"
    return chance.choices(("fail", "unknown", "waived"), (5, 3, 1))[0]


def _day(chance: random.Random, first: int, last: int) -> str:
    return (AS_OF + datetime.timedelta(days=chance.randint(first, last))).isoformat()


def _subjects(database: sqlite3.Connection, world: World, chance: random.Random, offerings: Sequence[str]) -> None:
    manifests: list[tuple[object, ...]] = []
    subjects: list[tuple[object, ...]] = []
    repositories: dict[str, None] = {}
    sizes = [1 / (1 + number) ** 0.7 for number in range(len(world.teams))]
    good = {team: chance.random() for team in world.teams}
    while len(subjects) < world.subjects:
        id = len(manifests) + 1
        team = chance.choices(world.teams, sizes)[0]
        repository = f"{team}/service-{chance.randint(1, world.repositories_of_team)}{world.hostile}"
        repositories[repository] = None
        project = f"{team}-{id}"
        owner = f"{team}{world.hostile}" if chance.random() < 0.9 else None
        manifests.append(
            (id, repository, f"{repository}/apps/{id}/vendorgate.yaml", "0" * 64, project, owner, None, 1, "[]")
        )
        for number in range(min(chance.randint(1, 2 * world.subjects_of_manifest - 1), world.subjects - len(subjects))):
            case = 1 + int(len(offerings) * chance.random() ** (1 + good[team]))
            usage = f"{chance.choice(('summarize', 'classify', 'answer', 'search', 'draft', 'translate'))}-{number}"
            subjects.append(
                (id, usage, "primary" if number % 4 else "fallback", offerings[case - 1], None, None, 7 + number, case)
            )
    for number in range(world.unjudged):
        id, first = len(manifests) + 1, next(iter(repositories), None)
        problems = json.dumps([f"vendorgate.yaml:{number + 1}:1: unknown key `ofering`{world.hostile}"])
        manifests.append((id, first, f"broken/{number}/vendorgate.yaml", "0" * 64, None, None, None, 0, problems))
    database.executemany("INSERT INTO manifests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", manifests)
    database.executemany("INSERT INTO subjects VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", subjects)
    notices = ((one[0], "unbound-project", "note", f"nothing binds `{one[4]}` to a repository") for one in manifests)
    database.executemany("INSERT INTO notices VALUES (?, NULL, ?, ?, ?, NULL)", notices)
    for name in repositories:
        _repository(database, name, None)


def _repository(database: sqlite3.Connection, name: str, problem: str | None) -> None:
    state = "gathered" if problem is None else "error"
    help = None if problem is None else "grant the gatherer access, and gather again"
    row = (name, f"https://git.example.org/{name}.git", state, problem, help, AS_OF.isoformat())
    database.execute("INSERT INTO repositories VALUES (NULL, ?, ?, ?, NULL, ?, ?, ?, 0, 0)", row)


def _others(database: sqlite3.Connection, world: World, chance: random.Random) -> None:
    for number in range(world.repositories_without):
        _repository(database, f"archive/old-{number}{world.hostile}", None)
    for number in range(world.unreachable):
        _repository(database, f"partner/closed-{number}{world.hostile}", f"permission denied (403){world.hostile}")
    for number in range(min(world.subjects // 20, 400)):
        kind, severity = chance.choice(
            (("undeclared-vendor", "warning"), ("undeclared-model", "note"), ("other-region", "error"))
        )
        team = chance.choice(world.teams)
        row = (
            f"{team}/service-{number % 9 + 1}{world.hostile}",
            kind,
            severity,
            f"code uses `{chance.choice(world.platforms)}`",
        )
        database.execute("INSERT INTO drift VALUES (?, ?, ?, ?, 'src/app.py', ?, ?)", (*row, number + 1, "openai-api"))
    if world.subjects:
        notice = ("unread-setting", "note", f"`colour` is read by no policy{world.hostile}", "u")
        database.execute("INSERT INTO notices VALUES (1, NULL, ?, ?, ?, ?)", notice)
        database.execute(
            "INSERT INTO notices VALUES (NULL, 1, 'self-declared', 'warning', 'agreements are self-declared', NULL)"
        )
        told = json.dumps([{"message": f"3 vendors see PHI, at most 2 may{world.hostile}"}])
        database.execute(
            "INSERT INTO rules VALUES (0, 'few-vendors-see-phi', 'At most two vendors see PHI', 'fail', 'error', 1, ?)",
            (told,),
        )


def _endings(chance: random.Random, offerings: Sequence[tuple[str, str]], world: World) -> Iterator[tuple[object, ...]]:
    for offering, _ in offerings:
        for dimension in DIMENSIONS:
            until = _day(chance, 0, 420)
            for policy in sorted({chance.randrange(len(POLICIES)) for _ in range(2)}):
                yield policy, "evidence", dimension, offering, until, "https://vendor.example/trust", None
        if chance.random() < 0.3:
            yield (
                1,
                "agreement",
                "dpa",
                offering,
                _day(chance, 10, 500),
                f"LEGAL-{chance.randint(100, 999)}{world.hostile}",
                chance.choice(
                    (None, json.dumps([f"{chance.choice(world.teams)}-*", f"{chance.choice(world.teams)}-1?"]))
                ),
            )
    yield 6, "enforcement", "", None, (AS_OF + datetime.timedelta(days=31)).isoformat(), None, None
