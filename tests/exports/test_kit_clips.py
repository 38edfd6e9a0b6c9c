"""The kit with real films: cut by ffmpeg from the demo interviews, each once, described, and clean of names."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import av
import pytest
from PIL import Image

from exports.kits.captions import time_of
from exports.kits.films import translated_cues
from exports.xmp import read_png
from media.ffmpeg_media import FfmpegMedia
from storybank.domain.captioning import check
from storybank.domain.clip import UPRIGHT, WIDE
from storybank.domain.quote import Translation
from storybank.errors import Unavailable
from tests.exports import library
from tests.exports.unpacked import where_it_says

LENGTH_MS = 1200
SHAPES = (WIDE, UPRIGHT)
"""Square films are cut in tests of media."""
EACH = len(SHAPES) + 1


class Counting(library.StandInMedia):
    """Real stills and films, and how many clips were asked for at a time."""

    def __init__(self, kept):
        super().__init__()
        self.real = FfmpegMedia(kept)
        self.asked = []

    def still(self, *told):
        self.real.still(*told)

    def clips(self, jobs, ticket):
        self.asked.append([job.to.name for job in jobs])
        self.real.clips(jobs, ticket)

    def describe(self, *told):
        self.real.describe(*told)


@pytest.fixture(scope="module")
def order():
    """Return a French film with a face, and a voice without picture; each lasts little more than a second."""
    found = library.order("government_brief", slugs=("george-physician", "marie-intervenante"))
    short = sorted(found.passages, key=lambda p: p.cleared.quote.end_ms - p.cleared.quote.start_ms)
    one_each = {passage.cleared.story.id: passage for passage in reversed(short)}
    return replace(found, passages=tuple(map(begun, one_each.values())))


def begun(passage):
    """Return only the beginning of a passage: what is tried here is as true of it, and it is cut sooner."""
    quote, clip = passage.cleared.quote, passage.clip
    end = quote.start_ms + LENGTH_MS
    cues = [replace(cue, end_ms=min(cue.end_ms, end - clip.start_ms)) for cue in passage.captions
            if cue.start_ms < end - clip.start_ms]
    cleared = replace(passage.cleared, quote=replace(quote, end_ms=end))
    return replace(passage, cleared=cleared, clip=replace(clip, end_ms=end), captions=tuple(cues))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def made(order, shelf, tmp_path_factory):
    to, media = tmp_path_factory.mktemp("films") / "kit", Counting(shelf)
    library.OneSize(media, SHAPES).write(library.KIT, order, to, library.media_of, library.Quiet())
    return to, media


@pytest.fixture
def kit(made):
    return made[0]


def test_all_clips_of_a_kit_are_asked_for_together(made, order):
    assert [len(jobs) for jobs in made[1].asked] == [EACH * len(order.passages)]


def test_a_clip_lasts_as_long_as_its_quote_and_plays_everywhere(kit, order):
    for passage in order.passages:
        quote = passage.cleared.quote
        films = sorted((kit / "04_clips" / quote.code.lower()).glob("*.mp4"))
        assert len(films) == EACH
        for file in films:
            with av.open(str(file)) as film:
                assert abs(film.duration / 1000 - (quote.end_ms - quote.start_ms)) < 150
                width, height = film.streams.video[0].width, film.streams.video[0].height
                shape = next(one for one in SHAPES if f"_{one.name}" in file.name)
                assert (width, height) == (shape.width, shape.height)
                assert film.streams.video[0].codec_context.name == "h264"
                assert film.streams.audio[0].codec_context.name == "aac"


def test_a_voice_without_a_picture_is_an_audiogram_and_is_called_so(kit):
    names = [path.name for path in (kit / "04_clips").rglob("*.mp4")]
    assert {"audiogram" in name for name in names if name.startswith("q-002")} == {True}
    assert {"audiogram" in name for name in names if name.startswith("q-007")} == {False}


def test_no_name_that_was_not_allowed_is_in_any_film_or_picture(kit):
    assert where_it_says(kit, "campbell", "lakeview", "george-physician") == []


def test_every_film_and_picture_says_what_it_rests_on(kit, order):
    by_code = {passage.cleared.quote.code: passage.cleared for passage in order.passages}
    for file in kit.rglob("*.png"):
        told = read_png(file)
        cleared = by_code[told["dc:title"]]
        assert told["plus:ModelReleaseID"] == "; ".join(cleared.permission.consents)
        assert told["plus:ModelReleaseStatus"].endswith("MR-LMR")
        assert told["photoshop:Credit"].endswith(("Used with permission.", "Utilisé avec autorisation."))
        assert told["Iptc4xmpCore:AltTextAccessibility"]
    for file in kit.rglob("*.mp4"):
        with av.open(str(file)) as film:
            assert film.metadata["title"].upper() in by_code
            assert "2026" in film.metadata["copyright"]
    for file in kit.rglob("*_thumb.jpg"):
        with Image.open(file) as picture:
            assert b"ModelReleaseID" in picture.info["xmp"]


@pytest.mark.skipif(not shutil.which("exiftool"), reason="exiftool is not on this machine")
def test_exiftool_reads_the_same(kit):
    files = [next(kit.rglob(pattern)) for pattern in ("*_fr_*.png", "*_16x9.mp4", "*_thumb.jpg")]
    said = subprocess.run(["exiftool", "-j", "-XMP:all", "-lang", "en", *map(str, files)], check=True,
                          capture_output=True, text=True).stdout
    for told in json.loads(said):
        assert told["Title"].startswith("Q-00") and told["ModelReleaseID"].startswith("C-000"), told["SourceFile"]
        assert told["AltTextAccessibility"] and told["UsageTerms"] and told["Credit"] and told["Rights"]


def test_a_repeated_kit_with_one_changed_quote_encodes_only_that_one(made, order, shelf, tmp_path):
    before = {path.name for path in shelf.rglob("*.mp4")}
    assert len(before) == EACH * len(order.passages)
    first, *others = order.passages
    shorter = replace(first, clip=replace(first.clip, end_ms=first.clip.end_ms - 40))
    library.OneSize(Counting(shelf), SHAPES).write(library.KIT, replace(order, passages=(shorter, *others)),
                                                   tmp_path / "again", library.media_of, library.Quiet())
    after = {path.name for path in shelf.rglob("*.mp4")}
    assert before <= after and len(after - before) == EACH
    for passage in others:
        name = passage.cleared.quote.code.lower()
        for film in (made[0] / "04_clips" / name).glob("*.mp4"):
            assert (tmp_path / "again" / "04_clips" / name / film.name).read_bytes() == film.read_bytes()


# ---- without real films ---------------------------------------------------------------------------------------------


def test_a_missing_recording_is_told_with_the_storys_code_before_anything_is_made(tmp_path, order):
    with pytest.raises(Unavailable, match=r"story S-000\d is not there.*Q-00") as told:
        library.OneSize().write(library.KIT, order, tmp_path / "kit", lambda _: tmp_path / "gone.mp4", library.Quiet())
    assert "leave Q-00" in str(told.value.hint)
    assert list(tmp_path.iterdir()) == []


def test_a_translation_that_was_agreed_to_gets_its_own_captions_and_is_marked(tmp_path, order):
    french = next(p for p in order.passages if p.cleared.quote.language == "fr")
    told = Translation("en", "Trust is the first medicine we have, and it takes a while before it works.", "N.R.", "")
    passage = replace(french, cleared=replace(french.cleared, translations=(told,)))
    kit = tmp_path / "kit"
    library.OneSize().write(library.KIT, replace(order, passages=(passage,)), kit, library.media_of, library.Quiet())
    (into,) = (kit / "04_clips").iterdir()
    assert {path.name.split(".", 1)[1] for path in into.glob("q-*.*") if path.suffix in (".srt", ".vtt", ".txt")} == {
        "en.srt", "en.vtt", "fr.srt", "fr.vtt", "transcript.en.txt", "transcript.fr.txt",
    }
    assert "[Translation] Trust is the first" in (into / f"{into.name}.en.srt").read_text().replace("\n", " ")
    assert "” [Translation]\n" in (into / f"{into.name}.transcript.en.txt").read_text()
    cues = translated_cues(passage, "en")
    assert [fault for fault in check(cues) if fault.kind in ("lines", "line", "overlap")] == []
    assert time_of(cues[0].start_ms, ",") == "00:00:00,000"
    posts = (kit / "02_posts" / "posts.csv").read_text("utf-8-sig")
    assert "Trust is the first medicine we have" in posts and "[Translation] — Marie Gagnon" in posts


def test_a_quote_without_a_translation_has_no_captions_in_the_other_language(tmp_path, order):
    kit = tmp_path / "kit"
    library.OneSize().write(library.KIT, order, kit, library.media_of, library.Quiet())
    for passage in order.passages:
        other = "en" if passage.cleared.quote.language == "fr" else "fr"
        assert list((kit / "04_clips" / passage.cleared.quote.code.lower()).glob(f"*.{other}.*")) == []
    assert date.fromisoformat(order.made_at[:10]).year == 2026
