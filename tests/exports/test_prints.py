"""Print: pages a printer can use: cut and bleed are told, letters are letters, and every quote keeps its credit."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from exports.cards import sizes
from exports.cards.layout import laid_out
from exports.cards.marks import Letters
from exports.cards.theme import HOUSE, shipped
from exports.kits.assets import Parcel
from exports.kits.packing import Packing
from exports.prints import pack
from exports.prints.handout import quotes_for, write_pages
from exports.prints.pdf import Format, Pages
from exports.typefaces import Typeface
from storybank.domain.attribution import Attribution
from storybank.domain.draft import Part
from tests.exports import library
from tests.exports.test_cards import FOUR_HUNDRED, STILL, a_card
from tests.validators import assert_valid

SLUGS = ("amina-link-worker", "priya-community-partner", "helen-funder")


def of_mm(width, height, bleed=0.0):
    return Format(*(side / 25.4 * 72 for side in (width, height, bleed)))


def packed(folder, order, kit=library.FULL_KIT):
    folder.mkdir()
    order = order if order.parts else library.with_part(order, Part.PRINT.value)
    packing = Packing(Parcel(kit, order), folder, library.StandInMedia(), library.media_of, library.Quiet())
    pack.pack(packing)
    return packing


@pytest.fixture(scope="module")
def order():
    return library.order("print", slugs=SLUGS, most_per_story=2)


@pytest.fixture(scope="module")
def packing(order, tmp_path_factory):
    return packed(tmp_path_factory.mktemp("prints") / "kit", order)


@pytest.fixture(scope="module")
def cards(packing):
    return sorted((packing.folder / "08_print" / "cards").glob("*.pdf"))


def text_of(file):
    with pypdfium2.PdfDocument(file) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf).replace("\xa0", " ")


def flat(text):
    return re.sub(r"\s+", " ", text)


def made_of(marks, page, ground="FFFFFF", scale=72 / 300):
    pages, into = Pages("A title", "Somebody", "A subject", "en"), io.BytesIO()
    pages.add(marks, page, ground, scale)
    pages.save(into)
    return into


def test_every_quote_has_a_file_of_cards_in_each_language_and_a_handout_as_word_and_pdf(packing, order):
    names = {asset.path for asset in packing.assets}
    for passage in order.passages:
        code = passage.cleared.quote.code.lower()
        assert f"08_print/cards/rural-access_{code}_en_print.pdf" in names
        assert f"08_print/cards/rural-access_{code}_fr_print.pdf" in names
    for language in ("en", "fr"):
        assert {f"08_print/handout.{language}.{end}" for end in ("docx", "pdf")} <= names
    on_disk = {path.relative_to(packing.folder).as_posix() for path in packing.folder.rglob("*") if path.is_file()}
    assert on_disk == names


def test_pages_tell_where_to_cut_and_how_far_colour_goes(cards):
    with pikepdf.open(cards[0]) as pdf:
        assert len(pdf.pages) == 2
        for page, (wide, high) in zip(pdf.pages, ((105, 148), (215.9, 279.4)), strict=True):
            trim, bleed, media = (list(map(float, page[name])) for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
            assert trim[2] - trim[0] == pytest.approx(wide / 25.4 * 72, abs=0.5)
            assert trim[3] - trim[1] == pytest.approx(high / 25.4 * 72, abs=0.5)
            assert trim[0] - bleed[0] == pytest.approx(3 / 25.4 * 72, abs=0.01)
            assert media[2] > bleed[2] > trim[2]


def test_colour_at_the_edge_goes_on_into_the_bleed_and_crop_marks_stay_outside():
    file = made_of(laid_out(a_card(), sizes.POSTCARD, shipped("print")), of_mm(105, 148, 3))
    with pypdfium2.PdfDocument(file) as pdf:
        picture = pdf[0].render(scale=4).to_pil().convert("RGB")
    mm = 72 / 25.4 * 4
    edge = round(9 * mm)
    assert picture.getpixel((edge + round(1 * mm), picture.height // 2)) == (0x8A, 0x61, 0x00)
    assert picture.getpixel((edge - round(1 * mm), picture.height // 2)) == (255, 255, 255)
    marked = picture.crop((0, 0, edge - 4, picture.height)).convert("L").point(lambda value: value < 200 and 255)
    assert marked.getbbox() is not None


def test_fonts_are_embedded_and_the_file_says_its_title_and_language(cards, packing):
    for file in (cards[0], packing.folder / "08_print" / "handout.fr.pdf"):
        with pikepdf.open(file) as pdf:
            assert str(pdf.Root.Lang) in ("en-CA", "fr-CA")
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            assert str(pdf.docinfo["/Title"])
            fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
            assert fonts
            for one in fonts:
                if str(one.BaseFont) != "/Helvetica":
                    assert "/FontFile2" in one.FontDescriptor


def test_every_card_keeps_words_credit_number_permission_and_last_day(cards, order):
    for passage in order.passages:
        (file,) = [one for one in cards if f"{passage.cleared.quote.code.lower()}_en" in one.name]
        text = flat(text_of(file))
        assert flat(passage.cleared.quote.text.split(",")[0]).replace("'", "’") in text
        for part in (passage.cleared.quote.code, "Used with permission", "Use until"):
            assert text.count(part) == 2, part


def test_letters_that_flow_together_are_read_as_they_were_written():
    file = made_of(laid_out(a_card("The first office offers a final flow."), sizes.POSTCARD, HOUSE), of_mm(105, 148))
    assert "“The first office offers a final flow.”" in flat(text_of(file))


def test_a_name_from_right_to_left_is_drawn_and_its_words_are_kept():
    file = made_of(laid_out(a_card(credit=("نور الحسين", "Link worker")), sizes.POSTCARD, HOUSE), of_mm(105, 148))
    with pikepdf.open(file) as pdf:
        stream = b"".join(bytes(part.read_bytes()) for part in _contents(pdf.pages[0]))
        assert "نور".encode("utf-16-be").hex().encode() in stream
        assert len(pdf.pages[0].get_images()) == 1


def test_a_line_that_is_drawn_covers_nothing_above_it():
    one, two = "the joy of giving", "n̓səl̓ x̌ʷ"
    above, below = (Letters(20, y, text, Typeface.QUOTE, 60, "000000") for y, text in ((100, one), (150, two)))
    seen = []
    for marks in ([above], [above, below]):
        with pypdfium2.PdfDocument(made_of(marks, of_mm(105, 40), scale=0.5)) as pdf:
            seen.append(pdf[0].render(scale=2).to_pil().convert("L"))
    alone, together = seen
    assert ImageChops.darker(alone, together).tobytes() == together.tobytes()


def test_a_long_quote_and_a_face_make_a_page():
    picture = STILL.resize((1280, 720))
    file = made_of(laid_out(a_card(FOUR_HUNDRED, face=picture), sizes.POSTER, HOUSE), of_mm(215.9, 279.4, 3))
    with pypdfium2.PdfDocument(file) as pdf:
        seen = pdf[0].render(scale=0.5).to_pil().convert("RGB").getcolors(10**6)
    assert (200, 30, 30) in {colour for _, colour in seen}


def test_the_same_pages_are_the_same_bytes(packing, order, tmp_path):
    again = packed(tmp_path / "kit", replace(order, passages=order.passages[:1]))
    for asset in [one for one in again.assets if "/cards/" in one.path]:
        assert (packing.folder / asset.path).read_bytes() == (again.folder / asset.path).read_bytes(), asset.path


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_handout_has_its_messages_three_to_five_voices_and_how_to_reach_us(packing, language):
    file = packing.folder / "08_print" / f"handout.{language}.pdf"
    text = flat(text_of(file))
    assert {"en": "Trust takes longer than a grant.", "fr": "La confiance prend plus de temps"}[language] in text
    assert 3 <= len(set(re.findall(r"Q-\d{4}", text))) <= 5
    assert "stories@example.ca" in text
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) <= 2


def test_the_handout_in_word_is_valid_and_made_for_everybody(packing):
    assert_valid(packing.folder / "08_print" / "handout.en.docx")


def test_long_quotes_leave_fewer_voices_rather_than_a_third_page(order, tmp_path):
    long = library.with_text(order, FOUR_HUNDRED.replace('"', ""))
    parcel, to = Parcel(library.FULL_KIT, long), tmp_path / "handout.pdf"
    write_pages(parcel, quotes_for(parcel, long.passages, "en"), "en", to)
    with pikepdf.open(to) as pdf:
        assert len(pdf.pages) <= 2


def test_nobody_is_named_who_may_not_be(order, tmp_path):
    few = replace(order, passages=order.passages[::2])
    packing = packed(tmp_path / "kit", library.with_level(few, Attribution.ROLE_ONLY))
    for file in packing.folder.rglob("*.pdf"):
        with pikepdf.open(file) as pdf:
            text = text_of(file) + " ".join(map(str, pdf.docinfo.values()))
        for name in ("Diallo", "Sharma", "Tremblay"):
            assert name not in text, file.name


def test_where_nobody_may_be_printed_a_page_says_so(order, tmp_path):
    folder = tmp_path / "kit"
    folder.mkdir()
    packing = Packing(Parcel(library.KIT, replace(order, parts={})), folder, library.StandInMedia(), library.media_of,
                      library.Quiet())
    pack.pack(packing)
    assert {asset.path for asset in packing.assets} == {
        "08_print/nothing-to-print.en.txt", "08_print/nothing-to-print.fr.txt"}


def _contents(page):
    contents = page.Contents
    return contents if isinstance(contents, pikepdf.Array) else [contents]
