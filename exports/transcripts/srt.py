"""SRT: captions with numbers and times, and names before the words where the speaker changes."""

from __future__ import annotations

import re

from exports.kits import captions
from exports.transcripts.cues import blocks, cues_of
from exports.transcripts.incoming import check_words, in_time
from exports.transcripts.speakers import CHANGE, with_speakers
from exports.transcripts.told import provenance
from storybank.domain.clip import Cue
from storybank.domain.sheet import Manner, Sheet, SheetLine

_NOTE = "NOTE Storybank:"
_MARKUP = re.compile(r"</?(?:[ibus]|em|strong)>|</?(?:span|font|c|v|lang)(?:[ .][^<>]{0,200})?>|\{\\[^{}]{0,200}\}",
                     re.IGNORECASE)
_BREAK = re.compile(r"<br ?/?>|\\N", re.IGNORECASE)


def write(sheet: Sheet, manner: Manner) -> str:
    """Return a transcript as an SRT file.

    SRT has no place for remarks, so what must be known of it is a last caption that stands for a thousandth of a
    second, which no eye sees.
    """
    cues = [cue for cue, _words in cues_of(sheet.lines, _named)]
    end = cues[-1].end_ms
    told = " ".join([_NOTE, f"{sheet.title}.", *provenance(sheet, manner.language)])
    return captions.srt([*cues, Cue(end, end + 1, told)])


def read(text: str, name: str) -> Sheet:
    """Return what an SRT file says."""
    lines, notes = [], []
    for block in blocks(text, name, ends_at_blank=False):
        said = " ".join(_MARKUP.sub("", _BREAK.sub(" ", block.text)).split())
        if said.startswith(_NOTE):
            notes.append(said.removeprefix(_NOTE).strip())
        elif said:
            lines.append(SheetLine(said, block.start_ms, block.end_ms))
    ordered, mended = in_time(lines, name)
    named = tuple(line for line in with_speakers(ordered) if line.text)
    check_words(named, name)
    return Sheet(named, notes=tuple(notes), mended=mended)


def _named(speaker: str, after_another: bool) -> str:
    return f"{speaker}:" if speaker else CHANGE if after_another else ""
