"""Colours of codes: which can be read on both themes, and what is offered for those that cannot."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.colour import (
    AS_TEXT,
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    OFFERED,
    as_hex,
    contrast,
    is_legible,
    nearest_legible,
    on_dark,
)
from ui import theme

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_the_grounds_are_those_of_the_themes():
    for tokens, grounds in ((theme.LIGHT, LIGHT_GROUNDS), (theme.DARK, DARK_GROUNDS)):
        assert (tokens.surface.lower(), tokens.paper.lower()) == grounds


def test_contrast_is_measured_as_the_web_does():
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_a_colour_may_be_written_short_or_without_its_sign():
    assert [as_hex(one) for one in ("#ABC", "aabbcc", " #AaBbCc ", "red", "#12345", "")] == [
        "#aabbcc", "#aabbcc", "#aabbcc", "", "", ""]


@given(colours)
def test_what_is_offered_can_be_read_on_light_and_its_shade_on_dark(colour):
    offered = nearest_legible(colour)
    assert is_legible(offered)
    assert min(contrast(on_dark(offered), ground) for ground in DARK_GROUNDS) >= AS_TEXT


@given(colours.filter(is_legible))
def test_a_colour_that_can_be_read_is_offered_as_it_is(colour):
    assert nearest_legible(colour) == colour


def test_yellow_is_offered_as_a_darker_yellow():
    offered = nearest_legible("#ffff00")
    assert offered[1:3] == offered[3:5] and offered.endswith("00")
    assert contrast(offered, "#ffffff") < 5.5


def test_every_colour_that_is_offered_can_be_read():
    assert [colour for colour in OFFERED if not is_legible(colour)] == []
