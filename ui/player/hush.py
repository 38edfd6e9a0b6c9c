"""Hush: keeps the notes of Qt's ffmpeg on every file it opens off the terminal; what goes wrong is still said."""

from __future__ import annotations

import ctypes
from pathlib import Path

import PySide6

ONLY_ERRORS = 16
"""ffmpeg's own number for it."""
LIBRARIES = ("Qt/lib/libavutil.so.[0-9][0-9]", "Qt/lib/libavutil.[0-9][0-9].dylib", "avutil-[0-9][0-9].dll")
"""Where Qt keeps the part of ffmpeg that speaks, by the name under which its player loads it."""


def hush() -> None:
    """Let Qt's ffmpeg speak of errors only."""
    for pattern in LIBRARIES:
        for library in Path(PySide6.__path__[0]).glob(pattern):
            _set_level(library)


def _set_level(library: Path) -> None:
    try:
        ctypes.CDLL(str(library)).av_log_set_level(ONLY_ERRORS)
    except (OSError, AttributeError):  # another build of Qt: then it talks, and nothing else changes
        return
