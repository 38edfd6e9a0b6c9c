"""What a studio gets: only those who agreed to be heard there, each excerpt with the words round it."""

import csv
import re
from dataclasses import replace

import docx
import pytest

from exports.kits.assets import Parcel
from exports.kits.packing import Packing
from exports.radio import pack as radio
from exports.radio.cues import length_of
from storybank.domain.attribution import Attribution
from storybank.domain.draft import Chosen
from storybank.domain.restriction import REDACTED, Restriction, Treatment
from storybank.domain.twin import Twin
from tests.exports import library

KIT = replace(library.KIT, titles=Twin("Rural access", "L'accès en région"))


def packed(to, order, kit=KIT):
    to.mkdir(exist_ok=True)
    packing = Packing(Parcel(kit, order), to, library.StandInMedia(), library.media_of, library.Quiet())
    radio.pack(packing)
    return packing


def allowed(order, *codes):
    return library.with_part(order, "podcast", *codes)


def rows(folder):
    with (folder / "09_radio" / "cue-sheet.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def order():
    return allowed(library.order("website"))


@pytest.fixture(scope="module")
def folder(order, tmp_path_factory):
    to = tmp_path_factory.mktemp("radio") / "kit"
    packed(to, order)
    return to


def test_every_voice_that_may_be_heard_is_there_as_wav_and_mp3(folder, order):
    heard = {p.cleared.quote.code.lower() for p in order.passages if p.cleared.carries_voice and p.cleared.may_be_clip}
    assert heard
    for ending in ("wav", "mp3"):
        assert {file.stem for file in (folder / "09_radio").rglob(f"*.{ending}")} == heard


def test_the_cue_sheet_names_files_that_are_there_in_the_order_they_are_played(folder):
    listed = rows(folder)
    assert [row["number"] for row in listed] == [str(n) for n in range(1, len(listed) + 1)]
    for row in listed:
        assert (folder / "09_radio" / row["file_wav"]).is_file()
        assert (folder / "09_radio" / row["file_mp3"]).is_file()
        assert re.fullmatch(r"\d+:\d\d", row["length"])


def test_the_first_and_last_words_are_those_of_the_quote(folder, order):
    said = {p.cleared.quote.code: p.cleared.quote.text for p in order.passages}
    for row in rows(folder):
        assert said[row["quote_id"]].startswith(row["first_words"].removesuffix(" …"))
        assert said[row["quote_id"]].endswith(row["last_words"].removeprefix("… "))


def test_who_was_not_asked_about_radio_is_not_in_it(tmp_path, order):
    one = next(p for p in order.passages if p.cleared.carries_voice).cleared.quote.code
    packed(tmp_path / "kit", allowed(order, one))
    assert [row["quote_id"] for row in rows(tmp_path / "kit")] == [one]


@pytest.mark.parametrize("parts", [{}, {"podcast": ()}, {"print": "all"}])
def test_silence_about_radio_is_a_no_and_a_page_says_so(tmp_path, order, parts):
    parts = {part: order.passages if held else () for part, held in parts.items()}
    packed(tmp_path / "kit", replace(order, parts=parts))
    assert sorted(file.name for file in (tmp_path / "kit" / "09_radio").iterdir()) == [
        "nothing-to-play.en.txt", "nothing-to-play.fr.txt"]


def test_nobody_anonymous_is_heard(tmp_path, order):
    packed(tmp_path / "kit", library.with_level(order, Attribution.ANONYMOUS))
    assert not list((tmp_path / "kit").rglob("*.wav"))


def test_what_is_restricted_is_silent_in_the_sound_too(tmp_path, order):
    passage = next(p for p in order.passages if p.cleared.carries_voice)
    quote = passage.cleared.quote
    hush = Restriction("r", quote.recording_id, quote.start_ms + 100, quote.start_ms + 900, Treatment.MUTE)
    held = replace(passage, cleared=replace(passage.cleared, restrictions=(hush,)))
    packed(tmp_path / "kit", allowed(replace(order, passages=(held,))))
    sound = next((tmp_path / "kit").rglob("*.wav")).read_text(encoding="utf-8")
    assert sound.endswith(" 1"), "one stretch is silent"


def test_the_script_plays_each_excerpt_once_and_says_after_it_who_was_heard(folder, order):
    for language in ("en", "fr"):
        text = [p.text for p in docx.Document(folder / "09_radio" / f"script.{language}.docx").paragraphs]
        played = [place for place, line in enumerate(text) if line.endswith(".wav")]
        assert len(played) == len(rows(folder))
        for place, row in zip(played, rows(folder), strict=True):
            speaker = row[f"speaker_{language}"]
            assert speaker in text[place + 1] or speaker[0].lower() + speaker[1:] in text[place + 1]


def test_the_authors_own_words_stand_first_and_last_and_beside_their_quote(tmp_path, order):
    code = next(p for p in order.passages if p.cleared.carries_voice).cleared.quote.code
    own = {"introduction": Twin("Stay with us for three voices."), "sign_off": Twin("Good night.")}
    kit = replace(KIT, sections=own, placing=(Chosen(code, note=Twin("She begins with a cup of tea.")),))
    packed(tmp_path / "kit", order, kit)
    read = (tmp_path / "kit" / "09_radio" / "introduction-and-sign-off.en.txt").read_text(encoding="utf-8")
    assert "Stay with us for three voices." in read and read.rstrip().endswith("Good night.")
    script = docx.Document(tmp_path / "kit" / "09_radio" / "script.en.docx")
    assert "She begins with a cup of tea." in [p.text for p in script.paragraphs]


def test_each_sound_carries_its_credit_and_its_consent_inside(tmp_path, order):
    packing = packed(tmp_path / "kit", order)
    for passage in order.passages:
        name = f"{passage.cleared.quote.code.lower()}.mp3"
        if name in packing.media.described:
            title, rights, xmp = packing.media.described[name]
            assert title == passage.cleared.quote.code
            assert "Used with permission" in rights or "Utilisé avec autorisation" in rights
            assert all(consent in xmp for consent in passage.cleared.permission.consents)


def test_every_file_is_entered_with_whose_words_are_in_it(tmp_path, order):
    packing = packed(tmp_path / "kit", order)
    entered = {asset.path for asset in packing.assets}
    assert entered == {file.relative_to(tmp_path / "kit").as_posix() for file in (tmp_path / "kit").rglob("*.*")}


def test_no_redacted_word_is_a_cue(tmp_path, order):
    assert REDACTED not in str(rows_of(tmp_path, order))


def rows_of(to, order):
    packed(to / "kit", order)
    return rows(to / "kit")


@pytest.mark.parametrize(("seconds", "said"), [(0.2, "0:01"), (7, "0:07"), (59.1, "1:00"), (61, "1:01")])
def test_lengths_are_rounded_up_so_that_nothing_is_talked_over(seconds, said):
    assert length_of(seconds) == said
