"""The word that somebody probably meant, and what is said where there is none."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vendorgate.logic.nearest import nearest, nearest_listed, suggestion, typo


def test_the_nearest_word_is_the_most_similar_one() -> None:
    assert nearest("hippa_baa", ["gdpr_dpa", "hipaa_baa", "soc2_type2"]) == "hipaa_baa"


@pytest.mark.parametrize("separator", ["-", "_", " "])
def test_another_spelling_is_nearer_than_a_similar_word(separator: str) -> None:
    apart = f"a{separator * 5}b"
    assert nearest(apart, [f"a{separator * 5}c", "ab"]) == "ab"
    assert nearest("AB", [apart, "AC"]) == apart


def test_the_same_letters_in_another_order_are_nearer_than_a_similar_word() -> None:
    assert nearest("abcdef", ["abcdeg", "fedcba"]) == "fedcba"


def test_word_of_the_same_letters_far_apart_is_no_typo() -> None:
    assert typo("aaaabbbb", ["bbbbaaa"]) is None
    assert typo("aaaabbbb", ["bbbbaaa", "aaaabbb"]) == "aaaabbb"


def test_case_is_only_a_spelling() -> None:
    assert nearest("GDPR-DPA", ["gdpr_dpa", "GDPR-DPB"]) == "gdpr_dpa"


def test_the_only_word_that_begins_so_is_meant() -> None:
    assert nearest("soc", ["iso_27001", "iso_42001", "soc2_type2"]) == "soc2_type2"
    assert nearest("SOC", ["soc2_type2"]) == "soc2_type2"
    assert nearest("iso", ["iso_27001", "iso_42001", "soc2_type2"]) is None


def test_three_letters_mean_the_only_word_that_begins_so_before_others_that_have_them_inside() -> None:
    assert nearest("soc", ["soc2_type2_report", "all_but_soc_reports"]) == "soc2_type2_report"


def test_two_letters_begin_too_many_words_to_mean_one() -> None:
    assert nearest("so", ["soc2_type2"]) is None


def test_separators_alone_are_no_other_spelling_of_nothing() -> None:
    assert nearest("--", ["_", "phi"]) is None


def test_nothing_is_near_to_a_word_that_resembles_none() -> None:
    assert nearest("xyz", ["phi", "pii"]) is None
    assert nearest("phi", []) is None


def test_a_suggestion_asks_for_the_nearest_word() -> None:
    assert suggestion("phl", ["pii", "phi"]) == "did you mean `phi`?"


def test_a_suggestion_lists_the_words_in_order_where_none_is_near() -> None:
    assert suggestion("xyz", {"pii", "phi"}, "there are") == "there are: `phi`, `pii`"
    assert suggestion("xyz", []) == "known: none"


def test_a_suggestion_names_those_that_begin_so_where_several_do() -> None:
    words = ["phi-has-a-purpose", "phi-needs-baa-and-zdr", "gdpr-phi"]
    assert suggestion("phi", words) == "did you mean `phi-has-a-purpose`, `phi-needs-baa-and-zdr`?"
    assert suggestion("PHI-", words) == "did you mean `phi-has-a-purpose`, `phi-needs-baa-and-zdr`?"
    many = [f"phi-{letter * 20}" for letter in "abcdefg"]
    assert suggestion("phi", many).endswith("` and 2 more?")
    assert suggestion("ph", words).startswith("known: ")


def test_a_suggestion_lists_a_dozen_words_and_counts_the_rest() -> None:
    words = [f"{letter}{letter}" for letter in "abcdefghijklmn"]
    assert suggestion("0", words[:12]).count("`") == 24
    assert suggestion("0", words[:12]).endswith("`ll`")
    assert suggestion("0", words[:13]).endswith("`ll` and 1 more")
    assert suggestion("0", words).endswith("`ll` and 2 more")


def test_a_very_long_word_is_compared_by_its_beginning() -> None:
    assert nearest("phi" + "x" * 100_000, ["phi"]) is None


def test_nearest_of_listed_words_is_the_same_remembered() -> None:
    assert nearest_listed("gpt4o", ("gpt-4o", "o3")) == nearest("gpt4o", ("gpt-4o", "o3")) == "gpt-4o"
    assert nearest_listed("gpt4o", ()) is None


OFFERINGS = ("openai-api", "azure-openai", "groq-api", "xai")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("openai-api", "openai-api"),
        ("opennai-api", "openai-api"),
        ("openai-apl", "openai-api"),
        ("OpenAI API", "openai-api"),
        ("gorq-api", "groq-api"),
        ("groq-ap", "groq-api"),
        ("aizure-opanai", "azure-openai"),
        ("xia", "xai"),
        ("xab", "xai"),
        ("xbb", None),
        ("openai", None),
        ("bedrock", None),
        ("some-speech-vendor", None),
        ("", None),
    ],
)
def test_typo_is_a_letter_or_two(word: str, meant: str | None) -> None:
    assert typo(word, OFFERINGS) == meant


def test_typo_of_nothing_is_none() -> None:
    assert typo("openai-api", ()) is None


def apart(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many or have changed places, by the definition of it."""

    @cache
    def of(left: int, right: int) -> int:
        if not left or not right:
            return left + right
        wrong = one[left - 1] != other[right - 1]
        ways = [of(left - 1, right) + 1, of(left, right - 1) + 1, of(left - 1, right - 1) + wrong]
        if left > 1 and right > 1 and one[left - 2 : left] == other[right - 2 : right][::-1]:
            ways.append(of(left - 2, right - 2) + 1)
        return min(ways)

    return of(len(one), len(other))


WORDS = st.one_of(st.text("abc", max_size=9), st.text("abcdefgh", max_size=9))
"""Of few letters, and of letters that another word may lack."""


@example("abcdef", "badcfe")
@example("abcd", "cdab")
@example("abc", "abd")
@example("abcdefg", "abchijg")
@given(WORDS, WORDS)
def test_typo_is_at_most_so_many_letters_apart(word: str, other: str) -> None:
    most = 1 if len(word) < 4 else 2
    assert typo(word, (other,)) == (other if apart(word, other) <= most else None)
