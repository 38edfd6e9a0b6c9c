"""Channels: two people with a microphone each are told apart; one sound on both sides is one."""

from __future__ import annotations

from itertools import pairwise

import jiwer
import numpy as np
import pytest

from media.audio import RATE, stretches
from media.channels import both_speak, own_sound, sides_apart, voices
from media.faster import FasterWhisper
from storybank.domain.speech import Listening
from storybank.domain.transcript import Span
from tests.contracts.transcriber_contract import TRUTH, chunks_of, plain, segments_of, the_demo_model
from tests.media.film import AMINA, MARIE, SOUND_ONLY, made

HELEN = AMINA.with_name("helen-funder.mp4")
LENGTH = 42_000
# Helen speaks on the left until 20 s; then Amina answers on the right.
TURNS = ("[0:a]atrim=0:19.7,apad=whole_dur=42[l];"
         "[1:a]atrim=0:19.2,adelay=20000,apad=whole_dur=42[r];[l][r]join=inputs=2:channel_layout=stereo")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("channels")


@pytest.fixture(scope="module")
def two_people(folder):
    return made(folder / "two.wav", "-i", HELEN, "-i", AMINA, "-filter_complex", TURNS, "-ar", 16_000)


@pytest.fixture(scope="module")
def overheard(folder, two_people):
    """The same talk in one room: each microphone hears the other person at a fifth of the loudness."""
    mixed = "pan=stereo|FL=FL+0.2*FR|FR=FR+0.2*FL"
    return made(folder / "overheard.wav", "-i", two_people, "-af", mixed)


@pytest.fixture(scope="module")
def dual_mono(folder, two_people):
    return made(folder / "mono.wav", "-i", two_people, "-ac", 1, "-af", "pan=stereo|FL=c0|FR=c0")


@pytest.fixture(scope="module")
def true_stereo(folder, two_people):
    """A room recorded with a pair of microphones: everybody on both sides, a little to the left or the right."""
    room = "pan=stereo|FL=FL+0.75*FR|FR=FR+0.75*FL"
    return made(folder / "stereo.wav", "-i", two_people, "-af", room)


def heard(file):
    model = the_demo_model("faster-whisper", "ct2")
    return list(FasterWhisper().listen(file, model, Listening(language="en"), Span(0, LENGTH), 0))


def names(file, asks=lambda: False):
    (stretch,) = stretches(file, Span(0, LENGTH))
    return [voice.name for voice in voices(stretch, asks)]


def test_two_people_are_two_voices_and_one_sound_on_both_sides_is_one(two_people, overheard, dual_mono, true_stereo):
    assert names(two_people) == names(overheard) == ["left", "right"]
    assert names(dual_mono) == names(true_stereo) == names(MARIE) == [""]


@pytest.mark.parametrize("recording", ["two_people", "overheard"])
def test_each_is_heard_on_their_own_side_in_the_order_they_speak(recording, request):
    told = heard(request.getfixturevalue(recording))
    said = segments_of(told)
    assert all(before.start_ms <= after.start_ms for before, after in pairwise(said))
    assert {s.voice for s in said if s.end_ms < 19_900} == {"left"}
    assert {s.voice for s in said if s.start_ms > 20_000} == {"right"}
    for side, file, until in (("left", HELEN, 19.7), ("right", AMINA, 19.2)):
        truth = plain(" ".join(line["text"] for line in TRUTH[file.name] if line["end"] < until))
        assert jiwer.wer(truth, plain(" ".join(s.text for s in said if s.voice == side))) <= 0.3
    chunks = chunks_of(told)
    assert (chunks[0].start_ms, chunks[-1].end_ms) == (0, LENGTH)
    assert [s for chunk in chunks for s in chunk.segments] == said


def test_one_sound_on_both_sides_is_heard_once(dual_mono):
    said = segments_of(heard(dual_mono))
    assert {segment.voice for segment in said} == {""}
    assert sum("powerful stories and very little data" in plain(segment.text) for segment in said) == 1


def test_a_monologue_has_a_side_where_the_other_speaks_elsewhere_in_the_recording(two_people):
    beginning = next(stretches(two_people, Span(0, 19_000)))
    assert [voice.name for voice in voices(beginning, lambda: both_speak(two_people, Span(0, LENGTH)))] == [
        "left", "right"]


def test_a_dead_channel_is_nobody(folder):
    dead = made(folder / "dead.wav", "-i", SOUND_ONLY, "-af", "pan=stereo|FL=c0|FR=0*c0")
    whole = Span(0, 21_600)
    (voice,) = voices(next(stretches(dead, whole)), lambda: both_speak(dead, whole))
    assert voice.name == "" and voice.speech


def test_silence_has_no_sides():
    assert sides_apart(np.zeros((RATE, 2), np.int16)) is None
    assert sides_apart(np.zeros((0, 2), np.int16)) is None


def test_what_a_side_only_overhears_is_silent_there():
    tone = (8_000 * np.sin(np.arange(2 * RATE) / 10)).astype(np.int16)
    both = np.stack([tone, tone // 5], axis=1)
    both[RATE:] = both[RATE:, ::-1]
    left = own_sound(both, 0)
    assert np.abs(left[:RATE]).max() > 0.2 and np.abs(left[RATE:]).max() == 0
