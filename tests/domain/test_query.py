"""Whatever a person types is understood, and nothing is an error."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.query import folded, understood


def words_of(typed):
    return [term.words for term in understood(typed).terms]


def test_words_phrases_and_beginnings_are_told_apart():
    first, second, third = understood('garden "walking group" financ*').terms
    assert (first.words, first.prefix) == (("garden",), False)
    assert second.words == ("walking", "group")
    assert (third.words, third.prefix) == (("financ",), True)


def test_french_quotation_marks_make_a_phrase():
    assert words_of("« santé publique »") == [("sante", "publique")]


def test_accents_case_and_ligatures_do_not_matter():
    assert folded("SŒUR") == folded("soeur") and folded("Réseau") == folded("reseau")


def test_a_compound_is_a_phrase():
    assert words_of("social-prescribing") == [("social", "prescribing")]


def test_signs_alone_ask_for_nothing():
    assert words_of("* ?! -- \0 \"\" ' %") == []


@given(st.text())
def test_nothing_typed_is_an_error(typed):
    assert all(term.words for term in understood(typed).terms)
