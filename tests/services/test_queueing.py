"""The queue: an order that people choose, one at a time, nothing twice; what fails stops no other."""

from __future__ import annotations

import shutil
from contextlib import contextmanager

import pytest

from storybank.domain.queue import QueueState
from storybank.domain.story import Participant
from storybank.domain.transcript import RunState, Span
from storybank.domain.withdrawal import Choice
from storybank.errors import Cancelled, Damaged, Died, Refused, Unavailable
from storybank.services.queueing import Queueing
from storybank.services.transcribing import Remarked
from storybank.services.withdrawing import Stop
from storybank.words import say
from tests.services.conftest import LISTENING, Calm, House, a_chunk

NAMES = ("ada", "bruno", "chantal")


class Jobs(Queueing):
    """The queue of a house, with what it told."""

    def __init__(self, house, **about):
        super().__init__(house.work, house.transcribing, house.clock, house.hub.publish, **about)
        self.house = house
        self.told = []
        house.hub.subscribe(self.told.append)

    def order(self):
        return [one.file[:-4] for one in self.entries()]

    def states(self):
        return {one.file[:-4]: str(one.entry.state) for one in self.entries()}

    def entry(self, name):
        return next(one for one in self.entries() if one.file == f"{name}.mp4").entry

    def remarks(self):
        return [str(event.remark) for event in self.told if isinstance(event, Remarked)]


@pytest.fixture
def recordings(house, tmp_path):
    for name in NAMES:
        (tmp_path / f"{name}.mp4").write_bytes(b"good " + name.encode())
    house.collecting.bring_in([tmp_path / f"{name}.mp4" for name in NAMES], Calm())
    house.engine.chunks = [a_chunk(n, n * 20_000, f"{word} is here.") for n, word in enumerate(("One", "Two", "Three"))]
    return {name: house.browsing.story(name).recordings[0].id for name in NAMES}


@pytest.fixture
def jobs(house, recordings):
    made = Jobs(house)
    made.add(list(recordings.values()), LISTENING)
    return made


def texts(house, name):
    return [line.text for line in house.browsing.story(name).lines]


class Does(Calm):
    """A ticket that does something, once, when it is told a sentence."""

    def __init__(self, sentence, does):
        self.sentence, self.does = sentence, does

    def report(self, fraction, note=""):
        if note == self.sentence and self.does:
            does, self.does = self.does, None
            does()


def test_one_after_the_other_is_heard_until_nothing_waits(jobs, house):
    outcomes = jobs.work(Calm())
    assert [outcome.run.state for outcome in outcomes] == [RunState.DONE] * 3
    assert jobs.entries() == []
    assert all(len(texts(house, name)) == 3 for name in NAMES)


def test_the_same_recording_is_not_queued_twice(jobs, recordings):
    added = jobs.add([recordings["ada"]], LISTENING)
    assert added.entries == ()
    assert str(added.left_out[0].error) == "ada.mp4 is in the queue already."


def test_a_recording_that_was_heard_is_not_queued_by_accident(jobs, recordings):
    jobs.work(Calm())
    (left_out,) = jobs.add([recordings["ada"]], LISTENING).left_out
    assert "has a transcript already" in str(left_out.error)
    assert len(jobs.add([recordings["ada"]], LISTENING, again=True).entries) == 1


def test_a_recording_that_is_being_heard_cannot_be_queued_but_a_stretch_of_it_can(jobs, recordings):
    said = []

    def ask():
        whole = jobs.add([recordings["ada"]], LISTENING)
        part = jobs.add([recordings["ada"]], LISTENING, only=Span(0, 5_000))
        said.extend([str(whole.left_out[0].error), len(part.entries)])

    jobs.hear_next(Does("Two is here.", ask))
    assert said == ["ada.mp4 is being heard now.", 1]


def test_people_choose_the_order(jobs):
    jobs.move_to_front(jobs.entry("chantal").id)
    assert jobs.order() == ["chantal", "ada", "bruno"]
    jobs.move(jobs.entry("chantal").id, before=jobs.entry("bruno").id)
    assert jobs.order() == ["ada", "chantal", "bruno"]
    jobs.shift(jobs.entry("bruno").id, -1)
    jobs.shift(jobs.entry("ada").id, 1)
    jobs.shift(jobs.entry("chantal").id, 1)
    assert jobs.order() == ["bruno", "ada", "chantal"]
    jobs.move(jobs.entry("bruno").id)
    assert jobs.order() == ["ada", "chantal", "bruno"]
    assert [outcome.entry.recording_id for outcome in jobs.work(Calm())][-1] == jobs.house.browsing.story(
        "bruno").recordings[0].id


def test_what_is_paused_while_it_is_heard_keeps_what_is_on_file_and_goes_on_from_there(jobs, house):
    outcomes = jobs.work(Does("Three is here.", lambda: jobs.pause(jobs.entry("ada").id)))
    assert isinstance(outcomes[0].error, Cancelled) and outcomes[1].run and outcomes[2].run
    assert jobs.states() == {"ada": "paused"}
    assert texts(house, "ada") == ["One is here.", "Two is here."]
    assert jobs.hear_next(Calm()) is None
    jobs.resume(jobs.entry("ada").id)
    jobs.work(Calm())
    assert texts(house, "ada") == ["One is here.", "Two is here.", "Three is here."]
    assert house.engine.asked[-1][1] == 2


def test_a_pause_of_all_is_remembered_by_the_library(jobs, house, tmp_path):
    jobs.hear_next(Does("Two is here.", jobs.pause_all))
    assert jobs.states() == {"ada": "waiting", "bruno": "waiting", "chantal": "waiting"}
    copy = shutil.copytree(house.library.folder, tmp_path / "copy")
    later = House(copy)
    again = Jobs(later)
    assert again.held() and not again.waits() and again.hear_next(Calm()) is None
    again.resume_all()
    later.engine.chunks = house.engine.chunks
    assert len(again.work(Calm())) == 3
    later.library.close()


def test_what_is_taken_out_keeps_its_partial_text_and_goes_on_when_it_is_asked_for_again(jobs, house, recordings):
    jobs.hear_next(Does("Three is here.", lambda: jobs.take_out(jobs.entry("ada").id)))
    assert jobs.order() == ["bruno", "chantal"]
    assert texts(house, "ada") == ["One is here.", "Two is here."]
    jobs.add([recordings["ada"]], LISTENING)
    jobs.work(Calm())
    assert len(texts(house, "ada")) == 3
    assert len(house.transcribing.runs(recordings["ada"])) == 1


def test_a_stopped_job_leaves_its_recording_waiting(jobs, house):
    class Stops(Calm):
        def check(self):
            if texts(house, "ada"):
                raise Cancelled(say("Stopped."))

    with pytest.raises(Cancelled):
        jobs.work(Stops())
    assert jobs.states() == dict.fromkeys(NAMES, "waiting")
    jobs.work(Calm())
    assert len(texts(house, "ada")) == 3


@pytest.mark.parametrize("problem", [
    Damaged(say("The recording breaks off."), hint=say("Copy it again.")),
    Unavailable(say("There is no speech model."), hint=say("Get one.")),
    Unavailable(say("The disk is full, so nothing was changed."), hint=say("Make some room and try again.")),
])
def test_what_goes_wrong_is_kept_with_its_reason_and_the_rest_goes_on(jobs, house, recordings, problem, monkeypatch):
    listen, bad = house.engine.listen, house.transcribing._store.path(house.browsing.story("ada").recordings[0].place)

    def fails(path, *rest):
        if path == bad:
            raise problem
        yield from listen(path, *rest)

    monkeypatch.setattr(house.engine, "listen", fails)
    outcomes = jobs.work(Calm())
    assert [outcome.error for outcome in outcomes] == [problem, None, None]
    assert jobs.entry("ada").state is QueueState.FAILED
    assert (jobs.entry("ada").problem, jobs.entry("ada").hint) == (problem.message, problem.hint)
    monkeypatch.undo()
    jobs.retry(jobs.entry("ada").id, "tiny")
    assert jobs.entry("ada").problem == ""
    assert jobs.work(Calm())[0].run.model == "tiny"


def test_a_reason_is_said_in_the_readers_language(jobs, house):
    jobs.house.engine.listen = lambda *_asked: raises(Died(say("{name} has a transcript already.", name="Ada")))
    jobs.hear_next(Calm())
    assert jobs.entry("ada").problem.said_in("fr") == say("{name} has a transcript already.", name="Ada").said_in("fr")
    assert "Ada" in jobs.entry("ada").problem.said_in("fr") != "Ada has a transcript already."


def raises(error):
    raise error
    yield


def test_a_recording_that_is_gone_is_named_with_what_to_do(jobs, house):
    place = house.browsing.story("ada").files[0]
    place.unlink()
    outcomes = jobs.work(Calm())
    assert isinstance(outcomes[0].error, Unavailable)
    assert "The recording is not where it was" in str(jobs.entry("ada").problem)
    assert [run.state for run in house.transcribing.runs(jobs.entry("ada").recording_id)] == []
    assert outcomes[1].run and outcomes[2].run


def test_an_engine_that_dies_is_started_again_from_what_is_kept(jobs, house, monkeypatch):
    deaths = dies_after(monkeypatch, house.engine, [1, 1])
    outcome = jobs.hear_next(Calm())
    assert outcome.run.state is RunState.DONE and not deaths
    assert texts(house, "ada") == ["One is here.", "Two is here.", "Three is here."]
    assert jobs.remarks() == ["Ouch. It was started again, from what is kept."] * 2


def test_an_engine_that_dies_twice_at_one_place_fails_and_the_rest_goes_on(jobs, house, monkeypatch):
    dies_after(monkeypatch, house.engine, [1, 0])
    outcomes = jobs.work(Calm())
    assert isinstance(outcomes[0].error, Died) and outcomes[1].run and outcomes[2].run
    assert jobs.states() == {"ada": "failed"}
    assert texts(house, "ada") == ["One is here."]


def dies_after(monkeypatch, engine, deaths):
    """Let the engine die after so many chunks, time after time, and be well then."""
    listen = engine.listen

    def dying(*asked):
        told, limit = 0, deaths.pop(0) if deaths else None
        for heard in listen(*asked):
            if told == limit:
                raise Died(say("Ouch."))
            yield heard
            told += hasattr(heard, "segments")

    monkeypatch.setattr(engine, "listen", dying)
    return deaths


def test_who_said_no_to_machines_is_not_queued(house, recordings):
    someone = house.people.add("Ada Roy")
    house.people.place(house.browsing.story("ada").story.id, [Participant(someone.id)])
    house.withdrawing.withdraw(Stop(someone.id))
    (left_out,) = Jobs(house).add([recordings["ada"]], LISTENING).left_out
    assert isinstance(left_out.error, Refused)


@pytest.mark.parametrize("choice", [None, Choice.SEAL, Choice.ERASE])
def test_who_withdrew_leaves_the_queue_with_a_word(jobs, house, choice):
    someone = house.people.add("Ada Roy")
    house.people.place(house.browsing.story("ada").story.id, [Participant(someone.id)])
    case = house.withdrawing.withdraw(Stop(someone.id)).case
    if choice:
        house.erasing.carry_out(case.id, choice, Calm())
    jobs.work(Calm())
    assert jobs.entries() == []
    words = " ".join(jobs.remarks())
    assert words == "" if choice is Choice.ERASE else "left the queue" in words
    assert ("Ada Roy" in words) is (choice is None)


def test_what_was_running_when_the_power_failed_waits_and_is_heard_once(jobs, house, tmp_path):
    copies = []
    jobs.hear_next(Does("Three is here.", lambda: copies.append(shutil.copytree(house.library.folder, tmp_path / "c"))))
    later = House(copies[0])
    again = Jobs(later)
    assert again.states() == dict.fromkeys(NAMES, "waiting") and again.waits()
    later.engine.chunks = house.engine.chunks
    again.work(Calm())
    assert texts(later, "ada") == ["One is here.", "Two is here.", "Three is here."]
    assert later.engine.asked[0][1] == 2
    later.library.close()


def test_a_power_cut_after_the_last_word_does_not_hear_it_all_again(jobs, house, tmp_path, recordings):
    jobs.work(Calm())
    jobs.add([recordings["ada"]], LISTENING, again=True)
    copies = []
    house.hub.subscribe(lambda event: type(event).__name__ == "TranscriptEnded" and copies.append(
        shutil.copytree(house.library.folder, tmp_path / "c")))
    jobs.work(Calm())
    later = House(copies[0])
    assert Jobs(later).entries() == [] and len(later.transcribing.runs(recordings["ada"])) == 2
    later.library.close()


def test_what_is_known_of_each_is_told(jobs, house):
    seen = []
    jobs.hear_next(Does("Two is here.", lambda: seen.extend(jobs.entries())))
    assert [(one.title, one.duration_ms, one.entry.state) for one in seen[:1]] == [
        ("ada", 60_000, QueueState.RUNNING)]
    assert 0.3 < seen[0].fraction < 0.4 and seen[1].fraction == 0
    assert seen[0].seconds_left is not None and seen[1].seconds_left is None
    assert all(one.seconds_left for one in jobs.entries())  # this machine's pace is known now


def test_only_what_is_named_is_heard_even_while_all_is_paused(jobs):
    jobs.pause_all()
    entry = jobs.entry("chantal")
    assert jobs.hear_next(Calm(), {entry.id}).run.recording_id == entry.recording_id
    assert jobs.hear_next(Calm(), {entry.id}) is None
    assert jobs.order() == ["ada", "bruno"]


def test_the_machine_is_kept_awake_while_it_hears(house, recordings):
    awake = []

    @contextmanager
    def stays():
        awake.append("in")
        yield
        awake.append("out")

    made = Jobs(house, awake=stays)
    made.add([recordings["ada"]], LISTENING)
    assert awake == []
    made.work(Calm())
    assert awake == ["in", "out"]


def test_a_stretch_is_widened_to_the_lines_it_touches(house, jobs):
    jobs.work(Calm())
    recording = house.browsing.story("ada").recordings[0].id
    lines = house.correcting.lines(recording)
    middle = (lines[1].start_ms + lines[1].end_ms) // 2
    entry = jobs.add([recording], LISTENING, only=Span(middle, middle + 10)).entries[0]
    assert entry.only == Span(lines[1].start_ms, lines[1].end_ms)
