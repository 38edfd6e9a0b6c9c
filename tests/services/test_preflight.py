"""Preflight: every line has a sign and says what to do; a crash of the engine is a finding, not the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from media.catalogue import CATALOGUE, known
from media.machine import ThisMachine
from media.models import SpeechModelShelf
from storybank import places
from storybank.domain.amount import Lasting, Size
from storybank.domain.readiness import Aspect, Memory, Processor, Sign, Trial, judge_processor
from storybank.domain.speech import Grade, SpeechModel
from storybank.errors import Cancelled, Unavailable
from storybank.jobs.child import in_child
from storybank.services.preflight import Preflight
from storybank.words import say
from tests.media.film import Calm
from tests.services.conftest import in_process

GB = 1_000_000_000
SMALL = SpeechModel("our-small", "faster-whisper", Path("nowhere"), GB // 2, grade=Grade.SMALL)


@dataclass(frozen=True)
class AMachine:
    """A computer as a test wants it."""

    features: frozenset = frozenset({"AVX", "AVX2"})
    cores: int = 8
    ram: Memory = field(default_factory=lambda: Memory(16 * GB, 12 * GB))
    disk: int = 100 * GB
    encode_ms: int = 1000
    broken: str = ""

    def processor(self):
        return Processor("A processor", self.cores, self.features)

    def memory(self):
        return self.ram

    def room(self, folder):
        return self.disk

    def ffmpeg(self):
        if self.broken == "ffmpeg":
            raise Unavailable(say("ffmpeg cannot be started on this machine."), hint=say("Install Storybank again."))
        if self.broken == "antivirus":
            raise PermissionError("Access is denied")
        return "9.0"

    def try_out(self, model):
        if self.broken == "engine":
            os.kill(os.getpid(), signal.SIGILL if sys.platform != "win32" else signal.SIGTERM)
        if self.broken == "model":
            raise Unavailable(say("The speech engine could not use the model: no."), hint=say("Remove the model."))
        yield Trial(500, self.encode_ms, GB, known(model.grade).encoding if known(model.grade) else None)

    def measure(self):
        yield Trial(500, 360, GB, 0.36)


@dataclass
class Shelf:
    models: list = field(default_factory=lambda: [SMALL])
    folder: Path = Path("models")

    def find(self, name=None):
        if not self.models:
            raise Unavailable(say("There is no speech model on this machine."), hint=say("Download one."))
        return self.models[0]

    def all(self):
        return self.models

    def catalogue(self):
        return CATALOGUE


@pytest.fixture
def check(house):
    def checked(machine=None, shelf=None, apart=in_process, recordings=None):
        service = Preflight(house.work, machine or AMachine(), shelf or Shelf(), apart, house.store)
        return service.check(Calm(), recordings)

    return checked


def line(ready, aspect):
    return next(found for found in ready.findings if found.aspect is aspect)


def test_a_good_computer_is_good_in_every_line(check):
    ready = check()
    assert [found.aspect for found in ready.findings] == list(Aspect)
    assert {found.sign for found in ready.findings} == {Sign.GOOD} and ready.sign is Sign.GOOD
    assert all(str(found.what) for found in ready.findings)


@pytest.mark.parametrize(("features", "cores", "sign", "said"), [
    ({"AVX2", "AVX512F"}, 8, Sign.GOOD, "with AVX512F"), ({"AVX2"}, 2, Sign.CAREFUL, "So few cores"),
    ({"ASIMD", "NEON"}, 8, Sign.GOOD, "with ASIMD"), ({"SSE42", "AVX"}, 8, Sign.CAREFUL, "without AVX2"),
    ({"SSE2"}, 8, Sign.STOPS, "too old"), (set(), 8, Sign.CAREFUL, "does not say"),
])  # fmt: skip
def test_the_processor_is_judged_by_what_it_can_do(features, cores, sign, said):
    found = judge_processor(Processor("A processor", cores, frozenset(features)))
    assert (found.sign, said in str(found.what)) == (sign, True)
    assert (found.to_do is None) == (sign is Sign.GOOD)


@pytest.mark.parametrize(("machine", "aspect", "sign", "to_do"), [
    (AMachine(ram=Memory(16 * GB, GB)), Aspect.MEMORY, Sign.CAREFUL, "Close other programs"),
    (AMachine(ram=Memory(GB, GB)), Aspect.MEMORY, Sign.STOPS, "smaller speech model"),
    (AMachine(disk=3 * GB), Aspect.LIBRARY_DISK, Sign.CAREFUL, "Make room soon"),
    (AMachine(disk=GB // 2), Aspect.MODELS_DISK, Sign.STOPS, "Make room before"),
    (AMachine(broken="ffmpeg"), Aspect.FFMPEG, Sign.STOPS, "Install Storybank again"),
    (AMachine(broken="antivirus"), Aspect.FFMPEG, Sign.STOPS, "virus scanner"),
    (AMachine(broken="model"), Aspect.ENGINE, Sign.STOPS, "Remove the model"),
    (AMachine(encode_ms=60_000), Aspect.SPEED, Sign.CAREFUL, "over night"),
])  # fmt: skip
def test_what_is_wrong_has_a_sign_and_a_way_on_and_the_rest_is_still_looked_at(check, machine, aspect, sign, to_do):
    ready = check(machine)
    found = line(ready, aspect)
    assert found.sign is sign and to_do in str(found.to_do)
    assert len(ready.findings) == len(Aspect)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_an_engine_that_crashes_is_said_so_and_the_check_goes_on(check):
    ready = check(AMachine(broken="engine"), apart=in_child)
    found = line(ready, Aspect.ENGINE)
    assert found.sign is Sign.STOPS and ready.sign is Sign.STOPS
    assert "processor lacks something" in str(found.what)
    assert "Nothing is lost" in str(found.to_do)
    assert line(ready, Aspect.SPEED).sign is Sign.GOOD, "what was measured apart still counts"


def test_without_a_model_the_check_says_how_to_get_one_and_measures_all_the_same(check):
    ready = check(shelf=Shelf([]))
    assert "Download one" in str(line(ready, Aspect.ENGINE).to_do)
    assert all(told.needs_ms is not None for told in ready.estimates)


def test_the_demo_model_is_not_taken_for_a_real_one(check):
    demo = SpeechModelShelf(places.models(), places.demo() / "speech").find()
    found = line(check(shelf=Shelf([demo])), Aspect.ENGINE)
    assert found.sign is Sign.CAREFUL and "only the demo model" in str(found.to_do)


def test_the_time_of_each_model_follows_from_what_was_measured_and_what_it_costs(check, house, tmp_path):
    story = house.a_story(tmp_path)
    ready = check(recordings=[replace(story.recordings[0], facts=replace(story.recordings[0].facts,
                                                                         duration_ms=3_600_000))])
    needs = {told.model.grade: told.needs_ms for told in ready.estimates}
    assert needs[Grade.SMALL] == pytest.approx(3_600_000 * 2.65 / 30, rel=0.01)
    assert needs[Grade.LARGE] == pytest.approx(5.6 * needs[Grade.SMALL], rel=0.01)
    assert (ready.recordings, ready.sound_ms) == (1, 3_600_000)


def test_what_really_was_heard_counts_for_more_than_a_measurement(check, house, tmp_path):
    story = house.a_story(tmp_path)
    with house.work() as work:
        run = work.transcripts.runs_of(story.recordings[0].id)[0]
        work.transcripts.save_run(replace(run, model="our-small", heard_ms=600_000, spent_ms=1_200_000))
        work.commit()
    ready = check()
    assert "really took 2 h 0 min with our-small" in str(line(ready, Aspect.SPEED).what)
    assert line(ready, Aspect.SPEED).sign is Sign.CAREFUL
    assert ready.recordings == 0, "what has a transcript does not wait"


def test_models_that_do_not_fit_say_what_they_would_need(check):
    ready = check(AMachine(ram=Memory(2 * GB, 2 * GB), disk=6 * GB))
    told = {estimate.model.grade: (estimate.sign, str(estimate.remark or "")) for estimate in ready.estimates}
    assert told[Grade.MEDIUM] == (Sign.STOPS, "Needs about 2.5 GB of memory; this computer has 2.0 GB.")
    assert told[Grade.SMALL] == (Sign.GOOD, "")
    assert told[Grade.BASE] == (Sign.CAREFUL, "Too small for French.")
    ready = check(AMachine(disk=GB))
    told = {estimate.model.grade: str(estimate.remark or "") for estimate in ready.estimates}
    assert told[Grade.LARGE] == "Needs 3.1 GB on the disk; 1.0 GB is free."
    assert told[Grade.SMALL] == "", "a model that is here needs no more room"


def test_a_stop_stops_the_check(house):
    class Stopped(Calm):
        def check(self):
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        Preflight(house.work, AMachine(), Shelf(), in_process, house.store).check(Stopped())


def test_amounts_are_written_as_people_of_each_language_do():
    assert [Size(size).said_in("en") for size in (0, 999, 488_000_000, 1_620_000_000, 999_600_000)] == [
        "0 bytes", "999 bytes", "488 MB", "1.6 GB", "1.0 GB"]
    assert Size(1_620_000_000).said_in("fr") == "1,6 Go"
    assert [Lasting(ms).said_in("fr") for ms in (300, 90_000, 720_000, 7_500_000)] == [
        "1 s", "90 s", "12 min", "2 h 5 min"]


# ---- this very computer ----------------------------------------------------------------------------------------------


def test_this_computer_answers_every_question():
    machine = ThisMachine()
    assert machine.processor().name and machine.processor().cores >= 1 and machine.processor().features
    assert 0 < machine.memory().free <= machine.memory().total
    assert machine.room(Path.cwd() / "not" / "there") > 0
    assert machine.ffmpeg()


def test_an_ffmpeg_that_does_not_run_is_found_out(monkeypatch):
    monkeypatch.setenv("STORYBANK_FFMPEG", "/nowhere/ffmpeg")
    with pytest.raises(Unavailable, match="ffmpeg"):
        ThisMachine().ffmpeg()


def test_the_demo_model_and_the_yardstick_are_really_tried():
    machine = ThisMachine()
    demo = SpeechModelShelf(places.models(), places.demo() / "speech").find()
    (trial,) = machine.try_out(demo)
    assert trial.encode_ms > 0 and trial.memory > 50_000_000 and trial.encoding is None
    (trial,) = machine.measure()
    assert trial.encode_ms > 0 and trial.encoding == known(Grade.BASE).encoding


def test_a_model_the_engine_cannot_use_says_so(tmp_path):
    (tmp_path / "model.bin").write_bytes(b"nothing")
    with pytest.raises(Unavailable, match="could not use the model"):
        list(ThisMachine().try_out(SpeechModel("broken", "faster-whisper", tmp_path, 1)))


def test_the_check_is_a_command_too(tmp_path):
    home, library = tmp_path / "home", tmp_path / "library"

    def storybank(*words):
        return subprocess.run([sys.executable, "-m", "ui", "--library", str(library), *words], text=True,
                              capture_output=True, encoding="utf-8", check=False, cwd=places.PROJECT,
                              env={**os.environ, "STORYBANK_HOME": str(home)})

    assert storybank("init").returncode == 0
    told = storybank("preflight")
    assert told.returncode == 0, told.stderr
    for word in ("Processor", "Memory", "Speech engine", "storybank-demo", "large-v3-turbo"):
        assert word in told.stdout
