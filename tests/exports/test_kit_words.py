"""What the author of a kit wrote, in its papers and pages: theirs only, set with care, never taken for markup."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import replace
from html import escape

import docx
import pytest

from exports.kits import prose
from exports.kits.press import lived_voices
from exports.reading.outside import OutsideReader
from exports.typography import tidy
from storybank.domain.twin import Twin
from storybank.words import Words
from tests.browser import violations
from tests.exports import library
from tests.validators import audit_remarks, lint_remarks

MARKUP = '<script>alert("x")</script> & <b>=1+1</b> 😀 «oui»'


@pytest.fixture(scope="module")
def order():
    found = library.order("government_brief", slugs=("amina-link-worker", "george-physician", "marie-intervenante"),
                          most_per_story=1)
    return replace(found, uses=(*found.uses, library.USE["website"], library.USE["media"]))


@pytest.fixture(scope="module")
def kit(order, tmp_path_factory):
    to = tmp_path_factory.mktemp("kits") / "kit"
    library.OneSize().write(library.FULL_KIT, order, to, library.media_of, library.Quiet())
    return to


def lines(file):
    return [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]


# ---- papers ---------------------------------------------------------------------------------------------------------


def test_there_is_a_paper_for_each_thing_the_author_wrote_in_each_language(kit):
    assert sorted(path.relative_to(kit).as_posix() for path in kit.rglob("*.docx")) == sorted(
        f"{name}.{language}.docx" for language in ("en", "fr") for name in (
            "01_messages/key-messages", "01_messages/talking-points", "01_messages/questions-answers", "02_posts/posts",
            "05_media/media-release", "05_media/backgrounder",
        )
    )  # fmt: skip
    assert {path.name for path in (kit / "06_partners").iterdir()} == {
        "newsletter.en.txt", "newsletter.fr.txt", "email.en.txt", "email.fr.txt", "web-embed.html",
    }


def test_what_was_not_written_has_no_paper_and_nothing_is_made_up(tmp_path, order):
    bare = replace(library.FULL_KIT, sections={}, asks=(), spokespeople=(), messages=(Twin("Trust takes time."),))
    library.OneSize().write(bare, replace(order, passages=order.passages[:1]), tmp_path / "kit", library.media_of,
                            library.Quiet())
    assert {path.name for path in (tmp_path / "kit" / "01_messages").iterdir()} == {
        "key-messages.en.docx", "talking-points.en.docx",
    }
    assert not (tmp_path / "kit" / "05_media").exists()


def test_every_word_file_is_valid_and_can_be_read_by_everybody(kit):
    for file in sorted(kit.rglob("*.docx")):
        assert [*audit_remarks(file), *lint_remarks(file, warnings=True)] == [], file.name


def test_a_release_has_place_day_lead_one_lived_voice_who_we_are_contact_and_an_end(kit):
    said = lines(kit / "05_media" / "media-release.en.docx")
    assert said[0] == "Coalition asks for five\u00a0years"
    assert "HALIFAX, November\u00a023, 2026 — A coalition asks for five years of funding today." in said
    assert [line for line in said if line.startswith("— ")] == ["— Amina Diallo, Link worker, Ontario (Q-0011)"]
    assert "We gather voices." in said and "Nadia Roy, Director, English, français, 902-555-0199" in said
    assert said[-1] == "-30-"


def test_a_kit_that_is_not_for_the_media_has_no_voice_in_its_release(tmp_path, order):
    government = replace(order, uses=order.uses[:1], passages=order.passages[:1])
    library.OneSize().write(library.FULL_KIT, government, tmp_path / "kit", library.media_of, library.Quiet())
    assert not [line for line in lines(tmp_path / "kit" / "05_media" / "media-release.en.docx") if "Q-0011" in line]
    assert not (tmp_path / "kit" / "06_partners" / "web-embed.html").exists()
    assert "Amina" not in (tmp_path / "kit" / "06_partners" / "email.en.txt").read_text("utf-8")
    readme = (tmp_path / "kit" / "README.txt").read_text("utf-8")
    assert "No voice in the media release" in readme and "No quotes for your own website" in readme


def test_a_quote_that_may_go_to_the_media_by_its_part_may_stand_in_the_release(tmp_path, order):
    from exports.kits.assets import Parcel
    from exports.kits.packing import Packing

    part = library.with_part(replace(order, uses=order.uses[:1]), "podcast", "Q-0021")
    packing = Packing(Parcel(library.FULL_KIT, part), tmp_path, library.StandInMedia(), library.media_of,
                      library.Quiet())
    assert [passage.cleared.quote.code for passage in lived_voices(packing)] == ["Q-0021"]


def test_a_message_names_a_quote_and_its_source(kit):
    said = lines(kit / "01_messages" / "key-messages.en.docx")
    assert "A choir can do what a pill cannot (Q-0011)." in said
    assert "[1] Kadowaki et al. (2024). Reach. https://example.ca/k" in said
    assert "La confiance prend plus de temps qu’une subvention. [1]" in lines(
        kit / "01_messages" / "key-messages.fr.docx")


def test_the_authors_words_are_never_markup_nor_a_formula(tmp_path, order):
    hostile = replace(library.FULL_KIT, title=MARKUP, titles=Twin(MARKUP, MARKUP), organization="=cmd()",
                      messages=(Twin(MARKUP, MARKUP),), sections={key: Twin(MARKUP, MARKUP) for key in
                                                                 library.FULL_KIT.sections})
    to = tmp_path / "kit"
    library.OneSize().write(hostile, replace(order, passages=order.passages[:1]), to, library.media_of, library.Quiet())
    for page in to.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "<script>alert" not in text and "<b>=1+1" not in text, page
    for table in to.rglob("*.csv"):
        with table.open(encoding="utf-8-sig", newline="") as stream:
            assert not [cell for row in csv.reader(stream) for cell in row if cell[:1] in "=+-@" and cell], table


def test_prose_is_paragraphs_items_and_pointers():
    found = prose.blocks("One\nline\n\n- first\n- second\nlast")
    assert [(one.text, one.is_item) for one in found] == [
        ("One line", False), ("first", True), ("second", True), ("last", False),
    ]
    assert prose.pointing("She said it [Q-0011], he did not [Q-0099].", {"Q-0011"}) == \
        "She said it (Q-0011), he did not."
    assert prose.notes_in(["a [2]", "b [1] [2]"]) == [1, 2]
    assert [question for question, _ in prose.questions("Why?\nBecause.\n\nHow?\nSo.")] == ["Why?", "How?"]


# ---- pages ----------------------------------------------------------------------------------------------------------


def test_the_gallery_is_accessible_filters_and_asks_nobody(kit, browser_page):
    page = browser_page
    for name in ("README.html", "07_gallery/index.html", "07_gallery/index.fr.html",
                 "_manifest/accessibility-report.html", "06_partners/web-embed.html"):
        page.goto((kit / name).as_uri())
        assert violations(page) == [], name
    assert all(url.startswith("file:") for url in page.asked)
    page.goto((kit / "07_gallery" / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.fill("#words", "medicament")
    assert [one.get_attribute("id") for one in page.locator(".kit-quote:not([hidden])").all()] == ["q-0071"]
    assert page.locator(".found").inner_text() == "1 of 3 quotes"
    page.fill("#words", "nothing of the kind")
    assert page.locator(".found").inner_text() == "No quote fits."
    page.fill("#words", "")
    assert page.locator("#q-0011 video").get_attribute("poster") == "../04_clips/q-0011/q-0011_thumb.jpg"
    assert page.evaluate("document.querySelector('#q-0011 .cards img').naturalWidth") == 1080
    page.locator("a.other").click()
    assert page.evaluate("document.documentElement.lang") == "fr-CA"


def test_the_report_says_what_was_checked_and_what_was_not(kit):
    report = (kit / "_manifest" / "accessibility-report.html").read_text("utf-8")
    pictures = len([*kit.rglob("*.png"), *kit.rglob("*.jpg")])
    assert f"Pictures: each has an alt text of at most 250 characters</th><td>{pictures}</td>" in report
    for language in ("en", "fr"):
        assert report.count(escape(tidy(Words(language)("All as they should be."), language))) >= 7
    assert "To be mended" not in report
    assert "Nobody listened to it with a screen reader" in report


# ---- found again ----------------------------------------------------------------------------------------------------


def test_a_kit_that_lies_about_outside_is_found_again_by_its_codes_and_checksums(kit, order):
    found = OutsideReader().read(kit, library.Quiet())
    assert {passage.cleared.quote.code for passage in order.passages} | {"E-0007"} <= found.identifiers
    known = {digest for _, digest in found.files}
    for line in (kit / "_manifest" / "manifest-sha256.txt").read_text().splitlines():
        assert line.split("  ")[0] in known
    card = kit / "_manifest" / "kit.json"
    assert hashlib.sha256(card.read_bytes()).hexdigest() in known and json.loads(card.read_text())["draft"] == ""
