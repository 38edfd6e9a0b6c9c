"""The experience map as a picture: real text, whole quotes, nothing over anything else, alike as SVG and as PNG."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations

import pytest

from exports.sites.edition import Edition
from exports.sites.map_layout import HEIGHT, WIDTH, Text, laid_out, wrapped
from exports.sites.map_picture import description, map_of, png, svg
from exports.sites.volume import Volume
from exports.typefaces import Typeface, width_of
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.twin import both
from tests.exports import library, obliged, voices

SVG = "{http://www.w3.org/2000/svg}"
LONG = "I was asked to wait, and I waited, and in the end somebody from the garden came to my door. " * 4


def edition(order=None, language="en", site=voices.SITE) -> Edition:
    return Edition(Volume(site, order or voices.order()), language, {})


@pytest.fixture(scope="module", params=["en", "fr"])
def drawn(request):
    """Return the map of a language, and its sheet."""
    the_map = map_of(edition(language=request.param))
    return the_map, laid_out(the_map)


def texts(sheet) -> list[Text]:
    return [one for one in sheet.marks if isinstance(one, Text)]


def box(line: Text) -> tuple[float, float, float, float]:
    wide = width_of(line.text, line.face, line.size)
    left = line.x - wide / 2 if line.middle else line.x
    return left, line.y - line.size * 0.72, left + wide, line.y + line.size * 0.2


def assert_legible(sheet):
    boxes = [(one, box(one)) for one in texts(sheet)]
    for one, (left, top, right, bottom) in boxes:
        assert left >= 0 and right <= WIDTH and top >= 0 and bottom <= HEIGHT, one.text
    for (one, a), (other, b) in combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, f"{one.text} | {other.text}"


def test_no_line_lies_over_another_or_leaves_the_sheet(drawn):
    assert_legible(drawn[1])


@pytest.mark.parametrize("text", [LONG, "Yes.", "Donaudampfschifffahrt" * 6, "ᐃᓄᒃᑎᑐᑦ & <b>", "🌱🌱"])
def test_neither_does_it_with_words_nobody_planned_for(text):
    assert_legible(laid_out(map_of(edition(library.with_text(voices.order(), text)))))


def test_neither_does_it_with_long_roles_or_eight_stages():
    book = tuple(replace(code, position=n) for n, code in enumerate(voices.order().codebook))
    more = tuple(Code(f"s{n}", CodeKind.STAGE, f"Another stage {n}", "", position=90 + n) for n in range(3))
    roles = {**voices.SITE.sections, "stage_connect": both("Listens and makes a plan with the person. " * 60)}
    assert_legible(laid_out(map_of(edition(replace(voices.order(), codebook=(*book, *more)),
                                           site=replace(voices.SITE, sections=roles)))))


def test_every_quote_stands_whole_with_who_says_it(drawn):
    _, sheet = drawn
    written = " ".join(one.text for one in texts(sheet))
    assert len(sheet.shown) >= 4
    for said in sheet.shown:
        assert " ".join(said.text.replace("'", "’").split()) in written.replace("\u00a0", " ")
        assert said.credit[0] in written


def test_a_stage_of_which_nobody_speaks_says_so(drawn):
    last = drawn[0].stops[-1]
    assert not last.said
    assert last.told(0) in ("Nobody has spoken about this stage yet.", "Personne n'a encore parlé de cette étape.")
    assert last.told(0) in " ".join(one.text for one in texts(drawn[1]))


def test_the_link_workers_role_stands_in_each_stage():
    the_map = map_of(edition(language="fr"))
    assert [bool(stop.role) for stop in the_map.stops] == [True] * 5
    assert the_map.stops[1].role == "Écoute d’abord. Fait un plan avec la personne, à son rythme."


def test_the_svg_is_well_formed_with_real_text_in_its_language_and_described(drawn):
    the_map, sheet = drawn
    root = ET.fromstring(svg(the_map, sheet))
    assert root.find(f"{SVG}title").text == the_map.title
    assert root.find(f"{SVG}desc").text == description(the_map, sheet)
    assert [one.text for one in root.iter(f"{SVG}text")] == [" ".join(one.text.split(" ")) for one in texts(sheet)]
    tongue = "{http://www.w3.org/XML/1998/namespace}lang"
    assert root.get(tongue) == f"{the_map.language}-CA"
    assert {one.get(tongue) for one in root.iter(f"{SVG}text")} - {None}
    assert "http" not in svg(the_map, sheet).replace("http://www.w3.org/2000/svg", "")


def test_the_description_tells_stage_by_stage_what_a_reader_sees(drawn):
    the_map, sheet = drawn
    told = description(the_map, sheet)
    places = [told.index(f"{number}. {stop.label}") for number, stop in enumerate(the_map.stops, 1)]
    assert places == sorted(places)
    assert all(said.credit[0] in told for said in sheet.shown)


def test_the_png_is_the_same_each_time_and_has_the_shape_of_a_slide(drawn):
    picture = png(drawn[1])
    assert picture.size == (2400, 1350)
    assert picture.tobytes() == png(drawn[1]).tobytes()
    assert len(picture.getcolors(1_000_000)) > 100


def test_a_quote_with_a_condition_is_not_on_the_picture_and_a_label_stands_beside_its_quote():
    found = obliged.order()
    staged = tuple(
        replace(one, cleared=replace(one.cleared, quote=replace(one.cleared.quote, codes=frozenset({"enter"}))))
        for one in found.passages
    )
    sheet = laid_out(map_of(edition(replace(found, passages=staged))))
    conditional = {one.cleared.quote.text for one in staged if one.cleared.permission.conditions}
    assert sheet.shown and not {said.text for said in sheet.shown} & conditional


def test_a_word_wider_than_its_column_is_broken():
    lines = wrapped("x" * 90 + " end", Typeface.PLAIN, 20, 150)
    assert len(lines) > 2 and "".join(lines).replace(" ", "") == "x" * 90 + "end"
    assert all(width_of(line, Typeface.PLAIN, 20) <= 150 for line in lines)
