"""Gestures: everything one can do in a transcript from the keyboard, while reading and while writing, in one table."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.parts.said import N_

VOICES = range(1, 10)
VOICE, VOICE_TO_THE_END = "voice ", "voice to the end "
"""The names of these gestures end in the voice's number."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """Something one can do; the letter that does it while reading does it with Ctrl while writing."""

    name: str
    says: str
    reading: tuple[str, ...]
    writing: tuple[str, ...] = ()


PLAYING = (
    Gesture("play", N_("Play or pause"), ("Space", "Ctrl+Space", "F8"), ("Ctrl+Space", "F8")),
    Gesture("back", N_("Five seconds back"), ("J", "Ctrl+J"), ("Ctrl+J",)),
    Gesture("on", N_("Five seconds on"), ("L", "Ctrl+L"), ("Ctrl+L",)),
    Gesture("slower", N_("Slower"), ("Shift+J", "Ctrl+Shift+J"), ("Ctrl+Shift+J",)),
    Gesture("faster", N_("Faster"), ("Shift+L", "Ctrl+Shift+L"), ("Ctrl+Shift+L",)),
    Gesture("loop", N_("Play this line again and again, or no more"), ("O", "Ctrl+O"), ("Ctrl+O",)),
)
DOUBTS = (
    Gesture("doubt next", N_("Next doubtful word"), ("D", "Ctrl+D", "Ctrl+Down"), ("Ctrl+D",)),
    Gesture("doubt before", N_("Doubtful word before"), ("Shift+D", "Ctrl+Shift+D", "Ctrl+Up"), ("Ctrl+Shift+D",)),
    Gesture("flag next", N_("Next line that may never have been said"), ("F",)),
    Gesture("flag before", N_("Line before that may never have been said"), ("Shift+F",)),
    Gesture("review", N_("Mark the line as reviewed, or not"), ("R",)),
)
LINES = (
    Gesture("split", N_("Split the line here"), ("Ctrl+Return", "Ctrl+Enter"), ("Ctrl+Return", "Ctrl+Enter")),
    Gesture("merge before", N_("Merge with the line before"), ("Shift+M",)),
    Gesture("merge next", N_("Merge with the line after"), ("M",)),
    Gesture("word from next", N_("Take a word from the next line"), ("B", "Ctrl+B"), ("Ctrl+B",)),
    Gesture("word to next", N_("Give the last word to the next line"), ("Shift+B", "Ctrl+Shift+B"), ("Ctrl+Shift+B",)),
    Gesture("start earlier", N_("The line begins a tenth of a second earlier"), ("F6",), ("F6",)),
    Gesture("start later", N_("The line begins a tenth of a second later"), ("F7",), ("F7",)),
    Gesture("end earlier", N_("The line ends a tenth of a second earlier"), ("Shift+F6",), ("Shift+F6",)),
    Gesture("end later", N_("The line ends a tenth of a second later"), ("Shift+F7",), ("Shift+F7",)),
    Gesture("paragraph", N_("Begin a paragraph here, or not"), ("P", "Ctrl+P"), ("Ctrl+P",)),
)
QUOTES = (
    Gesture("sentence", N_("Select the sentence; again, the quotes around it, then the line"), ("S",)),
    Gesture("tags", N_("Tag the selected words, or the quote or sentence one is in"), ("T",)),
    Gesture("quote", N_("Keep the selected words as a quote, with the tags given last"), ("Q",)),
    Gesture("in vivo", N_("Make a new tag out of the selected words"), ("V",)),
    Gesture("memo", N_("Write a memo about the quote"), ("Ctrl+M",)),
    Gesture("important", N_("Mark the quote as important, or not"), ("I",)),
    Gesture("shorten", N_("Shorten the quote, as it is read"), ("W",)),
    Gesture("translate", N_("Translate the quote"), ("Shift+W",)),
    Gesture("remove quote", N_("Take the quote out, with its tags and memos"), ("U",)),
    Gesture("untag", N_("Take the tags off the quote"), ("Shift+U",)),
    Gesture("quote start", N_("Move where the quote begins, with the arrows"), ("[",)),
    Gesture("quote end", N_("Move where the quote ends, with the arrows"), ("]",)),
    Gesture("quote next", N_("Go to the next quote"), ("N",)),
    Gesture("quote before", N_("Go to the quote before"), ("Shift+N",)),
    Gesture("merge quotes", N_("Make one of two quotes that overlap, where that is offered"), ("G",)),
)
EDGES = ("quote start", "quote end")
TAG = "tag "
"""The names of these gestures end in the digit of a tag."""
ABOUT_WORDS = {"merge next": "memo", "loop": "overlapping"}
"""What some letters mean where words are selected: they are about the quote then, and not about the line."""
HELP = Gesture("keys", N_("Show all keys, or hide them"), ("F1", "?"), ("F1",))
OFFERED = {
    N_("The recording"): PLAYING, N_("What may be wrong"): DOUBTS, N_("Lines"): LINES, N_("Quotes"): QUOTES,
}  # fmt: skip
"""The sheet of keys, by heading."""

_BY_SIGN = {"?": HELP.name, "[": "quote start", "]": "quote end"}
"""Gestures of signs that stand elsewhere on other keyboards."""
_SHIFTED = {
    Qt.Key.Key_Exclam: 1, Qt.Key.Key_At: 2, Qt.Key.Key_QuoteDbl: 2, Qt.Key.Key_NumberSign: 3, Qt.Key.Key_Slash: 3,
    Qt.Key.Key_Dollar: 4, Qt.Key.Key_Percent: 5, Qt.Key.Key_AsciiCircum: 6, Qt.Key.Key_Question: 6,
    Qt.Key.Key_Ampersand: 7, Qt.Key.Key_Asterisk: 8, Qt.Key.Key_ParenLeft: 9,
}  # fmt: skip
"""What stands above the digits on English and French Canadian keyboards."""


class Gestures:
    """Finds the gesture that a key asks for."""

    def __init__(self, *, writing: bool) -> None:
        self._writing = writing
        every = (*PLAYING, *DOUBTS, *LINES, *QUOTES, HELP)
        self._known = {
            _combination(keys): one.name for one in every for keys in (one.writing if writing else one.reading)
        }

    def of(self, event: QKeyEvent) -> str:
        """Return the name of the gesture; empty where the key asks for none."""
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
        if number := _voice(event, modifiers, plain=not self._writing):
            shifted = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            return f"{VOICE_TO_THE_END if shifted else VOICE}{number}"
        if not self._writing and (by_sign := _BY_SIGN.get(event.text(), "")):
            return by_sign
        return self._known.get(QKeyCombination(modifiers, Qt.Key(event.key())).toCombined(), "")


def shown(keys: str) -> str:
    """Return keys as this machine writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _combination(keys: str) -> int:
    return int(QKeySequence(keys)[0].toCombined())  # type: ignore[index]  # it is; the stubs do not know


def _voice(event: QKeyEvent, modifiers: Qt.KeyboardModifier, *, plain: bool) -> int:
    """Return the number of the voice whose key this is, 0 for none."""
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    key = Qt.Key(event.key())
    if Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and (modifiers in (ctrl, ctrl | shift) or (plain and not modifiers)):
        return int(key) - int(Qt.Key.Key_0)
    return _SHIFTED.get(key, 0) if modifiers == ctrl | shift else 0
