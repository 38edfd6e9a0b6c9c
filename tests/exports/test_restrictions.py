"""Restrictions: what may be neither heard, read nor recognised stays inside, in every form that leaves."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import av
import numpy as np
import pytest

from exports.briefs.brief import WordBrief
from exports.faces import moment_to_show
from media.ffmpeg_media import FfmpegMedia
from storybank.domain.restriction import Restriction, Treatment
from storybank.domain.transcript import Span
from tests.exports import library, obliged
from tests.exports.unpacked import where_it_says
from tests.media.film import sound

GONE = ("because trust", "people is time", "is time,")


def restricted(passage, *stretches, treatment=Treatment.BLUR):
    """Return a passage with stretches of its recording restricted, in milliseconds from its quote's start."""
    begin = passage.cleared.quote.start_ms
    held = tuple(Restriction(str(n), "r", begin + a, begin + b, treatment) for n, (a, b) in enumerate(stretches))
    return replace(passage, cleared=replace(passage.cleared, restrictions=held))


@pytest.fixture
def amina():
    return library.order("government_brief", slugs=("amina-link-worker",)).passages[0]


def kit_of(tmp_path, *passages, media=None):
    order = replace(obliged.order(), passages=passages)
    library.OneSize(media).write(library.KIT, order, tmp_path / "kit", library.media_of,
                                                     library.Quiet())
    return tmp_path / "kit"


def test_every_cut_carries_what_is_silent_and_hidden(amina):
    both = restricted(amina, (-500, 300), (2_000, 2_400), (9_000_000, 9_100_000), treatment=Treatment.CUT)
    length = amina.clip.end_ms - amina.clip.start_ms
    for cut in (both.cut(), both.cut(captioned=False)):
        assert cut.muted == cut.blurred == (Span(0, 300), Span(2_000, 2_400))
        assert cut.end_ms - cut.start_ms == length
    assert restricted(amina, (0, 300), treatment=Treatment.MUTE).cut().blurred == ()
    assert restricted(amina, (0, 300), treatment=Treatment.REDACT).cut().muted == (Span(0, 300),)
    assert restricted(amina, (0, 300), treatment=Treatment.BLUR).cut().muted == ()


def test_a_word_that_is_taken_out_is_silent_to_its_end(amina):
    words = amina.words
    middle = (words[3].start_ms + words[3].end_ms) // 2
    held = (Restriction("r", "r", middle, middle + 10, Treatment.REDACT),)
    passage = library.passage(replace(amina.cleared, restrictions=held), amina.cleared.quote.text)
    begin = passage.clip.start_ms
    assert passage.cut().muted == (Span(words[3].start_ms - begin, words[3].end_ms - begin),)


def test_muted_words_can_be_read_nowhere(tmp_path):
    passage = obliged.of(obliged.MUTED)
    assert "[…]" in passage.cleared.quote.text
    media = library.StandInMedia()
    kit = kit_of(tmp_path, passage, media=media)
    WordBrief().write(library.BRIEF, replace(obliged.order(), passages=(passage,)), tmp_path / "brief.docx",
                      library.Quiet())
    assert where_it_says(tmp_path, *GONE, "a child is named") == []
    assert where_it_says(kit / "04_clips", "[…]"), "the gap is shown"
    assert len(media.cuts) == 2 and all(cut.muted for cut in media.cuts)
    assert not [cue for cut in media.cuts for cue in cut.captions if any(word in cue.text for word in GONE)]


@pytest.mark.parametrize(("stretches", "moment"), [
    ([], 0), ([(-400, 300)], 500), ([(-3_000, -300)], 0), ([(-3_000, -100)], 100), ([(0, 400), (500, 900)], 1_100),
    ([(1_000, 2_000)], 0), ([(-10, 90_000)], None),
])
def test_a_face_is_taken_where_nothing_is_hidden(amina, stretches, moment):
    found = moment_to_show(restricted(amina, *stretches).cleared)
    assert found == (None if moment is None else amina.cleared.quote.start_ms + moment)


def test_a_quote_that_is_hidden_throughout_has_cards_without_a_face(tmp_path, amina):
    media = library.StandInMedia()
    kit = kit_of(tmp_path, restricted(amina, (-10, 90_000)), media=media)
    assert media.stills == []
    assert len(list(kit.rglob("*.png"))) == 2


def test_a_real_kit_is_silent_and_blurred_where_it_must_be(tmp_path):
    passage = restricted(obliged.of(obliged.BLURRED), (600, 1_300), treatment=Treatment.CUT)
    kit = kit_of(tmp_path, passage, media=FfmpegMedia())
    (code,) = [path.name for path in (kit / "04_clips").iterdir()]
    for kind in ("", "_clean"):
        film = kit / "04_clips" / code / f"{code}_16x9{kind}.mp4"
        samples, per_second = sound(film)
        assert np.abs(samples[625 * per_second // 1000 : 1_275 * per_second // 1000]).max() < 0.001
        assert np.abs(samples[1_330 * per_second // 1000 : 2_500 * per_second // 1000]).max() > 0.1
        with av.open(str(film)) as opened:
            rate = float(opened.streams.video[0].average_rate)
            frames = islice(opened.decode(video=0), 75)
            shown = [edges(frame.to_ndarray(format="rgb24")[: 1080 * 6 // 10]) for frame in frames]
        inside = shown[round(0.6 * rate) : round(1.3 * rate)]
        outside = [*shown[: round(0.45 * rate)], *shown[round(1.5 * rate) :]]
        assert max(inside) < 0.1 * min(outside)


def edges(frame):
    """Return how sharp a picture is."""
    grey = frame[::2, ::2].astype(float).mean(axis=2)
    return float((np.diff(grey, axis=0) ** 2).mean() + (np.diff(grey, axis=1) ** 2).mean())
