"""Answers kept: each export with what the gate said, each event with its receipt, each no to a machine."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution
from storybank.domain.commission import Brief
from storybank.domain.consent import ConsentState, Decision, Provision
from storybank.domain.export import ExportStatus
from storybank.domain.story import Participant
from storybank.domain.use import Act
from storybank.domain.withdrawal import TaskState
from storybank.errors import Refused
from storybank.services.proving import Proof
from storybank.services.withdrawing import Stop
from storybank.words import Words
from tests.services.conftest import LISTENING, Calm

BRIEF = Brief("Fund link workers?", "Minister", ("Fund link workers for five years.",))
YES = Provision(Decision.PERMIT, "website")


@pytest.fixture
def story(house, tmp_path):
    """A story with a quote."""
    view = house.a_story(tmp_path)
    house.quoting.pick_lines(view.recordings[0].id, 1, 1).edit.do()
    return view


def agree(house, *provisions, person="Amina Diallo", level=Attribution.FULL_NAME, **about):
    who = house.people.find(person)
    return house.consenting.put_on_file(Agreement(who.id, provisions or (YES,), level, **about), [], Calm())


def left(house, tmp_path, name="b", **about):
    return house.exporting.make_brief(BRIEF, None, ["website"], tmp_path / f"{name}.docx", Calm(), **about)


def receipts(house, consent):
    with house.work() as work:
        return work.consents.receipts_of(consent.id)


# ---- with each export ---------------------------------------------------------------------------------------------


def test_the_answer_is_kept_with_the_export_as_it_was(house, story, tmp_path):
    consent = agree(house, Provision(Decision.CONDITIONAL, "website", condition="with a link"),
                    until=date(2026, 5, 31))
    left(house, tmp_path)
    agree(house, YES)
    (item,) = house.exporting.exports()[0].items
    assert (item.verdict, item.conditions, item.consents) == ("allow_with_conditions", ("with a link",),
                                                             (consent.code,))
    assert item.events == ((consent.code, consent.events[-1].seq),) and item.events[0][1] > 0
    assert item.use_until == date(2026, 5, 31)


def test_the_reasons_are_kept_in_both_languages(house, story, tmp_path):
    agree(house)
    left(house, tmp_path)
    export = house.exporting.exports()[0]
    english, french = (Words(language).sentence(export.items[0].reasons[0]) for language in ("en", "fr"))
    assert english == "Amina Diallo agreed to this use: website."
    assert french != english and "Amina Diallo" in french and "site Web" in french


def test_who_was_left_out_is_kept_with_the_reasons_in_both_languages(house, story, tmp_path):
    agree(house)
    other = house.a_story(tmp_path, "george", "George Campbell", "Somebody else said this here")
    house.quoting.pick_lines(other.recordings[0].id, 1, 1).edit.do()
    (code, reasons), = left(house, tmp_path).left_out
    said = {Words(language).sentence(reasons[0]) for language in ("en", "fr")}
    assert code == "Q-0002" and len(said) == 2 and all("George Campbell" in one for one in said)


def test_the_earliest_last_day_inside_is_the_last_day_of_the_export(house, story, tmp_path):
    other = house.a_story(tmp_path, "george", "George Campbell", "Somebody else said this here")
    house.quoting.pick_lines(other.recordings[0].id, 1, 1).edit.do()
    agree(house, until=date(2026, 9, 30))
    agree(house, person="George Campbell", until=date(2026, 6, 30))
    export = left(house, tmp_path, recipient="The minister")
    assert (export.use_until, export.recipient) == (date(2026, 6, 30), "The minister")
    with house.work() as work:
        assert export.head == work.consents.head()


def test_everybody_in_the_quote_is_kept_with_the_event_that_counted(house, story, tmp_path):
    george = house.people.add("George Campbell")
    house.people.place(story.story.id, [Participant(story.people[0].id), Participant(george.id, speaks=False)])
    consents = [agree(house), agree(house, person="George Campbell")]
    (item,) = left(house, tmp_path).items
    assert set(item.events) == {(c.code, c.events[-1].seq) for c in consents}


def test_an_export_lapses_after_its_last_day_and_not_on_it(house, story, tmp_path):
    agree(house, until=date(2026, 3, 31))
    export = left(house, tmp_path)
    assert [export.status(day) for day in (date(2026, 3, 31), date(2026, 4, 1))] == [
        ExportStatus.ACTIVE, ExportStatus.LAPSED]
    case = house.withdrawing.withdraw(Stop(story.people[0].id)).case
    assert house.exporting.exports()[0].status(date(2026, 4, 1)) is ExportStatus.RECALL_OPEN
    for number in range(1, len(case.tasks) + 1):
        house.withdrawing.settle(case.id, number, TaskState.DONE)
    assert house.exporting.exports()[0].status(date(2026, 4, 1)) is ExportStatus.RECALLED


def test_what_is_wanted_longer_than_it_was_agreed_to_is_refused_today(house, story, tmp_path):
    agree(house, until=date(2026, 3, 31))
    with pytest.raises(Refused, match="No quote is cleared"):
        left(house, tmp_path, until=date(2026, 4, 1))
    assert left(house, tmp_path, until=date(2026, 3, 31)).use_until == date(2026, 3, 31)


def test_ask_first_leaves_nothing_and_its_answer_about_the_quote_lets_it_go(house, story, tmp_path):
    agree(house, Provision(Decision.ASK_FIRST, "website"))
    with pytest.raises(Refused):
        left(house, tmp_path)
    agree(house, Provision(Decision.PERMIT, "website", quote_id=house.quoting.get("Q-0001").id))
    assert left(house, tmp_path).items[0].verdict == "allow"


# ---- with each event ----------------------------------------------------------------------------------------------


def test_a_receipt_is_issued_with_every_event(house, story):
    consent = agree(house, until=date(2026, 12, 31))
    house.withdrawing.withdraw(Stop(story.people[0].id))
    house.consenting.enter(consent.id, ConsentState.ENTERED_IN_ERROR, reason="wrong person")
    kept = receipts(house, consent)
    assert [one["event_state"] for one in kept] == ["given", "withdrawn", "entered_in_error"]
    assert [len(one["events"]) for one in kept] == [1, 2, 3]
    assert [one["permits_anything"] for one in kept] == [True, False, False]
    assert len({one["receipt_id"] for one in kept}) == 3 and json.dumps(kept)


def test_an_agreement_that_a_newer_one_replaces_gets_its_receipt_too(house, story):
    old, new = agree(house), agree(house)
    assert [one["event_state"] for one in receipts(house, old)] == ["given", "superseded"]
    house.withdrawing.withdraw(Stop(story.people[0].id, uses=("print",)))
    assert [one["event_state"] for one in receipts(house, new)] == ["given", "narrowed"]


def test_a_question_and_its_answer_each_have_a_receipt(house, story):
    old = agree(house, until=date(2026, 3, 31))
    question = house.renewing.ask(old.id, Calm())
    house.consenting.enter(question.id, ConsentState.DEFERRED)
    assert [one["event_state"] for one in receipts(house, question)] == ["requested", "deferred"]
    assert [one["event_state"] for one in receipts(house, old)] == ["given"], "nothing happened to it"


def test_a_receipt_is_about_the_chain_as_it_stood(house, story):
    consent = agree(house)
    with house.work() as work:
        seq, digest = work.consents.head()
    assert receipts(house, consent)[-1]["chain_head"] == {"seq": seq, "hash": digest}


# ---- and with machines ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("decision", "listens"), [
    (Decision.DENY, False), (Decision.ASK_FIRST, False), (Decision.PERMIT, True),
])
def test_a_machine_listens_unless_somebody_said_no_to_it(house, tmp_path, decision, listens):
    (tmp_path / "zed.mp4").write_bytes(b"good zed")
    house.collecting.bring_in([tmp_path / "zed.mp4"], Calm())
    story = house.browsing.story("zed")
    zed = house.people.add("Zed")
    house.people.place(story.story.id, [Participant(zed.id)])
    assert house.transcribing.waiting() == list(story.recordings)
    agree(house, YES, Provision(decision, act=Act.TRANSCRIBE), person="Zed")
    assert house.transcribing.waiting() == (list(story.recordings) if listens else [])
    if listens:
        house.engine.chunks = []
        house.transcribing.transcribe(story.recordings[0].id, LISTENING, Calm())
    else:
        with pytest.raises(Refused, match="Zed") as told:
            house.transcribing.transcribe(story.recordings[0].id, LISTENING, Calm())
        assert "Nothing was transcribed" in str(told.value.hint)
        assert house.engine.asked == [] and house.transcribing.runs(story.recordings[0].id) == []


def test_a_machine_does_not_listen_again_to_who_withdrew(house, story):
    agree(house)
    house.withdrawing.withdraw(Stop(story.people[0].id))
    asked = len(house.engine.asked)
    with pytest.raises(Refused, match="withdrew"):
        house.transcribing.transcribe(story.recordings[0].id, LISTENING, Calm(), again=True)
    assert len(house.engine.asked) == asked


def test_a_no_to_training_does_not_stop_listening_and_silence_never_trains(house, story):
    agree(house, YES, Provision(Decision.DENY, act=Act.TRAIN))
    assert house.consenting.may_process(story.story.id, Act.TRANSCRIBE).allowed
    assert not house.consenting.may_process(story.story.id, Act.TRAIN).allowed
    agree(house)
    assert not house.consenting.may_process(story.story.id, Act.TRAIN).allowed
    house.now += timedelta(days=1)
    agree(house, YES, Provision(Decision.PERMIT, act=Act.TRAIN))
    assert house.consenting.may_process(story.story.id, Act.TRAIN).allowed


def test_a_proof_that_comes_later_is_no_event(house, story, tmp_path):
    consent = agree(house)
    (tmp_path / "f.pdf").write_bytes(b"signed")
    house.proving.add(consent.id, Proof(tmp_path / "f.pdf"), Calm())
    assert len(house.consenting.consent(consent.code).events) == 1
