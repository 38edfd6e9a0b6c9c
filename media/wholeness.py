"""Wholeness: tells whether a recording is all there, reading little of it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream

from media.opening import cut_off, unreadable
from media.promise import promised_bytes

LOOK_BACK_MS = 3_000
"""How much of the end is read and listened to."""
_SLACK_MS = 1_000
_GUESSED = {"aac", "amr", "mp3"}
"""Formats whose length is only guessed from a bit rate until every packet was counted; they hold sound only."""


@dataclass(slots=True)
class _Reach:
    """How far a reading came, and whether there was sound in it that could be decoded."""

    end_ms: int = 0
    sound_packets: int = 0
    sound_frames: int = 0


def check_bytes(file: Path) -> None:
    """Raise `Damaged` when the file is shorter than it says it is."""
    promised = promised_bytes(file)
    if promised is not None and promised > file.stat().st_size:
        raise cut_off()


def whole_length_ms(container: InputContainer, file: Path) -> int:
    """Return how long the recording really is, in milliseconds; raise `Damaged` when its end cannot be reached."""
    says_ms = container.duration // 1000 if container.duration else 0
    if container.format.name in _GUESSED:
        found_ms = _read(container, container.demux(), listen=False).end_ms
        if _counted(file) and found_ms < says_ms - _SLACK_MS:
            raise cut_off()
        return found_ms
    if not says_ms:
        return _read(container, container.demux(), listen=False).end_ms
    reach = _reach_of_the_end(container, says_ms)
    if reach.end_ms < says_ms - max(_SLACK_MS, says_ms // 1000):
        raise cut_off()
    if reach.sound_packets > 1 and not reach.sound_frames:
        raise unreadable()
    return says_ms


def _reach_of_the_end(container: InputContainer, says_ms: int) -> _Reach:
    begin = container.start_time or 0
    with suppress(av.FFmpegError):
        container.seek(begin + max(0, says_ms - LOOK_BACK_MS) * 1000)
        reach = _read(container, container.demux(), listen=True)
        if reach.end_ms:
            return reach
    container.seek(begin)
    return _read(container, container.demux(), listen=False)


def _read(container: InputContainer, packets: Iterable[Packet[Stream]], *, listen: bool) -> _Reach:
    begin_ms, reach = (container.start_time or 0) // 1000, _Reach()
    with suppress(av.FFmpegError):
        for packet in packets:
            if packet.pts is None or packet.time_base is None:
                continue
            end_ms = int((packet.pts + (packet.duration or 0)) * packet.time_base * 1000) - begin_ms
            reach.end_ms = max(reach.end_ms, end_ms)
            if listen and packet.stream.type == "audio":
                reach.sound_packets += 1
                reach.sound_frames += _frames(packet)
    return reach


def _frames(packet: Packet[Stream]) -> int:
    try:
        return len(packet.decode())
    except av.FFmpegError:
        return 0


def _counted(file: Path) -> bool:
    """Tell whether an MP3 carries a count of its frames; without one its promised length is a guess."""
    with file.open("rb") as stream:
        head = stream.read(10)
        if head[:3] == b"ID3" and len(head) == 10:
            stream.seek(10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]))
        else:
            stream.seek(0)
        first = stream.read(512)
    return b"Xing" in first or b"Info" in first or b"VBRI" in first
