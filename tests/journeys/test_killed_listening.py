"""Kill the engine or the program at any moment, again and again: no gap, no repeat, nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from itertools import pairwise

import psutil
import pytest

from storybank.domain.events import TranscriptGrew
from storybank.domain.speech import Listening
from storybank.domain.transcript import RunState
from storybank.errors import Died
from tests.journeys.conftest import ROOT
from tests.journeys.killed_program import Calm, steady_app, what_is_there
from tests.ui.story_library import build_library

SLUGS = ("amina-link-worker", "marie-intervenante", "samuel-conseiller")
KILLS = 26

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


@pytest.fixture
def library(tmp_path):
    """Make a library of three real recordings, all of them queued."""
    app = build_library(tmp_path / "library", SLUGS, transcribed=False)
    with app._open_work() as work:
        recordings = [recording.id for recording in work.recordings.all()]
    app.queueing.add(recordings, Listening(language="en"))
    app.close()
    return tmp_path / "library"


@pytest.fixture
def furnished(monkeypatch):
    """Let this process take a house with the steady engine, whose own process need not load the tests again."""
    monkeypatch.setattr("ui.wiring.engines", None)
    monkeypatch.setattr("ui.wiring.speech_models", None)
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    monkeypatch.delattr(sys.modules["__main__"], "__file__", raising=False)
    return steady_app


@pytest.fixture
def chance():
    """Draw the moments anew each time."""
    return random.Random()


def test_an_engine_that_is_killed_again_and_again_leaves_no_gap_and_no_repeat(library, furnished, chance):
    app, over, grown, kills = furnished(library, 70), threading.Event(), threading.Event(), Counter()
    app.hub.subscribe(lambda event: isinstance(event, TranscriptGrew) and grown.set())

    def killer():
        while sum(kills.values()) < KILLS and not over.wait(chance.uniform(0.0, 0.1)):
            if chance.random() < 0.8:  # else it may be killed before it has heard anything since the last time
                grown.wait(10)
            for child in psutil.Process().children():
                with suppress(psutil.Error):
                    if "spawn_main" in " ".join(child.cmdline()):
                        kind = chance.choice([signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
                        child.send_signal(kind)
                        kills[kind] += 1
                        grown.clear()

    thread = threading.Thread(target=killer)
    thread.start()
    failures = []
    while app.queueing.entries():
        failures += [outcome.error for outcome in app.queueing.work(Calm()) if outcome.error]
        for one in app.queueing.entries():
            app.queueing.retry(one.entry.id)
    over.set()
    thread.join()
    assert all(isinstance(error, Died) for error in failures)
    assert sum(kills.values()) == KILLS and len(kills) == 3
    everything_is_there_once(app)
    app.close()


def test_a_program_that_is_killed_again_and_again_loses_nothing_it_acknowledged(library, furnished, chance):
    safe = Safe()
    for kill_number in range(KILLS):
        what = "listening here" if kill_number % 5 else "listening"  # most rounds spare the engine's own process
        safe.compare(until_killed(begin(what, library), chance.uniform(0.01, 0.5)))
    app = furnished(library, 5_000)
    safe.compare([["there", what_is_there(app)]])
    assert safe.corrections > 3 and any(safe.heard.values())
    app.queueing.work(Calm())
    assert app.queueing.entries() == []
    everything_is_there_once(app)
    assert app._library.check() == []
    app.close()


def test_a_change_that_is_cut_off_is_whole_or_not_there(library, furnished, chance):
    app = furnished(library, 2_000)
    app.queueing.hear_next(Calm())
    app.close()
    acknowledged = -1
    for _kill in range(9):
        (_there, (texts, wrong)), *rounds = until_killed(begin("editing", library), chance.uniform(0.01, 0.6))
        assert wrong == []
        changed = [int(text.removeprefix("round ")) for text in texts if text.startswith("round ")]
        assert not changed or len(texts) == 1, "half a change is there"
        assert max(changed, default=-1) >= acknowledged
        acknowledged = max([acknowledged, *(number for _kind, number in rounds)])
    assert acknowledged > 0


def begin(what, library):
    code = "from tests.journeys.killed_program import run; run()"  # not -m: the engine's process would load it again
    return subprocess.Popen([sys.executable, "-c", code, what, str(library)], cwd=ROOT, text=True,
                            stdout=subprocess.PIPE, start_new_session=True)


def until_killed(process, seconds):
    """Let a program run on for a moment after it opened the library; return what it said until it was killed."""
    first = process.stdout.readline()
    timer = threading.Timer(seconds, kill, [process])
    timer.start()
    rest = process.stdout.readlines()
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    return [json.loads(line) for line in [first, *rest] if line.endswith("\n")]


def kill(process):
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


class Safe:
    """What the program said is safe, to be found again after each kill."""

    def __init__(self):
        self.heard, self.texts, self.order, self.corrections = {}, {}, [], 0
        self.meant_order, self.meant_text = [], {}

    def compare(self, lines):
        """See that all of it is there, but for what was just being done; take in what was said since."""
        (kind, there), *said = lines
        assert kind == "there" and there["wrong"] == []
        assert RunState.RUNNING not in there["states"]
        assert {state for _id, state in there["order"]} == {"waiting"}
        assert all(there["heard"][one] >= ms for one, ms in self.heard.items())
        assert all(there["texts"][one] in (text, self.meant_text.get(one)) for one, text in self.texts.items())
        found = [one for one, _state in there["order"]]
        if self.order:
            assert found in [[one for one in order if one in found] for order in (self.order, self.meant_order)]
        self.texts |= {one: there["texts"][one] for one in self.texts}
        self.order, self.meant_order, self.meant_text = found, found, {}
        for kind, value in said:
            self.take(kind, value)

    def take(self, kind, value):
        if kind == "heard":
            self.heard[value[0]] = value[1]
        elif kind == "to put":
            self.meant_text = {value[0]: value[1]}
        elif kind == "put":
            self.texts[value[0]] = value[1]
            self.corrections += 1
        elif kind == "to order":
            self.meant_order = value
        elif kind == "order":
            self.order = self.meant_order = value


def everything_is_there_once(app):
    """See that every recording was heard from its beginning to its end, each stretch once, in one run."""
    with app._open_work() as work:
        for recording in work.recordings.all():
            (run,) = work.transcripts.runs_of(recording.id)
            assert run.state is RunState.DONE and run.heard_ms == recording.facts.duration_ms
            stretches = work.transcripts.speech(run.id)
            assert stretches[0].start_ms == 0 and stretches[-1].end_ms == recording.facts.duration_ms
            assert all(one.end_ms == two.start_ms for one, two in pairwise(stretches))
            assert run.chunks == len(stretches)
            heard = [segment.text for segment in work.transcripts.segments(run.id)]
            assert heard == [f"heard from {stretch.start_ms}" for stretch in stretches]
            assert len({line.id for line in work.transcripts.lines(recording.id)}) == len(stretches)
