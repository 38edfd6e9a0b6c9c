"""The menu of quotes and tags: everything that a key does with a quote, named, with its key beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from storybank.words import Words
from ui.transcript.gestures import QUOTES, Gesture, shown

if TYPE_CHECKING:
    from ui.story.page import StoryPage

BEFORE_LINES = ("tags", "important", "quote start", "quote next", "merge quotes")
"""Where a line parts the menu."""


def quote_menu(page: StoryPage, tr: Words) -> QMenu:
    """Return the menu."""
    menu = QMenu(tr("Quotes and tags"), page)
    for gesture in QUOTES:
        if gesture.name in BEFORE_LINES:
            menu.addSeparator()
        _add(menu, page, tr, gesture)
    return menu


def _add(menu: QMenu, page: StoryPage, tr: Words, gesture: Gesture) -> None:
    act = menu.addAction(f"{tr(gesture.says)}\t{shown(gesture.reading[0])}")
    act.triggered.connect(partial(_do, page, gesture.name))


def _do(page: StoryPage, name: str, _checked: bool = False) -> None:
    page.doing.do(name)
