"""Awake: the machine does not sleep during long work; where that cannot be had, the work is done all the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

from storybank.jobs.awake import awake


class Mode:
    """A stand-in for what keeps the machine awake."""

    active = True

    def __init__(self, told, fails=""):
        self.told, self.fails = told, fails

    def __enter__(self):
        if self.fails == "entering":
            raise RuntimeError("no bus")
        self.told.append("awake")

    def __exit__(self, *_error):
        self.told.append("may sleep")
        if self.fails == "leaving":
            raise RuntimeError("the bus is gone")


@pytest.mark.parametrize(("fails", "told"), [
    ("", ["awake", "work", "may sleep"]), ("entering", ["work"]), ("leaving", ["awake", "work", "may sleep"]),
])
def test_the_machine_is_kept_awake_during_the_work_and_not_longer(monkeypatch, fails, told):
    from wakepy import keep

    found = []
    monkeypatch.setattr(keep, "running", lambda **_how: Mode(found, fails))
    with awake():
        found.append("work")
    assert found == told


def test_an_error_in_the_work_comes_through_and_the_machine_may_sleep(monkeypatch):
    from wakepy import keep

    found = []
    monkeypatch.setattr(keep, "running", lambda **_how: Mode(found))
    with pytest.raises(KeyError), awake():
        raise KeyError
    assert found == ["awake", "may sleep"]


def test_without_a_way_to_stay_awake_the_work_is_done_and_nothing_is_printed():
    code = "import storybank.jobs.awake as a, sys\nassert 'wakepy' not in sys.modules\nwith a.awake(): pass"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True,
                          env={"PATH": "", "PYTHONPATH": "."}, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_where_it_is_not_installed_the_work_is_done(monkeypatch):
    monkeypatch.setitem(sys.modules, "wakepy", None)
    with awake() as nothing:
        assert nothing is None
