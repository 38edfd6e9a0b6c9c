"""A real library on disk; sound and pictures are played by stand-ins, which the rooms below test for real."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from storybank.domain.recording import AudioFacts, MediaFacts, VideoFacts
from storybank.domain.speech import Listening, SpeechModel
from storybank.domain.transcript import Chunk, Segment
from storybank.errors import Invalid
from storybank.jobs.hub import Hub
from storybank.persistence.erasure import LibraryErasure
from storybank.persistence.library import create_library, open_library
from storybank.persistence.store import FolderStore
from storybank.persistence.wishes import FileWishes
from storybank.persistence.work import SqlWork
from storybank.services.browsing import Browsing
from storybank.services.building import Building
from storybank.services.collecting import Collecting
from storybank.services.consenting import Consenting
from storybank.services.correcting import Correcting
from storybank.services.erasing import Erasing
from storybank.services.exporting import Exporting
from storybank.services.forms import Forms
from storybank.services.people import People
from storybank.services.proving import Proving
from storybank.services.quoting import Quoting
from storybank.services.renewing import Renewing
from storybank.services.searching import Searching
from storybank.services.transcribing import Transcribing
from storybank.services.voicing import Voicing
from storybank.services.withdrawing import Withdrawing
from storybank.words import say
from tests.build import some_words

LISTENING = Listening()


class Calm:
    """A ticket nobody stops."""

    def report(self, fraction, note=""):
        """Say nothing."""

    def check(self):
        """Go on."""


class StandInMedia:
    """Takes every file whose bytes begin with `good` for a minute of video."""

    def probe(self, file):
        if not file.read_bytes().startswith(b"good"):
            raise Invalid(say("This is not a video or sound file."))
        return MediaFacts("mp4", 60_000, VideoFacts("h264", 1280, 720, 25.0), AudioFacts("aac", 2, 48_000))

    def poster(self, file, facts, to):
        to.write_bytes(b"poster")

    def clip(self, file, cut, to, ticket):
        to.write_bytes(f"clip {cut.start_ms}-{cut.end_ms} {cut.picture}".encode())


@dataclass
class ScriptedEngine:
    """Hears the chunks it was told to; `stop_after` makes it die after so many."""

    chunks: list[Chunk] = field(default_factory=list)
    stop_after: int | None = None
    engine: str = "scripted"
    version: str = "1"
    asked: list = field(default_factory=list)
    how: list = field(default_factory=list)

    def listen(self, recording, model, how, span, first_index):
        self.asked.append((span.start_ms, first_index, how.language))
        self.how.append(how)
        for done, chunk in enumerate(c for c in self.chunks if c.index >= first_index):
            if done == self.stop_after:
                raise OSError("the process died")
            yield from chunk.segments
            yield chunk


class OneModel:
    def find(self, name=None):
        return SpeechModel(name or "small", "scripted", Path("nowhere"), 1)

    def all(self):
        return [self.find()]


class StandInWriter:
    """Writes down the order it was given, so a test can look at what would have left."""

    def __init__(self):
        self.orders = []
        self.meanwhile = lambda: None

    def told_in(self, brief, order):
        return order

    def write(self, what, order, to, *rest):
        self.orders.append(order)
        to.write_text("\n".join(p.cleared.quote.text for p in order.passages))
        self.meanwhile()
        return "00", ()


class StandInPapers:
    """Writes down which letters were asked for."""

    def letters(self, file, on, folder):
        self.asked = file
        letter = folder / f"{file.case.code}_letter.docx"
        letter.write_text(file.case.code)
        return [letter]


class House:
    """All the services around one library, on a day the test chooses."""

    def __init__(self, folder):
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
        self.hub = Hub()
        made = (folder / "library.db").exists()
        self.library = open_library(folder, now=self.clock) if made else create_library(folder, "Test", now=self.clock)
        self.work = partial(SqlWork, self.library, self.hub.publish, self.clock)
        self.store = FolderStore(self.library.folder)
        self.engine = ScriptedEngine()
        self.writer = StandInWriter()
        media = StandInMedia()
        self.collecting = Collecting(self.work, media, self.store, self.clock)
        self.consenting = Consenting(self.work, self.store, self.clock)
        self.correcting = Correcting(self.work, lambda: "Jo")
        self.voicing = Voicing(self.work, self.correcting)
        self.quoting = Quoting(self.work, lambda: "Robin")
        self.searching = Searching(self.work, lambda: self.now.date())
        self.browsing = Browsing(self.work, self.store, lambda: self.now.date())
        self.transcribing = Transcribing(self.work, (self.engine,), OneModel(), in_process, self.store, self.clock,
                                         self.hub.publish, self.correcting)
        self.people = People(self.work)
        self.forms = Forms(self.work)
        self.proving = Proving(self.work, self.store, self.clock)
        self.renewing = Renewing(self.work, self.consenting)
        self.wishes = FileWishes(self.library.folder, folder.parent / "home", self.library.id)
        self.papers = StandInPapers()
        self.withdrawing = Withdrawing(self.work, self.wishes, lambda: self.papers, self.library.id, self.clock,
                                       self.store.drop_clips)
        erasure = LibraryErasure(self.library, self.store, self.clock)
        self.erasing = Erasing(self.work, self.withdrawing, self.wishes, erasure, self.clock)
        self.building = Building(self.work, lambda: "Robin")
        self.exporting = Exporting(self.work, self.writer, self.writer, media, self.store, self.clock)

    def clock(self):
        self.now += timedelta(seconds=1)
        return self.now

    def a_story(self, tmp_path, name="amina", person="Amina Diallo", text="Trust is the first prescription we write"):
        """Bring in a recording with a person and a transcript of two lines."""
        file = tmp_path / f"{name}.mp4"
        file.write_bytes(b"good " + name.encode())
        details = tmp_path / f"{name}.csv"
        details.write_text(f"file,person,stakeholder,province\n{name}.mp4,{person},link_worker,ON\n")
        self.collecting.bring_in([file], Calm(), details=details)
        story = self.browsing.story(name)
        self.engine.chunks = [a_chunk(0, 0, text, "We started with a walking group.")]
        self.engine.stop_after = None
        self.transcribing.transcribe(story.recordings[0].id, LISTENING, Calm())
        return self.browsing.story(name)


def in_process(task, *arguments, ticket):
    for item in task(*arguments):
        ticket.check()
        yield item


def a_chunk(index, start_ms, *sentences):
    segments, at = [], start_ms
    for sentence in sentences:
        words = some_words(sentence, at)
        segments.append(Segment(at, words[-1].end_ms, sentence, words))
        at = words[-1].end_ms + 500
    return Chunk(index, start_ms, at, tuple(segments), "en")


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory):
    """Return a library that is made once, and copied for each test."""
    folder = tmp_path_factory.mktemp("template") / "library"
    create_library(folder, "Test", now=lambda: datetime(2026, 3, 1, 12, 0, tzinfo=UTC)).close()
    return folder


@pytest.fixture
def house(empty_library, tmp_path):
    made = House(shutil.copytree(empty_library, tmp_path / "library"))
    yield made
    made.library.close()
