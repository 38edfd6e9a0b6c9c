"""Revised: what each kind of change is called in the window."""

from __future__ import annotations

from storybank.domain.change import ChangeKind
from ui.tongue import N_

CHANGES = {
    ChangeKind.REWORDED: N_("corrected"), ChangeKind.REVIEWED: N_("reviewed"), ChangeKind.SPLIT: N_("cut in two"),
    ChangeKind.MERGED: N_("put together"), ChangeKind.MOVED: N_("moved in time"),
    ChangeKind.VOICED: N_("said who speaks"), ChangeKind.PARAGRAPHED: N_("began a paragraph"),
    ChangeKind.REPLACED: N_("replaced throughout"), ChangeKind.TRANSLATED: N_("put the language right"),
    ChangeKind.REALIGNED: N_("found the words in the sound"), ChangeKind.HEARD_AGAIN: N_("took from another run"),
    ChangeKind.RESTORED: N_("went back to an earlier state"), ChangeKind.UNDONE: N_("undid a change"),
}  # fmt: skip
"""In a list of several."""

WHOLE = {
    ChangeKind.REWORDED: N_("{person} corrected a line"), ChangeKind.REVIEWED: N_("{person} reviewed a line"),
    ChangeKind.SPLIT: N_("{person} cut a line in two"), ChangeKind.MERGED: N_("{person} put two lines together"),
    ChangeKind.MOVED: N_("{person} moved a line in time"), ChangeKind.VOICED: N_("{person} said who speaks"),
    ChangeKind.PARAGRAPHED: N_("{person} began a paragraph"), ChangeKind.REPLACED: N_("{person} replaced words"),
    ChangeKind.TRANSLATED: N_("{person} put a line's language right"),
    ChangeKind.REALIGNED: N_("{person} found words in the sound"),
    ChangeKind.HEARD_AGAIN: N_("{person} took a passage from another run"),
    ChangeKind.RESTORED: N_("{person} went back to an earlier state"), ChangeKind.UNDONE: N_("{person} undid a change"),
}  # fmt: skip
"""Of one that stands alone."""
