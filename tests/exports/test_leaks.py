"""Leaks: what a person did not allow to be told can be read nowhere in what leaves the house."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from PIL import Image

from exports.briefs.brief import WordBrief
from exports.events import pack as events
from exports.kits.assets import Parcel
from exports.kits.bundler import KitBundler
from exports.kits.packing import Packing
from exports.sites.site import FolderSite
from media.ffmpeg_media import FfmpegMedia
from storybank.domain.attribution import Attribution, Wishes
from storybank.domain.commission import Site
from storybank.domain.draft import PART_USES, Part
from storybank.domain.export import Passage
from storybank.domain.twin import Twin
from storybank.domain.use import Material
from storybank.errors import Refused
from tests.exports import library
from tests.exports.unpacked import everything_in, where_it_says
from tests.media.film import made

NAMES = ("Campbell", "George")
EMPLOYER = ("Lakeview",)
PLACES = ("Nova Scotia", "Nouvelle-Écosse", "Truro")
FILE = ("interview at home", "george-physician", "IMG_4711", "my own clinic")
SPOKEN = "I am George Campbell, and at Lakeview  Family Health Team in Truro, Nova Scotia, we need a garden."


def an_order(level, wishes=None, said=""):
    """Return what George agreed to be told, with everything else about him planted wherever it could leak from."""
    def changed(circle):
        (consent,) = circle.consents
        wished = replace(consent, attribution=level, wishes=wishes or Wishes())
        story = replace(circle.story, title="Dr. Campbell in his clinic", place="Truro, Nova Scotia")
        return replace(circle, consents=(wished,), story=story)

    found = library.order("government_brief", slugs=("george-physician",), most_per_story=1, changed=changed)
    passages = tuple(
        library.passage(replace(p.cleared, recording=replace(p.cleared.recording, original_name="IMG_4711.mp4")),
                        said, p.consents) for p in found.passages
    )
    return replace(found, passages=passages)


def written(tmp_path, order, media=None, media_of=library.media_of):
    WordBrief().write(library.BRIEF, order, tmp_path / "brief.docx", library.Quiet())
    library.OneSize(media).write(library.KIT, order, tmp_path / "kit", media_of, library.Quiet())
    return tmp_path


@pytest.mark.parametrize("said", ["", SPOKEN], ids=["quiet", "says it all"])
@pytest.mark.parametrize(("level", "wishes", "hidden"), [
    (Attribution.ANONYMOUS, None, (*NAMES, *EMPLOYER, *PLACES, "physician", "médecin")),
    (Attribution.ROLE_ONLY, None, (*NAMES, *EMPLOYER, *PLACES)),
    (Attribution.ROLE_AND_PLACE, None, (*NAMES, *EMPLOYER)),
    (Attribution.ROLE_AND_PLACE, Wishes(place=False), (*NAMES, *EMPLOYER, *PLACES)),
    (Attribution.ROLE_AND_ORGANIZATION, None, (*NAMES, *PLACES)),
    (Attribution.ROLE_AND_ORGANIZATION, Wishes(organization=False), (*NAMES, *EMPLOYER, *PLACES)),
    (Attribution.FIRST_NAME, None, ("Campbell", *EMPLOYER)),
    (Attribution.FULL_NAME, Wishes(place=False), (*EMPLOYER, *PLACES)),
    (Attribution.FULL, Wishes(place=False, organization=False), (*EMPLOYER, *PLACES)),
])  # fmt: skip
def test_nothing_more_is_told_than_level_and_person_allow(tmp_path, level, wishes, hidden, said):
    here = written(tmp_path, an_order(level, wishes, said))
    hidden = [word for word in hidden if word not in ("physician", "médecin")]
    assert where_it_says(here, *hidden, *FILE) == []


def every_part(tmp_path, order):
    """Write a kit with all its parts, zipped, and a site."""
    parts = {str(part): order.passages for part in PART_USES}
    kit = replace(library.KIT, parts=tuple(Part))
    library.OneSize().write(kit, replace(order, parts=parts), tmp_path / "kit", library.media_of, library.Quiet())
    (tmp_path / "out").mkdir()
    KitBundler().zip(tmp_path / "kit", tmp_path / "out" / "kit.zip", library.Quiet())
    site = Site(Twin("Voices", "Voix"), Twin("Harbour", "Havre"))
    FolderSite(library.StandInMedia()).write(site, order, tmp_path / "out" / "site", library.media_of, library.Quiet())
    return tmp_path / "out"


@pytest.mark.parametrize(("level", "told", "hidden"), [
    (Attribution.FULL, ("Campbell", "Lakeview"), ()),
    (Attribution.FIRST_NAME, ("George", "garden"), ("Campbell", *EMPLOYER)),
    (Attribution.ROLE_ONLY, ("family physician", "garden"), (*NAMES, *EMPLOYER, *PLACES)),
])
def test_slides_print_radio_and_site_tell_no_more_either(tmp_path, level, told, hidden):
    order = an_order(level, said=SPOKEN)
    here = every_part(tmp_path, order)
    assert where_it_says(here, *hidden, *FILE) == []
    places = {place for word in told for place in where_it_says(here, word)}
    rooms = ["08_print/handout.en.pdf", "08_print/handout.en.docx", "slides.en.pptx", "site/en/", "words.js"]
    heard = ["09_radio/script.en.docx", "site/media/"] if level is Attribution.FULL else []
    for room in (*rooms, *heard):
        assert any(room in place for place in places), room
    assert heard or not [where for where, _ in everything_in(here)
                         if where.endswith((".wav", ".mp3", ".mp4")) and "reel" not in where]


@pytest.mark.parametrize("level", [Attribution.FULL])
def test_what_may_be_told_is_told(tmp_path, level):
    here = written(tmp_path, an_order(level, said=SPOKEN))
    for word in ("George Campbell", *EMPLOYER, "Nova Scotia"):
        assert where_it_says(here, word), word


def test_of_who_has_no_name_not_even_the_kind_of_work_is_told(tmp_path):
    here = written(tmp_path, an_order(Attribution.ANONYMOUS))
    said = dict(everything_in(here))
    table = said["brief.docx, word/document.xml"]
    assert "stakeholder, not told" in table
    assert "Physician<" not in table and ">Link worker<" not in table
    assert "A family physician" not in "".join(said.values())


def test_a_real_film_and_its_pictures_tell_nothing_of_their_source(tmp_path):
    source = made(tmp_path / "IMG_4711.mp4", "-i", library.media_file("george-physician"), "-t", 20, "-c", "copy",
                  "-metadata", "title=Dr. George Campbell", "-metadata", "artist=Lakeview Family Health Team",
                  "-metadata", "location=+45.36-063.27/", "-metadata", "comment=interview at home, Truro")
    (tmp_path / "out").mkdir()
    here = written(tmp_path / "out", an_order(Attribution.ROLE_ONLY), FfmpegMedia(), lambda _: source)
    films = [where for where, _ in everything_in(here) if where.endswith(".mp4, metadata")]
    assert len(films) == 2
    assert where_it_says(here, *NAMES, *EMPLOYER, *PLACES, *FILE, "+45.36") == []
    assert where_it_says(source, "Campbell"), "the test can see it where it is"


@pytest.mark.parametrize(("materials", "clips", "still"), [
    ((Material.QUOTE,), False, False),
    ((Material.QUOTE, Material.AUDIO), False, False),
    ((Material.QUOTE, Material.STILL), False, True),
    ((Material.QUOTE, Material.CLIP), True, False),
    ((Material.QUOTE, Material.VIDEO), True, False),
    ((Material.QUOTE, Material.CLIP, Material.STILL), True, True),
])
def test_only_the_materials_agreed_to_go_out(tmp_path, materials, clips, still):
    order = library.order("government_brief", slugs=("amina-link-worker",), most_per_story=1)
    passages = [replace(p, cleared=replace(p.cleared, materials=frozenset(materials))) for p in order.passages]
    media = library.StandInMedia()
    here = written(tmp_path, replace(order, passages=tuple(passages)), media)
    assert (here / "kit" / "04_clips").exists() is clips
    assert bool(media.cuts) is clips
    assert bool(media.stills) is still


@pytest.mark.parametrize(("wishes", "clips", "still"), [
    (Wishes(voice=False), False, True),
    (Wishes(face=False), True, False),
    (Wishes(face=False, voice=False), False, False),
])
def test_face_and_voice_are_each_their_own_answer(tmp_path, wishes, clips, still):
    def changed(circle):
        return replace(circle, consents=(replace(circle.consents[0], wishes=wishes),))

    order = library.order("government_brief", slugs=("amina-link-worker",), most_per_story=1, changed=changed)
    media = library.StandInMedia()
    written(tmp_path, order, media)
    assert bool(media.cuts) is clips
    assert bool(media.stills) is still
    assert {cut.picture for cut in media.cuts} <= {False}


def test_a_cut_of_words_only_shows_no_picture():
    passage: Passage = library.order("government_brief", slugs=("amina-link-worker",)).passages[0]
    still_only = replace(passage.cleared, materials=frozenset({Material.QUOTE, Material.AUDIO, Material.STILL}))
    assert passage.cut().picture
    assert not replace(passage, cleared=still_only).cut().picture


@pytest.mark.parametrize("write", [
    lambda order, to: WordBrief().write(
        replace(library.BRIEF, messages=("As GEORGE  Campbell says: trust.",)), order, to / "made.docx",
        library.Quiet()),
    lambda order, to: FolderSite(library.StandInMedia()).write(
        Site(Twin("Voices", "Voix"), messages=(Twin("", "Comme le dit George Campbell."),)), order, to / "made",
        library.media_of, library.Quiet()),
], ids=["brief", "site"])  # fmt: skip
def test_an_author_who_names_somebody_hidden_is_refused_and_nothing_is_left(tmp_path, write):
    with pytest.raises(Refused, match="Your own words name somebody who may not be named"):
        write(an_order(Attribution.ROLE_ONLY), tmp_path)
    assert list(tmp_path.iterdir()) == []
    write(an_order(Attribution.FULL), tmp_path)
    assert list(tmp_path.iterdir()) != []


def test_an_author_cannot_name_somebody_who_withdrew_and_a_first_name_alone_stops_nobody(tmp_path):
    brief = replace(library.BRIEF, messages=("Margaret Leblanc walks again.",))
    order = library.order("government_brief", slugs=("amina-link-worker",))
    with pytest.raises(Refused, match="Your own words name somebody who may not be named"):
        WordBrief().write(brief, replace(order, withdrawn=("Margaret Leblanc",)), tmp_path / "made.docx",
                          library.Quiet())
    WordBrief().write(brief, replace(order, withdrawn=("Margaret",)), tmp_path / "made.docx", library.Quiet())
    assert (tmp_path / "made.docx").is_file()


@pytest.mark.parametrize(("materials", "shown"), [((Material.CLIP, Material.STILL), True), ((Material.CLIP,), False)])
def test_a_film_stands_on_a_slide_without_a_picture_of_who_agreed_to_films_alone(tmp_path, materials, shown):
    order = library.order("government_brief", slugs=("amina-link-worker",), most_per_story=1)
    (one,) = order.passages
    held = replace(one, cleared=replace(one.cleared, materials=frozenset({Material.QUOTE, *materials})))
    order = library.with_part(replace(order, passages=(held,)), "events")
    events.pack(Packing(Parcel(library.KIT, order), tmp_path, library.StandInMedia(), library.media_of,
                        library.Quiet()))
    with zipfile.ZipFile(tmp_path / "10_events" / "slides.en.pptx") as deck:
        pictures = [Image.open(io.BytesIO(deck.read(name))) for name in deck.namelist() if name.endswith(".png")]
    assert pictures
    plain = [picture for picture in pictures if len(picture.convert("RGB").getcolors(10**7)) == 1]
    assert bool(plain) is shown, "the still of a film"


def test_a_site_is_not_searched_by_words_that_were_left_out_of_a_quote_that_is_only_read(tmp_path):
    order = library.order("website", slugs=("amina-link-worker",), most_per_story=1)
    (one,) = order.passages
    cleared = replace(one.cleared, materials=frozenset({Material.QUOTE}), wording="Trust […].",
                      quote=replace(one.cleared.quote, text="Trust is what my daughter Emilia gave."))
    order = replace(order, passages=(replace(one, cleared=cleared),))
    FolderSite(library.StandInMedia()).write(Site(Twin("Voices", "Voix")), order, tmp_path / "site", library.media_of,
                                             library.Quiet())
    assert where_it_says(tmp_path, "Emilia") == []
