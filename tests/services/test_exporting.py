"""Exporting: only what people agreed to, everything in the ledger, and asked again at the last moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storybank.domain.attribution import Attribution
from storybank.domain.commission import Brief, Kit
from storybank.domain.query import understood
from storybank.domain.restriction import Treatment
from storybank.domain.withdrawal import Choice
from storybank.errors import Damaged, Refused, Unavailable
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm

BRIEF = Brief("Fund link workers?", "Minister", ("Fund link workers for five years.",))


@pytest.fixture
def two(house, tmp_path):
    """Two stories, a quote each; Amina agreed to the website, George to nothing yet."""
    for name, person in (("amina", "Amina Diallo"), ("george", "George Campbell")):
        story = house.a_story(tmp_path, name, person, f"Trust is what {name} writes")
        house.quoting.pick_lines(story.recordings[0].id, 1, 1, ["bridges"]).edit.do()
    amina = house.people.find("Amina Diallo")
    house.consenting.record(amina.id, ["website"], Attribution.FULL_NAME, Calm())
    return house


def test_only_cleared_quotes_reach_the_writer_and_the_rest_is_listed(two, tmp_path):
    made = two.exporting.make_brief(BRIEF, None, ["website"], tmp_path / "b.docx", Calm())
    assert (tmp_path / "b.docx").read_text() == "Trust is what amina writes"
    assert [(code, [str(reason) for reason in reasons]) for code, reasons in made.left_out] == [
        ("Q-0002", ["There is no consent on file for George Campbell."])
    ]
    assert [one.quote.code for one in two.writer.orders[0].left_out] == ["Q-0002"]


def test_the_ledger_knows_what_left_under_which_consent(two, tmp_path):
    two.exporting.make_kit(Kit("Voices", "voices"), None, ["website"], tmp_path / "kit", Calm())
    export = two.exporting.exports()[0]
    item = export.items[0]
    assert (export.kind, export.uses) == ("kit", ("website",))
    assert (item.quote_code, item.consents, item.attribution) == ("Q-0001", ("C-0001",), "full_name")


def test_nothing_cleared_means_nothing_made(two, tmp_path):
    with pytest.raises(Refused, match="No quote is cleared"):
        two.exporting.make_brief(BRIEF, None, ["print"], tmp_path / "b.docx", Calm())
    assert not (tmp_path / "b.docx").exists()
    assert two.exporting.ledger() == []


def test_consent_that_changes_while_an_export_is_made_removes_it_again(two, tmp_path):
    amina = two.people.find("Amina Diallo")
    two.writer.meanwhile = lambda: two.withdrawing.withdraw(Stop(amina.id))
    with pytest.raises(Refused, match="Consent changed"):
        two.exporting.make_brief(BRIEF, None, ["website"], tmp_path / "b.docx", Calm())
    assert not (tmp_path / "b.docx").exists()
    assert two.exporting.ledger() == []


def test_what_was_erased_while_an_export_is_made_is_removed_from_the_folder_too(two, tmp_path):
    amina = two.people.find("Amina Diallo")

    def erase():
        case = two.withdrawing.withdraw(Stop(amina.id)).case
        two.erasing.carry_out(case.id, Choice.ERASE, Calm())

    two.writer.meanwhile = erase
    with pytest.raises(Refused, match="Consent changed"):
        two.exporting.make_brief(BRIEF, None, ["website"], tmp_path / "b.docx", Calm())
    assert not (tmp_path / "b.docx").exists()
    assert two.exporting.ledger() == []


def test_an_export_that_is_made_over_midnight_is_asked_about_the_day_it_is_done(two, tmp_path):
    amina = two.people.find("Amina Diallo")
    two.consenting.record(amina.id, ["website"], Attribution.FULL_NAME, Calm(), until=two.now.date())

    def wait_for_tomorrow():
        two.now += timedelta(days=1)

    two.writer.meanwhile = wait_for_tomorrow
    with pytest.raises(Refused, match="Consent changed"):
        two.exporting.make_brief(BRIEF, None, ["website"], tmp_path / "b.docx", Calm())
    assert not (tmp_path / "b.docx").exists()


def test_a_consent_that_is_shortened_while_an_export_is_made_stops_what_promises_more(two, tmp_path):
    amina = two.people.find("Amina Diallo")
    until = two.now.date() + timedelta(days=30)
    two.writer.meanwhile = lambda: two.consenting.record(
        amina.id, ["website"], Attribution.FULL_NAME, Calm(), until=until)
    with pytest.raises(Refused, match="Consent changed"):
        two.exporting.make_brief(BRIEF, None, ["website"], tmp_path / "b.docx", Calm())


def test_a_clip_of_a_quote_that_is_not_cleared_is_refused_with_the_reason(two, tmp_path):
    with pytest.raises(Refused, match="George Campbell"):
        two.exporting.make_clip("Q-0002", ["website"], tmp_path / "c.mp4", Calm())
    assert not (tmp_path / "c.mp4").exists()


def test_a_clip_of_a_recording_that_was_moved_says_where_it_was(two, tmp_path):
    file = two.browsing.story("amina").files[0]
    file.unlink()
    with pytest.raises(Unavailable, match=r"not where it was: .*Its transcript and quotes are safe") as gone:
        two.exporting.make_clip("Q-0001", ["website"], tmp_path / "c.mp4", Calm())
    assert str(file) in str(gone.value.message)
    assert "Find it…" in str(gone.value.hint)
    assert two.exporting.ledger() == []


def test_nothing_is_cut_from_another_file_that_took_a_recordings_place(two, tmp_path):
    file = two.browsing.story("amina").files[0]
    file.write_bytes(bytes(reversed(file.read_bytes())))
    with pytest.raises(Damaged, match="has changed since it came in"):
        two.exporting.make_clip("Q-0001", ["website"], tmp_path / "c.mp4", Calm())
    assert two.exporting.ledger() == [] and not (tmp_path / "c.mp4").exists()


def test_a_clip_shows_no_face_where_only_the_role_may_be_told(two, tmp_path):
    george = two.people.find("George Campbell")
    two.consenting.record(george.id, ["website"], Attribution.ROLE_ONLY, Calm())
    story = two.browsing.story("george")
    two.quoting.pick_lines(story.recordings[0].id, 2, 2).edit.do()
    two.exporting.make_clip("Q-0003", ["website"], tmp_path / "c.mp4", Calm())
    assert (tmp_path / "c.mp4").read_text().endswith("False")


def test_no_clip_is_cut_of_a_voice_that_says_the_name_it_may_not_tell(two, tmp_path):
    george = two.people.find("George Campbell")
    two.consenting.record(george.id, ["website"], Attribution.ROLE_ONLY, Calm())
    with pytest.raises(Refused, match="says a name"):
        two.exporting.make_clip("Q-0002", ["website"], tmp_path / "c.mp4", Calm())
    assert not (tmp_path / "c.mp4").exists()


def test_an_anonymous_voice_is_not_cut(two, tmp_path):
    george = two.people.find("George Campbell")
    two.consenting.record(george.id, ["website"], Attribution.ANONYMOUS, Calm())
    with pytest.raises(Refused, match="anonymous"):
        two.exporting.make_clip("Q-0002", ["website"], tmp_path / "c.mp4", Calm())


def test_search_says_what_may_be_used_and_can_ask_for_it(two):
    everything = two.searching.find(understood("trust"))
    assert sorted(found.usable for found in everything.hits) == [(), ("website",)]
    assert everything.stories == 2
    usable = two.searching.find(understood("trust", usable_for="website"))
    assert [found.story_slug for found in usable.hits] == ["amina"]


def test_a_transcript_of_somebody_who_said_stop_is_not_written_to_a_file(two):
    george = two.people.find("George Campbell")
    story = two.browsing.story("george").story
    assert [line.text for line in two.exporting.transcript(story.id)][1] == "We started with a walking group."
    two.withdrawing.withdraw(Stop(george.id))
    with pytest.raises(Refused, match="withdrew"):
        two.exporting.transcript(story.id)


def test_a_transcript_is_written_without_restricted_words(two):
    recording = two.browsing.story("george").recordings[0]
    line = two.browsing.story("george").lines[1]
    two.people.restrict(recording.id, line.words[0].start_ms, line.words[2].end_ms, Treatment.REDACT)
    written = two.exporting.transcript(recording.story_id)[1]
    assert written.text == "[…] a walking group."
    assert next(word.text for word in written.words) == "[…]"
