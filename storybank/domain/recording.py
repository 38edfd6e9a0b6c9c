"""Recording: a media file of a story, and what a look inside it told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """The picture: size as people see it, after any rotation is applied."""

    codec: str
    width: int
    height: int
    frame_rate: float
    variable_frame_rate: bool = False
    rotation: int = 0
    """Degrees clockwise that a player must turn the stored picture: 0, 90, 180 or 270."""
    hdr: bool = False


@dataclass(frozen=True, slots=True)
class AudioFacts:
    """The sound of the first audio track."""

    codec: str
    channels: int
    sample_rate: int


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What a probe of a media file told; times in milliseconds."""

    container: str
    duration_ms: int
    video: VideoFacts | None = None
    audio: AudioFacts | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """A media file that belongs to a story; originals are never altered."""

    id: str
    code: str
    story_id: str
    original_name: str
    sha256: str
    bytes: int
    facts: MediaFacts
    place: str
    """Where the file lies: relative to the library (`media/ab/abcd….mp4`), or absolute when left where it was."""
    added_at: str = ""
    """When it came in: ISO 8601, UTC."""

    @property
    def left_in_place(self) -> bool:
        """Tell whether the library points at a file outside its folder."""
        return not self.place.startswith("media/")
