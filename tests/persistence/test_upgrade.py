"""Upgrades: everything is kept, a copy is made first, and a step that would lose something is not taken."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import date
from functools import partial

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert

from storybank.domain import editing
from storybank.domain.attribution import UNSAID, Attribution
from storybank.domain.consent import UNRECORDED, EvidenceKind, Stage
from storybank.domain.export import ExportedFile
from storybank.domain.query import understood
from storybank.domain.story import Participant
from storybank.errors import Damaged, Unavailable
from storybank.persistence import tables
from storybank.persistence.database import open_database, schema_number, stamp
from storybank.persistence.keys import make_keys, read_keys
from storybank.persistence.library import SCHEMA, create_library, open_library
from storybank.persistence.migrations import STEPS
from storybank.persistence.store import FolderStore
from storybank.persistence.work import SqlWork
from storybank.services.correcting import Correcting
from storybank.services.housekeeping import Housekeeping
from tests.persistence.shelf import FACTS, Calm, noon

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
        connection.exec_driver_sql("INSERT INTO quote_codes VALUES ('q1', 'amplify')")
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


SEVERAL_CONSENTS = {
    "contributors": [{"id": f"p{n}", "code": f"P-000{n}", "name": name, **NO_TEXT}
                     for n, name in ((2, "George"), (3, "Bea"))],
    "consents": [{"id": f"c{n}", "code": f"C-000{n}", "contributor_id": f"p{n}", "attribution": "first_name",
                  "given_on": date(2025, n, 1), "valid_until": None} for n in (2, 3)],
    "consent_stories": [{"consent_id": "c2", "story_id": "s1"}],
    "provisions": [{"consent_id": f"c{n}", "position": at, "decision": decision, "use": "website", "territory": None,
                    "material": None, "attribution": None, "starts_on": None, "ends_on": None, "condition": ""}
                   for n in (2, 3) for at, decision in enumerate(("permit", "ask_first"))],
    "consent_events": [
        {"consent_id": own, "position": position, "state": state, "at": at, "by": "", "reason": "typed"}
        for own, position, state, at in (
            ("c2", 0, "given", "2025-11-02T01:50:00-04:00"), ("c2", 1, "withdrawn", "2025-11-02T01:10:00-05:00"),
            ("c3", 0, "given", "2025-11-02T06:00:00+00:00"), ("c3", 1, "superseded", "2024-01-01"),
        )
    ],
    "evidence": [{"consent_id": "c2", "position": 0, "original_name": "form.pdf", "place": "media/fo/form.pdf",
                  "sha256": hashlib.sha256(b"signed").hexdigest()}],
    "exports": [{"id": "e1", "code": "E-0001", "kind": "kit", "title": "Old", "made_at": "", "uses": ["website"],
                 "place": "/tmp/kit", "manifest_sha256": "ab", "use_until": None, "audience": "",
                 "left_out": [["Q-0002", "They said no."]], "files": ["card.png"]}],
    "export_items": [{"export_id": "e1", "position": 0, "quote_id": "q1", "quote_code": "Q-0001", "story_id": "s1",
                      "consents": ["C-0001"], "attribution": "full", "text_sha256": "ab"}],
    "history": [{"seq": 1, "at": "", "event": "ConsentRecorded", "details": "{}"}],
}  # fmt: skip


@pytest.fixture
def second(golden):
    """Return the folder of a library of schema 2, with several agreements and an export that left."""
    engine = open_database(golden / "library.db", read_keys(golden))
    with engine.begin() as connection:
        STEPS[2](Operations(MigrationContext.configure(connection)))
        for table in tables.metadata.sorted_tables:
            if table.name in SEVERAL_CONSENTS:
                connection.execute(insert(table), SEVERAL_CONSENTS[table.name])
        connection.exec_driver_sql("INSERT INTO library VALUES ('id', 'old-library')")
        stamp(connection, 2)
    engine.dispose()
    for place, content in (("media/fo/form.pdf", b"signed"), ("media/ab/ab.mp4", b"film")):
        (golden / place).parent.mkdir(parents=True, exist_ok=True)
        (golden / place).write_bytes(content)
    return golden


def test_a_library_of_before_the_chain_is_sealed_in_the_order_things_happened(second):
    with open_library(second, now=noon) as library:
        with SqlWork(library, print, noon) as work:
            happened = [(link.consent_id, str(link.event.state)) for link in work.consents.chain()]
            assert work.consents.head() == (5, work.consents.chain()[-1].event.hash)
            assert work.consents.get("C-0002").last_state == "withdrawn"
            assert [work.consents.get(code).last_said[0] for code in ("C-0002", "C-0003")] == [5, 4]
        house = Housekeeping(partial(SqlWork, library, print, noon), FolderStore(second), library.check)
        assert house.verify(Calm(), quick=True) == []
    assert happened == [
        ("c1", "given"), ("c2", "given"), ("c3", "given"), ("c3", "superseded"), ("c2", "withdrawn"),
    ]  # fmt: skip


def test_what_was_on_file_in_an_older_library_is_answered_as_before(second):
    with open_library(second, now=noon) as library, SqlWork(library, print, noon) as work:
        consent = work.consents.get("C-0002")
        assert (consent.attribution, consent.story_ids) == (Attribution.FIRST_NAME, {"s1"})
        assert (consent.stage, consent.wishes, consent.taken) == (Stage.RELEASE, UNSAID, UNRECORDED)
        assert [p.decision for p in consent.provisions] == ["permit", "ask_first"]
        assert consent.evidence[0].kind is EvidenceKind.SIGNED_FORM
        assert work.stories.get("s1").participants == (Participant("p1"),)
        export = work.ledger.get("E-0001")
        assert export.files == (ExportedFile("card.png", ""),)
        assert [[str(reason) for reason in why] for _, why in export.left_out] == [["They said no."]]
        assert (export.status(noon().date()), export.head, export.items[0].reasons) == ("active", (0, ""), ())
        assert [term.key for term in work.house.terms()] and work.notices.all()


CORRECTED = {
    "segments": [{"id": n, "run_id": "t1", "position": n - 1, "chunk": 0, "start_ms": 1000 * n,
                  "end_ms": 1000 * n + 900, "text": f" Engine {n}", "average_log_probability": 0.0,
                  "no_speech_probability": 0.0, "compression_ratio": 0.0, "temperature": 0.0} for n in (2, 3, 4)],
    "words": [{"segment_id": n, "position": at, "text": word, "start_ms": 1000 * n + 400 * at,
               "end_ms": 1000 * n + 400 * at + 400, "probability": 0.5}
              for n in (2, 3, 4) for at, word in enumerate(("Engine", str(n)))],
    "chunks": [{"run_id": "t1", "number": 0, "start_ms": 0, "end_ms": 5000, "language": "en"}],
    "lines": [
        {"id": f"l{n}", "run_id": "t1", "recording_id": "r1", "segment_id": n, "position": n - 1, "start_ms": start,
         "end_ms": 1000 * n + 900, "text": text, "language": "en", "speaker_id": speaker, "revision": revision,
         "reviewed": reviewed}
        for n, start, text, speaker, revision, reviewed in (
            (2, 1900, "We sing", None, 2, True), (3, 3000, "Engine 3", None, 2, False),
            (4, 4000, "Engine 4", "p1", 0, True),
        )
    ],
    "line_revisions": [
        {"line_id": line, "seq": seq, "revision": revision, "text": text, "author": author, "at": at,
         "words": [[word, start + 400 * n, start + 400 * n + 400, None] for n, word in enumerate(text.split())]}
        for line, seq, revision, text, start, author, at in (
            ("l2", 1, 1, "We sang", 2000, "Jo", "2026-01-02T10:00:00+00:00"),
            ("l2", 2, 2, "We sing", 1900, "Sam", "2026-01-01T10:00:00+00:00"),
            ("l3", 1, 1, "They sing", 3000, "Jo", "2026-01-01T12:00:00+00:00"),
            ("l3", 2, 2, "Engine 3", 3000, "Jo", "2026-01-03T12:00:00+00:00"),
        )
    ],
}  # fmt: skip
"""Corrections as they were kept before every state was: one by a clock that ran backwards, one that was put back."""


def correct(folder):
    """Put corrections into a library of an earlier schema, as they were kept then."""
    engine = open_database(folder / "library.db", read_keys(folder))
    with engine.begin() as connection:
        for table, rows in CORRECTED.items():
            for row in rows:
                row = {name: json.dumps(value) if isinstance(value, list) else value for name, value in row.items()}
                connection.exec_driver_sql(
                    f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
    engine.dispose()
    return folder


@pytest.fixture
def third(second):
    """Return the folder of a library of schema 3."""
    engine = open_database(second / "library.db", read_keys(second))
    with engine.begin() as connection:
        STEPS[3](Operations(MigrationContext.configure(connection)))
        stamp(connection, 3)
    engine.dispose()
    return second


@pytest.mark.parametrize("older", ["golden", "second", "third"])
def test_every_earlier_correction_is_a_change_and_every_state_can_be_had(older, request):
    folder = correct(request.getfixturevalue(older))
    with open_library(folder, now=noon) as library, SqlWork(library, print, noon) as work:
        changes = work.transcripts.changes("t1")
        as_of = [editing.in_order(work.transcripts.lines_as_of("t1", number)) for number in range(6)]
        now = work.transcripts.lines("r1")
    assert [(change.number, change.author, change.kind, change.text) for change in changes] == [
        (1, "Jo", "reworded", "They sing"), (2, "Jo", "reworded", "We sang"), (3, "Sam", "reworded", "We sing"),
        (4, "Jo", "reworded", "Engine 3"), (5, "", "reviewed", "Engine 3"),
    ]  # fmt: skip
    assert [[line.text for line in lines] for lines in as_of] == [
        ["We sing", "Engine 2", "Engine 3", "Engine 4"], ["We sing", "Engine 2", "They sing", "Engine 4"],
        ["We sing", "We sang", "They sing", "Engine 4"], ["We sing", "We sing", "They sing", "Engine 4"],
        ["We sing", "We sing", "Engine 3", "Engine 4"], ["We sing", "We sing", "Engine 3", "Engine 4"],
    ]  # fmt: skip
    assert all(line.text == " ".join(word.text for word in line.words) for lines in as_of for line in lines)
    assert now == as_of[5]
    assert [(line.revision, line.reviewed, line.speaker_id) for line in now] == [
        (0, False, None), (2, True, None), (2, False, None), (0, True, "p1")]


def test_a_correction_of_before_can_be_gone_back_on(golden):
    with open_library(correct(golden), now=noon) as library:
        correcting = Correcting(partial(SqlWork, library, print, noon), lambda: "Jo")
        for number in range(6):
            then = correcting.as_of("r1", number)
            correcting.go_back("r1", number).do()
            assert correcting.lines("r1") == then


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


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_the_steps_lead_to_the_tables(golden):
    with open_library(golden, now=noon) as library, library.engine.connect() as connection:
        ours = {"include_name": lambda name, kind, _parents: kind != "table" or name in tables.metadata.tables}
        assert compare_metadata(MigrationContext.configure(connection, opts=ours), tables.metadata) == []


def test_there_is_a_step_to_every_schema():
    assert list(STEPS) == list(range(1, SCHEMA + 1))


def test_codes_of_an_older_library_learn_the_other_words_there_are_for_them(golden):
    library = open_library(golden, now=noon)
    with SqlWork(library, print, noon) as work:
        assert {"témoignage", "story"} <= set(work.codebook.code("amplify").aliases)
    library.close()
