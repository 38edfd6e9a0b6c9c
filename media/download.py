"""Download: fetching a speech model when somebody asks for it; the only place that may use the network."""

from __future__ import annotations

import os
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


def fetch(name: str, into: Path, ticket: Ticket) -> None:
    """Fetch the files of a model into a folder; files that are whole already are left alone.

    Raises `Unavailable` when there is no network, or it does not let us through.
    """
    os.environ.pop("HF_HUB_OFFLINE", None)
    from huggingface_hub import HfApi, hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError

    home = _HOMES.get(name, f"Systran/faster-whisper-{name}")
    try:
        there = {file.rfilename: file.size or 0 for file in HfApi().model_info(home, files_metadata=True).siblings or []}
        wanted = [file for file in _FILES if file in there]
        whole, done = max(1, sum(there[file] for file in wanted)), 0
        for file in wanted:
            ticket.check()
            ticket.report(done / whole, file)
            hf_hub_download(home, file, local_dir=into)
            done += there[file]
    except (OSError, HfHubHTTPError, ValueError) as error:
        raise Unavailable(
            say("The model {name} could not be downloaded: there is no way to it over the network.", name=name),
            hint=say("Try again when you are online, or add the model from a folder or a USB stick."),
        ) from error
    ticket.report(1.0)
