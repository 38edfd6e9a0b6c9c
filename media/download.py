"""Download: fetching a speech model when somebody asks for it; the only place that may use the network."""

from __future__ import annotations

import errno
import multiprocessing
import os
import sys
from pathlib import Path

from storybank.errors import Unavailable
from storybank.ports import Ticket
from storybank.words import say

OFFERED = {
    "tiny": 78_000_000,
    "base": 148_000_000,
    "small": 488_000_000,
    "medium": 1_530_000_000,
    "large-v3-turbo": 1_620_000_000,
    "large-v3": 3_090_000_000,
}
"""Whisper models for faster-whisper, with their size in bytes, to within a few per cent."""

_HOMES = {"large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo"}
_FILES = ("config.json", "preprocessor_config.json", "tokenizer.json", "vocabulary.json", "vocabulary.txt", "model.bin")
_NO_WAY, _NO_ROOM = 1, 3  # what the child's exit says
_LOOK_EVERY = 0.2  # seconds between two looks at how much has come


def fetch(name: str, into: Path, ticket: Ticket) -> None:
    """Fetch the files of a model into a folder, in a process that a stopped ticket ends at once.

    What had come before a break is used again. Raises `Unavailable` when there is no way over the network.
    """
    child = multiprocessing.get_context("spawn").Process(target=_fetch_all, args=(name, into), daemon=True)
    child.start()
    try:
        while child.is_alive():
            ticket.check()
            ticket.report(min(0.99, _come(into) / OFFERED[name]), name)
            child.join(_LOOK_EVERY)
    finally:
        child.terminate()
        child.join()
    if child.exitcode == _NO_ROOM:
        raise Unavailable(say("The disk is full."), hint=say("Make room, or choose a smaller model."))
    if child.exitcode:
        raise Unavailable(
            say("The model {name} could not be downloaded: there is no way to it over the network.", name=name),
            hint=say("Try again when you are online, or add the model from a folder or a USB stick."),
        )
    ticket.report(1.0)


def _come(into: Path) -> int:
    return sum(file.stat().st_size for file in into.rglob("*") if file.is_file())


def _fetch_all(name: str, into: Path) -> None:
    os.environ.pop("HF_HUB_OFFLINE", None)
    from huggingface_hub import HfApi, hf_hub_download

    home = _HOMES.get(name, f"Systran/faster-whisper-{name}")
    try:
        there = set(HfApi().list_repo_files(home))
        for file in _FILES:
            if file in there:
                hf_hub_download(home, file, local_dir=into)
    except Exception as error:  # noqa: BLE001 - whatever the network did, it is told as one thing
        sys.exit(_NO_ROOM if getattr(error, "errno", None) == errno.ENOSPC else _NO_WAY)
