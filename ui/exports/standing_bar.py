"""Standing bar: what a draft measures and what is to be mended, at the foot; a press on a line goes to its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.brief_forms import FORMS
from storybank.domain.codebook import Code, by_key
from storybank.domain.draft import Draft, DraftKind
from storybank.domain.remark import Remark, Weight
from storybank.words import Words
from ui.exports.writing import said_language, within_sentence
from ui.parts.buttons import link_button
from ui.parts.card import Card
from ui.parts.chips import Badge, Tone
from ui.parts.flow import Flow
from ui.parts.page import scrolled
from ui.parts.rows import clear
from ui.parts.text import label, restyle
from ui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, TARGET, Tokens

if TYPE_CHECKING:
    from storybank.services.answering import Standing

TONES: dict[Weight, Tone] = {Weight.STOP: "stop", Weight.WARN: "warn", Weight.NOTE: "plain"}
ORDER = (Weight.STOP, Weight.WARN, Weight.NOTE)
HIGH = 190


class StandingBar(Card):
    """Counters in a row; the lines open above them."""

    asked = Signal(str, str)
    """A place in the draft, and the language to show it in."""

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__(pad=SPACE_3)
        self._tr, self._tokens = tr, tokens
        self.standing: Standing | None = None
        self.pages: int | None = None
        self._draft: Draft | None = None
        holder = QWidget()
        holder.setObjectName("plain")
        self._lines = QVBoxLayout(holder)
        self._lines.setContentsMargins(0, 0, SPACE_3, 0)
        self._lines.setSpacing(SPACE_1)
        self.area = scrolled(holder)
        self.area.setFixedHeight(HIGH)
        self.area.hide()
        counters = QWidget()
        counters.setObjectName("plain")
        self._counters = Flow(counters, SPACE_4, SPACE_1)
        self.more = link_button("", self.turn)
        self.body.addWidget(self.area)
        self.body.addWidget(counters)
        self._told: list[str] = []

    @property
    def told(self) -> str:
        """Return what the counters say."""
        return " · ".join(self._told)

    def turn(self) -> None:
        """Open the lines, or put them away."""
        self.area.setVisible(self.area.isHidden())
        self._say()

    def show_standing(self, draft: Draft, standing: Standing | None, missing: Sequence[tuple[str, str, str]],
                      codes: Sequence[Code] = ()) -> None:
        """Show how a draft stands; `missing` is language, place and name of what only the other language says."""
        self._draft, self.standing, self._missing, self._codes = draft, standing, list(missing), by_key(codes)
        clear(self._lines)
        for tone, text, place, language in self._all_lines():
            self._lines.addWidget(self._line(tone, text, place, language))
        self._lines.addStretch(1)
        if not self._count():
            self.area.hide()
        self._say()

    def show_pages(self, pages: int | None) -> None:
        """Show how many pages it has after rendering; None while nobody knows."""
        self.pages = pages
        self._say()

    def _count(self) -> int:
        return self._lines.count() - 1

    def _all_lines(self) -> list[tuple[Tone, str, str, str]]:
        tr, standing = self._tr, self.standing
        if standing is None:
            return []
        remarks = sorted(standing.remarks, key=lambda one: ORDER.index(one.weight))
        found = [(TONES[one.weight], _said(one, tr), one.place, one.language) for one in remarks]
        told = {(one.place, one.language) for one in remarks}
        for language, place, name in self._missing:
            if (place, language) not in told:
                found.append(("warn", tr("Not written in {language}: {name}.", name=name,
                                         language=within_sentence(language, tr)), place, language))
        found += [("plain", text, "quotes", "") for text in self._gaps_said()]
        return found

    def _gaps_said(self) -> list[str]:
        """Return who is not heard, a line for each building block."""
        tr, codes = self._tr, self._codes
        groups: dict[str, list[str]] = {}
        for block, group in self.standing.gaps if self.standing and self._draft and self._draft.codes else ():
            groups.setdefault(block, []).append(codes[group].label(tr.language) if group in codes else group)
        return [tr("No voice yet on “{block}”: {groups}.", groups=", ".join(names),
                   block=codes[block].label(tr.language) if block in codes else block)
                for block, names in groups.items()]

    def _line(self, tone: Tone, text: str, place: str, language: str) -> QWidget:
        word = {"stop": self._tr("Stops it"), "warn": self._tr("Think of it")}.get(tone, self._tr("Note"))
        if tone == "stop" and place.startswith("quotes."):
            word = self._tr("Stays behind")
        holder = QWidget()
        holder.setObjectName("plain")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        badge = Badge(self._tokens, word, tone)
        row.addWidget(badge)
        row.addWidget(label(text, wrap=True), 1)
        if place:
            go = link_button(self._tr("Go there"), lambda: self.asked.emit(place, language))
            go.setAccessibleName(self._tr("Go there: {what}", what=text))
            row.addWidget(go)
        return holder

    def _say(self) -> None:
        tr, draft = self._tr, self._draft
        if draft is None:
            return
        self.more = link_button(self._more_said(), self.turn)
        parts: list[QWidget] = []
        self._told = []
        for text, tone in self._counted(draft):
            said = label(text, {"": "strong", "soft": "soft"}.get(tone, ""), tone="" if tone == "soft" else tone)
            said.setMinimumHeight(TARGET)
            restyle(said)
            parts.append(said)
            self._told.append(text)
        if self.standing is None:
            self._told.append(tr("Counting…"))
            parts.append(label(self._told[-1], "note"))
        elif self._count():
            parts.append(self.more)
        else:
            self._told.append(tr("Nothing to mend"))
            parts.append(label(self._told[-1], "note"))
        self._counters.show_only(parts)

    def _more_said(self) -> str:
        many = self._tr.many("{n} thing to look at", "{n} things to look at", self._count())
        return self._tr("Put away") if not self.area.isHidden() else many

    def _counted(self, draft: Draft) -> list[tuple[str, str]]:
        """Return each counter with its tone; languages are named where there are two."""
        tr, found = self._tr, list[tuple[str, str]]()
        rules = FORMS[draft.form] if draft.kind is DraftKind.BRIEF else None
        for language, count in (self.standing.counts.items() if self.standing else ()):
            most = count.most_words
            words = (tr("{n} of {most} words", n=count.words, most=most) if most
                     else tr.many("{n} word", "{n} words", count.words))
            if len(draft.languages) > 1:
                words = tr("{title}: {message}", title=said_language(language, tr), message=words)
            found.append((words, "stop" if most and count.words > most else ""))
            if count.grade is not None:
                found.append((tr("grade {n}", n=round(count.grade)), ""))
            if count.acronyms:
                found.append((tr("not spelled out: {acronyms}", acronyms=", ".join(count.acronyms)), "warn"))
        if self.pages is not None and rules:
            most = rules.most_pages
            pages = tr.many("{n} page", "{n} pages", self.pages)
            found.append((tr("{pages} of {most}", pages=pages, most=most) if most else pages,
                          "stop" if most and self.pages > most else ""))
        if self.standing and draft.codes and (gaps := len(self.standing.gaps)):
            found.append((tr.many("{n} gap in voices", "{n} gaps in voices", gaps), "soft"))
        if self.standing and (refused := sum(not one.allowed for one in self.standing.answers)):
            found.append((tr.many("{n} quote stays behind", "{n} quotes stay behind", refused), "stop"))
        return found


def _said(remark: Remark, tr: Words) -> str:
    return " ".join(filter(None, map(tr.sentence, (remark.message, remark.hint))))
