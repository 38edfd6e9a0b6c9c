"""Carrying: transcripts taken out as files for the house's own use, and brought in from files that people wrote."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from storybank.domain import names
from storybank.domain.captioning import WIDE_LIMITS, Fault, Limits, check
from storybank.domain.captions import captions
from storybank.domain.change import ChangeKind
from storybank.domain.clip import Cue
from storybank.domain.events import TranscriptShown, VoicesChanged
from storybank.domain.recording import Recording
from storybank.domain.restriction import Restriction
from storybank.domain.sheet import USUAL, Manner, Sheet, SheetLine
from storybank.domain.timing import LEAST_SHARE, sentences, spread, timed
from storybank.domain.transcript import WRITTEN, Chunk, Line, RunState, Segment, Span, TranscriptRun, Word
from storybank.domain.use import Act
from storybank.domain.voice import Voice
from storybank.errors import Invalid, NotFound, Refused
from storybank.ports import Clock, OpenWork, Ticket, TranscriptFiles, UnitOfWork
from storybank.services.anchoring import move_quotes
from storybank.services.circles import may_be_processed
from storybank.services.measuring import quality_of
from storybank.words import Sentence, Words, say

PASTED = "pasted text"
"""What a transcript that was pasted is said to come from."""
_AFTER_THE_END_MS = 3000
_BESIDE_MS = 1000
"""How far a word may be heard from the line it stands in."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A transcript that was brought in: its run, how much of it the engine had heard, and what was put right."""

    run: TranscriptRun
    lines: int
    share: float | None
    """None where no engine has listened to the recording."""
    mended: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Heard:
    """What an engine heard in a recording, to put a text in time with."""

    words: tuple[Word, ...]
    speech: tuple[Span, ...]
    language: str


class Carrying:
    """Everything one can do with transcripts as files. Nothing of this leaves the house by itself."""

    def __init__(self, open_work: OpenWork, files: TranscriptFiles, free_lines: Callable[[str], list[Line]],
                 clock: Clock, author: Callable[[], str]) -> None:
        """`free_lines` is the gate: it returns a story's lines without restricted words, or refuses."""
        self._open_work = open_work
        self._files = files
        self._free_lines = free_lines
        self._clock = clock
        self._author = author

    def take_out(self, story_id: str, to: Path, manner: Manner = USUAL) -> int:
        """Write a story's transcript to a file whose ending says how; return how many lines are in it.

        Refused where somebody in the story said stop; restricted words are left out. Names are shown: it is for the
        house's own use, and the file says so.
        """
        sheet = self.sheet(story_id, manner)
        self._files.write(sheet, to, manner)
        return len(sheet.lines)

    def sheet(self, story_id: str, manner: Manner = USUAL) -> Sheet:
        """Return a story's transcript as it may be written."""
        lines = self._free_lines(story_id)
        if not lines:
            raise NotFound(say("This recording has no transcript yet."))
        with self._open_work() as work:
            story, recording = work.stories.get(story_id), work.recordings.get(lines[0].recording_id)
            called = _names(work, recording.id, Words(manner.language))
            silent = [one for one in work.restrictions.of_recordings([recording.id]) if one.silences]
            return Sheet(
                tuple(_written(line, called, silent) for line in lines), story.title, recording.code,
                story.language or lines[0].language, recording.facts.duration_ms, story.recorded_on,
                quality_of(work, recording.id), tuple(Span(one.start_ms, one.end_ms) for one in silent),
            )  # fmt: skip

    def check_captions(self, recording_id: str, limits: Limits = WIDE_LIMITS) -> list[tuple[Fault, Cue]]:
        """Return what people could not read in time if the transcript were captions, and which caption it is."""
        with self._open_work() as work:
            lines = work.transcripts.lines(recording_id)
        turns = [list(own) for _voice, own in groupby(lines, key=lambda line: (line.voice_id, line.speaker_id))]
        cues: list[Cue] = []
        for turn, after in zip(turns, [*turns[1:], None], strict=True):
            end = after[0].start_ms - limits.gap_ms if after else None
            cues += captions([word for line in turn for word in line.words], 0, limits, clip_end_ms=end)
        return [(fault, cues[fault.cue - 1]) for fault in check(cues, limits)]

    def bring_in(self, recording_id: str, untrusted: Path | str, ticket: Ticket) -> Brought:
        """Put a transcript that people wrote, in a file or pasted, on file, and show it; the earlier ones are kept.

        A text without times is put in time with what an engine heard. Quotes move to the words said at their moments.
        """
        with self._open_work() as work:
            recording = work.recordings.get(recording_id)
            self._check_may(work, recording)
            heard = _newest_heard(work, recording_id)
        name = names.plain(untrusted.name) if isinstance(untrusted, Path) else PASTED
        sheet = self._files.read(untrusted) if isinstance(untrusted, Path) else self._files.read_text(untrusted)
        ticket.report(0.3)
        lines, share = _in_time(sheet, heard, recording)
        ticket.report(0.7)
        ticket.check()
        run = self._keep(recording, name, replace(sheet, lines=tuple(lines)), heard, share)
        ticket.report(1.0)
        return Brought(run, len(lines), share, sheet.mended)

    def _keep(self, recording: Recording, name: str, sheet: Sheet, heard: _Heard | None,
              share: float | None) -> TranscriptRun:
        """Save what was brought in, in one transaction."""
        at, length = self._clock().isoformat(), max(1, recording.facts.duration_ms)
        with self._open_work() as work:
            self._check_may(work, recording)
            story = work.stories.get(recording.story_id)
            language = sheet.language or (heard.language if heard else "") or story.language
            segments = tuple(_segment(line) for line in sheet.lines)
            run = TranscriptRun(names.new_id(), recording.id, WRITTEN, "", name, language or None, RunState.DONE,
                                length, 1, json.dumps({"heard": share}), at, at)
            end = max([length, *(segment.end_ms for segment in segments)])
            work.transcripts.save_run(run)
            work.transcripts.journal(run.id, Chunk(0, 0, end, segments, language, heard.speech if heard else ()))
            work.transcripts.show(run.id)
            voices = self._voices(work, recording, sheet.speakers)
            kept = [_voiced(line, said, voices) for line, said in
                    zip(work.transcripts.lines_of(run.id), sheet.lines, strict=True)]
            work.transcripts.revise(run.id, kept, self._author(), ChangeKind.VOICED)
            move_quotes(work, recording.id, kept)
            work.record(TranscriptShown(run.id, recording.id))
            work.commit()
        return run

    def _check_may(self, work: UnitOfWork, recording: Recording) -> None:
        answer = may_be_processed(work, recording.story_id, Act.TRANSCRIBE, self._clock().date())
        if not answer.allowed:
            raise Refused(answer.reasons[0], hint=say("Nothing was brought in."))

    @staticmethod
    def _voices(work: UnitOfWork, recording: Recording, speakers: Sequence[str]) -> dict[str, Voice]:
        """Return the voice of each speaker: one that is called so, or a new one, linked to the person of that name."""
        story = work.stories.get(recording.story_id)
        people = {names.plain(person.name): person.id for person in
                  (work.contributors.get(one.contributor_id) for one in story.participants if one.audible)}
        own = work.voices.of_recording(recording.id)
        called = {whose: voice for voice in own for whose in (voice.name, _person(work, voice)) if whose}
        for speaker in speakers:
            if speaker in called:
                continue
            taken = {voice.number for voice in own}
            number = next(n for n in range(1, len(taken) + 2) if n not in taken)
            voice = Voice(names.new_id(), recording.id, number, speaker, people.get(speaker))
            work.voices.save(voice)
            own, called = [*own, voice], {**called, speaker: voice}
        if speakers:
            work.record(VoicesChanged(recording.id))
        return called


def _newest_heard(work: UnitOfWork, recording_id: str) -> _Heard | None:
    """Return what the newest engine to listen to all of a recording heard."""
    runs = [run for run in work.transcripts.runs_of(recording_id)
            if not run.is_written and run.state is RunState.DONE and run.only is None]
    if not runs:
        return None
    segments = work.transcripts.segments(runs[-1].id)
    words = tuple(word for segment in segments for word in segment.words)
    return _Heard(words, tuple(work.transcripts.speech(runs[-1].id)), runs[-1].language or "") if words else None


def _in_time(sheet: Sheet, heard: _Heard | None, recording: Recording) -> tuple[list[SheetLine], float | None]:
    """Return the lines of a transcript with the times of their words, and how much of it was heard; or refuse."""
    length = recording.facts.duration_ms
    plain = tuple(replace(line, text=names.plain(line.text), speaker=names.plain(line.speaker)) for line in sheet.lines)
    sheet = replace(sheet, lines=tuple(line for line in plain if line.text))
    if sheet.timed:
        last = max(line.start_ms or 0 for line in sheet.lines)
        if last > length + _AFTER_THE_END_MS:
            raise Invalid(say("It goes on after the recording has ended: it has a line at {time}, and the recording is "
                              "{length} long.", time=_clock(last), length=_clock(length)),
                          hint=say("Check that it belongs to this recording."))
    elif heard is None:
        raise Refused(say("This text has no times, and nobody has listened to the recording yet."),
                      hint=say("Transcribe the recording first; the text is then put in time with it."))
    else:
        sheet = replace(sheet, lines=tuple(one for line in sheet.lines for one in _by_sentence(line)))
    if heard is None:
        return [_spread(line) for line in sheet.lines], None
    found = timed([text for line in sheet.lines for text in line.text.split()], heard.words, Span(0, length))
    if found.share < LEAST_SHARE:
        raise Refused(say("This does not seem to be what is said here: of its words, {percent} % were heard.",
                          percent=round(100 * found.share)),
                      hint=say("Check that it belongs to this recording, and is in its language."))
    return _shared(sheet.lines, found.words), found.share


def _shared(lines: Sequence[SheetLine], words: Sequence[Word]) -> list[SheetLine]:
    """Return each line with its own of the words, and their times; a time of its own that a line has is kept."""
    done: list[SheetLine] = []
    at = 0
    for line in lines:
        own = tuple(words[at : at + len(line.text.split())])
        at += len(own)
        if not line.timed:
            done.append(replace(line, words=own, start_ms=own[0].start_ms, end_ms=own[-1].end_ms))
        elif line.words or not _is_beside(own, line):
            done.append(_spread(line))
        else:
            done.append(replace(line, words=tuple(_drawn_in(word, line) for word in own)))
    return done


def _is_beside(words: Sequence[Word], line: SheetLine) -> bool:
    start, end = (line.start_ms or 0) - _BESIDE_MS, (line.end_ms or 0) + _BESIDE_MS
    return all(start <= word.start_ms and word.end_ms <= end for word in words)


def _drawn_in(word: Word, line: SheetLine) -> Word:
    start, end = line.start_ms or 0, line.end_ms or 0
    return replace(word, start_ms=min(max(word.start_ms, start), end), end_ms=min(max(word.end_ms, start), end))


def _spread(line: SheetLine) -> SheetLine:
    """Return a line with words that have times: its own, or shared out over it."""
    texts = line.text.split()
    if [word.text for word in line.words] == texts:
        return line
    return replace(line, words=spread(texts, Span(line.start_ms or 0, line.end_ms or 0)))


def _by_sentence(line: SheetLine) -> list[SheetLine]:
    return [replace(line, text=text, opens_paragraph=line.opens_paragraph and not number)
            for number, text in enumerate(sentences(line.text))]


def _segment(line: SheetLine) -> Segment:
    start = line.start_ms or 0
    return Segment(start, max(line.end_ms or 0, start + 1), line.text, line.words, language=line.language)


def _voiced(line: Line, said: SheetLine, voices: dict[str, Voice]) -> Line:
    voice = voices.get(said.speaker)
    return replace(line, voice_id=voice.id if voice else None, speaker_id=voice.contributor_id if voice else None,
                   opens_paragraph=said.opens_paragraph, reviewed=said.reviewed)


def _person(work: UnitOfWork, voice: Voice) -> str:
    return work.contributors.get(voice.contributor_id).name if voice.contributor_id else ""


def _names(work: UnitOfWork, recording_id: str, words: Words) -> dict[str, str]:
    """Return what each voice, and each person of the story, is called."""
    own = work.voices.of_recording(recording_id)
    people = {person.id: person.name for person in work.contributors.all()}
    return people | {
        voice.id: _person(work, voice) or voice.name or words("Voice {n}", n=voice.number) for voice in own
    }


def _written(line: Line, called: dict[str, str], silent: Sequence[Restriction]) -> SheetLine:
    """Return a line as it is written; of one with restricted words, nothing else than its free words."""
    restricted = any(one.touches(line.start_ms, line.end_ms) for one in silent)
    text = " ".join(word.text.strip() for word in line.words) if restricted else line.text.strip()
    words = tuple(replace(word, text=word.text.strip()) for word in line.words)
    return SheetLine(text, line.start_ms, max(line.end_ms, line.start_ms + 1),
                     called.get(line.voice_id or "") or called.get(line.speaker_id or "", ""), line.language, words,
                     line.opens_paragraph, line.reviewed)


def _clock(ms: int) -> str:
    return f"{ms // 3_600_000}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}"
