"""Erasing: what was decided about the recordings is carried out, and reaches nobody who did not ask for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storybank.domain.attribution import Attribution
from storybank.domain.clip import origin
from storybank.domain.commission import Brief
from storybank.domain.export import ExportStatus
from storybank.domain.query import understood
from storybank.domain.story import Participant
from storybank.domain.withdrawal import Choice, TaskKind, TaskState
from storybank.errors import Cancelled, Invalid, NotFound, Refused
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm

BRIEF = Brief("Fund link workers?", "Minister", ("Fund link workers for five years.",))


@pytest.fixture
def two(house, tmp_path):
    """Amina and George have a story each, with a quote, a poster and a waveform; both agreed to the website."""
    for name, person in (("amina", "Amina Diallo"), ("george", "George Campbell")):
        story = house.a_story(tmp_path, name, person, f"Trust is what {name} writes")
        house.quoting.pick_lines(story.recordings[0].id, 1, 1, ["bridges"]).edit.do()
        house.consenting.record(story.people[0].id, ["website"], Attribution.FULL_NAME, Calm())
        house.store.derived(f"waveforms/{story.recordings[0].id}.json").write_text("[0.5]")
    return house


def amina(house):
    return house.people.find("P-0001")


def stopped(house, choice=None, **about):
    case = house.withdrawing.withdraw(Stop(amina(house).id, **about)).case
    return house.erasing.carry_out(case.id, choice, Calm()) if choice else case


def derived(house, recording_id):
    return [p.name for p in house.store.folder.rglob(f"{recording_id}*")]


def slugs(house):
    return {card.line.slug for card in house.browsing.cards()}


def story_row(house, code="S-0001"):
    with house.work() as work:
        return next(story for story in work.stories.all() if story.code == code)


def test_no_clip_is_kept_of_a_story_that_is_put_away(two):
    clip = two.store.derived(f"clips/{origin(two.store.path(two.browsing.story('amina').recordings[0].place))}.01.mp4")
    clip.write_bytes(b"her voice")
    case = stopped(two)
    clip.write_bytes(b"her voice, kept while she withdrew")
    two.erasing.carry_out(case.id, Choice.SEAL, Calm())
    assert not clip.exists()


def test_a_sealed_story_is_neither_found_nor_shown_nor_pictured(two):
    recording = two.browsing.story("amina").recordings[0]
    assert derived(two, recording.id)
    case = stopped(two, Choice.SEAL)
    assert (slugs(two), two.searching.find(understood("trust")).stories) == ({"george"}, 1)
    with pytest.raises(Refused, match=r"S-0001 was sealed"):
        two.browsing.story("amina")
    with pytest.raises(Refused, match="sealed"):
        two.browsing.recording(recording.code)
    assert derived(two, recording.id) == [] and two.store.path(recording.place).exists()
    assert (case.choice, [t.state for t in case.tasks if t.kind is TaskKind.RECORDINGS]) == (
        Choice.SEAL, [TaskState.DONE])


def test_a_sealed_story_comes_back_with_every_word_and_no_consent(two):
    before = [line.text for line in two.browsing.story("amina").lines]
    stopped(two, Choice.SEAL)
    two.erasing.unseal(story_row(two).id)
    assert [line.text for line in two.browsing.story("amina").lines] == before
    assert two.searching.find(understood("trust")).stories == 2
    assert two.exporting.select(None, ["website"]).cleared[0].quote.code == "Q-0002"


def test_made_anonymous_there_are_words_and_no_person(two):
    two.people.save(replace(amina(two), role="Link worker", organization="Riverside", province="ON"))
    with two.work() as work:
        work.stories.save(replace(work.stories.get(story_row(two).id), title="Amina at Riverside", place="Truro"))
        work.commit()
    recording = two.browsing.story("amina").recordings[0]
    stopped(two, Choice.ANONYMISE)
    person, story = amina(two), story_row(two)
    assert (person.name, person.role, person.organization, person.province) == ("P-0001", "", "", "")
    assert (story.title, story.slug, story.place) == ("S-0001", "s-0001", "")
    view = two.browsing.story("S-0001")
    assert [r.original_name for r in view.recordings] == ["R-0001.mp4"] and len(view.lines) == 2
    assert derived(two, recording.id) == []
    (whole,) = two.people.restrictions([recording.id])
    assert (whole.start_ms, whole.end_ms, whole.silences, whole.hides) == (0, 60_000, True, True)


def test_one_story_made_anonymous_leaves_the_person_their_name_in_the_others(two):
    stopped(two, Choice.ANONYMISE, story_ids=(story_row(two).id,))
    assert amina(two).name == "Amina Diallo" and story_row(two).title == "S-0001"


def test_made_anonymous_nothing_of_it_goes_out_even_after_a_new_yes(two):
    stopped(two, Choice.ANONYMISE)
    two.consenting.record(amina(two).id, ["website"], Attribution.FULL, Calm())
    (left_out,) = two.exporting.select(["Q-0001"], ["website"]).left_out
    assert "restricted" in str(left_out.reasons[0])


def test_an_erased_story_leaves_its_code_its_day_and_the_proof(two):
    recording = two.browsing.story("amina").recordings[0]
    case = stopped(two, Choice.ERASE)
    story = story_row(two)
    assert (story.title, story.place, story.erased_on) == ("S-0001", "", "2026-03-01")
    assert not two.store.path(recording.place).exists() and derived(two, recording.id) == []
    with pytest.raises(Refused, match="was erased on 1 March 2026"):
        two.browsing.story("S-0001")
    with pytest.raises(NotFound):
        two.quoting.get("Q-0001")
    assert two.searching.find(understood("trust")).stories == 1
    assert [c.last_state for c in two.consenting.consents_of(amina(two).id)] == ["withdrawn"]
    assert case.choice is Choice.ERASE and two.withdrawing.file(case.id).quotes == ()


def test_erasing_reaches_nobody_else(two):
    george = two.browsing.story("george")
    stopped(two, Choice.ERASE)
    after = two.browsing.story("george")
    assert [line.text for line in after.lines] == [line.text for line in george.lines]
    assert after.people == george.people and after.files[0].exists() and derived(two, after.recordings[0].id)
    assert two.exporting.select(None, ["website"]).cleared[0].quote.code == "Q-0002"


def test_who_is_also_in_another_story_is_reached_there_too(two):
    """The story goes for everybody who is in it; whoever else is in it keeps their own."""
    shared = two.browsing.story("george")
    two.people.place(shared.story.id, [Participant(shared.people[0].id), Participant(amina(two).id)])
    stopped(two, Choice.ERASE, story_ids=(shared.story.id,))
    assert slugs(two) == {"amina"} and two.browsing.story("amina").quotes
    assert two.people.find("George Campbell").stakeholder == "link_worker"


def test_a_stop_to_one_story_erases_that_story_and_leaves_the_person_s_details(two):
    two.people.save(replace(amina(two), organization="Riverside"))
    stopped(two, Choice.ERASE, story_ids=(story_row(two).id,))
    assert amina(two).organization == "Riverside" and story_row(two).erased_on


def test_a_stop_to_everything_leaves_of_the_person_who_it_was(two):
    two.people.save(replace(amina(two), organization="Riverside", role="Link worker"))
    stopped(two, Choice.ERASE)
    assert (amina(two).name, amina(two).organization, amina(two).role) == ("Amina Diallo", "", "")


def test_nothing_is_decided_until_somebody_chose(two):
    case = stopped(two)
    with pytest.raises(Invalid, match="Choose what becomes of the recordings"):
        two.erasing.carry_out(case.id, Choice.UNDECIDED, Calm())
    with pytest.raises(NotFound):
        two.erasing.carry_out("W-0099", Choice.ERASE, Calm())
    assert slugs(two) == {"amina", "george"}


def test_who_stops_before_it_begins_erases_nothing(two):
    class Stopped(Calm):
        def check(self):
            raise Cancelled("Stopped on request.")

    case = stopped(two)
    with pytest.raises(Cancelled):
        two.erasing.carry_out(case.id, Choice.ERASE, Stopped())
    assert two.browsing.story("amina").lines and two.withdrawing.file(case.id).case.choice is Choice.UNDECIDED


def test_sealed_first_and_erased_later_is_erased(two):
    case = stopped(two, Choice.SEAL)
    two.erasing.carry_out(case.id, Choice.ERASE, Calm())
    assert story_row(two).erased_on and not story_row(two).sealed_on
    two.erasing.unseal(story_row(two).id)
    assert story_row(two).erased_on, "nothing brings it back"


def test_what_was_decided_is_kept_outside_the_database(two):
    stopped(two)
    assert [wish.erase for wish in two.wishes.all()] == [False]
    case = two.withdrawing.cases()[0]
    two.erasing.carry_out(case.id, Choice.ERASE, Calm())
    assert any(wish.erase and wish.files for wish in two.wishes.all())
    assert "Amina" not in "".join(f.read_text() for f in two.store.folder.parent.rglob("*wishes*") if f.is_file())


def test_a_file_that_was_erased_is_known_when_it_comes_again(two):
    sha256 = two.browsing.story("amina").recordings[0].sha256
    other = two.browsing.story("george").recordings[0].sha256
    stopped(two, Choice.ERASE)
    assert two.withdrawing.was_erased(sha256) and not two.withdrawing.was_erased(other)


def test_erasing_that_was_cut_off_is_finished_when_the_library_is_next_opened(two, monkeypatch):
    case = stopped(two)
    monkeypatch.setattr(two.erasing, "_note", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        two.erasing.carry_out(case.id, Choice.ERASE, Calm())
    monkeypatch.undo()
    assert two.withdrawing.cases()[0].choice is Choice.UNDECIDED
    two.erasing.keep_wishes(Calm())
    assert two.withdrawing.cases()[0].choice is Choice.ERASE and story_row(two).erased_on


def test_the_letters_of_an_erased_story_still_name_what_left(two, tmp_path):
    export = two.exporting.make_brief(BRIEF, ["Q-0001"], ["website"], tmp_path / "b.docx", Calm())
    case = stopped(two, Choice.ERASE)
    two.withdrawing.write_letters(case.id, tmp_path / "letters")
    assert [a.export.code for a in two.papers.asked.affected] == [export.code]
    assert two.exporting.exports()[0].stored_status is ExportStatus.RECALL_OPEN


def test_the_case_names_who_else_is_in_the_recordings(house, tmp_path):
    story = house.a_story(tmp_path).story
    amina, other = house.people.find("Amina Diallo"), house.people.add("Zed Fictional")
    house.collecting.name_people(story.id, [amina.id, other.id])
    reached = house.withdrawing.withdraw(Stop(amina.id))
    assert [person.name for person in house.withdrawing.file(reached.case.id).others] == ["Zed Fictional"]


@pytest.mark.parametrize("choice", [Choice.SEAL, Choice.ANONYMISE])
def test_an_older_copy_is_sealed_or_made_nameless_again(house, tmp_path, choice):
    story = house.a_story(tmp_path).story
    amina = house.people.find("Amina Diallo")
    case = house.withdrawing.withdraw(Stop(amina.id)).case
    house.erasing.carry_out(case.id, choice, Calm())
    kept = house.wishes.all()
    with house.work() as work:  # as an older copy has it: the case is not known, and nothing was done
        work.eraser.show_story(story.id)
        work.contributors.save(amina)
        work.cases.save(replace(case, received_at="2020-01-01T00:00:00+00:00"))
        work.commit()
    house.erasing.keep_wishes(Calm())
    with house.work() as work:
        again = work.stories.get(story.id)
        person = work.contributors.get(amina.id)
    assert bool(again.sealed_on) == (choice is Choice.SEAL)
    assert (person.name == amina.code) == (choice is Choice.ANONYMISE)
    assert set(kept) <= set(house.wishes.all())
