"""Withdrawing: one "stop" is heard everywhere at once, and what has to be done because of it is on a list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution
from storybank.domain.clip import origin
from storybank.domain.commission import Brief, Kit
from storybank.domain.consent import ConsentEvent, ConsentState, Role, Stage
from storybank.domain.export import ExportStatus
from storybank.domain.story import Participant
from storybank.domain.use import Act
from storybank.domain.withdrawal import TaskKind, TaskState
from storybank.errors import Invalid, NotFound
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm

BRIEF = Brief("Fund link workers?", "Minister", ("Fund link workers for five years.",))
ALL = ["website", "social_media", "print", "government_brief"]
REMOVE, REPLACE, NOTIFY, DEINDEX, NO_RECALL, RECORDINGS, TELL = TaskKind


@pytest.fixture
def amina(house, tmp_path):
    """Amina agreed to four uses, and has a story with a quote."""
    story = house.a_story(tmp_path)
    house.quoting.pick_lines(story.recordings[0].id, 1, 1, ["bridges"]).edit.do()
    return agree(house, story.people[0])


def agree(house, person, uses=ALL, level=Attribution.FULL_NAME, **about):
    house.consenting.record(person.id, uses, level, Calm(), **about)
    return person


def another_story(house, tmp_path, name="george", person="George Campbell"):
    story = house.a_story(tmp_path, name, person, f"We keep the gate open for {name}")
    house.quoting.pick_lines(story.recordings[0].id, 1, 1, ["bridges"]).edit.do()
    return story


def may(house, slug="amina", *uses):
    return house.consenting.permission(house.browsing.story(slug).story.id, uses or ["website"]).allowed


def left(house, tmp_path, name="brief", uses=("website",), quotes=None, recipient=""):
    ordered = Brief("Fund link workers?", recipient, ("Fund link workers for five years.",))
    return house.exporting.make_brief(ordered, quotes, uses, tmp_path / f"{name}.docx", Calm())


def status(house, code):
    return next(e.stored_status for e in house.exporting.exports() if e.code == code)


def kinds(case):
    return [task.kind for task in case.tasks]


def settle_all(house, case, state=TaskState.DONE, note="", but=()):
    for number, task in enumerate(case.tasks, 1):
        if task.kind not in but:
            case = house.withdrawing.settle(case.id, number, state, note)
    return case


# ---- what a stop stops ------------------------------------------------------------------------------------------


def test_a_stop_to_everything_stops_every_use_of_every_story(house, amina, tmp_path):
    another_story(house, tmp_path, "garden", "Amina Diallo")
    done = house.withdrawing.withdraw(Stop(amina.id, "asked by telephone"))
    assert not any(may(house, slug, use) for slug in ("amina", "garden") for use in ALL)
    assert {s.slug for s in done.stories} == {"amina", "garden"}
    assert done.case.is_about_everything and done.case.reason == "asked by telephone"


def kept_clip(house, story):
    clip = house.store.derived(f"clips/{origin(house.store.path(story.recordings[0].place))}.0123.mp4")
    clip.write_bytes(b"her face and her voice")
    return clip


def test_no_clip_is_kept_of_somebody_who_withdrew_and_those_of_others_stay(house, amina, tmp_path):
    george = another_story(house, tmp_path)
    hers, his = kept_clip(house, house.browsing.story("amina")), kept_clip(house, house.browsing.story("george"))
    agree(house, george.people[0])
    house.withdrawing.withdraw(Stop(amina.id))
    assert not hers.exists() and his.exists()


def test_a_stop_takes_back_being_recorded_and_the_open_question_too(house, amina):
    house.consenting.put_on_file(Agreement(amina.id, (), stage=Stage.RECORD), [], Calm())
    house.renewing.ask(house.consenting.consents_of(amina.id)[0].id, Calm())
    house.withdrawing.withdraw(Stop(amina.id))
    assert [c.last_state for c in house.consenting.consents_of(amina.id)] == [ConsentState.WITHDRAWN] * 3


def test_a_stop_to_one_story_leaves_the_others(house, amina, tmp_path):
    other = another_story(house, tmp_path, "garden", "Amina Diallo")
    done = house.withdrawing.withdraw(Stop(amina.id, story_ids=(other.story.id,)))
    assert (may(house, "amina"), may(house, "garden")) == (True, False)
    assert [s.slug for s in done.stories] == ["garden"]
    assert done.consents[0].last_state is ConsentState.WITHDRAWN and done.consents[0].story_ids == {other.story.id}


def test_a_stop_to_one_use_leaves_the_other_uses_and_closes_the_wider_agreement(house, amina):
    done = house.withdrawing.withdraw(Stop(amina.id, uses=("social_media",), by="Amina Diallo"))
    assert (may(house, "amina", "social_media"), may(house, "amina", "website")) == (False, True)
    old, new = house.consenting.consents_of(amina.id)
    assert (old.last_state, new.last_state, new.supersedes_id) == (ConsentState.NARROWED, ConsentState.GIVEN, old.id)
    assert set(old.provisions) < set(new.provisions) and done.consents == (new,)
    assert (new.given_on, new.attribution) == (old.given_on, old.attribution)


def test_a_stop_to_one_use_of_one_story_leaves_everything_else(house, amina, tmp_path):
    other = another_story(house, tmp_path, "garden", "Amina Diallo")
    house.withdrawing.withdraw(Stop(amina.id, story_ids=(other.story.id,), uses=("website",)))
    assert [may(house, slug, use) for slug in ("amina", "garden") for use in ("website", "print")] == [
        True, True, False, True]


def test_a_stop_to_one_use_of_who_withdrew_opens_nothing_again(house, amina):
    house.withdrawing.withdraw(Stop(amina.id))
    for about in ({}, {"story_ids": (house.browsing.story("amina").story.id,)}):
        house.withdrawing.withdraw(Stop(amina.id, uses=("website",), **about))
        story = house.browsing.story("amina")
        assert story.badge.state is ConsentState.WITHDRAWN
        assert not house.consenting.may_process(story.story.id, Act.TRANSCRIBE).allowed


@pytest.mark.parametrize("state", [ConsentState.WITHDRAWN, ConsentState.REFUSED])
def test_a_narrower_agreement_opens_no_story_that_was_taken_back(house, amina, tmp_path, state):
    garden = another_story(house, tmp_path, "garden", "Amina Diallo").story
    if state is ConsentState.WITHDRAWN:
        house.withdrawing.withdraw(Stop(amina.id, story_ids=(garden.id,)))
    else:
        house.consenting.record(amina.id, [], Attribution.ANONYMOUS, Calm(), state=state, story_ids=[garden.id])
    house.withdrawing.withdraw(Stop(amina.id, uses=("print",)))
    assert (may(house, "amina", "website"), may(house, "garden", "website")) == (True, False)
    assert house.browsing.story("garden").badge.state is state
    assert not house.consenting.may_process(garden.id, Act.TRANSCRIBE).allowed


def test_a_stop_to_everything_is_about_every_story_though_only_one_was_agreed_to(house, tmp_path):
    one, two = another_story(house, tmp_path), another_story(house, tmp_path, "garden")
    person, yesterday = one.people[0], house.now.date() - timedelta(days=1)
    agree(house, person, story_ids=[one.story.id])
    house.withdrawing.withdraw(Stop(person.id))
    assert not house.consenting.may_process(two.story.id, Act.TRANSCRIBE).allowed
    agree(house, person, given_on=yesterday)
    assert not may(house, "garden")


def test_a_stop_to_a_use_brings_no_story_back_that_was_taken_out_the_same_day(house, tmp_path):
    one, two = another_story(house, tmp_path), another_story(house, tmp_path, "garden")
    person = agree(house, one.people[0], story_ids=[one.story.id, two.story.id])
    house.withdrawing.withdraw(Stop(person.id, story_ids=(one.story.id,)))
    house.withdrawing.withdraw(Stop(person.id, uses=("print",)))
    assert not may(house, "george") and may(house, "garden") and not may(house, "garden", "print")


def test_whoever_speaks_without_being_named_in_the_story_is_reached(house, amina, tmp_path):
    story = another_story(house, tmp_path)
    george = story.people[0]
    agree(house, george)
    left(house, tmp_path, quotes=["Q-0002"])
    house.people.place(story.story.id, [Participant(amina.id)])
    reached = house.withdrawing.withdraw(Stop(george.id))
    assert [one.slug for one in reached.stories] == ["george"]
    assert status(house, "E-0001") is ExportStatus.RECALL_OPEN


def test_what_left_on_somebodys_consent_is_called_back_though_they_are_not_named_any_more(house, amina, tmp_path):
    story = another_story(house, tmp_path)
    agree(house, story.people[0])
    house.people.place(story.story.id, [Participant(story.people[0].id), Participant(amina.id)])
    left(house, tmp_path, quotes=["Q-0002"])
    house.people.place(story.story.id, [Participant(story.people[0].id)])
    done = house.withdrawing.withdraw(Stop(amina.id))
    assert [one.slug for one in done.stories] == ["amina"]
    assert status(house, "E-0001") is ExportStatus.RECALL_OPEN


def test_what_was_withdrawn_before_there_were_cases_is_kept_where_no_older_copy_forgets_it(house, amina):
    with house.work() as work:
        (agreed,) = work.consents.of(amina.id)
        taken_back = ConsentEvent(ConsentState.WITHDRAWN, "2025-05-01T10:00:00+00:00")
        work.consents.save(replace(agreed, events=(*agreed.events, taken_back)))
        work.commit()
    assert house.withdrawing.keep_wishes() == 0 and house.withdrawing.keep_wishes() == 0
    (wish,) = house.wishes.all()
    assert (wish.person, wish.at) == (house.withdrawing.mark(amina.id), "2025-05-01T10:00:00+00:00")
    assert house.withdrawing.cases() == []
    house.withdrawing.withdraw(Stop(amina.id))
    assert house.withdrawing.keep_wishes() == 0 and len(house.wishes.all()) == 2


def test_who_never_agreed_is_on_record_with_their_no(house, tmp_path):
    story = house.a_story(tmp_path)
    done = house.withdrawing.withdraw(Stop(story.people[0].id, "never asked me", via="letter", verified="known"))
    (consent,) = house.consenting.consents_of(story.people[0].id)
    assert (consent.last_state, consent.events[0].reason) == (ConsentState.WITHDRAWN, "never asked me")
    assert (done.case.via, done.case.verified) == ("letter", "known")
    assert house.consenting.consent(consent.code) == consent == done.consents[0]


def test_a_second_stop_adds_no_event_and_a_case_of_its_own(house, amina):
    first, second = (house.withdrawing.withdraw(Stop(amina.id)) for _ in range(2))
    (consent,) = house.consenting.consents_of(amina.id)
    assert [e.state for e in consent.events] == [ConsentState.GIVEN, ConsentState.WITHDRAWN]
    assert (first.case.code, second.case.code, second.consents) == ("W-0001", "W-0002", ())


def test_the_house_and_a_community_can_say_stop_as_themselves(house, amina):
    house.withdrawing.withdraw(Stop(amina.id, role=Role.ORGANIZATION, by="Paula Privacy"))
    event = house.consenting.consents_of(amina.id)[0].events[-1]
    assert (event.role, event.by) == (Role.ORGANIZATION, "Paula Privacy")


@pytest.mark.parametrize(("about", "error"), [
    ({"story_ids": ("nowhere",)}, NotFound), ({"uses": ("teleportation",)}, Invalid),
])
def test_a_stop_that_names_what_is_not_there_stops_nothing(house, amina, about, error):
    with pytest.raises(error):
        house.withdrawing.withdraw(Stop(amina.id, **about))
    assert may(house) and house.withdrawing.cases() == [] and house.wishes.all() == []


def test_consent_case_and_ledger_change_together_or_not_at_all(house, amina, tmp_path, monkeypatch):
    export = left(house, tmp_path)

    def breaks(*_):
        raise OSError("the disk went away")

    monkeypatch.setattr("storybank.persistence.ledger.StoredLedger.set_status", breaks)
    with pytest.raises(OSError, match="went away"):
        house.withdrawing.withdraw(Stop(amina.id))
    assert may(house) and house.withdrawing.cases() == [] and house.wishes.all() == []
    assert status(house, export.code) is ExportStatus.ACTIVE


def test_what_a_stop_would_reach_is_told_before_anything_is_done(house, amina, tmp_path):
    export = left(house, tmp_path)
    told = house.withdrawing.reach(Stop(amina.id))
    assert [q.code for q in told.quotes] == ["Q-0001"] and [a.export.code for a in told.affected] == [export.code]
    assert may(house) and house.withdrawing.cases() == [] and house.wishes.all() == []
    assert status(house, export.code) is ExportStatus.ACTIVE
    assert house.withdrawing.withdraw(Stop(amina.id)).case.code == "W-0001", "no code was used up"


# ---- what it reaches --------------------------------------------------------------------------------------------


def test_only_exports_with_something_of_the_person_are_called_back(house, amina, tmp_path):
    agree(house, another_story(house, tmp_path).people[0])
    hers, his, both = (left(house, tmp_path, name, quotes=quotes) for name, quotes in
                       (("hers", ["Q-0001"]), ("his", ["Q-0002"]), ("both", ["Q-0001", "Q-0002"])))
    case = house.withdrawing.withdraw(Stop(amina.id)).case
    assert [status(house, e.code) for e in (hers, his, both)] == [
        ExportStatus.RECALL_OPEN, ExportStatus.ACTIVE, ExportStatus.RECALL_OPEN]
    assert [(t.kind, t.about) for t in case.tasks if t.kind in (REMOVE, REPLACE)] == [
        (REMOVE, hers.code), (REMOVE, both.code), (REPLACE, both.code)]


def test_a_stop_to_one_use_calls_back_what_was_made_for_that_use(house, amina, tmp_path):
    site, paper = left(house, tmp_path, "site"), left(house, tmp_path, "paper", ["print"])
    done = house.withdrawing.withdraw(Stop(amina.id, uses=("print",)))
    assert [e.code for e in done.exports] == [paper.code]
    assert (status(house, site.code), status(house, paper.code)) == (ExportStatus.ACTIVE, ExportStatus.RECALL_OPEN)


def test_a_quote_taken_out_of_the_library_is_still_called_back(house, amina, tmp_path):
    export = left(house, tmp_path)
    house.quoting.remove("Q-0001").do()
    assert [e.code for e in house.withdrawing.withdraw(Stop(amina.id)).exports] == [export.code]


def test_who_is_only_seen_while_another_speaks_reaches_that_quote(house, amina, tmp_path):
    story = house.browsing.story("amina")
    seen = house.people.add("Wanda Witness")
    house.people.place(story.story.id, [Participant(amina.id), Participant(seen.id, speaks=False, audible=False)])
    assert [q.code for q in house.withdrawing.reach(Stop(seen.id)).quotes] == ["Q-0001"]
    house.people.place(story.story.id, [Participant(amina.id), Participant(seen.id, False, False, False)])
    assert house.withdrawing.reach(Stop(seen.id)).quotes == ()


@pytest.mark.parametrize(("use", "recipient", "wanted"), [
    ("website", "", [REMOVE, DEINDEX, RECORDINGS, TELL]),
    ("social_media", "", [REMOVE, DEINDEX, RECORDINGS, TELL]),
    ("print", "", [REMOVE, NO_RECALL, RECORDINGS, TELL]),
    ("government_brief", "", [REMOVE, RECORDINGS, TELL]),
    ("government_brief", "The minister", [REMOVE, NOTIFY, RECORDINGS, TELL]),
])
def test_the_tasks_follow_where_it_went(house, amina, tmp_path, use, recipient, wanted):
    export = left(house, tmp_path, "out", [use], recipient=recipient)
    case = house.withdrawing.withdraw(Stop(amina.id)).case
    assert kinds(case) == wanted
    assert {t.about for t in case.tasks} == {export.code, ""}
    assert [t.recipient for t in case.tasks if t.kind is NOTIFY] == [recipient] * (NOTIFY in wanted)


def test_the_files_of_a_kit_that_hold_something_of_the_person_are_named(house, amina, tmp_path):
    house.exporting.make_kit(Kit("Voices", "voices"), None, ["website"], tmp_path / "kit", Calm())
    house.exporting.make_clip("Q-0001", ["website"], tmp_path / "c.mp4", Calm())
    file = house.withdrawing.file(house.withdrawing.withdraw(Stop(amina.id)).case.id)
    assert [[f.path for f in a.files] for a in file.affected] == [[], ["c.mp4"]]
    assert all(a.was_lawful for a in file.affected)


# ---- the case until it is closed ----------------------------------------------------------------------------------


def test_an_export_is_called_back_when_everything_about_it_is_done(house, amina, tmp_path):
    export = left(house, tmp_path, recipient="The minister")
    case = house.withdrawing.withdraw(Stop(amina.id)).case
    house.withdrawing.settle(case.id, 1, TaskState.DONE)
    assert status(house, export.code) is ExportStatus.RECALL_OPEN
    settle_all(house, case)
    assert status(house, export.code) is ExportStatus.RECALLED
    house.withdrawing.settle(case.id, 1, TaskState.OPEN)
    assert status(house, export.code) is ExportStatus.RECALL_OPEN


def test_what_cannot_be_done_needs_a_reason_and_shows_in_the_ledger(house, amina, tmp_path):
    export = left(house, tmp_path)
    case = house.withdrawing.withdraw(Stop(amina.id)).case
    with pytest.raises(Invalid, match="why this cannot be done"):
        house.withdrawing.settle(case.id, 1, TaskState.CANNOT, "  ")
    house.withdrawing.settle(case.id, 1, TaskState.CANNOT, "it was mirrored abroad")
    settled = settle_all(house, case, but=(REMOVE,))
    assert status(house, export.code) is ExportStatus.CANNOT_RECALL
    assert settled.tasks[0].note == "it was mirrored abroad" and settled.tasks[0].done_at


def test_what_was_printed_is_never_called_back_however_much_was_done(house, amina, tmp_path):
    export = left(house, tmp_path, uses=["print"])
    settle_all(house, house.withdrawing.withdraw(Stop(amina.id)).case, note="reprints are stopped")
    assert status(house, export.code) is ExportStatus.CANNOT_RECALL


def test_two_cases_about_one_export_must_both_be_done(house, amina, tmp_path):
    george = agree(house, another_story(house, tmp_path).people[0])
    export = left(house, tmp_path)
    hers, his = (house.withdrawing.withdraw(Stop(one.id)).case for one in (amina, george))
    settle_all(house, hers)
    assert status(house, export.code) is ExportStatus.RECALL_OPEN
    settle_all(house, his)
    assert status(house, export.code) is ExportStatus.RECALLED


@pytest.mark.parametrize("number", [0, 99])
def test_a_task_that_is_not_there_is_refused(house, amina, number):
    case = house.withdrawing.withdraw(Stop(amina.id)).case
    with pytest.raises(Invalid, match="has no task"):
        house.withdrawing.settle(case.id, number, TaskState.DONE)


def test_a_case_with_something_left_to_do_stays_open(house, amina):
    case = house.withdrawing.withdraw(Stop(amina.id)).case
    with pytest.raises(Invalid, match=r"2 things are still to be done in case W-0001"):
        house.withdrawing.close(case.id, "told her")
    settle_all(house, case)
    closed = house.withdrawing.close(case.id, " told her ")
    assert (closed.is_open, closed.outcome) == (False, "told her") and house.withdrawing.cases() == [closed]


def test_a_case_is_to_be_answered_within_thirty_days(house, amina):
    assert house.withdrawing.withdraw(Stop(amina.id)).case.deadline == date(2026, 3, 31)


def test_the_letters_are_written_about_the_case_as_it_stands(house, amina, tmp_path):
    export = left(house, tmp_path)
    case = house.withdrawing.withdraw(Stop(amina.id)).case
    (letter,) = house.withdrawing.write_letters(case.code, tmp_path / "deep" / "letters")
    assert letter.read_text() == case.code
    assert [a.export.code for a in house.papers.asked.affected] == [export.code]
    assert house.papers.asked.person.id == amina.id


def test_an_earlier_lawful_use_is_told_apart_from_the_later_stop(house, amina, tmp_path):
    left(house, tmp_path)
    case = house.withdrawing.withdraw(Stop(amina.id)).case
    house.now += timedelta(days=10)
    assert house.withdrawing.file(case.id).affected[0].was_lawful
