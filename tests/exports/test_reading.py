"""What lies about outside is read wherever words may hide, with places that people find."""

from __future__ import annotations

import hashlib
import shutil
import subprocess

import pytest
from docx.shared import Inches

from exports.reading.outside import OutsideReader, ReaderApart
from storybank.domain.likeness import Likeness, find
from storybank.domain.names import codes_in
from storybank.errors import Cancelled, Invalid
from storybank.jobs.child import Apart
from storybank.words import Words
from tests.exports.outside import WORD_NS, Calm, a_box, a_film, a_pdf, a_png, a_zip, add_xml, with_part, word_file

QUOTE = "Trust is the first prescription we write, and it takes three visits."


def read(file, words=None):
    return OutsideReader(words).read(file, Calm())


def places(document, text):
    return [piece.where for piece in document.pieces if text in piece.text]


def likenesses(document, quote=QUOTE):
    return [match.likeness for match in find({"q": quote}, [piece.text for piece in document.pieces])]


def test_codes_are_known_however_they_are_set():
    assert codes_in("kit:E-0003, q-0012_en.srt, (Q‑0123), Q-\n0077") == ["E-0003", "Q-0012", "Q-0123", "Q-0077"]
    assert codes_in("IQ-0012 Q-12 Q-0012b B-0001 00Q-0012") == []


def test_a_word_file_tells_its_paragraphs_tables_headers_and_card(tmp_path):
    def fill(document):
        document.add_heading("What people told us", 2)
        document.add_paragraph(QUOTE)
        document.add_table(2, 2).cell(1, 0).text = "Said in a table"
        document.sections[0].header.paragraphs[0].text = "Said in the header"
        document.sections[0].footer.paragraphs[0].text = "Brief E-0003"
        document.core_properties.identifier, document.core_properties.author = "E-0007", "Amina Diallo"

    document = read(word_file(tmp_path / "brief.docx", "Dear Minister", change=fill))
    assert places(document, "Dear Minister") == ["brief.docx, paragraph 1"]
    assert places(document, QUOTE) == ["brief.docx, paragraph 3, under “What people told us”"]
    assert places(document, "Said in a table") == ["brief.docx, table 1, row 2"]
    assert places(document, "Said in the header") == ["brief.docx, page header"]
    assert places(document, "Amina Diallo") == ["brief.docx, properties"]
    assert {"E-0003", "E-0007"} <= document.identifiers
    assert document.files == (("brief.docx", hashlib.sha256((tmp_path / "brief.docx").read_bytes()).hexdigest()),)
    assert {piece.file for piece in document.pieces} == {"brief.docx"}


def test_words_that_word_breaks_into_runs_and_signs_are_whole_again(tmp_path):
    def fill(document):
        said = document.add_paragraph()
        for part in ("“Tru", "st is\u00a0the fir", "st pre\u00adscription we ", "write, and it takes three visits.”"):
            said.add_run(part).bold = True
        add_xml(document, f"<w:p {WORD_NS}><w:r><w:t>See Q</w:t></w:r><w:r><w:noBreakHyphen/><w:t>0012</w:t></w:r>"
                          "</w:p>")

    document = read(word_file(tmp_path / "brief.docx", change=fill))
    assert likenesses(document) == [Likeness.VERBATIM]
    assert "Q-0012" in document.identifiers


def test_what_word_hides_is_read(tmp_path):
    def fill(document):
        add_xml(document, f"""<w:sdt {WORD_NS}><w:sdtPr><w:alias w:val="Quote"/><w:tag w:val="Q-0031"/></w:sdtPr>
            <w:sdtContent><w:p><w:r><w:t>In a content control</w:t></w:r></w:p></w:sdtContent></w:sdt>""")
        add_xml(document, f"""<w:p {WORD_NS}><w:bookmarkStart w:id="1" w:name="quote_Q_0032"/>
            <w:r><w:t>Marked</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>""")
        add_xml(document, f"""<w:p {WORD_NS}><w:r><w:t>Kept</w:t></w:r>
            <w:del w:id="2"><w:r><w:delText>{QUOTE}</w:delText></w:r></w:del></w:p>""")
        add_xml(document, f"""<w:p {WORD_NS} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
            <w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>Boxed in</w:t></w:r></w:p>
            </w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>Boxed in</w:t></w:r></w:p>
            </w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Around it</w:t></w:r></w:p>""")
        document.add_paragraph("Commented")
        document.add_comment(document.paragraphs[-1].runs, text="Taken from Q-0033", author="Staff")

    file = word_file(tmp_path / "brief.docx", change=fill)
    with_part(file, "docProps/custom.xml", b"""<?xml version="1.0"?><Properties xmlns="http://x/custom-properties"
        xmlns:vt="http://x/docPropsVTypes"><property pid="2" name="kit_id"><vt:lpwstr>kit:E-0034</vt:lpwstr></property>
        </Properties>""")
    with_part(file, "word/footnotes.xml", f"""<w:footnotes {WORD_NS}><w:footnote w:id="4"><w:p><w:r><w:t>Heard in a
        walking group</w:t></w:r></w:p></w:footnote></w:footnotes>""".encode())
    document = read(file)
    assert {"Q-0031", "Q-0032", "Q-0033", "E-0034"} <= document.identifiers
    assert places(document, QUOTE)[0].startswith("brief.docx, deleted and still there")
    assert len(places(document, "Boxed in")) == len(places(document, "In a content control")) == 1
    assert places(document, "walking group") == ["brief.docx, footnote 4"]
    assert places(document, "Taken from")[0].startswith("brief.docx, comment")


def test_a_picture_with_a_description_in_word_is_read(tmp_path):
    (tmp_path / "card.png").write_bytes(a_png())
    file = word_file(tmp_path / "a.docx", change=lambda document: document.add_picture(
        str(tmp_path / "card.png"), Inches(1))._inline.docPr.set("descr", f"Quote card. {QUOTE}"))
    assert likenesses(read(file)) == [Likeness.VERBATIM]


def test_a_pdf_tells_its_pages_without_line_ends_and_running_heads(tmp_path):
    head, foot = "Ministry of Health - draft", "page %d of 3"
    file = a_pdf(tmp_path / "report.pdf",
                 [head, "Nothing here.", "Nothing there.", "Still nothing.", foot % 1],
                 [head, "They told us:", "Trust is the first pre-", "scription we write,", foot % 2],
                 [head, "and it takes three vis-", "its. So they say (Q-0012).", "More.", foot % 3],
                 title="Brief E-0003")
    document = read(file)
    match, = find({"q": QUOTE}, [piece.text for piece in document.pieces])
    assert match.likeness is Likeness.VERBATIM
    begins, ends = (document.pieces[piece].where for piece, _ in (match.begin, match.end))
    assert (begins, ends) == ("report.pdf, page 2", "report.pdf, page 3")
    assert document.identifiers == {"E-0003", "Q-0012"}
    assert places(document, "Brief E-0003") == ["report.pdf, properties"]


def test_a_pdf_of_pictures_says_that_it_could_not_be_read(tmp_path):
    document = read(a_pdf(tmp_path / "scan.pdf", [], []))
    (missed,) = document.unread
    assert missed.file == "scan.pdf" and "no text" in str(missed.reason)


def test_a_kit_folder_is_read_file_by_file(tmp_path):
    kit = tmp_path / "2026-03_kit"
    files = {
        "README.txt": "Start here.\n\nUse it until June.", "02_posts/posts.csv": f'post_id,text\n1,"{QUOTE}"\n',
        "_manifest/kit.json": '{"kit_id": "kit:E-0003", "quotes": ["Q-0012", {"said": "by kit"}]}',
        "04_clips/q-0014/q-0014.en.srt": "1\n00:00:02,000 --> 00:00:04,000\nTrust is the first\nprescription\n\n"
                                         "2\n00:00:04,000 --> 00:00:06,000\nwe write, and it takes three visits.\n",
        "04_clips/q-0014/q-0014.en.vtt": "WEBVTT\n\n1\n00:02.000 --> 00:04.000\n<v Amina Diallo>Trust is the first\n",
        "06_partners/web.html": f"<p>So <b>Tr</b>ust &amp; care</p><img alt='{QUOTE}'><script>x = 'unsaid'</script>",
    }
    for path, text in files.items():
        (kit / path).parent.mkdir(parents=True, exist_ok=True)
        (kit / path).write_text(text, encoding="utf-8")
    (kit / "card.png").write_bytes(a_png(**{"XML:com.adobe.xmp": "<x:xmpmeta><dc:title>Q-0015</dc:title></x:xmpmeta>"}))
    (kit / "clip.mp4").write_bytes(a_film("Clip of Q-0016", b" Q-0099 " * 500))
    a_pdf(kit / "page.pdf", [QUOTE])
    word_file(kit / "page.docx", QUOTE)
    document = read(kit)
    assert document.name == "2026-03_kit" and document.unread == ()
    assert document.identifiers == {"E-0003", "Q-0012", "Q-0014", "Q-0015", "Q-0016"}
    assert places(document, QUOTE) == ["02_posts/posts.csv, row 2, column text", "06_partners/web.html, hidden label",
                                       "page.docx, paragraph 1", "page.pdf, page 1"]
    assert "04_clips/q-0014/q-0014.en.srt, at 00:00:04" in places(document, "we write, and it")
    assert places(document, "Amina Diallo") == ["04_clips/q-0014/q-0014.en.vtt, name of a voice"]
    assert places(document, "by kit") == ["_manifest/kit.json, quotes › 2 › said"]
    assert places(document, "q-0014.en.srt") == ["04_clips/q-0014/q-0014.en.srt, file name"]
    assert places(document, "Trust & care") and not places(document, "unsaid")
    assert dict(document.files)["clip.mp4"] == hashlib.sha256((kit / "clip.mp4").read_bytes()).hexdigest()


def test_a_zipped_kit_reads_like_the_folder(tmp_path):
    word_file(tmp_path / "page.docx", QUOTE)
    kit = a_zip(tmp_path / "kit.zip", **{"kit/page.docx": (tmp_path / "page.docx").read_bytes(), "kit/a.txt": "Q-0012",
                                         "kit/clip.mp4": a_film("Q-0016"), "__MACOSX/kit/._page.docx": b"\0\5\x16"})
    document = read(kit)
    assert document.unread == () and likenesses(document) == [Likeness.VERBATIM]
    assert document.identifiers == {"Q-0012", "Q-0016"}
    assert [path for path, _ in document.files] == ["kit/page.docx", "kit/a.txt", "kit/clip.mp4",
                                                    "__MACOSX/kit/._page.docx", "kit.zip"]


def test_sound_and_pictures_of_a_film_are_never_taken_for_codes(tmp_path):
    (tmp_path / "a.mp4").write_bytes(a_film("A title", b"Q-0099") + a_box(b"free", b"Q-0098"))
    assert read(tmp_path / "a.mp4").identifiers == frozenset()


def test_slides_are_read_too(tmp_path):
    slide = ('<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>Trust is the first </a:t></a:r>'
             "<a:r><a:t>prescription we</a:t></a:r></a:p></p:sld>")
    deck = a_zip(tmp_path / "deck.pptx", **{"ppt/presentation.xml": "<p/>", "ppt/slides/slide2.xml": slide})
    assert places(read(deck), "first prescription we") == ["deck.pptx, slide 2"]


def test_places_are_named_in_the_readers_language(tmp_path):
    file = word_file(tmp_path / "a.docx", QUOTE)
    words = Words("fr")
    assert places(read(file, words), QUOTE) == [f"a.docx, {words('paragraph {n}', n=1)}"]


def test_reading_can_be_stopped(tmp_path):
    class Stopped(Calm):
        def check(self):
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        OutsideReader().read(word_file(tmp_path / "a.docx", QUOTE), Stopped())


def test_reading_in_a_process_of_its_own_reads_the_same_and_refuses_the_same(tmp_path):
    file, empty = word_file(tmp_path / "a.docx", QUOTE), tmp_path / "empty.pdf"
    empty.touch()
    apart = Apart()
    try:
        assert ReaderApart(apart).read(file, Calm()) == read(file)
        with pytest.raises(Invalid, match="empty"):
            ReaderApart(apart).read(empty, Calm())
    finally:
        apart.close()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice makes the PDF")
def test_a_word_file_made_a_pdf_by_an_office_program_still_holds_the_quote(tmp_path):
    filler = "The office of the program offers a first flight of ideas to its affiliated staff. " * 12
    file = word_file(tmp_path / "brief.docx", filler, f"“{QUOTE}” (Q-0012)", filler)
    subprocess.run(["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--convert-to",
                    "pdf", "--outdir", tmp_path, file], check=True, capture_output=True, timeout=120)
    document = read(tmp_path / "brief.pdf")
    assert likenesses(document) == [Likeness.VERBATIM] and "Q-0012" in document.identifiers
