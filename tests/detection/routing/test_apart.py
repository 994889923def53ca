"""Calls whose parts stand in several files, or are put together at run time."""

from __future__ import annotations

import pytest

from tests.detection.routing.said import seen

APART: dict[str, tuple[dict[str, str], tuple[str, str]]] = {
    "an interface and the address of what calls it": (
        {
            "Api.kt": 'interface A {\n  @POST("v1/chat/completions")\n  fun ask(@Body body: Body): Answer\n}\n',
            "Module.kt": 'fun retrofit() = Retrofit.Builder().baseUrl("https://api.openai.com/").build()\n',
        },
        ("openai-api", "chat completions"),
    ),
    "a template and the host that fills it": (
        {
            "host.rs": 'pub const HOST: &str = "https://api-inference.huggingface.co";\n',
            "ask.rs": 'use crate::host::HOST;\nfn f(url: &str, model: &str) { go(format!("{url}/models/{model}")); }\n',
        },
        ("huggingface-inference", "text generation"),
    ),
    "what is asked for, chosen at run time": (
        {
            "a.rs": 'const BASE: &str = "https://generativelanguage.googleapis.com/v1beta";\nfn f(stream: bool) {\n'
            '    let verb = if stream { "streamGenerateContent" } else { "generateContent" };\n'
            '    post(format!("{BASE}/models/{m}:{verb}"));\n}\n',
        },
        ("gemini-api", "generate content"),
    ),
    "a field that another function fills": (
        {
            "a.rs": "use async_openai::{Client, config::OpenAIConfig};\nimpl Bot {\n    fn new() -> Self {\n"
            "        let made = Client::with_config(OpenAIConfig::new());\n        Self { inner: made }\n    }\n"
            "    fn ask(&self) { self.inner.chat().create(request); }\n}\n",
        },
        ("openai-api", "chat completions"),
    ),
}


@pytest.mark.parametrize("case", APART)
def test_parts_that_stand_apart_are_one_call(case: str) -> None:
    files, expected = APART[case]
    assert expected in {(one.provider, one.endpoint) for found in seen(files).values() for one in found}


UNKNOWN_HOSTS = (
    "import os, requests\nrequests.post(os.environ['X'] + '/v1/chat/completions', json=body)\n",
    "import httpx\nhttpx.post(f'{base}/chat/completions', json=body)\n",
    "import requests\nrequests.post('https://llm.corp.example.com/v1/chat/completions')\n",
)


@pytest.mark.parametrize("text", UNKNOWN_HOSTS)
def test_a_request_to_nobody_that_can_be_told_is_told_as_such(text: str) -> None:
    found = seen({"a.py": text})["a.py"]
    assert {(one.provider, one.endpoint) for one in found} == {("openai-compatible", "chat completions")}


def test_a_route_of_ones_own_server_calls_nobody() -> None:
    assert not seen({"a.py": "@app.post('/v1/chat/completions')\ndef answer():\n    return run()\n"})


def test_another_name_of_a_class_is_the_class() -> None:
    text = "import openai as o\nX = o.OpenAI\nc = X(base_url='https://api.groq.com/openai/v1')\nc.models.list()\n"
    assert {one.provider for one in seen({"a.py": text})["a.py"]} == {"groq-api"}


UNREAD = (
    (
        "import openai as o\nX = o.OpenAI\nY = X\nc = Y(base_url='https://api.groq.com/openai/v1')\n"
        "c.chat.completions.create(model='m')\n"
    ),
    (
        "import openai\nclass C(openai.OpenAI):\n    def __init__(self):\n"
        "        super().__init__(base_url='https://api.groq.com/openai/v1')\nc = C()\n"
        "c.chat.completions.create(model='m')\n"
    ),
    (
        "import openai\nclass C(openai.OpenAI):\n    pass\nc = C(base_url='https://api.groq.com/openai/v1')\n"
        "c.chat.completions.create(model='m')\n"
    ),
)


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_made_in_a_way_that_nobody_can_follow_is_never_the_packages_vendor(text: str) -> None:
    found = seen({"a.py": text})["a.py"]
    assert "openai-api" not in {one.provider for one in found if one.kind == "call"}
