"""Commands about transcripts: transcribe, transcript, jobs, models."""

from __future__ import annotations

import argparse
import json
from contextlib import suppress
from pathlib import Path

from storybank.domain.clip import captions
from storybank.domain.recording import Recording
from storybank.domain.speech import Listening, SpeechModel
from storybank.domain.transcript import Line, RunState, TranscriptRun
from storybank.domain.vocabulary import language_code
from storybank.errors import Cancelled, Invalid, NotFound, StorybankError, Unavailable
from storybank.words import say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, clock, opened, table
from ui.wiring import App, caption_file, speech_models


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


def transcript_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `transcript` takes."""
    doing = parser.add_subparsers(required=True)
    shown = doing.add_parser("show", help=tr("show the lines with their numbers"))
    shown.add_argument("story")
    shown.set_defaults(run=show_transcript)
    correct = doing.add_parser("correct", help=tr("give a line another text"))
    correct.add_argument("story")
    correct.add_argument("line", type=int)
    correct.add_argument("text")
    correct.set_defaults(run=correct_line)
    export = doing.add_parser("export", help=tr("write it as TXT, SRT, VTT or JSON"))
    export.add_argument("story")
    export.add_argument("file", nargs="?", type=Path, help=tr("its ending says how; none means standard output"))
    export.add_argument("--format", choices=["txt", "srt", "vtt", "json"])
    export.set_defaults(run=export_transcript)


def show_transcript(asked: argparse.Namespace, voice: Voice) -> None:
    """Show the lines with their numbers."""
    lines = _lines(asked)
    rows = [(str(n), clock(line.start_ms), "✎" if line.corrected else " ", line.text)
            for n, line in enumerate(lines, 1)]
    voice.tell([_line(line) for line in lines], table(rows))


def correct_line(asked: argparse.Namespace, voice: Voice) -> None:
    """Give a line another text; the engine's words stay underneath."""
    with opened(asked, for_writing=True) as app:
        recording = app.browsing.story(asked.story).recordings[0]
        line = app.correcting.line_at(recording.id, asked.line)
        app.correcting.reword(line.id, asked.text).do()
        after = app.correcting.line_at(recording.id, asked.line)
    voice.tell(_line(after), f"{asked.line}  {clock(after.start_ms)}  {after.text}")


def export_transcript(asked: argparse.Namespace, voice: Voice) -> None:
    """Write a transcript for the house's own use; what leaves the house goes through a brief or a kit.

    A file is refused where somebody in the story said stop, and has no restricted words.
    """
    lines = _lines(asked)
    if asked.file:
        with opened(asked) as app:
            lines = app.exporting.transcript(app.browsing.story(asked.story).story.id)
    kind = asked.format or (asked.file.suffix.lstrip(".").lower() if asked.file else "") or "txt"
    if kind == "json" or (asked.json and not asked.file):
        text = ""
        value: object = [_line(line) for line in lines]
    else:
        text = _written(lines, kind)
        value = {"file": str(asked.file), "lines": len(lines)}
    if asked.file:
        _write(asked.file, text or json.dumps(value, ensure_ascii=False, indent=1))
        voice.tell(value, say("Wrote {file}.", file=asked.file))
    elif text:
        voice.tell(value, text)
    else:
        Voice(True, voice.words).tell(value, "")


def models_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `models` takes."""
    parser.set_defaults(run=list_models)
    doing = parser.add_subparsers()
    add = doing.add_parser("add", help=tr("copy a model in from a folder, a zip or a .pt file"))
    add.add_argument("path", type=Path)
    add.add_argument("--name")
    add.set_defaults(run=add_model)
    download = doing.add_parser("download", help=tr("download a model; needs the network"))
    download.add_argument("name")
    download.set_defaults(run=download_model)
    remove = doing.add_parser("remove", help=tr("remove a model from this machine"))
    remove.add_argument("name")
    remove.set_defaults(run=remove_model)


def list_models(_asked: argparse.Namespace, voice: Voice) -> None:
    """List the speech models here, and those that can be had."""
    shelf = speech_models()
    here = shelf.all()
    rows = [(m.name, m.engine, f"{m.bytes / 1e6:.0f} MB", voice.words(m.note)) for m in here]
    rows += [(name, "", f"{size / 1e6:.0f} MB", voice.words("can be downloaded"))
             for name, size in shelf.offered().items() if name not in {m.name for m in here}]
    voice.tell({"here": [_model(m) for m in here], "offered": dict(shelf.offered())}, table(rows))


def add_model(asked: argparse.Namespace, voice: Voice) -> None:
    """Copy a model in, after checking it."""
    model = speech_models().add(asked.path, asked.name, ConsoleTicket(asked.path.name))
    voice.tell(_model(model), say("The model {name} is ready.", name=model.name))


def download_model(asked: argparse.Namespace, voice: Voice) -> None:
    """Download a model with progress."""
    model = speech_models().download(asked.name, ConsoleTicket(asked.name))
    voice.tell(_model(model), say("The model {name} is ready.", name=model.name))


def remove_model(asked: argparse.Namespace, voice: Voice) -> None:
    """Remove a model."""
    speech_models().remove(asked.name)
    voice.tell({"removed": asked.name}, say("The model {name} was removed.", name=asked.name))


def _last(runs: list[TranscriptRun]) -> TranscriptRun | None:
    return runs[-1] if runs else None


def _wanted(app: App, asked: argparse.Namespace) -> list[Recording]:
    if asked.stories:
        return [r for story in asked.stories for r in app.browsing.story(story).recordings]
    return app.transcribing.waiting()


def _lines(asked: argparse.Namespace) -> list[Line]:
    with opened(asked) as app:
        view = app.browsing.story(asked.story)
    if not view.lines and any(run.state is RunState.DONE for run in view.runs):
        raise NotFound(say("No words were heard in {story}.", story=view.story.title))
    if not view.lines:
        raise NotFound(say("{story} has no transcript yet.", story=view.story.title),
                       hint=say("`storybank transcribe {code}` makes one.", code=view.story.code))
    return list(view.lines)


def _written(lines: list[Line], kind: str) -> str:
    if kind == "txt":
        return "\n".join(line.text for line in lines) + "\n"
    if kind not in ("srt", "vtt"):
        raise Invalid(say("Storybank cannot write a transcript as {kind}.", kind=kind),
                      hint=say("Choose txt, srt, vtt or json."))
    return caption_file(kind, captions([word for line in lines for word in line.words], 0),
                        lines[0].language)


def _write(file: Path, text: str) -> None:
    part = file.with_name(file.name + ".part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise Unavailable(say("{file} cannot be written: {why}.", file=file.name, why=error.strerror),
                          hint=say("Check that the disk has room and that you may write there.")) from error


def _line(line: Line) -> dict[str, object]:
    return {
        "id": line.id, "start_ms": line.start_ms, "end_ms": line.end_ms, "text": line.text,
        "language": line.language, "corrected": line.corrected, "reviewed": line.reviewed,
        "words": [{"text": w.text, "start_ms": w.start_ms, "end_ms": w.end_ms, "probability": w.probability}
                  for w in line.words],
    }


def _run(run: TranscriptRun) -> dict[str, object]:
    return {"id": run.id, "recording": run.recording_id, "engine": run.engine, "model": run.model,
            "language": run.language, "state": run.state, "heard_ms": run.heard_ms}


def _model(model: SpeechModel) -> dict[str, object]:
    return {"name": model.name, "engine": model.engine, "path": str(model.path), "bytes": model.bytes,
            "note": model.note, "demo": model.is_demo}


ARGUMENTS: dict[str, Arguments] = {
    "transcribe": transcribe_arguments, "transcript": transcript_arguments, "jobs": jobs_arguments,
    "models": models_arguments,
}
