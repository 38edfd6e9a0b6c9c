"""Cards: the words are the picture, the face only by consent, and nothing else inside the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from exports.cards import card as cards
from exports.cards import fitting
from exports.palette import INK, PAPER, PRIMARY, SOFT, WASH, block_colour, contrast
from exports.typefaces import Typeface, face_for, settable, width_of
from storybank.domain.vocabulary import BUILDING_BLOCKS

SIZES = (cards.PORTRAIT, cards.SQUARE, cards.WIDE)
LONG = "We walked & talked <slowly> and \"learned\" what matters to people in our town 🌱 = more than once. " * 4


def a_card(text="One good number beside one true story is what moves a board.", language="en", face=None):
    return cards.Card(text, language, ("A private funder", "Northern Light Foundation"), "Measure impact",
                      block_colour("measure"), "Voices of Social Prescribing · Q-0063 · Used with permission", face)


def measure(line, size):
    return width_of(line, Typeface.QUOTE, size)


def ink_box(picture):
    """Return where the picture differs from its paper, below the band."""
    band = round(min(picture.size) * 0.022) + 1
    below = picture.crop((0, band, *picture.size))
    paper = Image.new("RGB", below.size, below.getpixel((0, below.height - 1)))
    return ImageChops.difference(below, paper).getbbox()


def colours_in(picture):
    return {colour for _, colour in picture.getcolors(picture.width * picture.height)}


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("text", ["Listen.", "One good number beside one true story is what moves.", LONG, LONG * 6])
def test_every_quote_fits_its_frame_with_air_round_it(size, text):
    left, _top, right, bottom = ink_box(cards.draw(a_card(text), size))
    margin = size.short * 0.09
    assert left >= margin * 0.3
    assert right <= size.width - margin + 2
    assert bottom <= size.height - margin * 0.5


@pytest.mark.parametrize("text", [" ".join(["trust"] * n) for n in (3, 9, 14, 21, 33, 60)])
def test_the_last_line_is_never_forgotten(text):
    setting = fitting.largest(text, 886, 900, (47.5, 140), measure)
    widths = [measure(line, setting.size) for line in setting.lines]
    assert len(widths) == 1 or widths[-1] >= max(widths) / 3
    assert " ".join(setting.lines) == text


def test_short_words_are_set_larger_than_long_ones():
    short = fitting.largest("Trust is the first prescription.", 886, 900, (47.5, 140), measure)
    long = fitting.largest(LONG, 886, 900, (47.5, 140), measure)
    assert 47.5 <= long.size < short.size <= 140


def test_a_quote_too_long_for_any_size_is_cut_and_says_so():
    setting = fitting.largest(LONG * 8, 886, 900, (47.5, 140), measure)
    assert setting.lines[-1].endswith("[…]")
    assert len(setting.lines) * setting.size * fitting.LEADING <= 900


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=120))
def test_any_words_at_all_make_a_card(text):
    assert cards.draw(a_card(text), cards.WIDE).size == (1200, 675)


def test_french_hangs_its_own_mark_and_stays_on_the_paper():
    left, *_ = ink_box(cards.draw(a_card("La confiance est le premier médicament.", "fr"), cards.WIDE))
    assert left >= 15


def test_a_face_changes_the_card_only_where_one_is_given():
    still = Image.new("RGB", (640, 360), (200, 30, 30))
    for size in SIZES:
        with_face, without = cards.draw(a_card(face=still), size), cards.draw(a_card(), size)
        assert (200, 30, 30) in colours_in(with_face), size
        assert (200, 30, 30) not in colours_in(without), size


def test_names_in_other_scripts_are_set_and_emoji_leave_no_empty_box():
    assert face_for("ᐃᓄᒃᑎᑐᑦ", Typeface.STRONG) is Typeface.WORLD
    assert face_for("Amélie Nguyễn", Typeface.STRONG) is Typeface.STRONG
    assert settable("We grow 🌱 together", Typeface.QUOTE) == "We grow together"


def test_the_same_card_is_the_same_file(tmp_path):
    facts = {"dc:title": "Q-0063", "dc:rights": "A & B"}
    for name in ("one.png", "two.png"):
        cards.save(cards.draw(a_card(), cards.SQUARE), tmp_path / name, facts)
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()
    with Image.open(tmp_path / "one.png") as picture:
        assert "A &amp; B" in picture.info["XML:com.adobe.xmp"]


@pytest.mark.parametrize("text", ["Listen.", LONG, LONG * 5])
def test_alt_text_is_short_enough_everywhere_and_says_who_speaks(text):
    alt = cards.alt_text(text, "en", "A private funder, Northern Light Foundation")
    assert len(alt) <= 250
    assert alt.endswith("— A private funder, Northern Light Foundation.")


def test_every_pair_of_colours_can_be_read():
    grounds = [(PAPER, colour) for colour in (INK, SOFT, *(block_colour(code.key) for code in BUILDING_BLOCKS))]
    grounds += [("FFFFFF", colour) for _, colour in grounds] + [(WASH, INK), (WASH, PRIMARY)]
    assert [pair for pair in grounds if contrast(*pair) < 4.5] == []
