"""Code that nobody writes: it ends, in a time that grows with its length, and nothing is raised."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detection.known import shipped_catalogue
from tests.detection.patience import PATIENCE
from tests.detection.routing.said import in_python, seen
from tests.thoroughness import share, thorough
from vendorgate.detection.code import (
    UNKNOWN,
    Assignment,
    Call,
    Code,
    Either,
    Environment,
    Function,
    Import,
    Items,
    Joined,
    Made,
    Mapping,
    Place,
    Reference,
    Scalar,
    Text,
    Value,
    Written,
)
from vendorgate.detection.routing import sightings

NAMES = st.sampled_from(["client", "OpenAI", "openai", "base_url", "model", "a", "b", "chat", "create", "litellm", "*"])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map(tuple)
PLACES = st.builds(Place, st.integers(1, 40), st.integers(1, 80))
TEXTS = st.sampled_from(
    ["https://api.groq.com/openai/v1", "gpt-5.2", "openai/gpt-5.2", "\0/v1/chat/completions", "", "x"]
)
PLAIN: st.SearchStrategy[Value] = st.one_of(
    TEXTS.map(Text), st.just(UNKNOWN), st.sampled_from([None, True, 3]).map(Scalar), PATHS.map(Reference)
)


def _calls(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Call]:
    named = st.lists(st.tuples(NAMES, values), max_size=2).map(tuple)
    plain = st.builds(Call, PATHS, PLACES, st.lists(values, max_size=2).map(tuple), named)
    return st.builds(Call, PATHS, PLACES, st.lists(values, max_size=2).map(tuple), named, st.none() | plain)


VALUES: st.SearchStrategy[Value] = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: Joined(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: Either(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: Items(tuple(parts))),
        st.lists(st.tuples(NAMES, inner), max_size=3).map(lambda parts: Mapping(tuple(parts))),
        st.builds(Environment, st.sampled_from(["OPENAI_API_KEY", "URL"]), st.none() | inner),
        _calls(inner).map(Made),
    ),
    max_leaves=8,
)
CODES = st.builds(
    Code,
    st.sampled_from(["python", "javascript", "go", "java", "csharp", "ruby", "rust", "php"]),
    st.lists(
        st.builds(
            Import,
            st.sampled_from(["openai", "./b", ".b", "litellm", "ai"]),
            PLACES,
            st.lists(st.tuples(NAMES, NAMES), max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    st.lists(st.builds(Assignment, PATHS, VALUES, PLACES, NAMES, NAMES, st.booleans()), max_size=4).map(tuple),
    st.lists(_calls(VALUES), max_size=4).map(tuple),
    st.lists(st.builds(Written, TEXTS, PLACES), max_size=3).map(tuple),
    st.lists(
        st.builds(
            Function, NAMES, st.lists(NAMES, max_size=2).map(tuple), st.lists(VALUES, max_size=2).map(tuple), PLACES
        ),
        max_size=2,
    ).map(tuple),
)


@settings(max_examples=share(200))
@given(st.lists(CODES, min_size=1, max_size=2))
def test_nothing_that_a_reader_may_say_is_too_much(codes: list[Code]) -> None:
    project = {f"{'ab'[at]}.py": code for at, code in enumerate(codes)}
    found = sightings(project, shipped_catalogue())
    assert found == sightings(project, shipped_catalogue())


CIRCLES = {
    "names": "from openai import OpenAI\na = b\nb = a\nOpenAI(base_url=a).chat.completions.create(model=b)",
    "a function": "from openai import OpenAI\ndef f():\n    return f()\nOpenAI(base_url=f()).chat.completions.create()",
    "functions": "import openai\ndef f():\n    return g()\ndef g():\n    return f()\nf().chat.completions.create()",
    "a client": "from openai import OpenAI\nclient = OpenAI()\nclient = wrap(client)\nclient.chat.completions.create()",
    "a parameter": "from openai import OpenAI\ndef f(x):\n    f(x)\n    return OpenAI(base_url=x)\nf(f(1))",
}


@pytest.mark.parametrize("case", CIRCLES)
def test_what_leads_back_to_itself_ends(case: str) -> None:
    in_python(CIRCLES[case])


def test_files_that_import_each_other_end() -> None:
    text = "from {} import client\nclient.chat.completions.create(model='gpt-5.2')\n"
    seen({"a.py": text.format("b"), "b.py": text.format("a")})


def _doubled(times: int) -> str:
    lines = ["from openai import OpenAI", "a0 = 'https://x'"]
    lines += [f"a{at} = f'{{a{at - 1}}}{{a{at - 1}}}' or a{at - 1} or a{at - 1}" for at in range(1, times)]
    return "\n".join([*lines, f"OpenAI(base_url=a{times - 1})"])


def test_texts_that_are_made_of_themselves_many_times_end_in_time() -> None:
    begun = process_time()
    in_python(_doubled(60))
    assert process_time() - begun < PATIENCE


MANY = {
    "calls": "client.chat.completions.create(model='gpt-5.2', messages=[{'role': 'user', 'content': text}])\n",
    "clients": "client = OpenAI(base_url=address, api_key=key)\n",
    "hosts": "get('https://api.openai.com/v1/chat/completions')\n",
    "models": "add('gpt-5.2-{}')\n",
}


LINES = (200, 1_600) if thorough() else (100, 800)


@pytest.mark.parametrize("case", MANY)
def test_a_long_file_takes_a_time_that_grows_with_it(case: str) -> None:
    head = "from openai import OpenAI\naddress = load()\nclient = OpenAI()\n"
    times = []
    for count in LINES:
        text = head + "".join(MANY[case].replace("{}", str(at)) for at in range(count))
        begun = process_time()
        in_python(text)
        times.append(process_time() - begun)
    assert times[1] < 8 * 3 * max(times[0], 0.02)
