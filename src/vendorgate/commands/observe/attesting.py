"""What a person says of an account, as it is filed.

In: words of a command line, what is known of the bundle and the registry. Out: an observation; or all that is wrong.
A value that nothing reads would do nothing, and most often is a slip: it is refused, as is one that a vendor tells.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from ...errors import Problem, UsageError
from ...load.scalars import Ambiguous, resolve
from ...logic import Json
from ...logic.nearest import suggestion
from ...logic.wording import count
from ...model.manifest import RouteName, Settings, SettingValue
from ...model.observation import Attestation, ObservationFile
from ...model.text import LONGEST, is_blank
from ...model.vocabulary import Lifecycle, Tier
from .difference import told_names
from .evidence import Evidence

_SETTING: Final = "--setting"


class Said(msgspec.Struct, frozen=True):
    """What a person says that an account has."""

    settings: Settings
    region: str | UnsetType = UNSET
    cloud_region: str | UnsetType = UNSET
    tier: Tier | UnsetType = UNSET
    lifecycle: Lifecycle | UnsetType = UNSET
    features: tuple[str, ...] | UnsetType = UNSET

    @property
    def names(self) -> tuple[str, ...]:
        """Of settings and fields."""
        fields = (name for name in self.__struct_fields__ if name != "settings")
        return (*self.settings, *(name for name in fields if not isinstance(getattr(self, name), UnsetType)))


class Attested(msgspec.Struct, frozen=True):
    """By whom, when, and what shows it."""

    by: str
    on: datetime.date
    evidence: Evidence
    max_age_days: int


def settings_said(given: Sequence[str], known: Collection[str], offering: str) -> Settings:
    """The settings of words of the form NAME=VALUE.

    Raises:
        UsageError: a word of another form, a value that is read differently elsewhere, a name that is there twice, or
            that nothing reads.
    """
    found: Settings = {}
    problems: list[Problem] = []
    for text in given:
        name, equals, value = text.partition("=")
        try:
            if not equals or not name.strip():
                raise _refused(f"{_SETTING} {text}: not a name and a value", "write NAME=VALUE")
            if name in found:
                raise _refused(f"{_SETTING} {text}: `{name}` is said twice", "say it once")
            if name not in known:
                title = f"{_SETTING} {text}: neither a policy nor `{offering}` reads a setting `{name}`"
                raise _refused(title, suggestion(name, known, "they read"))
            found[name] = _value(text, value)
        except UsageError as error:
            problems.extend(error.problems)
    if problems:
        raise UsageError(problems)
    return found


def attested(name: RouteName, said: Said, attestation: Attested) -> ObservationFile:
    """The observation that a person makes.

    Raises:
        UsageError: nothing is said, nobody says it, or it is too long for a text.
    """
    problems = [*_wrong(said, attestation)]
    if problems:
        raise UsageError(problems)
    return ObservationFile(
        version=1,
        offering=name.offering,
        account=name.account,
        observed=attestation.on,
        settings=said.settings,
        region=said.region,
        cloud_region=said.cloud_region,
        tier=said.tier,
        lifecycle=said.lifecycle,
        features=said.features,
        sha256=attestation.evidence.sha256,
        attested=Attestation(attestation.by, attestation.evidence.name),
        max_age_days=attestation.max_age_days,
    )


def refuse_read(said: Said, read: ObservationFile | None, shown: str) -> None:
    """Refuse to say what the vendor tells: that comes first whenever it counts.

    Raises:
        UsageError: with each name of it.
    """
    told = told_names(read) if read is not None else frozenset()
    title, help = (
        "was read from the vendor, which comes first",
        "if it is another now, read it anew: vendorgate observe",
    )
    problems = [Problem(f"`{name}` {title}: {shown}", help=help) for name in said.names if name in told]
    if problems:
        raise UsageError(problems)


def refuse_other_days(found: ObservationFile, today: datetime.date, before: ObservationFile | None, most: int) -> None:
    """Refuse a day to come, one before the day of what is attested already, and one that is too long ago to count.

    Args:
        most: for how many days the bundle lets an observation count.

    Raises:
        UsageError: it is one.
    """
    on = found.observed
    if on > today:
        raise _refused(f"--on {on}: that day is still to come", "give the day on which it was read")
    if before is not None and before.observed > on:
        title = f"attested already as of {before.observed}, which is later than {on}"
        raise _refused(title, "give the day on which it was read; nothing goes backwards")
    days = min(most, found.max_age_days) if isinstance(found.max_age_days, int) else most
    if (today - on).days > days:
        title = f"--on {on}: {count((today - on).days, 'day')} ago, and it counts for {count(days, 'day')}"
        raise _refused(title, "look again, and attest what is there today")


def _value(text: str, given: str) -> SettingValue:
    if given.startswith('"'):
        return _quoted(text, given)
    if given.startswith("'") or (given != given.strip() and not is_blank(given)):
        title = f"{_SETTING} {text}: white space around the value, or quotes that would be part of it"
        raise _refused(title, 'take them off, or write a text that has them as "…"')
    try:
        found = resolve(given)
    except Ambiguous as error:
        raise _refused(f"{_SETTING} {text}: not read the same everywhere", str(error)) from None
    if found is None or (isinstance(found, str) and is_blank(found)):
        raise _refused(f"{_SETTING} {text}: no value", "write true, false, a number or a text")
    return found


def _quoted(text: str, given: str) -> str:
    """A text in double quotes, for one that would be read as something else."""
    try:
        found = msgspec.json.decode(given.encode("utf-8", "surrogatepass"), type=str)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _refused(f"{_SETTING} {text}: a text that does not end as it begins", 'write "…"') from None
    if is_blank(found):
        raise _refused(f"{_SETTING} {text}: no value", "write true, false, a number or a text")
    return found


def _wrong(said: Said, attestation: Attested) -> Iterator[Problem]:
    if not said.names:
        yield Problem("nothing is attested", help=f"say what was read: {_SETTING} NAME=VALUE, --region, --tier …")
    if is_blank(attestation.by):
        yield Problem("nobody attests it", help="name who has read it: --by WHO")
    texts: list[tuple[str, Json]] = [("--by", attestation.by), ("--evidence", attestation.evidence.name)]
    texts += [("--region", said.region or ""), ("--cloud-region", said.cloud_region or "")]
    texts += [(_SETTING, one) for pair in said.settings.items() for one in pair]
    texts += [("--feature", one) for one in said.features or ()]
    for option, text in texts:
        if isinstance(text, str) and len(text) > LONGEST:
            yield Problem(f"{option}: a text of more than {LONGEST} characters", help="give a shorter one")
        elif isinstance(text, str) and not _is_utf_8(text):
            yield Problem(f"{option} is not UTF-8", help="write it in UTF-8")


def _is_utf_8(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _refused(title: str, help: str) -> UsageError:
    return UsageError([Problem(title, help=help)])
