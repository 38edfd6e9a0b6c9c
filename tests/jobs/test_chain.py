"""A chain does one job after the other while there is more, and lets others in between."""

from __future__ import annotations

import threading

import pytest

from storybank.jobs.chain import Chain
from storybank.jobs.hub import Hub
from storybank.jobs.runner import JobEnded, JobQueued, Lane, Runner
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
    yield made
    made.close()


class Pile:
    """Things to do, one at a time."""

    def __init__(self, *things):
        self.things, self.done, self.over = list(things), [], threading.Event()
        self.gate = threading.Event()
        self.gate.set()

    def step(self, _ticket):
        assert self.gate.wait(10)
        self.done.append(self.things.pop(0))

    def more(self):
        if not self.things:
            self.over.set()
        return bool(self.things)


def test_it_goes_on_until_nothing_is_left_and_is_never_idle_in_between(runner, told):
    pile = Pile("a", "b", "c")
    Chain(runner, Lane.SPEECH, pile.step, pile.more, lambda: TITLE).go()
    assert pile.over.wait(10)
    runner.close()
    assert pile.done == ["a", "b", "c"]
    assert [type(event) for event in told] == [JobQueued, JobQueued, JobEnded, JobQueued, JobEnded, JobEnded]


def test_asking_twice_is_asking_once(runner, told):
    pile = Pile("a")
    pile.gate.clear()
    chain = Chain(runner, Lane.SPEECH, pile.step, pile.more, lambda: TITLE)
    chain.go()
    chain.go()
    pile.gate.set()
    assert pile.over.wait(10)
    assert sum(isinstance(event, JobQueued) for event in told) == 1


def test_others_in_the_lane_get_their_turn_in_between(runner):
    pile, order = Pile("a", "b"), []
    pile.gate.clear()
    chain = Chain(runner, Lane.SPEECH, lambda ticket: order.append("mine") or pile.step(ticket), pile.more,
                  lambda: TITLE)
    chain.go()
    runner.start(Lane.SPEECH, lambda _ticket: order.append("another"), TITLE)
    pile.gate.set()
    assert pile.over.wait(10)
    runner.close()
    assert order == ["mine", "another", "mine"]


def test_it_begins_again_after_its_job_was_stopped_before_its_turn(runner):
    pile, gate = Pile("a"), threading.Event()
    runner.start(Lane.SPEECH, lambda _ticket: gate.wait(10), TITLE)
    chain = Chain(runner, Lane.SPEECH, pile.step, pile.more, lambda: TITLE)
    chain.go()
    runner.cancel(max(chain.jobs))
    last = threading.Event()
    gate.set()
    runner.start(Lane.SPEECH, lambda _ticket: last.set(), TITLE)
    assert last.wait(10) and pile.done == []
    chain.go()
    assert pile.over.wait(10) and pile.done == ["a"]
