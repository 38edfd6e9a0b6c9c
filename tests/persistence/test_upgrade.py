"""Upgrades: everything is kept, a copy is made first, and a step that would lose something is not taken."""

from __future__ import annotations

import shutil

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert

from storybank.domain.query import understood
from storybank.errors import Damaged, Unavailable
from storybank.persistence import tables
from storybank.persistence.database import open_database, schema_number, stamp
from storybank.persistence.keys import make_keys, read_keys
from storybank.persistence.library import SCHEMA, create_library, open_library
from storybank.persistence.migrations import STEPS
from storybank.persistence.work import SqlWork
from tests.persistence.shelf import FACTS, noon

NO_TEXT = {"role": "", "stakeholder": "", "organization": "", "province": "", "language": "en"}
GOLDEN = {
    "library": [{"key": "title", "value": "Old voices"}],
    "codes": [{"key": "amplify", "kind": "block", "label_en": "Amplify", "label_fr": "", "short_en": "",
               "short_fr": "", "gist_en": "", "gist_fr": "", "position": 1}],
    "contributors": [{"id": "p1", "code": "P-0001", "name": "Amina", **NO_TEXT}],
    "stories": [{"id": "s1", "code": "S-0001", "title": "Trust", "slug": "trust", "language": "en",
                 "recorded_on": "", "place": ""}],
    "participants": [{"story_id": "s1", "position": 0, "contributor_id": "p1", "speaks": True, "audible": True,
                      "visible": True}],
    "recordings": [{"id": "r1", "code": "R-0001", "story_id": "s1", "original_name": "a.mp4", "sha256": "ab",
                    "bytes": 1, "place": "media/ab/ab.mp4", "added_at": "", "duration_ms": FACTS.duration_ms,
                    "has_picture": False,
                    "facts": {"container": "mp4", "duration_ms": 1, "video": None, "audio": None}}],
    "consents": [{"id": "c1", "code": "C-0001", "contributor_id": "p1", "attribution": "full"}],
    "consent_events": [{"consent_id": "c1", "position": 0, "state": "given", "at": "", "by": "", "reason": ""}],
    "transcript_runs": [{"id": "t1", "recording_id": "r1", "seq": 1, "engine": "e", "engine_version": "1",
                         "model": "m", "language": "en", "state": "done", "heard_ms": 1, "chunks": 1,
                         "options": "{}", "started_at": "", "ended_at": ""}],
    "segments": [{"id": 1, "run_id": "t1", "position": 0, "chunk": 0, "start_ms": 0, "end_ms": 900,
                  "text": "We sing", "average_log_probability": 0.0, "no_speech_probability": 0.0,
                  "compression_ratio": 0.0, "temperature": 0.0}],
    "words": [{"segment_id": 1, "position": 0, "text": "We", "start_ms": 0, "end_ms": 400, "probability": 0.5},
              {"segment_id": 1, "position": 1, "text": "sing", "start_ms": 400, "end_ms": 900, "probability": 0.5}],
    "lines": [{"id": "l1", "run_id": "t1", "recording_id": "r1", "segment_id": 1, "position": 0, "start_ms": 0,
               "end_ms": 900, "text": "We sing", "language": "en", "speaker_id": None, "revision": 0,
               "reviewed": False}],
    "quotes": [{"id": "q1", "code": "Q-0001", "story_id": "s1", "recording_id": "r1", "text": "We sing",
                "start_ms": 0, "end_ms": 900, "language": "en", "first_line_id": "l1", "first_word": 0,
                "last_line_id": "l1", "last_word": 1, "speaker_id": "p1", "important": False}],
    "quote_codes": [{"quote_id": "q1", "code": "amplify"}],
}  # fmt: skip
"""A small library as Storybank's first schema kept it."""


@pytest.fixture
def golden(tmp_path):
    """Return the folder of a library of schema 1, made as it was made then."""
    folder = tmp_path / "golden"
    for name in ("media", "derived", "backups"):
        (folder / name).mkdir(parents=True)
    engine = open_database(folder / "library.db", make_keys(folder), create=True)
    with engine.begin() as connection:
        STEPS[1](Operations(MigrationContext.configure(connection)))
        for table in tables.metadata.sorted_tables:
            if table.name in GOLDEN:
                connection.execute(insert(table), GOLDEN[table.name])
        stamp(connection, 1)
    engine.dispose()
    return folder


def test_an_old_library_is_brought_up_to_date_with_everything_in_it(golden):
    with open_library(golden, now=noon) as library, SqlWork(library, print, noon) as work:
        assert library.title == "Old voices"
        assert [word.text for word in work.transcripts.lines("r1")[0].words] == ["We", "sing"]
        assert work.quotes.find("Q-0001").codes == {"amplify"}
        assert work.consents.of("p1")[0].events[0].state == "given"
        (hit,) = work.index.search(understood("singing"), None, 10)
        assert (hit.text, hit.quote_code, hit.speaker) == ("We sing", "Q-0001", "Amina")
    with open_library(golden, now=noon) as library, library.engine.connect() as connection:
        assert schema_number(connection) == SCHEMA
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_copy_of_the_old_library_is_kept_and_opens(golden):
    open_library(golden, now=noon).close()
    (copy,) = (golden / "backups").iterdir()
    assert copy.name == f"before-schema-{SCHEMA}-20260301-120000.db"
    engine = open_database(copy, read_keys(golden), read_only=True)
    with engine.connect() as connection:
        assert schema_number(connection) == 1
        assert connection.exec_driver_sql("SELECT text FROM quotes").scalar() == "We sing"
    engine.dispose()


def test_reading_only_does_not_upgrade(golden):
    with pytest.raises(Unavailable, match="older"):
        open_library(golden, now=noon, for_writing=False)


def fails_half_way(operations):
    operations.drop_table("quote_codes")
    raise ZeroDivisionError


def loses_consents(operations):
    operations.get_bind().exec_driver_sql("DELETE FROM consent_events")


def points_nowhere(operations):
    operations.get_bind().exec_driver_sql("UPDATE quotes SET speaker_id = 'nobody'")


@pytest.mark.parametrize("step, error", [(fails_half_way, ZeroDivisionError), (loses_consents, Damaged),
                                         (points_nowhere, Damaged)])  # fmt: skip
def test_an_upgrade_that_fails_leaves_the_library_as_it_was(golden, monkeypatch, step, error):
    real = STEPS[2]

    def spoilt(operations):
        real(operations)
        step(operations)

    def loses_before_the_guards(operations):
        step(operations)
        real(operations)

    monkeypatch.setitem(STEPS, 2, loses_before_the_guards if step is loses_consents else spoilt)
    with pytest.raises(error):
        open_library(golden, now=noon)
    monkeypatch.setitem(STEPS, 2, real)
    test_an_old_library_is_brought_up_to_date_with_everything_in_it(golden)


def test_a_copy_that_cannot_be_made_stops_the_upgrade(golden):
    shutil.rmtree(golden / "backups")
    (golden / "backups").write_text("in the way")
    with pytest.raises(Unavailable, match="No copy"):
        open_library(golden, now=noon)
    (golden / "backups").unlink()
    open_library(golden, now=noon).close()


def everything(library):
    with library.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master").all()
    return sorted((kind, name, table, " ".join((sql or "").split())) for kind, name, table, sql in rows)


def test_an_upgraded_library_is_made_like_a_new_one(golden, tmp_path):
    with create_library(tmp_path / "new", "New", noon) as new, open_library(golden, now=noon) as old:
        assert everything(old) == everything(new)


def test_the_steps_lead_to_the_tables(golden):
    with open_library(golden, now=noon) as library, library.engine.connect() as connection:
        ours = {"include_name": lambda name, kind, _parents: kind != "table" or name in tables.metadata.tables}
        assert compare_metadata(MigrationContext.configure(connection, opts=ours), tables.metadata) == []


def test_there_is_a_step_to_every_schema():
    assert list(STEPS) == list(range(1, SCHEMA + 1))
