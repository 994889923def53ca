"""The facts that rules may read, and what values each can have.

In: the facts that cells of a dimension state, a path below `facts`. Out: the type of what stands there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from ..logic.nearest import suggestion
from ..logic.types import ANY, BOOLEAN, NUMBER, TEXT, Type, UnknownPath, Vocabulary
from ..model.facts import COMMON_FACTS, LISTED, LISTINGS, FactKind, FactListing, ListingKind
from ..model.vocabulary import COUNTRIES, REGION_ALIASES


def fact_type(stated: Collection[str] | None, dimension: str, steps: list[str]) -> Type:
    """A fact that some cell states, or whose home the dimension is by the common vocabulary; of a listing one name.

    So packs that read common facts can be judged by a registry that states none of them: each is unknown there.
    """
    path, listing = ".".join(steps), LISTINGS.get(steps[0])
    fact = steps[0] if listing is not None else path
    if listing is not None:
        _refuse_all_but_a_name(dimension, listing, *steps)
    common = COMMON_FACTS.get(fact)
    expected = common is not None and dimension in common.homes
    if stated is not None and fact not in stated and not expected:
        advice = suggestion(fact, stated, "there are") if stated else "none states any"
        raise UnknownPath(f"no cell of {dimension} has that fact; {advice}")
    return ANY if common is None else _TYPES[common.kind]


def _refuse_all_but_a_name(dimension: str, kind: ListingKind, fact: str, *below: str) -> None:
    """Of a listing rules read one name: what it does not list is not known, which a list cannot say."""
    name, names = ".".join(below), LISTED[kind]
    if name in names:
        return
    read = f"registry.{dimension}.facts.{fact}"
    if name in ("", *FactListing.__struct_fields__):
        raise UnknownPath(
            f"a listing is read name by name, such as `{read}.{_EXAMPLES[kind]}`, which is unknown where it is"
            " not listed, unless the list is complete"
        )
    meant = REGION_ALIASES.get(name)
    raise UnknownPath(f"did you mean `{meant}`?" if meant else suggestion(name, names))


_EXAMPLES: Final[Mapping[ListingKind, str]] = {"countries": "de", "certifications": "iso_27001"}
_TYPES: Final[Mapping[FactKind, Type]] = {
    **dict.fromkeys(("amount", "count"), NUMBER),
    **dict.fromkeys(("flag", "countries", "certifications"), BOOLEAN),
    "country": Type("text", Vocabulary("the code of a country", frozenset(COUNTRIES), REGION_ALIASES)),
    "modules": Type("list", element=NUMBER),
    "text": TEXT,
}
