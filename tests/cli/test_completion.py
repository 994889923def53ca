"""What a shell is told when somebody asks it to complete a word."""

from __future__ import annotations

import pytest
from click.shell_completion import ShellComplete

from vendorgate.cli.commands import vendorgate


def completed(*before: str, word: str = "") -> list[str]:
    shell = ShellComplete(vendorgate, {}, "vendorgate", "_VENDORGATE_COMPLETE")
    return [one.value for one in shell.get_completions([*before], word)]


@pytest.mark.parametrize(
    ("before", "word", "expected"),
    [
        (("observe",), "", ["read", "attest"]),
        (("observe", "openai-api"), "--acc", ["--account"]),
        (("observe", "read", "openai-api"), "--acc", ["--account"]),
        (("observe", "--debug", "openai-api", "--format"), "", ["text", "json", "markdown"]),
        (("observe", "attest"), "--evidence-", ["--evidence-sha256"]),
        (("inventory",), "", ["list", "diff"]),
        (("inventory", "--format"), "mark", ["markdown"]),
        (("inventory", "vendorgate.yaml"), "--fail", ["--fail-when"]),
    ],
    ids=str,
)
def test_words_of_a_command_that_need_not_be_named_are_completed(
    before: tuple[str, ...], word: str, expected: list[str]
) -> None:
    assert completed(*before, word=word) == expected
