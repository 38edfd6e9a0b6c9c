"""Commands about the runs over a recording: which there are, where they differ, which is seen, and how good it is."""

from __future__ import annotations

import argparse

from storybank.domain.quality import Quality, Share
from storybank.domain.transcript import Span
from storybank.errors import Invalid
from storybank.services.comparing import ComparedRun
from storybank.words import say
from ui.commands.doors import ConsoleTicket, Tr, Voice, clock, moment_of, opened, table
from ui.commands.editing import recording_of
from ui.commands.telling import told_line
from ui.wiring import App
from ui.workbench.measured import in_words


def run_arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what the commands about runs take."""
    for name, what, does in (
        ("runs", tr("show which engines heard the recording"), show_runs),
        ("compare", tr("show where another run wrote other words"), compare_runs),
        ("take", tr("take what another run heard into the transcript"), take_from_run),
        ("use", tr("let another run be the transcript that people see"), use_run),
        ("quality", tr("show how far the transcript can be trusted"), show_quality),
        ("realign", tr("find the words that people wrote in the sound, and give them their times"), find_words),
    ):
        made = doing.add_parser(name, help=what)
        made.add_argument("story")
        made.set_defaults(run=does)
        if name == "realign":
            made.add_argument("--model", help=tr("a speech model's name"))
        if name in ("take", "use"):
            made.add_argument("number", help=tr("its number in `transcript runs`"), metavar="run")
        elif name == "compare":
            made.add_argument("number", nargs="?", metavar="run",
                              help=tr("its number; without it, the newest other one"))
        if name == "take":
            made.add_argument("--from", dest="start", help=tr("as 1:02:03.500"))
            made.add_argument("--to", dest="end")
            made.add_argument("--over-corrected", action="store_true", help=tr("also where somebody corrected"))


def find_words(asked: argparse.Namespace, voice: Voice) -> None:
    """Find the words that people wrote in the sound."""
    with opened(asked, for_writing=True) as app:
        recording_id = recording_of(app, asked.story)
        edit = app.transcribing.realign(recording_id, ConsoleTicket(asked.story), model=asked.model)
        if edit:
            edit.do()
        left = sum(word.estimated for line in app.correcting.lines(recording_id) for word in line.words)
    said = voice.words.many("{n} word has a time that was only estimated.",
                            "{n} words have times that were only estimated.", left)
    voice.tell({"estimated": left}, said if left else say("Every word has the time at which it is heard."))


def show_runs(asked: argparse.Namespace, voice: Voice) -> None:
    """Show which engines heard the recording."""
    with opened(asked) as app:
        runs = app.comparing.runs(recording_of(app, asked.story))
    rows = [
        (str(n), "●" if one.shown else " ", f"{one.run.engine} {one.run.engine_version}", one.run.model, one.run.device,
         one.run.started_at[:10], f"{one.speed:.1f}×" if one.speed else "", _stretch(one))
        for n, one in enumerate(runs, 1)
    ]
    voice.tell([
        {"number": n, "id": one.run.id, "engine": one.run.engine, "version": one.run.engine_version,
         "model": one.run.model, "device": one.run.device, "started_at": one.run.started_at, "shown": one.shown,
         "state": one.run.state.value, "lines": one.lines, "changes": one.changes, "speed": one.speed}
        for n, one in enumerate(runs, 1)
    ], table(rows) or say("This recording has no transcript yet."))


def compare_runs(asked: argparse.Namespace, voice: Voice) -> None:
    """Show where another run wrote other words."""
    with opened(asked) as app:
        recording_id = recording_of(app, asked.story)
        found = app.comparing.differences(recording_id, _run(app, recording_id, asked.number).run.id)
    rows = [(clock(one.span.start_ms), "✎" if one.corrected else " ", one.here or "–", one.there or "–")
            for one in found]
    voice.tell([{"start_ms": one.span.start_ms, "end_ms": one.span.end_ms, "here": one.here, "there": one.there,
                 "corrected": one.corrected, "line_ids": one.line_ids} for one in found],
               table(rows) or say("Both say the same."))


def take_from_run(asked: argparse.Namespace, voice: Voice) -> None:
    """Take what another run heard into the transcript."""
    start, end = moment_of(asked.start), moment_of(asked.end)
    span = None if start is None and end is None else Span(start or 0, 10**9 if end is None else end)
    with opened(asked, for_writing=True) as app:
        recording_id = recording_of(app, asked.story)
        run = _run(app, recording_id, asked.number).run
        app.comparing.take(recording_id, run.id, span, over_corrected=asked.over_corrected).do()
        lines = app.correcting.lines(recording_id)
    voice.tell([told_line(line) for line in lines],
               table([(str(n), clock(line.start_ms), line.text) for n, line in enumerate(lines, 1)]))


def use_run(asked: argparse.Namespace, voice: Voice) -> None:
    """Let another run be the transcript that people see."""
    with opened(asked, for_writing=True) as app:
        run = _run(app, recording_of(app, asked.story), asked.number).run
        app.comparing.show(run.id).do()
    voice.tell({"id": run.id}, say("People see the transcript of {engine}, {model} now.", engine=run.engine,
                                   model=run.model))


def show_quality(asked: argparse.Namespace, voice: Voice) -> None:
    """Show how far the transcript can be trusted."""
    with opened(asked) as app:
        quality = app.measuring.quality(recording_of(app, asked.story))
    rows = [(name or voice.words("All"), str(share.words), str(share.reviewed), str(share.changed),
             _percent(share.word_error_rate))
            for share in (quality.whole, *quality.by_voice, *quality.by_language) for name in (share.name,)]
    heads = tuple(map(voice.words, ("", "words", "reviewed", "changed", "engine wrong")))
    text = "\n".join([in_words(quality, voice.words), table([heads, *rows])])
    voice.tell(_told_quality(quality), text)


def _run(app: App, recording_id: str, number: str | None) -> ComparedRun:
    runs = app.comparing.runs(recording_id)
    if number is None:
        others = [one for one in runs if not one.shown]
        if not others:
            raise Invalid(say("There is no other run to compare with."),
                          hint=say("Transcribe the recording again, with another model perhaps."))
        return others[-1]
    if not number.isdecimal() or not 1 <= int(number) <= len(runs):
        raise Invalid(say("There is no run {run}; this recording has {count}.", run=number, count=len(runs)))
    return runs[int(number) - 1]


def _stretch(one: ComparedRun) -> str:
    return f"{clock(one.run.only.start_ms)}–{clock(one.run.only.end_ms)}" if one.run.only else ""


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{100 * rate:.1f} %"


def _told_share(share: Share) -> dict[str, object]:
    return {"name": share.name, "words": share.words, "reviewed": share.reviewed, "changed": share.changed,
            "errors": share.errors, "judged": share.judged, "word_error_rate": share.word_error_rate}


def _told_quality(quality: Quality) -> dict[str, object]:
    return {
        "engine": quality.engine, "model": quality.model, "heard_on": quality.heard_on,
        "whole": _told_share(quality.whole), "by_voice": [_told_share(one) for one in quality.by_voice],
        "by_language": [_told_share(one) for one in quality.by_language],
        "doubtful": quality.doubtful, "flagged": quality.flagged, "estimated": quality.estimated,
    }

