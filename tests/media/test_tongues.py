"""Tongues: the language is chosen among those of the library, by more than one place."""

from __future__ import annotations

import numpy as np
import pytest

from media.audio import RATE
from media.tongues import Tongue, only_voiced, places, vote
from storybank.domain.transcript import Span
from tests.media.film import AMINA, SOUND_ONLY, made

BOTH = ("en", "fr")
SURELY_ENGLISH, SURELY_FRENCH = {"en": 0.98, "fr": 0.02}, {"en": 0.02, "fr": 0.98}
IN_DOUBT = {"en": 0.55, "fr": 0.45}


class Guesses:
    """Ears that know languages only."""

    def __init__(self, *told):
        self.told = list(told)

    def languages(self, sound):
        return self.told.pop(0)


def voted(*told, among=BOTH):
    guesses = Guesses(*told)
    return vote(guesses, iter([None] * len(told)), among), len(guesses.told)


def test_the_language_is_chosen_among_those_that_can_be():
    choice, _ = voted({"cy": 0.9, "fr": 0.08, "en": 0.02})
    assert (choice.language, choice.mixed) == ("fr", False)


def test_a_song_at_the_beginning_does_not_decide():
    choice, _ = voted(IN_DOUBT, SURELY_FRENCH, SURELY_FRENCH)
    assert choice.language == "fr"


def test_three_places_are_asked_and_more_only_while_there_is_doubt():
    assert voted(*[SURELY_ENGLISH] * 5)[1] == 2
    assert voted(*[IN_DOUBT] * 5)[1] == 0


def test_places_that_are_sure_of_different_languages_make_it_a_mixed_recording():
    choice, _ = voted(SURELY_FRENCH, SURELY_ENGLISH, SURELY_FRENCH)
    assert (choice.language, choice.mixed) == ("fr", True)


def test_where_nothing_is_said_the_first_language_is_taken():
    assert voted(among=("fr", "en"))[0].language == "fr"


def test_in_a_mixed_recording_a_passage_is_in_its_neighbours_language_unless_it_is_sure():
    tongue = Tongue(Guesses(SURELY_FRENCH, IN_DOUBT, SURELY_ENGLISH, {"cy": 0.9}), BOTH, "en", mixed=True)
    assert [tongue.of(None) for _ in range(4)] == ["fr", "fr", "en", "en"]


def test_in_any_other_recording_nobody_is_asked():
    assert Tongue(Guesses(), BOTH, "en", mixed=False).of(None) == "en"


@pytest.fixture(scope="module")
def long_recording(tmp_path_factory):
    """Seven minutes: English, and French in the middle and at the end."""
    order = "[0:a]aloop=3:2e6[a];[1:a]aloop=8:1e6[b];[a][b]concat=n=2:v=0:a=1"
    return made(tmp_path_factory.mktemp("tongues") / "long.wav", "-i", AMINA, "-i", SOUND_ONLY, "-filter_complex",
                order, "-ar", 16_000, "-ac", 1)


def test_a_long_recording_is_asked_all_over_and_only_where_somebody_speaks(long_recording):
    asked = list(places(long_recording, Span(0, 400_000), [np.zeros(RATE, np.float32)]))
    assert len(asked) == 5
    assert all(15 * RATE < len(sound) <= 30 * RATE for sound in asked)


def test_of_a_short_one_its_windows_are_asked_from_the_middle_outwards():
    windows = [np.full(3, number, np.float32) for number in range(11)]
    assert [int(sound[0]) for sound in places(AMINA, Span(0, 60_000), windows)] == [5, 2, 8, 3, 7]


def test_silence_between_words_is_not_asked():
    quiet = np.zeros(5 * RATE, np.float32)
    assert len(only_voiced(quiet)) == 0
