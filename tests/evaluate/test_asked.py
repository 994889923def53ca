"""What a caller may ask of an evaluation: a day within what the bundle allows, and no threshold that is laxer."""

from __future__ import annotations

import datetime

import pytest

from vendorgate.errors import UsageError
from vendorgate.evaluate.asked import refuse_far, refuse_laxer
from vendorgate.model.bundle_settings import WaiverRules
from vendorgate.model.policy import Bundle, RegistryDemands, ReviewRules
from vendorgate.model.vocabulary import FailOn

TODAY = datetime.date(2026, 11, 23)


def bundle(within: int | None = None, fail_on: FailOn = "warning") -> Bundle:
    return Bundle(
        name=None, release=None, sha256="", fail_on=fail_on, registry=RegistryDemands(), policies=(), register=None,
        waivers=(), waiver_rules=WaiverRules(), review=ReviewRules(), data_classes=frozenset(), as_of_within=within,
    )  # fmt: skip


@pytest.mark.parametrize("days", [-31, 0, 31])
def test_day_within_the_limit_is_judged_by(days: int) -> None:
    refuse_far(TODAY + datetime.timedelta(days), TODAY, bundle(within=31))


@pytest.mark.parametrize("days", [-32, 32])
def test_day_beyond_the_limit_is_refused_before_and_after_today(days: int) -> None:
    with pytest.raises(UsageError, match="is 32 days from today, 2026-11-23") as caught:
        refuse_far(TODAY + datetime.timedelta(days), TODAY, bundle(within=31))
    assert "within_days: 31" in str(caught.value.problems[0].help)


def test_limit_of_no_days_allows_today_alone() -> None:
    refuse_far(TODAY, TODAY, bundle(within=0))
    with pytest.raises(UsageError):
        refuse_far(TODAY + datetime.timedelta(1), TODAY, bundle(within=0))


def test_any_day_is_judged_by_where_nothing_limits_it_or_nobody_chose_it() -> None:
    far = TODAY + datetime.timedelta(5_000)
    refuse_far(far, TODAY, bundle())
    refuse_far(far, None, bundle(within=31))


@pytest.mark.parametrize(("asked", "laxer"), [(None, False), ("note", False), ("warning", False), ("error", True)])
def test_threshold_that_is_laxer_than_the_bundles_is_refused(asked: FailOn | None, laxer: bool) -> None:
    if laxer:
        with pytest.raises(UsageError, match="laxer than the bundle's fail_on: warning"):
            refuse_laxer(asked, bundle())
    else:
        refuse_laxer(asked, bundle())
