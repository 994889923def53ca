"""The table of readers: each offering leads to a reader that has it, and nothing is imported before it is asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final, get_args

import pytest

from tests.commands.observe.server import not_observed
from vendorgate.commands.observe.model import IdName, Reader
from vendorgate.commands.observe.readers.table import OFFERINGS, reader_of
from vendorgate.model.observation import AccountEntry

ROOT: Final = Path(__file__).parents[3]
_IMPORTED: Final = """
import sys
from vendorgate.commands.observe.readers import table
before = {name for name in sys.modules if name.startswith("vendorgate.commands.observe.readers.")}
assert before == {"vendorgate.commands.observe.readers.table"}, before
assert not {"requests", "botocore", "azure", "google.auth"} & set(sys.modules)
for offering in table.OFFERINGS:
    table.reader_of(offering)
clouds = ("boto3", "botocore", "azure", "google.auth")
print([name for name in sys.modules if name.startswith(clouds)])
"""


def reader(offering: str) -> Reader:
    """The reader of an offering that is in the table."""
    found = reader_of(offering)
    assert found is not None
    return found


@pytest.mark.parametrize("offering", OFFERINGS)
def test_offering_leads_to_a_reader_that_has_it(offering: str) -> None:
    found = reader(offering)
    assert offering in found.offerings
    assert {reader_of(other) for other in found.offerings} == {found}


@pytest.mark.parametrize("offering", OFFERINGS)
def test_offering_is_in_the_registry(offering: str) -> None:
    assert (ROOT / "registry-snapshot" / "offerings" / f"{offering}.yaml").is_file()


@pytest.mark.parametrize("offering", OFFERINGS)
def test_reader_says_what_it_needs(offering: str) -> None:
    found = reader(offering)
    ids = [*found.needs, *found.takes]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= set(get_args(IdName))
    assert len(set(found.tells)) == len(found.tells) > 0
    variables = [name for names in found.credentials for name in names]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9_]+", name) for name in variables)
    assert found.privilege
    assert not found.privilege.endswith(".")


@pytest.mark.parametrize("offering", OFFERINGS)
def test_without_credentials_nothing_is_said(offering: str) -> None:
    found = reader(offering)
    ids = {name: ("claude-opus-5",) if name == "models" else f"made-up-{name}" for name in found.needs}
    if "region" in ids:
        ids["region"] = "us-east-1"
    assert not_observed(found, AccountEntry(offering=offering, **ids), {})  # type: ignore[arg-type]


@pytest.mark.parametrize("offering", ["", "groq-api", "openai", "../openai", "table", "no-such-offering"])
def test_any_other_offering_has_no_reader(offering: str) -> None:
    assert reader_of(offering) is None


def test_readers_and_clients_of_clouds_are_imported_when_they_are_used() -> None:
    ended = subprocess.run([sys.executable, "-c", _IMPORTED], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.strip()) == (0, "[]"), ended.stderr
