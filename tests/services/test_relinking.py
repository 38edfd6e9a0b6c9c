"""Relinking: a recording that was moved is found again by what is in it, and nothing else is taken for it."""

from __future__ import annotations

import os

import pytest

from storybank.domain.events import RecordingFound
from storybank.errors import Cancelled, Invalid, NotFound, Refused
from storybank.services.relinking import Relinking
from tests.services.conftest import Calm


@pytest.fixture
def relinking(house):
    return Relinking(house.work, house.store)


@pytest.fixture
def outside(house, tmp_path):
    """Bring in two recordings that stay where they lie, and return their folder."""
    folder = tmp_path / "drive"
    folder.mkdir()
    for name in ("amina", "daniel"):
        (folder / f"{name}.mp4").write_bytes(b"good " + name.encode())
    house.collecting.bring_in([folder], Calm(), leave_in_place=True)
    return folder


def recording(house, name):
    return house.browsing.story(name).recordings[0]


def test_a_file_that_was_renamed_is_taken_when_it_is_the_same(house, relinking, outside):
    told = []
    house.hub.subscribe(told.append)
    moved = (outside / "amina.mp4").rename(outside / "Amina (final).mp4")
    assert [r.original_name for r in relinking.missing()] == ["amina.mp4"]
    relinking.locate(recording(house, "amina").id, moved, Calm())
    assert house.browsing.story("amina").files == (moved,)
    assert relinking.missing() == []
    assert told == [RecordingFound(recording(house, "amina").id)]


def test_another_recording_of_the_library_is_refused_by_its_name(house, relinking, outside, tmp_path):
    before = recording(house, "amina")
    (outside / "amina.mp4").unlink()
    other = recording(house, "daniel")
    with pytest.raises(Refused, match=f"daniel.mp4 is another recording: {other.code}, of the story “daniel”"):
        relinking.locate(before.id, outside / "daniel.mp4", Calm())
    assert recording(house, "amina") == before


@pytest.mark.parametrize("content", [b"good stranger", b"good amino"])
def test_a_file_the_library_does_not_know_is_refused_whatever_its_size(house, relinking, outside, content):
    before = recording(house, "amina")
    (outside / "amina.mp4").write_bytes(content)
    with pytest.raises(Refused, match="is not this recording"):
        relinking.locate(before.id, outside / "amina.mp4", Calm())
    assert recording(house, "amina") == before


def test_a_copy_that_vanished_from_the_library_is_taken_in_again_under_its_hash(house, relinking, tmp_path):
    story = house.a_story(tmp_path)
    kept = story.recordings[0]
    story.files[0].unlink()
    found = relinking.locate(kept.id, tmp_path / "amina.mp4", Calm())
    assert found.place == kept.place
    assert house.store.path(found.place).read_bytes() == b"good amina"


def test_a_wrong_file_of_the_right_size_leaves_nothing_in_the_library(house, relinking, tmp_path):
    story = house.a_story(tmp_path)
    story.files[0].unlink()
    (tmp_path / "wrong.mp4").write_bytes(b"good amino")
    with pytest.raises(Refused):
        relinking.locate(story.recordings[0].id, tmp_path / "wrong.mp4", Calm())
    assert [p for p in (house.library.folder / "media").rglob("*") if p.is_file()] == []


def test_a_folder_is_searched_for_every_missing_recording_by_size_first(house, relinking, outside, monkeypatch):
    there = outside / "2025" / "moved here"
    there.mkdir(parents=True)
    for name in ("amina", "daniel"):
        (outside / f"{name}.mp4").rename(there / f"{name} copy.mp4")
    (there / "letter.txt").write_text("a letter of another length")
    (there / "amino.mp4").write_bytes(b"good amino")
    read = []
    weigh = type(house.store).weigh
    monkeypatch.setattr(type(house.store), "weigh", lambda s, f, t: (read.append(f.name), weigh(s, f, t))[1])
    found = relinking.look_in(outside, Calm())
    assert sorted(r.original_name for r in found) == ["amina.mp4", "daniel.mp4"]
    assert house.browsing.story("daniel").files == (there / "daniel copy.mp4",)
    assert "letter.txt" not in read


def test_a_folder_without_any_of_them_finds_nothing(relinking, outside, tmp_path):
    (outside / "amina.mp4").unlink()
    (tmp_path / "empty").mkdir()
    assert relinking.look_in(tmp_path / "empty", Calm()) == []


def test_looking_can_be_stopped(relinking, outside):
    class Stopped(Calm):
        def check(self):
            raise Cancelled("Stopped.")

    (outside / "amina.mp4").unlink()
    with pytest.raises(Cancelled):
        relinking.look_in(outside, Stopped())


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes in folders on Windows")
def test_what_is_no_file_is_never_waited_for(house, relinking, outside, tmp_path):
    os.mkfifo(outside / "pipe.mp4")
    with pytest.raises(Invalid):
        relinking.locate(recording(house, "amina").id, outside / "pipe.mp4", Calm())
    with pytest.raises(Invalid, match="folder"):
        relinking.locate(recording(house, "amina").id, outside, Calm())
    with pytest.raises(NotFound):
        relinking.locate(recording(house, "amina").id, outside / "nowhere.mp4", Calm())
    (outside / "amina.mp4").unlink()
    assert relinking.look_in(outside, Calm()) == []
