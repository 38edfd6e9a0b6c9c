"""A program to be killed: it works on the queue of a library with a steady engine while somebody edits and reorders.

It says on its output what it knows to be safe, line by line, so that whoever kills it can look for all of it later.
"""

from __future__ import annotations

import json
import sys
import threading
from itertools import count
from pathlib import Path

from storybank.domain.events import TranscriptGrew
from storybank.domain.speech import SpeechModel
from storybank.jobs import child
from storybank.words import say
from tests.journeys.steady import Steady
from ui import wiring
from ui.wiring import App, open_app


class OneModel:
    """The model of the steady engine."""

    def find(self, name=None):
        return SpeechModel(name or "steady", "steady", Path("nowhere"), 1)

    def all(self):
        return [self.find()]


class Calm:
    """A ticket nobody stops."""

    def report(self, fraction, note=""):
        """Say nothing."""

    def check(self):
        """Go on."""


def steady_app(library: Path, stretch_ms: int) -> App:
    """Return the house around a library, furnished with the steady engine."""
    wiring.engines = lambda: (Steady(stretch_ms),)
    wiring.speech_models = OneModel
    return open_app(library)


def tell(kind, value) -> None:
    """Say that something is safe."""
    sys.stdout.write(f"{json.dumps([kind, value])}\n")
    sys.stdout.flush()


def what_is_there(app: App) -> dict:
    """Return everything that was ever acknowledged, as it stands in the library."""
    wrong = app._library.check()
    with app._open_work() as work:
        recordings = work.recordings.all()
        lines = [line for recording in recordings for line in work.transcripts.lines(recording.id)]
        runs = [run for recording in recordings for run in work.transcripts.runs_of(recording.id)]
        return {"heard": {run.recording_id: run.heard_ms for run in runs}, "states": [run.state for run in runs],
                "texts": {line.id: line.text for line in lines},
                "order": [[entry.recording_id, entry.state] for entry in work.queue.all()],
                "changes": sum(len(work.transcripts.changes(run.id)) for run in runs), "wrong": wrong}


class Here:
    """Runs the engine in this very process, which is faster to begin."""

    def __init__(self, _patience: float) -> None: ...

    def __call__(self, task, *arguments, ticket):
        yield from task(*arguments)

    def close(self) -> None: ...


def listening_here(library: str) -> None:
    """Do the same with the engine in this very process."""
    child.Apart = Here
    listening(library)


def listening(library: str) -> None:
    """Hear the queue, while lines are corrected and the queue is reordered, until somebody kills it."""
    app = steady_app(Path(library), 40)
    tell("there", what_is_there(app))
    app.hub.subscribe(lambda event: isinstance(event, TranscriptGrew) and tell(
        "heard", [event.recording_id, event.heard_ms]))
    threading.Thread(target=lambda: app.queueing.work(Calm()), daemon=True).start()
    for number in count():
        order = [entry.recording_id for entry in queue_of(app)]
        chosen = queue_of(app)[number % len(order)]
        tell("to order", [*(one for one in order if one != chosen.recording_id), chosen.recording_id])
        app.queueing.move(chosen.id)
        tell("order", [entry.recording_id for entry in queue_of(app)])
        for line in app.correcting.lines(chosen.recording_id)[-3:]:
            text = f"{line.text.split(' put')[0]} put right {number}"
            tell("to put", [line.id, text])
            app.correcting.reword(line.id, text).do()
            tell("put", [line.id, text])


def queue_of(app: App):
    """Return the queue in its order, without what is known of each."""
    with app._open_work() as work:
        return work.queue.all()


def editing(library: str) -> None:
    """Change every line of a transcript at once, again and again, until somebody kills it."""
    app = steady_app(Path(library), 40)
    with app._open_work() as work:
        lines = work.transcripts.lines(work.recordings.all()[0].id)
    tell("there", [sorted({line.text for line in lines}), app._library.check()])
    begin = int(lines[0].text.split()[-1]) + 1 if len({line.text for line in lines}) == 1 else 0
    for number in count(begin):
        app.correcting.reword_all(say("Round"), {line.id: f"round {number}" for line in lines}).do()
        tell("round", number)


def run() -> None:
    """Do what the command line names."""
    {"listening": listening, "listening here": listening_here, "editing": editing}[sys.argv[1]](sys.argv[2])
