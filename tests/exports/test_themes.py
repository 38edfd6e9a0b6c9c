"""Themes: a file says how cards look, within limits; what is wrong with it is said plainly, and nothing is let in."""

from __future__ import annotations

import json
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from exports.cards import sizes
from exports.cards.card import draw
from exports.cards.theme import HOUSE, SHIPPED, Align, Band, files_of, read_theme, remarks_on, shipped
from exports.palette import BLOCKS, contrast
from exports.typefaces import OwnFont, Typeface, content_of
from storybank.domain.remark import Weight
from storybank.errors import Invalid
from tests.exports.test_cards import a_card

GOOD = {"storybank_theme": 1, "name": "Ours", "colours": {"ground": "#FFFFFF"}}


def written(folder, content, name="ours.json"):
    file = folder / name
    text = content if isinstance(content, str) else json.dumps(content)
    file.write_text(text, encoding="utf-8")
    return file


def stops(file):
    return [remark for remark in remarks_on(file) if remark.weight is Weight.STOP]


def test_the_house_theme_as_a_file_is_the_one_we_draw_with():
    assert shipped("house") == HOUSE


@pytest.mark.parametrize("name", SHIPPED)
def test_every_theme_we_ship_is_without_a_remark_and_can_be_read_by_everybody(name):
    with resources.as_file(resources.files("exports") / "cards" / "themes" / f"{name}.json") as file:
        assert remarks_on(file) == ()
    theme = shipped(name)
    for colour in (theme.ink, theme.soft, theme.accent, *theme.blocks.values()):
        assert contrast(colour, theme.ground) >= 4.5
    assert set(theme.blocks) == set(BLOCKS)


def test_the_high_contrast_theme_has_seven_to_one():
    theme = shipped("plain")
    assert min(contrast(c, theme.ground) for c in (theme.ink, theme.soft, *theme.blocks.values())) >= 7


def test_a_theme_chooses_colours_band_setting_logo_and_font(tmp_path):
    Image.new("RGBA", (300, 100), (10, 60, 200, 255)).save(tmp_path / "logo.png")
    (tmp_path / "own.ttf").write_bytes(content_of(Typeface.WORLD))
    file = written(tmp_path, {
        **GOOD, "logo": "logo.png", "fonts": {"quote": "own.ttf", "plain": "Inter"},
        "layout": {"band": "left", "align": "centre", "label": "plain", "logo": "top"},
    })
    theme = read_theme(file)
    assert (theme.band, theme.align, theme.ground) == (Band.LEFT, Align.CENTRE, "FFFFFF")
    assert isinstance(theme.quote, OwnFont)
    assert [one.name for one in files_of(file)] == ["own.ttf", "logo.png"]
    assert (10, 60, 200) in {colour for _, colour in draw(a_card(), sizes.WIDE, theme).getcolors(1_000_000)}


def test_a_picture_drawn_in_a_theme_differs_from_ours():
    assert draw(a_card(), sizes.WIDE, shipped("house-dark")) != draw(a_card(), sizes.WIDE)


def test_a_colour_too_close_to_the_ground_is_named_with_its_measure(tmp_path):
    file = written(tmp_path, {**GOOD, "colours": {"ground": "#FFFFFF", "soft": "#AAAAAA"}})
    (remark,) = stops(file)
    assert remark.place == "colours.soft"
    assert "2.3 to 1" in str(remark.message)
    with pytest.raises(Invalid, match="too close to the ground"):
        read_theme(file)


def test_a_dark_ground_asks_for_colours_of_its_own(tmp_path):
    file = written(tmp_path, {**GOOD, "colours": {"ground": "#101010"}})
    assert {remark.place for remark in stops(file)} >= {"colours.ink", "colours.bridges"}


@pytest.mark.parametrize(("change", "place"), [
    ({"colours": {"ink": "red"}}, "colours.ink"),
    ({"colours": {"ink": 7}}, "colours.ink"),
    ({"colours": ["#000000"]}, "colours"),
    ({"layout": {"band": "diagonal"}}, "layout.band"),
    ({"layout": {"align": ["left"]}}, "layout.align"),
    ({"logo": "../secret.png"}, "logo"),
    ({"logo": "/etc/passwd"}, "logo"),
    ({"logo": "C:\\secret.png"}, "logo"),
    ({"logo": ".hidden.png"}, "logo"),
    ({"logo": {"file": "logo.png"}}, "logo"),
    ({"logo": "theme.svg"}, "logo"),
    ({"logo": "missing.png"}, "logo"),
    ({"fonts": {"quote": "../../font.ttf"}}, "fonts.quote"),
    ({"fonts": {"quote": "Comic Sans"}}, "fonts.quote"),
    ({"fonts": {"quote": None}}, "fonts.quote"),
])
def test_what_may_not_be_said_is_refused_and_placed(tmp_path, change, place):
    file = written(tmp_path, {**GOOD, **change})
    assert place in {remark.place for remark in stops(file)}
    with pytest.raises(Invalid):
        read_theme(file)


@pytest.mark.parametrize("content", [
    "", "{", "[]", "null", '{"name": "x"}', "[" * 30_000, '{"storybank_theme": 2}', "x" * 70_000,
], ids=["empty", "broken", "list", "null", "another", "deep", "later", "large"])
def test_what_is_no_theme_is_said_plainly(tmp_path, content):
    (remark,) = remarks_on(written(tmp_path, content))
    assert remark.weight is Weight.STOP
    assert str(remark.message).endswith(".")


def test_a_file_that_is_not_there_is_said_plainly(tmp_path):
    assert stops(tmp_path / "none.json")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    Image.new("RGB", (9, 9)).save(tmp_path / "secret.png")
    inside = tmp_path / "theme"
    inside.mkdir()
    (inside / "logo.png").symlink_to(tmp_path / "secret.png")
    assert stops(written(inside, {**GOOD, "logo": "logo.png"}))


@pytest.mark.parametrize(("name", "content"), [
    ("logo.png", b"\x89PNG\r\n\x1a\n broken"), ("logo.png", b"GIF89a"), ("logo.jpg", b"\xff\xd8\xff\xe0"),
])
def test_a_broken_logo_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert stops(written(tmp_path, {**GOOD, "logo": name}))


def test_a_logo_of_too_many_pixels_or_bytes_is_refused_before_it_is_opened(tmp_path):
    Image.new("1", (9000, 9000)).save(tmp_path / "logo.png")
    (remark,) = stops(written(tmp_path, {**GOOD, "logo": "logo.png"}))
    assert "9000" in str(remark.message)
    with (tmp_path / "large.png").open("wb") as large:
        large.truncate(40_000_000)
    (remark,) = stops(written(tmp_path, {**GOOD, "logo": "large.png"}))
    assert "too large" in str(remark.message)


@pytest.mark.parametrize("content", [b"", b"wOFF" + b"\0" * 60, b"\x00\x01\x00\x00" + b"\xff" * 300, b"OTTO"])
def test_a_font_that_does_not_open_is_refused(tmp_path, content):
    (tmp_path / "own.ttf").write_bytes(content)
    (remark,) = stops(written(tmp_path, {**GOOD, "fonts": {"quote": "own.ttf"}}))
    assert "cannot be opened as a typeface" in str(remark.message)


def test_a_misspelt_setting_is_told_with_the_one_that_was_meant(tmp_path):
    (remark,) = remarks_on(written(tmp_path, {**GOOD, "colors": {}}))
    assert (remark.weight, remark.place) == (Weight.WARN, "colors")
    assert "colours" in str(remark.hint)


@settings(max_examples=60, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
                        ["ground", "ink", "quote", "band", "x"]), inner, max_size=3), max_leaves=6))
def test_no_content_breaks_the_reading(tmp_path_factory, value):
    folder = tmp_path_factory.getbasetemp()
    for part in ("name", "colours", "fonts", "layout", "logo"):
        remarks_on(written(folder, {"storybank_theme": 1, part: value}, "any.json"))
