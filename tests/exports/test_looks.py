"""Checking looks: what a letterhead is good for, what is wrong with it in plain words, and what is never opened."""

from __future__ import annotations

import struct
import zipfile
import zlib

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as some

from exports.looks.checking import LookFormats
from exports.looks.fields import KNOWN, fields_in
from exports.looks.guards import admit
from exports.looks.letterhead import begin
from exports.pages.office import OfficePages
from storybank.domain.remark import Weight
from storybank.errors import Damaged, Invalid
from tests.exports import letterheads
from tests.exports.letterheads import MARKER, plain, rewritten, with_fields

LOOKS = LookFormats(OfficePages())


def said_of(file, weight=Weight.STOP):
    return " ".join(f"{one.message} {one.hint}" for one in LOOKS.check_letterhead(file).remarks if one.weight is weight)


def test_a_good_letterhead_is_good_and_its_facts_are_told(tmp_path):
    report = LOOKS.check_letterhead(plain(tmp_path / "harbour.docx"))
    assert report.is_good and report.level == 1 and report.remarks == ()
    assert (report.facts["page"], report.facts["size"], report.facts["language"]) == ("Letter", "11", "en-CA")
    assert "SB Quote" not in report.facts["styles"]


def test_fields_that_are_found_are_named(tmp_path):
    report = LOOKS.check_letterhead(with_fields(tmp_path / "a.docx"))
    assert report.is_good and report.level == 2
    assert set(report.fields) == {"brief.title", "brief.audience", "brief.date", "contact.name", "brief.code", "body",
                                  "brief.organization"}


def test_a_misspelt_field_is_told_with_its_nearest_name(tmp_path):
    said = said_of(with_fields(tmp_path / "a.docx", "{{ brief.titel }}"))
    assert "no field “brief.titel”" in said and "{{ brief.title }}?" in said


@pytest.mark.parametrize("typed", [
    "{{ ''.__class__.__mro__ }}", "{% for x in y %}", "{# note #}", "{{r brief.title }}", "{{ brief.title|upper }}",
    "{{ brief.__class__ }}", "{{ 'a' * 9999999 }}", "{{ self }}", "{%tr for q in quotes %}", "{{ brief.title() }}",
])  # fmt: skip
def test_what_is_no_plain_field_is_refused_and_never_run(tmp_path, typed):
    file = with_fields(tmp_path / "a.docx", typed)
    assert not LOOKS.check_letterhead(file).is_good
    with pytest.raises(Invalid):
        begin(file, "en")


def test_braces_that_hide_where_no_paragraph_shows_them_are_refused(tmp_path):
    file = rewritten(with_fields(tmp_path / "a.docx"), lambda name, text: text.replace(
        'descr="Harbour Coalition"', 'descr="{{ cycler.__init__.__globals__ }}"'))
    with pytest.raises(Invalid):
        begin(file, "en")


def test_a_field_that_is_not_closed_is_told(tmp_path):
    assert "not closed" in said_of(with_fields(tmp_path / "a.docx", "{{ brief.title }"))


@pytest.mark.parametrize(("change", "words"), [
    (lambda d, m: (d.add_table(1, 2).cell(0, 0).add_paragraph(MARKER), m.clear()), "in a table"),
    (lambda d, m: d.add_paragraph(MARKER), "2 places"),
    (lambda d, m: m.add_run(" please"), "shares its line"),
    (lambda d, m: m.clear(), "Nothing says where"),
    (lambda d, m: (m.clear(), d.sections[0].footer.add_paragraph(MARKER)), "in a header, a footer"),
])  # fmt: skip
def test_a_marker_in_the_wrong_place_is_told(tmp_path, change, words):
    document = docx.Document(str(plain(tmp_path / "a.docx")))
    change(document, next(one for one in document.paragraphs if one.text == MARKER))
    document.save(tmp_path / "b.docx")
    assert words in said_of(tmp_path / "b.docx")


def test_what_word_left_behind_and_what_is_hard_to_read_is_told(tmp_path):
    document = docx.Document(str(plain(tmp_path / "a.docx", alt="", colour="4F81BD", size=9, letter=False)))
    document.paragraphs[0]._p.append(parse_xml(
        f'<w:ins {nsdecls("w")} w:id="9" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins>'))
    document.settings.element.insert(0, parse_xml(f'<w:trackRevisions {nsdecls("w")}/>'))
    document.save(tmp_path / "b.docx")
    stop, warn = said_of(tmp_path / "b.docx"), said_of(tmp_path / "b.docx", Weight.WARN)
    assert "Tracked changes" in stop and "contrast of 4.0 to 1" in warn
    assert "not Letter size" in warn and "9 points" in warn and "no alternative text" in warn


# ---- what is never opened -------------------------------------------------------------------------------------------


def rels(kind, target, mode="External"):
    head = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    road = f'<Relationship Id="rIdX" Type="{head}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    end = "</Relationships>"
    return lambda name, text: text.replace(end, road + end) if "document.xml.rels" in name else text


def same(name, text):
    return text


def huge_picture():
    """A PNG of 20 000 by 20 000 dots that is 60 bytes long."""
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    measured = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + measured + b"\0\0\0\0IDAT" + b"\0" * 20


BAD = {
    "macros": (same, {"word/vbaProject.bin": b"x"}, "programs"),
    "macro kind": (lambda n, t: t.replace("document.main+xml", "document.macroEnabled.main+xml"), {}, "programs"),
    "entities": (lambda n, t: t.replace("<w:document", '<!DOCTYPE a [<!ENTITY b "c">]><w:document', 1)
                 if n == "word/document.xml" else t, {}, "instructions"),
    "ole": (same, {"word/embeddings/oleObject1.bin": b"x"}, "OLE"),
    "template elsewhere": (rels("attachedTemplate", "http://evil.example/a.dotm"), {}, "tied to a template"),
    "picture elsewhere": (rels("image", "http://evil.example/a.png"), {}, "fetches something"),
    "frame elsewhere": (rels("frame", "file:///etc/passwd"), {}, "fetches something"),
    "chunk": (rels("aFChunk", "a.html", "Internal"), {}, "OLE"),
    "bomb": (same, {"word/media/a.xml": b"\0" * 60_000_000}, "swell"),
    "slip": (same, {"../../evil.xml": b"<a/>"}, "outside of itself"),
    "picture of 400 million dots": (same, {"word/media/a.png": huge_picture()}, "far too large"),
    "no picture": (same, {"word/media/a.png": b"GIF89a"}, "cannot be read"),
    "cut": (lambda n, t: t[:-40] if n == "word/document.xml" else t, {}, "breaks off"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_dangerous_letterhead_is_refused_in_plain_words(tmp_path, name):
    change, more, words = BAD[name]
    file = rewritten(plain(tmp_path / "a.docx"), change, more)
    report = LOOKS.check_letterhead(file)
    assert not report.is_good
    assert words in str(report.remarks[0].message)
    assert str(report.remarks[0].hint)
    with pytest.raises((Invalid, Damaged)):
        begin(file, "en")


@pytest.mark.parametrize(("name", "content"), [
    ("a.docm", b"PK"), ("a.docx", b"not a zip"), ("a.docx", b""), ("a.pdf", b"%PDF"), ("a.docx", b"PK\x03\x04 broken"),
])  # fmt: skip
def test_what_is_no_word_document_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert not LOOKS.check_letterhead(tmp_path / name).is_good


@pytest.mark.parametrize("part", ["word/styles.xml", "docProps/core.xml", "_rels/.rels"])
def test_parts_of_another_shape_are_said_to_be_no_word_file(tmp_path, part):
    report = LOOKS.check_letterhead(rewritten(
        plain(tmp_path / "a.docx"), lambda name, text: "<x/>" if name == part else text))
    assert not report.is_good


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert not LOOKS.check_letterhead(tmp_path / "none.docx").is_good


def test_another_kind_of_zip_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("hello.txt", "hello")
    with pytest.raises(Invalid, match="no Word document"):
        admit(tmp_path / "a.docx")


@pytest.fixture(scope="module")
def letterhead(tmp_path_factory):
    return plain(tmp_path_factory.mktemp("any") / "a.docx")


@given(text=some.text(some.sampled_from("{}%# .pbrieftl_r()[]'\"|"), max_size=40))
@settings(max_examples=15, deadline=None)
def test_whatever_stands_in_braces_is_known_or_refused(letterhead, text):
    file = letterhead.with_name("b.docx")
    document = docx.Document(str(letterhead))
    document.paragraphs[0].text = text
    document.save(file)
    found, broken = fields_in(file)
    assert all(one.is_known == (one.name in (*KNOWN, "body")) for one in found)
    if broken or any(not one.is_known for one in found):
        with pytest.raises(Invalid):
            begin(file, "en")


def test_a_theme_is_judged_by_the_cards_own_reading(tmp_path):
    (tmp_path / "a.json").write_text('{"storybank_theme": 1, "colours": {"ink": "#DDDDDD"}}')
    assert not LOOKS.check_theme(tmp_path / "a.json").is_good


def test_every_good_letterhead_of_ours_is_good(tmp_path):
    for name in ("sections", "floating", "french", "bare"):
        report = LOOKS.check_letterhead(letterheads.GOOD[name](tmp_path / f"{name}.docx"))
        assert report.is_good, (name, report.remarks)


def test_the_plainest_letterhead_there_is_can_be_used_and_its_pale_headings_are_said(tmp_path):
    plain = docx.Document()
    plain.add_paragraph("Northern Voices")
    plain.add_paragraph("[[STORYBANK]]")
    plain.save(tmp_path / "plain.docx")
    report = LOOKS.check_letterhead(tmp_path / "plain.docx")
    assert report.is_good
    assert "too pale" in " ".join(str(one.message) for one in report.remarks if one.weight is Weight.WARN)
