"""Words nobody ever said, planted wherever words can lie, and a search for them on disk that asks nobody."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field, replace

from storybank.domain import names
from storybank.domain.change import ChangeKind
from storybank.domain.contributor import Citation, Contributor
from storybank.domain.queue import QueueEntry, QueueState
from storybank.domain.restriction import Restriction, Treatment
from storybank.domain.transcript import Chunk, Segment
from storybank.persistence.copies import save_copy
from storybank.persistence.keys import read_keys
from storybank.services.correcting import Correcting
from tests.build import some_words
from tests.persistence.pages import pages_of
from tests.services.conftest import LISTENING, Calm

LENGTH = 7
"""Letters in a row by which a word is known again: an index keeps only what it does not share with its neighbour."""

_LETTERS = "bcdfghjklmnpqrtvwxz"
_RUN = re.compile(rb"[a-z]{%d,}" % LENGTH)


@dataclass
class Garden:
    """Remembers what was planted, and where."""

    roots: dict[str, str] = field(default_factory=dict)
    seed: random.Random = field(default_factory=lambda: random.Random(7))

    def word(self, where, ending=""):
        """Return a word that was never planted before."""
        root = "".join(self.seed.choices(_LETTERS, k=13))
        self.roots[root] = where
        return root + ending

    def sentence(self, where, length=8):
        """Return new words among ordinary ones, in forms that a stemmer shortens."""
        endings = ("ing", "é", "ed", "s", "")
        return " ".join(self.word(where, self.seed.choice(endings)) + " and then" for _ in range(length))

    @property
    def grams(self):
        """Return every row of letters that gives a word away, and the place it was planted in.

        Whatever form a word is kept in - folded, stemmed, escaped, cut - so many of its letters stay together.
        """
        return {
            root.encode()[at : at + LENGTH]: where
            for root, where in self.roots.items() for at in range(len(root) - LENGTH + 1)
        }  # fmt: skip


def found_in(folder, garden):
    """Return for each file of a folder the places whose words lie in it, as bytes or in its decrypted pages.

    A library may be the folder itself or lie in it. Another process makes the copy that is looked at: to open a
    database's file here would let go of its locks.
    """
    copy = folder.with_name(f"{folder.name}-as-it-lies")
    shutil.rmtree(copy, ignore_errors=True)
    subprocess.run([sys.executable, "-c", "import shutil, sys; shutil.copytree(*sys.argv[1:])", str(folder), str(copy)],
                   check=True)
    sieve, found = _Sieve(garden.grams), {}
    key = read_keys(next(copy.rglob("library.keys")).parent)
    for file in sorted(path for path in copy.rglob("*") if path.is_file()):
        stretches = [file.read_bytes(), str(file.relative_to(copy)).encode()]
        if is_database(file):
            stretches += pages_of(file, key)
        if seen := set().union(*map(sieve.seen_in, stretches)):
            found[file.relative_to(copy).as_posix()] = seen
    shutil.rmtree(copy)
    return found


def is_database(file):
    return file.suffix == ".db" or file.name.endswith((".db-wal", ".db.part", ".db-journal"))


class _Sieve:
    """Finds planted words in bytes; what was looked at once is remembered, for pages repeat themselves."""

    def __init__(self, grams):
        self._grams = grams
        self._known = {}

    def seen_in(self, stretch):
        """Return the places whose words lie in some bytes, written in UTF-8 or in UTF-16."""
        lower = stretch.lower()
        runs = {*_RUN.findall(lower), *_RUN.findall(lower.replace(b"\0", b""))}
        return set().union(*map(self._seen_in_run, runs))

    def _seen_in_run(self, run):
        if run not in self._known:
            grams = {run[at : at + LENGTH] for at in range(len(run) - LENGTH + 1)}
            self._known[run] = {self._grams[gram] for gram in grams & self._grams.keys()}
        return self._known[run]


def plant(house, garden, tmp_path):
    """Furnish a library with a story of planted words between two others, and return the view of it."""
    others(house, tmp_path, "george")
    others(house, tmp_path, "bea")
    _details(house, garden)
    story = _story(house, garden, tmp_path)
    _edit(house, garden, story)
    _part(house, garden, story)
    _quote(house, garden, story)
    _restrict(house, garden, story)
    _leave_files(house, garden, story)
    return house.browsing.story(story.story.id)


def others(house, tmp_path, name, lines=40):
    """Put a story on the shelf whose words stay."""
    seed = random.Random(name)
    pick = ("we", "sing", "in", "the", "garden", "with", "neighbours", "every", "week", "trust", "doctor", name)
    story = house.a_story(tmp_path, name, name.title() + " Campbell")
    said = [" ".join(seed.choices(pick, k=12)) for _ in range(lines)]
    house.engine.chunks = [_chunk(0, 0, said)]
    house.transcribing.transcribe(story.recordings[0].id, LISTENING, Calm(), again=True)
    house.quoting.pick_lines(story.recordings[0].id, 1, 2, ["amplify"]).edit.do()


def _details(house, garden):
    with house.work() as work:
        code = work.next_code("person")
        work.commit()
    with house.work() as work:
        work.contributors.save(Contributor(
            "amina", code, "Amina Diallo", garden.word("role"), "link_worker", garden.word("organisation"), "ON",
            citation=Citation(garden.word("citation"), teaching=garden.sentence("citation", 90)),
        ))  # fmt: skip
        work.commit()


def _story(house, garden, tmp_path):
    stem_of_file = garden.word("file name")
    file = tmp_path / f"{stem_of_file}.mp4"
    file.write_bytes(b"good " + garden.sentence("recording", 400).encode() + garden.word("recording").encode("utf-16"))
    details = tmp_path / f"{stem_of_file}.csv"
    details.write_text(f"file,title,person\n{file.name},{garden.sentence('title', 2)},Amina Diallo\n")
    house.collecting.bring_in([file], Calm(), details=details)
    file.unlink()
    details.unlink()
    story = house.browsing.story(stem_of_file)
    with house.work() as work:
        work.stories.save(replace(work.stories.get(story.story.id), place=garden.word("place")))
        work.commit()
    heard = [
        _chunk(index, index * 300_000, [garden.sentence("transcript", 6) for _ in range(15)]) for index in range(5)
    ]
    long = garden.sentence("long line", 300)
    heard.append(_chunk(5, 1_500_000, [long], Segment(1_500_000, 1_501_000, garden.sentence("engine's own text", 40))))
    house.engine.chunks = heard
    run = house.transcribing.transcribe(story.recordings[0].id, LISTENING, Calm())
    house.engine.chunks = [_chunk(0, 0, [garden.sentence("first transcript", 6) for _ in range(10)])]
    house.transcribing.transcribe(story.recordings[0].id, LISTENING, Calm(), again=True)
    house.engine.chunks = heard
    house.transcribing.transcribe(story.recordings[0].id, LISTENING, Calm(), again=True)
    with house.work() as work:
        work.transcripts.save_run(replace(run, options=json.dumps({"prompt": garden.sentence("options", 5)})))
        work.commit()
    return house.browsing.story(stem_of_file)


def _chunk(index, start_ms, sentences, *more):
    segments, at = [], start_ms
    for sentence in sentences:
        words = some_words(sentence, at, 10)
        segments.append(Segment(at, words[-1].end_ms, f" {sentence}", words))
        at = words[-1].end_ms + 50
    return Chunk(index, start_ms, at, (*segments, *more), "en")


def say_more(house, garden, story):
    """Correct a few lines once more, so that the database's log is not empty."""
    for number, line in enumerate(story.lines[-5:]):
        house.correcting.reword(line.id, garden.sentence("latest correction", 3 + number)).do()


def _part(house, garden, story):
    """Name voices, cut lines, put them together, go back and forth, and queue the recording once more."""
    recording, correcting = story.recordings[0].id, house.correcting
    for _ in range(3):
        voice = house.voicing.add(recording, garden.word("voice"))
        house.voicing.rename(voice.id, garden.word("voice")).do()
        correcting.give([line.id for line in correcting.lines(recording)[:9]], voice.id).do()
    house.correcting = Correcting(house.work, lambda: garden.word("author"))
    for number in range(4):
        line = house.correcting.lines(recording)[number * 3]
        house.correcting.reword(line.id, garden.sentence("change", 6)).do()
        house.correcting.split(line.id, 3).do()
        house.correcting.merge(line.id).do()
    house.correcting.go_back(recording, 4).do()
    with house.work() as work:
        work.queue.save(QueueEntry(names.new_id(), recording, 1.0, QueueState.FAILED, LISTENING,
                                   problem=garden.sentence("problem", 2), hint=garden.word("hint")))
        work.commit()


def _edit(house, garden, story):
    """Correct lines, some again and again, some into very long ones, so that what was there moves about."""
    for number, line in enumerate(story.lines[:60]):
        for time in range(1, 2 + number % 3):
            text = garden.sentence("correction", (3, 20, 60)[(number + time) % 3])
            words = some_words(text, line.start_ms, 1)
            with house.work() as work:
                run_id = work.transcripts.run_of(line.id)
                work.transcripts.revise(run_id, [replace(line, text=text, words=words, revision=time)], "Jo",
                                        ChangeKind.REWORDED)
                work.commit()


def _quote(house, garden, story):
    """Make quotes between those of somebody else, let both grow and shrink, and take some out again.

    That way their rows share pages, and the pages are filled anew again and again.
    """
    other = house.quoting.of_story(house.browsing.story("george").story.id)[0]
    for first in range(1, 40, 3):
        made = house.quoting.pick_lines(story.recordings[0].id, first, first + first % 3, ["amplify"])
        made.edit.do()
        with house.work() as work:
            for copy in range(12):
                for quote, said in ((made.quote, garden.sentence("quote", 1 + copy % 6)), (other, "We sing. " * copy)):
                    one = replace(quote, id=names.new_id(), code=work.next_code("quote"))
                    work.quotes.save(one)
                    longer = said * garden.seed.choice((1, 4, 20))
                    work.quotes.save(replace(one, text=longer, codes=frozenset(["policy"])))
            work.commit()
        if first % 2:
            house.quoting.remove(made.quote.id).do()


def _restrict(house, garden, story):
    with house.work() as work:
        for start in range(0, 60_000, 3_000):
            reason = garden.sentence("restriction", 5)
            work.restrictions.save(
                Restriction(names.new_id(), story.recordings[0].id, start, start + 900, Treatment.MUTE, reason)
            )
        work.commit()


def _leave_files(house, garden, story):
    """Leave pictures, loudness, copies of the database, and what a broken import and a broken copy leave."""
    recording, folder = story.recordings[0].id, house.library.folder
    house.store.derived(f"posters/{recording}.jpg").write_bytes(garden.word("poster").encode())
    house.store.derived(f"waveforms/{recording}.json").write_text(garden.word("loudness"))
    house.store.derived(f"waveforms/{recording}.{garden.word('loudness')}.part").write_text("[]")
    (folder / "media" / "0f3a.part").write_bytes(garden.sentence("broken import", 50).encode())
    for name in ("before-schema-3-20260101-000000.db", "by-hand/library.db", "copy.db.part"):
        save_copy(house.library.engine, read_keys(folder), folder / "backups" / name)
