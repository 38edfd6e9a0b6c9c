"""Reckoning: words, grade and short forms of what an author wrote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.reckoning import (
    counted,
    longest_in,
    reading_of,
    sentences_in,
    syllables,
    undefined_acronyms,
    words_in,
)


@pytest.mark.parametrize(("word", "count"), [
    ("cat", 1), ("trust", 1), ("garden", 2), ("people", 2), ("community", 4), ("idea", 3), ("area", 3), ("created", 3),
    ("the", 1), ("walked", 1), ("wanted", 2), ("table", 2), ("social", 2), ("prescription", 3), ("medicine", 3),
    ("referral", 3), ("loneliness", 3), ("organization", 5), ("physician", 3), ("question", 2),
])  # fmt: skip
def test_english_syllables_are_counted(word, count):
    assert syllables(word, "en") == count


@pytest.mark.parametrize(("word", "count"), [
    ("chat", 1), ("jardin", 2), ("confiance", 2), ("personne", 2), ("prescription", 3), ("sociale", 2), ("santé", 2),
    ("table", 1), ("aujourd’hui", 3), ("médecin", 3),
])  # fmt: skip
def test_french_syllables_are_counted(word, count):
    assert syllables(word, "fr") == count


EASY = "The dog ran to the park. We sat in the sun. It was a good day. We ate and sang. Then we went home to bed."
HARD = ("Institutional accountability necessitates comprehensive interdisciplinary collaboration,"
        " notwithstanding "
        "considerable administrative heterogeneity across participating jurisdictions and organizational"
        " structures everywhere today.")
EASY_FR = ("Le chat dort sur le lit. Il fait beau. On va au parc. Nous avons du pain."
           " La nuit vient et tout dort bien là.")
HARD_FR = ("La responsabilisation institutionnelle nécessite une collaboration interdisciplinaire approfondie,"
           " nonobstant "
           "l'hétérogénéité administrative considérable des organisations participantes et de leurs gouvernements.")


def test_plain_words_read_at_a_lower_grade_in_both_languages():
    for easy, hard, language in ((EASY, HARD, "en"), (EASY_FR, HARD_FR, "fr")):
        (low, gentle), (high, steep) = reading_of(easy, language), reading_of(hard, language)
        assert low < 6 < 12 < high
        assert gentle > 80 > 20 > steep


def test_a_few_words_have_no_grade():
    assert reading_of("Fund it.", "en") == (None, None)


def test_what_somebody_else_says_does_not_count_towards_the_grade():
    assert reading_of(f"{EASY} She said: “{HARD}”", "en")[0] < 6
    assert longest_in(f"Short. “{HARD}”")[0] == 1


def test_bullets_notes_and_abbreviations_end_no_sentence():
    assert sentences_in("Dr. Lee came [1]. We sang.\n- A bullet\n- Another [Q-0003]") == [
        "Dr. Lee came .", "We sang.", "A bullet", "Another"]


@pytest.mark.parametrize("text", [
    "The Canadian Institute for Social Prescribing (CISP) asks. CISP works.", "CISP (Canadian Institute for Social "
    "Prescribing) asks.", "COVID-19 closed clinics in BC.", "Phase II of Chapter XIV", "OUR ASK\nFund it.",
    "Community health centres (CHCs) came. CHCs sing.",
    "L’Institut canadien pour la prescription sociale (ICPS) écrit.",
    "“The CHC was kind to me then.”", "An MP came.",
])  # fmt: skip
def test_a_short_form_that_is_spelled_out_is_left_in_peace(text):
    assert undefined_acronyms(text) == ()


@pytest.mark.parametrize(("text", "short"), [
    ("CISP asks the Canadian Institute for Social Prescribing (CISP).", ("CISP",)), ("The CHC and the OHT work.",
     ("CHC", "OHT")), ("The CHCs work.", ("CHC",)), ("Le CLSC (fermé) ouvre.", ("CLSC",)), ("We met (CISP) there.", ()),
])  # fmt: skip
def test_a_short_form_that_nobody_spelled_out_is_named_once(text, short):
    assert undefined_acronyms(text) == short


def test_own_words_are_those_without_notes_and_bullets():
    count = counted(["Fund it [1].", "- One\n- Two [Q-0001]"], "en", 90)
    assert (count.own, count.words) == (5, 90)


@given(st.text(alphabet="ab .\n", max_size=80))
def test_sentences_hold_every_word(text):
    assert sum(map(words_in, sentences_in(text))) == words_in(text)
