"""A view as it is written: a table of columns, each with the sources that it is filled from."""

from typing import Annotated, Any, Literal, Union

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..model.manifest import Slug
from ..model.text import Text, Texts, TextsNotEmpty

ColumnName = Annotated[
    str,
    Meta(
        pattern=r"^(?!.*\n)[a-z](?:[a-z0-9_]*[a-z0-9])?$",
        description="the id of a column: lower-case letters, digits and underscores",
    ),
]
RowKind = Literal["usage", "route", "vendor"]
"""One row a usage, one a route of a usage, or one a vendor with the usages behind it."""


class SourceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A source that answers yes or no."""

    path: Text
    """Where it is read."""
    says: Text
    """What stands in the cell where it is true; where it is false, the next source is asked."""


class ColumnFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One column: what the law calls it, and where it is found. It has one of `from`, `met` and `of`."""

    id: ColumnName
    """Unique in the view; what programs call it."""
    title: Text
    """What the law calls it."""
    cites: Texts = ()
    """The articles that ask for it."""
    sources: Annotated[tuple[Union[Text, SourceFile], ...], Meta(min_length=1)] | UnsetType = msgspec.field(
        name="from", default=UNSET
    )
    """Paths in order; the first that has a value fills the cell."""
    met: Any = UNSET
    """A rule: the cell says `met` where it is true, `not met` where it is false, else what is not known."""
    of: Annotated[tuple[ColumnName, ...], Meta(min_length=1)] | UnsetType = UNSET
    """Columns before it that have rules: whether `least` of them are met."""
    least: Annotated[int, Meta(ge=1)] = 1
    """How many of those in `of`."""
    when: Any = UNSET
    """A rule: of what it is false, nothing is asked for; left out, the column is asked for of every row."""
    unless_not_met: ColumnName | UnsetType = UNSET
    """A column before it that has a rule: where that is not met, nothing is asked for."""
    required: bool = False
    """Whether the register is not whole without it."""


class ViewFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A view: what a register of AI vendors shows."""

    version: Literal[1]
    """The version of the format."""
    name: Slug
    """What it is called by."""
    title: Text
    """What people call the register."""
    law: TextsNotEmpty
    """What asks for it."""
    rows: RowKind
    """What one row is of."""
    columns: Annotated[tuple[ColumnFile, ...], Meta(min_length=1)]
    """In the order in which they are shown."""
    where: Any = UNSET
    """A rule on a route: of what it is false, there is no row; what is not known, has one. Left out: every route."""
    public: bool = False
    """Whether its page is for everybody: it says nothing of where a value comes from."""
    notice: Text | UnsetType = UNSET
    """How customers are told of changes, and how they object: it stands under the page, and in the notice."""
