"""Transcribing: asking an engine to listen, keeping every word, and going on where it was stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from storybank.domain import editing, names
from storybank.domain.change import ChangeKind
from storybank.domain.events import (
    Event,
    QueueChanged,
    StoryDescribed,
    TranscriptEnded,
    TranscriptGrew,
    TranscriptStarted,
)
from storybank.domain.recording import Recording
from storybank.domain.speech import Hearing, Listening, SpeechModel
from storybank.domain.transcript import Chunk, Line, Passage, RunState, Segment, Span, TranscriptRun, Word
from storybank.domain.use import Act
from storybank.errors import Cancelled, Refused
from storybank.ports import Clock, OpenWork, RunApart, SpeechModels, Store, Ticket, Transcriber, UnitOfWork
from storybank.services.circles import may_be_processed
from storybank.services.correcting import Correcting
from storybank.services.edits import Edit
from storybank.services.glossing import words_to_know
from storybank.services.originals import original
from storybank.words import Sentence, say


@dataclass(frozen=True, slots=True)
class Heard(Event):
    """A few words that the engine has just heard; not saved yet, shown while one waits."""

    recording_id: str
    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Remarked(Event):
    """Something that people should know about how a recording is heard; shown, not kept."""

    recording_id: str
    remark: Sentence


class Transcribing:
    """Everything one can do to get a transcript. Engines run in a process of their own."""

    def __init__(self, open_work: OpenWork, engines: tuple[Transcriber, ...], models: SpeechModels, apart: RunApart,
                 store: Store, clock: Clock, tell: Callable[[Event], None], correcting: Correcting) -> None:
        self._open_work = open_work
        self._correcting = correcting
        self._engines = {engine.engine: engine for engine in engines}
        self._models = models
        self._apart = apart
        self._store = store
        self._clock = clock
        self._tell = tell
        self._hearing: set[str] = set()

    def transcribe(self, recording_id: str, how: Listening, ticket: Ticket, *, model: str | None = None,
                   again: bool = False, only: Span | None = None) -> TranscriptRun:
        """Listen to a recording, or to a stretch of it, and return the finished run.

        A run that was interrupted or cancelled goes on where it was journalled to. A recording that has a
        finished transcript is refused unless `again` or a stretch is asked for; the earlier one is kept. Where people
        have worked on that, and for a stretch, the new run lies beside it, to be compared.
        """
        with self._open_work() as work:
            recording = work.recordings.get(recording_id)
            earlier = work.transcripts.runs_of(recording_id)
            self._check_may_listen(work, recording, say("Nothing was transcribed."))
            told = replace(how, glossary=how.glossary or words_to_know(work, recording_id, how.language))
            seen = work.transcripts.shown(recording_id) is not None
            beside = (only is not None and seen) or _was_worked_on(work, recording_id)
        if any(_is_whole(run) for run in earlier) and not again and only is None:
            raise Refused(say("{name} has a transcript already.", name=recording.original_name),
                          hint=say("Ask for it again if you want a new one; the old one is kept."))
        if recording_id in self._hearing:
            raise Refused(say("{name} is being heard now.", name=recording.original_name))
        chosen, path = self._models.find(model), original(self._store, recording)
        if chosen.is_demo:  # it was never taught to be told words beforehand, and hears worse for it
            told = how
        self._hearing.add(recording_id)
        try:
            run = self._begin(recording, chosen, how, earlier, only, beside=beside)
            return self._listen(run, recording, path, chosen, self._as_before(told, run), ticket)
        finally:
            self._hearing.discard(recording_id)

    def _as_before(self, how: Listening, run: TranscriptRun) -> Listening:
        """Return how to listen so that a resumed run goes on as it began: in its language, or in several by turns."""
        if how.language or not run.chunks:
            return replace(how, language=how.language or run.language)
        with self._open_work() as work:
            spoken = {segment.language for segment in work.transcripts.segments(run.id) if segment.language}
        return replace(how, language=run.language, mixed=how.mixed or len(spoken) > 1)

    def realign(self, recording_id: str, ticket: Ticket, *, model: str | None = None) -> Edit | None:
        """Plan to give the words that people wrote the times at which the model hears them; None where all have them.

        The lines are heard now; nothing changes before the edit is done.
        """
        with self._open_work() as work:
            recording = work.recordings.get(recording_id)
            self._check_may_listen(work, recording, say("Nothing was changed."))
            lines = work.transcripts.lines(recording_id)
        wanted = [line for line in lines if any(word.estimated for word in line.words)]
        if not wanted:
            return None
        chosen, rooms = self._models.find(model), editing.rooms(lines, recording.facts.duration_ms)
        passages = [Passage(line.id, rooms[line.id], line.words, line.language) for line in wanted]
        engine, path = self._engines[chosen.engine], original(self._store, recording)
        heard: dict[str, tuple[Word, ...]] = {}
        for line_id, words in self._apart(engine.align, path, chosen, passages, ticket=ticket):
            heard[line_id] = words
            ticket.report(len(heard) / len(passages))
            with self._open_work() as work:
                self._check_may_listen(work, recording, say("Nothing was changed."))
        found = [line for line in wanted if heard.get(line.id, line.words) not in ((), line.words)]
        after = [_timed(line, heard[line.id]) for line in found]
        return self._correcting.replace_lines(say("Find words in the sound"), ChangeKind.REALIGNED, found, after)

    def waiting(self) -> list[Recording]:
        """Return the recordings without a finished transcript whose people let a machine listen, as they came in."""
        with self._open_work() as work:
            return [
                recording for recording in work.recordings.all()
                if not any(map(_is_whole, work.transcripts.runs_of(recording.id)))
                and may_be_processed(work, recording.story_id, Act.TRANSCRIBE, self._clock().date()).allowed
            ]

    def runs(self, recording_id: str) -> list[TranscriptRun]:
        """Return the runs over a recording, oldest first."""
        with self._open_work() as work:
            return work.transcripts.runs_of(recording_id)

    def segments(self, run_id: str) -> list[Segment]:
        """Return what the engine heard, untouched."""
        with self._open_work() as work:
            return work.transcripts.segments(run_id)

    def models(self) -> list[SpeechModel]:
        """Return the speech models on this machine."""
        return self._models.all()

    def _begin(self, recording: Recording, model: SpeechModel, how: Listening, earlier: list[TranscriptRun],
               only: Span | None, *, beside: bool) -> TranscriptRun:
        engine = self._engines[model.engine]
        since = max((number for number, run in enumerate(earlier, 1) if only is None and _is_whole(run)), default=0)
        unfinished = [run for run in earlier[since:] if run.state is not RunState.DONE
                      and (run.engine, run.model, run.only) == (model.engine, model.name, only)]
        run = replace(unfinished[-1], state=RunState.RUNNING, ended_at="") if unfinished else TranscriptRun(
            names.new_id(), recording.id, model.engine, engine.version, model.name, how.language, RunState.RUNNING,
            heard_ms=only.start_ms if only else 0, options=json.dumps(asdict(how)),
            started_at=self._clock().isoformat(), beside=beside, only=only,
        )
        with self._open_work() as work:
            work.transcripts.save_run(run)
            work.record(TranscriptStarted(run.id, recording.id))
            work.commit()
        return run

    def _listen(self, run: TranscriptRun, recording: Recording, path: Path, model: SpeechModel, how: Listening,
                ticket: Ticket) -> TranscriptRun:
        engine = self._engines[model.engine]
        whole = run.only or Span(0, max(1, recording.facts.duration_ms))
        span = Span(run.heard_ms, whole.end_ms)
        state, before = RunState.INTERRUPTED, self._clock()
        try:
            left = span.start_ms < span.end_ms  # the last stretch may be on file, and only the ending not
            for heard in self._apart(engine.listen, path, model, how, span, run.chunks, ticket=ticket) if left else ():
                now = self._clock()
                run, before = replace(run, spent_ms=run.spent_ms + _ms_between(before, now)), now
                run = self._take(run, recording, heard)
                if not isinstance(heard, Hearing):
                    done = (heard.end_ms - whole.start_ms) / max(1, whole.end_ms - whole.start_ms)
                    ticket.report(max(0.0, min(1.0, done)), heard.text if isinstance(heard, Segment) else "")
            state = RunState.DONE
        except Cancelled:
            state = RunState.CANCELLED
            raise
        finally:
            run = self._end(run, state)
        return run

    def _take(self, run: TranscriptRun, recording: Recording, heard: Hearing | Segment | Chunk) -> TranscriptRun:
        """Keep what the engine told: a chunk for good, words for those who wait, and how it listens."""
        if isinstance(heard, Chunk):
            return self._journal(run, recording, heard)
        if isinstance(heard, Hearing):
            if heard.remark:
                self._tell(Remarked(recording.id, heard.remark))
            return replace(run, device=f"{heard.device} {heard.precision}")
        self._tell(Heard(recording.id, heard.start_ms, heard.end_ms, heard.text))
        return run

    def _check_may_listen(self, work: UnitOfWork, recording: Recording, so: Sentence) -> None:
        answer = may_be_processed(work, recording.story_id, Act.TRANSCRIBE, self._clock().date())
        if not answer.allowed:
            raise Refused(answer.reasons[0], hint=so)

    def _journal(self, run: TranscriptRun, recording: Recording, chunk: Chunk) -> TranscriptRun:
        """Save a finished chunk and how far the run has come, in one transaction; stop where somebody said stop."""
        grown = replace(run, heard_ms=chunk.end_ms, chunks=chunk.index + 1, language=run.language or chunk.language)
        with self._open_work() as work:
            self._check_may_listen(work, recording, say("What was heard since then was not kept."))
            _keep_in_sight(work, run)
            work.transcripts.journal(run.id, chunk)
            work.transcripts.save_run(grown)
            work.record(TranscriptGrew(run.id, run.recording_id, grown.heard_ms))
            work.commit()
        return grown

    def _end(self, run: TranscriptRun, state: RunState) -> TranscriptRun:
        ended = replace(run, state=state, ended_at=self._clock().isoformat())
        with self._open_work() as work:
            if run.id not in [known.id for known in work.transcripts.runs_of(run.recording_id)]:
                return ended  # erased meanwhile: nothing of it may come back
            if state is RunState.DONE:
                _keep_in_sight(work, ended)
            work.transcripts.save_run(ended)
            story = work.stories.get(work.recordings.get(run.recording_id).story_id)
            if state is RunState.DONE and not story.language and ended.language:
                work.stories.save(replace(story, language=ended.language))
                work.record(StoryDescribed(story.id))
            if state is RunState.DONE:
                _leave_queue(work, ended)
            work.record(TranscriptEnded(run.id, run.recording_id, state))
            work.commit()
        return ended


def _leave_queue(work: UnitOfWork, run: TranscriptRun) -> None:
    """Take what was heard out of the queue, in the transaction that says so: it cannot be heard twice by accident."""
    for entry in work.queue.all():
        if (entry.recording_id, entry.only) == (run.recording_id, run.only):
            work.queue.remove(entry.id)
            work.record(QueueChanged())


def _is_whole(run: TranscriptRun) -> bool:
    """Tell whether a run is a whole transcript, and not a stretch that was heard once more."""
    return run.state is RunState.DONE and run.only is None


def _was_worked_on(work: UnitOfWork, recording_id: str) -> bool:
    """Tell whether people did something to the transcript there is, so that a new one must not push it aside."""
    shown = work.transcripts.shown(recording_id)
    if shown is None:
        return False
    quoted = work.quotes.of_story(work.recordings.get(recording_id).story_id)
    return bool(work.transcripts.changes(shown.id)) or any(quote.recording_id == recording_id for quote in quoted)


def _keep_in_sight(work: UnitOfWork, run: TranscriptRun) -> None:
    """Let a run lie beside the transcript people see, if they began to work on that while it listened."""
    shown = work.transcripts.shown(run.recording_id)
    if shown is not None and shown.id != run.id and _was_worked_on(work, run.recording_id):
        work.transcripts.show(shown.id)


def _timed(line: Line, words: tuple[Word, ...]) -> Line:
    """Return a line with other times of its words; it begins and ends with them."""
    return replace(line, words=words, start_ms=words[0].start_ms, end_ms=words[-1].end_ms)


def _ms_between(before: datetime, after: datetime) -> int:
    return max(0, round((after - before).total_seconds() * 1000))
