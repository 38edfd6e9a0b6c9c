"""Names that the workbench keeps go too: of voices, of files that were brought in, and in the queue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exports.transcripts.formats import TranscriptFormats
from storybank.domain.withdrawal import Choice
from storybank.errors import Damaged
from storybank.persistence.tables import queue, transcript_runs, voices
from storybank.services.carrying import Carrying
from storybank.services.queueing import Queueing
from storybank.services.withdrawing import Stop
from tests.services.conftest import LISTENING, Calm

VTT = "WEBVTT\n\n00:00.000 --> 00:02.800\n<v Amina Diallo>Trust is the first prescription we write\n"


@pytest.fixture
def named(house, tmp_path):
    """A story whose transcript was brought in from a file with a name in it, and that waits to be heard again."""
    recording = house.a_story(tmp_path).recordings[0]
    carrying = Carrying(house.work, TranscriptFormats(), house.exporting.transcript, house.clock, lambda: "Jo")
    (tmp_path / "Amina Diallo.vtt").write_text(VTT)
    carrying.bring_in(recording.id, tmp_path / "Amina Diallo.vtt", Calm())
    house.jobs = Queueing(house.work, house.transcribing, house.clock, house.hub.publish)
    (entry,) = house.jobs.add([recording.id], LISTENING, again=True).entries
    with house.work() as work:
        work.queue.save(entry.failed("Amina Diallo.mp4 is damaged.", ""))
        work.commit()
    return house


def kept(house):
    with house.work() as work:
        rows = [row for table in (voices, transcript_runs, queue) for row in work._transaction.rows(table.select())]
    return " ".join(map(str, rows))


@pytest.mark.parametrize("choice", [Choice.ANONYMISE, Choice.ERASE])
def test_no_voice_file_or_queue_names_somebody_who_is_to_be_nameless(named, choice):
    assert kept(named).count("Amina Diallo") == 3
    case = named.withdrawing.withdraw(Stop(named.people.find("Amina Diallo").id)).case
    named.erasing.carry_out(case.id, choice, Calm())
    assert "Amina" not in kept(named)


def test_a_story_that_is_sealed_leaves_the_queue(named):
    case = named.withdrawing.withdraw(Stop(named.people.find("Amina Diallo").id)).case
    named.erasing.carry_out(case.id, Choice.SEAL, Calm())
    assert named.jobs.entries() == []


def test_what_goes_wrong_leaves_an_entry_in_the_place_it_was_moved_to(named, tmp_path):
    named.a_story(tmp_path, "george", "George Campbell")
    recording = named.browsing.story("george").recordings[0]
    (entry,) = named.jobs.add([recording.id], LISTENING, again=True).entries

    def moves_and_dies(*_about):
        with named.work() as work:
            work.queue.save(replace(work.queue.get(entry.id), position=0.5))
            work.commit()
        raise Damaged("It is damaged.")
        yield

    named.engine.listen = moves_and_dies
    named.jobs.work(Calm())
    assert named.jobs.entries()[0].entry.id == entry.id
