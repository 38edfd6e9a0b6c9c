"""Work in a process of its own: it yields, it can be stopped at once, it fails alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from storybank.errors import Cancelled, Refused, Unavailable
from storybank.jobs.child import Apart, in_child
from storybank.words import say


class Calm:
    def report(self, fraction, note=""):
        """Say nothing."""

    def check(self):
        """Go on."""


class StopsOnce(Calm):
    """Asks to stop as soon as the first item has come."""

    def __init__(self):
        self.stop = False

    def check(self):
        if self.stop:
            raise Cancelled(say("Stopped."))


def three():
    yield from (1, 2, 3)


def one_and_then_forever():
    yield os.getpid()
    time.sleep(600)


def dies():
    yield 1
    os._exit(9)


def refuses():
    yield 1
    raise Refused(say("No."), hint=say("Ask."))


def where():
    yield os.getpid()


@pytest.fixture
def apart():
    made = Apart()
    yield made
    made.close()


def test_one_process_does_one_task_after_the_other(apart):
    first, second = (list(apart(where, ticket=Calm())) for _ in range(2))
    assert first == second != [os.getpid()]


def test_after_an_error_the_next_task_gets_a_fresh_process(apart):
    (first,) = apart(where, ticket=Calm())
    with pytest.raises(Refused):
        list(apart(refuses, ticket=Calm()))
    assert not psutil.pid_exists(first)
    (second,) = apart(where, ticket=Calm())
    assert second != first


def test_a_process_that_died_while_it_waited_is_replaced(apart):
    (first,) = apart(where, ticket=Calm())
    psutil.Process(first).kill()
    psutil.wait_procs([psutil.Process(first)] if psutil.pid_exists(first) else [], timeout=10)
    (second,) = apart(where, ticket=Calm())
    assert second != first


def test_a_process_that_is_not_needed_any_more_is_told_to_go():
    apart = Apart()
    (pid,) = apart(where, ticket=Calm())
    apart.close()
    assert not psutil.pid_exists(pid)


def test_a_caller_who_stops_listening_ends_the_process(apart):
    items = apart(one_and_then_forever, ticket=Calm())
    pid = next(items)
    items.close()
    assert not psutil.pid_exists(pid)


def test_what_the_task_yields_comes_home_in_order():
    assert list(in_child(three, ticket=Calm())) == [1, 2, 3]


def test_a_stopped_ticket_ends_the_process_at_once():
    ticket, began = StopsOnce(), time.monotonic()
    items = in_child(one_and_then_forever, ticket=ticket)
    pid = next(items)
    ticket.stop = True
    with pytest.raises(Cancelled):
        next(items)
    assert time.monotonic() - began < 30
    assert not psutil.pid_exists(pid)


def test_a_process_that_dies_is_explained():
    with pytest.raises(Unavailable, match="stopped without a word"):
        list(in_child(dies, ticket=Calm()))


def test_an_error_comes_home_with_its_hint():
    with pytest.raises(Refused) as refused:
        list(in_child(refuses, ticket=Calm()))
    assert str(refused.value.hint) == "Ask."


def test_a_killed_program_leaves_nobody_listening():
    code = ("from tests.jobs.test_child import *\n"
            "if __name__ == '__main__':\n"
            "    for pid in in_child(one_and_then_forever, ticket=Calm()): print(pid, flush=True)")
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    psutil.Process(pid).wait(timeout=60) if psutil.pid_exists(pid) else None
    assert not psutil.pid_exists(pid)
