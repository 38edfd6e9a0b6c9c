"""Transcript files: what is written is read back, and each says where it is from and how far it was read."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import docx
import pytest
from hypothesis import HealthCheck, given, settings

from exports.transcripts import ohms, srt, text, vtt, word_times
from exports.transcripts.cues import cues_of
from exports.transcripts.formats import ENDINGS, TranscriptFormats
from storybank.domain.captioning import check
from storybank.domain.sheet import Manner, paragraphs
from storybank.domain.transcript import Span
from storybank.errors import Invalid, Unavailable
from tests.exports.sheets import a_line, a_sheet, sheets, words_said
from tests.exports.unpacked import where_it_says

PLAIN = Manner()
MANY = settings(max_examples=40, deadline=None)
FEW = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(tmp_path, ending, sheet=None, manner=PLAIN):
    to = tmp_path / f"words{ending}"
    TranscriptFormats().write(sheet or a_sheet(), to, manner)
    return to


@MANY
@given(sheets())
def test_json_gives_back_everything(sheet):
    back = word_times.read(word_times.write(sheet, PLAIN), "a.json")
    assert back.lines == sheet.lines
    assert (back.title, back.recording, back.duration_ms, back.language) == (
        sheet.title, sheet.recording, sheet.duration_ms, sheet.language)


@MANY
@given(sheets())
def test_srt_gives_back_words_speakers_and_the_times_of_its_captions(sheet):
    back = srt.read(srt.write(sheet, PLAIN), "a.srt")
    assert words_said(back) == words_said(sheet)
    assert [(line.start_ms, line.end_ms) for line in back.lines] == [
        (cue.start_ms, cue.end_ms) for cue, _words in cues_of(sheet.lines, srt._named)]


@MANY
@given(sheets())
def test_vtt_gives_back_words_speakers_and_the_times_of_its_captions(sheet):
    back = vtt.read(vtt.write(sheet, PLAIN), "a.vtt")
    assert words_said(back) == words_said(sheet)
    assert [(line.start_ms, line.end_ms) for line in back.lines] == [
        (cue.start_ms, cue.end_ms) for cue, _words in cues_of(sheet.lines)]


@MANY
@given(sheets())
def test_vtt_gives_back_when_each_word_begins(sheet):
    back = vtt.read(vtt.write(sheet, Manner(word_times=True)), "a.vtt")
    begins = [word.start_ms for line in back.lines for word in line.words]
    if all(line.words for line in back.lines):
        assert begins == [word.start_ms for line in sheet.lines for word in line.words]
    assert words_said(back) == words_said(sheet)


@MANY
@given(sheets())
def test_ohms_gives_back_words_speakers_and_the_times_of_its_captions(sheet):
    back = ohms.read(ohms.write(sheet, PLAIN).encode(), "a.xml")
    assert words_said(back) == words_said(sheet)
    assert [line.start_ms for line in back.lines] == [cue.start_ms for cue, _words in cues_of(sheet.lines)]


@MANY
@given(sheets())
def test_text_gives_back_words_speakers_and_when_each_paragraph_begins(sheet):
    back = text.read(text.write(sheet, PLAIN), "a.txt")
    assert words_said(back) == words_said(sheet)
    begins = [paragraph[0].start_ms // 1000 * 1000 for paragraph in paragraphs(sheet.lines)]
    assert [line.start_ms for line in back.lines] == begins


@MANY
@given(sheets())
def test_text_without_times_gives_back_words_and_speakers(sheet):
    back = text.read(text.write(sheet, Manner(times=False)), "a.txt")
    assert words_said(back) == words_said(sheet)
    assert not any(line.timed for line in back.lines)


@FEW
@given(sheet=sheets())
def test_word_gives_back_words_speakers_and_when_each_paragraph_begins(tmp_path, sheet):
    for manner in (PLAIN, Manner(times=False)):
        back = TranscriptFormats().read(written(tmp_path, ".docx", sheet, manner))
        assert words_said(back) == words_said(sheet)
        begins = [paragraph[0].start_ms // 1000 * 1000 for paragraph in paragraphs(sheet.lines)]
        assert [line.start_ms for line in back.lines] == (begins if manner.times else [None] * len(begins))


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_file_says_engine_model_date_how_much_was_read_and_whom_it_is_for(tmp_path, ending):
    file = written(tmp_path, ending, a_sheet(restricted=(Span(0, 10),)))
    for told in ("faster-whisper 1.2.1", "small", "2026", "25 %", "For internal use", "briefs and kits", "[…] stands"):
        assert where_it_says(file, told) or where_it_says(file, told.replace(" %", "\u00a0%")), told
    assert any("faster-whisper" in note for note in TranscriptFormats().read(file).notes)


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_told_is_in_french_for_those_who_read_french(tmp_path, ending):
    file = written(tmp_path, ending, manner=Manner(language="fr"))
    assert where_it_says(file, "2 mars 2026".replace(" ", "\u00a0", 1))


def test_json_counts_for_other_programs(tmp_path):
    made = json.loads(written(tmp_path, ".json").read_text())
    assert (made["schema"], made["made"]["reviewed_percent"], made["made"]["model"]) == (1, 25, "small")
    assert made["lines"][0]["words"][0] == {
        "text": "Trust", "start_ms": 800, "end_ms": 1200, "probability": 0.9, "estimated": False}


def test_a_vtt_is_as_players_want_it(tmp_path):
    said = written(tmp_path, ".vtt").read_text()
    assert said.startswith("WEBVTT - Storybank\nLanguage: en\n\nNOTE\nTrust before medicine\nRecording R-0001")
    assert "\n\n00:00:06.000 --> 00:00:07.600\n<v Interviewer>How did it begin?\n" in said
    assert "a walking group &amp; a cup of tea &lt; medicine." in said.replace("\n", " ")


def test_an_srt_names_somebody_only_where_the_speaker_changes(tmp_path):
    said = written(tmp_path, ".srt").read_text()
    assert said.startswith("1\n00:00:00,800 --> ")
    assert "Amina Diallo: Trust is the first" in said.replace("\n", " ")
    assert said.count("Amina Diallo:") == 2
    assert check([cue for cue, _words in cues_of(a_sheet().lines)]) == []


def test_an_ohms_file_tells_viewers_of_the_old_form_where_each_minute_ends(tmp_path):
    space = {"o": ohms.SPACE}
    record = ElementTree.parse(written(tmp_path, ".xml")).getroot().find("o:record", space)
    rows = record.findtext("o:transcript", "", space).split("\n")
    interval, _bar, stop = record.findtext("o:sync", "", space).partition(":|")
    row, word = (int(part) for part in stop.rstrip(")").split("("))
    assert (interval, rows[row - 1].split()[word - 1]) == ("1", "With")
    assert rows[0].startswith("AMINA DIALLO: Trust is")
    assert [one.text for one in record.findall("o:interviewee", space)] == ["Amina Diallo", "Interviewer"]
    assert record.find("o:date", space).get("value") == "2025-06-04"


def test_a_file_of_the_old_ohms_form_is_read_with_its_minutes(tmp_path):
    file = written(tmp_path, ".xml")
    old = file.read_text()
    begin, end = old.index("<vtt_transcript>"), old.index("</vtt_transcript>")
    file.write_text(old[:begin] + old[end + len("</vtt_transcript>") :])
    back = TranscriptFormats().read(file)
    assert [line.speaker for line in back.lines] == ["AMINA DIALLO", "INTERVIEWER", "AMINA DIALLO"]
    assert back.timed
    assert 50_000 < back.lines[-1].start_ms < 61_000


def test_a_word_file_is_a_document_with_a_heading_and_its_own_language(tmp_path):
    file = written(tmp_path, ".docx", a_sheet(a_line("Bonjour.", 0, "Marie Roy"), language="fr"))
    document = docx.Document(file)
    assert [(one.style.name, one.text) for one in document.paragraphs][:3] == [
        ("Heading 1", "Trust before medicine"), ("SB Turn", "Marie Roy\t00:00:00"), ("SB Said", "Bonjour.")]
    assert document.paragraphs[-1].text.endswith("Quotes leave the house through briefs and kits.")
    assert "faster-whisper" in document.core_properties.subject
    with zipfile.ZipFile(file) as package:
        assert b'w:lang w:val="en-CA"' in package.read("word/document.xml")


def test_text_has_no_times_where_none_are_wanted(tmp_path):
    said = written(tmp_path, ".txt", manner=Manner(times=False)).read_text()
    assert "\n\nAmina Diallo\nTrust is the first" in said
    assert "[00:" not in said


def test_captions_cannot_be_made_of_a_transcript_without_times(tmp_path):
    line = replace(a_line("We meet."), start_ms=None, end_ms=None, words=())
    with pytest.raises(Invalid, match="has no times"):
        written(tmp_path, ".srt", a_sheet(line))
    assert "We meet." in written(tmp_path, ".txt", a_sheet(line)).read_text()


def test_a_format_that_nobody_knows_names_those_there_are(tmp_path):
    with pytest.raises(Invalid, match=r"\.pdf.*\.docx, \.srt"):
        written(tmp_path, ".pdf")


def test_a_place_that_cannot_be_written_to_is_explained(tmp_path):
    for ending in ENDINGS:
        with pytest.raises(Unavailable, match="written"):
            TranscriptFormats().write(a_sheet(), tmp_path / "nowhere" / f"a{ending}")
