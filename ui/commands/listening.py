"""Commands about listening: transcribe recordings, and look after the queue."""

from __future__ import annotations

import argparse

from storybank.domain.recording import Recording
from storybank.domain.speech import Listening
from storybank.domain.transcript import TranscriptRun
from storybank.domain.vocabulary import language_code
from storybank.errors import Cancelled, StorybankError
from storybank.words import say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, clock, opened, table
from ui.wiring import App


def transcribe_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `transcribe` takes."""
    parser.add_argument("stories", nargs="*", help=tr("stories by code or name; none means all that wait"))
    parser.add_argument("--model", help=tr("a speech model's name"))
    parser.add_argument("--language", help=tr("the language spoken, as en or fr; else the engine chooses"))
    parser.add_argument("--again", action="store_true", help=tr("even where there is a transcript"))
    parser.set_defaults(run=transcribe)


def transcribe(asked: argparse.Namespace, voice: Voice) -> None:
    """Transcribe recordings one after the other; a stopped one goes on where it was, one that fails stops no other."""
    done, failures = [], []
    how = Listening(language=language_code(asked.language or "") or None)
    with opened(asked, for_writing=True) as app:
        model = app.models.find(asked.model)
        voice.aside(say("Listening with {model}. {note}", model=model.name, note=model.note))
        for recording in _wanted(app, asked):
            ticket = ConsoleTicket(recording.original_name)
            try:
                run = app.transcribing.transcribe(recording.id, how, ticket, model=model.name, again=asked.again)
                done.append((recording, run))
            except Cancelled:
                raise
            except StorybankError as error:
                failures.append(error)
                voice.aside(say("{title}: {message}", title=recording.original_name, message=error.message))
    rows = [(recording.code, recording.original_name, run.language or "", str(run.state), clock(run.heard_ms))
            for recording, run in done]
    if done or not failures:
        voice.tell([_run(run) for _, run in done], table(rows) or say("Nothing waits for a transcript."))
    if failures:
        raise failures[0]


def jobs_arguments(parser: argparse.ArgumentParser, _tr: Tr) -> None:
    """Say what `jobs` takes."""
    parser.set_defaults(run=jobs)


def jobs(asked: argparse.Namespace, voice: Voice) -> None:
    """List recordings that wait for a transcript, and how far each came."""
    with opened(asked) as app:
        waiting = [(r, _last(app.transcribing.runs(r.id))) for r in app.transcribing.waiting()]
    value = [{"recording": r.code, "file": r.original_name, "state": run.state if run else "waiting",
              "heard_ms": run.heard_ms if run else 0, "duration_ms": r.facts.duration_ms} for r, run in waiting]
    rows = [(str(v["recording"]), str(v["file"]), str(v["state"])) for v in value]
    voice.tell(value, table(rows) or say("Nothing waits for a transcript."))


def _last(runs: list[TranscriptRun]) -> TranscriptRun | None:
    return runs[-1] if runs else None


def _wanted(app: App, asked: argparse.Namespace) -> list[Recording]:
    if asked.stories:
        return [r for story in asked.stories for r in app.browsing.story(story).recordings]
    return app.transcribing.waiting()


def _run(run: TranscriptRun) -> dict[str, object]:
    return {"id": run.id, "recording": run.recording_id, "engine": run.engine, "model": run.model,
            "language": run.language, "state": run.state, "heard_ms": run.heard_ms}


ARGUMENTS: dict[str, Arguments] = {"transcribe": transcribe_arguments, "jobs": jobs_arguments}
