"""A rule with a mistake is refused when it is loaded: where the mistake is, what it is called, what to do about it.

The rules are written in the language of policies, in which the paths and the words that they name exist.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from vendorgate.load.language import language
from vendorgate.load.lexicon import Lexicon
from vendorgate.logic import GENERAL, Json, Node, Place, parse, unparse, walk
from vendorgate.logic.days import is_date
from vendorgate.logic.demands import DEEPEST, LARGEST, check
from vendorgate.logic.effort import MOST, effort
from vendorgate.logic.paths import reads, words_of
from vendorgate.logic.types import ANY, BOOLEAN, Dialect, RuleProblem, Signature, Type, UnknownPath, ValueParameter
from vendorgate.model.vocabulary import DATA_CLASSES

LANGUAGE = language(frozenset(DATA_CLASSES), Lexicon(("openai-api", "bedrock")))
Mistake = tuple[Any, Place, str, str]


def var(*arguments: Json) -> dict[str, Json]:
    return {"var": arguments[0] if len(arguments) == 1 else list(arguments)}


REGION, TIER, DATA = var("usage.region"), var("usage.tier"), var("usage.data")
ROWS, SO_FAR = var("usage.settings.rows"), var("accumulator")
"""A setting, of which nobody knows what it holds, and what a `reduce` has come to."""

WRITE_A_PATH = "write one path out, as in {observed: usage.settings.zero_data_retention}"
NAME_A_SETTING = "name one setting, such as `usage.settings.zero_data_retention`"
OBSERVABLE_PATHS = (
    "an observation tells `usage.settings.<name>`, `primary.region`, `usage.cloud_region`, `usage.features`,"
    " `usage.lifecycle`, `usage.region`, `usage.tier`"
)


def problems(rule: Json, dialect: Dialect = LANGUAGE.require) -> list[RuleProblem]:
    return check(parse(rule), dialect)[1]


def table(rows: list[Mistake]) -> list[Any]:
    return [pytest.param(*row, id=json.dumps(row[0])) for row in rows]


def is_the_only_mistake(rule: Json, place: Place, title: str, help: str, dialect: Dialect) -> None:
    (problem,) = problems(rule, dialect)
    assert problem.place == place
    assert title in problem.title
    assert help in problem.help


SHAPES: list[Mistake] = [
    ({}, (), "an object with 0 keys", "one operation"),
    ({"covered": "hipaa_baa", "documented": "hipaa_baa"}, (), "an object with 2 keys", "an object with one key"),
    ({"and": [True, {"a": 1, "b": 2}]}, ("and", 1), "an object with 2 keys", "one operation"),
    ({"==": [{}, 1]}, ("==", 0), "an object with 0 keys", "one operation"),
    ("text", (), "`text` stands where a condition is expected", "write an operation such as {covered: hipaa_baa}"),
    (1, (), "`1` stands where a condition", "true or false"),
    (None, (), "null stands where a condition", "true or false"),
    ([True], (), "a list stands where a condition", "`and` or `or`"),
    ({"and": [True, "hipaa_baa"]}, ("and", 1), "`hipaa_baa` stands where a condition", "write an operation"),
    ({"or": [[True]]}, ("or", 0), "a list stands where a condition", "join conditions"),
    ({"!": "usage.region"}, ("!",), "`usage.region` stands where a condition", "write an operation"),
    ({"not": ["x"]}, ("not", 0), "`x` stands where a condition", "write an operation"),
    ({"if": [1, True, False]}, ("if", 0), "`1` stands where a condition", "write an operation"),
    ({"if": [True, "a", False]}, ("if", 1), "`a` stands where a condition", "write an operation"),
    ({"?:": [True, True, 0]}, ("?:", 2), "`0` stands where a condition", "write an operation"),
    ({"some": [DATA, "phi"]}, ("some", 1), "`phi` stands where a condition", "write an operation"),
    ({"filter": [DATA, 0]}, ("filter", 1), "`0` stands where a condition", "write an operation"),
    ({"all": [DATA, "phi"]}, ("all", 1), "`phi` stands where a condition", "write an operation"),
    ({"none": [DATA, "phi"]}, ("none", 1), "`phi` stands where a condition", "write an operation"),
    ({"==": [{"if": [1, "a", "b"]}, "a"]}, ("==", 0, "if", 0), "`1` stands where a condition", "write an operation"),
    (
        {"==": [{"if": [True, "a", "x", "b", "c"]}, "a"]},
        ("==", 0, "if", 2),
        "`x` stands where a condition",
        "write an operation",
    ),
]
OPERATORS: list[Mistake] = [
    ({"adn": [True]}, (), "unknown operator `adn`", "did you mean `and`?"),
    ({"and": [{"coverd": "hipaa_baa"}]}, ("and", 0), "unknown operator `coverd`", "did you mean `covered`?"),
    ({"xyzzy": []}, (), "unknown operator `xyzzy`", "known: `!`, `!!`, `!=`,"),
    ({"": 1}, (), "unknown operator ``", "known: "),
    ({"and": []}, (), "`and` has 0 arguments", "give it at least 1"),
    ({"==": [1]}, (), "`==` has 1 argument", "give it exactly 2"),
    ({"==": 1}, (), "`==` has 1 argument", "give it exactly 2"),
    ({"!": [True, False]}, (), "`!` has 2 arguments", "give it exactly 1"),
    ({"<": [1, 2, 3, 4]}, (), "`<` has 4 arguments", "give it 2 to 3"),
    ({">": [3, 2, 1]}, (), "`>` has 3 arguments", "give it exactly 2"),
    ({"some": [DATA]}, (), "`some` has 1 argument", "give it exactly 2"),
    ({"var": []}, (), "`var` has 0 arguments", "give it 1 to 2"),
    ({"covered": []}, (), "`covered` has 0 arguments", "give it exactly 1"),
    ({"covered": ["hipaa_baa", "soc2_type2"]}, (), "`covered` has 2 arguments", "give it exactly 1"),
    ({"or": [{"within": ["us"]}]}, ("or", 0), "`within` has 1 argument", "give it exactly 2"),
    ({"adn": [{"covered": "hippa_baa"}]}, (), "unknown operator `adn`", "did you mean `and`?"),
]
PATHS: list[Mistake] = [
    ({"==": [var("usage.regoin"), "us"]}, ("==", 0, "var"), "unknown path `usage.regoin`", "`usage.region`?"),
    ({"==": [var("usage.regoin", "us"), "us"]}, ("==", 0, "var", 0), "unknown path `usage.regoin`", "`usage.region`?"),
    ({"==": [var("usge.region"), "us"]}, ("==", 0, "var"), "unknown path `usge.region`", "did you mean `usage`?"),
    ({"==": [var("xyz"), "us"]}, ("==", 0, "var"), "unknown path `xyz`", "a path begins with: `agreements`"),
    ({"==": [var("usage"), "us"]}, ("==", 0, "var"), "unknown path `usage`", "did you mean `usage."),
    (
        {"!!": [var("registry.hippa_baa.value")]},
        ("!!", 0, "var"),
        "unknown path `registry.hippa_baa.value`",
        "`hipaa_baa`?",
    ),
    (
        {"!!": [var("registry.hipaa_baa.vlaue")]},
        ("!!", 0, "var"),
        "unknown path `registry.hipaa_baa.vlaue`",
        "`registry.hipaa_baa.value`?",
    ),
    ({"!!": var("registry")}, ("!!", "var"), "unknown path `registry`", "dimensions: `art53_summary`"),
    ({"!!": var("agreements.bba.signed")}, ("!!", "var"), "unknown path `agreements.bba.signed`", "`baa`?"),
    (
        {"!!": var("agreements.baa.reviewed")},
        ("!!", "var"),
        "unknown path `agreements.baa.reviewed`",
        "`agreements.baa.reviewed.",
    ),
    ({"!!": var("agreements.baa.reviewed.no")}, ("!!", "var"), "`agreements.baa.reviewed.no`", "baa.reviewed.on`?"),
    (
        {"some": [var("agreements.baa.all"), {"!!": var("reviewed.no")}]},
        ("some", 1, "!!", "var"),
        "an element has no field `no`",
        "read",
    ),
    ({"!!": var("today.year")}, ("!!", "var"), "unknown path `today.year`", "`today`"),
    ({"known": "usage.regoin"}, ("known",), "unknown path `usage.regoin`", "`usage.region`?"),
    ({"known": 5}, ("known",), "`5` is not a path", "name a path under `agreements`, `offering`"),
    ({"known": {"cat": ["usage.", "tier"]}}, ("known",), "`known` of an expression", "{known: usage.region}"),
    ({"!": {"missing": ["usage.regoin"]}}, ("!", "missing", 0), "unknown path `usage.regoin`", "`usage.region`?"),
    ({"!": {"missing": [["usage.teir"]]}}, ("!", "missing", 0, 0), "unknown path `usage.teir`", "`usage.tier`?"),
    ({"!": {"missing": [REGION]}}, ("!", "missing", 0), "a computed path", "write the path out"),
    (
        {"!": {"missing_some": [1, ["usage.tier", "usage.regoin"]]}},
        ("!", "missing_some", 1, 1),
        "unknown path `usage.regoin`",
        "`usage.region`?",
    ),
    (
        {"!": {"missing_some": [var("usage.regoin"), ["usage.tier"]]}},
        ("!", "missing_some", 0, "var"),
        "unknown path `usage.regoin`",
        "`usage.region`?",
    ),
    ({"==": [var(""), 1]}, ("==", 0, "var"), "`` is not a path", "name a path under"),
    ({"==": [var(None), 1]}, ("==", 0, "var"), "null is not a path", "name a path under"),
    ({"==": [var(5), 1]}, ("==", 0, "var"), "`5` is not a path", "name a path under"),
    ({"==": [var(True), 1]}, ("==", 0, "var"), "`true` is not a path", "name a path under"),
    ({"==": [var({}), 1]}, ("==", 0, "var"), "an object is not a path", "name a path under"),
    (
        {"==": [var({"cat": ["usage.", "region"]}), "us"]},
        ("==", 0, "var"),
        "a computed path",
        "write the path out, so that it can be checked",
    ),
    (
        {"==": [var("registry.hipaa_baa.value", "no"), "no"]},
        ("==", 0, "var", 1),
        "a default under `registry.`",
        "what the registry does not state is unknown",
    ),
    (
        {"in": ["phi", var("usage.data", "phi")]},
        ("in", 1, "var", 1),
        "a default that is no list for `usage.data`",
        "write it as a list",
    ),
]
WORDS: list[Mistake] = [
    ({"in": ["phl", DATA]}, ("in", 0), "`phl` is not a data class", "did you mean `phi`?"),
    ({"covered": "hippa_baa"}, ("covered",), "`hippa_baa` is not a dimension", "did you mean `hipaa_baa`?"),
    ({"documented": ["soc2_type_2"]}, ("documented", 0), "`soc2_type_2` is not a dimension", "`soc2_type2`?"),
    ({"agreement": "bba"}, ("agreement",), "`bba` is not a kind of agreement", "did you mean `baa`?"),
    ({"agreement": REGION}, ("agreement",), "`agreement` needs a kind of agreement written out", "known: `baa`, `dpa`"),
    ({"covered": 1}, ("covered",), "`covered` needs a dimension written out", "known: `art53_summary`"),
    ({"==": [TIER, "entreprise"]}, ("==", 1), "`entreprise` is not a tier", "did you mean `enterprise`?"),
    ({"!==": ["entreprise", TIER]}, ("!==", 0), "`entreprise` is not a tier", "did you mean `enterprise`?"),
    ({"==": [TIER, 5]}, ("==", 1), "`5` is not a tier", "known: `enterprise`, `free`, `self_serve`"),
    ({"==": [TIER, True]}, ("==", 1), "`true` is not a tier", "known: `enterprise`"),
    ({"in": [REGION, ["us", "xx"]]}, ("in", 1, 1), "`xx` is not a region", "and 240 more"),
    ({"in": [REGION, {"merge": [["us"], ["xx"]]}]}, ("in", 1, "merge", 1, 0), "`xx` is not a region", "known: "),
    ({"in": [TIER, {"if": [True, ["free"], ["fre"]]}]}, ("in", 1, "if", 2, 0), "`fre` is not a tier", "`free`?"),
    (
        {"in": [TIER, {"filter": [["free", "fre"], {"==": [var(""), "fre"]}]}]},
        ("in", 1, "filter", 0, 1),
        "`fre` is not a tier",
        "`free`?",
    ),
    ({"==": [{"or": [TIER, "fre"]}, TIER]}, ("==", 0, "or", 1), "`fre` is not a tier", "did you mean `free`?"),
    ({"==": [{"and": [TIER, "fre"]}, TIER]}, ("==", 0, "and", 1), "`fre` is not a tier", "did you mean `free`?"),
    ({"subset": [DATA, ["phi", "pij"]]}, ("subset", 1, 1), "`pij` is not a data class", "did you mean `pii`?"),
    ({"disjoint": [["pij"], DATA]}, ("disjoint", 0, 0), "`pij` is not a data class", "did you mean `pii`?"),
    ({"within": [REGION, "euu"]}, ("within", 1), "`euu` is not a region", "did you mean `eu`?"),
    ({"==": [var("usage.region", "xx"), "us"]}, ("==", 0, "var", 1), "`xx` is not a region", "known: "),
    ({"==": [var("usage.offering"), "opnai-api"]}, ("==", 1), "`opnai-api` is not an offering", "`openai-api`?"),
    ({"all": [DATA, {"==": [var(""), "phl"]}]}, ("all", 1, "==", 1), "`phl` is not a data class", "`phi`?"),
    (
        {"some": [{"filter": [DATA, True]}, {"in": [var(""), ["phl"]]}]},
        ("some", 1, "in", 1, 0),
        "`phl` is not a data class",
        "`phi`?",
    ),
    (
        {"in": ["phl", {"map": [DATA, var("")]}]},
        ("in", 0),
        "`phl` is not a data class",
        "did you mean `phi`?",
    ),
    ({"in": ["phl", {"merge": [DATA, DATA]}]}, ("in", 0), "`phl` is not a data class", "did you mean `phi`?"),
    ({"==": [{"and": [TIER, TIER]}, "fre"]}, ("==", 1), "`fre` is not a tier", "did you mean `free`?"),
    ({"==": [{"if": [True, TIER, TIER]}, "fre"]}, ("==", 1), "`fre` is not a tier", "did you mean `free`?"),
    (
        {"==": [{"if": [True, TIER, {"!": True}, TIER, TIER]}, "fre"]},
        ("==", 1),
        "`fre` is not a tier",
        "did you mean `free`?",
    ),
    (
        {"==": [TIER, {"if": [True, "free", False, "fre", "free"]}]},
        ("==", 1, "if", 3),
        "`fre` is not a tier",
        "did you mean `free`?",
    ),
    ({"in": [TIER, {"?:": [True, ["free"], ["fre"]]}]}, ("in", 1, "?:", 2, 0), "`fre` is not a tier", "`free`?"),
    ({"in": ["fre", {"merge": [TIER, TIER]}]}, ("in", 0), "`fre` is not a tier", "did you mean `free`?"),
    ({"==": [{"if": [True, TIER, None]}, "fre"]}, ("==", 1), "`fre` is not a tier", "did you mean `free`?"),
    ({"==": [{"if": [True, TIER, ROWS, TIER, TIER]}, "fre"]}, ("==", 1), "`fre` is not a tier", "`free`?"),
    ({"==": [TIER, {"cat": ["fr", "e"]}]}, ("==", 1), "`fre` is not a tier", "did you mean `free`?"),
    ({"==": [{"or": [TIER, 5]}, "fre"]}, ("==", 1), "`fre` is not a tier", "did you mean `free`?"),
    ({"!!": [var("usage.tier", "fre")]}, ("!!", 0, "var", 1), "`fre` is not a tier", "did you mean `free`?"),
    ({"!!": var("usage.data", ["phl"])}, ("!!", "var", 1, 0), "`phl` is not a data class", "did you mean `phi`?"),
    ({"==": [var("usage.tier", "free"), "fre"]}, ("==", 1), "`fre` is not a tier", "did you mean `free`?"),
    ({"==": [var("usage.tier", ROWS), "fre"]}, ("==", 1), "`fre` is not a tier", "did you mean `free`?"),
    ({"in": ["phl", var("usage.data", ROWS)]}, ("in", 0), "`phl` is not a data class", "did you mean `phi`?"),
    (
        {"==": [{"cat": [{"cat": [TIER, "-a"]}, "-b"]}, "fre-a-b"]},
        ("==", 1),
        "`fre-a-b` is not made of",
        "did you mean `free-a-b`?",
    ),
]
SCALARS_AND_LISTS: list[Mistake] = [
    ({"==": [DATA, "phi"]}, ("==", 0), "`==` compares a list", "use `in` for one element, `subset` or `disjoint`"),
    ({"!=": [REGION, ["us"]]}, ("!=", 1), "`!=` compares a list", "use `in`"),
    (
        {"<": [TIER, "enterprise"]},
        ("<", 0),
        "`<` compares words as text, and a tier has no such order",
        "list the words",
    ),
    *(
        (
            {name: ["free", TIER]},
            (name, 1),
            f"`{name}` compares words as text, and a tier has no such order",
            "list the",
        )
        for name in ("<=", ">", ">=")
    ),
    ({"==": [{"missing": ["usage.region"]}, "x"]}, ("==", 0), "`==` compares a list", "use `in`"),
    (
        {"some": [[*range(40)], {"some": [[*range(40)], {"some": [[*range(40)], {"==": [var(""), 1]}]}]}]},
        (),
        "an expression that takes more than 100,000 steps",
        "shorten the lists",
    ),
    ({"==": [var("project.bound"), "true"]}, ("==", 1), "`true` is neither true nor false", "write true or false"),
    ({"!==": [{"covered": "hipaa_baa"}, "pass"]}, ("!==", 1), "`pass` is neither true nor false", "write true"),
    ({"==": [1, {"!": [var("project.bound")]}]}, ("==", 0), "`1` is neither true nor false", "write true or false"),
    ({"<": [var("today"), "1.1.2027"]}, ("<", 1), "`1.1.2027` is not a day", "write a day as YYYY-MM-DD"),
    ({">=": ["2026-13-01", var("today")]}, (">=", 0), "`2026-13-01` is not a day", "write a day as YYYY-MM-DD"),
    ({"<": [var("today"), "2026-1-5"]}, ("<", 1), "`2026-1-5` is not a day", "write a day"),
    ({"<": [var("today"), 2027]}, ("<", 1), "`2027` is not a day", "write a day"),
    ({"==": [var("today"), "2027-01"]}, ("==", 1), "`2027-01` is not a day", "write a day"),
    (
        {">": [var("agreements.dpa.expires"), "31-12-2026"]},
        (">", 1),
        "`31-12-2026` is not a day",
        "write a day",
    ),
    ({">": [var("agreements.dpa.expires", var("today")), "1.1.2027"]}, (">", 1), "`1.1.2027` is not a day", "write"),
    (
        {"<": ["July 2026", var("registry.hipaa_baa.verified")]},
        ("<", 0),
        "`July 2026` is not a day",
        "write a day",
    ),
    (
        {"!": {"reduce": [DATA, {"within": [var(""), "eu"]}, 0]}},
        ("!", "reduce", 1, "within", 0),
        "`within` takes one value, and this is a list",
        "use `some` or `all`",
    ),
    ({"in": [DATA, ["phi"]]}, ("in", 0), "`in` looks for a list", "use `subset` or `disjoint`"),
    ({"in": [TIER, "enterprise"]}, ("in", 1), "`in` looks inside a text", "list the words: [enterprise]"),
    ({"in": [TIER, {"cat": ["free"]}]}, ("in", 1), "`in` looks inside a text", "list the words: […]"),
    ({"in": ["us", REGION]}, ("in", 1), "`in` looks inside one value, not a list", "compare with `==`"),
    ({"in": ["a", None]}, ("in", 1), "`in` looks inside one value, not a list", "or write a list"),
    ({"in": ["a", 5]}, ("in", 1), "`in` looks inside one value, not a list", "or write a list"),
    ({"in": ["a", {"if": [True, 1, 2]}]}, ("in", 1), "`in` looks inside one value, not a list", "or write a list"),
    ({"in": ["a", {"!": True}]}, ("in", 1), "`in` looks inside one value, not a list", "or write a list"),
    ({"in": ["a", {"+": [1, 2]}]}, ("in", 1), "`in` looks inside one value, not a list", "or write a list"),
    ({"subset": [REGION, ["us"]]}, ("subset", 0), "`subset` takes two lists, and this is one value", "as a list: [ ]"),
    ({"disjoint": ["phi", DATA]}, ("disjoint", 0), "`disjoint` takes two lists", "write it as a list"),
    ({"some": [REGION, True]}, ("some", 0), "`some` runs over a list, and this is one value", "write it as a list"),
    ({"within": ["us", var("usage.subjects")]}, ("within", 1), "`within` takes one value", "`some` or `all`"),
    ({"<": [{"days_until": DATA}, 3]}, ("<", 0, "days_until"), "`days_until` takes one value", "`some` or `all`"),
    ({"matches": [var("usage.models"), "gpt-*"]}, ("matches", 0), "`matches` takes a text and a glob", "{some: [list,"),
    ({"matches": ["a", 5]}, ("matches", 1), "`matches` takes a text and a glob", "{some: [list,"),
    ({"<": [{"days_since": "2026-1-1"}, 9]}, ("<", 0, "days_since"), "`days_since` of `2026-1-1`", "YYYY-MM-DD"),
    ({"<": [{"days_until": "2026-02-30"}, 9]}, ("<", 0, "days_until"), "`days_until` of `2026-02-30`", "YYYY-MM-DD"),
    ({"<": [{"days_since": 20260101}, 9]}, ("<", 0, "days_since"), "`days_since` of `20260101`", "YYYY-MM-DD"),
]
ITERATIONS: list[Mistake] = [
    (
        {"some": [{"missing": ["usage.region"]}, {"==": [var("x"), 1]}]},
        ("some", 1, "==", 0, "var"),
        "an element has no field `x`",
        "read the element itself",
    ),
    (
        {"some": [DATA, {"==": [REGION, "us"]}]},
        ("some", 1, "==", 0, "var"),
        "`usage.region` inside an iteration, where `var` reads the element",
        "compare lists with `subset` or `disjoint`, or move the comparison outside",
    ),
    (
        {"none": [DATA, {"==": [var("registry.hipaa_baa.value"), "no"]}]},
        ("none", 1, "==", 0, "var"),
        "`registry.hipaa_baa.value` inside an iteration",
        "move the comparison outside",
    ),
    (
        {"some": [DATA, {"==": [var("registry.hipaa_baa.value", "no"), "no"]}]},
        ("some", 1, "==", 0, "var", 0),
        "`registry.hipaa_baa.value` inside an iteration",
        "move the comparison outside",
    ),
    (
        {"some": [DATA, {"known": "usage.region"}]},
        ("some", 1, "known"),
        "`usage.region` inside an iteration",
        "move the comparison outside",
    ),
    (
        {"some": [["a", 1], {"!": REGION}]},
        ("some", 1, "!", "var"),
        "`usage.region` inside an iteration",
        "move the comparison outside",
    ),
    (
        {"some": [DATA, {"==": [var("name"), "us"]}]},
        ("some", 1, "==", 0, "var"),
        "an element has no field `name`",
        'read the element itself with {"var": ""}',
    ),
    (
        {"some": [DATA, {"==": [var(3), "us"]}]},
        ("some", 1, "==", 0, "var"),
        "`3` is not a path",
        'name a field of the element, or "" for the element',
    ),
    (
        {"<": [{"reduce": [DATA, {"+": [var("accumulator"), var("curent")]}, 0]}, 3]},
        ("<", 0, "reduce", 1, "+", 1, "var"),
        "an element has no field `curent`",
        "read the element itself",
    ),
    (
        {"!": {"reduce": [DATA, {"==": [var("current"), "phl"]}, False]}},
        ("!", "reduce", 1, "==", 1),
        "`phl` is not a data class",
        "did you mean `phi`?",
    ),
    (
        {"!": {"reduce": [DATA, True, var("usage.regoin")]}},
        ("!", "reduce", 2, "var"),
        "unknown path `usage.regoin`",
        "did you mean `usage.region`?",
    ),
    (
        {"!": {"reduce": [DATA, {"if": [{"==": [SO_FAR, "phl"]}, var("current"), SO_FAR]}, "phi"]}},
        ("!", "reduce", 1, "if", 0, "==", 1),
        "`phl` is not a data class",
        "did you mean `phi`?",
    ),
    ({"some": [DATA, {"==": [{"log": var("")}, "phl"]}]}, ("some", 1, "==", 1), "`phl` is not a data class", "`phi`?"),
]
ALL = [*SHAPES, *OPERATORS, *PATHS, *WORDS, *SCALARS_AND_LISTS, *ITERATIONS]


@pytest.mark.parametrize(("rule", "place", "title", "help"), table(ALL))
def test_a_mistake_is_reported_at_its_place_with_advice(rule: Json, place: Place, title: str, help: str) -> None:
    is_the_only_mistake(rule, place, title, help, LANGUAGE.require)


@pytest.mark.parametrize(
    ("rule", "title", "help"),
    [
        ([True], "a list stands where a condition is expected", "join conditions with `and` or `or`"),
        (
            "x",
            "`x` stands where a condition is expected",
            "write an operation such as {covered: hipaa_baa}, or true or false",
        ),
        ({}, "an object with 0 keys", "write one operation, an object with one key"),
        ({"!": [True, True]}, "`!` has 2 arguments", "give it exactly 1"),
        (
            {"==": [DATA, "phi"]},
            "`==` compares a list",
            "use `in` for one element, `subset` or `disjoint` for several",
        ),
        (
            {"<": [TIER, "free"]},
            "`<` compares words as text, and a tier has no such order",
            "list the words that are meant: {in: [value, [word, word]]}",
        ),
        ({"in": [DATA, []]}, "`in` looks for a list", "use `subset` or `disjoint` to compare two lists"),
        (
            {"in": ["us", REGION]},
            "`in` looks inside one value, not a list",
            "compare with `==`, or write a list",
        ),
        ({"in": [TIER, "free"]}, "`in` looks inside a text", "list the words: [free]"),
        (
            {"subset": [REGION, []]},
            "`subset` takes two lists, and this is one value",
            "write it as a list: [ ]",
        ),
        (
            {"!": var({"cat": "x"})},
            "a computed path",
            "write the path out, so that it can be checked",
        ),
        (
            {"!": {"missing": [REGION]}},
            "a computed path",
            "write the path out, so that it can be checked",
        ),
        (
            {"!": var("registry.hipaa_baa.value", "no")},
            "a default under `registry.`",
            "leave it out: what the registry does not state is unknown",
        ),
        (
            {"in": ["phi", var("usage.data", "phi")]},
            "a default that is no list for `usage.data`, which is one",
            "write it as a list: [ ]",
        ),
        ({"known": REGION}, "`known` of an expression", "name a path, such as {known: usage.region}"),
        ({"observed": REGION}, "`observed` of an expression", WRITE_A_PATH),
        ({"observed": [["usage.region"]]}, "`observed` of a list", WRITE_A_PATH),
        ({"observed": {"a": 1, "b": 2}}, "an object is not a path", WRITE_A_PATH),
        ({"observed": True}, "`true` is not a path", WRITE_A_PATH),
        ({"observed": None}, "null is not a path", WRITE_A_PATH),
        ({"observed": ""}, "`` is not a path", WRITE_A_PATH),
        ({"observed": ["usage.region", "us"]}, "`observed` has 2 arguments", "give it exactly 1"),
        ({"observed": []}, "`observed` has 0 arguments", "give it exactly 1"),
        ({"observed": "usage.regoin"}, "`observed` of `usage.regoin`", "did you mean `usage.region`?"),
        ({"observed": "usage.region."}, "`observed` of `usage.region.`", "did you mean `usage.region`?"),
        ({"observed": "primary.regoin"}, "`observed` of `primary.regoin`", "did you mean `primary.region`?"),
        ({"observed": "usage.data"}, "`observed` of `usage.data`", OBSERVABLE_PATHS),
        ({"observed": "today"}, "`observed` of `today`", OBSERVABLE_PATHS),
        ({"observed": "zero_data_retention"}, "`observed` of `zero_data_retention`", OBSERVABLE_PATHS),
        ({"observed": "usage.settings"}, "`observed` of `usage.settings`", NAME_A_SETTING),
        ({"observed": "usage.settings."}, "`observed` of `usage.settings.`", NAME_A_SETTING),
        ({"observed": "usage.settings.a."}, "`observed` of `usage.settings.a.`", NAME_A_SETTING),
        ({"observed": "usage.settings..a"}, "`observed` of `usage.settings..a`", NAME_A_SETTING),
        (
            {"some": [REGION, True]},
            "`some` runs over a list, and this is one value",
            "write it as a list: [ ]",
        ),
        (
            {"matches": [DATA, "a*"]},
            "`matches` takes a text and a glob",
            'run over a list: {some: [list, {matches: [{var: ""}, glob]}]}',
        ),
        (
            {"within": [DATA, "eu"]},
            "`within` takes one value, and this is a list",
            "use `some` or `all` over the list",
        ),
        ({"!": {"days_since": "1 May"}}, "`days_since` of `1 May`", "write a day as YYYY-MM-DD"),
        (
            {"some": [DATA, var(3)]},
            "`3` is not a path",
            'name a field of the element, or "" for the element',
        ),
        (
            {"some": [DATA, var("today")]},
            "`today` inside an iteration, where `var` reads the element",
            "compare lists with `subset` or `disjoint`, or move the comparison outside",
        ),
        (
            {"some": [DATA, var("x")]},
            "an element has no field `x`",
            'read the element itself with {"var": ""}',
        ),
        ({"<": [var("today"), "1.1.2027"]}, "`1.1.2027` is not a day", "write a day as YYYY-MM-DD"),
        ({"==": [var("project.bound"), "true"]}, "`true` is neither true nor false", "write true or false"),
        ({"==": [1]}, "`==` has 1 argument", "give it exactly 2"),
        (
            {"==": [TIER, "fre*"]},
            "`fre*` is not a tier",
            "it is compared as it stands; a glob is for {matches: [text, glob]}",
        ),
        ({"matches": [TIER, "f*r*e*x*y"]}, "`f*r*e*x*y` fits nothing that is a tier", "did you mean `free`?"),
        ({"matches": [TIER, "f?r?e?x?y"]}, "`f?r?e?x?y` fits nothing that is a tier", "did you mean `free`?"),
        (
            {"matches": [TIER, ["free*"]]},
            "`matches` takes a text and a glob",
            'run over a list: {some: [list, {matches: [{var: ""}, glob]}]}',
        ),
        (
            {"!": var(5)},
            "`5` is not a path",
            "name a path under `agreements`, `offering`, `primary`, `project`, `registry`, `today`, `usage`",
        ),
    ],
    ids=json.dumps,
)
def test_a_mistake_is_told_in_these_words(rule: Json, title: str, help: str) -> None:
    assert [(problem.title, problem.help) for problem in problems(rule)] == [(title, help)]


@pytest.mark.parametrize(
    "rule",
    [
        {"observed": path}
        for path in (
            *("usage.region", "usage.cloud_region", "usage.tier", "usage.lifecycle", "usage.features"),
            *("primary.region", "usage.settings.zero_data_retention", "usage.settings.a.b", ["usage.region"]),
        )
    ],
    ids=json.dumps,
)
@pytest.mark.parametrize("around", [None, "!", "!!", "and", "or", "if", "all"])
def test_what_an_observation_tells_can_be_asked_for_wherever_a_condition_stands(rule: Any, around: str | None) -> None:
    written: dict[str | None, Any] = {"if": {"if": [rule, rule, rule]}, "all": {"all": [DATA, rule]}, None: rule}
    asked = written.get(around, {str(around): [rule]})
    assert problems(asked) == []
    assert problems(asked, LANGUAGE.when) == []


def test_a_mistake_is_told_once_wherever_observed_stands() -> None:
    typo: Any = {"observed": "usage.regoin"}
    rules: list[Any] = [{"some": [DATA, typo]}, {"!": typo}]
    for inside in rules:
        assert [one.help for one in problems(inside)] == ["did you mean `usage.region`?"]


def test_whether_something_is_observed_is_no_text_and_no_number() -> None:
    observed: Any = {"observed": "usage.region"}
    assert [one.title for one in problems({"==": [observed, "yes"]})] == ["`yes` is neither true nor false"]
    assert problems({"in": [observed, ["yes"]]}) != []


IN_WHEN: list[Mistake] = [
    *(
        ({name: word}, (), f"`{name}` cannot stand here", "move this to `require`")
        for name, word in (("covered", "hipaa_baa"), ("documented", "hipaa_baa"), ("agreement", "baa"))
    ),
    ({"and": [True, {"covered": "hipaa_baa"}]}, ("and", 1), "`covered` cannot stand here", "move this to `require`"),
    ({"covered": "hippa_baa"}, (), "`covered` cannot stand here", "move this to `require`"),
    ({"!!": var("registry.hipaa_baa.value")}, ("!!", "var"), "`registry.hipaa_baa.value`", "move this to `require`"),
    ({"known": "agreements.baa.signed"}, ("known",), "`agreements.baa.signed`", "move this to `require`"),
    (
        {"!!": var("agrements.baa.signed")},
        ("!!", "var"),
        "unknown path",
        "a path begins with: `offering`, `primary`, `project`",
    ),
]


@pytest.mark.parametrize(("rule", "place", "title", "help"), table(IN_WHEN))
def test_when_may_not_read_what_others_say(rule: Json, place: Place, title: str, help: str) -> None:
    is_the_only_mistake(rule, place, title, help, LANGUAGE.when)


@pytest.mark.parametrize(("rule", "at_key"), [({"adn": 1}, True), ({"!": []}, True), ({"covered": "x"}, False)])
def test_a_mistake_in_the_name_of_an_operation_is_at_its_key(rule: Json, at_key: bool) -> None:
    assert [problem.at_key for problem in problems(rule)] == [at_key]


def test_an_operator_that_cannot_stand_here_is_a_mistake_at_its_key() -> None:
    assert [problem.at_key for problem in problems({"covered": "hipaa_baa"}, LANGUAGE.when)] == [True]


def test_every_mistake_of_a_rule_is_reported_in_the_order_of_the_rule() -> None:
    rule: Json = {"and": [{"covered": "hippa_baa"}, {"adn": []}, {"in": ["phl", DATA]}, {"==": [REGION]}]}
    assert [problem.place for problem in problems(rule)] == [
        ("and", 0, "covered"),
        ("and", 1),
        ("and", 2, "in", 0),
        ("and", 3),
    ]


MIXED: list[Mistake] = [
    ({"==": [{"if": [True, REGION, "us"]}, "xx"]}, ("==", 1), "`xx` is not a region", ""),
    ({"==": [{"or": [REGION, "us"]}, "xx"]}, ("==", 1), "`xx` is not a region", ""),
    ({"in": ["phl", {"merge": [DATA, ["pii"]]}]}, ("in", 0), "`phl` is not a data class", "`phi`?"),
    ({"in": ["phl", {"if": [True, DATA, ["pii"]]}]}, ("in", 0), "`phl` is not a data class", "`phi`?"),
    ({"in": ["xx", [REGION, "us"]]}, ("in", 0), "`xx` is not a region", ""),
    ({"==": [{"if": [True, REGION, {"var": "usage.tier"}]}, "xx"]}, ("==", 1), "`xx` is not a region or a tier", ""),
    ({"subset": [["phl"], {"merge": [DATA, ["pii"]]}]}, ("subset", 0, 0), "`phl` is not a data class", "`phi`?"),
]
"""Values of which some are words of a vocabulary and others are written out."""


@pytest.mark.parametrize(("rule", "place", "title", "help"), table(MIXED))
def test_a_word_is_checked_against_a_choice_of_words(rule: Json, place: Place, title: str, help: str) -> None:
    is_the_only_mistake(rule, place, title, help, LANGUAGE.require)


@pytest.mark.parametrize("path", ["usage.settings.", "registry.hipaa_baa.facts."])
def test_the_advice_on_an_unknown_path_is_another_path(path: str) -> None:
    (problem,) = problems({"!!": var(path)})
    assert f"`{path}`?" not in problem.help


FINE: list[Json] = [
    True,
    False,
    {"covered": "hipaa_baa"},
    {"documented": ["soc2_type2"]},
    {"agreement": "baa"},
    {"and": [{"covered": "hipaa_baa"}, {"or": [True, {"not": {"agreement": "dpa"}}]}]},
    {"if": [{"in": ["phi", DATA]}, {"covered": "hipaa_baa"}, True]},
    {"?:": [REGION, True, False]},
    {"if": [True]},
    {"in": ["phi", DATA]},
    {"in": [REGION, ["us", "eu"]]},
    {"in": ["a", "abc"]},
    {"in": ["gpt", var("usage.purpose")]},
    {"in": [var("usage.purpose"), ["anything", 5]]},
    {"in": [var("usage.settings.mode"), var("usage.settings.modes")]},
    {"in": ["x", {"map": [var("usage.models"), {"cat": [var(""), "!"]}]}]},
    {"in": [TIER, {"filter": [["free", "enterprise"], True]}]},
    {"in": [REGION, {"if": [{"==": [TIER, "free"]}, ["us"], ["eu"]]}]},
    {"subset": [DATA, ["phi", "pii"]]},
    {"disjoint": [DATA, []]},
    {"subset": [var("usage.models"), var("offering.models")]},
    {"subset": [{"merge": [var("usage.models"), ["x"]]}, var("offering.models")]},
    {"==": [REGION, "uk"]},
    {"==": [REGION, None]},
    {"==": [TIER, {"cat": ["fr", "ee"]}]},
    {"==": [{"if": [True, TIER, TIER]}, "free"]},
    {"===": [var("usage.settings.temperature"), 0]},
    {"<": [1, {"days_since": "2026-01-01"}, 30]},
    {"<=": [{"days_until": var("agreements.baa.expires")}, 30]},
    {"<=": [{"days_since": var("agreements.dpa.reviewed.on")}, 365]},
    {"in": [2, var("agreements.scc.scc_modules")]},
    {"some": [var("agreements.dpa.all"), {"<=": [{"days_since": var("reviewed.on")}, 365]}]},
    {">": [var("today"), "2026-01-01"]},
    {"<": ["2026", var("today"), "2028-03"]},
    {"!=": [var("agreements.dpa.expires"), None]},
    {"==": [var("agreements.dpa.expires", "never"), "never"]},
    {"==": [{"substr": [var("today"), 0, 7]}, "2026-11"]},
    {"within": [REGION, "eu"]},
    {"within": [var("usage.settings.region"), "uk"]},
    {"known": "registry.hipaa_baa.facts.days"},
    {"==": [var("registry.retention_zdr.facts.days.default"), 0]},
    {"in": ["x", var("offering.sdk_packages.pypi")]},
    {"!": {"missing": ["usage.region", "usage.tier"]}},
    {"!": {"missing": [["usage.region", "usage.tier"]]}},
    {"!": {"missing_some": [1, ["usage.region", "usage.tier"]]}},
    {"==": [var("usage.region", "us"), "us"]},
    {"in": ["phi", var("usage.data", [])]},
    {"in": ["phi", var("usage.data", var("usage.settings.data"))]},
    {"==": [var("usage.purpose", "none"), "none"]},
    {"some": [DATA, {"in": [var(""), ["phi", "pii"]]}]},
    {"all": [DATA, {"!==": [var(None), "phi"]}]},
    {"none": [var("usage.models"), {"matches": [var(""), "gpt-*"]}]},
    {"some": [var("usage.settings.rows"), {"==": [var("any.field"), 1]}]},
    {"some": [[{"cat": ["a"]}, "b"], var("")]},
    {"<": [{"reduce": [DATA, {"+": [var("accumulator"), 1]}, 0]}, 3]},
    {"!": {"reduce": [DATA, {"==": [var("current.x"), "phl"]}]}},
    {"some": [DATA, {"some": [["a"], {"==": [var(""), "a"]}]}]},
    {"some": [DATA, {"==": [var("", "phi"), "phi"]}]},
    {"==": [{"+": [1, 2]}, {"max": [1, 3]}]},
    {"==": [{"substr": [var("usage.purpose"), 0, 3]}, "abc"]},
    {"log": {"covered": "hipaa_baa"}},
    {"matches": [var("usage.settings.x"), "a?c*"]},
    {"==": [{"log": 5}, 5]},
    {"in": ["a", {"if": [True, 5, ["a"]]}]},
    {"matches": [{"if": [True, TIER, TIER]}, "self*"]},
    {"matches": [{"if": [True, TIER, REGION]}, "a*"]},
    {"matches": [{"cat": [TIER, "-a"]}, "free*"]},
    {"matches": [TIER, {"if": [True, "fr*", "self*"]}]},
    {"matches": [TIER, {"cat": ["fr", "*"]}]},
    {"==": [{"or": [TIER, 5]}, 5]},
    {"==": [var("usage.region", TIER), "free"]},
    {"==": [{"if": [True, TIER, REGION]}, "free"]},
    {"and": [{"subset": [var("usage.settings.x"), ["a"]]}, {"disjoint": [["a"], var("usage.settings.x")]}]},
    {"in": ["a", {"reduce": [DATA, var("accumulator"), []]}]},
    {"some": [DATA, {"if": [{"==": [var(""), "phi"]}, True, False]}]},
    {"some": [DATA, {"subset": [[var("")], ["phi"]]}]},
    {"some": [DATA, {"in": ["phi", {"merge": [var(""), ["pii"]]}]}]},
    {"some": [ROWS, {"==": [var("a", var("b")), 1]}]},
    {"some": [ROWS, {"!": {"missing": ["a", ["b"]]}}]},
    {"some": [ROWS, {"!": {"missing_some": [var("n"), ["a"]]}}]},
    {"some": [ROWS, {"some": [var("items"), var("ok")]}]},
    {"some": [ROWS, {"==": [{"reduce": [var("items"), var("accumulator"), var("start")]}, 1]}]},
]


@pytest.mark.parametrize("rule", FINE, ids=json.dumps)
def test_a_rule_without_a_mistake_is_accepted(rule: Json) -> None:
    assert problems(rule) == []


@pytest.mark.parametrize(
    "rule", [{"in": ["phi", DATA]}, {"==": [REGION, "us"]}, {"<": [{"days_since": "2026-01-01"}, 9]}]
)
def test_when_may_read_what_the_project_says(rule: Json) -> None:
    assert problems(rule, LANGUAGE.when) == []


def checked(rule: Json) -> Node:
    tree, mistakes = check(parse(rule), LANGUAGE.require)
    assert mistakes == []
    return tree


@pytest.mark.parametrize(
    ("rule", "meant"),
    [
        ({"==": [REGION, "uk"]}, {"==": [REGION, "gb"]}),
        ({"in": [REGION, ["us", "uk"]]}, {"in": [REGION, ["us", "gb"]]}),
        ({"in": ["uk", var("usage.subjects")]}, {"in": ["gb", var("usage.subjects")]}),
        ({"within": [REGION, "uk"]}, {"within": [REGION, "gb"]}),
        ({"within": ["uk", REGION]}, {"within": ["gb", REGION]}),
        ({"==": [var("usage.region", "uk"), "us"]}, {"==": [var("usage.region", "gb"), "us"]}),
        ({"subset": [var("usage.subjects"), ["uk"]]}, {"subset": [var("usage.subjects"), ["gb"]]}),
        ({"and": [True, {"!": {"==": ["uk", REGION]}}]}, {"and": [True, {"!": {"==": ["gb", REGION]}}]}),
        ({"==": [REGION, {"if": [True, "uk", "us"]}]}, {"==": [REGION, {"if": [True, "gb", "us"]}]}),
        ({"==": [{"if": [True, TIER, REGION]}, "uk"]}, {"==": [{"if": [True, TIER, REGION]}, "gb"]}),
        ({"==": [var("usage.purpose"), "uk"]}, {"==": [var("usage.purpose"), "uk"]}),
    ],
)
def test_an_alias_becomes_the_word_that_it_stands_for(rule: Json, meant: Json) -> None:
    assert unparse(checked(rule)) == meant


@pytest.mark.parametrize("rule", FINE, ids=json.dumps)
def test_a_checked_rule_keeps_the_places_of_its_nodes(rule: Json) -> None:
    assert [node.place for node in walk(checked(rule))] == [node.place for node in walk(parse(rule))]


def conditions(count: int) -> Json:
    return {"and": [True] * count}


def nested(levels: int) -> Json:
    rule: Json = True
    for _ in range(levels - 1):
        rule = {"!": rule}
    return rule


def test_a_rule_of_as_many_nodes_as_allowed_is_accepted() -> None:
    assert problems(conditions(LARGEST - 1)) == []


def test_a_rule_of_too_many_nodes_is_refused_at_its_root() -> None:
    is_the_only_mistake(conditions(LARGEST), (), "more than 2,000 nodes", "split the policy", LANGUAGE.require)


def test_a_rule_as_deep_as_allowed_is_accepted() -> None:
    assert problems(nested(DEEPEST)) == []


def test_a_rule_nested_too_deeply_is_refused_at_its_root() -> None:
    is_the_only_mistake(nested(DEEPEST + 1), (), "nested more than 64 deep", "split the policy", LANGUAGE.require)


def test_a_rule_that_is_too_large_is_not_looked_into() -> None:
    is_the_only_mistake({"adn": [True] * LARGEST}, (), "more than 2,000 nodes", "split", LANGUAGE.require)


def within_lists(others: int) -> Json:
    """A rule that takes 99,803 steps and those of others."""
    return {"and": [{"some": [[0] * 200, {"some": [[0] * 248, True]}]}, *[True] * others]}


def test_a_rule_of_as_many_steps_as_allowed_is_accepted() -> None:
    assert effort(parse(within_lists(197))) == MOST
    assert problems(within_lists(197)) == []
    assert len(problems(within_lists(198))) == 1


@pytest.mark.parametrize(
    ("rule", "help"),
    [
        (conditions(LARGEST), "split the policy"),
        (nested(DEEPEST + 1), "split the policy"),
        (within_lists(198), "shorten the lists, or split the policy"),
    ],
    ids=("nodes", "levels", "steps"),
)
def test_what_to_do_about_a_rule_that_is_too_large(rule: Json, help: str) -> None:
    assert [problem.help for problem in problems(rule)] == [help]


def test_reductions_within_reductions_are_soon_checked() -> None:
    """Each is walked twice, and what is inside of it once each time, or it would be 2 to the power of 40 times."""
    rule: Json = 1
    for _ in range(40):
        rule = {"reduce": [["a"], rule, 0]}
    assert problems({"==": [rule, 1]}) == []


@pytest.mark.parametrize("value", ["2026-01-31", "2024-02-29", "0001-01-01"])
def test_a_day_is_written_in_full(value: str) -> None:
    assert is_date(value)


@pytest.mark.parametrize(
    "value",
    [
        "2026-1-31",
        "2026-02-29",
        "20260131",
        "2026-W05-1",
        "2026-01-31T00",
        "2026/01/31",
        "",
        20260131,
        None,
        ["2026-01-31"],
    ],
)
def test_what_is_no_day(value: object) -> None:
    assert not is_date(value)


def test_the_paths_that_a_rule_reads_are_listed_once_and_in_its_order() -> None:
    rule: dict[str, Any] = {
        "and": [
            {"==": [REGION, "us"]},
            {"known": "today"},
            {"!": {"missing": ["usage.tier", ["usage.id"]]}},
            {"!": {"missing_some": [1, ["usage.region", "project.name"]]}},
            {"==": [var("usage.purpose", var("usage.via")), "usage.data"]},
        ]
    }
    expected = ("usage.region", "today", "usage.tier", "usage.id", "project.name", "usage.purpose", "usage.via")
    assert reads(parse(rule)) == expected


def test_a_path_that_is_no_text_is_not_listed() -> None:
    assert reads(parse({"and": [var(5), var({"cat": ["a"]}), True]})) == ()


def test_a_text_that_is_a_default_is_no_path() -> None:
    assert reads(parse(var("usage.purpose", "usage.via"))) == ("usage.purpose",)
    assert reads(parse({"known": ["today", "usage.via"]})) == ("today",)


def test_the_words_that_operators_name_are_listed_once_and_in_order() -> None:
    rule: dict[str, Any] = {
        "or": [{"covered": "hipaa_baa"}, {"documented": "gdpr_dpa"}, {"agreement": "baa"}, {"covered": "hipaa_baa"}]
    }
    assert words_of(parse(rule), "covered", "documented") == ("hipaa_baa", "gdpr_dpa")
    assert words_of(parse({"covered": REGION}), "covered") == ()
    assert words_of(parse({"covered": ["hipaa_baa", "gdpr_dpa"]}), "covered") == ("hipaa_baa",)


def test_a_parameter_without_a_vocabulary_takes_any_one_value() -> None:
    signature = Signature((ValueParameter(),), BOOLEAN)
    dialect = Dialect({"odd": (1, 1)}, {"odd": signature}, nowhere, frozenset())
    assert problems({"odd": 3}, dialect) == []
    assert problems({"odd": [[3]]}, dialect)[0].title == "`odd` takes one value, and this is a list"


def nowhere(path: str) -> Any:
    raise UnknownPath(f"no {path}")


def test_a_dialect_without_a_domain_knows_what_it_is_given() -> None:
    arities = {name: (row.least, row.most) for name, row in GENERAL.items()}
    dialect = Dialect(arities, {}, lambda path: ANY if path == "a" else nowhere(path), frozenset(("a",)))
    assert problems({"==": [var("a"), [1]]}, dialect)[0].title == "`==` compares a list"
    assert problems({"==": [var("a", 5), 1]}, dialect) == []
    assert [problem.help for problem in problems({"!": var("b")}, dialect)] == ["no b"]


def test_a_list_of_anything_may_hold_what_is_looked_for() -> None:
    arities = {name: (row.least, row.most) for name, row in GENERAL.items()}
    dialect = Dialect(arities, {}, lambda path: Type("list"), frozenset(("a",)))
    assert problems({"in": ["x", var("a")]}, dialect) == []
    assert problems({"some": [var("a"), {"==": [var("x"), 1]}]}, dialect) == []
    assert problems({"==": [var("a"), "x"]}, dialect)[0].title == "`==` compares a list"
