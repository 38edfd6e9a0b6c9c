"""Cards: the words are the picture, the face only by consent, and every size keeps its words where they are seen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from exports.cards import card as cards
from exports.cards import fitting, sizes
from exports.cards.composing import alt_of, alt_text, card_of, face_of, full_alt_of
from exports.cards.layout import laid_out, within_quotation
from exports.cards.marks import Letters, Still
from exports.cards.theme import HOUSE, SHIPPED, Align, LogoPlace, shipped
from exports.palette import INK, PAPER, PRIMARY, SOFT, WASH, block_colour, contrast
from exports.typefaces import Typeface, face_for, prepared, settable, width_of
from exports.typography import NBSP
from storybank.domain.attribution import Attribution
from storybank.domain.quote import Translation
from storybank.domain.vocabulary import BUILDING_BLOCKS
from tests.exports import library

LONG = "We walked & talked <slowly> and \"learned\" what matters to people in our town 🌱 = more than once. " * 4
FOUR_HUNDRED = LONG[:400].strip()
STILL = Image.new("RGB", (640, 360), (200, 30, 30))
EVERY = (*sizes.ONLINE, *sizes.PRINT)


def a_card(text="One good number beside one true story is what moves a board.", language="en", face=None, **more):
    card = cards.Card(text, language, ("A private funder", "Northern Light Foundation"), "Measure impact",
                      block_colour("measure"), "Voices of Social Prescribing · Q-0063 · Used with permission", face)
    return replace(card, **more)


def said(card, size, theme=HOUSE):
    """Return the lines of the quote on a card."""
    return [mark for mark in laid_out(card, size, theme) if isinstance(mark, Letters) and mark.said]


def told(card, size, theme=HOUSE):
    """Return everything that can be read on a card."""
    return " ".join(mark.text for mark in laid_out(card, size, theme) if isinstance(mark, Letters))


def right_of(mark):
    return mark.x + width_of(mark.text, mark.face, mark.size) + len(mark.text) * mark.size * mark.spacing


def ink_box(picture, theme=HOUSE):
    """Return where the picture differs from its paper, below the band."""
    band = round(min(picture.size) * 0.03) + 1
    below = picture.crop((0, band, *picture.size))
    paper = Image.new("RGB", below.size, below.getpixel((below.width - 1, below.height - 1)))
    left, top, right, bottom = ImageChops.difference(below, paper).getbbox()
    return left, top + band, right, bottom + band


def colours_in(picture):
    return {colour for _, colour in picture.getcolors(picture.width * picture.height)}


# ---- every size ----------------------------------------------------------------------------------------------------


def test_there_is_every_size_that_platforms_and_printers_ask_for():
    assert [str(size) for size in sizes.ONLINE] == [
        "1080x1350", "1080x1080", "1080x1920", "1200x675", "1200x627", "1200x630"]
    assert [(round(one.width * 0.254 / 3), round(one.height * 0.254 / 3)) for one in sizes.PRINT] == [
        (105, 148), (216, 279)]


@pytest.mark.parametrize("size", EVERY, ids=str)
@pytest.mark.parametrize("text", ["Listen.", FOUR_HUNDRED, LONG * 6], ids=["short", "400", "endless"])
@pytest.mark.parametrize("face", [None, STILL], ids=["words", "face"])
def test_all_words_stay_where_they_are_seen(size, text, face):
    keep = size.keep
    for mark in laid_out(a_card(text, face=face), size, HOUSE):
        if isinstance(mark, Letters):
            assert mark.x >= min(keep.left, size.edge or keep.left) - 1, mark
            assert right_of(mark) <= size.width - keep.right + 2, mark
            assert mark.y - mark.size * 0.75 >= keep.top - 1, mark
            assert mark.y + mark.size * 0.2 <= size.height - keep.bottom + 6, mark


@pytest.mark.parametrize("size", EVERY, ids=str)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_quote_is_never_smaller_than_can_be_read_on_a_telephone(size, name):
    for text in ("Listen.", FOUR_HUNDRED, LONG * 6):
        lines = said(a_card(text, face=STILL), size, shipped(name))
        assert lines[0].size >= size.width * 48 / 1080 * 0.998
        assert lines[0].size <= size.short * 0.18


@pytest.mark.parametrize("size", [size for size in EVERY if size.height >= size.width], ids=str)
def test_four_hundred_characters_are_shown_whole(size):
    text = " ".join(line.text for line in said(a_card(FOUR_HUNDRED), size)[1:])
    assert "[…]" not in text
    assert text.rstrip("”").endswith(FOUR_HUNDRED.split()[-1])


@pytest.mark.parametrize("size", sizes.ONLINE, ids=str)
def test_a_quote_too_long_for_any_size_is_cut_and_says_so(size):
    lines = said(a_card(LONG * 8), size)
    assert lines[-1].text.endswith("[…]”")


def test_what_is_painted_stays_off_the_edges():
    for size in (sizes.PORTRAIT, sizes.WIDE, sizes.STORY):
        left, _top, right, bottom = ink_box(cards.draw(a_card(FOUR_HUNDRED), size))
        assert left >= min(size.edge or size.keep.left, size.keep.left) - 2
        assert right <= size.width - size.keep.right + 3
        assert bottom <= size.height - size.keep.bottom + 8


# ---- setting -------------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["a", "I", "trust", "is", "à", "the", "first", "prescription", "word", "[…]"]),
                min_size=2, max_size=45))
def test_the_last_line_is_never_forgotten(words):
    text = " ".join(words)
    frame = fitting.Frame(lambda _: 886.0, 980.0, 48, 138)
    setting = fitting.fitted(text, frame, lambda line, size: width_of(line, Typeface.QUOTE, size))
    assert setting is not None
    widths = [width_of(line, Typeface.QUOTE, setting.size) for line in setting.lines]
    assert len(widths) == 1 or widths[-1] >= max(widths) / 3 - 0.01
    assert max(widths) <= 886.01
    assert " ".join(setting.lines) == text


@pytest.mark.parametrize("text", [
    "Every link worker needs training, administrative support and someone to call at the end of a hard day.",
    "When I write a prescription for a community garden, I need to know that someone will answer the call.",
    "Nous demandons à la province de mesurer les résultats et de protéger la vie privée.",
])
def test_no_line_ends_in_a_lone_letter(text):
    for size in sizes.ONLINE:
        lines = [line.text for line in said(a_card(text), size)]
        assert [line for line in lines if line.split()[-1] in ("a", "I", "à")] == []


def test_short_words_are_set_larger_than_long_ones():
    short, long = (said(a_card(text), sizes.PORTRAIT)[0].size for text in ("Trust first.", FOUR_HUNDRED))
    assert 48 <= long < short <= 140


def test_the_opening_mark_hangs_and_all_rows_begin_where_the_quote_does():
    for language, text in (("en", "One good number."), ("fr", "La confiance est le premier médicament.")):
        for size in sizes.ONLINE:
            marks = [m for m in laid_out(a_card(text, language), size, HOUSE) if isinstance(m, Letters)]
            mark, *lines = [one for one in marks if one.said]
            assert mark.text in "“«"
            assert mark.x < lines[0].x
            assert {round(one.x, 2) for one in marks if one is not mark} == {round(lines[0].x, 2)}


def test_each_language_has_its_own_marks_with_their_hard_spaces():
    assert said(a_card("Oui : 45 $", "fr"), sizes.PORTRAIT)[-1].text == f"Oui{NBSP}: 45{NBSP}${NBSP}»"
    assert said(a_card("Yes"), sizes.PORTRAIT)[-1].text == "Yes”"


def test_quotation_marks_inside_others_are_of_the_second_rank():
    assert within_quotation('She said "come in" and “sit”.', "en") == "She said ‘come in’ and ‘sit’."
    assert within_quotation(f"Elle a dit «{NBSP}entrez{NBSP}».", "fr") == "Elle a dit “entrez”."
    assert within_quotation('A 5" pipe', "en") == 'A 5" pipe'


def test_names_in_other_scripts_are_set_and_emoji_leave_no_empty_box():
    assert face_for("ᐃᓄᒃᑎᑐᑦ", Typeface.STRONG) is Typeface.WORLD
    assert face_for("Amélie Nguyễn", Typeface.STRONG) is Typeface.STRONG
    assert settable("We grow 🌱 together", Typeface.QUOTE) == "We grow together"
    assert prepared("a pharmacy 🌱.", Typeface.QUOTE) == "a pharmacy."


def test_one_foreign_word_changes_its_own_letters_only():
    line = cards.draw(a_card("It is ᐃᓅᓯᖅ here"), sizes.PORTRAIT)
    assert line != cards.draw(a_card("It is here"), sizes.PORTRAIT)
    apart = width_of("It is ᐃᓅᓯᖅ here", Typeface.QUOTE, 100)
    assert apart == pytest.approx(width_of("It is  here", Typeface.QUOTE, 100) + width_of("ᐃᓅᓯᖅ", Typeface.WORLD, 100))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120), st.text(max_size=60))
def test_any_words_at_all_make_a_card(text, name):
    assert cards.draw(a_card(text, credit=(name,), face=STILL), sizes.WIDE).size == (1200, 675)


@pytest.mark.parametrize("name", ["نور الحسين", "דוד לוי", "ᐱᑕ ᐃᕐᓂᖅ", "šxʷhəleləm̓s", "A & <b>B</b>"])
def test_a_name_in_any_script_is_drawn(name):
    drawn = [cards.draw(a_card(credit=(who, "Link worker")), sizes.SQUARE) for who in (name, "x")]
    assert ImageChops.difference(*drawn).getbbox() is not None


# ---- credit and face -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("size", sizes.ONLINE, ids=str)
def test_no_theme_takes_away_credit_number_or_permission(name, size):
    for text in ("Listen.", LONG * 6):
        for change in ({}, {"align": Align.CENTRE, "logo": STILL, "logo_place": LogoPlace.TOP}, {"logo": STILL}):
            shown = told(a_card(text, face=STILL, notice="TK Attribution"), size, replace(shipped(name), **change))
            for part in ("A private funder", "Northern Light Foundation", "Q-0063", "Used with permission",
                         "TK Attribution"):
                assert part in shown


def test_a_face_changes_the_card_only_where_one_is_given():
    for size in sizes.ONLINE:
        with_face, without = cards.draw(a_card(face=STILL), size), cards.draw(a_card(), size)
        assert (200, 30, 30) in colours_in(with_face), size
        assert (200, 30, 30) not in colours_in(without), size


def test_no_words_lie_over_a_face():
    for size in EVERY:
        for text in ("Listen.", FOUR_HUNDRED):
            marks = laid_out(a_card(text, face=STILL), size, HOUSE)
            for still in [mark for mark in marks if isinstance(mark, Still)]:
                for line in [mark for mark in marks if isinstance(mark, Letters)]:
                    apart = (right_of(line) <= still.x or line.x >= still.x + still.width or line.y <= still.y
                             or line.y - line.size * 0.75 >= still.y + still.height)
                    assert apart, (size, line)


def test_only_who_agreed_to_a_picture_is_seen(monkeypatch):
    media = library.StandInMedia()
    order = library.order("government_brief", slugs=("amina-link-worker", "george-physician"), most_per_story=1)
    seen = {p.cleared.speaker.name: face_of(p, media, library.media_of) for p in order.passages}
    assert seen["Amina Diallo"] is not None
    assert seen["Dr. George Campbell"] is None
    assert media.stills == ["amina-link-worker.mp4"]


def test_a_translation_says_that_it_is_one_outside_the_quotation_marks():
    (passage,) = library.order("website", slugs=("amina-link-worker",), most_per_story=1).passages
    translated = Translation("fr", "La confiance d'abord.", "N. Roy", "2026-03-01")
    passage = replace(passage, cleared=replace(passage.cleared, translations=(translated,)))
    card = card_of(passage, "fr", ())
    assert (card.text, card.language, card.mark) == ("La confiance d'abord.", "fr", "[Traduction]")
    assert "[Traduction]" in told(card, sizes.SQUARE)
    assert f"«{NBSP}La confiance d’abord.{NBSP}» [Traduction] — " in alt_of(passage, "fr", ())


def test_a_card_tells_no_more_of_a_person_than_they_allow():
    order = library.with_level(library.order("government_brief"), Attribution.ROLE_ONLY)
    for passage in order.passages:
        card = card_of(passage, "en", order.codebook)
        assert passage.cleared.speaker.name.split()[-1] not in " ".join((card.text, *card.credit, card.foot))


# ---- words for who cannot see it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Listen.", LONG, LONG * 5])
def test_alt_text_is_short_enough_everywhere_and_says_who_speaks(text):
    alt = alt_text(text, "en", "A private funder, Northern Light Foundation")
    assert len(alt) <= 250
    assert alt.endswith("— A private funder, Northern Light Foundation.")


def test_the_full_description_is_never_cut():
    order = library.with_text(library.order("website", most_per_story=1), FOUR_HUNDRED.replace('"', ""))
    full = full_alt_of(order.passages[0], "en", order.codebook)
    assert FOUR_HUNDRED.replace('"', "") in full
    assert "image of" not in full.lower()


def test_every_pair_of_colours_can_be_read():
    grounds = [(PAPER, colour) for colour in (INK, SOFT, *(block_colour(code.key) for code in BUILDING_BLOCKS))]
    grounds += [("FFFFFF", colour) for _, colour in grounds] + [(WASH, INK), (WASH, PRIMARY)]
    assert [pair for pair in grounds if contrast(*pair) < 4.5] == []
