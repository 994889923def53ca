"""A file says what was found, whatever stood in it before and however that was written."""

from __future__ import annotations

import datetime
import json
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thoroughness import share
from vendorgate.commands.observe.filing import filing
from vendorgate.errors import Problem
from vendorgate.load.decode import decode
from vendorgate.load.document import read_document
from vendorgate.load.files import folder
from vendorgate.model.observation import ObservationFile
from vendorgate.model.text import is_plain
from vendorgate.source import Source

TEXTS = st.one_of(
    st.sampled_from(
        ["eu", "yes", "null", "1.0", "2026-11-28", "- a", "# b", "{x}", "a: b", "\x1b[31m", "\u202ea", "'"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).map(lambda text: f"a{text}"),
)
VALUES = st.one_of(st.booleans(), st.integers(-5, 5), st.floats(-9, 9).map(lambda x: round(x, 3) + 0.0), TEXTS)
SETTINGS = st.dictionaries(TEXTS, VALUES, max_size=3)
REACH = st.lists(TEXTS, min_size=1, max_size=2, unique=True).map(lambda names: {"only": names})
ENTRIES = st.lists(
    st.builds(
        lambda axis, reach, settings: {"scope": {axis: reach}, "settings": settings},
        st.sampled_from(["models", "endpoints"]),
        REACH,
        SETTINGS.filter(bool),
    ),
    max_size=2,
)
LEFT_OUT: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "account": st.just("eu-prod"),
        "source": TEXTS,
        "settings": SETTINGS,
        "scope": st.dictionaries(st.sampled_from(["models", "cloud_regions"]), REACH, min_size=1),
        "scoped_settings": ENTRIES,
        "region": TEXTS,
        "cloud_region": TEXTS,
        "tier": st.just("enterprise"),
        "features": st.lists(TEXTS.filter(is_plain), max_size=2),
        "unreadable": st.lists(TEXTS, max_size=2),
        "sha256": st.sampled_from(["0" * 64, "ab" * 32]),
        "attested": st.builds(lambda by, evidence: {"by": by, "evidence": evidence}, TEXTS, TEXTS),
        "max_age_days": st.integers(0, 90),
    },
)
WRITTEN = st.builds(
    lambda day, more: {"version": 1, "offering": "openai-api", "observed": f"2026-11-{day:02}", **more},
    st.integers(1, 30),
    LEFT_OUT,
)
STYLES = st.sampled_from(
    [
        lambda value: yaml.safe_dump(value, sort_keys=False),
        lambda value: yaml.safe_dump(value, sort_keys=True, default_flow_style=True),
        lambda value: json.dumps(value),
        lambda value: "# ours\n" + yaml.safe_dump(value, sort_keys=False, indent=4).replace("\n", " # why\n", 1),
    ]
)


def anything(found: ObservationFile, source: Source, problems: list[Problem]) -> None:
    """Takes everything that is one."""


def observed(value: dict[str, Any]) -> ObservationFile:
    return msgspec.convert(value, ObservationFile)


@settings(max_examples=share(200))
@given(WRITTEN, WRITTEN, STYLES)
def test_file_says_what_was_found_whatever_stood_there(before: Any, after: Any, style: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "observations" / "x.yaml"
        path.parent.mkdir()
        path.write_text(style(before), encoding="utf-8")
        problems: list[Problem] = []
        document = read_document("x.yaml", path.read_bytes(), problems)
        if document is None or problems or decode(document, ObservationFile, problems) is None or problems:
            return  # PyYAML writes some texts as nobody should
        made = filing(folder(name), "observations/x.yaml", observed(after), anything, is_there=True)
        made.write()
        again = read_document("x.yaml", path.read_bytes(), problems)
        assert again is not None
        assert decode(again, ObservationFile, problems) == observed(after)
        assert problems == []


@settings(max_examples=share(200))
@given(WRITTEN)
def test_new_file_begins_with_what_it_is_of_and_leaves_out_what_is_empty(value: Any) -> None:
    found = observed(value)
    made = filing(folder("nowhere"), "observations/x.yaml", found, anything, is_there=False)
    keys = [line.partition(":")[0] for line in made.text.splitlines() if line[:1].isalpha()]
    assert keys[:2] == ["version", "offering"]
    assert keys == [name for name in ObservationFile.__struct_fields__ if name in keys]
    assert all(
        getattr(found, name) for name in ("settings", "scoped_settings", "unreadable", "account") if name in keys
    )
    assert datetime.date.fromisoformat(value["observed"]).isoformat() in made.text
