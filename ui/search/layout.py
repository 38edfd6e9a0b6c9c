"""The parts of the Search page, and where they lie; what they do to each other is the page's business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from storybank.words import Words
from ui.parts.buttons import link_button, segment_button
from ui.parts.fields import Choice
from ui.parts.page import Filters, Page
from ui.parts.text import soft
from ui.search.concordance import ConcordanceView
from ui.search.copying import CopyBar
from ui.search.facets import Facets
from ui.search.field import SearchField
from ui.search.help import Help
from ui.search.hits import HitList, Why
from ui.search.saved import NameLine, SavedList
from ui.search.synonyms import Synonyms
from ui.search.telling import SORTS
from ui.search.understood import Understood
from ui.story.signs import SignButton, StarButton
from ui.theme import SECTION_SIZE, SPACE_2, SPACE_3, SPACE_4, SPACE_5, Tokens, font

if TYPE_CHECKING:
    from ui.wiring import App

FACETS_WIDTH = 232
LIST, CONCORDANCE = "list", "concordance"


class Parts:
    """Everything one sees on the page."""

    def __init__(self, page: Page, app: App, tr: Words, tokens: Tokens, why: Why) -> None:
        self.field = SearchField(tr, page)
        self.star = StarButton(tr, tokens, important=False)
        self.star.setCheckable(False)
        self.star.name_it(tr("Save this search"))
        self.ask_help = QuestionButton(tokens, tr("What can be asked"))
        self.name_line = NameLine(tr, tr("Name of the search"), 80)
        self.memo_line = NameLine(tr, tr("Memo about the quote"), 4000)
        self.saved = SavedList(tr)
        self.facets = Facets(tr)
        self.understood = Understood(tr, tokens)
        self.tabs = Filters()
        self.sort = Choice(tokens, tr("Order"), [(key.value, tr(said)) for key, said in SORTS.items()])
        self.sort.setMinimumContentsLength(12)
        self.views = Switch(tr)
        self.count = soft("")
        self.csv = link_button(tr("Save as CSV"))
        self.copy_bar = CopyBar(tr, tokens, app.browsing.uses())
        self.hits = HitList(tr, tokens, why)
        self.concordance = ConcordanceView(tr, tokens)
        self.help = Help(tr)
        self.synonyms = Synonyms(app, tr)
        self.stack = QStackedWidget()
        self.stack.setObjectName("plain")
        for part in (self.hits, self.concordance, self.help, self.synonyms):
            self.stack.addWidget(part)
        self.foot = QVBoxLayout()

    def lay_out(self, page: Page) -> None:
        """Put the parts in their places: facets at the left, the field over what it finds, the player at the foot."""
        self.facets.setFixedWidth(FACETS_WIDTH)
        self.facets.above.addWidget(self.saved)
        above = QHBoxLayout()
        above.setSpacing(SPACE_2)
        for part in (self.field, self.star, self.ask_help):
            above.addWidget(part, int(part is self.field))
        right = QVBoxLayout()
        right.setSpacing(SPACE_3)
        right.addLayout(above)
        right.addWidget(self.name_line)
        right.addWidget(self.understood)
        self.top = QWidget()
        self.top.setObjectName("plain")
        head = QVBoxLayout(self.top)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(SPACE_2)
        head.addWidget(self.tabs)
        head.addLayout(self._count_row())
        right.addWidget(self.top)
        right.addWidget(self.copy_bar)
        right.addWidget(self.memo_line)
        right.addWidget(self.stack, 1)
        self.foot.setContentsMargins(0, 0, 0, SPACE_3)
        right.addLayout(self.foot)
        page.body.setSpacing(SPACE_5)
        page.body.addWidget(self.facets)
        page.body.addLayout(right, 1)
        page.column.setSpacing(SPACE_2)
        for before, after in ((self.field, self.star), (self.star, self.ask_help)):
            QWidget.setTabOrder(before, after)

    def _count_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        row.addWidget(self.count, 1)
        row.addWidget(self.csv)
        row.addWidget(self.sort)
        row.addWidget(self.views)
        return row


class Switch(QFrame):
    """List or concordance."""

    def __init__(self, tr: Words) -> None:
        super().__init__()
        self.setObjectName("well")
        group = QButtonGroup(self)
        self.list = segment_button(tr("List"))
        self.concordance = segment_button(tr("Concordance"))
        self.concordance.setToolTip(tr("Every place under one another, with what is said before and after"))
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(0)
        for button in (self.list, self.concordance):
            group.addButton(button)
            row.addWidget(button)
        self.list.setChecked(True)

    @property
    def current(self) -> str:
        """Return which view is chosen."""
        return CONCORDANCE if self.concordance.isChecked() else LIST


class QuestionButton(SignButton):
    """A question mark."""

    def paint_sign(self, painter: QPainter, middle: QPointF) -> None:
        painter.setFont(font(SECTION_SIZE, QFont.Weight.DemiBold))
        painter.setPen(self._tokens.color("soft"))
        painter.drawText(QPointF(middle.x() - painter.fontMetrics().horizontalAdvance("?") / 2, middle.y() + 5), "?")
