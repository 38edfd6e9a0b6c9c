"""What a room sees: slides with films and notes, a reel, and nobody who did not agree to be shown there."""

import zipfile
from dataclasses import replace

import pptx
import pytest
from PIL import Image

from exports.events import pack as events
from exports.events.titles import title_picture
from exports.kits.assets import Parcel
from exports.kits.packing import Packing
from exports.kits.rights import has_clip
from storybank.domain.draft import Chosen
from storybank.domain.twin import Twin
from tests.exports import library

KIT = replace(
    library.KIT, titles=Twin("Rural access", "L'accès en région"),
    messages=(Twin("Trust takes time [Q-0001] [1].", ""),),
    asks=(Twin("Fund link workers for five years.", "Financer les postes pendant cinq ans."),),
)  # fmt: skip


def packed(to, order, kit=KIT):
    to.mkdir(exist_ok=True)
    packing = Packing(Parcel(kit, order), to, library.StandInMedia(), library.media_of, library.Quiet())
    events.pack(packing)
    return packing


def allowed(order, *codes):
    return library.with_part(order, "events", *codes)


def deck(folder, language="en"):
    return pptx.Presentation(folder / "10_events" / f"slides.{language}.pptx")


def words_on(made):
    shapes = [shape for slide in made.slides for shape in slide.shapes]
    return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)


def titles(made):
    return [slide.shapes.title.text_frame.text for slide in made.slides]


@pytest.fixture(scope="module")
def order():
    return allowed(library.order("website", most_per_story=2))


@pytest.fixture(scope="module")
def folder(order, tmp_path_factory):
    to = tmp_path_factory.mktemp("events") / "kit"
    packed(to, order)
    return to


def test_each_language_has_its_own_name_of_the_organization_and_no_marks_of_the_author(tmp_path, order):
    kit = replace(KIT, organizations=Twin("Voices House", "La Maison des voix"))
    packed(tmp_path / "kit", replace(order, passages=order.passages[:1]), kit)
    assert "La Maison des voix" in words_on(deck(tmp_path / "kit", "fr"))
    english = words_on(deck(tmp_path / "kit"))
    assert "Voices House" in english and "Trust takes time." in english


def test_there_are_slides_in_each_language_and_one_reel(folder):
    assert sorted(file.name for file in (folder / "10_events").iterdir()) == [
        "screening-reel.mp4", "slides.en.pptx", "slides.fr.pptx"]


def test_every_quote_is_the_title_of_a_slide_and_who_may_be_shown_has_a_film_after_it(folder, order):
    said = "\n".join(titles(deck(folder)))
    films = sum(any(shape.shape_type == 16 for shape in slide.shapes) for slide in deck(folder).slides)
    assert all(p.cleared.quote.text.replace("'", "’") in said for p in order.passages)
    assert films == sum(map(has_clip, order.passages)) > 0


def test_the_opening_names_the_kit_and_the_last_slide_what_is_asked(folder):
    assert titles(deck(folder))[0] == "Rural access" and titles(deck(folder, "fr"))[0] == "L’accès en région"
    last = "\n".join(shape.text_frame.text for shape in list(deck(folder).slides)[-1].shapes if shape.has_text_frame)
    assert "Fund link workers for five years." in last


def test_the_notes_tell_the_speaker_who_says_it_and_how_to_introduce_it(tmp_path, order):
    code = order.passages[0].cleared.quote.code
    packed(tmp_path / "kit", order, replace(KIT, placing=(Chosen(code, note=Twin("Amina works in Toronto.")),)))
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck(tmp_path / "kit").slides
             if slide.has_notes_slide]
    told = next(note for note in notes if code in note)
    assert told.startswith("Amina works in Toronto.") and order.passages[0].cleared.quote.text in told


def test_every_picture_and_film_is_described_and_every_run_has_its_language(folder):
    for slide in deck(folder, "fr").slides:
        for shape in slide.shapes:
            described = shape._element.xpath(".//p:cNvPr")[0]
            assert shape.has_text_frame or described.get("descr") or "decorative" in str(
                [child.tag for child in described.iter()])
            if shape.has_text_frame and shape.text_frame.text:
                assert {run.get("lang") for run in shape._element.iter(
                    "{http://schemas.openxmlformats.org/drawingml/2006/main}rPr")} <= {"en-CA", "fr-CA"}


def test_who_was_not_asked_about_events_is_on_no_slide(tmp_path, order):
    one = order.passages[0].cleared.quote
    packed(tmp_path / "kit", allowed(order, one.code))
    with zipfile.ZipFile(tmp_path / "kit" / "10_events" / "slides.en.pptx") as made:
        everything = "".join(made.read(name).decode("utf-8", "ignore") for name in made.namelist())
    assert one.code in everything
    assert not [p.cleared.quote.code for p in order.passages[1:] if p.cleared.quote.code in everything]


def test_silence_about_events_is_a_no_and_a_page_says_so(tmp_path, order):
    packed(tmp_path / "kit", replace(order, parts={}))
    assert sorted(file.name for file in (tmp_path / "kit" / "10_events").iterdir()) == [
        "nothing-to-show.en.txt", "nothing-to-show.fr.txt"]


def test_the_reel_shows_films_and_for_those_not_seen_their_words_long_enough_to_read(folder, order):
    scenes = dict(scene.rsplit(":", 1) for scene in
                  (folder / "10_events" / "screening-reel.mp4").read_text(encoding="utf-8").split())
    assert next(iter(scenes)) == "opening.png" and list(scenes)[-1] == "closing.png"
    for passage in order.passages:
        name = passage.cleared.quote.code.lower()
        if has_clip(passage):
            assert scenes[f"{name}.mp4"] == "0"
        else:
            assert float(scenes[f"{name}.card.png"]) >= len(passage.cleared.quote.text.split()) / 3


def test_the_same_order_makes_the_same_slides(tmp_path, folder, order):
    packed(tmp_path / "kit", order)
    for name in ("slides.en.pptx", "slides.fr.pptx"):
        assert (tmp_path / "kit" / "10_events" / name).read_bytes() == (folder / "10_events" / name).read_bytes()


def test_nothing_tells_on_which_machine_the_slides_were_made(folder):
    with zipfile.ZipFile(folder / "10_events" / "slides.en.pptx") as made:
        assert not [name for name in made.namelist() if "thumbnail" in name]
        card = made.read("docProps/core.xml").decode()
    assert "Steve Canny" not in card and "python" not in card.lower()


def test_every_file_is_entered_with_whose_words_are_in_it(tmp_path, order):
    packing = packed(tmp_path / "kit", order)
    assert {asset.path for asset in packing.assets} == {
        file.relative_to(tmp_path / "kit").as_posix() for file in (tmp_path / "kit").rglob("*.*")}
    assert all(asset.quotes for asset in packing.assets)


@pytest.mark.parametrize("title", ["A", "Voix & « récits » <de> la prescription 💬 " * 4, "שלום עולם", "W" * 300])
def test_a_title_of_any_kind_fits_its_picture(title):
    picture = title_picture(title, [title, "stories@example.ca"])
    assert picture.size == (1920, 1080)
    edge = Image.new("RGB", (60, 1080), picture.getpixel((0, 0)))
    assert picture.crop((1860, 0, 1920, 1080)).tobytes() == edge.tobytes(), "nothing runs into the right edge"
