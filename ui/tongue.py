"""Tongue: which language a command speaks, known before anything slow is loaded."""

from __future__ import annotations

import os


def language() -> str:
    """Return the language to speak, by the environment: French where it says so, else English."""
    for name in ("STORYBANK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


def N_(text: str) -> str:
    """Return the text as it is, marked for the catalogue of translations; it is said later."""
    return text
