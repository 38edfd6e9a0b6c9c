"""A small library for the tests of the Story and Search pages: real demo recordings, their true words, no engine."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from storybank import places
from storybank.checksum import sha256_of
from storybank.domain import names
from storybank.domain.attribution import Attribution
from storybank.domain.quote import Anchor
from storybank.domain.recording import AudioFacts, MediaFacts, Recording, VideoFacts
from storybank.domain.story import Participant, Story
from storybank.domain.transcript import Chunk, RunState, Segment, TranscriptRun, Word
from storybank.services.withdrawing import Stop
from ui.wiring import App, create_app

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TITLES = {
    "amina-link-worker": ("Trust before medicine", "2025-06-04"),
    "margaret-participant": ("A key to the gate", "2025-05-12"),
    "marie-intervenante": ("La confiance d'abord", "2025-06-20"),
    "samuel-conseiller": ("Une voix pour les aînés", ""),
    "daniel-program-director": ("Lost between connect and attend", "2025-07-01"),
    "george-physician": ("Something no pharmacy holds", "2025-06-11"),
}
UNSURE = {"loneliness": 0.34, "chorale": 0.41}
"""Words that the engine is made to doubt."""


class Quiet:
    """A ticket that nobody holds."""

    def report(self, fraction: float, note: str = "") -> None: ...
    def check(self) -> None: ...


def build_library(folder: Path, slugs=("amina-link-worker",), *, transcribed: bool = True) -> App:
    """Return a library with these demo interviews."""
    app = create_app(folder, "Voices of Social Prescribing", lambda: NOW)
    for slug in slugs:
        add_interview(app, slug, transcribed=transcribed)
    return app


def interview(slug: str) -> dict:
    """Return what the demo says about a person."""
    told = json.loads((places.demo() / "interviews.json").read_text(encoding="utf-8"))
    return next(one for one in told if one["slug"] == slug)


def add_interview(app: App, slug: str, *, transcribed: bool = True, file: Path | None = None) -> Story:
    """Put an interview in: its person, their consent, its recording where it lies, and its words."""
    told = interview(slug)
    file = file or next((places.demo() / "media").glob(f"{slug}.*"))
    timings = json.loads((places.demo() / "media/timings.json").read_text(encoding="utf-8"))[
        next(iter((places.demo() / "media").glob(f"{slug}.*"))).name]
    person = app.people.add(
        told["speaker"], role=told["role"], stakeholder=told["stakeholder"], organization=told["organization"],
        province=told["province"], language=told["language"])
    title, recorded = TITLES.get(slug, (slug, ""))
    with app._open_work() as work:
        story = Story(names.new_id(), work.next_code("story"), title, slug, told["language"],
                      (Participant(person.id),), recorded)
        recording = _recording(work.next_code("recording"), story.id, file, round(timings[-1]["end"] * 1000) + 500)
        work.stories.save(story)
        work.recordings.save(recording)
        work.commit()
    if transcribed:
        journal(app, recording, timings, told["language"])
    _consent(app, person.id, told["consent"])
    return story


def journal(app: App, recording: Recording, timings: list[dict], language: str) -> None:
    """Keep the true words as if an engine had heard them."""
    run = TranscriptRun(names.new_id(), recording.id, "faster-whisper", "1.2.1", "small", language, RunState.DONE,
                        recording.facts.duration_ms, 1, "{}", NOW.isoformat(), NOW.isoformat())
    segments = tuple(_segment(line) for line in timings)
    with app._open_work() as work:
        work.transcripts.save_run(run)
        work.transcripts.journal(run.id, Chunk(0, 0, recording.facts.duration_ms, segments, language))
        work.commit()


def add_quotes(app: App, story: Story, wanted: dict[int, tuple[str, ...]]) -> None:
    """Make quotes of whole lines (0 is the first), each with its codes."""
    with app._open_work() as work:
        recording = work.recordings.of_story(story.id)[0]
        lines = work.transcripts.lines(recording.id)
    for number, codes in wanted.items():
        line = lines[number]
        anchor = Anchor(line.id, 0, line.id, len(line.words) - 1)
        app.quoting.pick(recording.id, anchor, codes).edit.do()


def _segment(line: dict) -> Segment:
    start, end, texts = round(line["start"] * 1000), round(line["end"] * 1000), line["text"].split()
    total, at, words = sum(map(len, texts)), 0, []
    for text in texts:
        begin, at = start + (end - start) * at // total, at + len(text)
        words.append(Word(text, begin, start + (end - start) * at // total, UNSURE.get(text.strip(".,"), 0.93)))
    return Segment(start, end, line["text"], tuple(words))


def _recording(code: str, story_id: str, file: Path, duration_ms: int) -> Recording:
    picture = None if file.suffix == ".m4a" else VideoFacts("h264", 640, 360, 12.0)
    facts = MediaFacts(file.suffix[1:], duration_ms, picture, AudioFacts("aac", 1, 22_050))
    return Recording(names.new_id(), code, story_id, file.name, sha256_of(file), file.stat().st_size, facts,
                     str(file), NOW.isoformat())


def _consent(app: App, person_id: str, told: dict) -> None:
    if not told["scopes"]:
        return
    app.consenting.record(person_id, told["scopes"], Attribution(told["attribution"]), Quiet(),
                          given_on=NOW.date().replace(year=2025), until=NOW.date().replace(year=2028))
    if told["status"] == "withdrawn":
        app.withdrawing.withdraw(Stop(person_id, reason="asked to be taken out"))
