"""What somebody took away stays away, whatever older copy of the library is put back."""

from __future__ import annotations

import json
import shutil

import pytest

from storybank.domain.attribution import Attribution
from storybank.domain.withdrawal import Choice, Wish
from storybank.errors import Unavailable
from storybank.persistence.copies import run_outside
from storybank.persistence.library import open_library
from storybank.persistence.wishes import FILE, FileWishes
from storybank.persistence.work import SqlWork
from storybank.services.withdrawing import Stop
from tests.persistence.agreed import agreed, person, stop
from tests.services.conftest import Calm
from ui.wiring import App, open_app


@pytest.fixture
def house(tmp_path, monkeypatch):
    """Return a library with two people who agreed, in a home where the app keeps wishes too."""
    monkeypatch.setenv("STORYBANK_HOME", str(tmp_path / "home"))
    made = agreed(tmp_path)
    yield made
    made.library.close()


@pytest.fixture
def older(house, tmp_path):
    """Return a copy of the library's whole folder from before anybody said stop; some of it is in its log alone."""
    run_outside(house.library.engine, "PRAGMA wal_checkpoint(TRUNCATE)")
    house.consenting.record(person(house, "George Campbell"), ["website", "training"], Attribution.FULL_NAME, Calm())
    return shutil.copytree(house.library.folder, tmp_path / "older")


def put_back(house, older, *names):
    """Close the library and put files of an older copy in place of its own; without names, the whole folder."""
    house.library.close()
    folder = house.library.folder
    if not names:
        shutil.rmtree(folder)
        shutil.copytree(older, folder)
    for name in names:
        (folder / name).unlink(missing_ok=True)
        if (older / name).exists():
            shutil.copy(older / name, folder / name)
    return folder


def verdict(app, slug="amina"):
    return app.consenting.permission(app.browsing.story(slug).story.id, ["website"]).allowed


WAYS = {
    "database and log": ("library.db", "library.db-wal", "library.db-shm"),
    "database alone": ("library.db",),
    "the whole folder": (),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_older_copy_does_not_bring_consent_back(house, older, way):
    stop(house)
    folder = put_back(house, older, *WAYS[way])
    app = open_app(folder)
    try:
        assert not verdict(app)
        assert verdict(app, "george")
        assert [case.contributor_id for case in app.withdrawing.cases()] == [app.people.find("Amina Diallo").id]
        assert app.housekeeping.verify(Calm()) == []
    finally:
        app.close()
    app = open_app(folder)
    assert len(app.withdrawing.cases()) == 1
    app.close()


@pytest.mark.parametrize("way", WAYS)
def test_an_older_copy_does_not_bring_words_back(house, older, way):
    house.erasing.carry_out(stop(house), Choice.ERASE, Calm())
    folder = put_back(house, older, *WAYS[way])
    app = open_app(folder)
    try:
        assert [card.line.slug for card in app.browsing.cards()] == ["george"]
        assert [quote.speaker_id for quote in app.quoting.all()] == [app.people.find("George Campbell").id]
        (recording,) = app.browsing.story("george").recordings
        kept = [path for path in (folder / "media").rglob("*") if path.is_file()]
        assert kept == [app.store.path(recording.place)]
        assert [case.choice for case in app.withdrawing.cases()] == [Choice.ERASE]
    finally:
        app.close()


def test_reading_only_reminds_the_copy_first(house, older):
    stop(house)
    reading = open_app(put_back(house, older), for_writing=False)
    assert not verdict(reading)
    assert len(reading.withdrawing.cases()) == 1
    reading.close()


def test_a_copy_that_cannot_be_reminded_is_not_read(house, older):
    stop(house)
    folder = put_back(house, older)
    with open_library(folder, now=house.clock):
        with pytest.raises(Unavailable, match="in use"):
            open_app(folder, for_writing=False)
        with (
            open_library(folder, now=house.clock, for_writing=False) as library,
            pytest.raises(Unavailable, match="Open it for writing once"),
        ):
            App(library)


def test_a_folder_that_travels_carries_its_wishes_and_the_new_machine_learns_them(house, older, tmp_path, monkeypatch):
    stop(house)
    house.library.close()
    monkeypatch.setenv("STORYBANK_HOME", str(tmp_path / "another home"))
    open_app(house.library.folder).close()
    folder = put_back(house, older)
    assert not (folder / FILE).exists()
    app = open_app(folder)
    assert not verdict(app)
    app.close()
    assert (folder / FILE).exists()


def test_each_withdrawal_of_a_person_is_kept(house, older):
    story = house.browsing.story("amina").story.id
    stop(house, story_ids=(story,))
    stop(house)
    assert len(house.wishes.all()) == 2
    app = open_app(put_back(house, older))
    assert [len(case.story_ids) for case in app.withdrawing.cases()] == [1, 0]
    assert not verdict(app)
    app.close()


def test_a_wish_about_some_uses_takes_back_those_and_no_others(house, older):
    house.consenting.record(person(house, "George Campbell"), ["website", "print"], Attribution.FULL_NAME, Calm())
    stop(house, "George Campbell", uses=("website",))
    app = open_app(put_back(house, older))
    assert not verdict(app, "george")
    assert verdict(app)
    app.close()


def test_a_wish_about_a_story_that_an_older_copy_never_had_reaches_no_other(house, older, tmp_path):
    later = house.a_story(tmp_path, "later", "Amina Diallo")
    house.erasing.carry_out(stop(house, story_ids=(later.story.id,)), Choice.ERASE, Calm())
    app = open_app(put_back(house, older))
    assert verdict(app)
    assert app.withdrawing.cases() == []
    assert len(app.browsing.cards()) == 2
    app.close()


def test_an_erasure_that_is_done_is_not_done_again_at_every_opening(house):
    house.erasing.carry_out(stop(house), Choice.ERASE, Calm())
    house.library.close()
    for _ in range(2):
        open_app(house.library.folder).close()
    with open_library(house.library.folder, now=house.clock) as library, SqlWork(library, print, house.clock) as work:
        assert [line.event for line in work.history(most=10_000)].count("StoryErased") == 1
        assert [case.choice for case in work.cases.all()] == [Choice.ERASE]


def test_somebody_without_a_story_can_be_erased_once_and_for_all(house):
    nobody = house.people.add("Zoe Roy").id
    house.erasing.carry_out(house.withdrawing.withdraw(Stop(nobody)).case.id, Choice.ERASE, Calm())
    before = house.library.folder.joinpath("library.db").stat().st_mtime_ns
    assert house.erasing.keep_wishes(Calm()) == 0
    assert house.library.folder.joinpath("library.db").stat().st_mtime_ns == before


# ---- the files themselves -------------------------------------------------------------------------------------------


def test_the_files_hold_marks_that_mean_nothing_elsewhere(house):
    house.erasing.carry_out(stop(house), Choice.ERASE, Calm())
    story, amina = house.browsing.cards(), person(house)
    for file in (house.library.folder / FILE, house.library.folder.parent / "home/wishes" / f"{house.library.id}.json"):
        text = file.read_text()
        assert text.count("\n") == 2
        for secret in ("Amina", "philharmonic", amina, "amina", story[0].line.id):
            assert secret not in text


@pytest.mark.parametrize("damage", [
    b'{"person": ["a"], "at": {}, "erase": 1, "stories": 3, "uses": null}\n',
    b"\xff\xfe\x00garbage\n", b"null\n", b"[]\n", b'{"person": "x"}\n',
    b"{\n", b"\n\n",
])  # fmt: skip
def test_a_damaged_line_costs_only_itself(house, older, damage):
    stop(house)
    file = house.library.folder / FILE
    whole = file.read_bytes()
    file.write_bytes(damage + whole + damage + whole[: len(whole) // 2])
    shutil.rmtree(house.library.folder.parent / "home")
    assert Wish(house.withdrawing.mark(person(house)), house.withdrawing.cases()[0].received_at) in house.wishes.all()
    app = open_app(put_back(house, older, "library.db", "library.db-wal", "library.db-shm"))
    assert not verdict(app)
    app.close()


def test_a_file_that_cannot_be_read_is_made_up_for_by_the_other(house, older):
    stop(house)
    file = house.library.folder / FILE
    file.unlink()
    file.mkdir()
    assert len(house.wishes.all()) == 1
    app = open_app(put_back(house, older, "library.db", "library.db-wal", "library.db-shm"))
    assert not verdict(app)
    app.close()


def test_lines_of_before_files_were_marked_are_read(tmp_path):
    kept = {"person": "p", "at": "2026", "erase": True, "stories": ["s"], "uses": []}
    (tmp_path / FILE).write_text(json.dumps(kept) + "\n")
    assert FileWishes(tmp_path, tmp_path / "home", "x").all() == [Wish("p", "2026", True, ("s",))]


def test_a_wish_that_can_be_kept_nowhere_is_told_and_blocks_all_the_same(house):
    shutil.rmtree(house.library.folder.parent / "home", ignore_errors=True)
    (house.library.folder.parent / "home").write_text("in the way")
    (house.library.folder / FILE).unlink(missing_ok=True)
    (house.library.folder / FILE).mkdir()
    with pytest.raises(Unavailable, match="outside the database"):
        stop(house)
    assert not verdict(house)
