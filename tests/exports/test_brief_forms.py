"""Every form of brief: what stands in it and in which order, notes, tables, contents, and whose words it may print."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from exports.briefs import contents, fitting, markup
from exports.briefs.brief import WordBrief
from exports.briefs.meeting_log import write_meeting_log
from exports.briefs.paper import Heading
from storybank.domain.attribution import Attribution
from storybank.domain.brief_forms import block_sections
from storybank.domain.draft import Chosen, Form, Stance
from storybank.domain.vocabulary import CODES
from tests.exports import drafted, library

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALL = [(form, language) for form in Form for language in ("en", "fr")]


@pytest.fixture(scope="module")
def briefs(tmp_path_factory):
    """Write every form in both languages, once."""
    folder = tmp_path_factory.mktemp("briefs")
    for form, language in ALL:
        WordBrief().write(drafted.brief(form, language), library.order(), folder / f"{form}.{language}.docx",
                          library.Quiet())
    return folder


def written(tmp_path, brief, order=None):
    WordBrief().write(brief, order or library.order(), tmp_path / "b.docx", library.Quiet())
    return tmp_path / "b.docx"


def part(file, name="word/document.xml"):
    with zipfile.ZipFile(file) as package:
        return etree.fromstring(package.read(name))


def said(file):
    return [("".join(t.text or "" for t in p.iter(f"{W}t"))) for p in part(file).iter(f"{W}p")]


def tables(file, first):
    return [t for t in docx.Document(str(file)).tables if t.cell(0, 0).text == first]


def headings(file):
    return [p.text for p in docx.Document(str(file)).paragraphs if p.style.name.lower().startswith("heading")]


@pytest.mark.parametrize(("form", "language"), ALL)
def test_every_form_is_sound(briefs, form, language):
    file = briefs / f"{form}.{language}.docx"
    root = part(file)
    levels = [int(p.style.name[-1]) for p in docx.Document(str(file)).paragraphs
              if p.style.name.lower().startswith("heading")]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [text for text in said(file) if not text.strip()] == []
    assert not [tag for tag in ("gridSpan", "vMerge", "txbxContent", "ins", "del", "highlight")
                if root.find(f".//{W}{tag}") is not None]
    assert 'jc w:val="both"' not in etree.tostring(root).decode()
    kinds = [one.get(qn("w:fldCharType")) for one in root.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")
    ids = [one.get(qn("w:id")) for one in root.iter(f"{W}bookmarkStart")]
    names = {one.get(qn("w:name")) for one in root.iter(f"{W}bookmarkStart")}
    assert len(ids) == len(set(ids)) == len(names)
    assert {one.get(qn("w:anchor")) for one in root.iter(f"{W}hyperlink") if one.get(qn("w:anchor"))} <= names
    assert "E-0007, D-0003.2" in "\n".join(said(file))
    assert all(table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in root.iter(f"{W}tbl"))


def test_a_one_pager_stands_in_the_order_a_minister_reads(briefs):
    assert headings(briefs / "one-pager.en.docx")[1:] == [
        "Our asks", "Why now", "What people told us", "In your region", "Cost and return", "Next step and contact"]
    assert said(briefs / "one-pager.en.docx")[-1].startswith("Sources.")


def test_a_long_brief_goes_from_a_page_to_a_summary_to_a_report(briefs):
    order = headings(briefs / "1-3-25.en.docx")
    wanted = ["Our asks", "Main messages", "Contents", "Executive summary", "The building blocks at a glance",
              "Context", "The evidence", "What people told us, in full", "The options in detail", "Equity", "Who spoke",
              "Published sources", "Sources of the quotes", "Self-review"]
    assert [one for one in order if one in wanted] == wanted
    (strip,) = tables(briefs / "1-3-25.en.docx", "Building block")
    assert len(strip.rows) == 6


def test_only_the_long_brief_has_contents_and_they_are_filled(briefs):
    for form, language in ALL:
        root = part(briefs / f"{form}.{language}.docx")
        codes = [one.text for one in root.iter(f"{W}instrText") if "TOC" in one.text]
        assert bool(codes) == (form is Form.ONE_THREE_TWENTY_FIVE)
    lines = part(briefs / "1-3-25.en.docx").iter(f"{W}p")
    entries = [p for p in lines if "".join(p.itertext()).strip() == "Self-review"]
    assert [p.find(f"{W}hyperlink") is not None for p in entries] == [True, False]
    assert "updateFields" not in etree.tostring(part(briefs / "1-3-25.en.docx", "word/settings.xml")).decode()


def test_a_source_is_one_real_footnote_however_often_it_is_cited(briefs):
    file = briefs / "1-3.en.docx"
    notes = part(file, "word/footnotes.xml")
    assert [one.get(qn("w:id")) for one in notes] == ["-1", "0", "1", "2"]
    assert "".join(notes[2].itertext()).strip() == (
        "Institute & KPMG. A Healthier <Canada>, 2024. www.example.ca/a-healthier-canada?x=1&y=2. "
        "Read on October\u00a02, 2026.")
    assert [one.get(qn("w:id")) for one in part(file).iter(f"{W}footnoteReference")] == ["1", "2"]
    again = [one for one in part(file).iter(f"{W}hyperlink") if one.get(qn("w:anchor")) == "note_1"]
    assert len(again) >= 3
    with zipfile.ZipFile(file) as package:
        assert b"footnotes+xml" in package.read("[Content_Types].xml")
        assert b"https://example.org/a%20b" in package.read("word/_rels/footnotes.xml.rels")


def test_the_little_markup_becomes_paragraphs_bullets_notes_and_links(briefs):
    text = "\n".join(said(briefs / "1-3.en.docx"))
    assert "Every dollar may return $4.43, as a model says,1. See Q-0011 and, not [7]." in text
    paragraphs = docx.Document(str(briefs / "1-3.en.docx")).paragraphs
    bullets = [p.text for p in paragraphs if p.style.name == "List Bullet"]
    assert bullets[-2:] == ["One", "Two"]


def test_quotes_stand_where_their_author_put_them(briefs):
    texts = said(briefs / "1-3.en.docx")
    quotes = {code: next(i for i, text in enumerate(texts) if text.endswith(code) and "·" in text)
              for code in ("Q-0022", "Q-0011", "Q-0043")}
    place = {name: texts.index(name) for name in ("In their words", "What we know", "The evidence",
                                                  "Build bridges between healthcare and community service")}
    assert place["In their words"] < quotes["Q-0022"] < place["What we know"] < quotes["Q-0011"] < place["The evidence"]
    assert place["Build bridges between healthcare and community service"] < quotes["Q-0043"]
    assert texts[quotes["Q-0011"] - 2] == "She says1:"


def test_a_placed_quote_that_was_not_cleared_is_named_nowhere(briefs):
    for form, language in ALL:
        assert "9999" not in etree.tostring(part(briefs / f"{form}.{language}.docx")).decode()


def test_claims_stand_with_kind_certainty_and_source(briefs):
    (table,) = tables(briefs / "1-3.en.docx", "No.")
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[1][:5] == ["1", "A dollar may return $4.43", "A national model", "Model", "Low. Modelled"]
    assert cells[2] == ["2", "Grants end early", "–", "Lived experience", "Not assessed", "Q-0011"]


def test_an_option_is_weighed_in_the_rows_of_tool_13_with_who_says_what(briefs):
    keeping, funding = tables(briefs / "1-3-25.en.docx", "Category")
    assert [[cell.text for cell in row.cells] for row in keeping.rows][1:] == [
        ["Benefits", "No new cost"], ["Harms", "Not assessed."], ["Costs and cost-effectiveness", "Not assessed."],
        ["Uncertainty", "Not assessed."], ["Key elements of the option", "Not assessed."],
        ["Stakeholders’ views and experiences", "No voice yet."]]
    assert funding.rows[-1].cells[1].text == "Q-0011 · Amina Diallo, Link worker, Ontario"


def test_a_brief_says_whether_it_argues_or_weighs(tmp_path):
    file = written(tmp_path, drafted.brief(Form.TWO_PAGE, stance=Stance.OBJECTIVE))
    assert said(file)[0].startswith("Objective brief")


def test_a_one_pager_takes_two_quotes_the_lead_first(tmp_path):
    placing = (Chosen("Q-0011"), Chosen("Q-0022"), Chosen("Q-0043", lead=True))
    texts = said(written(tmp_path, drafted.brief(Form.ONE_PAGER, placing=placing)))
    assert [text[-6:] for text in texts if re.search(r"·.*Q-\d{4}$", text)] == ["Q-0043", "Q-0011"]


def test_hostile_words_and_names_stay_words(tmp_path):
    hostile = "=cmd & <b>\"x\"</b> « oui » “no” 🌱 \u202etxt\u0007 [1] [Q-0011] " + "trust " * 65
    order = library.with_level(library.with_text(library.order(), hostile), Attribution.FULL)
    named = tuple(replace(p, cleared=replace(p.cleared, speaker=replace(p.cleared.speaker, name="أمينة ديالو & <ة>")))
                  for p in order.passages)
    for form in (Form.ONE_PAGER, Form.ONE_THREE_TWENTY_FIVE, Form.SUBMISSION):
        made = drafted.brief(form, title=hostile, ask=(hostile,), author=hostile, contact="javascript:alert(1)",
                             link="https://exa mple/<", sections=dict.fromkeys(drafted.KEYS, hostile))
        text = "\n".join(said(written(tmp_path, made, replace(order, passages=named))))
        assert "أمينة ديالو & <ة>" in text
        assert "=cmd & <b>\"x\"</b>" in text
        assert "\u202e" not in text
        with zipfile.ZipFile(tmp_path / "b.docx") as package:
            assert b"javascript" not in package.read("word/_rels/document.xml.rels")


def test_the_same_order_makes_the_same_bytes(briefs, tmp_path):
    for form in (Form.ONE_PAGER, Form.ONE_THREE_TWENTY_FIVE):
        again = written(tmp_path, drafted.brief(form))
        assert again.read_bytes() == (briefs / f"{form}.en.docx").read_bytes()


def test_body_text_never_goes_under_eleven_points_nor_small_print_under_nine(tmp_path):
    file = written(tmp_path, drafted.full_one_pager("en"))
    sizes = {s.get(qn("w:styleId")): int(s.find(f"{W}rPr/{W}sz").get(qn("w:val")))
             for s in part(file, "word/styles.xml").iter(f"{W}style") if s.find(f"{W}rPr/{W}sz") is not None}
    assert int(part(file, "word/styles.xml").find(f"{W}docDefaults//{W}sz").get(qn("w:val"))) >= 22
    assert min(sizes.values()) >= 18
    assert all(rung.body >= 11 and rung.small >= 9 for ladder in fitting.LADDERS.values() for rung in ladder)


def test_a_number_without_a_source_stays_and_a_blank_line_ends_a_paragraph():
    assert markup.blocks("One\ntwo\n\n- a\nb\n- c\n\nThree") == [
        markup.Block("One two"), markup.Block("a b", is_bullet=True), markup.Block("c", is_bullet=True),
        markup.Block("Three")]
    assert list(markup.pieces("A [1, 2] b [3] [Q-0001] [Q-0002].", 2, {"Q-0002"})) == [
        "A", markup.Note((1, 2)), " b [3]", " ", markup.Mention("Q-0002"), "."]


def test_pages_are_told_only_when_every_heading_was_found(tmp_path, monkeypatch):
    class Item:
        def __init__(self, title, page):
            self.title, self.page = title, page

        def get_title(self):
            return self.title

        def get_dest(self):
            return self

        def get_index(self):
            return self.page

    class Pdf:
        def __init__(self, _):
            pass

        def get_toc(self, max_depth):
            return iter([Item("Title", 0), Item("One", 0), Item("Contents", 1), Item("Two", 2)])

        def close(self):
            pass

    monkeypatch.setattr(contents.pypdfium2, "PdfDocument", Pdf)
    one, two, three = (Heading(2, text, "_") for text in ("One", "Two", "Three"))
    assert contents.pages_of(tmp_path, [one, two]) == [1, 3]
    assert contents.pages_of(tmp_path, [one, three]) == []


def test_an_author_may_say_a_finding_and_a_recommendation_for_each_block(tmp_path):
    keys = [section.key for section in block_sections(CODES)]
    assert keys[:2] == ["finding_amplify", "action_amplify"]
    brief = drafted.brief(Form.ONE_THREE_TWENTY_FIVE)
    own = {"finding_policy": "One year is short.", "action_policy": "Five."}
    brief = replace(brief, sections={**brief.sections, **own})
    (table,) = tables(written(tmp_path, brief), "Building block")
    assert [table.cell(3, column).text for column in (1, 3)] == ["One year is short.", "Five."]


def test_the_meeting_log_repeats_the_asks_and_leaves_room_for_promises(tmp_path):
    for name in ("a.docx", "b.docx"):
        write_meeting_log(drafted.brief(Form.ONE_PAGER), library.order(), tmp_path / name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    document = docx.Document(str(tmp_path / "a.docx"))
    assert [cell.text for cell in document.tables[0].rows[0].cells] == [
        "When", "Who was there", "What they promised to do", "Ask again on"]
    assert library.BRIEF.ask[0].split(" by")[0][:30] in "\n".join(p.text for p in document.paragraphs)


def test_a_short_brief_holds_the_quotes_it_prints_and_a_long_one_names_the_others(tmp_path):
    order, chosen = library.order(), drafted.brief(Form.ONE_PAGER, placing=())
    held = WordBrief().told_in(chosen, order)
    codes = [one.cleared.quote.code for one in held.passages]
    text = " ".join(said(written(tmp_path, chosen, order)))
    assert len(codes) == 3 and all(code in text for code in codes)  # two are printed, and the author names one
    assert text == " ".join(said(written(tmp_path, chosen, held)))
    assert WordBrief().told_in(replace(chosen, form=Form.ONE_THREE), order) == order
