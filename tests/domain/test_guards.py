"""Guards: what engines invent is found, and what people say is left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.flag import Flag
from storybank.domain.guards import Guard, folded, loops, of_breath

STOCK = ("Sous-titrage Société Radio-Canada", "Sous-titrage ST' 501", "Thanks for watching", "Merci d'avoir regardé")
GLOSSARY = ("Amina Diallo", "link worker", "Niagara")
GUARD = Guard.knowing(STOCK, GLOSSARY)
WORDS = st.lists(st.sampled_from(["trust", "voix", "garden", "ici", "nous", "been", "oui"]), min_size=1, max_size=8)


@given(WORDS, st.integers(4, 20), st.text("?!. ,", max_size=3))
def test_whatever_comes_often_enough_is_a_loop(words, times, sign):
    assert loops(" ".join([*words, sign] * (times * 2)))


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), unique=True, max_size=60))
def test_where_no_word_comes_twice_there_is_no_loop(words):
    assert not loops(" ".join(words))


@given(st.lists(st.sampled_from(["non", "oui", "très", "no", "yes"]), min_size=1, max_size=4))
def test_people_may_say_no_three_times(words):
    assert not loops(" ".join(words) + " I said so, and I meant it.")


def test_a_phrase_four_times_over_is_a_loop_and_three_times_is_not():
    assert loops("we met in the garden. " * 4) and not loops("we met in the garden. " * 3)
    assert loops("Et puis voilà: merci beaucoup, merci beaucoup, merci beaucoup, merci beaucoup.")


@given(st.text(min_size=1, max_size=300), st.integers(1, 60_000))
def test_pace_is_odd_only_beyond_what_people_do(text, length_ms):
    flags = of_breath(text, length_ms)
    assert (Flag.TOO_FAST in flags) == (len(text) / length_ms * 1000 > 25)
    assert (Flag.TOO_SLOW in flags) == (length_ms > 5_000 and len(text) < length_ms / 1000)


@given(st.sampled_from(STOCK), st.sampled_from(["", "Bon. ", "Well, that was it. "]), st.booleans())
def test_a_stock_phrase_is_found_whole_or_at_the_end_however_it_is_written(phrase, before, loud):
    said = before + (phrase.upper() if loud else phrase.replace("é", "e")) + " ..."
    assert Flag.STOCK_PHRASE in GUARD.of_line(said)


def test_thanks_and_talk_about_subtitles_are_not_stock_phrases():
    for said in ("Merci.", "Merci beaucoup.", "Thank you.", "Thanks for watching over my mother.",
                 "J'ai travaillé au sous-titrage à Radio-Canada."):
        assert GUARD.of_line(said) == ()


def test_words_to_know_said_back_are_an_echo_and_a_name_is_not():
    assert GUARD.of_line("Amina Diallo, link worker.") == (Flag.ECHO,)
    assert GUARD.of_line("Link worker, Niagara") == (Flag.ECHO,)
    for said in ("Amina Diallo.", "I am Amina Diallo, link worker.", "Niagara, link worker."):
        assert GUARD.of_line(said) == ()


def test_the_same_line_is_repeated_from_the_third_time_on():
    assert GUARD.of_line("We write.", ("We write.",)) == ()
    assert GUARD.of_line("We write.", ("We write!", "we write")) == (Flag.REPEATED,)
    assert GUARD.of_line("We write.", ("We write!", "We read.")) == ()


@given(st.text(max_size=200))
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=200), st.lists(st.text(max_size=40), max_size=5))
def test_any_text_can_be_looked_at(text, before):
    Guard.knowing(before, before).of_line(text, before)
