"""Which reader a file has."""

from __future__ import annotations

import pytest

from tests.detection.known import shipped_catalogue
from vendorgate.detection.pipeline import detect_bytes
from vendorgate.detection.sources import with_ending

_PYTHON = "\nfrom openai import OpenAI\nOpenAI()\n"


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("#!/usr/bin/env python3", _PYTHON),
        ("#!/usr/bin/python3.12 -u", _PYTHON),
        ("#!/usr/bin/env -S uv run --script", _PYTHON),
        ("#!/usr/bin/env node", "\nconst OpenAI = require('openai')\nnew OpenAI()\n"),
        ("#!/usr/bin/env ruby", "\nrequire 'openai'\nOpenAI::Client.new\n"),
        ("#!/bin/bash", "\ncurl https://api.openai.com/v1/responses -d x\n"),
        ("#!/usr/bin/env python3", _PYTHON.replace("\n", "\r\n")),
    ],
)
def test_a_script_without_an_ending_is_read_as_what_its_first_line_says(first: str, rest: str) -> None:
    found = detect_bytes({"bin/ask": (first + rest).encode()}, shipped_catalogue())
    assert [(one.offering, one.status) for one in found.offerings] == [("openai-api", "used")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("bin/ask.txt", "#!/usr/bin/env python3"),
        ("bin/ask", "import openai"),
        ("bin/ask", "#!/usr/bin/env groovy"),
        ("bin/ask", "#!"),
        ("bin/.ask", "#!/bin/sh"),
    ],
)
def test_another_file_keeps_its_name(path: str, text: str) -> None:
    assert with_ending(path, text) == path
