"""Pages: PDF for everybody, the same bytes for the same file; and what keeps people from reading is found before."""

from __future__ import annotations

import re
import shutil
import socket
import time
from datetime import UTC, datetime

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from PIL import Image

from exports.briefs.brief import WordBrief
from exports.pages import office
from exports.pages.accessible import remarks_on
from exports.pages.office import OfficePages, find_office
from exports.pages.steady import written_at
from storybank.domain.remark import Weight
from storybank.errors import Cancelled, Damaged, Unavailable
from tests.exports import letterheads, library
from tests.exports.letterheads import rewritten
from tests.validators import assert_for_everybody, audit_remarks, lint_remarks, sdk_remarks


@pytest.fixture(scope="module")
def briefs(tmp_path_factory):
    """A brief in each language."""
    folder = tmp_path_factory.mktemp("pages")
    for brief in (library.BRIEF, library.BRIEF_FR):
        WordBrief().write(brief, library.order(), folder / f"{brief.language}.docx", library.Quiet())
    return folder


@pytest.fixture(scope="module")
def printed(briefs):
    """Both on paper, with the number of their pages."""
    pages = OfficePages()
    return {one: pages.pdf(briefs / f"{one}.docx", briefs / f"{one}.pdf", library.Quiet()) for one in ("en", "fr")}


@pytest.mark.office
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_brief_becomes_a_pdf_that_everybody_can_read(briefs, printed, language):
    assert 2 <= printed[language] <= 4
    assert_for_everybody(briefs / f"{language}.pdf", language)


@pytest.mark.office
def test_the_same_file_makes_the_same_bytes_dated_as_the_document_is(briefs, printed, tmp_path):
    OfficePages().pdf(briefs / "en.docx", tmp_path / "again.pdf", library.Quiet())
    assert (tmp_path / "again.pdf").read_bytes() == (briefs / "en.pdf").read_bytes()
    with pikepdf.open(briefs / "en.pdf") as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith(f"D:{written_at(briefs / 'en.docx'):%Y%m%d}")


@pytest.mark.office
def test_pages_become_pictures_as_wide_as_asked_for(briefs, printed, tmp_path):
    made = OfficePages().pictures(briefs / "fr.pdf", tmp_path / "pages", width=400)
    assert [one.name for one in made] == [f"page-{n:03d}.png" for n in range(1, printed["fr"] + 1)]
    with Image.open(made[0]) as first:
        assert abs(first.width - 400) <= 1 and first.convert("L").getextrema() != (255, 255)


class StopsAtOnce(library.Quiet):
    """A ticket that is given back as soon as LibreOffice runs."""

    def __init__(self):
        self.asked = 0

    def check(self):
        self.asked += 1
        if self.asked > 2:
            raise Cancelled("stop")


@pytest.mark.office
def test_it_stops_when_asked_and_leaves_nothing(briefs, tmp_path):
    with pytest.raises(Cancelled):
        OfficePages().pdf(briefs / "en.docx", tmp_path / "a.pdf", StopsAtOnce())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.office
def test_a_document_that_asks_for_the_network_gets_none(briefs, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        file = letterheads.plain(tmp_path / "a.docx")
        road = f'Target="{address}" TargetMode="External"'
        rewritten(file, lambda name, text: text.replace('Target="media/image1.png"', road).replace("r:embed", "r:link"))
        OfficePages().pdf(file, tmp_path / "a.pdf", library.Quiet())
        server.settimeout(0.1)
        with pytest.raises(TimeoutError):
            server.accept()


def test_without_libreoffice_it_says_so_and_what_to_do(monkeypatch, tmp_path):
    pages = OfficePages(tmp_path / "nowhere")
    assert "libreoffice.org" in str(pages.why_not())
    with pytest.raises(Unavailable, match="not installed"):
        pages.pdf(tmp_path / "a.docx", tmp_path / "a.pdf", library.Quiet())
    monkeypatch.delenv("STORYBANK_OFFICE", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(office.sys, "platform", "win32")
    program = tmp_path / "LibreOffice" / "program" / "soffice.com"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert find_office() == program


def test_a_program_that_hangs_is_ended(briefs, tmp_path):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    began = time.monotonic()
    with pytest.raises(Unavailable, match="did not come to an end"):
        OfficePages(slow, patience=0.2).pdf(briefs / "en.docx", tmp_path / "a.pdf", library.Quiet())
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("does", ["exit 0", "kill -9 $$", "echo rubbish > out/page.pdf"])
def test_a_program_that_makes_nothing_is_told_plainly(briefs, tmp_path, does):
    idle = tmp_path / "soffice"
    idle.write_text(f"#!/bin/sh\n{does}\n")
    idle.chmod(0o755)
    with pytest.raises(Damaged, match="could not make pages"):
        OfficePages(idle).pdf(briefs / "en.docx", tmp_path / "a.pdf", library.Quiet())


def test_when_a_document_was_written_is_read_or_left_open(briefs, tmp_path):
    assert written_at(briefs / "en.docx") > datetime(2020, 1, 1, tzinfo=UTC)
    (tmp_path / "a.docx").write_bytes(b"PK")
    assert written_at(tmp_path / "a.docx") is None


# ---- what keeps people from reading ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_brief_of_ours_passes_in_both_languages(briefs, language):
    assert lint_remarks(briefs / f"{language}.docx", warnings=False) == []


BODY = "word/document.xml"
FAULTS = {
    "order": lambda t: t.replace("<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", "<w:trPr></w:trPr><w:trPr/>", 1),
    "value": lambda t: t.replace("<w:tblHeader/>", '<w:tblHeader w:val="maybe"/>', 1),
    "picture": lambda t: t.replace("<w:r>", '<w:r><w:drawing><a:blip xmlns:a="a"/></w:drawing>', 1),
    "style": lambda t: t.replace('w:pStyle w:val="SBSmall"', 'w:pStyle w:val="Nowhere"', 1),
    "language": lambda t: re.sub(r'<w:lang w:val="[^"]*"', '<w:lang w:val="english"', t, count=1),
    "field": lambda t: re.sub(r"</w:p>", '<w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>', t, count=1),
    "link": lambda t: re.sub(r'w:anchor="[^"]*"', 'w:anchor="nowhere_1"', t, count=1),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_of_the_three_that_look_at_a_file_one_catches_each_fault(briefs, tmp_path, fault):
    file = tmp_path / "a.docx"
    shutil.copyfile(briefs / "en.docx", file)
    rewritten(file, lambda name, text: FAULTS[fault](text) if name == BODY else text)
    assert file.read_bytes() != (briefs / "en.docx").read_bytes()
    new = [set(look(file)) - set(look(briefs / "en.docx")) for look in (audit_remarks, lint_remarks)]
    assert any(new)
    if fault in ("language", "field", "link"):
        assert new[1], "our own lint"


def test_microsofts_validator_catches_what_is_out_of_order(briefs, tmp_path):
    file = tmp_path / "a.docx"
    shutil.copyfile(briefs / "en.docx", file)
    rewritten(file, lambda name, text: FAULTS["order"](text) if name == BODY else text)
    assert sdk_remarks(file) and not sdk_remarks(briefs / "en.docx")


def changed(briefs, tmp_path, change):
    document = docx.Document(str(briefs / "en.docx"))
    change(document)
    document.save(tmp_path / "a.docx")
    return remarks_on(tmp_path / "a.docx")


def _picture(document):
    document.add_paragraph().add_run().add_picture(letterheads.logo())


def _pale(document):
    document.styles["SB Small"].font.color.rgb = docx.shared.RGBColor(0x99, 0x99, 0x99)


def _header(document):
    for mark in list(document.element.iter(qn("w:tblHeader"))):
        mark.getparent().remove(mark)


@pytest.mark.parametrize(("change", "words", "weight"), [
    (_picture, "no alternative text", Weight.STOP),
    (_pale, "too pale: #999999 on #FFFFFF", Weight.STOP),
    (_header, "no header row", Weight.STOP),
    (lambda d: d.add_paragraph("Again", style="Heading 1"), "one heading of the first level", Weight.STOP),
    (lambda d: d.add_paragraph(style="Heading 2"), "A heading is empty", Weight.STOP),
    (lambda d: setattr(d.core_properties, "title", ""), "no title of its own", Weight.STOP),
    (lambda d: setattr(d.core_properties, "identifier", "E-9999"), "E-9999 stands in its properties", Weight.WARN),
    (lambda d: (d.add_paragraph(""), d.add_paragraph("x")), "Empty paragraphs", Weight.WARN),
    (lambda d: setattr(d.add_paragraph("x", "SB Small").paragraph_format, "alignment", 3), "both sides", Weight.WARN),
    (lambda d: setattr(d.add_paragraph().add_run("x").font, "highlight_color", 7), "highlighter", Weight.WARN),
    (lambda d: d.add_table(2, 2).cell(0, 0).merge(d.tables[-1].cell(0, 1)), "merged cells", Weight.WARN),
    (lambda d: d.tables[0].cell(1, 0).add_table(1, 1), "a table inside", Weight.WARN),
])  # fmt: skip
def test_what_keeps_somebody_from_reading_is_found(briefs, tmp_path, change, words, weight):
    found = changed(briefs, tmp_path, change)
    assert weight in [one.weight for one in found if words in str(one.message)]


def test_a_skipped_heading_is_found_with_its_words(briefs, tmp_path):
    def skip(document):
        document.add_paragraph("Section", style="Heading 1")
        document.add_paragraph("Detail", style="Heading 3")

    assert any("“Detail” is a heading of level 3 right under one of level 1" in str(one.message)
               for one in changed(briefs, tmp_path, skip))


@pytest.mark.parametrize("words", ["here", "Cliquez ici", "En savoir plus"])
def test_a_link_that_tells_nothing_is_found_in_both_languages(briefs, tmp_path, words):
    from exports import word

    def vague(document):
        word.link(document.add_paragraph("See "), words, "nowhere")

    said = " ".join(str(one.message) for one in changed(briefs, tmp_path, vague))
    assert f"A link says “{words}”" in said and f"The link “{words}” leads nowhere" in said


def test_what_is_no_word_file_is_told_and_not_raised(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"nothing")
    (tmp_path / "a.pptx").write_bytes(b"nothing")
    assert remarks_on(tmp_path / "a.docx")[0].weight is remarks_on(tmp_path / "a.pptx")[0].weight is Weight.STOP
