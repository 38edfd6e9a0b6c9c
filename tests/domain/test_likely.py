"""Likely: a misspelt term is recognised, and what is right is left alone."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storybank.domain.glossary import GlossaryEntry
from storybank.domain.likely import allowed, suggestions
from storybank.domain.transcript import Line
from tests.build import some_words


def a_line(text, number=0, language="en"):
    return Line(f"l{number}", "r", number, 0, 9000, text, some_words(text), language)


def an_entry(term, *heard_as, language=""):
    return GlossaryEntry(f"of {term}", term, heard_as, language)


def said(text, *entries, language="en"):
    """Return what is suggested: the words as they stand, and put right."""
    given = [one if isinstance(one, GlossaryEntry) else an_entry(one) for one in entries]
    return [(one.found, one.replacement) for one in suggestions([a_line(text, language=language)], given)]


@pytest.mark.parametrize(("text", "term", "expected"), [
    ("We met Amina Dialo yesterday.", "Amina Diallo", [("Amina Dialo", "Amina Diallo")]),
    ("We met Diallow, twice.", "Diallo", [("Diallow,", "Diallo,")]),
    ("She saw the linkworker first", "link worker", [("linkworker", "link worker")]),
    ("Linkworkers help.", "link worker", [("Linkworkers", "Link workers")]),
    ("the walkin group (again)", "walking group", [("walkin group", "walking group")]),
    ("It is in Quebec.", "Québec", [("Quebec.", "Québec.")]),
    ("from can social press prescribing", "CanSocial", [("can social", "CanSocial")]),
    ("Diello's group", "Diallo", [("Diello's", "Diallo's")]),
    ("“Tremblai” he said", "Tremblay", [("“Tremblai”", "“Tremblay”")]),
    ("“Tremblais” he said", "Trembley", []),
])
def test_what_an_engine_wrote_for_a_term_is_put_right(text, term, expected):
    assert said(text, term) == expected


def test_an_elided_article_stays_before_a_name():
    assert said("le groupe d’Emilina est là", "Émelina", language="fr") == [("d’Emilina", "d’Émelina")]
    assert said("we saw D'Arcey there", "D'Arcy") == [("D'Arcey", "D'Arcy")]


@pytest.mark.parametrize(("text", "term"), [
    ("Amina Diallo was there.", "Amina Diallo"),
    ("Link workers and a link worker's day", "link worker"),
    ("THE LINK WORKER", "link worker"),
    ("Walking group", "walking group"),
    ("it will rain, who knows", "WHO"),
    ("it is what it is", "IT"),
    ("I will go", "Will"),
    ("the mouse ran", "house"),
    ("the Roi of us", "Roy"),
    ("He saw Amina. Diallo was away", "Amina Diallo"),
    ("prescription after prescription, prescriptions", "prescription"),
])
def test_what_stands_right_or_means_something_else_is_left_alone(text, term):
    assert said(text, term) == []


def test_capitals_alone_are_worth_a_word_where_chance_does_not_give_them():
    assert said("at cansocial we", "CanSocial") == [("cansocial", "CanSocial")]
    assert said("the toronto western hospital", "Toronto Western") == [("toronto western", "Toronto Western")]


def test_a_spelling_that_the_glossary_names_is_certain_however_far_it_is_from_the_term():
    line = a_line("So Mister Jello, came. And Jello")
    found = suggestions([line], [an_entry("Diallo", "jello")])
    assert [(one.found, one.replacement, one.certain) for one in found] == [
        ("Jello,", "Diallo,", True), ("Jello", "Diallo", True)]
    assert suggestions([a_line("Diallo met Jello")], [an_entry("Diallo", "jello")])[0].first_word == 2


def test_a_term_of_one_language_is_not_looked_for_in_the_other():
    french = an_entry("intervenante", language="fr")
    assert said("une intervenente sociale", french, language="fr") == [("intervenente", "intervenante")]
    assert said("une intervenente sociale", french, language="en") == []


def test_words_belong_to_one_suggestion_the_nearest():
    found = said("the walkin grup met", "walking group", "walking")
    assert found == [("walkin", "walking")]


LETTERS = st.text(st.sampled_from("bdfgklmnprtv"), min_size=6, max_size=10)
NEUTRAL = ["and", "so", "we", "of", "it", "the"]


@given(LETTERS, st.integers(0, 99), st.sampled_from("aeiou"), st.sampled_from([",", ".", "", "?!"]))
def test_one_wrong_letter_is_found_and_once_put_right_nothing_is_left_to_say(term, at, other, sign):
    term, at = term.capitalize(), 1 + at % (len(term) - 1)
    wrong = term[:at] + other + term[at + 1 :]
    assume(not (at == len(term) - 1 and other in "ex"))
    line = a_line(f"and so {wrong}{sign} of it")
    (one,) = suggestions([line], [an_entry(term)])
    assert (one.found, one.replacement, one.first_word, one.certain) == (wrong + sign, term + sign, 2, False)
    right = a_line(line.text.replace(wrong, term))
    assert suggestions([right], [an_entry(term)]) == []


SOME = st.sampled_from([*NEUTRAL, "Amina", "Emina", "Diallo.", "d'Amina", "«Diello»", "AMINA", "(the", "a.b."])


@given(st.lists(SOME, min_size=1, max_size=12),
       st.lists(st.sampled_from(["Amina Diallo", "Diallo", "the", "Amina"]), max_size=3))
def test_suggestions_never_share_a_word_and_stand_where_they_say(texts, terms):
    line = a_line(" ".join(texts))
    entries = [replace(an_entry(term), id=str(number)) for number, term in enumerate(terms)]
    taken: set[int] = set()
    for one in suggestions([line], entries):
        words = set(range(one.first_word, one.last_word + 1))
        assert not words & taken
        taken |= words
        assert one.found == " ".join(texts[one.first_word : one.last_word + 1]) != one.replacement


def test_longer_terms_may_have_more_wrong_and_short_ones_nothing():
    assert [allowed(n) for n in (3, 4, 5, 8, 9, 14)] == [0, 0, 1, 1, 2, 3]


def test_three_hours_and_two_hundred_terms_take_no_time_worth_a_word():
    vocabulary = [f"{a}{b}{c}ing" for a in "bcdfglmprst" for b in ("an", "or", "ell", "ist") for c in "dklmprstvz"]
    lines = [a_line(" ".join(vocabulary[(n * 13 + k * 29) % len(vocabulary)] for k in range(14)), n)
             for n in range(1930)]
    entries = [an_entry(f"{vocabulary[n].title()}a {vocabulary[-n].title()}o") for n in range(200)]
    begun = perf_counter()
    suggestions(lines, entries)
    assert perf_counter() - begun < 8  # 27 000 words: under 2 s on a machine that does nothing else
