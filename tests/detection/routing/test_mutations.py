"""A call that is renamed, wrapped, written otherwise or moved to another file is still the same call."""

from __future__ import annotations

import pytest

from tests.detection.routing.said import endpoints, in_python, seen

FOUND = ("groq-api", "chat completions")
PLAIN = """
from openai import OpenAI
client = OpenAI(base_url="https://api.groq.com/openai/v1")
client.chat.completions.create(model="llama-3.3-70b-versatile")
"""
MUTATED = {
    "as it is": PLAIN,
    "renamed": PLAIN.replace("client", "brain"),
    "an alias of the class": PLAIN.replace("import OpenAI", "import OpenAI as Maker").replace("= OpenAI(", "= Maker("),
    "an alias of the module": PLAIN.replace("from openai import OpenAI", "import openai as ai").replace(
        "= OpenAI(", "= ai.OpenAI("
    ),
    "in one chain": PLAIN.replace("client = ", "").replace(")\nclient.chat", ").chat"),
    "over several lines": PLAIN.replace('(base_url="', '(\n    base_url=\n        "').replace("/v1", "/" + "v1"),
    "a constant": PLAIN.replace('"https://api.groq.com/openai/v1"', "BASE").replace(
        "client =", 'BASE = "https://api.groq.com/openai/v1"\nclient ='
    ),
    "in a function": """
        from openai import OpenAI
        def client():
            return OpenAI(base_url="https://api.groq.com/openai/v1")
        client().chat.completions.create(model="llama-3.3-70b-versatile")
        """,
    "a parameter": """
        from openai import OpenAI
        def client(url):
            return OpenAI(base_url=url)
        client("https://api.groq.com/openai/v1").chat.completions.create(model="llama-3.3-70b-versatile")
        """,
    "a default of a parameter": """
        from openai import OpenAI
        def client(url="https://api.groq.com/openai/v1"):
            return OpenAI(base_url=url)
        client().chat.completions.create(model="llama-3.3-70b-versatile")
        """,
    "an attribute": """
        from openai import OpenAI
        class Bot:
            def __init__(self):
                self.client = OpenAI(base_url="https://api.groq.com/openai/v1")
            def ask(self):
                return self.client.chat.completions.create(model="llama-3.3-70b-versatile")
        """,
    "an attribute of the class": """
        from openai import OpenAI
        class Bot:
            url = "https://api.groq.com/openai/v1"
            client = OpenAI(base_url=url)
            def ask(self):
                return self.client.chat.completions.create(model="llama-3.3-70b-versatile")
        """,
    "with a context": """
        from openai import OpenAI
        with OpenAI(base_url="https://api.groq.com/openai/v1") as client:
            client.chat.completions.create(model="llama-3.3-70b-versatile")
        """,
    "wrapped": """
        import instructor
        from openai import OpenAI
        client = instructor.from_openai(OpenAI(base_url="https://api.groq.com/openai/v1"))
        client.chat.completions.create(model="llama-3.3-70b-versatile")
        """,
    "with other options": """
        from openai import OpenAI
        client = OpenAI(base_url="https://api.groq.com/openai/v1").with_options(timeout=5)
        client.chat.completions.create(model="llama-3.3-70b-versatile")
        """,
    "in a dictionary": """
        from openai import OpenAI
        clients = {"groq": OpenAI(base_url="https://api.groq.com/openai/v1")}
        clients["groq"].chat.completions.create(model="llama-3.3-70b-versatile")
        """,
    "options in a dictionary": """
        from openai import OpenAI
        options = {"base_url": "https://api.groq.com/openai/v1"}
        client = OpenAI(**options)
        client.chat.completions.create(model="llama-3.3-70b-versatile")
        """,
    "later": """
        from openai import OpenAI
        client = OpenAI()
        client.base_url = "https://api.groq.com/openai/v1"
        client.chat.completions.create(model="llama-3.3-70b-versatile")
        """,
    "asynchronous": PLAIN.replace("OpenAI", "AsyncOpenAI"),
    "imported in a function": """
        def ask():
            from openai import OpenAI
            client = OpenAI(base_url="https://api.groq.com/openai/v1")
            return client.chat.completions.create(model="llama-3.3-70b-versatile")
        """,
}


@pytest.mark.parametrize("case", MUTATED, ids=str)
def test_the_finding_stays(case: str) -> None:
    found = in_python(MUTATED[case])
    assert FOUND in endpoints(found)
    assert {one.provider for one in found if one.kind != "model"} == {"groq-api"}
    assert "llama-3.3-70b-versatile" in {one.model for one in found}


ASK = 'client.chat.completions.create(model="llama-3.3-70b-versatile")\n'
MAKE = 'from openai import OpenAI\nclient = OpenAI(base_url="https://api.groq.com/openai/v1")\n'
FILES: dict[str, dict[str, str]] = {
    "the client": {"made.py": MAKE, "ask.py": f"from made import client\n{ASK}"},
    "the client under another name": {
        "made.py": MAKE,
        "ask.py": f"from made import client as brain\n{ASK.replace('client', 'brain')}",
    },
    "the module of the client": {"made.py": MAKE, "ask.py": f"import made\nmade.{ASK}"},
    "a module beside it": {"app/made.py": MAKE, "app/ask.py": f"from .made import client\n{ASK}"},
    "a function that makes it": {
        "made.py": "from openai import OpenAI\n"
        "def client_of():\n    return OpenAI(base_url='https://api.groq.com/openai/v1')\n",
        "ask.py": f"from made import client_of\nclient = client_of()\n{ASK}",
    },
    "the address": {
        "settings.py": 'BASE = "https://api.groq.com/openai/v1"\n',
        "ask.py": f"from openai import OpenAI\nfrom settings import BASE\nclient = OpenAI(base_url=BASE)\n{ASK}",
    },
    "the address, by its module": {
        "settings.py": 'BASE = "https://api.groq.com/openai/v1"\n',
        "ask.py": f"from openai import OpenAI\nimport settings\nclient = OpenAI(base_url=settings.BASE)\n{ASK}",
    },
    "settings": {
        "settings.py": (
            "from pydantic_settings import BaseSettings\n"
            'class Settings(BaseSettings):\n    base: str = "https://api.groq.com/openai/v1"\n'
            "settings = Settings()\n"
        ),
        "ask.py": (
            f"from openai import OpenAI\nfrom settings import settings\nclient = OpenAI(base_url=settings.base)\n{ASK}"
        ),
    },
    "the class, handed on": {
        "sdk.py": "from openai import OpenAI\n",
        "ask.py": f"from .sdk import OpenAI\nclient = OpenAI(base_url='https://api.groq.com/openai/v1')\n{ASK}",
    },
    "the client is passed": {
        "made.py": MAKE + "from ask import ask\nask(client)\n",
        "ask.py": f"def ask(client):\n    return {ASK}",
    },
}


@pytest.mark.parametrize("case", FILES, ids=str)
def test_the_finding_stays_when_a_part_moves_to_another_file(case: str) -> None:
    found = [one for several in seen(FILES[case]).values() for one in several]
    assert FOUND in endpoints(found)
    assert {one.provider for one in found if one.kind != "model"} == {"groq-api"}


SCRIPTS: dict[str, dict[str, str]] = {
    "a class": {
        "a.ts": 'import OpenAI from "openai";\n'
        'const client = new OpenAI({ baseURL: "https://api.groq.com/openai/v1" });\n'
        'await client.chat.completions.create({ model: "llama-3.3-70b-versatile" });\n'
    },
    "required": {
        "a.js": 'const { OpenAI } = require("openai");\n'
        'const client = new OpenAI({ baseURL: "https://api.groq.com/openai/v1" });\n'
        'client.chat.completions.create({ model: "llama-3.3-70b-versatile" });\n'
    },
    "under another name": {
        "a.ts": 'import Maker from "openai";\n'
        'const brain = new Maker({ baseURL: "https://api.groq.com/openai/v1" });\n'
        'await brain.chat.completions.create({ model: "llama-3.3-70b-versatile" });\n'
    },
    "of another file": {
        "lib/client.ts": 'import OpenAI from "openai";\nimport { BASE } from "./base";\n'
        "export const client = new OpenAI({ baseURL: BASE });\n",
        "lib/base.ts": 'export const BASE = "https://api.groq.com/openai/v1";\n',
        "a.ts": 'import { client } from "./lib/client";\n'
        'await client.chat.completions.create({ model: "llama-3.3-70b-versatile" });\n',
    },
    "a default export": {
        "lib/client.ts": 'import OpenAI from "openai";\n'
        'const client = new OpenAI({ baseURL: "https://api.groq.com/openai/v1" });\nexport default client;\n',
        "a.ts": 'import brain from "./lib/client";\n'
        'await brain.chat.completions.create({ model: "llama-3.3-70b-versatile" });\n',
    },
    "an attribute": {
        "a.ts": 'import OpenAI from "openai";\nclass Bot {\n  private client: OpenAI;\n'
        '  constructor() { this.client = new OpenAI({ baseURL: "https://api.groq.com/openai/v1" }); }\n'
        '  ask() { return this.client.chat.completions.create({ model: "llama-3.3-70b-versatile" }); }\n}\n'
    },
}


@pytest.mark.parametrize("case", SCRIPTS, ids=str)
def test_the_finding_stays_in_scripts(case: str) -> None:
    found = [one for several in seen(SCRIPTS[case]).values() for one in several]
    assert FOUND in endpoints(found)
    assert {one.provider for one in found if one.kind != "model"} == {"groq-api"}
    assert "llama-3.3-70b-versatile" in {one.model for one in found}
