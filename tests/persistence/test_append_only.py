"""Records are only ever added to: neither Storybank nor a statement of somebody's own changes what is on file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from storybank.domain.attribution import Wishes
from storybank.domain.change import ChangeKind
from storybank.domain.consent import ConsentEvent, ConsentState, Decision, Evidence, Provision, Role, Stage, Taken
from storybank.domain.events import ConsentRecorded
from storybank.domain.notice import Notice
from storybank.domain.receipt import Organization, Receipt
from storybank.domain.story import Story
from storybank.domain.use import Material
from storybank.errors import Refused
from tests.build import WEBSITE, a_consent, a_person

KEPT = ("consents", "consent_stories", "consent_events", "provisions", "evidence", "receipts", "notices", "history")


@pytest.fixture
def filled(shelf):
    """Return a library with a row in every table that is only ever added to."""
    with shelf.work() as work:
        work.contributors.save(a_person())
        work.stories.save(Story("s1", "S-0001", "Trust", "trust", "en"))
        work.notices.add(Notice("n1", "voices", "1", "en", "May we?", "We ask you."))
        saved = work.consents.save(replace(a_consent(WEBSITE), story_ids=frozenset({"s1"}),
                                           evidence=(Evidence("form.pdf", "media/aa/form.pdf", "aa"),)))
        receipt = Receipt("x1", "2026-01-01", saved, a_person(), Organization(), (), head=work.consents.head())
        work.consents.keep_receipt(receipt, receipt.record(date(2026, 1, 1)))
        work.record(ConsentRecorded(saved.id, "amina"))
        work.commit()
    return shelf.library


@pytest.mark.parametrize("table", KEPT)
def test_nobody_changes_takes_out_or_replaces_a_row(filled, table):
    with filled.engine.connect() as connection:
        before = connection.exec_driver_sql(f"SELECT * FROM {table}").all()
        assert before
        column = list(connection.exec_driver_sql(f"SELECT * FROM {table} LIMIT 1").mappings().one())[-1]
        for statement in (
            f"UPDATE {table} SET {column} = 'other'",
            f"DELETE FROM {table}",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
        ):
            with pytest.raises(IntegrityError, match="only ever added to"):
                connection.exec_driver_sql(statement)
        connection.rollback()
        assert connection.exec_driver_sql(f"SELECT * FROM {table}").all() == before


@pytest.mark.parametrize("table", ["segments", "words", "changes", "line_states"])
def test_what_was_heard_and_what_was_done_to_it_is_never_written_over(shelf, table):
    shelf.story("We sing.")
    with shelf.work() as work:
        said = work.transcripts.lines("r-amina")[0].reworded("We sang.")
        work.transcripts.revise("t-amina", [said], "Jo", ChangeKind.REWORDED)
        work.commit()
    with shelf.library.engine.connect() as connection:
        column = list(connection.exec_driver_sql(f"SELECT * FROM {table} LIMIT 1").mappings().one())[-1]
        with pytest.raises(IntegrityError, match="only ever added to"):
            connection.exec_driver_sql(f"UPDATE {table} SET {column} = 'other'")


CHANGED = {
    "the person": {"contributor_id": "george"}, "the code": {"code": "C-0009"}, "the level": {"attribution": "full"},
    "the day": {"given_on": date(2020, 1, 1)}, "the end": {"valid_until": date(2099, 1, 1)},
    "the stage": {"stage": Stage.RECORD}, "the stories": {"story_ids": frozenset({"s1"})},
    "the face": {"wishes": Wishes(face=True)}, "the witness": {"taken": Taken(witness="Jo")},
    "what it replaces": {"supersedes_id": "c0"}, "no events": {"events": ()}, "no decisions": {"provisions": ()},
    "no proof": {"evidence": ()},
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGED)
def test_nothing_on_file_in_a_consent_can_be_changed(shelf, change):
    with shelf.work() as work:
        work.contributors.save(a_person())
        work.contributors.save(a_person("george", "George", code="P-0002"))
        proof = Evidence("form.pdf", "media/aa/form.pdf", "aa")
        saved = work.consents.save(replace(a_consent(WEBSITE), evidence=(proof,)))
        work.commit()
    with shelf.work() as work:
        head = work.consents.head()
        with pytest.raises(Refused, match="cannot be changed"):
            work.consents.save(replace(saved, **CHANGED[change]))
        work.commit()
    with shelf.work() as work:
        assert work.consents.all() == [saved]
        assert work.consents.head() == head


@pytest.mark.parametrize("change", [
    lambda c: replace(c, provisions=(replace(c.provisions[0], use="print"), *c.provisions[1:])),
    lambda c: replace(c, provisions=c.provisions[::-1]),
    lambda c: replace(c, evidence=(replace(c.evidence[0], sha256="bb"),)),
    lambda c: replace(c, events=(replace(c.events[0], reason="another"), *c.events[1:])),
    lambda c: replace(c, events=(replace(c.events[0], role=Role.GUARDIAN), *c.events[1:])),
    lambda c: replace(c, events=c.events[1:]),
    lambda c: replace(c, events=(ConsentEvent(ConsentState.GIVEN, "2020-01-01"), *c.events)),
])  # fmt: skip
def test_no_decision_event_or_proof_on_file_can_be_another(shelf, change):
    with shelf.work() as work:
        work.contributors.save(a_person())
        decisions = (Provision(Decision.PERMIT, "website"), Provision(Decision.DENY, "print", material=Material.CLIP))
        saved = work.consents.save(replace(
            a_consent(provisions=decisions, then=[(ConsentState.WITHDRAWN, "2026-02-01")]),
            evidence=(Evidence("form.pdf", "media/aa/form.pdf", "aa"),),
        ))  # fmt: skip
        with pytest.raises(Refused, match="cannot be changed"):
            work.consents.save(change(saved))
        assert work.consents.all() == [saved]
