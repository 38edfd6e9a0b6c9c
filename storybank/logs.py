"""Logs: one quiet file on this machine, without names or words of anybody, for when something must be explained."""

from __future__ import annotations

import contextlib
import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

LARGEST = 1_000_000
"""Bytes of a log file before the next one begins; two older ones are kept."""

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def keep_log(folder: Path) -> None:
    """Write what the program notes to `folder/storybank.log`, from now on; a folder that cannot be written is left.

    Modules log identifiers, never names, words or paths of people's files.
    """
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "storybank.log"
        handler = RotatingFileHandler(file, maxBytes=LARGEST, backupCount=2, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter(_FORMAT))
        root = logging.getLogger()
        root.addHandler(handler)
        root.setLevel(logging.INFO)
