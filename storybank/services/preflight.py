"""Preflight: looks whether this computer is ready to transcribe, and how long the chosen recordings would take."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Sequence

from storybank.domain.amount import Lasting
from storybank.domain.readiness import (
    Aspect,
    Estimate,
    Finding,
    Memory,
    Readiness,
    Sign,
    Trial,
    estimate,
    judge_disk,
    judge_memory,
    judge_processor,
    judge_speed,
    small_pace,
)
from storybank.domain.recording import Recording
from storybank.domain.speech import Grade, KnownModel, SpeechModel
from storybank.domain.transcript import RunState, TranscriptRun
from storybank.errors import Cancelled, Died, StorybankError
from storybank.ports import Machine, OpenWork, RunApart, SpeechModels, Store, Ticket
from storybank.words import Sentence, say

ENOUGH_MS = 5 * 60_000
"""Sound that must really have been heard before that counts for more than a measurement."""
_HOUR_MS = 3_600_000
_USUAL_MEMORY = 1_500_000_000

log = logging.getLogger(__name__)


class Preflight:
    """The check before the work."""

    def __init__(self, open_work: OpenWork, machine: Machine, models: SpeechModels, apart: RunApart,
                 store: Store) -> None:
        self._open_work = open_work
        self._machine = machine
        self._models = models
        self._apart = apart
        self._store = store

    def check(self, ticket: Ticket, recordings: Sequence[Recording] | None = None, *,
              model: str | None = None) -> Readiness:
        """Look at everything, and really try ffmpeg and the engine with the model that would listen.

        Without recordings, those that have no transcript yet are what the time is reckoned for. Nothing is raised
        for what does not work: it is a finding.
        """
        findings = [judge_processor(self._machine.processor())]
        chosen, no_model = self._model_to_use(model)
        memory, folder = self._machine.memory(), self._models.folder
        findings.append(judge_memory(memory, self._memory_for(chosen)))
        findings += [judge_disk(Aspect.LIBRARY_DISK, self._machine.room(self._store.folder), str(self._store.folder)),
                     judge_disk(Aspect.MODELS_DISK, self._machine.room(folder), str(folder))]
        ticket.report(0.1)
        findings.append(self._ffmpeg())
        ticket.check()
        ticket.report(0.2)
        engine, trial = (no_model, None) if chosen is None else self._tried(chosen, ticket)
        findings.append(engine)
        ticket.report(0.6)
        chosen_recordings, runs = self._library(recordings)
        pace = self._pace(trial, runs, ticket)
        findings.append(judge_speed(None if pace is None else round(pace * _HOUR_MS), _as_it_went(runs)))
        ticket.report(1.0)
        sound_ms = sum(recording.facts.duration_ms for recording in chosen_recordings)
        return Readiness(tuple(findings), self._estimates(pace, sound_ms, memory), len(chosen_recordings), sound_ms)

    def fits(self) -> tuple[Estimate, ...]:
        """Return for each model of the catalogue whether this computer has the memory and the room for it."""
        return self._estimates(None, 0, self._machine.memory())

    def _model_to_use(self, name: str | None) -> tuple[SpeechModel | None, Finding]:
        try:
            return self._models.find(name), Finding(Aspect.ENGINE, Sign.GOOD, say("It has not been tried."))
        except StorybankError as error:
            return None, _failed(Aspect.ENGINE, error)

    def _memory_for(self, model: SpeechModel | None) -> int:
        listed = self._known(model.grade if model else None)
        return listed.memory if listed else _USUAL_MEMORY

    def _ffmpeg(self) -> Finding:
        try:
            version = self._machine.ffmpeg()
        except StorybankError as error:
            return _failed(Aspect.FFMPEG, error)
        except (OSError, subprocess.SubprocessError) as error:
            return Finding(Aspect.FFMPEG, Sign.STOPS, say("ffmpeg cannot be started: {why}.", why=str(error)),
                           say("Install Storybank again. If a virus scanner took it away, ask your IT to allow it."))
        return Finding(Aspect.FFMPEG, Sign.GOOD, say("ffmpeg {version} runs.", version=version))

    def _tried(self, model: SpeechModel, ticket: Ticket) -> tuple[Finding, Trial | None]:
        """Try the engine in a process of its own: it may crash, and that is what we want to know."""
        try:
            trial = self._trial(ticket, model)
        except Cancelled:
            raise
        except Died as error:
            return Finding(Aspect.ENGINE, Sign.STOPS, _sentence(error.message), say(
                "Nothing is lost, it was a test. Take another model or another computer; if a virus scanner is at work"
                " here, ask your IT to let Storybank run.")), None
        except StorybankError as error:
            return _failed(Aspect.ENGINE, error), None
        what = say("{model} was ready after {ready} and looked at half a minute of sound in {took}.", model=model.name,
                   ready=Lasting(trial.load_ms), took=Lasting(trial.encode_ms))
        if trial.device != "cpu":
            what = say("{what} The graphics card reckons.", what=what)
        if model.is_demo:
            return Finding(Aspect.ENGINE, Sign.CAREFUL, what, say(
                "This is only the demo model, which knows nothing of real speech. Get a real one in Settings.")), None
        return Finding(Aspect.ENGINE, Sign.GOOD, what), trial

    def _trial(self, ticket: Ticket, model: SpeechModel | None = None) -> Trial:
        """Return how the engine did with a model, or with one of known cost."""
        told = list(self._apart(self._machine.try_out, model, ticket=ticket) if model else
                    self._apart(self._machine.measure, ticket=ticket))
        return told[-1]

    def _pace(self, trial: Trial | None, runs: Sequence[TranscriptRun], ticket: Ticket) -> float | None:
        """Return how long `small` takes for a unit of sound: as it really went, or else as it was measured."""
        paces = [(_spent(run) / _heard(run) / listed.cost, _heard(run)) for run in runs
                 if (listed := self._known(self._grade(run.model)))]
        if sum(heard for _, heard in paces) >= ENOUGH_MS:
            return sum(pace * heard for pace, heard in paces) / sum(heard for _, heard in paces)
        if trial is None or trial.encoding is None:
            try:
                trial = self._trial(ticket)
            except Cancelled:
                raise
            except StorybankError as error:
                log.warning("the speed could not be measured: %s", error)
        return small_pace(trial)

    def _library(self, recordings: Sequence[Recording] | None) -> tuple[list[Recording], list[TranscriptRun]]:
        """Return the recordings to reckon for, and the runs that tell how long listening really takes."""
        with self._open_work() as work:
            runs = [run for run in work.transcripts.in_state(RunState.DONE) if _spent(run) and _heard(run) > 0]
            if recordings is None:
                recordings = [recording for recording in work.recordings.all()
                              if not any(run.state is RunState.DONE and run.only is None
                                         for run in work.transcripts.runs_of(recording.id))]
        return list(recordings), sorted(runs, key=lambda run: run.ended_at, reverse=True)

    def _estimates(self, pace: float | None, sound_ms: int, memory: Memory) -> tuple[Estimate, ...]:
        room = self._machine.room(self._models.folder)
        here = {model.grade for model in self._models.all()}
        return tuple(estimate(known, pace, sound_ms, memory, None if known.grade in here else room)
                     for known in self._models.catalogue())

    def _grade(self, name: str) -> Grade | None:
        """Return how large the model of that name is: one that is here, or else one of the catalogue."""
        for model in self._models.all():
            if model.name == name:
                return model.grade
        return next((known.grade for known in self._models.catalogue() if known.name == name), None)

    def _known(self, grade: Grade | None) -> KnownModel | None:
        return next((known for known in self._models.catalogue() if known.grade is grade), None)


def _spent(run: TranscriptRun) -> int:
    return run.spent_ms


def _heard(run: TranscriptRun) -> int:
    return run.heard_ms - (run.only.start_ms if run.only else 0)


def _as_it_went(runs: Sequence[TranscriptRun]) -> tuple[str, int] | None:
    """Return the model that listened last, and how long it took for an hour of sound; None where little was heard."""
    if not runs:
        return None
    model = runs[0].model
    alike = [run for run in runs if run.model == model and run.device == runs[0].device]
    heard = sum(map(_heard, alike))
    return (model, round(sum(map(_spent, alike)) / heard * _HOUR_MS)) if heard >= ENOUGH_MS else None


def _failed(aspect: Aspect, error: StorybankError) -> Finding:
    return Finding(aspect, Sign.STOPS, _sentence(error.message), _sentence(error.hint) if error.hint else None)


def _sentence(said: Sentence | str) -> Sentence:
    return said if isinstance(said, Sentence) else Sentence(said)
