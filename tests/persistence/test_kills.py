"""Killed in the middle, again and again: what was acknowledged is there, and the library opens."""

from __future__ import annotations

import hashlib
import random
import time
from functools import partial
from pathlib import Path

from storybank.domain.events import ContributorSaved
from storybank.domain.transcript import RunState
from storybank.persistence.library import open_library
from storybank.persistence.store import FolderStore
from storybank.persistence.work import SqlWork
from tests.build import a_person
from tests.persistence.shelf import Calm, Shelf, a_run, a_stretch, noon

KILLS = 20


def kill_after(apart, acknowledged, more, task, *arguments):
    """Run a task in a process of its own, and kill it without warning once it has acknowledged some more."""
    before = len(read(acknowledged))
    process = apart.Process(target=task, args=(*arguments, acknowledged), daemon=True)
    process.start()
    deadline = time.monotonic() + 60
    while len(read(acknowledged)) < before + more and process.is_alive() and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(random.uniform(0, 0.01))
    process.kill()
    process.join()
    assert process.exitcode != 1, "the writer failed by itself"
    assert len(read(acknowledged)) >= before + more


def read(acknowledged):
    return acknowledged.read_text().split() if acknowledged.exists() else []


def say_done(acknowledged, what):
    with acknowledged.open("a") as stream:
        stream.write(f"{what}\n")


def add_people(folder, acknowledged):
    library = open_library(folder, now=noon)
    while True:
        with SqlWork(library, lambda event: None, noon) as work:
            code = work.next_code("person")
            work.contributors.save(a_person(code, code, code=code))
            work.record(ContributorSaved(code))
            work.commit()
        say_done(acknowledged, code)


def journal_chunks(folder, acknowledged):
    library = open_library(folder, now=noon)
    while True:
        with SqlWork(library, lambda event: None, noon) as work:
            run = work.transcripts.run("t-amina")
            number = run.chunks + 1  # the story came with stretch 0, which is silence
            chunk = a_stretch(number, *[f"Stretch {number} sings in the garden."] * 5, begin=number * 60_000)
            work.transcripts.journal(run.id, chunk)
            grown = a_run(run.id, run.recording_id, RunState.RUNNING, chunks=number)
            work.transcripts.save_run(grown)
            work.commit()
        say_done(acknowledged, chunk.index)


def take_in_files(folder, sources, acknowledged):
    store = FolderStore(folder)
    for source in sorted(Path(sources).iterdir()):
        if not any(source.name in line for line in read(acknowledged)):
            say_done(acknowledged, f"{source.name}={store.take_in(source, Calm()).place}")
    time.sleep(60)


def test_every_acknowledged_row_survives_twenty_kills(library, apart, tmp_path):
    library.close()
    acknowledged = tmp_path / "acknowledged"
    for _ in range(KILLS):
        kill_after(apart, acknowledged, random.randint(1, 6), add_people, library.folder)
        with open_library(library.folder, now=noon) as again, SqlWork(again, print, noon) as work:
            kept = {person.code for person in work.contributors.all()}
            happened = [line.details for line in work.history(most=100_000)]
        assert set(read(acknowledged)) <= kept
        assert len(kept) - len(read(acknowledged)) <= KILLS
        assert len(happened) == len(kept)


def test_a_journal_that_is_cut_off_holds_whole_stretches(library, apart, tmp_path):
    Shelf(library).story()
    library.close()
    acknowledged = tmp_path / "acknowledged"
    for _ in range(5):
        kill_after(apart, acknowledged, 2, journal_chunks, library.folder)
        with open_library(library.folder, now=noon) as again:
            with SqlWork(again, print, noon) as work:
                run = work.transcripts.run("t-amina")
                lines = work.transcripts.lines("r-amina")
            assert again.check() == []
        assert run.state is RunState.INTERRUPTED
        assert run.chunks >= int(read(acknowledged)[-1])
        whole = [str(number) for number in range(1, run.chunks + 1) for _ in range(5)]
        assert [line.text.split()[1] for line in lines] == whole


def test_a_file_is_there_whole_or_not_at_all(apart, tmp_path):
    sources, folder, acknowledged = tmp_path / "card", tmp_path / "library", tmp_path / "acknowledged"
    sources.mkdir()
    bytes_of = random.Random(1).randbytes
    for number in range(40):
        (sources / f"film{number:02d}.mp4").write_bytes(bytes_of(600_000))
    for _ in range(10):
        kill_after(apart, acknowledged, 2, partial(take_in_files, folder, sources))
        places = [line.partition("=")[2] for line in read(acknowledged)]
        store = FolderStore(folder)
        for path in folder.joinpath("media").glob("*/*"):
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
        assert all(store.path(place).exists() for place in places)
        store.tidy(places)
        left = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        assert left == set(places)
