"""Places: where this machine keeps Storybank's models, settings and logs, outside any library."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
"""The folder that the four packages lie in, with the demo beside them."""


def home() -> Path:
    """Return the app's own data folder; `STORYBANK_HOME` names another, for tests and for USB sticks."""
    if named := os.environ.get("STORYBANK_HOME"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local")) / "Storybank"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/Storybank"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share")) / "storybank"


def models() -> Path:
    """Return the folder of speech models: data, not cache, so that no cleaner takes them away."""
    return home() / "models"


def demo() -> Path:
    """Return the demo that ships with Storybank: interviews, recordings and the small speech model."""
    return PROJECT / "demo"


def default_library() -> Path:
    """Return the library that is opened when none is named."""
    return Path(os.environ["STORYBANK_LIBRARY"]) if "STORYBANK_LIBRARY" in os.environ else home() / "library"
