"""Opening a library: safely, by one writer at a time, and in plain words when it cannot be."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
import textwrap

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storybank.domain.query import understood
from storybank.domain.transcript import RunState
from storybank.errors import Damaged, Invalid, NotFound, Unavailable
from storybank.persistence.database import APPLICATION_ID
from storybank.persistence.library import SCHEMA, create_library, open_library
from storybank.persistence.work import SqlWork
from tests.build import a_person
from tests.persistence.shelf import Shelf, a_run, a_stretch, noon


def pragma(library, name):
    with library.engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_a_new_library_knows_its_name_and_where_things_go(tmp_path):
    with create_library(tmp_path / "new" / "library", "  Voix d'été ", noon) as library:
        assert (library.title, library.created, len(library.id)) == ("Voix d'été", "2026-03-01T12:00:00+00:00", 36)
        assert not library.read_only
    names = {path.name for path in library.folder.iterdir()}
    assert names >= {"library.db", "library.keys", "media", "derived", "backups"}
    assert not any(name.endswith((".part", "-wal")) for name in names)


def test_every_promise_holds_on_the_open_database(library):
    promises = {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "temp_store": 2,
                "trusted_schema": 0, "application_id": APPLICATION_ID, "user_version": SCHEMA}  # fmt: skip
    assert {name: pragma(library, name) for name in promises} == promises


def test_a_row_that_points_nowhere_is_refused(library):
    with library.engine.connect() as connection, pytest.raises(IntegrityError, match="FOREIGN KEY"):
        connection.execute(text("INSERT INTO translations VALUES ('no-quote', 'fr', '', '', '')"))


def test_the_database_is_unreadable_without_its_key(library):
    library.close()
    content = (library.folder / "library.db").read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert b"amplify" not in content


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits for this")
def test_keys_and_database_are_for_their_owner_only(library):
    for name in ("library.db", "library.keys", "library.keys.copy"):
        assert stat.S_IMODE((library.folder / name).stat().st_mode) == 0o600


def test_a_folder_without_a_library_is_left_alone(tmp_path):
    with pytest.raises(NotFound, match="no library"):
        open_library(tmp_path, now=noon)
    assert not any(path.name.startswith("library") for path in tmp_path.iterdir())


def test_a_library_is_not_made_over_another(library):
    with pytest.raises(Invalid, match="already"):
        create_library(library.folder, "Again", noon)


def test_a_library_is_not_made_among_other_files(tmp_path):
    (tmp_path / "thesis.doc").write_text("precious")
    with pytest.raises(Invalid, match="not empty"):
        create_library(tmp_path, "Voices", noon)
    with pytest.raises(Invalid, match="is a file"):
        create_library(tmp_path / "thesis.doc", "Voices", noon)


def test_a_creation_that_was_cut_off_can_be_repeated(tmp_path, library):
    library.close()
    (library.folder / "library.db").rename(library.folder / "library.db.part")
    keys = (library.folder / "library.keys").read_text()
    create_library(library.folder, "Again", noon).close()
    assert (library.folder / "library.keys").read_text() == keys


def test_a_moved_library_opens(library, tmp_path):
    Shelf(library).story("We sing.")
    library.close()
    moved = shutil.move(library.folder, tmp_path / "elsewhere à côté")
    with open_library(moved, now=noon) as again, SqlWork(again, print, noon) as work:
        assert work.stories.find("amina").code == "S-0001"
        assert (again.id, again.title) == (library.id, library.title)


def test_a_second_writer_is_told_who_has_it(library):
    with pytest.raises(Unavailable, match=r"in use by .+ on .+ since 2026-03-01"):
        open_library(library.folder, now=noon)
    owner = json.loads((library.folder / "library.owner.json").read_text())
    assert owner["pid"] == os.getpid()


def in_another_process(folder, code):
    script = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from datetime import UTC, datetime
        from storybank.errors import StorybankError
        from storybank.persistence.library import open_library
        from storybank.persistence.work import SqlWork
        def now(): return datetime(2026, 3, 2, tzinfo=UTC)
        folder = Path({str(folder)!r})
        try:
            {code}
        except StorybankError as error:
            print(type(error).__name__, error)
    """)
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_another_program_is_told_who_has_the_library_and_may_read_beside(library):
    Shelf(library).story("We sing.")
    said = in_another_process(library.folder, "open_library(folder, now=now)")
    assert said.startswith("Unavailable The library is in use by ")
    reading = "print(len(SqlWork(open_library(folder, now=now, for_writing=False), print, now).stories.all()))"
    assert in_another_process(library.folder, reading) == "1\n"


def test_a_closed_library_is_free_again(library):
    library.close()
    library.close()
    assert not (library.folder / "library.owner.json").exists()
    open_library(library.folder, now=noon).close()


def test_opening_needs_no_migrations(library):
    library.close()
    loaded = in_another_process(library.folder, "open_library(folder, now=now).close(); "
                                                "print({'alembic', 'sqlalchemy.orm', 'snowballstemmer'} "
                                                "& set(sys.modules))")
    assert loaded == "set()\n"


def test_reading_sees_what_a_writer_commits_and_changes_nothing(library):
    with open_library(library.folder, now=noon, for_writing=False) as reading:
        assert reading.read_only
        Shelf(library).story("We sing.")
        with SqlWork(reading, print, noon) as work:
            assert len(work.stories.all()) == 1
            with pytest.raises(Unavailable, match="reading only"):
                work.contributors.save(a_person("new", code="P-0009"))


def test_a_reader_leaves_a_running_transcript_running(library):
    shelf = Shelf(library)
    shelf.story("We sing.")
    with shelf.work() as work:
        work.transcripts.save_run(a_run("t-amina", "r-amina", RunState.RUNNING))
        work.commit()
    with open_library(library.folder, now=noon, for_writing=False) as reading, SqlWork(reading, print, noon) as work:
        assert work.transcripts.run("t-amina").state is RunState.RUNNING


def test_a_run_that_a_crash_cut_off_is_interrupted_and_keeps_its_words(library):
    shelf = Shelf(library)
    shelf.story()
    with shelf.work() as work:
        work.transcripts.save_run(a_run("t2", "r-amina"))
        work.transcripts.journal("t2", a_stretch(0, "We sing."))
        work.transcripts.save_run(a_run("t-amina", "r-amina", RunState.CANCELLED))
        work.commit()
    library.close()
    with open_library(library.folder, now=noon) as again, SqlWork(again, print, noon) as work:
        assert [run.state for run in work.transcripts.runs_of("r-amina")] == ["cancelled", "interrupted"]
        assert [line.text for line in work.transcripts.lines("r-amina")] == ["We sing."]
        assert work.history("t2")[0].event == "TranscriptEnded"


def test_a_library_of_a_newer_version_is_left_alone(library):
    with library.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA + 1}")
        connection.commit()
    library.close()
    for for_writing in (True, False):
        with pytest.raises(Unavailable, match="newer"):
            open_library(library.folder, now=noon, for_writing=for_writing)
    assert not list((library.folder / "backups").iterdir())


def test_one_spoilt_key_file_loses_nothing(library):
    library.close()
    (library.folder / "library.keys").write_text('{"version": 1, "key": "00", "check"')
    open_library(library.folder, now=noon).close()
    (library.folder / "library.keys").unlink()
    open_library(library.folder, now=noon).close()


@pytest.mark.parametrize("content", [None, "", "{}", "[]", '{"key": 5, "check": ""}', '{"key": "00ff", "check": "x"}'])
def test_lost_keys_are_named_and_nothing_is_made_anew(library, content):
    library.close()
    for name in ("library.keys", "library.keys.copy"):
        (library.folder / name).unlink()
        if content is not None:
            (library.folder / name).write_text(content)
    with pytest.raises(Damaged, match=r"library\.keys"):
        open_library(library.folder, now=noon)


def test_the_keys_of_another_library_do_not_open_this_one(library, tmp_path):
    create_library(tmp_path / "other", "Other", noon).close()
    library.close()
    for name in ("library.keys", "library.keys.copy"):
        shutil.copy(tmp_path / "other" / name, library.folder / name)
    with pytest.raises(Damaged, match="keys belong to another library"):
        open_library(library.folder, now=noon)


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + bytes(8000)])
def test_a_file_that_is_no_database_is_called_damaged(library, content):
    library.close()
    (library.folder / "library.db").write_bytes(content)
    with pytest.raises(Damaged):
        open_library(library.folder, now=noon)
    assert (library.folder / "library.db").read_bytes() == content


def test_a_flipped_bit_is_noticed_and_never_read_as_text(library):
    shelf = Shelf(library)
    shelf.story(*("We sing in the garden." for _ in range(200)))
    library.close()
    path = library.folder / "library.db"
    content = bytearray(path.read_bytes())
    for place in range(20_000, len(content), 4096):
        content[place] ^= 1
    path.write_bytes(content)
    with (
        pytest.raises(Damaged, match="damaged"),
        open_library(library.folder, now=noon) as again,
        SqlWork(again, print, noon) as work,
    ):
        work.transcripts.lines("r-amina")


def test_a_library_that_was_not_closed_is_looked_over(library, tmp_path):
    Shelf(library).story(*("We sing in the garden." for _ in range(50)))
    crashed = tmp_path / "crashed"
    shutil.copytree(library.folder, crashed)
    assert (crashed / "library.db-wal").stat().st_size
    with open_library(crashed, now=noon) as again, SqlWork(again, print, noon) as work:
        assert len(work.transcripts.lines("r-amina")) == 50


def test_damage_after_a_crash_is_found_at_once(library, tmp_path):
    Shelf(library).story(*("We sing in the garden." for _ in range(200)))
    library.close()
    path = library.folder / "library.db"
    content = bytearray(path.read_bytes())
    content[-2000] ^= 1
    path.write_bytes(content)
    (library.folder / "library.db-wal").write_bytes(b"left by a crash" * 10)
    with pytest.raises(Damaged, match="not closed properly"):
        open_library(library.folder, now=noon)


def test_a_full_disk_is_said_plainly_and_changes_nothing(shelf):
    shelf.story("We sing.")
    with shelf.library.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 4}")
    with pytest.raises(Unavailable, match="disk is full"), shelf.work() as work:
        for number in range(500):
            work.contributors.save(a_person(f"p{number}", "Name " * 50, code=f"P-{number}"))
        work.commit()
    with shelf.work() as work:
        assert len(work.contributors.all()) == 1


def test_a_disk_without_room_for_the_lock_is_said_plainly(library, monkeypatch):
    library.close()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("storybank.persistence.library.write_safely", full)
    with pytest.raises(Unavailable, match="disk is full"):
        open_library(library.folder, now=noon)


def test_a_foreign_lock_on_the_database_is_said_plainly(library):
    library.close()
    from storybank.persistence.keys import read_keys

    other = sqlcipher.connect(str(library.folder / "library.db"), isolation_level=None)
    other.execute(f"PRAGMA key=\"x'{read_keys(library.folder).hex()}'\"")
    other.execute("BEGIN IMMEDIATE")
    with open_library(library.folder, now=noon) as again:
        with again.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=10")
        with pytest.raises(Unavailable, match="Another program"), SqlWork(again, print, noon) as work:
            work.next_code("story")
    other.close()


@pytest.fixture
def write_protected(library, tmp_path):
    """Return a folder on a disc that cannot be written to, with a library on it."""
    Shelf(library).story("We sing.")
    library.close()
    disc = tmp_path / "disc"
    disc.mkdir()
    if sys.platform != "linux" or subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disc)], capture_output=True
    ).returncode:
        pytest.skip("a write-protected disc can only be made by root, on Linux")
    try:
        shutil.copytree(library.folder, disc / "library")
        subprocess.run(["mount", "-o", "remount,ro", str(disc)], check=True)
        yield disc / "library"
    finally:
        subprocess.run(["umount", str(disc)], check=True)


def test_a_library_on_a_write_protected_disc_can_be_read(write_protected):
    with pytest.raises(Unavailable, match="cannot be written to"):
        open_library(write_protected, now=noon)
    with open_library(write_protected, now=noon, for_writing=False) as library, SqlWork(library, print, noon) as work:
        assert work.stories.find("amina").code == "S-0001"
        assert len(work.index.search(understood("sing"), None, 5)) == 1
