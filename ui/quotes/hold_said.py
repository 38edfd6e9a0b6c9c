"""What is said of how a quote stands on the transcript of today."""

from __future__ import annotations

from storybank.domain.quote import Hold
from ui.tongue import N_

_SAID = {Hold.HOLDS: N_("Holds"), Hold.CHANGED: N_("Changed since"), Hold.LOST: N_("Lost its place")}


def hold_said(hold: Hold) -> str:
    """Return the words of a standing, in English, to be said in the reader's language."""
    return _SAID[hold]
