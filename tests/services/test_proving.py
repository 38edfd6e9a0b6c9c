"""Proving: several proofs a consent, each with its hash, shown only on purpose and never without a trace."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution
from storybank.domain.consent import Decision, EvidenceKind, Provision
from storybank.errors import Damaged, NotFound, StorybankError, Unavailable
from storybank.services.proving import Proof
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm

YES = (Provision(Decision.PERMIT, "website"),)
FILMED = EvidenceKind.ON_CAMERA


@pytest.fixture
def story(house, tmp_path):
    return house.a_story(tmp_path)


@pytest.fixture
def paper(tmp_path):
    """A signed form."""
    file = tmp_path / "signed.pdf"
    file.write_bytes(b"signed by hand")
    return file


@pytest.fixture
def proven(house, story, paper):
    """Amina's consent, with her signed form."""
    return house.consenting.put_on_file(Agreement(story.people[0].id, YES), [Proof(paper)], Calm())


def views(house, consent):
    with house.work() as work:
        return [line for line in work.history(consent.id) if line.event == "EvidenceViewed"]


def test_several_proofs_stand_beside_one_consent(house, story, proven, paper, tmp_path):
    mail = tmp_path / "mail.eml"
    mail.write_bytes(b"yes, please")
    house.proving.add(proven.id, Proof(mail, EvidenceKind.EMAIL, received_on=date(2026, 2, 1), language="fr"), Calm())
    recording = story.recordings[0]
    both = house.proving.add(proven.code, Proof(None, FILMED, recording.id, 1000, 2500), Calm())
    assert [(e.original_name, e.kind) for e in both.evidence] == [
        ("signed.pdf", EvidenceKind.SIGNED_FORM), ("mail.eml", EvidenceKind.EMAIL), ("amina.mp4", FILMED)]
    form, letter, spoken = both.evidence
    assert form.sha256 == hashlib.sha256(b"signed by hand").hexdigest() and form.received_on == date(2026, 3, 1)
    assert (letter.received_on, letter.language) == (date(2026, 2, 1), "fr")
    assert (spoken.start_ms, spoken.end_ms, spoken.place) == (1000, 2500, recording.place)
    assert house.consenting.consent(proven.code) == both and both.events == proven.events


def test_an_agreement_is_put_on_file_with_all_of_its_proofs(house, story, paper):
    moment = Proof(None, FILMED, story.recordings[0].id, 0, 900)
    consent = house.consenting.put_on_file(Agreement(story.people[0].id, YES), [Proof(paper), moment], Calm())
    assert [e.kind for e in consent.evidence] == [EvidenceKind.SIGNED_FORM, FILMED]


def test_without_a_proof_every_answer_says_so(house, story, paper):
    bare = house.consenting.record(story.people[0].id, ["website"], Attribution.ROLE_ONLY, Calm())
    said = " ".join(map(str, house.consenting.permission(story.story.id, ["website"]).reasons))
    assert f"{bare.code} has no evidence on file" in said
    house.proving.add(bare.id, Proof(paper), Calm())
    answer = house.consenting.permission(story.story.id, ["website"])
    assert answer.allowed and "no evidence" not in " ".join(map(str, answer.reasons))


def test_looking_at_a_proof_is_written_down_each_time(house, proven):
    assert house.proving.view(proven.id, 1).read_bytes() == b"signed by hand"
    house.proving.view(proven.code, 1)
    assert len(views(house, proven)) == 2 and '"position": 1' in views(house, proven)[0].details


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_proof_that_is_not_there_is_not_found_and_nothing_was_looked_at(house, proven, number):
    with pytest.raises(NotFound, match=f"{proven.code} has no proof number"):
        house.proving.view(proven.id, number)
    assert views(house, proven) == []


def test_a_proof_that_vanished_is_told_and_the_consent_still_stands(house, story, proven):
    house.store.path(proven.evidence[0].place).unlink()
    with pytest.raises(Unavailable, match=r"signed\.pdf is missing") as told:
        house.proving.view(proven.id, 1)
    assert "untouched" in str(told.value.hint)
    assert len(views(house, proven)) == 1, "that somebody wanted to see it is on record"
    assert house.consenting.permission(story.story.id, ["website"]).allowed
    assert house.consenting.consent(proven.code) == proven


def test_a_proof_that_changed_is_never_shown_as_one(house, proven):
    file = house.store.path(proven.evidence[0].place)
    file.chmod(0o644)
    file.write_bytes(b"signed by somebody else")
    with pytest.raises(Damaged, match=r"signed\.pdf has changed"):
        house.proving.view(proven.id, 1)
    assert house.consenting.consent(proven.code) == proven


def _empty(tmp_path):
    (tmp_path / "empty.pdf").touch()
    return Proof(tmp_path / "empty.pdf")


@pytest.mark.parametrize(("proof", "message"), [
    (_empty, "proves nothing"),
    (lambda folder: Proof(folder / "nowhere.pdf"), "nowhere.pdf"),
    (lambda _: Proof(), "needs a file"),
    (lambda _: Proof(None, FILMED, "RECORDING", 2000, 2000), "end before it begins"),
    (lambda _: Proof(None, FILMED, "RECORDING", 2000, 90_000), "is shorter than that"),
    (lambda _: Proof(None, FILMED, "nowhere", 0, 1000), "recording"),
])
def test_what_proves_nothing_is_refused_and_changes_nothing(house, story, proven, tmp_path, proof, message):
    wanted = proof(tmp_path)
    if wanted.recording_id == "RECORDING":
        wanted = Proof(None, FILMED, story.recordings[0].id, wanted.start_ms, wanted.end_ms)
    with pytest.raises(StorybankError, match=message):
        house.proving.add(proven.id, wanted, Calm())
    with pytest.raises(StorybankError, match=message):
        house.consenting.put_on_file(Agreement(story.people[0].id, YES), [wanted], Calm())
    assert house.consenting.all() == [proven]


def test_a_proof_can_be_added_after_the_withdrawal_and_gives_nothing_back(house, story, proven, paper):
    house.withdrawing.withdraw(Stop(story.people[0].id))
    house.proving.add(proven.id, Proof(paper, EvidenceKind.LETTER), Calm())
    assert len(house.consenting.consent(proven.code).evidence) == 2
    assert not house.consenting.permission(story.story.id, ["website"]).allowed


def test_a_proof_is_never_offered_where_its_consent_is_not(house, proven):
    with pytest.raises(NotFound):
        house.proving.view("C-0099", 1)
    with pytest.raises(StorybankError, match="no consent"):
        house.proving.add("C-0099", Proof(house.store.path(proven.evidence[0].place)), Calm())
