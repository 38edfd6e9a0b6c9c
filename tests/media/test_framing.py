"""Framing: whoever speaks is found and whole, no word stands on a face, and words keep clear of what apps lay over."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.captions import places, script
from media.finding import Box, find
from media.framing import window_of
from media.probe import probe
from storybank.domain.clip import SQUARE, UPRIGHT, WIDE, Cue, Cut, Shape
from storybank.domain.transcript import Span
from tests.media.film import AMINA, SIDEWAYS, SOUND_ONLY, made

TALKING = "color=0x88aa99:s=640x360:r=10:d=6"


def a_speaker(to, at, *, also=""):
    """Return a film of a plain face at a place, whose mouth opens and shuts."""
    face = f"drawbox=x={at - 50}:y=80:w=100:h=140:color=0xc08060:t=fill"
    mouth = f"drawbox=x={at - 20}:y=180:w=40:h=20:color=0x401010:t=fill:enable='lt(mod(t,1),0.5)'"
    eyes = f"drawbox=x={at - 35}:y=115:w=70:h=12:color=0x201510:t=fill:enable='gt(mod(t,2),0.3)'"
    return made(to, "-f", "lavfi", "-i", ",".join([TALKING, face, mouth, eyes]) + also, "-f", "lavfi", "-i",
                "sine=d=6", "-g", 7)


@pytest.mark.parametrize("at", [150, 320, 500])
def test_a_speaker_is_found_wherever_they_sit(tmp_path, at):
    file = a_speaker(tmp_path / "film.mp4", at)
    box = find(file, probe(file), Cut(0, 6_000))
    assert box is not None
    assert box.left * 640 <= at - 44 and box.right * 640 >= at + 44, "the whole face, not only its mouth"
    assert box.right - box.left < 0.3


def test_the_demos_speakers_are_found_also_on_a_phone_held_sideways():
    for file in (AMINA, SIDEWAYS):
        box = find(file, probe(file), Cut(7_000, 12_000))
        assert box is not None and 0.42 < box.centre < 0.58 and box.top < 0.3


def test_nobody_is_found_where_everything_moves_or_nothing_does(tmp_path):
    still = made(tmp_path / "still.mp4", "-f", "lavfi", "-i", TALKING, "-f", "lavfi", "-i", "sine=d=6")
    shaking = TALKING.replace("640x360", "160x90") + ",noise=alls=90:allf=t"
    noise = made(tmp_path / "noise.mp4", "-f", "lavfi", "-i", shaking, "-f", "lavfi", "-i", "sine=d=6", "-g", 7)
    for file in (still, noise, SOUND_ONLY):
        assert find(file, probe(file), Cut(0, 6_000)) is None


share = st.floats(0.02, 0.98)
boxes = st.builds(lambda x, y: Box(min(x), min(y), max(x), max(y)), st.tuples(share, share), st.tuples(share, share))


@given(boxes | st.none(), st.floats(0.4, 2.6), st.sampled_from([WIDE, SQUARE, UPRIGHT]), st.floats(0.3, 1.0))
def test_no_frame_cuts_off_a_face_and_none_goes_beyond_the_picture(box, own, shape, words_from):
    window = window_of(own, shape, box, round(words_from * shape.height))
    assert 0 <= window.left <= window.left + window.width <= 1 + 1e-9
    assert 0 <= window.top <= window.top + window.height <= 1 + 1e-9
    if box and own > shape.width / shape.height * 1.08:
        assert window.top == 0 and window.height == 1, "nothing above a head is lost"
        assert window.left <= box.left + 1e-9 and window.left + window.width >= box.right - 1e-9


def test_a_face_that_fits_fills_an_upright_frame_and_words_begin_below_it():
    face = Box(0.42, 0.2, 0.58, 0.5)
    assert window_of(16 / 9, UPRIGHT, face, 1920).fills
    window = window_of(16 / 9, UPRIGHT, face, 700)
    height = UPRIGHT.width / window.ratio
    assert not window.fills and face.bottom * height <= 710


def test_upright_words_keep_clear_of_what_apps_lay_over_a_film():
    cut = Cut(0, 5_000, UPRIGHT, (Cue(0, 2_000, "M" * 32 + "\n" + "W" * 32),), title="Somebody\nExecutive director")
    where = places(cut)
    assert where.caption_bottom >= 460 and where.right >= 180 and where.words_from >= 250
    assert all(size > 20 for size in (where.caption_size, where.title_size))


def test_a_long_title_is_broken_rather_than_made_too_small_to_read():
    title = "Priya Sharma\nExecutive director of the seniors' choir and the arts studio at the river, British Columbia"
    for shape in (WIDE, SQUARE, UPRIGHT):
        where = places(Cut(0, 5_000, shape, title=title))
        assert where.title_size >= 36 and 2 < len(where.title) <= 4


# ---- words that light up ----------------------------------------------------------------------------------------


def lit_script(words, cues):
    return [line.split(",", 4) for line in script(Cut(0, 9_000, WIDE, cues, lit=words)).splitlines()
            if line.startswith("Dialogue")]


def test_each_word_lights_up_when_it_is_said_and_the_caption_never_flickers():
    words = tuple(Span(at, at + 300) for at in (500, 900, 1_400, 2_000))
    shown = lit_script(words, (Cue(400, 1_700, "Trust is\nfirst"), Cue(1_900, 2_500, "Always")))
    assert [(start, end) for _, start, end, *_ in shown] == [
        ("0:00:00.40", "0:00:00.90"), ("0:00:00.90", "0:00:01.40"), ("0:00:01.40", "0:00:01.70"),
        ("0:00:01.90", "0:00:02.50")]
    assert [re.findall(r"\{\\1c&H5BD7FF&\}([^{]+)\{", line[4]) for line in shown] == [
        ["Trust"], ["is"], ["first"], ["Always"]]


def test_words_that_cannot_be_told_apart_stay_at_rest():
    shown = lit_script((Span(0, 100),), (Cue(0, 1_000, "Trust is first"),))
    assert len(shown) == 1 and "1c" not in shown[0][4]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12), min_size=1, max_size=8))
def test_no_text_can_command_the_picture(texts):
    words = tuple(Span(i * 100, i * 100 + 90) for i, _ in enumerate(" ".join(texts).split()))
    cut = Cut(0, 9_000, Shape("16x9", 640, 360), (Cue(0, 900, " ".join(texts)),), title=" ".join(texts), lit=words)
    for line in script(cut).split("\n"):
        if line.startswith("Dialogue"):
            told = re.sub(r"\{\\(1c&H[0-9A-F]{6}&|fs\d+\\1c&H[0-9A-F]{6}&|fad\(250,250\))\}", "", line.split(",", 4)[4])
            assert not re.search(r"(?<!\\)\{", told.replace("\\\u2060", ""))
            assert not re.search(r"\\(?![{}N\u2060])", told)


def lightness(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


def test_lit_and_unlit_words_stand_out_even_over_a_white_picture():
    box = [0x20 / 255 + (1 - 0x20 / 255) * part / 255 for part in (0x1E, 0x26, 0x25)]
    for colour in ((1, 1, 1), (0xFF / 255, 0xD7 / 255, 0x5B / 255)):
        assert (lightness(colour) + 0.05) / (lightness(box) + 0.05) > 4.5
