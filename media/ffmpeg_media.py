"""Ffmpeg media: everything the house asks about sound and pictures, answered with ffmpeg and its libraries."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from media import clips, peaks, stills
from media import probe as probing
from media import proxy as copying
from storybank.domain.clip import Cut
from storybank.domain.recording import MediaFacts
from storybank.ports import Ticket


class FfmpegMedia:
    """The `MediaTools` of the house."""

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
        clips.clip(file, probing.probe(file), cut, to, ticket)

    def proxy(self, file: Path, to: Path, ticket: Ticket) -> None:
        """Write a light copy for listening and looking, upright and levelled, its moments those of the original."""
        copying.proxy(file, probing.probe(file), to, ticket)
