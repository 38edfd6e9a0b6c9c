"""Commands about listening: transcribe recordings, and look after the queue."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence

from storybank.domain.queue import QueueEntry
from storybank.domain.recording import Recording
from storybank.domain.speech import Listening, warning_for
from storybank.domain.transcript import Span, TranscriptRun
from storybank.domain.vocabulary import language_code
from storybank.errors import Cancelled, Invalid, NotFound, StorybankError
from storybank.services.queue_views import Queued
from storybank.services.transcribing import Remarked
from storybank.services.turns import Outcome
from storybank.words import Sentence, say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, clock, moment_of, opened, table
from ui.wiring import App


def transcribe_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `transcribe` takes."""
    parser.add_argument("stories", nargs="*", help=tr("stories by code or name; none means all that wait"))
    parser.add_argument("--model", help=tr("a speech model's name"))
    parser.add_argument("--language", help=tr("the language spoken, as en or fr; else the engine chooses"))
    parser.add_argument("--mixed", action="store_true", help=tr("the languages change within the recording"))
    parser.add_argument("--from", dest="begin", metavar="TIME", help=tr("hear only from this moment on"))
    parser.add_argument("--to", dest="end", metavar="TIME", help=tr("hear only up to this moment"))
    parser.add_argument("--again", action="store_true", help=tr("even where there is a transcript"))
    parser.set_defaults(run=transcribe)


def transcribe(asked: argparse.Namespace, voice: Voice) -> None:
    """Queue recordings and hear one after the other; a stopped one goes on where it was, a failed one stops no other.

    Stories that are named are heard now, whatever else waits; without any, what waits and what was queued.
    """
    how = Listening(language=language_code(asked.language or "") or None, mixed=asked.mixed)
    with opened(asked, for_writing=True) as app:
        model = app.models.find(asked.model)
        voice.aside(say("Listening with {model}. {note}", model=model.name, note=model.note))
        if warning := warning_for(model, how.language):
            voice.aside(warning)
        wanted, failures = _queue(app, asked, how, voice)
        app.hub.subscribe(lambda event: voice.aside(event.remark) if isinstance(event, Remarked) else None)
        try:
            outcomes = _hear(app, wanted, voice)
        except (KeyboardInterrupt, Cancelled):
            app.queueing.pause_all()
            raise Cancelled(
                say("Paused. What was heard is kept."),
                hint=say("`storybank transcribe` goes on from there; `storybank jobs` shows what waits."),
            ) from None
        rows = [(one.code, one.original_name, run.language or "", str(run.state), clock(run.heard_ms))
                for run in (outcome.run for outcome in outcomes) if run
                for one in [app.browsing.recording(run.recording_id)]]
    failures += [outcome.error for outcome in outcomes if outcome.error]
    if rows or not failures:
        runs = [_run(outcome.run) for outcome in outcomes if outcome.run]
        voice.tell(runs, table(rows) or say("Nothing waits for a transcript."))
    if failures:
        raise failures[0]


def _queue(app: App, asked: argparse.Namespace, how: Listening,
           voice: Voice) -> tuple[set[str] | None, list[StorybankError]]:
    """Put what was asked for into the queue; return which entries are meant (None: all), and what was refused."""
    model, named = asked.model or "", bool(asked.stories)
    recordings = [r for story in asked.stories for r in app.browsing.story(story).recordings]
    if not named:
        if asked.begin or asked.end:
            raise Invalid(say("A stretch is a stretch of one story."), hint=say("Name the story."))
        app.queueing.resume_all()
        there = app.queueing.entries()
        for one in there:
            app.queueing.resume(one.entry.id)
        recordings = [r for r in app.transcribing.waiting() if r.id not in {one.entry.recording_id for one in there}]
    failures: list[StorybankError] = []
    wanted: set[str] = set()
    for recording in recordings:
        only = _stretch(asked, recording)
        before = _there(app, recording, only)
        if before and (asked.model or how != Listening()):
            app.queueing.take_out(before.id)  # it is asked for in another way now
        again = asked.again or (before is not None and before.again)
        added = app.queueing.add([recording.id], how, model, only, again=again)
        here = _there(app, recording, only)
        wanted |= {here.id} if here else set()
        for left_out in added.left_out if not here else ():
            failures.append(left_out.error)
            voice.aside(say("{title}: {message}", title=left_out.name, message=left_out.error.message))
    return (wanted if named else None), failures


def _there(app: App, recording: Recording, only: Span | None) -> QueueEntry | None:
    """Return the entry that asks for just this, if there is one."""
    entries = [one.entry for one in app.queueing.entries()]
    return next((one for one in entries if (one.recording_id, one.only) == (recording.id, only)), None)


def _hear(app: App, wanted: Collection[str] | None, voice: Voice) -> list[Outcome]:
    outcomes: list[Outcome] = []
    while following := app.queueing.next_one(wanted):
        outcome = app.queueing.hear_next(ConsoleTicket(following.file), {following.entry.id})
        if outcome is None:
            break
        outcomes.append(outcome)
        if outcome.error:
            voice.aside(say("{title}: {message}", title=following.file, message=outcome.error.message))
    return outcomes


def _stretch(asked: argparse.Namespace, recording: Recording) -> Span | None:
    begin, end = moment_of(asked.begin), moment_of(asked.end)
    if begin is None and end is None:
        return None
    length = recording.facts.duration_ms
    span = Span(begin or 0, min(length, length if end is None else end))
    if span.start_ms >= span.end_ms:
        raise Invalid(say("The stretch ends before it begins, or lies behind the end of {name}.",
                          name=recording.original_name), hint=say("It is {length} long.", length=clock(length)))
    return span


def jobs_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `jobs` takes."""
    parser.set_defaults(run=jobs)
    doing = parser.add_subparsers()
    for name, does, what in (
        ("pause", pause, tr("hear it no further for now; without a story, all of it")),
        ("resume", resume, tr("let it wait for its turn again; without a story, all of it")),
        ("cancel", cancel, tr("take it out of the queue; what was heard is kept")),
        ("retry", retry, tr("try again what went wrong; without a story, all of it")),
        ("move", move, tr("put it at another place in the queue")),
    ):
        one = doing.add_parser(name, help=what)
        one.add_argument("story", nargs=None if name in ("cancel", "move") else "?",
                         help=tr("a story or recording by code or name"))
        one.set_defaults(run=does)
        if name == "retry":
            one.add_argument("--model", help=tr("a speech model's name"))
        if name == "move":
            where = one.add_mutually_exclusive_group(required=True)
            where.add_argument("--front", action="store_true", help=tr("before all others"))
            where.add_argument("--back", action="store_true", help=tr("behind all others"))
            where.add_argument("--before", metavar="STORY", help=tr("before this one"))


def jobs(asked: argparse.Namespace, voice: Voice) -> None:
    """List the queue in its order, then the recordings that have no transcript and are not queued."""
    with opened(asked) as app:
        held, entries = app.queueing.held(), app.queueing.entries()
        there = {one.entry.recording_id for one in entries}
        others = [(r, _last(app.transcribing.runs(r.id))) for r in app.transcribing.waiting() if r.id not in there]
    value = [_entry(one, voice) for one in entries]
    value += [{"recording": r.code, "file": r.original_name, "state": run.state if run else "waiting",
               "heard_ms": run.heard_ms if run else 0, "duration_ms": r.facts.duration_ms, "queued": False}
              for r, run in others]
    rows = [(str(v["recording"]), str(v["file"]), str(v["state"]), _far(v), str(v.get("problem", ""))) for v in value]
    voice.tell(value, table(rows) or say("Nothing waits for a transcript."))
    if held and entries:
        voice.aside(say("All of it is paused. `storybank transcribe` or `storybank jobs resume` goes on."))


def pause(asked: argparse.Namespace, voice: Voice) -> None:
    """Pause an entry, or all of the queue."""
    with opened(asked, for_writing=True) as app:
        if asked.story:
            for entry in _entries(app, asked.story):
                app.queueing.pause(entry.id)
        else:
            app.queueing.pause_all()
        _told(app, voice, say("Paused."))


def resume(asked: argparse.Namespace, voice: Voice) -> None:
    """Let an entry, or all of the queue, wait for its turn again."""
    with opened(asked, for_writing=True) as app:
        if asked.story:
            for entry in _entries(app, asked.story):
                app.queueing.resume(entry.id)
        else:
            app.queueing.resume_all()
        _told(app, voice, say("It waits for its turn. `storybank transcribe` hears it now."))


def cancel(asked: argparse.Namespace, voice: Voice) -> None:
    """Take an entry out."""
    with opened(asked, for_writing=True) as app:
        for entry in _entries(app, asked.story):
            app.queueing.take_out(entry.id)
        _told(app, voice, say("Taken out of the queue. What was heard is kept."))


def retry(asked: argparse.Namespace, voice: Voice) -> None:
    """Try again what went wrong."""
    with opened(asked, for_writing=True) as app:
        if asked.model:
            app.models.find(asked.model)
        found = _entries(app, asked.story) if asked.story else [
            one.entry for one in app.queueing.entries() if one.entry.problem]
        for entry in found:
            app.queueing.retry(entry.id, asked.model)
        _told(app, voice, say("It waits for its turn. `storybank transcribe` hears it now."))


def move(asked: argparse.Namespace, voice: Voice) -> None:
    """Put an entry at another place."""
    with opened(asked, for_writing=True) as app:
        before = _entries(app, asked.before)[0].id if asked.before else None
        for entry in _entries(app, asked.story):
            if asked.front:
                app.queueing.move_to_front(entry.id)
            else:
                app.queueing.move(entry.id, before)
        _told(app, voice, say("Moved."))


def _entries(app: App, named: str) -> list[QueueEntry]:
    """Return the entries of a story or a recording; raise `NotFound` when it is not in the queue."""
    wanted = named.casefold()
    entries = app.queueing.entries()
    found = [one.entry for one in entries if wanted in (one.recording.casefold(), one.entry.id)]
    if not found:
        code = app.browsing.story(named).story.code
        found = [one.entry for one in entries if one.story == code]
    if not found:
        raise NotFound(say("{name} is not in the queue.", name=named), hint=say("`storybank jobs` shows what is."))
    return found


def _told(app: App, voice: Voice, text: Sentence) -> None:
    voice.tell([_entry(one, voice) for one in app.queueing.entries()], text)


def _entry(one: Queued, voice: Voice) -> dict[str, object]:
    entry = one.entry
    only = {"from_ms": entry.only.start_ms, "to_ms": entry.only.end_ms} if entry.only else {}
    problem = {"problem": voice.words.sentence(entry.problem), "hint": voice.words.sentence(entry.hint)}
    return {"recording": one.recording, "file": one.file, "state": entry.state, "heard_ms": entry.heard_ms,
            "duration_ms": one.duration_ms, "queued": True, "story": one.story, "model": entry.model, **only,
            "seconds_left": one.seconds_left and round(one.seconds_left), **(problem if entry.problem else {})}


def _far(value: dict[str, object]) -> str:
    heard, length = value["heard_ms"], value["duration_ms"]
    return f"{clock(int(str(heard)))[:8]} / {clock(int(str(length)))[:8]}"


def _last(runs: Sequence[TranscriptRun]) -> TranscriptRun | None:
    return runs[-1] if runs else None


def _run(run: TranscriptRun) -> dict[str, object]:
    return {"id": run.id, "recording": run.recording_id, "engine": run.engine, "model": run.model,
            "language": run.language, "state": run.state, "heard_ms": run.heard_ms}


ARGUMENTS: dict[str, Arguments] = {"transcribe": transcribe_arguments, "jobs": jobs_arguments}
