"""The word that somebody probably meant, and what is said where there is none."""

from __future__ import annotations

from vendorgate.logic.nearest import nearest, suggestion


def test_the_nearest_word_is_the_most_similar_one() -> None:
    assert nearest("hippa_baa", ["gdpr_dpa", "hipaa_baa", "soc2_type2"]) == "hipaa_baa"


def test_nothing_is_near_to_a_word_that_resembles_none() -> None:
    assert nearest("xyz", ["phi", "pii"]) is None
    assert nearest("phi", []) is None


def test_a_suggestion_asks_for_the_nearest_word() -> None:
    assert suggestion("phl", ["pii", "phi"]) == "did you mean `phi`?"


def test_a_suggestion_lists_the_words_in_order_where_none_is_near() -> None:
    assert suggestion("xyz", {"pii", "phi"}, "there are") == "there are: `phi`, `pii`"
    assert suggestion("xyz", []) == "known: none"


def test_a_suggestion_lists_a_dozen_words_and_counts_the_rest() -> None:
    words = [f"{letter}{letter}" for letter in "abcdefghijklmn"]
    assert suggestion("0", words[:12]).count("`") == 24
    assert suggestion("0", words[:12]).endswith("`ll`")
    assert suggestion("0", words).endswith("`ll` and 2 more")


def test_a_very_long_word_is_compared_by_its_beginning() -> None:
    assert nearest("phi" + "x" * 100_000, ["phi"]) is None
