"""Integrity: a quote may be cut and explained where that is marked; what was said is never changed or turned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.integrity import CUT, Kind, faults_of, marked, settled, translation_faults
from storybank.domain.quote import Translation
from tests.build import a_quote

SAID = ("We walked to the river every Thursday. I did not like it at first, but nobody asked what was wrong with me."
        " Then we sang.")
DIT = "Je n’ai jamais vu ça. C’est un cadeau, pas un médicament. Il ne vient plus."


def kinds(said, wording):
    return [(fault.kind, fault.word) for fault in faults_of(said, wording)]


@pytest.mark.parametrize("wording", [
    SAID,
    "We walked […] every Thursday. […]",
    "We walked […] every Thursday. […] Then we sang.",
    "We walked to the river [the Ottawa] every Thursday. […]",
    "[They] walked to the river every Thursday. […]",
    "[…] [t]hen we sang.",
    "We walked ( . . . ) every Thursday. (…) Then we sang.",
    "We walked to the river… Then we sang.",
])
def test_cuts_and_insertions_that_are_marked_are_true_to_what_was_said(wording):
    assert kinds(SAID, wording) == []


@pytest.mark.parametrize(("wording", "fault"), [
    ("We ran to the river […]", (Kind.ADDED, "ran")),
    ("We walked every Thursday. […]", (Kind.UNMARKED, "every")),
    ("walked to the river […]", (Kind.UNMARKED, "walked")),
    ("We walked to the river", (Kind.UNMARKED, "every")),
    ("[…] Every Thursday. […]", (Kind.CAPITAL, "Every")),
    ("[…] I did […] like it at first […]", (Kind.TURNED, "not")),
    ("[…] but […] asked what was wrong with me. […]", (Kind.TURNED, "nobody")),
    ("We [never] walked to the river […]", (Kind.TURNED, "never")),
    ("We walked to the river every Thursday? […]", (Kind.QUESTION, "Thursday?")),
    ("We walked [to the river", (Kind.BRACKETS, "[")),
    ("[…]", (Kind.EMPTY, "")),
    ("[We all know that this is what he really wanted to tell everybody there]", (Kind.EMPTY, "")),
])
def test_each_fault_is_named_with_its_word(wording, fault):
    assert fault in kinds(SAID, wording)
    assert faults_of(SAID, wording)[0].is_grave


@pytest.mark.parametrize(("wording", "word"), [
    ("Je […] vu ça. […]", "n’ai"), ("[…] C’est un cadeau, […] un médicament. […]", "pas"),
    ("[…] Il […] vient […]", "ne"),
])
def test_a_french_denial_is_not_cut_out_of_its_sentence(wording, word):
    assert (Kind.TURNED, word) in kinds(DIT, wording)


def test_a_sentence_may_be_cut_whole_with_its_denial():
    assert kinds(DIT, "[…] C’est un cadeau, pas un médicament. […]") == []
    assert kinds("I’m not sure. It helped.", "[…] It helped.") == []


def test_a_denial_in_another_clause_of_a_sentence_that_stays_asks_for_a_second_look():
    (fault,) = faults_of(SAID, "[…] I did not like it at first, […] Then we sang.")
    assert (fault.kind, fault.word, fault.is_grave) == (Kind.DOUBTFUL, "nobody", False)


def test_two_passages_are_never_joined_without_a_sign():
    assert kinds(SAID, "We walked to the river […] we sang.") == []
    assert (Kind.UNMARKED, "we") in kinds(SAID, "We walked to the river we sang.")


def test_every_way_to_write_a_cut_is_kept_as_one():
    assert settled(SAID, "We walked ... every  Thursday. (…) Then we sang.") == (
        f"We walked {CUT} every Thursday. {CUT} Then we sang.")


def test_dots_that_were_said_are_a_pause_and_no_cut():
    assert settled("Well… I really think so.", "Well… I […] think so.") == "Well… I […] think so."
    assert settled("Well… I think so.", "Well… I think so.") == ""


WORDS = st.lists(st.sampled_from(["we", "walk", "not", "river", "the", "Then", "never.", "sang,"]), min_size=1,
                 max_size=9)


@given(WORDS, st.data())
def test_whatever_is_cut_and_marked_has_every_word_in_its_order_and_is_refused_only_for_denials(said, data):
    keep = data.draw(st.lists(st.booleans(), min_size=len(said), max_size=len(said)))
    wording = " ".join(word if kept else CUT for word, kept in zip(said, keep, strict=True))
    allowed = {Kind.TURNED, Kind.DOUBTFUL} if any(keep) else {Kind.EMPTY}
    assert {fault.kind for fault in faults_of(" ".join(said), wording)} <= allowed


@given(WORDS, st.data())
def test_a_word_that_was_not_said_is_never_let_through(said, data):
    at = data.draw(st.integers(0, len(said)))
    assert any(fault.is_grave for fault in faults_of(" ".join(said), " ".join([*said[:at], "garden", *said[at:]])))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_are_compared_without_an_error(said, wording):
    for fault in faults_of(said or "a", wording):
        assert str(fault.message)


def test_a_translation_is_read_with_its_sign():
    assert marked(Translation("fr", "Bonjour.", "Jo", "")) == "[Traduction] Bonjour."
    assert marked(Translation("en", "Hello.", "Jo", "")) == "[Translation] Hello."


def test_a_quote_is_not_translated_into_its_own_language():
    assert translation_faults(a_quote(), "fr", "La confiance d’abord.") == []
    assert len(translation_faults(a_quote(), "en", "Trust first.")) == 1
    assert len(translation_faults(a_quote(), "en-CA", "Trust first.")) == 1
    assert len(translation_faults(a_quote(), "fr", " … ")) == 1
