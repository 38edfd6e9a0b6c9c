"""The media tools of the house, over ffmpeg and PyAV."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from media import clips, peaks, stills
from media.probe import probe
from storybank.domain.clip import Cut
from storybank.domain.recording import MediaFacts
from storybank.ports import Ticket


class FfmpegMedia:
    """`MediaTools` for every recording that ffmpeg can read."""

    def probe(self, file: Path) -> MediaFacts:
        """Look inside a media file; raise the plain reason where it cannot be used."""
        return probe(file)

    def poster(self, file: Path, facts: MediaFacts, to: Path) -> None:
        """Write a JPEG still that shows the person."""
        stills.poster(file, facts, to)

    def still(self, file: Path, at_ms: int, to: Path, width: int = 1080) -> None:
        """Write the picture at a moment as PNG."""
        stills.still(file, at_ms, to, width)

    def waveform(self, file: Path, ticket: Ticket) -> Sequence[float]:
        """Return how loud the recording is, fifty values a second."""
        return peaks.peaks(file, probe(file).duration_ms, ticket)

    def clip(self, file: Path, cut: Cut, to: Path, ticket: Ticket) -> None:
        """Write a cut as MP4."""
        clips.clip(file, cut, to, ticket)
