"""Several works at a time: on one ticket, all ended when one fails or somebody says stop, each clip encoded once."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from media import clips
from media.ffmpeg_media import FfmpegMedia
from media.kept import KeptClips
from media.together import at_once
from storybank.domain.clip import ClipJob, Cut, Shape, origin
from storybank.errors import Cancelled, Damaged
from tests.media.film import AMINA, Calm, StoppedAfter

TINY = Shape("16x9", 320, 180)


def until_stopped(began, ticket):
    began.set()
    while True:
        ticket.check()
        threading.Event().wait(0.01)


def test_works_run_side_by_side():
    meet = threading.Barrier(2, timeout=10)
    at_once([lambda _: meet.wait(), lambda _: meet.wait()], Calm(), most=2)


def test_what_goes_wrong_first_ends_the_others_and_is_told():
    began = threading.Event()

    def fails(_):
        began.wait(10)
        raise Damaged("This one is broken.")

    with pytest.raises(Damaged, match="broken"):
        at_once([partial(until_stopped, began), fails], Calm(), most=2)


def test_a_stop_ends_all_of_them():
    began = threading.Event()
    with pytest.raises(Cancelled):
        at_once([partial(until_stopped, began)] * 3, StoppedAfter(2), most=2)


def test_one_ticket_hears_of_all_of_them_and_never_less_than_before():
    ticket = Calm()
    at_once([lambda own: own.report(1.0)] * 5, ticket, most=2)
    assert ticket.reported == sorted(ticket.reported) and ticket.reported[-1] == 1.0


# ---- kept clips -----------------------------------------------------------------------------------------------------


def jobs(folder, *starts):
    return [ClipJob(AMINA, Cut(start, start + 600, TINY), folder / f"{start}.mp4") for start in starts]


@pytest.fixture
def encoded(monkeypatch):
    """Return the starts of the cuts that were really encoded."""
    begun, really = [], clips.clip

    def counted(file, facts, cut, to, ticket):
        begun.append(cut.start_ms)
        really(file, facts, cut, to, ticket)

    monkeypatch.setattr(clips, "clip", counted)
    return begun


def test_a_clip_is_encoded_once_however_often_it_is_wanted(tmp_path, encoded):
    media = FfmpegMedia(tmp_path / "kept")
    media.clips([*jobs(tmp_path / "a", 1_000, 2_000), *jobs(tmp_path / "b", 1_000)], Calm())
    FfmpegMedia(tmp_path / "kept").clips(jobs(tmp_path / "c", 1_000, 2_000, 3_000), Calm())
    assert sorted(encoded) == [1_000, 2_000, 3_000]
    assert (tmp_path / "c" / "1000.mp4").read_bytes() == (tmp_path / "a" / "1000.mp4").read_bytes()


def test_what_was_done_before_a_stop_is_not_done_again(tmp_path, encoded):
    class UntilTwoAreKept(Calm):
        def check(self):
            if len(list((tmp_path / "kept").glob("*.mp4"))) > 1:
                raise Cancelled("Stopped.")

    wanted = jobs(tmp_path / "kit", 1_000, 2_000, 3_000, 4_000, 5_000, 6_000)
    with pytest.raises(Cancelled):
        FfmpegMedia(tmp_path / "kept").clips(wanted, UntilTwoAreKept())
    done = {path.stem for path in (tmp_path / "kept").glob("*.mp4")}
    encoded.clear()
    FfmpegMedia(tmp_path / "kept").clips(wanted, Calm())
    assert len(done) > 1 and len(encoded) == 6 - len(done)
    assert not [path for path in tmp_path.rglob("*") if "part" in path.name]


def test_a_clip_that_was_half_written_when_the_power_failed_does_not_count(tmp_path, encoded):
    media = FfmpegMedia(tmp_path / "kept")
    place = KeptClips(tmp_path / "kept").place(AMINA, media.probe(AMINA), Cut(1_000, 1_600, TINY))
    place.parent.mkdir()
    place.with_name(f"{place.stem}.77.part").write_bytes(b"half")
    media.clips(jobs(tmp_path, 1_000), Calm())
    assert encoded == [1_000]


def test_a_clip_with_more_hidden_is_another_clip(tmp_path):
    kept, facts = KeptClips(tmp_path), FfmpegMedia().probe(AMINA)
    cuts = (Cut(1_000, 1_600, TINY), Cut(1_000, 1_600, TINY, picture=False), Cut(1_000, 1_600, TINY, title="Amina"))
    places = [kept.place(AMINA, facts, cut) for cut in cuts]
    assert len({place.name for place in places}) == 3
    assert {place.name.split(".")[0] for place in places} == {origin(AMINA)}


def test_the_clips_that_were_not_used_for_longest_make_room(tmp_path):
    kept = KeptClips(tmp_path / "kept", most_bytes=25)
    for number in range(4):
        clip = tmp_path / f"{number}.mp4"
        clip.write_bytes(b"0123456789")
        kept.keep(clip, tmp_path / "kept" / f"{number}.mp4")
    assert {path.name for path in (tmp_path / "kept").iterdir()} == {"2.mp4", "3.mp4"}


def test_a_kept_clip_that_cannot_be_kept_is_made_all_the_same(tmp_path):
    (tmp_path / "kept").write_text("a file where the folder should be")
    FfmpegMedia(tmp_path / "kept").clips(jobs(tmp_path, 1_000), Calm())
    assert (tmp_path / "1000.mp4").stat().st_size > 1000
