"""What is erased is gone: from every file of the library, and from every page of its database as it lies.

Words that nobody says are planted wherever words can lie. They are looked for in the bytes of every file and in the
decrypted pages of the database, its log and its copies, not in what SQLite is willing to show of them.
"""

from __future__ import annotations

import random
import shutil

import pytest

from storybank.domain.query import understood
from storybank.domain.withdrawal import Choice
from storybank.errors import Refused
from storybank.persistence.copies import run_outside
from storybank.persistence.erasure import LibraryErasure
from storybank.persistence.library import open_library
from storybank.persistence.store import FolderStore
from storybank.services.erasing import Erasing
from storybank.services.withdrawing import Stop
from tests.persistence.planting import Garden, found_in, plant, say_more
from tests.persistence.shelf import noon
from tests.services.conftest import Calm, House

EVERYWHERE = {
    "voice", "author", "change", "problem", "hint",
    "role", "organisation", "citation", "file name", "recording", "title", "place", "transcript", "long line",
    "engine's own text", "first transcript", "options", "correction", "quote", "restriction", "poster", "loudness",
    "broken import", "latest correction",
}  # fmt: skip


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Furnish a library once, and return its folder, what was planted in it, and the story it was planted in."""
    folder, garden = tmp_path_factory.mktemp("planted"), Garden()
    house = House(folder / "library")
    story = plant(house, garden, folder)
    house.library.close()
    return folder / "library", garden, story


@pytest.fixture
def garden(planted):
    return planted[1]


@pytest.fixture
def story(planted):
    return planted[2]


@pytest.fixture
def house(planted, tmp_path):
    """Return the services around a copy of that library."""
    made = House(shutil.copytree(planted[0], tmp_path / "house" / "library"))
    yield made
    made.library.close()


def withdrawn(house, person="amina"):
    return house.withdrawing.withdraw(Stop(person, by="Amina Diallo")).case.id


def erase(house, planted):
    say_more(house, *planted[1:])
    house.erasing.carry_out(withdrawn(house), Choice.ERASE, Calm())


def places(found):
    return set().union(*found.values()) if found else set()


def test_the_search_finds_what_was_planted_wherever_it_lies(house, garden, planted):
    say_more(house, garden, planted[2])
    found = found_in(house.library.folder, garden)
    assert places(found) == EVERYWHERE
    for name in ("before-schema-3-20260101-000000.db", "by-hand/library.db", "copy.db.part"):
        assert {"transcript", "correction", "quote", "role"} <= found[f"backups/{name}"]
    assert {"transcript", "correction", "quote"} <= found["library.db"]
    assert found["library.db-wal"] >= {"latest correction"}


def test_no_word_of_an_erased_story_lies_anywhere(house, garden, story, planted, tmp_path):
    erase(house, planted)
    assert found_in(tmp_path / "house", garden) == {}
    house.library.close()
    assert found_in(tmp_path / "house", garden) == {}
    with open_library(house.library.folder, now=house.clock) as again:
        assert again.check() == []
        assert found_in(tmp_path / "house", garden) == {}
    assert not list((house.library.folder / "derived").rglob(f"*{story.recordings[0].id}*"))


def test_what_is_left_is_the_proof_that_it_was_there_and_was_asked_to_go(house, story, planted):
    erase(house, planted)
    with house.work() as work:
        kept = work.stories.get(story.story.id)
        assert (kept.title, kept.place, kept.erased_on) == (kept.code, "", "2026-03-01")
        assert work.contributors.get("amina").name == "Amina Diallo"
        assert [str(consent.last_state) for consent in work.consents.of("amina")] == ["withdrawn"]
        assert work.consents.receipts_of(work.consents.of("amina")[0].id)
        assert "StoryErased" in [line.event for line in work.history(story.story.id)]
        assert work.cases.all()[0].choice is Choice.ERASE
    with pytest.raises(Refused, match="erased on 1 March 2026"):
        house.browsing.story(story.story.id)


def test_nothing_of_anybody_else_goes_along(house, planted):
    before = everything_of(house, "bea")
    erase(house, planted)
    assert everything_of(house, "bea") == before
    assert house.searching.find(understood("garden")).stories == 2
    (copy,) = (path for path in (house.library.folder / "backups").rglob("*") if path.is_file())
    assert copy.name.startswith("after-erasure-")


def everything_of(house, name):
    with house.work() as work:
        story = work.stories.find(name)
        (recording,) = work.recordings.of_story(story.id)
        poster = house.store.derived(f"posters/{recording.id}.jpg")
        return (story, recording, work.transcripts.lines(recording.id), work.quotes.of_story(story.id),
                work.index.search(understood("garden"), [story.id], 500),
                house.store.path(recording.place).read_bytes(), poster.read_bytes())


# ---- controls: the same erasure with something left out finds them -------------------------------------------------


class Careless(LibraryErasure):
    """Removes the files, and leaves the database as the deletions left it."""

    def forget(self, gone, kept, recording_ids):
        self._store.drop(gone)
        self._store.tidy(kept)
        self._store.tidy_derived(recording_ids)


class ForgetsTheLog(LibraryErasure):
    """Writes the database anew, and leaves the log that it was written through, and the older copies."""

    def _write_anew(self, connection):
        run_outside(self._library.engine, "VACUUM")

    def _replace_copies(self):
        pass


def with_erasure(house, kind):
    erasure = kind(house.library, house.store, house.clock)
    house.erasing = Erasing(house.work, house.withdrawing, house.wishes, erasure, house.clock)


def test_without_overwriting_the_words_lie_in_free_pages_and_in_the_index(house, garden, planted):
    with_erasure(house, Careless)
    run_outside(house.library.engine, "PRAGMA secure_delete=0")
    run_outside(house.library.engine, "INSERT INTO passages_fts(passages_fts, rank) VALUES('secure-delete', 0)")
    erase(house, planted)
    found = found_in(house.library.folder, garden)
    assert {"transcript", "correction", "quote", "restriction"} <= found["library.db"] | found["library.db-wal"]
    house.library.close()
    assert {"transcript", "correction", "quote"} <= found_in(house.library.folder, garden)["library.db"]


def lying_about(library, garden):
    """Return the places whose words lie in an open library's database."""
    run_outside(library.engine, "PRAGMA wal_checkpoint(TRUNCATE)")
    return found_in(library.folder, garden).get("library.db", set())


def test_rows_that_moved_leave_parts_behind_until_the_file_is_written_anew(library):
    """Overwriting rows as they go is not enough: a page that is filled anew keeps old bytes in its gaps."""
    garden, seed = Garden(), random.Random(1)
    with library.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE said (id TEXT PRIMARY KEY, text TEXT)")
        for number in range(3000):
            key, grows = f"{seed.getrandbits(128):032x}", seed.choice((1, 3, 10, 60))
            kind, text = ("gone", garden.word("said")) if number % 2 else ("kept", "We sing.")
            connection.exec_driver_sql("INSERT INTO said VALUES (?, ?)", (f"{key}{kind}", text))
            connection.exec_driver_sql("UPDATE said SET text = text || ? WHERE id = ?", (text * grows, f"{key}{kind}"))
    assert lying_about(library, garden)
    with library.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM said WHERE id LIKE '%gone'")
    assert lying_about(library, garden) == {"said"}
    LibraryErasure(library, FolderStore(library.folder), noon).forget([], [], [])
    assert lying_about(library, garden) == set()


def test_the_index_keeps_words_as_signposts_until_it_is_built_anew(shelf):
    """Forms of one word that lie beside each other are told apart by nearly all of it, and that stays."""
    garden, library = Garden(), shelf.library
    words = [garden.word("index") for _ in range(400)]
    shelf.story(*(" ".join(word + ending for ending in "abcdefghij") for word in words), language="xx")
    shelf.story(*(f"{word[:2]}kept" for word in words), slug="george", language="xx")
    run_outside(library.engine, "INSERT INTO passages_fts(passages_fts) VALUES('optimize')")
    with shelf.work() as work:
        work.eraser.erase_story("s-amina")
        work.commit()
    run_outside(library.engine, "VACUUM")
    assert lying_about(library, garden) == {"index"}
    LibraryErasure(library, FolderStore(library.folder), noon).forget([], [], [])
    assert lying_about(library, garden) == set()
    assert library.check() == []


def test_a_log_that_is_not_emptied_and_copies_that_are_kept_hold_words(house, garden, planted):
    with_erasure(house, ForgetsTheLog)
    erase(house, planted)
    found = found_in(house.library.folder, garden)
    assert "latest correction" in found["library.db-wal"]
    assert found["backups/before-schema-3-20260101-000000.db"]
