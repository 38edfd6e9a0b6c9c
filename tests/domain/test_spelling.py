"""Spelling: what is no word is not looked up, and what the library knows is not wrong."""

from __future__ import annotations

import pytest

from storybank.domain.spelling import core_of, is_wrong, known_words, to_look_up


@pytest.mark.parametrize("word", [
    "12", "3rd", "19h30", "p.m.", "e.g.,", "TAPS", "CLSC.", "a", "—", "…", "", "jo@example.org", "https://x.ca", "B12",
    "x" * 61,
])
def test_numbers_abbreviations_and_signs_are_no_words(word):
    assert to_look_up(word) == ()
    assert not is_wrong(word, {word}, frozenset())


@pytest.mark.parametrize(("word", "asked"), [
    ("tea,", ("tea",)), ("«été»", ("été",)), ("l’aîné", ("l'aîné",)),
    ("aujourd’hui.", ("aujourd'hui",)), ("Amina's", ("Amina's",)), ("(well-being)", ("well-being", "well", "being")),
    ("don't", ("don't",)),
])
def test_a_word_is_looked_up_as_a_whole_and_by_its_parts(word, asked):
    assert to_look_up(word) == asked


def test_names_and_terms_are_right_however_they_are_joined():
    known = known_words(["Amina Diallo", "Émelina", "link-worker"])
    for word in ("Amina", "d’Amina", "DIALLO'S", "Diallo,", "l'émelina", "Amina-Diallo"):
        assert not is_wrong(word, set(to_look_up(word)), known), word
    assert is_wrong("Emelina", {"Emelina"}, known)


def test_a_joined_word_is_right_when_its_parts_are():
    assert not is_wrong("co-prescriber", {"co-prescriber"}, frozenset())
    assert is_wrong("a-xqzt", {"a-xqzt", "xqzt"}, frozenset())
    assert is_wrong("co-prescribre", {"co-prescribre", "prescribre"}, frozenset())


def test_the_signs_around_a_word_are_kept_apart():
    assert core_of("“(Bonjour!)”") == ("“(", "Bonjour", "!)”")
    assert core_of("—") == ("—", "", "")
