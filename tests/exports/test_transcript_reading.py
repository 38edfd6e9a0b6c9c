"""Transcripts that others wrote: read as far as they can be, refused with the plain reason where they cannot."""

from __future__ import annotations

import json
import time
import zipfile

import docx
import pytest

from exports.transcripts.formats import TranscriptFormats
from exports.transcripts.incoming import MOST_BYTES
from exports.transcripts.speakers import may_be_name
from storybank.errors import Damaged, Invalid, Unavailable

SRT = "1\n00:00:01,000 --> 00:00:02,500\nWe meet on Tuesday.\n\n2\n00:00:03,000 --> 00:00:04,000\nÀ l'été.\n"
SAID = [("We meet on Tuesday.", 1000, 2500), ("À l'été.", 3000, 4000)]


def read(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return TranscriptFormats().read(file)


def said(sheet):
    return [(line.text, line.start_ms, line.end_ms) for line in sheet.lines]


def spoken(sheet):
    return [(line.speaker, line.text) for line in sheet.lines]


@pytest.mark.parametrize("content", [
    SRT, SRT.replace("\n", "\r\n"), SRT.replace("\n", "\r"), "\ufeff" + SRT, SRT.encode("cp1252"),
    SRT.encode("utf-16"), SRT.encode("utf-16-le"), SRT.encode("utf-16-be"),
    SRT.replace("1\n00", "00").replace("\n\n2\n", "\n\n"), SRT.replace("\n\n2\n", "\n2\n"),
    SRT.replace("We meet on", "<i>We</i> meet\n<font color=\"red\">on</font>").replace("À", "{\\an8}À"),
    SRT.replace(",", ".").replace("00:00:0", "0:0"), SRT.replace("On Tuesday", "On\n\nTuesday"),
    SRT.replace(" --> ", "-->"), SRT.replace(",000\n", ",000  X1:10 Y2:20\n"),
], ids=["plain", "crlf", "cr", "bom", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "no numbers", "no blank lines",
        "tags", "short times", "blank line inside", "no spaces", "settings"])  # fmt: skip
def test_srt_is_read_however_it_was_saved(tmp_path, content):
    assert said(read(tmp_path, "a.srt", content)) == SAID


VTT = """\ufeffWEBVTT Kind: captions
Language: fr

STYLE
::cue { color: red }

NOTE made by hand
on two lines

intro
00:01.000 --> 00:02.500 align:left size:50%
<v.loud Amina Diallo>We <b>meet</b> on &lt;Tuesday&gt; &amp; Friday.</v>

00:03.000 --> 00:00:04.000
<v Interviewer>Really? <v Amina Diallo>Yes.

NOTE
the end
"""


def test_vtt_is_read_with_its_voices_and_remarks(tmp_path):
    sheet = read(tmp_path, "a.vtt", VTT)
    assert spoken(sheet) == [("Amina Diallo", "We meet on <Tuesday> & Friday."), ("Interviewer", "Really?"),
                             ("Amina Diallo", "Yes.")]
    assert [line.start_ms for line in sheet.lines] == [1000, 3000, 3636]
    assert sheet.notes == ("made by hand on two lines",)
    assert sheet.language == "fr"


def test_words_with_times_of_their_own_keep_them(tmp_path):
    sheet = read(tmp_path, "a.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\nWe<00:00:02.000><c> meet</c> <00:03.000>here\n")
    assert [(word.text, word.start_ms, word.end_ms) for word in sheet.lines[0].words] == [
        ("We", 1000, 2000), ("meet", 2000, 3000), ("here", 3000, 4000)]


def test_captions_in_a_wrong_order_are_sorted_and_it_is_said(tmp_path):
    first, second = SRT.strip().split("\n\n")
    sheet = read(tmp_path, "a.srt", f"{second}\n\n{first}\n\n3\n00:00:02,000 --> 00:00:09,000\nlate\n")
    assert [line.start_ms for line in sheet.lines] == [1000, 2000, 3000]
    assert [str(one) for one in sheet.mended] == [
        "Captions that were out of order were sorted.", "2 captions overlap the next one; they were left as they are."]


@pytest.mark.parametrize("before", ["AMINA: ", "Amina Diallo: ", "[Amina Diallo]: ", "SPEAKER_01: ", ">> Dr. Côté: "])
def test_names_before_the_words_are_speakers(tmp_path, before):
    sheet = read(tmp_path, "a.srt", SRT.replace("We meet", f"{before}We meet"))
    assert spoken(sheet) == [(before.strip(" >:[]"), "We meet on Tuesday."), (before.strip(" >:[]"), "À l'été.")]


@pytest.mark.parametrize("text", ["remember", "We asked one thing, again", "What did she say?", "10", "http", "A" * 50])
def test_words_before_a_colon_are_no_name(text):
    assert not may_be_name(text)


TALKS = {
    "noScribe": "[00:00:01] S00: We meet on Tuesday.\n\n[00:00:05] S01: Really?\n",
    "otter": "S00  0:01\nWe meet on Tuesday.\n\nS01  0:05\nReally?\n\nTranscribed by hand\n"
             .replace("\n\nTranscribed by hand", ""),
    "aTrain": "SPEAKER_00 [00:00:01]: We meet on Tuesday.\nSPEAKER_01 [00:00:05]: Really?\n",
    "range": "[00:00:01.000 --> 00:00:02.500] S00: We meet\non Tuesday.\n[00:00:05.000 --> 00:00:06.000] S01: Really?",
    "table": "00:00:01\tS00\tWe meet on Tuesday.\n00:00:05\tS01\tReally?\n".replace("S00\t", "S00: ").replace(
        "S01\t", "S01: "),
    "MAXQDA": "#00:00:01-0# S00: We meet on Tuesday.\n#00:00:05-0# S01: Really?\n",
    "head line": "(00:01) S00\nWe meet on Tuesday.\n\n(00:05) S01\nReally?\n",
}


@pytest.mark.parametrize("written", TALKS)
def test_text_of_other_programs_is_read_with_speakers_and_times(tmp_path, written):
    sheet = read(tmp_path, "a.txt", TALKS[written])
    assert [(text, who.replace("SPEAKER_", "S")) for who, text in spoken(sheet)] == [
        ("We meet on Tuesday.", "S00"), ("Really?", "S01")]
    assert [line.start_ms for line in sheet.lines] == [1000, 5000]


def test_plain_text_has_paragraphs_and_no_times(tmp_path):
    sheet = read(tmp_path, "a.txt", "We meet at\nthe library.\n\nAt 10:30 we drink tea: it is good.\n")
    assert said(sheet) == [("We meet at the library.", None, None), ("At 10:30 we drink tea: it is good.", None, None)]


def test_times_that_run_backwards_in_a_text_are_left_out_and_it_is_said(tmp_path):
    sheet = read(tmp_path, "a.txt", "[00:00:09] We meet.\n[00:00:01] We drink tea.\n")
    assert not sheet.timed
    assert "run backwards" in str(sheet.mended[0])


def a_word_file(tmp_path, *paragraphs, rows=()):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.save(tmp_path / "a.docx")
    return TranscriptFormats().read(tmp_path / "a.docx")


def test_a_word_file_with_names_is_read(tmp_path):
    sheet = a_word_file(tmp_path, "Amina Diallo: We meet\non Tuesday.", "Interviewer:", "Really?", "And then?")
    assert spoken(sheet) == [("Amina Diallo", "We meet on Tuesday."), ("Interviewer", "Really?"),
                             ("Interviewer", "And then?")]


def test_a_table_in_a_word_file_is_read_row_by_row(tmp_path):
    rows = [("Time", "Speaker", "Text"), ("00:01", "Amina Diallo", "We meet on Tuesday at ten."),
            ("00:05", "Interviewer", "Really? How many come?")]
    sheet = a_word_file(tmp_path, rows=rows)
    assert [(line.speaker, line.start_ms) for line in sheet.lines] == [("Amina Diallo", 1000), ("Interviewer", 5000)]


WHISPER = {"text": "We meet.", "language": "en", "segments": [{
    "start": 1.0, "end": 2.5, "text": " We meet.", "speaker": "SPEAKER_00",
    "words": [{"word": " We", "start": 1.0, "end": 1.4, "probability": 0.9},
              {"word": " meet.", "start": 1.4, "end": 2.5}],
}]}  # fmt: skip


@pytest.mark.parametrize("value", [
    WHISPER, WHISPER["segments"], {"transcription": [{"offsets": {"from": 1000, "to": 2500}, "text": " We meet."}]},
    {"segments": [{"startTime": 1, "endTime": 2.5, "body": "We meet."}]},
], ids=["whisper", "list", "whisper.cpp", "podcast"])  # fmt: skip
def test_json_of_whisper_and_its_kin_is_read(tmp_path, value):
    assert said(read(tmp_path, "a.json", json.dumps(value))) == [("We meet.", 1000, 2500)]


def test_words_of_whisper_keep_times_and_doubt(tmp_path):
    words = read(tmp_path, "a.json", json.dumps(WHISPER)).lines[0].words
    assert [(word.text, word.start_ms, word.probability) for word in words] == [
        ("We", 1000, 0.9), ("meet.", 1400, None)]


@pytest.mark.parametrize(("text", "lines"), [(VTT, 3), (SRT, 2), (json.dumps(WHISPER), 1), ("We meet.\n\nTea.", 2)])
def test_what_is_pasted_is_known_by_its_look(text, lines):
    assert len(TranscriptFormats().read_text(text).lines) == lines


ENTITY = "<!DOCTYPE r [<!ENTITY a 'aaaa'>]><ROOT><record><transcript>&a;</transcript></record></ROOT>"
OHMS = '<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record><title>x</title>{}</record></ROOT>'


@pytest.mark.parametrize(("name", "content", "reason"), [
    ("a.srt", "", "is empty"), ("a.txt", " \n ", "no words"), ("a.srt", "Nothing here", "no captions"),
    ("a.srt", bytes(range(256)) * 20, "no text|no captions"), ("a.txt", b"\x7fELF\x01\x00\x00\x02" * 99, "is no text"),
    ("a.srt", SRT.replace("00:00:02,500", "00:00:00,500"), "caption 1 ends before it begins"),
    ("a.srt", SRT.replace("00:00:01,000", "-00:00:01,000"), "time in line 2 of a.srt cannot be read"),
    ("a.vtt", "WEBVTT\n\nnan --> nan\nx\n", "time in line 3"), ("a.vtt", "WEBVTT\n\n", "no captions"),
    ("a.json", "{", "not whole"), ("a.json", "[" * 100_000, "not whole"), ("a.json", "{}", "no transcript"),
    ("a.json", '{"segments":[{"start":NaN,"end":2,"text":"x"}]}', "number in it that is none: NaN"),
    ("a.json", '{"segments":[{"start":-1,"end":2,"text":"x"}]}', "a time that is none: -1"),
    ("a.json", '{"segments":[{"start":1e999,"end":2,"text":"x"}]}', "a time that is none: inf"),
    ("a.json", '{"segments":[{"start":true,"end":2,"text":"x"}]}', "a time that is none: True"),
    ("a.json", '{"segments":[{"start":3,"end":2,"text":"x"}]}', "ends before it begins"),
    ("a.json", '{"format":"storybank-transcript","schema":99}', "newer Storybank"),
    ("a.xml", ENTITY, "instructions that no transcript needs"), ("a.xml", "<ROOT><record>", "cut off or damaged"),
    ("a.xml", "<a>" * 500, "nested too deeply|cut off"), ("a.xml", "<html><p>x</p></html>", "no OHMS file"),
    ("a.xml", OHMS.format("<transcript> </transcript>"), "no words"), ("a.docx", "We meet.", "no Word file"),
    ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word file"), ("a.docx", b"PK\x03\x04 x", "cut off or damaged"),
    ("a.pdf", "x", r"end in \.pdf"), ("a.txt", "ha " * 500_000, "too many words"),
])  # fmt: skip
def test_what_cannot_be_read_says_why_in_plain_words(tmp_path, name, content, reason):
    with pytest.raises((Invalid, Damaged), match=reason) as refusal:
        read(tmp_path, name, content)
    assert refusal.value.hint


def a_package(file, **parts):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("_", "/") + ".xml", content)
    return file


@pytest.mark.parametrize(("document", "reason"), [
    (b" " * 60_000_000, "as in an attack"), (ENTITY.encode(), "instructions that no transcript needs"),
    (b"<a>" * 2000, "nested too deeply"), (b"<w:document", "cut off or damaged"),
])  # fmt: skip
def test_a_word_file_that_is_an_attack_is_refused(tmp_path, document, reason):
    file = a_package(tmp_path / "a.docx", word_document=document)
    with pytest.raises((Invalid, Damaged), match=reason):
        TranscriptFormats().read(file)


def test_a_zip_that_is_no_word_file_is_refused(tmp_path):
    with pytest.raises(Invalid, match="no Word file"):
        TranscriptFormats().read(a_package(tmp_path / "a.docx", xl_workbook=b"<a/>"))


@pytest.mark.parametrize("ending", ["docx", "txt", "srt", "json", "xml"])
def test_a_file_that_is_far_too_large_is_refused_at_once(tmp_path, ending):
    file = tmp_path / f"a.{ending}"
    with file.open("wb") as huge:
        huge.write(b"PK")
        huge.truncate(MOST_BYTES + 10_000_000)
    begun = time.monotonic()
    with pytest.raises(Invalid, match="too large for a transcript: 40 MB"):
        TranscriptFormats().read(file)
    assert time.monotonic() - begun < 1


def test_a_file_that_is_gone_says_so(tmp_path):
    with pytest.raises(Unavailable, match="cannot be read"):
        TranscriptFormats().read(tmp_path / "gone.srt")
