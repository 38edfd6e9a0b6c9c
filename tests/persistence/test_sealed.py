"""What was put away stays away: out of search and lists, and out of the door it came in by."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from storybank.domain.change import ChangeKind
from storybank.domain.query import understood
from storybank.domain.transcript import RunState
from storybank.domain.withdrawal import Choice
from storybank.errors import NotFound, Refused
from storybank.persistence.indexing import reindex
from tests.persistence.agreed import agreed, stop
from tests.services.conftest import Calm, StandInMedia, a_chunk
from ui.wiring import open_app


@pytest.fixture
def house(tmp_path, monkeypatch):
    monkeypatch.setenv("STORYBANK_HOME", str(tmp_path / "home"))
    made = agreed(tmp_path)
    yield made
    made.library.close()


def test_a_file_that_was_erased_does_not_come_in_again(house, tmp_path, monkeypatch):
    house.erasing.carry_out(stop(house), Choice.ERASE, Calm())
    house.library.close()
    app = open_app(house.library.folder)
    monkeypatch.setattr(app, "media", StandInMedia())
    again = shutil.copy(tmp_path / "amina.mp4", tmp_path / "renamed.mp4")
    (outcome,) = app.collecting.bring_in([again], Calm()).outcomes
    assert (outcome.became, str(outcome.reason)) == (
        "refused", "This recording was erased from the library, as somebody in it asked.",
    )  # fmt: skip
    assert len([path for path in (app.folder / "media").rglob("*") if path.is_file()]) == 1
    other = tmp_path / "other.mp4"
    other.write_bytes(b"good and new")
    assert app.collecting.bring_in([other], Calm()).outcomes[0].became == "added"
    app.close()


def found(app):
    return [one.story_slug for one in app.searching.find(understood("philharmonic")).hits]


def test_a_sealed_story_is_neither_found_nor_listed_until_it_is_unsealed(house):
    story = house.browsing.story("amina").story.id
    house.erasing.carry_out(stop(house), Choice.SEAL, Calm())
    assert found(house) == ["george"]
    assert [card.line.slug for card in house.browsing.cards()] == ["george"]
    with pytest.raises(Refused, match="sealed on 1 March 2026"):
        house.browsing.story("amina")
    house.erasing.unseal(story)
    assert sorted(found(house)) == ["amina", "george"]
    assert len(house.browsing.story("amina").quotes) == 1


def test_nothing_that_is_done_to_a_sealed_story_brings_it_back_into_search(house):
    view = house.browsing.story("amina")
    house.erasing.carry_out(stop(house), Choice.SEAL, Calm())
    with house.work() as work:
        work.transcripts.revise(view.runs[0].id, [view.lines[1].reworded("Philharmonic again")], "Jo",
                                ChangeKind.REWORDED)
        work.quotes.save(view.quotes[0])
        work.transcripts.save_run(view.runs[0])
        work.commit()
    assert found(house) == ["george"]


def test_building_the_index_anew_keeps_a_sealed_story_out(house):
    house.erasing.carry_out(stop(house), Choice.SEAL, Calm())
    with house.library.engine.begin() as connection:
        reindex(connection)
    assert found(house) == ["george"]


def test_an_erased_story_cannot_be_unsealed(house):
    story = house.browsing.story("amina").story.id
    house.erasing.carry_out(stop(house), Choice.ERASE, Calm())
    house.erasing.unseal(story)
    assert found(house) == ["george"]
    with pytest.raises((Refused, NotFound)):
        house.browsing.story(story)


def test_made_anonymous_leaves_no_name_in_titles_files_and_pictures(house):
    view = house.browsing.story("amina")
    recording = view.recordings[0].id
    assert house.store.derived(f"posters/{recording}.jpg").exists()
    house.erasing.carry_out(stop(house), Choice.ANONYMISE, Calm())
    kept = house.browsing.story(view.story.id)
    assert (kept.story.title, kept.recordings[0].original_name) == (kept.story.code, f"{kept.recordings[0].code}.mp4")
    assert kept.people[0].name == kept.people[0].code
    assert not house.store.derived(f"posters/{recording}.jpg").exists()


def test_an_engine_that_still_listens_brings_nothing_of_an_erased_story_back(house):
    view = house.browsing.story("amina")
    with house.work() as work:
        run = replace(view.runs[0], id="late", state=RunState.RUNNING)
        work.transcripts.save_run(run)
        work.commit()
    house.erasing.carry_out(stop(house), Choice.ERASE, Calm())
    for late in (lambda work: work.transcripts.journal(run.id, a_chunk(0, 0, "Said too late.")),
                 lambda work: work.transcripts.save_run(replace(run, state=RunState.DONE))):  # fmt: skip
        with house.work() as work, pytest.raises(NotFound):
            late(work)
