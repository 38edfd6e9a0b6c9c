"""Finding: where in a recording's picture somebody is, told by what moves and by the colours around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from media.opening import moving_picture, opened
from storybank.domain.clip import Cut
from storybank.domain.recording import MediaFacts, VideoFacts

_LONG_SIDE = 160
_MOMENTS = 8
_AROUND_MS = 15_000
"""How long before and after a cut the picture is looked at too: people stay where they sit."""
_FIRST_PACKETS = 300
_FEW, _FOLLOWING, _EVERY = 4, 26, 5
_STIR, _ABOVE_NOISE = 7.0, 3.0
_LEAST, _MOST = 0.0004, 0.5
"""The share of a picture that moves when somebody in it speaks; more is the camera, less is noise."""
_UPPER = 0.72
"""The share of the height that faces are in; hands and tables are below it."""
_ALIKE = 30.0
_FULL_TURN = {90: -1, 180: 2, 270: 1}

Picture = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Box:
    """Where somebody's head is, as shares of the upright picture's width and height."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> float:
        """Return the middle between its sides."""
        return (self.left + self.right) / 2


def find(file: Path, facts: MediaFacts, cut: Cut) -> Box | None:
    """Return where whoever speaks is; None where that cannot be told, as with a camera that moves."""
    if facts.video is None:
        return None
    shown = list(_shown(file, facts.video, cut, facts.duration_ms))
    return _where(np.stack(shown)) if len(shown) > 2 else None


def _shown(file: Path, video: VideoFacts, cut: Cut, duration_ms: int) -> Iterator[Picture]:
    """Yield small upright pictures from around the cut: key frames, or where they are few, some after them."""
    first, last = max(0, cut.start_ms - _AROUND_MS), min(duration_ms, cut.end_ms + _AROUND_MS)
    with opened(file) as container:
        picture = moving_picture(container)
        if picture is None:
            return
        begins: dict[int, float] = {}
        for number in range(_MOMENTS):
            moment = first + (last - first) * (number + 0.5) / _MOMENTS
            for frame in _frames_from(container, picture, moment, 1):
                if frame.pts is not None and begins.setdefault(frame.pts, moment) == moment:
                    yield _small(frame, video)
        for moment in begins.values() if len(begins) < _FEW else ():
            for frame in list(_frames_from(container, picture, moment, _FOLLOWING))[_EVERY::_EVERY]:
                yield _small(frame, video)


def _frames_from(container: InputContainer, picture: VideoStream, ms: float, most: int) -> Iterator[VideoFrame]:
    """Yield frames from the key frame before a moment on."""
    found = 0
    with suppress(av.FFmpegError):
        container.seek((container.start_time or 0) + round(ms) * 1000)
        for packet in islice(container.demux(picture), _FIRST_PACKETS):
            for frame in packet.decode():
                if isinstance(frame, VideoFrame):
                    yield frame
                    found += 1
                if found >= most:
                    return


def _small(frame: VideoFrame, video: VideoFacts) -> Picture:
    upright = video.rotation not in (90, 270)
    width, height = (video.width, video.height) if upright else (video.height, video.width)
    share = _LONG_SIDE / max(width, height)
    small = frame.reformat(width=max(2, round(width * share)), height=max(2, round(height * share)), format="rgb24")
    turned: Any = np.rot90(small.to_ndarray(), _FULL_TURN.get(video.rotation, 0))
    return np.ascontiguousarray(turned, dtype=np.float32)


def _where(pictures: NDArray[np.float32]) -> Box | None:
    """Return the smallest box that holds what moves above the hands, and the face that it moves in."""
    stir: Picture = pictures.std(axis=0).max(axis=2)
    moving: Mask = stir > max(_STIR, _ABOVE_NOISE * float(np.median(stir)))
    height, width = moving.shape
    upper = moving.copy()
    upper[int(height * _UPPER):] = False
    share = float(upper.mean())
    if not _LEAST <= share <= _MOST:
        return None
    left, right = _middle_of(upper.sum(axis=0))
    top, bottom = _middle_of(upper.sum(axis=1))
    face = _grown(np.median(pictures, axis=0), left, top, right, bottom)
    if face is None:
        return None
    return Box(min(left, face[0]) / width, min(top, face[1]) / height, max(right, face[2]) / width,
               max(bottom, face[3]) / height)  # fmt: skip


def _middle_of(counts: NDArray[Any]) -> tuple[int, int]:
    """Return where what is counted begins and ends, its outermost specks left aside."""
    reached = np.cumsum(counts) / max(1, counts.sum())
    return int(np.searchsorted(reached, 0.02)), int(np.searchsorted(reached, 0.98)) + 1


def _grown(picture: Picture, left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int] | None:
    """Return the sides of the patch of like colours around what moves; None where it has no end within the picture."""
    height, width = picture.shape[:2]
    quarter = max(1, (right - left) // 4)
    inner = picture[top:bottom, left + quarter:max(left + quarter + 1, right - quarter)].reshape(-1, 3)
    kinds, counts = np.unique((inner // 24).astype(int), axis=0, return_counts=True)
    usual = kinds[np.argsort(counts)[::-1][:2]] * 24 + 12
    alike: Mask = (np.abs(picture[:, :, None, :] - usual[None, None]).max(axis=3) < _ALIKE).any(axis=2)
    patch = np.zeros((height, width), bool)
    patch[top:bottom, left:right] = alike[top:bottom, left:right]
    for _ in range(height + width):
        wider = patch.copy()
        wider[1:] |= patch[:-1]
        wider[:-1] |= patch[1:]
        wider[:, 1:] |= patch[:, :-1]
        wider[:, :-1] |= patch[:, 1:]
        wider &= alike
        if (wider == patch).all():
            break
        patch = wider
    if not patch.any():
        return left, top, right, bottom
    rows, columns = np.nonzero(patch)
    if columns.min() == 0 or columns.max() == width - 1:
        return None
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1
