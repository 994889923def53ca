"""The page on observing shows what is printed, and names what every reader needs."""

from __future__ import annotations

import pytest
import yaml

from tests.commands.observe.page import FILE, SHOWN, printed, readers
from tests.documents import block
from tests.sessions import without_days
from vendorgate.model.bundle_settings import ObservationRules

PAGE = FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", SHOWN)
def test_page_shows_what_is_printed(kind: str) -> None:
    assert without_days(printed(kind)) == without_days(block(kind))


def test_page_has_what_each_reader_tells_and_needs() -> None:
    _, _, rest = PAGE.partition("<!-- readers -->\n\n")
    assert rest.partition("\n<!-- /readers -->")[0] == readers()


def test_page_sets_out_every_rule_of_the_bundle() -> None:
    (shown,) = [one for one in PAGE.split("```yaml\n")[1:] if one.startswith("# policies/bundle.yaml")]
    rules = yaml.safe_load(shown.partition("```")[0])["observations"]
    assert rules.keys() == set(ObservationRules.__struct_fields__)
    assert rules["max_age_days"] == ObservationRules().max_age_days


def test_page_says_that_no_pull_request_gets_the_credentials() -> None:
    assert "Never give such credentials to a job that runs on pull requests." in PAGE
