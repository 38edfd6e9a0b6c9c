"""Typography: each language is set by its own rules, and no invisible sign gets through."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.typography import clean, day, in_sentence, listed, quoted, shortened, span, tidy
from storybank.words import Words


@pytest.mark.parametrize(("written", "set_"), [
    ("Vraiment ?", "Vraiment?"), ("Oui ; non !", "Oui; non!"), ("But : agir", "But\u00a0: agir"),
    ("But: agir", "But\u00a0: agir"), ("30 %", "30\u00a0%"), ("4,43$", "4,43\u00a0$"),
    ("2 544 aînés", "2\u00a0544 aînés"),
    ("«bonjour»", "«\u00a0bonjour\u00a0»"), ("à 10:30", "à 10:30"), ("https://example.ca", "https://example.ca"),
    ("l'aînée", "l’aînée"),
])  # fmt: skip
def test_french_of_canada_is_set_as_the_oqlf_asks(written, set_):
    assert tidy(written, "fr") == set_


def test_english_takes_no_french_spaces():
    assert tidy("Why now: 30% of it!", "en") == "Why now: 30% of it!"


def test_each_language_has_its_own_quotation_marks():
    assert quoted("It's time.", "en") == "“It’s time.”"
    assert quoted("C'est l'heure.", "fr") == "«\u00a0C’est l’heure.\u00a0»"


def test_days_are_written_as_people_write_them():
    assert day(date(2026, 11, 3), "en") == "November\u00a03, 2026"
    assert day("2026-05-01", "fr") == "1er\u00a0mai 2026"
    assert day("last spring", "en") == "last spring"


def test_times_leave_no_word_out():
    assert span(133_400, 151_001) == "00:02:13–00:02:32"
    assert span(0, 5_400_000) == "00:00:00–01:30:00"


def test_labels_keep_their_capital_only_where_it_is_a_name():
    assert [in_sentence(label) for label in ("Link worker", "MP", "Community Health Centre director")] == [
        "link worker", "MP", "Community Health Centre director"]  # fmt: skip


def test_things_are_listed_as_in_a_sentence():
    assert [listed(things, Words()) for things in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "", "a", "a and b", "a, b and c"]  # fmt: skip


@given(st.text(max_size=80))
def test_what_is_cleaned_is_one_line_without_control_signs(text):
    cleaned = clean(text)
    assert not any(ord(sign) < 32 or 0xD800 <= ord(sign) <= 0xDFFF for sign in cleaned)
    assert "\u202e" not in cleaned


@given(st.text(max_size=80), st.integers(min_value=8, max_value=60))
def test_what_is_shortened_is_within_its_limit_and_says_so(text, most):
    short = shortened(text, most)
    assert len(short) <= most
    assert short == text or short.endswith("[…]")
