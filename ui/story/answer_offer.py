"""Answer offer: the two ways to say what somebody answered who wanted to be asked first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from storybank.words import Words
from ui.parts.buttons import quiet_button
from ui.parts.flow import Flow
from ui.theme import SPACE_2


def answer_offer(tr: Words, answered: Callable[[bool], object]) -> QWidget:
    """Return a yes and a no to press; `answered` is told which."""
    offer = QWidget()
    offer.setObjectName("plain")
    row = Flow(offer, SPACE_2)
    row.addWidget(quiet_button(tr("They said yes to this…"), partial(answered, True)))
    row.addWidget(quiet_button(tr("They said no…"), partial(answered, False)))
    return offer
