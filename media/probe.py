"""Probe: looks inside a media file and says what it holds, or in plain words what is wrong with it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from media.opening import moving_picture, opened, unreadable
from media.tools import MOST_PIXELS
from media.wholeness import check_bytes, whole_length_ms
from storybank.domain.recording import AudioFacts, MediaFacts, VideoFacts
from storybank.errors import Invalid
from storybank.words import say

_HDR_CURVES = {16, 18}  # PQ and HLG, as ISO/IEC 23091-2 numbers them
_FIRST_PACKETS = 120
_MOST_HOURS = 24
"""What says it is longer is a mistake in its clock, and would be filled with days of silence wherever it is read."""


def probe(file: Path) -> MediaFacts:
    """Return the facts of a recording; raise `Invalid`, `Damaged` or `Unavailable` with the plain reason."""
    with opened(file) as container:
        check_bytes(file)
        if not container.streams.audio:
            raise Invalid(
                say("This recording has no sound."),
                hint=say("A reflection needs its voice: check that the microphone was on, or choose another file."),
            )
        audio, picture = container.streams.audio[0], moving_picture(container)
        _check_sound(container, audio)
        video = _video_facts(container, picture) if picture else None
        duration_ms = whole_length_ms(container, file)
        if not duration_ms:
            raise unreadable()
        _check_length(duration_ms)
        return MediaFacts(_container_name(container, file), duration_ms, video, _audio_facts(audio))


def sound_length_ms(file: Path) -> int | None:
    """Return how long the first sound track says it is; None where nothing says so for certain."""
    with opened(file) as container:
        if not container.streams.audio:
            return None
        audio = container.streams.audio[0]
        if audio.duration is not None and audio.time_base is not None and container.format.name not in ("aac", "mp3"):
            return int((audio.duration + (audio.start_time or 0)) * audio.time_base * 1000)
        told = audio.metadata.get("DURATION") or audio.metadata.get("duration") or ""
        return _clock_ms(told)


def _check_length(duration_ms: int) -> None:
    if duration_ms > _MOST_HOURS * 3_600_000:
        raise Invalid(
            say("This recording says that it is {hours} hours long.", hours=duration_ms // 3_600_000),
            hint=say("Recordings of up to {hours} hours can be used: cut it into parts, or convert it again.",
                     hours=_MOST_HOURS),
        )


def _check_sound(container: InputContainer, audio: AudioStream) -> None:
    for packet in islice(container.demux(audio), _FIRST_PACKETS):
        try:
            if packet.decode():
                return
        except av.FFmpegError:
            continue
    raise unreadable()


def _video_facts(container: InputContainer, picture: VideoStream) -> VideoFacts:
    if not 0 < picture.width * picture.height <= MOST_PIXELS:
        raise Invalid(
            say("The picture is too large: {width} by {height} points.", width=picture.width, height=picture.height),
            hint=say("Export it again in 4K or smaller."),
        )
    frame = _first_frame(container, picture)
    rotation = -frame.rotation % 360
    shape = picture.sample_aspect_ratio or 1
    width, height = round(frame.width * shape), frame.height
    if rotation in (90, 270):
        width, height = height, width
    rate = picture.average_rate or picture.guessed_rate or 0
    return VideoFacts(
        codec=picture.codec_context.name,
        width=width,
        height=height,
        frame_rate=round(float(rate), 3),
        variable_frame_rate=_varies(picture),
        rotation=rotation,
        hdr=int(picture.codec_context.color_trc or 0) in _HDR_CURVES,
    )


def _first_frame(container: InputContainer, picture: VideoStream) -> VideoFrame:
    container.seek(container.start_time or 0)
    for packet in islice(container.demux(picture), _FIRST_PACKETS):
        try:
            for frame in packet.decode():
                if isinstance(frame, VideoFrame):
                    return frame
        except av.FFmpegError:
            continue
    raise unreadable()


def _varies(picture: VideoStream) -> bool:
    """Tell whether frames come at uneven times: the steadiest rate that fits them all is not their average."""
    if not picture.base_rate or not picture.average_rate:
        return False
    return abs(float(picture.base_rate / picture.average_rate) - 1) > 0.02


def _audio_facts(audio: AudioStream) -> AudioFacts:
    return AudioFacts(audio.codec_context.name, audio.codec_context.channels, audio.codec_context.sample_rate)


def _container_name(container: InputContainer, file: Path) -> str:
    names = container.format.name.split(",")
    suffix = file.suffix.lower().lstrip(".")
    return suffix if suffix in names else names[0]


def _clock_ms(told: str) -> int | None:
    """Return `01:02:03.5` as milliseconds; None for anything else."""
    parts = told.split(":")
    try:
        hours, minutes, seconds = (float(part) for part in parts)
    except ValueError:
        return None
    return int((hours * 3600 + minutes * 60 + seconds) * 1000)
