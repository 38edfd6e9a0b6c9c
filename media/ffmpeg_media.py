"""Ffmpeg media: everything the house asks about sound and pictures, answered with ffmpeg and its libraries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from media import clips, describing, peaks, reels, sounds, stills
from media import probe as probing
from media import proxy as copying
from media.kept import KeptClips
from media.together import at_once
from storybank.domain.clip import ClipJob, Cut, Scene
from storybank.domain.recording import MediaFacts
from storybank.ports import Ticket

_MOST_KNOWN = 64


class KnownFacts:
    """What recordings hold, as long as their files stay as they are: ten clips of one look into it once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, int], MediaFacts] = {}

    def of(self, file: Path) -> MediaFacts:
        """Return the facts of a file; raise the plain reason when it cannot be used."""
        try:
            about = file.stat()
        except OSError:
            return probing.probe(file)  # which says why
        key = str(file.absolute()), about.st_size, about.st_mtime_ns
        if key not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[key] = probing.probe(file)
        return self._known[key]


class FfmpegMedia:
    """The `MediaTools` of the house; with a folder to keep clips in, it encodes each of them once."""

    def __init__(self, keeping: Path | None = None) -> None:
        self._kept = KeptClips(keeping) if keeping else None
        self._facts = KnownFacts()

    def probe(self, file: Path) -> MediaFacts:
        """Look inside a media file; raise the plain reason when it cannot be used."""
        return probing.probe(file)

    def poster(self, file: Path, facts: MediaFacts, to: Path) -> None:
        """Write a JPEG still, 640 pixels wide; a recording without picture writes none."""
        stills.poster(file, facts, to)

    def still(self, file: Path, at_ms: int, to: Path, width: int = 1080) -> None:
        """Write the picture at a moment as PNG."""
        stills.still(file, probing.probe(file), at_ms, to, width)

    def waveform(self, file: Path, ticket: Ticket) -> Sequence[float]:
        """Return the loudness of the recording, 0 to 1, fifty values a second."""
        return peaks.waveform(file, probing.probe(file).duration_ms, ticket)

    def clip(self, file: Path, cut: Cut, to: Path, ticket: Ticket) -> None:
        """Write a cut as MP4, exact to the frame, metadata removed, put in place last."""
        facts = self._facts.of(file)
        if self._kept is None:
            clips.clip(file, facts, cut, to, ticket)
            return
        place = self._kept.place(file, facts, cut)
        with self._kept.turn(place, ticket):
            if not self._kept.use(place, to):
                clips.clip(file, facts, cut, to, ticket)
                self._kept.keep(to, place)
        ticket.report(1.0)

    def clips(self, jobs: Sequence[ClipJob], ticket: Ticket) -> None:
        """Write several clips, as many at a time as there are cores; one that fails ends all."""
        at_once([partial(self.clip, job.file, job.cut, job.to) for job in jobs], ticket)

    def sound(self, file: Path, cut: Cut, to: Path, ticket: Ticket) -> None:
        """Write the sound of a cut as MP3, WAV or M4A: 48 kHz, -16 LUFS, metadata removed."""
        sounds.sound(file, self._facts.of(file), cut, to, ticket)

    def reel(self, scenes: Sequence[Scene], to: Path, ticket: Ticket) -> None:
        """Join pictures and films into one MP4 of 1920 by 1080 that can be shown in a loop."""
        reels.reel(scenes, to, ticket)

    def describe(self, file: Path, title: str, rights: str, xmp: str) -> None:
        """Write credit and terms into an MP4, MP3, WAV or M4A; nothing else in it."""
        describing.describe(file, title, rights, xmp)

    def proxy(self, file: Path, to: Path, ticket: Ticket) -> None:
        """Write a light copy for listening and looking, upright and levelled, its moments those of the original."""
        copying.proxy(file, probing.probe(file), to, ticket)
