"""Work in a process of its own: it yields, it can be stopped at once, it fails alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from storybank.errors import Cancelled, Died, Refused, Unavailable
from storybank.jobs.child import Apart, in_child
from storybank.jobs.endings import died_of
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


def ends(number):
    yield 1
    os.kill(os.getpid(), number)
    time.sleep(60)


def has_no_memory():
    yield 1
    raise MemoryError


def has_a_bug():
    yield 1
    raise ValueError("a shape of 3 where 4 was expected")


def says_nothing():
    yield os.getpid()
    time.sleep(600)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize(("number", "words"), [
    (signal.SIGILL, "processor lacks something"), (signal.SIGKILL, "memory ran out"),
    (signal.SIGSEGV, "crashed"), (signal.SIGTERM, "ended by another program"),
])
def test_a_process_that_is_ended_by_a_signal_is_explained_with_what_to_do(number, words):
    with pytest.raises(Died) as died:
        list(in_child(ends, number, ticket=Calm()))
    assert words in str(died.value.message) and "what was heard so far is kept" in str(died.value.hint).lower()


@pytest.mark.parametrize(("code", "words"), [
    (0xC000001D, "processor lacks something"), (0xC0000409, "crashed"), (0xC0000005, "crashed"),
    (0xC0000017, "memory ran out"), (0xC0000135, "a part of Windows"), (-1073741795, "processor lacks something"),
    (7, "without a word"), (None, "without a word"),
])
def test_exit_codes_of_windows_are_explained(code, words):
    assert words in str(died_of(code).message)


def test_a_process_without_memory_says_so():
    with pytest.raises(Died, match="memory ran out"):
        list(in_child(has_no_memory, ticket=Calm()))


def test_a_failure_nobody_foresaw_is_told_in_a_sentence_and_logged(caplog):
    with pytest.raises(Died, match="The speech engine failed: a shape of 3 where 4 was expected"):
        list(in_child(has_a_bug, ticket=Calm()))
    assert "ValueError" in caplog.text


def test_a_process_that_says_nothing_for_too_long_is_ended():
    apart = Apart(patience=0.3)
    items = apart(says_nothing, ticket=Calm())
    pid = next(items)
    with pytest.raises(Died, match="said nothing"):
        next(items)
    assert not psutil.pid_exists(pid)


def test_a_process_does_not_mind_ctrl_c_which_is_for_the_program(apart):
    items = apart(survives_interrupt, ticket=Calm())
    assert list(items) == [1, 2]


def survives_interrupt():
    yield 1
    os.kill(os.getpid(), signal.SIGINT)
    yield 2
