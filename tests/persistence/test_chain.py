"""The record of consent is only ever added to; whoever changes it behind our back is found out."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution, Wishes
from storybank.domain.chain import START, linked
from storybank.domain.commission import Brief
from storybank.domain.consent import ConsentState, Decision, Provision, Taken
from storybank.domain.export import Export, ExportKind
from storybank.domain.names import new_id
from storybank.domain.notice import Notice
from storybank.persistence.consents import event_row
from storybank.persistence.library import open_library
from storybank.persistence.store import FolderStore
from storybank.persistence.work import SqlWork
from storybank.services.housekeeping import Housekeeping
from storybank.services.proving import Proof
from storybank.services.withdrawing import Stop
from tests.journeys.conftest import Storybank
from tests.persistence.shelf import Calm, noon
from tests.persistence.tampering import from_outside, tamper
from tests.services.conftest import House

KEPT = ("consents", "consent_stories", "consent_events", "provisions", "evidence", "receipts", "notices", "history")

FIRST = "consent_id = (SELECT id FROM consents WHERE code = 'C-0001')"
LAST = "seq = (SELECT max(seq) FROM consent_events)"


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Return a closed library in which five things happened to consent, with a proof, a form, receipts and an export.

    1 Amina agrees (C-0001), 2 George agrees (C-0002), 3 Bea says no (C-0003), 4 Amina agrees to more (C-0001 is
    superseded), 5 by C-0004, 6 George withdraws.
    """
    folder = tmp_path_factory.mktemp("told")
    house = House(folder / "library")
    story = house.a_story(folder)
    house.a_story(folder, "george", "George Campbell")
    house.a_story(folder, "bea", "Bea Tremblay")
    notice = Notice("n1", "voices", "2026-01", "en", "May we?", "We ask you.", ("website",), ("ethics@example.org",))
    with house.work() as work:
        work.notices.add(notice)
        work.commit()
    form = folder / "form.pdf"
    form.write_bytes(b"signed by Amina")
    amina, george, bea = (house.people.find(name).id for name in ("Amina Diallo", "George Campbell", "Bea Tremblay"))
    house.consenting.put_on_file(
        Agreement(amina, (Provision(Decision.PERMIT, "website"),), Attribution.FULL_NAME, given_on=date(2026, 1, 5),
                  until=date(2028, 1, 1), story_ids=frozenset({story.story.id}), wishes=Wishes(face=True),
                  taken=Taken("n1", witness="Jo Bell"), by="Amina Diallo"), [Proof(form)], Calm(),
    )  # fmt: skip
    house.consenting.record(george, ["website", "print"], Attribution.FIRST_NAME, Calm())
    house.consenting.record(bea, [], Attribution.ANONYMOUS, Calm(), state=ConsentState.REFUSED)
    house.quoting.pick_lines(story.recordings[0].id, 1, 1).edit.do()
    house.exporting.make_brief(Brief("T", "M", ("Fund it.",)), None, ["website"], folder / "brief.docx", Calm())
    house.consenting.record(amina, ["website", "print"], Attribution.FULL_NAME, Calm(), story_ids=[story.story.id])
    house.withdrawing.withdraw(Stop(george, by="George Campbell"))
    house.library.close()
    return house.library.folder


@pytest.fixture
def record(told, tmp_path):
    """Return a copy of that library to do harm to."""
    return shutil.copytree(told, tmp_path / "library")


def findings(folder):
    with open_library(folder, now=noon, for_writing=False) as library:
        house = Housekeeping(lambda: SqlWork(library, print, noon), FolderStore(folder), library.check)
        return [str(finding) for finding in house.verify(Calm())]


def test_a_record_nobody_touched_is_in_order(record):
    assert findings(record) == []
    with from_outside(record) as connection:
        assert connection.execute("SELECT count(*), max(seq) FROM consent_events").fetchone() == (6, 6)
        assert connection.execute("SELECT count(*) FROM receipts").fetchone()[0] >= 5


# ---- changed from outside -------------------------------------------------------------------------------------------

HARM = {
    "an event says another thing": ("UPDATE consent_events SET state = 'given' WHERE state = 'withdrawn'", 6, "C-0002"),
    "an event came earlier": ("UPDATE consent_events SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 2", 2, "C-0002"),
    "an event has another author": ("UPDATE consent_events SET by = 'Somebody' WHERE seq = 1", 1, "C-0001"),
    "an event has another reason": ("UPDATE consent_events SET reason = 'no reason' WHERE seq = 3", 3, "C-0003"),
    "an event has another role": ("UPDATE consent_events SET role = 'organization' WHERE seq = 3", 3, "C-0003"),
    "an event has another hash": (f"UPDATE consent_events SET hash = '{'0' * 64}' WHERE seq = 4", 4, "C-0001"),
    "an event sealed fewer decisions": ("UPDATE consent_events SET provisions = 0 WHERE seq = 1", 1, "C-0001"),
    "an event sealed fewer proofs": ("UPDATE consent_events SET evidence = 0 WHERE seq = 1", 1, "C-0001"),
    "a decision was turned": ("UPDATE provisions SET decision = 'deny' WHERE " + FIRST, 1, "C-0001"),
    "a decision is about another use": ("UPDATE provisions SET use = 'fundraising' WHERE " + FIRST, 1, "C-0001"),
    "a decision has a condition": ("UPDATE provisions SET condition = 'maybe' WHERE " + FIRST, 1, "C-0001"),
    "a decision ends": ("UPDATE provisions SET ends_on = '2026-01-01' WHERE " + FIRST, 1, "C-0001"),
    "a decision is gone": ("DELETE FROM provisions WHERE " + FIRST, 1, "C-0001"),
    "the level": ("UPDATE consents SET attribution = 'full' WHERE code = 'C-0003'", 3, "C-0003"),
    "the last day": ("UPDATE consents SET valid_until = '2099-01-01' WHERE code = 'C-0001'", 1, "C-0001"),
    "the wishes": ("UPDATE consents SET wishes = '{\"face\": false}' WHERE code = 'C-0001'", 1, "C-0001"),
    "how it was taken": ("UPDATE consents SET taken = NULL WHERE code = 'C-0001'", 1, "C-0001"),
    "another person": ("UPDATE consents SET contributor_id = (SELECT id FROM contributors WHERE name LIKE 'Amina%')"
                       " WHERE code = 'C-0003'", 3, "C-0003"),
    "another code": ("UPDATE consents SET code = 'C-0009' WHERE code = 'C-0002'", 2, "C-0009"),
    "every story": ("DELETE FROM consent_stories WHERE " + FIRST, 1, "C-0001"),
    "the hash of a proof": ("UPDATE evidence SET sha256 = 'aa'", 1, "C-0001"),
    "a proof is gone": ("DELETE FROM evidence", 1, "C-0001"),
    "an event in the middle is gone": ("DELETE FROM consent_events WHERE seq = 3", 3, ""),
    "the first event is gone": ("DELETE FROM consent_events WHERE seq = 1", 1, ""),
    "an event belongs to another": ("UPDATE consent_events SET consent_id = (SELECT id FROM consents WHERE"
                                    " code = 'C-0003'), position = 7 WHERE seq = 6", 6, "C-0003"),
    "a decision nobody sealed": ("INSERT INTO provisions (consent_id, position, decision, condition) SELECT id, 9,"
                                 " 'permit', '' FROM consents WHERE code = 'C-0002'", 6, "C-0002"),
    "a state there is not": ("UPDATE consent_events SET state = 'unsaid' WHERE seq = 5", 5, ""),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARM)
def test_what_was_changed_from_outside_is_found_with_the_number_of_the_event(record, harm):
    statement, number, code = HARM[harm]
    tamper(record, statement)
    (finding,) = [one for one in findings(record) if "record of consent" in one]
    assert f"event {number}" in finding
    assert code in finding
    assert "Somebody changed it from outside. Compare with a backup" in finding


@pytest.mark.parametrize("statement", [
    "UPDATE provisions SET starts_on = 'soon' WHERE " + FIRST, "UPDATE consents SET wishes = '{' WHERE code = 'C-0001'",
    "UPDATE consents SET taken = '[1]' WHERE code = 'C-0001'", "UPDATE consents SET stage = 'none'",
    "UPDATE library SET value = 'x:y' WHERE key = 'chain'", "UPDATE evidence SET kind = 'hearsay'",
])  # fmt: skip
def test_what_storybank_never_writes_is_told_and_not_stumbled_over(record, statement):
    tamper(record, statement)
    (finding,) = findings(record)
    assert "never writes" in finding and "from outside" in finding


def test_two_events_that_changed_places_are_found(record):
    moves = ((2, 99), (3, 2), (99, 3))
    tamper(record, *(f"UPDATE consent_events SET seq = {to} WHERE seq = {old}" for old, to in moves))
    (finding,) = findings(record)
    assert "event 2" in finding


def test_a_consent_that_is_gone_with_everything_is_found(record):
    tamper(record, *(f"DELETE FROM {table} WHERE {FIRST}" for table in
                     ("receipts", "evidence", "consent_events", "provisions", "consent_stories")),
           "DELETE FROM consents WHERE code = 'C-0001'")  # fmt: skip
    assert any("event 1" in finding for finding in findings(record))


def test_the_last_event_cannot_go_unnoticed(record):
    tamper(record, f"DELETE FROM consent_events WHERE {LAST}")
    assert any("after event 5" in finding for finding in findings(record))


def test_a_consent_that_lost_its_only_event_is_found(record):
    tamper(record, "DELETE FROM consent_events WHERE seq >= 5")
    assert any("after event 4" in finding for finding in findings(record))


def cut_off(folder, after):
    """Cut the chain off after an event, and rewrite the note of its end as if it had always ended there."""
    with from_outside(folder) as connection:
        (its_hash,) = connection.execute("SELECT hash FROM consent_events WHERE seq = ?", (after,)).fetchone()
    tamper(folder, f"DELETE FROM consent_events WHERE seq > {after}",
           f"UPDATE library SET value = '{after}:{its_hash}' WHERE key = 'chain'")  # fmt: skip


def without_receipts_and_consents_that_never_began(folder):
    empty = "NOT IN (SELECT consent_id FROM consent_events)"
    parts = (f"DELETE FROM {table} WHERE consent_id {empty}" for table in ("provisions", "consent_stories"))
    tamper(folder, "DELETE FROM receipts", *parts, f"DELETE FROM consents WHERE id {empty}")


def test_a_withdrawal_cut_off_with_its_note_is_found_by_its_receipt(record):
    cut_off(record, 5)
    (finding,) = findings(record)
    assert finding.startswith("A receipt of consent C-0002 tells of another event 6 than there is now.")


def test_a_chain_cut_off_without_its_receipts_is_found_by_the_exports(record):
    cut_off(record, 2)
    without_receipts_and_consents_that_never_began(record)
    assert [one.split(" of consent")[0] for one in findings(record)] == ["Export E-0001 saw another event 3"]


def test_a_chain_made_anew_from_the_start_is_found_by_exports_and_receipts(record):
    """Whoever knows how it is made can make a chain that hangs together; the witnesses were there before."""
    with open_library(record, now=noon) as library, SqlWork(library, print, noon) as work:
        kept = {consent.id: consent for consent in work.consents.all()}
        links = work.consents.chain()
    head, changes = START, []
    for link in links:
        event = replace(link.event, by="") if link.event.seq == 1 else link.event
        made = linked(kept[link.consent_id], event, head, link.event.seq)
        made = replace(made, provisions=link.provisions, evidence=link.evidence)
        head = made.event.hash
        row = event_row(made, 0)
        changes.append(f"UPDATE consent_events SET by = '{row['by']}', hash = '{row['hash']}' WHERE seq = {row['seq']}")
    tamper(record, *changes, f"UPDATE library SET value = '6:{head}' WHERE key = 'chain'")
    said = " ".join(findings(record))
    assert "Export E-0001 saw another event 3" in said
    assert "A receipt of consent C-0001 tells of another event 1" in said


def test_a_form_that_reads_otherwise_than_the_one_that_was_signed_is_found(record):
    tamper(record, "UPDATE notices SET body = 'You agree to everything.' WHERE id = 'n1'")
    (finding,) = findings(record)
    assert finding.startswith("The form voices 2026-01 (en) is not the one that consent C-0001 was given on.")


# ---- proofs and the command line ------------------------------------------------------------------------------------


def proof_of(folder):
    return next(path for path in (folder / "media").rglob("*.pdf"))


def test_a_proof_that_vanished_or_changed_is_named(record):
    proof_of(record).write_bytes(b"signed by nobody")
    assert findings(record) == ["form.pdf has changed since it came in."]
    proof_of(record).unlink()
    (finding,) = findings(record)
    assert finding.startswith("form.pdf is missing from")


def test_the_command_line_says_so_and_ends_as_for_other_damage(record, tmp_path):
    storybank = Storybank(record, tmp_path / "home")
    assert storybank.json("verify") == {"ok": True, "findings": []}
    tamper(record, "UPDATE consent_events SET by = 'Somebody' WHERE seq = 4")
    said = storybank("verify", "--json")
    assert (said.code, said.value["ok"]) == (6, False)
    assert "event 4" in said.value["findings"][0]
    french = replace(storybank, language="fr")("verify", "--quick", "--json")
    assert (french.code, len(french.value["findings"])) == (6, 1)


def test_an_export_of_before_there_was_a_chain_is_no_witness(shelf):
    with shelf.work() as work:
        work.ledger.save(Export(new_id(), "E-0001", ExportKind.KIT, "Old", "", (), "", "", None, ()))
        work.commit()
    house = Housekeeping(shelf.work, FolderStore(shelf.library.folder), shelf.library.check)
    assert house.verify(Calm()) == []
