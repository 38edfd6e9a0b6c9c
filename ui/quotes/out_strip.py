"""The strip that asks before a file is written: what it is for, who gets it, in which language, and what goes along."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from storybank.domain.project import MediaManner
from storybank.domain.use import Use
from storybank.words import Words
from ui.parts.buttons import quiet_button
from ui.parts.fields import Choice, line_field, tick
from ui.parts.text import cut, section
from ui.quotes.ways_out import Way, Wish
from ui.theme import Tokens
from ui.workbench.bars import Bar


class OutStrip(Bar):
    """One line of fields for one file. Esc puts it away."""

    agreed = Signal(object, object)
    """The way out, and what somebody said about it."""

    def __init__(self, tr: Words, tokens: Tokens, uses: Sequence[Use], way: Way) -> None:
        super().__init__(tr, tr(way.says).rstrip("…"))
        self._tr, self.way = tr, way
        self.go_on = quiet_button(tr("Choose where…"), lambda: self.agreed.emit(self.way, self.wish))
        self._build_fields(tokens, uses)
        heading, about = section(tr(way.says).rstrip("…")), cut(tr(way.about), "note")
        self.add_row(heading, about, stretch=about, closing=True)
        self.add_fields(*(self._fields[name] for name in ("use", "recipient", "language", "media")
                          if name == "use" or name in way.asks), self.go_on)
        ticks: list[QWidget] = [box for name, box in self.ticks.items() if name in way.asks]
        if ticks:
            self.add_flow(*ticks)

    @property
    def wish(self) -> Wish:
        """Return what is said so far."""
        on = {name: name in self.way.asks and box.isChecked() for name, box in self.ticks.items()}
        return Wish(self.use.key, self.recipient.text().strip(), self.language.key, on["notes"], on["context"],
                    on["titles"], MediaManner(self.media.key), on["texts"])

    def begin(self) -> None:
        """Put the keys where the first answer is given."""
        self.show()
        self.use.setFocus()

    def _build_fields(self, tokens: Tokens, uses: Sequence[Use]) -> None:
        tr = self._tr
        known = [(use.key, _capital(use.label(tr.language))) for use in uses]
        if not self.way.use:
            known.insert(0, ("", tr("No use in particular")))
        self.use = Choice(tokens, tr("What is it for?"), known, self.way.use)
        self.recipient = line_field(tr("Who will be given it?"), hint=tr("kept in case it must be called back"))
        self.recipient.returnPressed.connect(self.go_on.click)
        self.language = Choice(tokens, tr("Language"), [("en", "English"), ("fr", "Français")], tr.language)
        self.media = Choice(tokens, tr("Recordings"), [
            (MediaManner.NONE, tr("Without them")), (MediaManner.BESIDE, tr("Light copies beside it")),
            (MediaManner.INSIDE, tr("Light copies inside it"))])
        self._fields: dict[str, QWidget] = {"use": self.use, "recipient": self.recipient, "language": self.language,
                                            "media": self.media}
        self.ticks: dict[str, QCheckBox] = {
            "notes": tick(tr("Take memos along")),
            "context": tick(tr("Take along what is said just before and after")),
            "titles": tick(tr("Take along the titles that we gave")),
            "texts": tick(tr("Each transcript as a text too, for MAXQDA and NVivo")),
        }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
