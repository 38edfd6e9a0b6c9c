"""The kit with real films: cut by ffmpeg from the demo interviews, and clean of names."""

from __future__ import annotations

from dataclasses import replace

import av
import pytest

from exports.kits.kit import FolderKit
from media.ffmpeg_media import FfmpegMedia
from tests.exports import library


@pytest.fixture(scope="module")
def order():
    """Return a role-only film, a French one with a face, and a voice without picture; none lasts four seconds."""
    found = library.order("government_brief", slugs=("george-physician", "marie-intervenante"))
    short = sorted(found.passages, key=lambda p: p.cleared.quote.end_ms - p.cleared.quote.start_ms)
    one_each = {passage.cleared.story.id: passage for passage in reversed(short)}
    return replace(found, passages=tuple(one_each.values()))


@pytest.fixture(scope="module")
def kit(order, tmp_path_factory):
    to = tmp_path_factory.mktemp("films") / "kit"
    FolderKit(FfmpegMedia()).write(library.KIT, order, to, library.media_of, library.Quiet())
    return to


def test_a_clip_lasts_as_long_as_its_quote_and_plays_everywhere(kit, order):
    for passage in order.passages:
        quote = passage.cleared.quote
        for kind in ("", "_clean"):
            name = quote.code.lower()
            with av.open(str(kit / "04_clips" / name / f"{name}_16x9{kind}.mp4")) as film:
                assert abs(film.duration / 1000 - (quote.end_ms - quote.start_ms)) < 150
                assert (film.streams.video[0].width, film.streams.video[0].height) == (1920, 1080)
                assert film.streams.video[0].codec_context.name == "h264"
                assert film.streams.audio[0].codec_context.name == "aac"


def test_no_name_that_was_not_allowed_is_in_any_film_or_picture(kit):
    for path in kit.rglob("*"):
        if path.is_file():
            content = path.read_bytes().lower()
            assert b"campbell" not in content, path
            assert b"lakeview" not in content, path
            assert b"george-physician" not in content, path


def test_the_face_on_a_card_is_from_the_film(kit):
    assert (kit / "03_quote-cards" / "q-0071" / "fr" / "rural-access_q-0071_fr_1200x675.png").stat().st_size > 60_000
