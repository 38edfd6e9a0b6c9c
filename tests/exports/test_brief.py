"""The brief as a Word file: structure, languages, sources, and nobody's name where it may not stand."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from exports.briefs.brief import WordBrief
from exports.briefs.reasons import why
from exports.briefs.selection import MOST_QUOTES, PER_BLOCK, chapters
from storybank.domain.attribution import Attribution
from storybank.domain.clearance import LeftOut
from storybank.domain.consent import ConsentState
from storybank.domain.vocabulary import CODES
from storybank.errors import Cancelled, Refused
from tests import build
from tests.exports import library

HOSTILE = "=cmd & <b>\"bold\"</b> ‘so’ 🌱 \u202etxt\u0007 " + "trust " * 65


def written(tmp_path, order=None, brief=library.BRIEF, name="brief.docx"):
    WordBrief().write(brief, order or library.order(), tmp_path / name, library.Quiet())
    return tmp_path / name


def text_of(file):
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def headings(file):
    found = docx.Document(str(file)).paragraphs
    return [(int(p.style.name[-1]), p.text) for p in found if p.style.name.lower().startswith("heading")]


def parts(file):
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_page_one_says_what_it_is_and_who_asks_whom_for_what(tmp_path):
    top = [p.text for p in docx.Document(str(written(tmp_path))).paragraphs[:8]]
    assert top[0].startswith("Advocacy brief")
    assert top[1:3] == ["Will Canada fund link workers for more than one\u00a0year?",
                        "For\u00a0 The Honourable Minister of Health"]
    assert "Voices of Social Prescribing, Community of Practice" in top[3]
    assert top[5] == "Our asks"
    assert top[6].startswith("Fund link worker positions for five years")


def test_the_title_is_the_only_first_heading_and_no_level_is_skipped(tmp_path):
    levels = [level for level, _ in headings(written(tmp_path))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(text.strip() for _, text in headings(tmp_path / "brief.docx"))


def test_the_blocks_stand_in_the_codebooks_order(tmp_path):
    blocks = [text for level, text in headings(written(tmp_path)) if level == 3]
    assert blocks == [code.label_en for code in CODES[:5]]


def test_a_brief_without_messages_takes_them_from_the_blocks(tmp_path):
    file = written(tmp_path, brief=replace(library.BRIEF, messages=()))
    bullets = [p.text for p in docx.Document(str(file)).paragraphs if p.style.name == "List Bullet"]
    assert [bullet.split(":")[0] for bullet in bullets] == [code.label_en for code in CODES[:5]]


def test_an_empty_issue_is_left_out_not_filled_in(tmp_path):
    file = written(tmp_path, brief=replace(library.BRIEF, issue="  "))
    assert "why now" not in text_of(file)


def test_a_brief_without_title_is_called_by_its_first_ask(tmp_path):
    file = written(tmp_path, brief=replace(library.BRIEF, title=""))
    assert headings(file)[0][1].startswith("Fund link worker positions")


def test_every_quote_printed_has_its_source_and_leads_there(tmp_path):
    document = docx.Document(str(written(tmp_path)))
    marks = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    numbers = [mark.get(qn("w:id")) for mark in document.element.iter(qn("w:bookmarkStart"))]
    links = {link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink"))}
    assert links == marks
    assert len(set(numbers)) == len(numbers)
    printed = {name.removeprefix("quote_") for name in marks if name.startswith("quote_")}
    assert printed == {name.removeprefix("source_") for name in marks if name.startswith("source_")}
    assert 10 <= len(printed) <= MOST_QUOTES + 1


def test_quotes_that_are_not_printed_are_listed_with_their_times(tmp_path):
    said = text_of(written(tmp_path))
    for passage in library.order().passages:
        assert passage.cleared.quote.code in said


def test_the_method_counts_voices_and_what_was_left_out_without_names(tmp_path):
    said = text_of(written(tmp_path))
    assert "6 voices: by stakeholder, link worker\u00a02" in said
    assert "10 quotes were left out: the consent was withdrawn\u00a0(6); the consent does not cover" in said
    assert "faster-whisper 1.2.1, small" in said
    assert "Margaret" not in said


def test_the_table_names_its_empty_cells(tmp_path):
    said = text_of(written(tmp_path))
    assert "Bridges (community partner, program director and private funder)" in said
    assert "Not heard in this brief: other clinician" in said
    table = docx.Document(str(tmp_path / "brief.docx")).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


@pytest.mark.parametrize("level", [a for a in Attribution if not a.names_the_person])
def test_no_name_of_an_unnamed_person_is_anywhere_in_the_package(tmp_path, level):
    order = library.with_level(library.order(), level)
    hidden = [passage.cleared.speaker.name.split()[-1] for passage in order.passages] + ["Margaret", "Samuel"]
    for name, content in parts(written(tmp_path, order)).items():
        assert not [word for word in hidden if word.encode() in content], name
        assert not [i["slug"] for i in library.interviews() if i["slug"].encode() in content], name


def test_each_quote_is_marked_with_the_language_it_was_said_in(tmp_path):
    document = docx.Document(str(written(tmp_path)))
    languages = {
        run.text[:1]: run._r.rPr.find(qn("w:lang")).get(qn("w:val"))
        for paragraph in document.paragraphs if paragraph.style.name == "SB Quote" for run in paragraph.runs
    }
    assert languages == {"“": "en-CA", "«": "fr-CA"}


@pytest.mark.parametrize(("brief", "language"), [(library.BRIEF, "en-CA"), (library.BRIEF_FR, "fr-CA")])
def test_the_document_says_its_own_language(tmp_path, brief, language):
    file = written(tmp_path, brief=brief)
    assert f'<w:lang w:val="{language}"'.encode() in parts(file)["word/styles.xml"]
    assert docx.Document(str(file)).core_properties.language == language


def test_the_french_brief_speaks_french_round_the_quotes(tmp_path):
    said = text_of(written(tmp_path, brief=library.BRIEF_FR))
    assert "Faire entendre les voix de la prescription sociale" in said
    assert "Marie Gagnon, Intervenante pivot, Québec" in said
    assert "Le Canada financera-t-il les intervenants pivots plus d’un\u00a0an?" in said
    assert not re.search(r" [:;!?%]", "\n".join(line for line in said.split("\n") if "“" not in line))


def test_the_file_carries_no_stranger_and_its_own_card(tmp_path):
    file = written(tmp_path)
    card = docx.Document(str(file)).core_properties
    assert (card.title, card.identifier, card.comments) == (library.BRIEF.title, "E-0007", "")
    assert card.author == card.last_modified_by == library.BRIEF.author
    assert not [name for name in parts(file) if "thumbnail" in name or "customXml" in name or "comments" in name]
    assert b"python-docx" not in b"".join(parts(file).values())


def test_the_number_of_the_brief_stands_in_the_body_too(tmp_path):
    assert "E-0007" in parts(written(tmp_path))["word/document.xml"].decode()


def test_the_same_order_makes_the_same_bytes(tmp_path):
    assert written(tmp_path, name="a.docx").read_bytes() == written(tmp_path, name="b.docx").read_bytes()


def test_hostile_words_stay_words(tmp_path):
    order = library.with_text(library.order(), HOSTILE)
    said = text_of(written(tmp_path, order, replace(library.BRIEF, title=HOSTILE, ask=(HOSTILE,), author=HOSTILE)))
    assert "=cmd & <b>\"bold\"</b>" in said
    assert "\u202e" not in said
    assert "🌱" in said


def test_no_quotes_no_brief(tmp_path):
    with pytest.raises(Refused, match="no quote that may be used"):
        written(tmp_path, replace(library.order(), passages=()))
    assert list(tmp_path.iterdir()) == []


def test_a_stopped_brief_leaves_nothing_behind(tmp_path):
    class Stopped(library.Quiet):
        def check(self):
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        WordBrief().write(library.BRIEF, library.order(), tmp_path / "brief.docx", Stopped())
    assert list(tmp_path.iterdir()) == []


def test_a_brief_in_a_folder_that_is_not_there_says_so(tmp_path):
    from storybank.errors import Unavailable

    with pytest.raises(Unavailable, match="could not be written"):
        written(tmp_path / "nowhere")


def test_every_block_shows_at_most_three_and_every_quote_stands_once():
    chosen = [p.cleared.quote.code for c in chapters(library.order().passages, CODES) for p in c.passages]
    assert len(chosen) == len(set(chosen)) <= MOST_QUOTES
    assert all(len(chapter.passages) <= PER_BLOCK for chapter in chapters(library.order().passages, CODES))


def test_quotes_marked_as_important_come_first():
    order = library.order()
    marked = order.passages[5]
    marked = replace(marked, cleared=replace(marked.cleared, quote=replace(marked.cleared.quote, important=True)))
    shown = chapters((*order.passages[:5], marked, *order.passages[6:]), CODES)
    assert marked in [passage for chapter in shown for passage in chapter.passages]


def test_a_quote_that_speaks_to_no_block_is_not_lost():
    passage = replace(library.order().passages[0], blocks=())
    (chapter,) = chapters((passage,), CODES)
    assert (chapter.block, chapter.passages) == (None, (passage,))


@pytest.mark.parametrize("state", [s for s in ConsentState if s not in (ConsentState.GIVEN, ConsentState.RENEWED)])
def test_no_reason_names_the_person(state):
    from storybank.domain.clearance import permission

    circle = build.a_circle(build.a_consent(build.WEBSITE, then=((state, "2026-02-01T10:00:00+00:00"),)))
    answer = permission(circle, build.WEBSITE, build.TODAY)
    assert "Amina" in str(answer.reasons[0])
    assert "Amina" not in str(why(LeftOut(build.a_quote(), circle.story, answer)))
