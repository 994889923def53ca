"""Random worlds with hostile text in every field that takes text, judged by the whole gate, through files."""

from __future__ import annotations

import datetime
import json
import re
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from vendorgate import Gate
from vendorgate.logic.functions import is_glob
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.text import is_blank
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
NAMES = TEXTS.filter(lambda text: not is_glob(text))
FOLDERS = ["a", "a b", "50%", "c#1", "é漢", "::error::", "x,y;=z", "`t`|[l](u)"]
PROJECTS = ["one", "two"]
CONTROLS = st.fixed_dictionaries({"framework": st.sampled_from(["hipaa", "iso-27001", "7-frames"]), "id": TEXTS})


@st.composite
def usages(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """With a setting that policies read: right, wrong, or not declared."""
    mode = draw(st.sampled_from([{}, {"mode": "good"}, {"mode": "bad"}]))
    usage: dict[str, Any] = {
        "id": f"u{number}",
        "offering": "alpha",
        "data": draw(st.sampled_from([["phi"], ["public"]])),
        "settings": {**mode, draw(TEXTS): draw(TEXTS)},
        "models": [draw(NAMES)],
        "purpose": draw(TEXTS),
    }
    if draw(st.booleans()):
        usage["fallbacks"] = [{"offering": "beta", "settings": draw(st.sampled_from([{}, {"mode": "bad"}]))}]
    return usage


@st.composite
def controls(draw: st.DrawFn) -> dict[str, Any]:
    listed = st.sampled_from([("hipaa", "164.504(e)"), ("hipaa", "164.308(b)"), ("iso-27001", "A.5.19"), ("acme", "1")])
    framework, id = draw(st.one_of(listed, st.tuples(st.sampled_from(["acme", "hipaa"]), TEXTS)))
    return {"framework": framework, "id": id}


@st.composite
def policies(draw: st.DrawFn, number: int) -> dict[str, Any]:
    covered = {"covered": "hipaa_baa"}
    named = {"that": {"==": [{"var": "usage.settings.mode"}, "good"]}, "message": draw(TEXTS)}
    models = {"all": [{"var": "usage.models"}, {"==": [{"var": ""}, draw(TEXTS)]}]}
    policy: dict[str, Any] = {
        "id": f"p{number}",
        "title": draw(TEXTS),
        "severity": draw(st.sampled_from(["error", "warning", "note"])),
        "on_unknown": draw(st.sampled_from(["fail", "warn", "pass"])),
        "require": draw(st.lists(st.sampled_from([covered, named, models]), min_size=1, max_size=2)),
        "remediation": draw(TEXTS),
        "references": draw(st.lists(TEXTS, max_size=2)),
        "tags": draw(st.lists(TEXTS, max_size=2)),
        "controls": draw(st.lists(st.one_of(CONTROLS, controls()), max_size=3)),
    }
    if draw(st.booleans()):
        policy["when"] = {"in": ["phi", {"var": "usage.data"}]}
    return policy


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """Files by path."""
    cell = {
        "value": draw(st.sampled_from(["yes_public", "no", "unclear"])),
        "verified": "2026-11-01",
        "confidence": "high",
        "source": draw(TEXTS),
        "note": draw(TEXTS),
        "scope": {"models": {"only": [draw(TEXTS)]}},
    }
    offering = {"name": draw(TEXTS), "developer": draw(TEXTS), "platform": draw(TEXTS), "category": "first_party"}
    snapshot = {"version": 1, "name": draw(TEXTS), "generated": "2026-11-01", "license": "x", "attribution": "x"}
    waiver = {
        "policy": draw(st.sampled_from(["p0", "p*", "nothing"])),
        "reason": draw(TEXTS),
        "approved_by": draw(TEXTS),
        "ticket": draw(TEXTS),
        "expires": draw(st.sampled_from(["2026-11-30", "2027-11-30", "2026-01-01"])),
    }
    count = draw(st.integers(1, 3))
    manifests = {
        f"{folder}/vendorgate.yaml": {
            "version": 1,
            "project": draw(st.sampled_from(PROJECTS)),
            "owner": draw(TEXTS),
            "usages": [draw(usages(number)) for number in range(draw(st.integers(0, 3)))],
        }
        for folder in draw(st.permutations(FOLDERS))[:count]
    }
    return {
        "registry/snapshot.yaml": {**snapshot, "dimensions": {"hipaa_baa": "Is there a BAA?"}},
        "registry/offerings/alpha.yaml": {"id": "alpha", **offering, "dimensions": {"hipaa_baa": cell}},
        "registry/offerings/beta.yaml": {"id": "beta", **offering, "dimensions": {}},
        "policies/bundle.yaml": {
            "name": draw(TEXTS),
            "release": draw(TEXTS),
            "fail_on": draw(st.sampled_from(["error", "warning", "note", "never"])),
        },
        "policies/p.yaml": {
            "version": 1,
            "policies": [draw(policies(number)) for number in range(draw(st.integers(1, 3)))],
        },
        "policies/waivers.yaml": {"version": 1, "waivers": [waiver] * draw(st.integers(0, 1))},
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


def _judged(world: dict[str, Any]) -> tuple[Evaluation, Surroundings]:
    with tempfile.TemporaryDirectory() as name:
        return judge(world, Path(name)), Surroundings(name, name)


EVALUATIONS = worlds().map(_judged)
"""An evaluation and the repository that it was made in."""
