"""Random worlds with hostile text in every field that takes text, judged by the whole gate, through files."""

from __future__ import annotations

import datetime
import json
import re
import tempfile
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from hypothesis import strategies as st

from tests.thoroughness import thorough
from vendorgate import Gate
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.text import is_blank, is_plain
from vendorgate.report.surroundings import Surroundings

AS_OF = datetime.date(2026, 11, 23)
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What no report may hold, apart from line breaks."""

PIECES = [
    *"ab1 `|=+-@#%,:;\\\"'(){}[]<>*_~$&!?.\n\t\r",
    "</details>",
    "</summary>",
    "<!--",
    "<script>",
    "]]>",
    "\n\n# x",
    "\n::error::",
    "::set-output name=x::",
    "##[error]",
    "##vso[task]",
    "%0A::error::",
    "@everyone",
    "https://evil.example",
    "[x](https://evil.example)",
    "{0}",
    "=HYPERLINK(1)",
    ";=1+1",
    "＝1",
    "\x1b[31m",
    "\u202e",
    "\u2028",
    "\ufffe",
    "漢é𝒳",
]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join).filter(lambda text: not is_blank(text))
FOLDERS = ["a", "a b", "50%", "c#1", "é漢", "::error::", "x,y;=z", "`t`|[l](u)"]
PROJECTS = ["one", "two"]


def text(random: Random) -> str:
    """One of `TEXTS`."""
    while is_blank(found := "".join(random.choices(PIECES, k=random.randint(1, 6)))):
        pass
    return found


def name(random: Random) -> str:
    """A text that can be the name of a model."""
    while not is_plain(found := text(random)):
        pass
    return found


def is_so(random: Random) -> bool:
    return random.random() < 0.5


def usage(random: Random, number: int) -> dict[str, Any]:
    """With a setting that policies read: right, wrong, or not declared."""
    mode = random.choice([{}, {"mode": "good"}, {"mode": "bad"}])
    found: dict[str, Any] = {
        "id": f"u{number}",
        "offering": "alpha",
        "data": random.choice([["phi"], ["public"]]),
        "settings": {**mode, text(random): text(random)},
        "models": [name(random)],
        "purpose": text(random),
    }
    if is_so(random):
        found["fallbacks"] = [{"offering": "beta", "settings": random.choice([{}, {"mode": "bad"}])}]
    return found


def control(random: Random) -> dict[str, Any]:
    listed = [("hipaa", "164.504(e)"), ("hipaa", "164.308(b)"), ("iso-27001", "A.5.19"), ("acme", "1")]
    hostile = (random.choice(["acme", "hipaa", "iso-27001", "7-frames"]), text(random))
    framework, id = random.choice([random.choice(listed), hostile, hostile])
    return {"framework": framework, "id": id}


def policy(random: Random, number: int) -> dict[str, Any]:
    covered = {"covered": "hipaa_baa"}
    named = {"that": {"==": [{"var": "usage.settings.mode"}, "good"]}, "message": text(random)}
    models = {"all": [{"var": "usage.models"}, {"==": [{"var": ""}, text(random)]}]}
    found: dict[str, Any] = {
        "id": f"p{number}",
        "title": text(random),
        "severity": random.choice(["error", "warning", "note"]),
        "on_unknown": random.choice(["fail", "warn", "pass"]),
        "require": random.choices([covered, named, models], k=random.randint(1, 2)),
        "remediation": text(random),
        "references": [text(random) for _ in range(random.randint(0, 2))],
        "tags": [text(random) for _ in range(random.randint(0, 2))],
        "controls": [control(random) for _ in range(random.randint(0, 3))],
    }
    if is_so(random):
        found["when"] = {"in": ["phi", {"var": "usage.data"}]}
    return found


def world(random: Random) -> dict[str, Any]:
    """Files by path."""
    cell = {
        "value": random.choice(["yes_public", "no", "unclear"]),
        "verified": "2026-11-01",
        "confidence": "high",
        "source": text(random),
        "note": text(random),
        "scope": {"models": {"only": [text(random)]}},
    }
    offering = {
        **{field: text(random) for field in ("name", "developer", "platform")},
        "category": "first_party",
    }
    snapshot = {"version": 1, "name": text(random), "generated": "2026-11-01", "license": "x", "attribution": "x"}
    waiver = {
        "policy": random.choice(["p0", "p*", "nothing"]),
        "reason": text(random),
        "approved_by": text(random),
        "ticket": text(random),
        "expires": random.choice(["2026-11-30", "2027-11-30", "2026-01-01"]),
    }
    manifests = {
        f"{folder}/vendorgate.yaml": {
            "version": 1,
            "project": random.choice(PROJECTS),
            "owner": text(random),
            "usages": [usage(random, number) for number in range(random.randint(0, 3))],
        }
        for folder in random.sample(FOLDERS, random.randint(1, 3))
    }
    return {
        "registry/snapshot.yaml": {**snapshot, "dimensions": {"hipaa_baa": "Is there a BAA?"}},
        "registry/offerings/alpha.yaml": {"id": "alpha", **offering, "dimensions": {"hipaa_baa": cell}},
        "registry/offerings/beta.yaml": {"id": "beta", **offering, "dimensions": {}},
        "policies/bundle.yaml": {
            "name": text(random),
            "release": text(random),
            "fail_on": random.choice(["error", "warning", "note", "never"]),
        },
        "policies/p.yaml": {
            "version": 1,
            "policies": [policy(random, number) for number in range(random.randint(1, 3))],
        },
        "policies/waivers.yaml": {"version": 1, "waivers": [waiver] * random.randint(0, 1)},
        **manifests,
    }


def judge(world: dict[str, Any], folder: Path) -> Evaluation:
    """Write the files and judge the manifests among them."""
    for name, value in world.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_yaml(value), encoding="utf-8")
    manifests = [folder / name for name in world if name.endswith("/vendorgate.yaml")]
    return Gate(folder / "policies", folder / "registry").check(manifests, as_of=AS_OF)


def as_yaml(value: Any) -> str:
    """JSON, which is YAML but for characters that JSON writes as two."""

    def one(found: re.Match[str]) -> str:
        character: str = json.loads('"' + found.group() + '"')
        return f"\\U{ord(character):08x}"

    return re.sub(r"\\u(d[89ab]..)\\u(d[c-f]..)", one, json.dumps(value))


def _judged(seed: int) -> tuple[Evaluation, Surroundings]:
    with tempfile.TemporaryDirectory() as folder:
        return judge(world(Random(seed)), Path(folder)), Surroundings(folder, folder)


SHARED: Final = 40
"""Evaluations that the laws of a commit have in common."""
EVALUATIONS = st.integers(0, 2**64).map(_judged) if thorough() else st.integers(0, SHARED - 1).map(cache(_judged))
"""An evaluation and the repository that it was made in, by a seed: drawing each part of it, and judging, takes longer
than most reports. Each law of a commit looks at other ones of those that are made once; a thorough run makes all anew.
"""
