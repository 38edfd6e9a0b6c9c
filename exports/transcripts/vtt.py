"""VTT: captions with a voice tag for each speaker, remarks, and, where it is asked for, the time of each word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

from exports.kits.captions import escaped, plain, time_of
from exports.transcripts.cues import Block, blocks, cues_of
from exports.transcripts.incoming import CHECK_FILE, check_words, clock_ms, in_time
from exports.transcripts.speakers import with_speakers
from exports.transcripts.told import provenance
from storybank.domain.clip import Cue
from storybank.domain.sheet import Manner, Sheet, SheetLine
from storybank.domain.transcript import Word
from storybank.errors import Invalid
from storybank.words import say

_OURS = "WEBVTT - Storybank"
_HEAD = re.compile(r"WEBVTT(?:[ \t\n].*)?", re.DOTALL)
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,60})?[ \t]+([^<>\n]{1,200})>")
_PIECE = re.compile(r"<(\d{1,3}(?::\d\d){1,2}\.\d{3})>")
_TAG = re.compile(r"</?(?:[cibuv]|ruby|rt|lang|font|span)(?:[ .][^<>]{0,200})?/?>", re.IGNORECASE)
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]{2,3})", re.MULTILINE)
_NOTE = re.compile(r"(?:^|\n)NOTE(?:[ \t]+|\n)((?:[^\n]+(?:\n|$))*)")


def write(sheet: Sheet, manner: Manner) -> str:
    """Return a transcript as a VTT file, what must be known of it in a remark."""
    told = [plain(one) for one in (sheet.title, *provenance(sheet, manner.language)) if plain(one)]
    head = [_OURS, *([f"Language: {sheet.language}"] if sheet.language else []), "", "NOTE", *told, ""]
    return "\n".join([*head, *(f"{cue_text(cue, words if manner.word_times else ())}\n"
                               for cue, words in cues_of(sheet.lines))])


def cue_text(cue: Cue, words: Sequence[Word] = ()) -> str:
    """Return a caption as VTT writes it; with words, each begins with its time where that lies in the caption."""
    said = _with_times(cue, words) if words else escaped(plain(cue.text))
    voice = f"<v {escaped(cue.speaker)}>" if cue.speaker else ""
    return f"{time_of(cue.start_ms, '.')} --> {time_of(cue.end_ms, '.')}\n{voice}{said}"


def _with_times(cue: Cue, words: Sequence[Word]) -> str:
    lines, at, said = cue.text.split("\n"), cue.start_ms, ""
    first_of_second = len(lines[0].split(" ")) if len(lines) > 1 else -1
    seen = 0
    for word in words:
        between = "" if not said else "\n" if seen == first_of_second else " "
        stamp = f"<{time_of(word.start_ms, '.')}>" if at < word.start_ms < cue.end_ms else ""
        said += f"{between}{stamp}{escaped(plain(word.text))}"
        at, seen = max(at, word.start_ms), seen + len(word.text.split(" "))
    return said


def read(text: str, name: str) -> Sheet:
    """Return what a VTT file says; one without the first word `WEBVTT` is read all the same."""
    lines: list[SheetLine] = []
    remarks = []
    found = list(blocks(text, name, ends_at_blank=True))
    for block in found:
        remarks.append(block.between)
        lines += _lines(block)
    ordered, mended = in_time(lines, name)
    voiced = any(line.speaker for line in ordered) or text.startswith(_OURS)
    said = ordered if voiced else tuple(line for line in with_speakers(ordered) if line.text)
    check_words(said, name)
    notes = tuple(" ".join(note.split()) for between in remarks for note in _NOTE.findall(between) if note.strip())
    language = _LANGUAGE.search(found[0].between)
    return Sheet(said, language=language[1].lower() if language else "", notes=notes, mended=mended)


def is_vtt(text: str) -> bool:
    """Tell whether a text begins as VTT files do."""
    return _HEAD.match(text.lstrip()) is not None


def _lines(block: Block) -> list[SheetLine]:
    """Return the lines of a caption: one for each voice in it, which share its time."""
    parts = _VOICE.split(block.text)
    voices = [("", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    said = [(unescape(name).strip(), text) for name, text in voices if _bare(text)]
    if len(said) < 2:
        return [_line(name, text, block.start_ms, block.end_ms) for name, text in said]
    total, at, lines = sum(len(_bare(text)) for _name, text in said), 0, []
    for name, text in said:
        begin = block.start_ms + (block.end_ms - block.start_ms) * at // total
        at += len(_bare(text))
        lines.append(_line(name, text, begin, block.start_ms + (block.end_ms - block.start_ms) * at // total))
    return lines


def _line(speaker: str, text: str, start_ms: int, end_ms: int) -> SheetLine:
    line = SheetLine(_bare(text), start_ms, end_ms, speaker)
    return replace(line, words=_words(text, start_ms, end_ms)) if _PIECE.search(text) else line


def _words(text: str, start_ms: int, end_ms: int) -> tuple[Word, ...]:
    """Return the words of a caption whose pieces have times; a piece of several words is shared out."""
    first, *rest = _PIECE.split(text)
    pieces = [(start_ms, first), *((_time(at), said) for at, said in zip(rest[::2], rest[1::2], strict=True))]
    words: list[Word] = []
    for number, (at, said) in enumerate(pieces):
        texts = _bare(said).split()
        until = max(at, pieces[number + 1][0] if number + 1 < len(pieces) else end_ms)
        for place, one in enumerate(texts):
            step = (until - at) / len(texts)
            words.append(Word(one, round(at + step * place), round(at + step * (place + 1)), estimated=place > 0))
    return tuple(words)


def _time(text: str) -> int:
    at = clock_ms(text)
    if at is None:
        raise Invalid(say("A word's time cannot be read: {time}.", time=text), hint=CHECK_FILE)
    return at


def _bare(text: str) -> str:
    return " ".join(unescape(_TAG.sub("", _PIECE.sub("", text))).split())
