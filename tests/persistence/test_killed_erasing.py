"""Killed in the middle of a withdrawal or an erasure: nothing half-done stays, and nobody else loses anything."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time

import pytest

from storybank.domain.withdrawal import Choice
from storybank.persistence import erasure, wishes
from storybank.persistence.copies import save_copy
from storybank.persistence.eraser import StoredWords
from storybank.persistence.keys import read_keys
from storybank.persistence.store import FolderStore
from storybank.persistence.work import SqlWork
from storybank.services.erasing import Erasing
from storybank.services.withdrawing import Stop
from tests.persistence.agreed import agreed
from tests.persistence.planting import Garden, found_in
from tests.services.conftest import Calm
from ui.wiring import open_app

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


@pytest.fixture(scope="module")
def garden():
    return Garden()


@pytest.fixture(scope="module")
def ready(tmp_path_factory, garden):
    """Return a closed library with words to be erased, copies of it, and what an import left."""
    folder = tmp_path_factory.mktemp("ready")
    house = agreed(folder, garden.sentence("transcript", 200))
    for name in ("one.db", "two.db"):
        save_copy(house.library.engine, read_keys(house.library.folder), house.library.folder / "backups" / name)
    (house.library.folder / "media" / "broken.part").write_text(garden.sentence("part", 5))
    house.library.close()
    for left in folder.glob("*.*"):
        left.unlink()
    return folder


@pytest.fixture
def place(ready, tmp_path, monkeypatch):
    """Return a folder with a copy of that library in it, and the home of the app."""
    monkeypatch.setenv("STORYBANK_HOME", str(tmp_path / "place" / "home"))
    return shutil.copytree(ready, tmp_path / "place")


def die(*_arguments, **_more):
    os.kill(os.getpid(), KILL)
    time.sleep(60)


def dying(at, owner, name, nth=1):
    """Let a function end the process instead of, or after, what it does the nth time."""
    real, times = getattr(owner, name), []

    def once(*arguments, **more):
        times.append(name)
        if len(times) < nth:
            return real(*arguments, **more)
        if at == "after":
            real(*arguments, **more)
        return die()

    setattr(owner, name, once)


def in_a_process_that_dies(apart, place, task, *arguments):
    process = apart.Process(target=task, args=(place, *arguments))
    process.start()
    process.join(60)
    assert process.exitcode == -KILL or os.name == "nt", process.exitcode


ERASING = {
    "before the wish": ("before", wishes, "write_safely", 1),
    "with the wish in one place": ("after", wishes, "write_safely", 1),
    "with the wish in both": ("after", wishes, "write_safely", 2),
    "before a word goes": ("before", StoredWords, "erase_story", 1),
    "with every word gone, before the commit": ("after", StoredWords, "erase_story", 1),
    "after the commit": ("after", SqlWork, "commit", 1),
    "before the files": ("before", FolderStore, "drop", 1),
    "after the files": ("after", FolderStore, "drop", 1),
    "after what an import left": ("after", FolderStore, "tidy", 1),
    "before the file is written anew": ("before", erasure, "run_outside", 1),
    "when it is written anew": ("after", erasure, "run_outside", 1),
    "when the log is empty": ("after", erasure, "run_outside", 2),
    "before the copy": ("before", erasure, "save_copy", 1),
    "after the copy": ("after", erasure, "save_copy", 1),
    "before it is noted": ("before", Erasing, "_note", 1),
}  # fmt: skip


def erase_and_die(place, case, point):
    os.environ["STORYBANK_HOME"] = str(place / "home")
    app = open_app(place / "library")
    erasing = app.erasing
    dying(*ERASING[point])
    erasing.carry_out(case, Choice.ERASE, Calm())


def erase_and_be_killed(place, case, begun):
    os.environ["STORYBANK_HOME"] = str(place / "home")
    app = open_app(place / "library")
    erasing = app.erasing
    begun.set()
    erasing.carry_out(case, Choice.ERASE, Calm())
    die()


def withdrawn(place):
    app = open_app(place / "library")
    try:
        return app.withdrawing.withdraw(Stop(app.people.find("Amina Diallo").id)).case.id
    finally:
        app.close()


def told(place):
    """Open the library for writing as the app does, and return its stories, its case's choice, and what is wrong."""
    app = open_app(place / "library")
    try:
        slugs = [card.line.slug for card in app.browsing.cards()]
        george = app.browsing.story("george")
        assert george.quotes and george.lines and george.files[0].is_file()
        assert app.consenting.permission(george.story.id, ["website"]).allowed
        assert app.housekeeping.verify(Calm()) == []
        return slugs, [case.choice for case in app.withdrawing.cases()]
    finally:
        app.close()


@pytest.mark.parametrize("point", ERASING)
def test_an_erasure_that_was_cut_off_is_finished_at_the_next_opening(apart, place, garden, point):
    case = withdrawn(place)
    in_a_process_that_dies(apart, place, erase_and_die, case, point)
    if point == "before the wish":
        assert told(place) == (["amina", "george"], [Choice.UNDECIDED])
        assert found_in(place, garden)
        return
    assert told(place) == (["george"], [Choice.ERASE])
    assert found_in(place, garden) == {}
    assert told(place) == (["george"], [Choice.ERASE])


def test_an_erasure_killed_at_any_moment_is_finished_or_never_began(apart, ready, garden, tmp_path, monkeypatch):
    for number in range(8):
        place = shutil.copytree(ready, tmp_path / f"place{number}")
        monkeypatch.setenv("STORYBANK_HOME", str(place / "home"))
        case, begun = withdrawn(place), apart.Event()
        process = apart.Process(target=erase_and_be_killed, args=(place, case, begun))
        process.start()
        assert begun.wait(60)
        time.sleep(random.uniform(0, 0.25))
        process.kill()
        process.join()
        stories, (choice,) = told(place)
        assert (stories, choice) in ((["amina", "george"], Choice.UNDECIDED), (["george"], Choice.ERASE))
        assert (found_in(place, garden) == {}) is (choice is Choice.ERASE)


WITHDRAWING = {
    "before the commit": ("before", SqlWork, "commit", 1),
    "after the commit": ("after", SqlWork, "commit", 1),
    "with the wish in one place": ("after", wishes, "write_safely", 1),
    "with the wish in both": ("after", wishes, "write_safely", 2),
}


def withdraw_and_die(place, point):
    os.environ["STORYBANK_HOME"] = str(place / "home")
    app = open_app(place / "library")
    who = app.people.find("Amina Diallo").id
    dying(*WITHDRAWING[point])
    app.withdrawing.withdraw(Stop(who))


@pytest.mark.parametrize("point", WITHDRAWING)
def test_a_withdrawal_that_was_cut_off_happened_everywhere_or_not_at_all(apart, place, point):
    in_a_process_that_dies(apart, place, withdraw_and_die, point)
    app = open_app(place / "library")
    amina = app.browsing.story("amina").story.id
    answer, cases = app.consenting.permission(amina, ["website"]), app.withdrawing.cases()
    assert app.housekeeping.verify(Calm()) == []
    app.close()
    happened = point != "before the commit"
    assert (answer.allowed, len(cases)) == (not happened, int(happened))
    files = [place / "library" / wishes.FILE, *(place / "home" / "wishes").glob("*.json")]
    assert [file.read_text().count("\n") for file in files if file.exists()] == ([1, 1] if happened else [])


def test_the_dying_test_can_tell_a_whole_erasure(place, garden):
    """A control: without a kill the same steps leave nothing, and before them the words are there."""
    assert found_in(place, garden)
    case = withdrawn(place)
    app = open_app(place / "library")
    app.erasing.carry_out(case, Choice.ERASE, Calm())
    app.close()
    assert told(place) == (["george"], [Choice.ERASE])
    assert found_in(place, garden) == {}
