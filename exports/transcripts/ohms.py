"""OHMS XML: what oral history archives exchange (Oral History Metadata Synchronizer, Nunn Center), old form and new.

The old form is running text with, for each minute, the line and the word at which it ends: `1:|13(3)|19(14)`. The new
form (2025) holds a VTT. We write both, so that viewers of either show the transcript with its times.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

from exports.transcripts import vtt
from exports.transcripts.cues import cues_of, timed_words
from exports.transcripts.incoming import CHECK_FILE, check_words, refuse_instructions
from exports.transcripts.talk import Entry, entries, lines_of
from exports.transcripts.told import provenance
from exports.typography import clean, timecode
from storybank.domain.sheet import Manner, Sheet, SheetLine, paragraphs
from storybank.errors import Invalid
from storybank.words import say

SPACE = "https://www.weareavp.com/nunncenter/ohms"
_WIDTH = 80
_MINUTE = 60_000
_LANGUAGES = {"en": "English", "fr": "French"}
_STOP = re.compile(r"(\d{1,7})\((\d{1,5})\)")
_MARK = re.compile(r"\[\[/?(?:footnotes?|note|link)\]\]")
_IMPOSSIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DEEPEST = 100


def write(sheet: Sheet, manner: Manner) -> str:
    """Return a transcript as OHMS XML."""
    ElementTree.register_namespace("", SPACE)
    root = ElementTree.Element(f"{{{SPACE}}}ROOT")
    record = ElementTree.SubElement(root, f"{{{SPACE}}}record", {"id": sheet.recording, "dt": sheet.recorded_on})
    text, sync = _synchronised(sheet.lines)
    told = " ".join(provenance(sheet, manner.language))
    date = ElementTree.SubElement(record, f"{{{SPACE}}}date", {"value": sheet.recorded_on, "format": "yyyy-mm-dd"})
    fields = [
        ("version", "6.0"), ("title", sheet.title), ("accession", sheet.recording),
        ("duration", timecode(sheet.duration_ms)), *(("interviewee", name) for name in sheet.speakers),
        ("language", _LANGUAGES.get(sheet.language, sheet.language)), ("sync", sync), ("transcript", text),
        ("vtt_transcript", _as_vtt(sheet)), ("user_notes", told), ("type", "interview"),
    ]  # fmt: skip
    for name, value in fields:
        ElementTree.SubElement(record, f"{{{SPACE}}}{name}").text = _IMPOSSIBLE.sub("", value)
    record.remove(date)
    record.insert(1, date)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _as_vtt(sheet: Sheet) -> str:
    return "WEBVTT\n\n" + "\n\n".join(vtt.cue_text(cue) for cue, _words in cues_of(sheet.lines))


def _synchronised(lines: Sequence[SheetLine]) -> tuple[str, str]:
    """Return the running text in short lines, and where in it each minute ends: the line, and the word in it."""
    text: list[str] = []
    stops: list[str] = []
    for paragraph in paragraphs(lines):
        speaker = clean(paragraph[0].speaker).upper()
        times = [word.start_ms for line in paragraph for word in timed_words(line) for _part in word.text.split()]
        said = " ".join(part for line in paragraph for word in timed_words(line) for part in word.text.split())
        before = len(speaker.split()) if speaker else 0
        wrapped = textwrap.wrap(f"{speaker}: {said}" if speaker else said, _WIDTH, break_long_words=False,
                                break_on_hyphens=False)
        seen = -before
        for row in wrapped:
            text.append(row)
            for place, _word in enumerate(row.split(), 1):
                while 0 <= seen < len(times) and times[seen] >= (len(stops) + 1) * _MINUTE:
                    stops.append(f"{len(text)}({place})")
                seen += 1
        text.append("")
    return "\n".join(text), "1:|" + "|".join(stops) if stops else ""


def read(raw: bytes, name: str) -> Sheet:
    """Return what an OHMS file says: its VTT, or else its text with the minutes."""
    record = _record(raw, name)
    language = record.get("language", "").strip().casefold()
    code = next((code for code, called in _LANGUAGES.items() if called.casefold() == language), "")
    new = record.get("vtt_transcript", "")
    if new.strip():
        sheet = vtt.read(new.replace("\r\n", "\n"), name)
        lines, mended = sheet.lines, sheet.mended
    else:
        lines, mended = lines_of(_by_minute(record.get("transcript", ""), record.get("sync", "")))
    check_words(lines, name)
    notes = (record["user_notes"].strip(),) if record.get("user_notes", "").strip() else ()
    return Sheet(lines, record.get("title", "").strip(), language=code, notes=notes, mended=mended)


def _record(raw: bytes, name: str) -> dict[str, str]:
    """Return the fields of the first record, read without building more than needed."""
    refuse_instructions(raw, name)
    found: dict[str, str] = {}
    depth = 0
    try:
        for event, element in ElementTree.iterparse(BytesIO(raw.lstrip()), ("start", "end")):
            depth += 1 if event == "start" else -1
            if depth > _DEEPEST:
                raise Invalid(say("{file} is nested too deeply to be a document.", file=name), hint=CHECK_FILE)
            if event == "end" and depth == 2:
                found.setdefault(element.tag.rpartition("}")[2], element.text or "")
                element.clear()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Invalid(say("{file} is cut off or damaged.", file=name), hint=CHECK_FILE) from error
    if "transcript" not in found and "vtt_transcript" not in found:
        raise Invalid(say("{file} is no OHMS file: there is no transcript in it.", file=name), hint=CHECK_FILE)
    return found


def _by_minute(text: str, sync: str) -> list[Entry]:
    """Return the paragraphs of the old form, each with the moment that its place between two minutes tells."""
    rows = _MARK.sub(" ", text.replace("\r\n", "\n")).split("\n")
    interval, _colon, stops = sync.partition(":")
    step = int(interval) * _MINUTE if interval.strip().isdigit() and len(interval) < 4 else _MINUTE
    places = [(int(row), int(word)) for row, word in _STOP.findall(stops)]
    words = [len(row.split()) for row in rows]
    before = [0]
    for count in words:
        before.append(before[-1] + count)
    ends = [(before[min(row, len(rows)) - 1] + word if row else 0, (n + 1) * step)
            for n, (row, word) in enumerate(places)]
    found: list[Entry] = []
    begin = 0
    for number in range(len(rows) + 1):
        if number == len(rows) or not rows[number].strip():
            said = entries([rows[begin:number]])
            at = _moment(before[begin], ends) if ends else None
            if said and at is not None:
                said[0] = replace(said[0], start_ms=at)
            found += said
            begin = number + 1
    return found


def _moment(word: int, ends: Sequence[tuple[int, int]]) -> int:
    """Return when a word is said, from the words at which the minutes end."""
    known = [(0, 0), *ends]
    for (a, start), (b, end) in pairwise(known):
        if word < b:
            return start + (end - start) * max(0, word - a) // max(1, b - a)
    a, start = known[-1]
    pace = start // max(1, a)
    return start + pace * (word - a)
