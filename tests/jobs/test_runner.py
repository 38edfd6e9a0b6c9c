"""Jobs wait their turn in a lane, report, can be stopped, and always end with a word."""

from __future__ import annotations

import threading

import pytest

from storybank.errors import Cancelled, Refused
from storybank.jobs.hub import Hub
from storybank.jobs.runner import JobEnded, JobProgressed, JobQueued, Lane, Runner
from storybank.words import say

TITLE = say("A job")


@pytest.fixture
def told():
    return []


@pytest.fixture
def runner(told):
    hub = Hub()
    hub.subscribe(told.append)
    made = Runner(hub.publish)
    made.ended = threading.Event()
    hub.subscribe(lambda event: isinstance(event, JobEnded) and made.ended.set())
    yield made
    made.close()


def test_a_job_is_queued_reports_and_ends(runner, told):
    runner.start(Lane.FILES, lambda ticket: ticket.report(0.5, "half"), TITLE)
    assert runner.ended.wait(10)
    assert [type(event) for event in told] == [JobQueued, JobProgressed, JobEnded]
    assert told[-1].error is None


def test_a_cancelled_job_stops_at_its_next_look(runner, told):
    started = threading.Event()

    def work(ticket):
        started.set()
        while True:
            ticket.check()
            threading.Event().wait(0.01)

    number = runner.start(Lane.SPEECH, work, TITLE)
    assert started.wait(10)
    runner.cancel(number)
    assert runner.ended.wait(10)
    assert isinstance(told[-1].error, Cancelled)


def test_a_foreseen_failure_is_told_with_its_reason(runner, told):
    def work(_ticket):
        raise Refused(say("No."))

    runner.start(Lane.FILES, work, TITLE)
    assert runner.ended.wait(10)
    assert str(told[-1].error) == "No."


def test_one_recording_is_heard_at_a_time(runner):
    inside, most = [], []
    lock, gate = threading.Lock(), threading.Semaphore(0)

    def work(_ticket):
        with lock:
            inside.append(1)
            most.append(len(inside))
        threading.Event().wait(0.02)
        with lock:
            inside.pop()
        gate.release()

    for _ in range(4):
        runner.start(Lane.SPEECH, work, TITLE)
    assert all(gate.acquire(timeout=10) for _ in range(4))
    assert max(most) == 1


def test_a_listener_that_fails_does_not_stop_the_others(caplog):
    hub, heard = Hub(), []

    def fails(_event):
        raise ValueError("a bug in a listener")

    hub.subscribe(fails)
    hub.subscribe(heard.append)
    hub.publish(JobEnded(1))
    assert len(heard) == 1 and "a listener failed" in caplog.text


def test_nothing_is_begun_once_the_runner_is_closed():
    told = []
    runner = Runner(told.append)
    runner.close()
    runner.start(Lane.FILES, lambda ticket: told.append("work"), say("Late"))
    assert told == []
