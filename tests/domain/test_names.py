"""Names are safe in every file system, and short codes read as people say them."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.contributor import Contributor
from storybank.domain.names import short_code, slug
from storybank.errors import Refused
from storybank.words import say


def test_a_slug_is_plain_ascii():
    assert slug("Cœur à cœur: été 2025!") == "coeur-a-coeur-ete-2025"


@given(st.text())
def test_any_text_makes_a_slug_that_is_its_own_slug(text):
    assert slug(slug(text)) == slug(text) and slug(text)


def test_short_codes_read_as_people_say_them():
    assert (short_code("story", 12), short_code("quote", 12345)) == ("S-0012", "Q-12345")


def test_a_first_name_leaves_the_title_out():
    assert Contributor("1", "P-0001", "Dr. George Campbell").first_name == "George"


def test_a_sentence_is_said_in_the_readers_language_with_its_values():
    assert str(say("{person} agreed to this use: {use}.", person="Amina", use=say("print"))) == (
        "Amina agreed to this use: print.")


def test_a_day_in_a_sentence_reads_as_people_write_it():
    ended = say("It ended on {day}.", day=date(2025, 6, 1))
    assert ended.said_in("en") == "It ended on 1 June 2025."
    assert ended.said_in("fr").endswith("1er juin 2025.")


def test_an_error_crosses_between_processes_with_its_hint():
    import pickle

    error = pickle.loads(pickle.dumps(Refused(say("No {x}.", x=1), hint=say("Ask."))))
    assert (str(error.message), str(error.hint)) == ("No 1.", "Ask.")
