"""A person of the board at the side: how it stands, what is out there, and every agreement with its history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.consent import ConsentState
from storybank.domain.lists import StoryLine
from storybank.domain.story import Story
from storybank.domain.use import Use
from storybank.services.surveying import Place, Standing
from storybank.words import Words
from ui.board.agreement import AgreementCard
from ui.board.papers import Papers
from ui.board.said import about, beside, standing_said
from ui.parts.buttons import link_button, quiet_button, stop_button
from ui.parts.card import Card
from ui.parts.chips import Badge
from ui.parts.flow import Flow
from ui.parts.page import scrolled
from ui.parts.said import day
from ui.parts.text import hairline, label, note, section
from ui.theme import SIDE_WIDTH, SPACE_1, SPACE_2, SPACE_3, Tokens

if TYPE_CHECKING:
    from ui.wiring import App


class PersonPanel(Card):
    """What is on file about one person's consent."""

    closed = Signal()
    renewal_asked = Signal(object)
    withdrawal_asked = Signal(object)
    case_asked = Signal(str)
    story_asked = Signal(str)

    def __init__(self, app: App, tr: Words, tokens: Tokens, papers: Papers) -> None:
        super().__init__()
        self.setFixedWidth(SIDE_WIDTH)
        self._app, self._tr, self._tokens, self._papers = app, tr, tokens, papers
        self.shown: Standing | None = None
        self.agreements: dict[str, AgreementCard] = {}
        self._area = scrolled(QWidget())
        self.body.addWidget(self._area)

    def show_person(self, one: Standing, uses: Sequence[Use], stories: Sequence[StoryLine]) -> None:
        """Show where a person stands and everything on file about them."""
        same = self.shown is not None and self.shown.person.id == one.person.id
        bar = self._area.verticalScrollBar()
        at = bar.value() if same else 0
        self.shown = one
        inside = QWidget()
        inside.setObjectName("plain")
        self._fill(inside, one, uses, stories)
        self._area.setWidget(inside)
        bar.setValue(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _fill(self, inside: QWidget, one: Standing, uses: Sequence[Use], stories: Sequence[StoryLine]) -> None:
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE_2, SPACE_3)
        column.setSpacing(SPACE_2)
        for part in self._head(one):
            column.addLayout(part) if isinstance(part, (QHBoxLayout, Flow)) else column.addWidget(part)
        column.addLayout(self._ways(one))
        for widget in (*self._stories(stories), *self._out_there(one)):
            column.addWidget(widget)
        consents = self._app.consenting.consents_of(one.person.id)
        titles = {line.id: Story(line.id, line.code, line.title, line.slug, line.language) for line in stories}
        column.addWidget(hairline())
        column.addWidget(section(self._tr("What is on file")))
        if not consents:
            column.addWidget(note(self._tr("There is no consent on file for {name}.", name=one.person.name)))
        self.agreements = {}
        for consent in reversed(consents):
            card = AgreementCard(self._tr, self._tokens, consent, self._app.consenting.today(), uses, titles)
            card.receipt_asked.connect(lambda consent=consent: self._papers.ask_receipt(consent, one.person))
            card.proof_asked.connect(lambda number, consent=consent: self._papers.show_proof(consent, number))
            self.agreements[consent.code] = card
            column.addWidget(card)
        column.addStretch(1)

    def _head(self, one: Standing) -> Iterator[QWidget | QHBoxLayout]:
        row = QHBoxLayout()
        row.addWidget(label(one.person.name, "name", wrap=True), 1)
        self.close_button = link_button(self._tr("Close"), self.closed.emit)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        yield row
        if told := about(one, self._tr):
            yield label(told, "soft", wrap=True)
        badges = QHBoxLayout()
        badges.setContentsMargins(0, SPACE_1, 0, 0)
        word, tone = standing_said(one, self._tr)
        under = beside(one, self._tr)
        badges.addWidget(Badge(self._tokens, word, tone, under))
        badges.addStretch(1)
        yield badges
        if under:
            yield note(under[:1].upper() + under[1:])

    def _ways(self, one: Standing) -> Flow:
        row = Flow(gap=SPACE_2)
        if one.lapsing and one.lapsing.renewal is None:
            row.addWidget(quiet_button(self._tr("Ask to renew"), lambda: self.renewal_asked.emit(one)))
        elif one.lapsing and one.lapsing.renewal:
            asked = one.lapsing.renewal
            row.addWidget(note(self._tr("Renewal asked on {day}: {code}. The earlier answer stands until then.",
                                        day=day(asked.events[-1].at, self._tr.language), code=asked.code)))
        if one.case:
            code = one.case.code
            row.addWidget(quiet_button(self._tr("Go on with {code}", code=code), lambda: self.case_asked.emit(code)))
        if one.place is not Place.WITHDRAWN or one.state is not ConsentState.WITHDRAWN:
            row.addWidget(stop_button(self._tr("Withdraw…"), lambda: self.withdrawal_asked.emit(one)))
        return row

    def _stories(self, stories: Sequence[StoryLine]) -> Iterator[QWidget]:
        if stories:
            yield hairline()
            yield section(self._tr("Stories"))
        for line in stories:
            button = link_button(self._tr("{code} · {title}", code=line.code, title=line.title),
                                 partial(self.story_asked.emit, line.id))
            button.setStyleSheet("text-align: left; padding: 0;")
            button.setToolTip(line.title)
            button.setMinimumWidth(40)
            yield button

    def _out_there(self, one: Standing) -> Iterator[QWidget]:
        if not one.live:
            return
        yield hairline()
        yield section(self._tr("Out there, resting on it"))
        for export in one.live:
            yield label(export.title, wrap=True)
            place = f" · {export.recipient}" if export.recipient else ""
            yield note(f"{export.code} · {day(export.made_at, self._tr.language)}{place}")


