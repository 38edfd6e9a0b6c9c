"""Sheets: transcripts for the tests of transcript files; everybody in them is fictional."""

from __future__ import annotations

from hypothesis import strategies as st

from storybank.domain.quality import Quality, Share
from storybank.domain.sheet import Sheet, SheetLine
from storybank.domain.transcript import Span, Word
from tests.build import some_words

QUALITY = Quality(Share("", 200, 50, 7, 9, 60), (), (), "faster-whisper 1.2.1", "small", "2026-03-02T09:30:00+00:00", 3,
                  0, 4)
NAMES = ("Amina Diallo", "George Campbell", "Marie-Ève Côté", "")


def a_line(text, start_ms=0, speaker="", **about):
    words = some_words(text, start_ms)
    return SheetLine(text, start_ms, words[-1].end_ms, speaker, "en", words, **about)


def a_sheet(*lines, **about):
    told = {"title": "Trust before medicine", "recording": "R-0001", "language": "en", "duration_ms": 70_000,
            "recorded_on": "2025-06-04", "quality": QUALITY}
    return Sheet(lines or LINES, **{**told, **about})


LINES = (
    a_line("Trust is the first prescription we write, and nobody pays for it.", 800, "Amina Diallo"),
    a_line("How did it begin?", 6_000, "Interviewer"),
    a_line("With a walking group & a cup of tea < medicine.", 62_400, "Amina Diallo"),
)
RESTRICTED = (Span(1000, 2000),)

_language = st.sampled_from(("en", "fr"))
_word = st.text("adeéœ'’&<>Z9.,?", min_size=1, max_size=9).filter(lambda word: any(c.isalpha() for c in word))


@st.composite
def sheets(draw):
    """Draw a transcript: lines of several people, one after the other, words with times."""
    lines, at = [], draw(st.integers(0, 3_000_000))
    for _line in range(draw(st.integers(1, 4))):
        texts = draw(st.lists(_word, min_size=1, max_size=12))
        start, words = at, []
        for text in texts:
            end = at + draw(st.integers(100, 900))
            words.append(Word(text, at, end, draw(st.sampled_from((None, 0.5, 0.97))), draw(st.booleans())))
            at = end
        lines.append(SheetLine(" ".join(texts), start, at, draw(st.sampled_from(NAMES)), draw(_language),
                               tuple(words), draw(st.booleans()), draw(st.booleans())))
        at += draw(st.sampled_from((1, 400, 5000)))
    return a_sheet(*lines, duration_ms=at)


def words_said(sheet):
    """Return every word with who says it."""
    return [(word, line.speaker) for line in sheet.lines for word in line.text.split()]
