"""Transcription: the whole way through Storybank, beside bare calls of faster-whisper with the same options."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.demo import library, looped, recordings, ticket
from benchmarks.figures import Figure, ratio, seconds, speed, take_turns
from benchmarks.sizes import BASE, SMALL, Size, checkpoint
from benchmarks.sizes import folder as to_folder
from media.audio import stretches
from media.listening import threads
from media.probe import probe
from media.voice import voiced, windows
from storybank import places
from storybank.domain.recording import Recording
from storybank.domain.speech import Listening, SpeechModel
from storybank.domain.transcript import Span
from storybank.services.transcribing import Heard
from ui.wiring import App

ROUNDS = 3

# What someone would write who has a folder of interviews and nothing else; as polite to other work as we are.
BARE = """
import json, os, sys
from faster_whisper import WhisperModel
files, model, threads, beam = json.loads(sys.argv[1])
if hasattr(os, "nice"): os.nice(5)
whisper = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True)
for file in files:
    told, about = whisper.transcribe(file, beam_size=beam, condition_on_previous_text=False, word_timestamps=True,
                                     vad_filter=True)
    for segment in told: pass
"""


# The same windows, given to the engine one after the other, and nothing kept.
BARE_WINDOWS = """
import json, os, sys
from faster_whisper import WhisperModel
from faster_whisper.audio import decode_audio
file, windows, model, threads, beam = json.loads(sys.argv[1])
if hasattr(os, "nice"): os.nice(5)
whisper = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True)
sound = decode_audio(file)
for start, end in windows:
    told, about = whisper.transcribe(sound[start * 16 : end * 16], beam_size=beam, language="en",
                                     condition_on_previous_text=False, word_timestamps=True)
    for segment in told: pass
"""
BARE_OPENAI = """
import json, os, sys
import torch, whisper
from faster_whisper.audio import decode_audio
file, windows, model, threads, beam = json.loads(sys.argv[1])
if hasattr(os, "nice"): os.nice(5)
torch.set_num_threads(threads)
heard = whisper.load_model(model, device="cpu")
sound = decode_audio(file)
for start, end in windows:
    heard.transcribe(sound[start * 16 : end * 16], beam_size=beam, best_of=5, language="en", fp16=False,
                     condition_on_previous_text=False, word_timestamps=True)
"""
ENGLISH = Listening(language="en")
A_PART = Span(0, 40_000)
"""As much as openai-whisper is given to hear: it takes minutes for a minute."""


def transcribing_beside_whisper(folder: Path) -> Iterator[Figure]:
    """Hear the eight interviews: child process, journal and library on our side, one model for all on the bare side."""
    app = library(folder / "library")
    try:
        model = app.models.find()
        ours, bare = take_turns(lambda: _ours(app, model), lambda: _bare(recordings(), model), ROUNDS)
    finally:
        app.close()
    yield ratio("transcription", "transcribing the demo / bare faster-whisper", ours, bare, 1.25)


def real_sizes_beside_whisper(folder: Path) -> Iterator[Figure]:
    """Hear with models of real sizes: beside bare faster-whisper on the same windows, and beside openai-whisper."""
    app, recording = library(folder / "library"), _an_interview()
    files = {size.name: _model(size, folder) for size in (BASE, SMALL)}
    try:
        heard = next(r.id for r in _recordings(app) if r.original_name == recording.name)
        cut = _windows(recording)
        for size in (BASE, SMALL):
            name = size.name

            def ours(model: str = name) -> float:
                return seconds(lambda: app.transcribing.transcribe(heard, ENGLISH, ticket(), model=model, again=True))

            def bare(model: str = name) -> float:
                return _bare_on(recording, cut, str(places.models() / model), BARE_WINDOWS)

            mine, theirs = take_turns(ours, bare, ROUNDS)
            yield ratio(f"sizes-{name}", f"the whole job, {name} int8 / bare on the same windows", mine, theirs, 1.10)
        some = [(start, end) for start, end in cut if end <= A_PART.end_ms] or cut[:1]
        part = Span(0, some[-1][1])
        ours_part = seconds(lambda: app.transcribing.transcribe(heard, ENGLISH, ticket(), model="small", only=part))
        original = _bare_on(recording, some, str(files["small"]), BARE_OPENAI)
        yield speed("openai", "small: as fast as openai-whisper fp32, times", [ours_part], [original], 3.0)
    finally:
        app.close()


def first_words(folder: Path) -> Iterator[Figure]:
    """See how soon words are on the screen: beside the time that a minute of sound takes to hear."""
    app = library(folder / "library")
    minute = looped(_an_interview(), folder / "long.mp4", seconds=180.0)
    try:
        _model(SMALL, folder)
        app.collecting.bring_in([minute], ticket())
        told: list[tuple[float, int]] = []
        app.hub.subscribe(
            lambda event: told.append((time.perf_counter(), event.end_ms)) if isinstance(event, Heard) else None)
        heard = next(r.id for r in _recordings(app) if r.original_name == minute.name)
        began = time.perf_counter()
        app.transcribing.transcribe(heard, ENGLISH, ticket(), model="small")
    finally:
        app.close()
    a_minute = next(at for at, end_ms in told if end_ms >= 60_000) - began
    yield ratio("first", "first words on screen / a minute of sound heard", [told[0][0] - began], [a_minute], 1.0)


def _recordings(app: App) -> list[Recording]:
    return [recording for card in app.browsing.cards() for recording in app.browsing.story(card.line.id).recordings]


def _an_interview() -> Path:
    return next(path for path in recordings() if path.name.startswith("amina"))


def _model(size: Size, folder: Path) -> Path:
    """Put a model of that size among those of this machine, and return it in openai-whisper's form."""
    file = checkpoint(size, folder / f"{size.name}.pt")
    to_folder(file, places.models() / size.name)
    return file


def _windows(recording: Path) -> list[tuple[int, int]]:
    """Return the windows that Storybank gives its engine to hear, in milliseconds."""
    found: list[tuple[int, int]] = []
    for stretch in stretches(recording, Span(0, probe(recording).duration_ms)):
        whole = Span(stretch.start_ms, stretch.end_ms)
        found += [(one.start_ms, one.end_ms) for one in windows(voiced(stretch.sound, stretch.start_ms), whole)]
    return found


def _bare_on(recording: Path, heard: list[tuple[int, int]], model: str, script: str) -> float:
    told = json.dumps([str(recording), heard, model, threads(0), Listening().beam_size])
    return seconds(lambda: subprocess.run([sys.executable, "-c", script, told], check=True))


def _ours(app: App, model: SpeechModel) -> float:
    found = [recording.id for recording in _recordings(app)]

    def transcribe() -> None:
        for recording_id in found:
            app.transcribing.transcribe(recording_id, Listening(), ticket(), model=model.name, again=True)

    return seconds(transcribe)


def _bare(files: list[Path], model: SpeechModel) -> float:
    told = json.dumps([list(map(str, files)), str(model.path), threads(0), Listening().beam_size])
    return seconds(lambda: subprocess.run([sys.executable, "-c", BARE, told], check=True))
