"""What a caller may ask of an evaluation: its day and its threshold, as far as the bundle allows them.

In: what is asked, and the bundle. Out: nothing, or a refusal.
"""

from __future__ import annotations

import datetime
from typing import get_args

from ..errors import Problem, UsageError
from ..logic.nearest import suggestion
from ..model.policy import Bundle
from ..model.vocabulary import FailOn
from .judge import stricter_or_equal


def refuse_other_words(as_of: object, fail_on: object) -> None:
    """Refuse a day with a time, which reports would write as no day, and a threshold with a typo, which has no rank.

    Raises:
        UsageError: it is one of these.
    """
    if not isinstance(as_of, datetime.date) or isinstance(as_of, datetime.datetime):
        raise UsageError([Problem(f"as_of is no day: {as_of!r}", help="give a datetime.date")])
    if fail_on is not None and fail_on not in get_args(FailOn):
        raise UsageError([Problem(f"no threshold {fail_on!r}", help=suggestion(str(fail_on), get_args(FailOn)))])


def refuse_laxer(fail_on: FailOn | None, bundle: Bundle) -> None:
    """Refuse a threshold that is laxer than the bundle's.

    Raises:
        UsageError: it is.
    """
    if fail_on is not None and not stricter_or_equal(fail_on, bundle.fail_on):
        raise UsageError(
            [
                Problem(
                    f"--fail-on {fail_on} is laxer than the bundle's fail_on: {bundle.fail_on}",
                    help=f"leave it out, or ask for {bundle.fail_on} or stricter (note, then warning, then error)",
                )
            ]
        )


def refuse_far(as_of: datetime.date, asked_on: datetime.date | None, bundle: Bundle) -> None:
    """Refuse a day that somebody chose and that is further from the day of the run than the bundle allows.

    Raises:
        UsageError: it is.
    """
    most = bundle.as_of_within
    if asked_on is None or most is None or abs((as_of - asked_on).days) <= most:
        return
    title = f"--as-of {as_of} is {abs((as_of - asked_on).days)} days from today, {asked_on}"
    help = f"the bundle allows as_of: {{within_days: {most}}}; leave the option out, or name a nearer day"
    raise UsageError([Problem(title, help=help)])
