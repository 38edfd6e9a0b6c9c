"""Proxy: a light copy of a recording to look at and listen to, whose moments are those of the original."""

from __future__ import annotations

from pathlib import Path

from media.loudness import levelling
from media.stills import TO_SDR
from media.tools import guarded_input, put_in_place, run
from storybank.domain.recording import MediaFacts, VideoFacts
from storybank.ports import Ticket

SHORT_SIDE = 720
SOUND_RATE = 48_000
_USUAL_RATE = 30
_RATES = {24: 24, 25: 25, 30: 30, 48: 24, 50: 25, 60: 30}
"""Even rates of cameras, and the rate that shows each of them evenly."""
_SLACK = 2.0
"""Seconds that are read beyond the recording's length: what goes on for longer than it says is left out."""
_BARE = ["-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-movflags", "+faststart"]


def proxy(file: Path, facts: MediaFacts, to: Path, ticket: Ticket) -> None:
    """Write the copy: H.264 of at most 720 lines with a key frame a second, AAC at -16 LUFS, metadata removed.

    Nothing is cut off at its start and no gap is closed: a picture or sound that begins late begins late here too.
    """
    seconds = facts.duration_ms / 1000 + _SLACK
    channels = "mono" if facts.audio is not None and facts.audio.channels == 1 else "stereo"
    level = levelling(file, 0.0, seconds, ticket, [("aformat", {"channel_layouts": channels})])
    form = [*(_picture(facts.video) if facts.video else []), *_sound(level, channels)]
    kind = "ipod" if facts.video is None else "mp4"
    with put_in_place(to) as part:
        target = ["-f", kind, f"file:{part.absolute().as_posix()}"]
        run([*guarded_input(file, "-t", f"{seconds:.3f}"), *form, "-sn", "-dn", *_BARE, *target],
            ticket, length_ms=facts.duration_ms, share=(0.15, 1.0))
    ticket.report(1.0)


def frame_rate(video: VideoFacts) -> int:
    """Return the copy's frames a second: the recording's own where it is even, or else 30."""
    return _USUAL_RATE if video.variable_frame_rate else _RATES.get(round(video.frame_rate), _USUAL_RATE)


def _picture(video: VideoFacts) -> list[str]:
    """Return how the picture is written; ffmpeg turns it upright by itself before these filters."""
    rate = frame_rate(video)
    share = min(1.0, SHORT_SIDE / min(video.width, video.height))
    width, height = (max(2, round(side * share / 2) * 2) for side in (video.width, video.height))
    filters = [TO_SDR] if video.hdr else []
    filters += [f"fps={rate}:start_time=0", f"scale={width}:{height}", "setsar=1", "format=yuv420p"]
    colours = [part for name in ("colorspace", "color_primaries", "color_trc") for part in (f"-{name}", "bt709")]
    return [
        "-map", "0:V:0", "-vf", ",".join(filters), "-c:v", "libx264", "-preset", "veryfast", "-crf", "25",
        "-g", str(rate), *(colours if video.hdr else []), "-flags:v", "+bitexact",
    ]  # fmt: skip


def _sound(level: str | None, channels: str) -> list[str]:
    """Return how the sound is written: gaps stay, so that a word is heard where the transcript says."""
    layout = f"aformat=channel_layouts={channels}"
    chain = [f"aresample={SOUND_RATE}:async=1:first_pts=0", layout]
    chain += [level, f"aresample={SOUND_RATE}", layout] if level else []
    return ["-map", "0:a:0", "-af", ",".join(chain), "-c:a", "aac", "-b:a", "128k", "-flags:a", "+bitexact"]
