"""Transcribing: asking an engine to listen, keeping every word, and going on where it was stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from storybank.domain import names
from storybank.domain.events import Event, StoryDescribed, TranscriptEnded, TranscriptGrew, TranscriptStarted
from storybank.domain.recording import Recording
from storybank.domain.speech import Listening, SpeechModel
from storybank.domain.transcript import Chunk, RunState, Segment, TranscriptRun
from storybank.domain.use import Act
from storybank.errors import Cancelled, Refused
from storybank.ports import Clock, OpenWork, RunApart, SpeechModels, Store, Ticket, Transcriber, UnitOfWork
from storybank.services.circles import may_be_processed
from storybank.words import Sentence, say


@dataclass(frozen=True, slots=True)
class Heard(Event):
    """A few words that the engine has just heard; not saved yet, shown while one waits."""

    recording_id: str
    start_ms: int
    end_ms: int
    text: str


class Transcribing:
    """Everything one can do to get a transcript. Engines run in a process of their own."""

    def __init__(self, open_work: OpenWork, engines: tuple[Transcriber, ...], models: SpeechModels, apart: RunApart,
                 store: Store, clock: Clock, tell: Callable[[Event], None]) -> None:
        self._open_work = open_work
        self._engines = {engine.engine: engine for engine in engines}
        self._models = models
        self._apart = apart
        self._store = store
        self._clock = clock
        self._tell = tell

    def transcribe(self, recording_id: str, how: Listening, ticket: Ticket, *, model: str | None = None,
                   again: bool = False) -> TranscriptRun:
        """Listen to a recording and return the finished run.

        A run that was interrupted or cancelled goes on where it was journalled to. A recording that has a
        finished transcript is refused unless `again` is said; the earlier one is kept.
        """
        with self._open_work() as work:
            recording = work.recordings.get(recording_id)
            earlier = work.transcripts.runs_of(recording_id)
            self._check_may_listen(work, recording, say("Nothing was transcribed."))
        if any(run.state is RunState.DONE for run in earlier) and not again:
            raise Refused(say("{name} has a transcript already.", name=recording.original_name),
                          hint=say("Ask for it again if you want a new one; the old one is kept."))
        chosen = self._models.find(model)
        run = self._begin(recording, chosen, how, earlier)
        return self._listen(run, recording, chosen, _as_before(how, run), ticket)

    def waiting(self) -> list[Recording]:
        """Return the recordings without a finished transcript whose people let a machine listen, as they came in."""
        with self._open_work() as work:
            return [
                recording for recording in work.recordings.all()
                if not any(run.state is RunState.DONE for run in work.transcripts.runs_of(recording.id))
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

    def _begin(self, recording: Recording, model: SpeechModel, how: Listening,
               earlier: list[TranscriptRun]) -> TranscriptRun:
        engine = self._engines[model.engine]
        unfinished = [run for run in earlier if run.state in (RunState.INTERRUPTED, RunState.CANCELLED)
                      and (run.engine, run.model) == (model.engine, model.name)]
        run = replace(unfinished[-1], state=RunState.RUNNING, ended_at="") if unfinished else TranscriptRun(
            names.new_id(), recording.id, model.engine, engine.version, model.name, how.language, RunState.RUNNING,
            options=json.dumps(asdict(how)), started_at=self._clock().isoformat(),
        )
        with self._open_work() as work:
            work.transcripts.save_run(run)
            work.record(TranscriptStarted(run.id, recording.id))
            work.commit()
        return run

    def _listen(self, run: TranscriptRun, recording: Recording, model: SpeechModel, how: Listening,
                ticket: Ticket) -> TranscriptRun:
        engine = self._engines[model.engine]
        whole = max(1, recording.facts.duration_ms)
        path = self._store.path(recording.place)
        state = RunState.INTERRUPTED
        try:
            for heard in self._apart(engine.listen, path, model, how, run.heard_ms, run.chunks, ticket=ticket):
                if isinstance(heard, Chunk):
                    run = self._journal(run, recording, heard)
                else:
                    self._tell(Heard(recording.id, heard.start_ms, heard.end_ms, heard.text))
                ticket.report(min(1.0, heard.end_ms / whole), heard.text if isinstance(heard, Segment) else "")
            state = RunState.DONE
        except Cancelled:
            state = RunState.CANCELLED
            raise
        finally:
            run = self._end(run, state)
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
            work.transcripts.save_run(ended)
            story = work.stories.get(work.recordings.get(run.recording_id).story_id)
            if state is RunState.DONE and not story.language and ended.language:
                work.stories.save(replace(story, language=ended.language))
                work.record(StoryDescribed(story.id))
            work.record(TranscriptEnded(run.id, run.recording_id, state))
            work.commit()
        return ended


def _as_before(how: Listening, run: TranscriptRun) -> Listening:
    """Return how to listen so that a resumed run goes on in the language it began in."""
    return replace(how, language=how.language or run.language)
