"""Transcription: the whole way through Storybank, beside bare calls of faster-whisper with the same options."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.demo import library, recordings, ticket
from benchmarks.figures import Figure, ratio, seconds, take_turns
from media.listening import threads
from storybank.domain.speech import Listening, SpeechModel
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


def transcribing_beside_whisper(folder: Path) -> Iterator[Figure]:
    """Hear the eight interviews: child process, journal and library on our side, one model for all on the bare side."""
    app = library(folder / "library")
    try:
        model = app.models.find()
        ours, bare = take_turns(lambda: _ours(app, model), lambda: _bare(recordings(), model), ROUNDS)
    finally:
        app.close()
    yield ratio("transcription", "transcribing the demo / bare faster-whisper", ours, bare, 1.25)


def _ours(app: App, model: SpeechModel) -> float:
    found = [recording.id for card in app.browsing.cards() for recording in app.browsing.story(card.line.id).recordings]

    def transcribe() -> None:
        for recording_id in found:
            app.transcribing.transcribe(recording_id, Listening(), ticket(), model=model.name, again=True)

    return seconds(transcribe)


def _bare(files: list[Path], model: SpeechModel) -> float:
    told = json.dumps([list(map(str, files)), str(model.path), threads(0), Listening().beam_size])
    return seconds(lambda: subprocess.run([sys.executable, "-c", BARE, told], check=True))
