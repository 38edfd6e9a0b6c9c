"""A brief on the organisation's own letterhead: theirs stays, ours is lent, and Word opens the result."""

from __future__ import annotations

import subprocess

import docx
import pytest
from docx.oxml.ns import qn

from exports.briefs.brief import WordBrief
from exports.looks.letterhead import begin, finish
from exports.looks.sample import write_sample
from exports.pages.opened import opened, text_of
from storybank.errors import Invalid
from tests.exports import letterheads, library
from tests.validators import assert_valid, audit_remarks, lint_remarks, sdk_remarks


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A made-up brief on every good letterhead, English and French."""
    folder = tmp_path_factory.mktemp("letterheads")
    made = {}
    for name, make in letterheads.GOOD.items():
        letterhead = make(folder / f"{name}.docx")
        for language in ("en", "fr"):
            made[name, language] = folder / f"{name}-{language}.docx"
            write_sample(letterhead, made[name, language], language)
    return made


def words_of(file):
    said = (paragraph.text.replace("\u00a0", " ") for paragraph in docx.Document(str(file)).paragraphs)
    return [text for text in said if text.strip()]


@pytest.mark.parametrize("name", letterheads.GOOD)
def test_a_brief_on_any_letterhead_passes_the_lint_and_the_repair_check(written, name):
    for language in ("en", "fr"):
        assert audit_remarks(written[name, language]) == []
        assert lint_remarks(written[name, language], warnings=False) == []


@pytest.mark.parametrize("name", ["fields", "bare"])
def test_microsofts_validator_has_nothing_to_say(written, name):
    assert sdk_remarks(written[name, "fr"]) == []


@pytest.mark.parametrize("name", ["plain", "split", "floating", "french"])
def test_the_brief_stands_where_the_marker_stood_between_their_own_words(written, name):
    said = words_of(written[name, "en"])
    assert said[0] == "With compliments of the Harbour Coalition."
    assert said[1] == "Fund link workers for five years"
    assert said[-2] == "Everything on this page is made up."
    assert said[-1] == "We acknowledge that we live and work in Mi’kma’ki."
    assert not any("STORYBANK" in text for text in said)


def test_their_header_logo_and_footer_stay(written):
    section = docx.Document(str(written["plain", "en"])).sections[0]
    assert "12 Harbour Road" in section.header.paragraphs[1].text
    assert section.header._element.find(f".//{qn('wp:docPr')}").get("descr") == "Harbour Coalition"
    assert section.footer.paragraphs[0].text == "Harbour Coalition · registered charity"


def test_a_logo_that_hangs_on_the_markers_line_stays(written):
    assert docx.Document(str(written["floating", "en"])).element.find(f".//{qn('wp:anchor')}") is not None


def test_their_styles_are_used_and_ours_are_lent_where_they_have_none(written):
    document = docx.Document(str(written["plain", "en"]))
    assert str(document.styles["Heading 1"].font.color.rgb) == "7A3E8E"
    assert document.styles["SB Quote"].base_style.name == "Quote"
    assert document.styles["SB Attribution"].font.color.rgb is not None
    assert "SB Table" in [style.name for style in document.styles]


def test_styles_are_known_by_their_names_though_word_speaks_french(written):
    document = docx.Document(str(written["french", "fr"]))
    title = next(one for one in document.paragraphs if one.style.name == "Heading 1")
    assert title._p.pPr.pStyle.val == "Titre1"
    assert sum(style.name == "Heading 1" for style in document.styles) == 1


def test_lists_show_their_signs_on_a_letterhead_that_has_no_lists(written):
    document = docx.Document(str(written["bare", "en"]))
    bullets = [one for one in document.paragraphs if one.style.name == "List Bullet"]
    assert bullets and document.styles["List Bullet"].element.find(f".//{qn('w:numId')}") is not None
    assert document.part.numbering_part.element.findall(qn("w:num"))


def test_fields_are_filled_with_plain_words_in_body_and_footer_whatever_signs_they_hold(written):
    said = words_of(written["fields", "en"])
    assert "Fund link workers & keep the ones we have <five years>" in said
    assert "For The Minister of Health, March 14, 2026" in said
    assert "No. E-0000" in said
    footer = docx.Document(str(written["fields", "en"])).sections[0].footer.paragraphs[0].text
    assert footer.endswith("« Ensemble » · E-0000")
    assert "14 mars 2026" in " ".join(words_of(written["fields", "fr"]))


def test_the_card_is_written_anew_and_holds_nobody_of_theirs(written):
    card = docx.Document(str(written["plain", "en"])).core_properties
    assert (card.title, card.comments, card.language) == ("Fund link workers for five years", "", "en-CA")
    assert "Somebody Private" not in (card.author, card.last_modified_by)


def test_what_is_added_is_french_and_what_stood_there_stays_english(written):
    word = opened(written["plain", "fr"])
    greeting = next(one for one in word.body.iter(qn("w:p")) if "compliments" in text_of(one))
    assert {mark.get(qn("w:val")) for mark in greeting.iter(qn("w:lang"))} == {"en-CA"}
    assert [mark.get(qn("w:val")) for mark in word.parts["word/styles.xml"].iter(qn("w:lang"))] == ["fr-CA"]


def test_tables_keep_within_the_letterheads_margins(written):
    document = docx.Document(str(written["plain", "en"]))
    section = document.sections[0]
    room = (section.page_width - section.left_margin - section.right_margin) / 635
    assert sum(int(one.get(qn("w:w"))) for one in document.tables[0]._tbl.tblGrid) <= room


def test_the_same_brief_on_the_same_letterhead_is_the_same_bytes(written, tmp_path):
    again = tmp_path / "again.docx"
    write_sample(written["plain", "en"].with_name("plain.docx"), again, "en")
    assert again.read_bytes() == written["plain", "en"].read_bytes()


@pytest.fixture(scope="module")
def brief(tmp_path_factory):
    """A real brief of cleared quotes on a letterhead with fields."""
    from dataclasses import replace

    folder = tmp_path_factory.mktemp("brief")
    letterhead = letterheads.with_fields(folder / "letterhead.docx")
    title = "Fund & keep <link workers> « now »"
    to = folder / "brief.docx"
    WordBrief().write(replace(library.BRIEF, letterhead=letterhead, title=title), library.order(), to, library.Quiet())
    return to, title


def test_a_whole_brief_on_a_letterhead_is_valid_and_carries_its_code(brief):
    file, title = brief
    assert_valid(file, warnings=False)
    said = words_of(file)
    assert title in " ".join(" ".join(said).replace("\u00a0", " ").split())
    assert "No. E-0007" in said
    assert said.index("With compliments of the Harbour Coalition.") == 0


def test_what_is_added_after_finishing_twice_is_not_moved_twice(tmp_path):
    document = begin(letterheads.plain(tmp_path / "a.docx"), "en")
    document.add_paragraph("Once.", style="SB Small")
    finish(document)
    finish(document)
    assert [one.text for one in document.paragraphs].count("Once.") == 1


@pytest.mark.office
def test_a_letterhead_from_libreoffice_works_as_well(tmp_path):
    page = ("<html lang='fr'><style>h2{color:#003366}</style><body><div title='header'><p>Réseau du Nord</p></div>"
            "<h2>À propos</h2><ul><li>un</li></ul><p>[[STORY<b>BANK]]</b></p><p>Merci.</p></body></html>")
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    subprocess.run(["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--convert-to",
                    "docx:MS Word 2007 XML", "--outdir", str(tmp_path), str(tmp_path / "a.html")],
                   check=True, capture_output=True, timeout=120)
    write_sample(tmp_path / "a.docx", tmp_path / "b.docx", "fr")
    assert audit_remarks(tmp_path / "b.docx") == []
    said = words_of(tmp_path / "b.docx")
    assert said[0] == "À propos" and said[-1] == "Merci."


@pytest.mark.parametrize("marker", [("",), ("[[STORYBANK]] and more",), ("before [[STORY", "BANK]]",)])
def test_a_letterhead_without_its_own_line_for_the_brief_is_refused(tmp_path, marker):
    with pytest.raises(Invalid, match="no line of its own"):
        begin(letterheads.plain(tmp_path / "a.docx", marker=marker), "en")
