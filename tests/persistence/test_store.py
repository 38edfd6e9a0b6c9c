"""The folder of files: a file is there whole under its hash, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from storybank.errors import Cancelled, Damaged, Unavailable
from storybank.persistence import copying, store
from storybank.persistence.store import FolderStore
from tests.persistence.shelf import Calm

CONTENT = random.Random(7).randbytes(700_001)


@pytest.fixture
def shelf(tmp_path):
    return FolderStore(tmp_path / "library")


@pytest.fixture
def film(tmp_path):
    film = tmp_path / "IMG 0001 – été.MOV"
    film.write_bytes(CONTENT)
    return film


def left_in(shelf):
    return sorted(path.name for path in shelf.folder.rglob("*") if path.is_file())


class Impatient(Calm):
    """A ticket that is stopped after so many checks."""

    def __init__(self, after):
        super().__init__()
        self.after = after

    def check(self):
        self.after -= 1
        if self.after < 0:
            raise Cancelled("Stopped.")


class Meddling(Calm):
    """Somebody who changes the file while it is read."""

    def __init__(self, meddle):
        super().__init__()
        self.meddle = meddle

    def check(self):
        self.meddle()


def test_a_file_lies_under_its_hash_and_its_own_ending(shelf, film):
    ticket = Calm()
    kept = shelf.take_in(film, ticket)
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    assert (kept.place, kept.sha256, kept.bytes) == (f"media/{sha256[:2]}/{sha256}.mov", sha256, len(CONTENT))
    assert shelf.path(kept.place).read_bytes() == CONTENT == film.read_bytes()
    assert ticket.told == sorted(ticket.told)
    assert ticket.told[-1] == 1.0


def test_an_empty_file_goes_in_too(shelf, tmp_path):
    (tmp_path / "empty").touch()
    kept = shelf.take_in(tmp_path / "empty", Calm())
    assert (kept.bytes, shelf.path(kept.place).name) == (0, hashlib.sha256(b"").hexdigest())


@pytest.mark.parametrize("name", ["a.m p4", "b.déjà", "c.tar.verylongending", "d", "e."])
def test_an_odd_ending_never_becomes_part_of_a_path(shelf, tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    assert Path(shelf.take_in(tmp_path / name, Calm()).place).suffix == ""


def test_the_same_file_twice_lies_there_once(shelf, film):
    assert shelf.take_in(film, Calm()) == shelf.take_in(film, Calm())
    assert len(left_in(shelf)) == 1


def test_a_broken_copy_is_mended_by_taking_the_file_in_again(shelf, film):
    kept = shelf.take_in(film, Calm())
    shelf.path(kept.place).write_bytes(b"cut off")
    shelf.take_in(film, Calm())
    assert shelf.path(kept.place).read_bytes() == CONTENT


def test_a_file_that_stays_where_it_is_is_only_weighed(shelf, film):
    kept = shelf.weigh(film, Calm())
    assert (kept.place, kept.sha256, kept.bytes) == (str(film), hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    assert shelf.path(kept.place) == film
    shelf.discard(kept)
    assert film.exists()
    assert left_in(shelf) == []


def test_what_turned_out_not_to_belong_can_be_taken_out(shelf, film):
    shelf.discard(shelf.take_in(film, Calm()))
    assert left_in(shelf) == []


def test_what_another_recording_rests_on_is_not_taken_out(shelf, film):
    shelf.take_in(film, Calm())
    shelf.discard(shelf.take_in(film, Calm()))
    assert len(left_in(shelf)) == 1
    later = FolderStore(shelf.folder)
    later.discard(later.take_in(film, Calm()))
    assert len(left_in(shelf)) == 1


def test_stopping_leaves_nothing_behind(shelf, film):
    with pytest.raises(Cancelled):
        shelf.take_in(film, Impatient(after=0))
    assert left_in(shelf) == []


@pytest.mark.parametrize("size", [len(CONTENT) + 5, 10])
def test_a_file_that_is_still_being_written_is_refused(shelf, film, size):
    with pytest.raises(Damaged, match="changed while"):
        shelf.take_in(film, Meddling(lambda: os.truncate(film, size)))
    assert left_in(shelf) == []


def test_a_file_that_is_touched_while_it_is_read_is_refused(shelf, film):
    with pytest.raises(Damaged, match="changed while"):
        shelf.weigh(film, Meddling(lambda: os.utime(film, (1, 1))))


def test_a_missing_file_is_said_plainly(shelf, tmp_path):
    with pytest.raises(Unavailable, match=r"gone\.mp4 cannot be read"):
        shelf.take_in(tmp_path / "gone.mp4", Calm())
    with pytest.raises(Unavailable):
        shelf.take_in(tmp_path, Calm())
    assert left_in(shelf) == []


@pytest.fixture
def by_hand(monkeypatch):
    """A system that does not copy files by itself, as Windows and macOS."""
    monkeypatch.delattr(copying.os, "copy_file_range", raising=False)


def test_a_system_that_cannot_copy_by_itself_keeps_the_same(shelf, film, by_hand):
    kept = shelf.take_in(film, Calm())
    assert shelf.path(kept.place).read_bytes() == CONTENT
    assert kept.sha256 == hashlib.sha256(CONTENT).hexdigest()


@pytest.mark.parametrize("error", [errno.EXDEV, errno.EIO, errno.EOPNOTSUPP])
def test_a_copy_the_system_gives_up_is_begun_again_by_hand(shelf, film, monkeypatch, error):
    given_up = []

    def gives_up(source, copy, count):
        if given_up:
            raise OSError(error, os.strerror(error))
        given_up.append(1)
        return os.sendfile(copy, source, None, 100)

    monkeypatch.setattr(copying.os, "copy_file_range", gives_up)
    kept = shelf.take_in(film, Calm())
    assert shelf.path(kept.place).read_bytes() == CONTENT
    assert kept.sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_a_card_that_is_pulled_out_is_said_plainly(shelf, film, monkeypatch, by_hand):
    class PulledOut:
        def __init__(self, stream):
            self.fileno = stream.fileno

        def readinto(self, buffer):
            raise OSError(errno.EIO, "Input/output error")

    @contextmanager
    def opened(file):
        with file.open("rb") as stream:
            yield PulledOut(stream)

    monkeypatch.setattr(store, "_opened", opened)
    with pytest.raises(Damaged, match="broke off"):
        shelf.take_in(film, Calm())
    assert left_in(shelf) == []


@pytest.mark.parametrize("error, said", [(errno.ENOSPC, "disk is full"), (errno.EIO, "cannot be copied")])
def test_a_disk_that_takes_no_more_is_said_plainly(shelf, film, monkeypatch, by_hand, error, said):
    def full(_copy, _block):
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(copying, "_write", full)
    with pytest.raises(Unavailable, match=said):
        shelf.take_in(film, Calm())
    assert left_in(shelf) == []


def test_a_disk_that_fails_only_when_it_must_hold_is_noticed(shelf, film, monkeypatch):
    def failing(_handle):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(copying, "FLUSH", 1)
    monkeypatch.setattr(copying.os, "fsync", failing)
    with pytest.raises(Unavailable, match="cannot be copied"):
        shelf.take_in(film, Calm())
    monkeypatch.undo()
    assert left_in(shelf) == []


def test_a_file_that_cannot_fit_is_refused_before_it_is_read(shelf, film, monkeypatch):
    monkeypatch.setattr(store.shutil, "disk_usage", lambda _folder: type("Usage", (), {"free": 1000}))
    ticket = Calm()
    with pytest.raises(Unavailable, match="disk is full"):
        shelf.take_in(film, ticket)
    assert ticket.told == left_in(shelf) == []


@pytest.mark.skipif(sys.platform != "linux", reason="small disks are made with tmpfs, on Linux")
def test_a_really_full_disk_leaves_nothing_behind(tmp_path, film, monkeypatch):
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)], capture_output=True)
    if made.returncode:
        pytest.skip("a small disk can only be made by root")
    try:
        shelf = FolderStore(disk / "library")
        monkeypatch.setattr(store, "_check_room", lambda *_: None)
        with pytest.raises(Unavailable, match="disk is full"):
            shelf.take_in(film, Calm())
        assert left_in(shelf) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_derived_files_have_a_folder_to_lie_in(shelf):
    poster = shelf.derived("posters/r1.jpg")
    assert poster == shelf.folder / "derived" / "posters" / "r1.jpg"
    assert poster.parent.is_dir()


def test_tidying_removes_what_an_interrupted_import_left(shelf, film):
    kept = shelf.take_in(film, Calm())
    media = shelf.folder / "media"
    (media / "abc.part").write_bytes(b"half")
    (media / "cd").mkdir()
    (media / "cd" / "cdcd.mp4").write_bytes(b"whole, without a row")
    assert FolderStore(shelf.folder).tidy([kept.place]) == ["media/abc.part", "media/cd/cdcd.mp4"]
    assert len(left_in(shelf)) == 1


def test_tidying_leaves_alone_what_is_coming_in_just_now(shelf, film):
    seen = []
    kept = shelf.take_in(film, Meddling(lambda: seen.extend(shelf.tidy([]))))
    assert shelf.tidy([]) == seen == []
    assert shelf.path(kept.place).exists()


def test_tidying_an_empty_folder_is_nothing(shelf):
    assert shelf.tidy([]) == []
