"""Playing: what is made for the player is made once, weighs little, and goes when the story goes."""

from __future__ import annotations

from array import array

import pytest

from storybank.domain.withdrawal import Choice
from storybank.errors import NotFound, Refused, Unavailable
from storybank.services.playing import Playing
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm


class StandInMedia:
    """Counts what it was asked to make."""

    def __init__(self):
        self.made = []
        self.meanwhile = lambda: None

    def waveform(self, file, ticket):
        self.made.append(file.name)
        return array("f", [0.0, 0.5, 1.0])

    def proxy(self, file, to, ticket):
        self.made.append(to.name)
        to.write_bytes(b"copy")
        self.meanwhile()


@pytest.fixture
def media():
    return StandInMedia()


@pytest.fixture
def playing(house, media):
    return Playing(house.work, media, house.store)


def test_a_copy_is_made_once_and_kept_under_the_recordings_name(house, playing, media, tmp_path):
    recording = house.a_story(tmp_path).recordings[0]
    assert playing.known_copy(recording) is None
    made = playing.copy(recording.id, Calm())
    assert made == house.library.folder / "derived" / "proxies" / f"{recording.id}.mp4" == playing.known_copy(recording)
    assert playing.copy(recording.id, Calm()) == made
    assert len(media.made) == 1


def test_the_loudness_is_kept_in_a_byte_each(house, playing, media, tmp_path):
    recording = house.a_story(tmp_path).recordings[0]
    assert list(playing.waveform(recording.id, Calm())) == [0.0, 0.5, 1.0]
    assert [round(value, 2) for value in playing.known_waveform(recording.id)] == [0.0, 0.5, 1.0]
    playing.waveform(recording.id, Calm())
    assert len(media.made) == 1


def test_erasing_a_story_takes_its_copy_away(house, playing, tmp_path):
    recording = house.a_story(tmp_path).recordings[0]
    other = house.a_story(tmp_path, "daniel", "Daniel Cho").recordings[0]
    copies = [playing.copy(one.id, Calm()) for one in (recording, other)]
    half = copies[0].with_name(f"{recording.id}.77.part.mp4")
    half.write_bytes(b"half a copy")
    case = house.withdrawing.withdraw(Stop(house.people.find("Amina Diallo").id)).case
    house.erasing.carry_out(case.id, Choice.ERASE, Calm())
    assert [path.exists() for path in (*copies, half)] == [False, True, False]


@pytest.mark.parametrize("choice", [Choice.ERASE, Choice.SEAL])
def test_a_copy_that_was_being_made_while_its_story_was_put_away_is_not_kept(house, playing, media, tmp_path, choice):
    recording = house.a_story(tmp_path).recordings[0]
    case = house.withdrawing.withdraw(Stop(house.people.find("Amina Diallo").id)).case
    media.meanwhile = lambda: house.erasing.carry_out(case.id, choice, Calm())
    with pytest.raises((NotFound, Refused)):
        playing.copy(recording.id, Calm())
    assert not [path for path in (house.library.folder / "derived").rglob("*") if path.is_file()]


def test_a_missing_original_is_named_with_what_is_safe(house, playing, tmp_path):
    story = house.a_story(tmp_path)
    story.files[0].unlink()
    for ask in (playing.copy, playing.waveform):
        with pytest.raises(Unavailable, match=r"not where it was: .*Its transcript and quotes are safe"):
            ask(story.recordings[0].id, Calm())
