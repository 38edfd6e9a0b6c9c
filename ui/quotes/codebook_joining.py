"""Joining codes in the window: merge, split, remove or make a heading; what it reaches is told before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem

from storybank.domain.codebook import Code, by_key, path_of
from storybank.domain.codebook_changes import sounds
from storybank.domain.quote import Quote
from storybank.errors import StorybankError
from storybank.services.codebooks import Codebooks, Plan
from storybank.words import Words
from ui.parts.buttons import link_button, main_button
from ui.parts.card import Card
from ui.parts.fields import line_field, tick
from ui.parts.page import labelled
from ui.parts.text import label, note, restyle, section
from ui.theme import SPACE_1, SPACE_2, TARGET

if TYPE_CHECKING:
    from storybank.services.edits import Edit

KEY = Qt.ItemDataRole.UserRole
PICK_HEIGHT = 190


class JoiningForm(Card):
    """One change of a code whose quotes go elsewhere; `done` hands over the edit, `left` nothing."""

    done = Signal(object)
    left = Signal()

    def __init__(self, codebooks: Codebooks, tr: Words, mode: str, code: Code, quotes: Sequence[Quote] = ()) -> None:
        """`mode` is `merge`, `split`, `remove` or `heading`; `quotes` are those that can be split off."""
        super().__init__()
        self._codebooks, self._tr, self._mode, self._code = codebooks, tr, mode, code
        codes = codebooks.codes()
        self._used = codebooks.counts()[code.key].own
        titles = {
            "merge": tr("Merge “{code}” into another code"), "split": tr("Split “{code}”"),
            "remove": tr("Remove “{code}”"), "heading": tr("Make “{code}” a heading"),
        }
        title = section(titles[mode].format(code=code.label(tr.language)))
        title.setWordWrap(True)
        self.body.addWidget(title)
        if mode == "split":
            self._build_quotes(quotes)
        self._build_target(code, codes)
        self.with_those_under = tick(tr("The codes under it go as well"))
        self.with_those_under.setVisible(mode == "remove" and any(one.parent == code.key for one in codes))
        self.with_those_under.toggled.connect(lambda _on: self._tell())
        self.body.addWidget(self.with_those_under)
        self._build_preview()
        self._tell()

    @property
    def told(self) -> str:
        """Return what it tells before it is done."""
        return "\n".join(part.text() for part in (self._reach, self._examples, self._warning) if part.text())

    # ---- parts -------------------------------------------------------------------------------------------------

    def _build_quotes(self, quotes: Sequence[Quote]) -> None:
        self.quotes = QListWidget()
        self.quotes.setAccessibleName(self._tr("Quotes to split off"))
        self.quotes.setWordWrap(True)
        self.quotes.setSpacing(2)
        self.quotes.setViewportMargins(SPACE_2, SPACE_1, 0, SPACE_1)
        self.quotes.setMinimumHeight(PICK_HEIGHT)
        for quote in quotes:
            item = QListWidgetItem(f"{quote.code}  {quote.text}")
            item.setData(KEY, quote.id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.quotes.addItem(item)
        self.quotes.itemChanged.connect(lambda _item: self._tell())
        self.body.addWidget(labelled(self._tr("Quotes to split off"), self.quotes))

    def _build_target(self, code: Code, codes: Sequence[Code]) -> None:
        tr, known = self._tr, by_key(codes)
        self.uncoded = tick(tr("Its quotes stay without this code, and get no other"))
        self.new_label = line_field(tr("Name of a new code"), hint=tr("Or choose one below"))
        self.filter = line_field(tr("The code that gets its quotes"), hint=tr("Type a part of its name"))
        self.targets = QListWidget()
        self.targets.setAccessibleName(tr("Codes"))
        self.targets.setFixedHeight(PICK_HEIGHT)
        self.targets.setViewportMargins(SPACE_2, SPACE_1, 0, SPACE_1)
        for one in codes:
            if one.codable and one.key != code.key:
                item = QListWidgetItem(" › ".join(each.label(tr.language) for each in path_of(one, known)))
                item.setData(KEY, one.key)
                item.setSizeHint(QSize(0, TARGET))
                item.setData(KEY + 1, sounds(" ".join((one.key, one.label_en, one.label_fr, *one.aliases))))
                self.targets.addItem(item)
        asks = self._mode in ("merge", "split") or self._used > 0 or self._mode == "remove"
        wholly = self._mode in ("remove", "heading")
        for widget, shown in ((self.uncoded, wholly and self._used > 0),
                              (labelled(self.new_label.accessibleName(), self.new_label), self._mode == "split"),
                              (labelled(self.filter.accessibleName(), self.filter), asks),
                              (self.targets, asks)):
            widget.setVisible(shown)
            self.body.addWidget(widget)
        self.filter.textChanged.connect(self._narrow)
        self.targets.currentItemChanged.connect(lambda _now, _before: self._tell())
        self.new_label.textChanged.connect(lambda _text: self._tell())
        self.uncoded.toggled.connect(self._turn)

    def _build_preview(self) -> None:
        tr = self._tr
        self._reach = label("", wrap=True)
        self._examples = note("")
        self._warning = label("", "strong", wrap=True, tone="warn")
        for part in (self._reach, self._examples, self._warning):
            self.body.addWidget(part)
        words = {"merge": tr("Merge"), "split": tr("Split"), "remove": tr("Remove"), "heading": tr("Make heading")}
        self._word, self._sure_word = words[self._mode], tr("{doing} all the same")
        self.do = main_button(self._word, self._do)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.do)
        row.addWidget(link_button(tr("Cancel"), self.left.emit))
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    # ---- what it would do --------------------------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """Choose the code that gets the quotes."""
        for at in range(self.targets.count()):
            if self.targets.item(at).data(KEY) == key:
                self.targets.setCurrentRow(at)

    def _target(self) -> str:
        item = self.targets.currentItem()
        return "" if item is None or item.isHidden() or self.uncoded.isChecked() else str(item.data(KEY))

    def _plan(self, *, sure: bool) -> Plan:
        books, key, to = self._codebooks, self._code.key, self._target()
        plans: dict[str, Callable[[], Plan]] = {
            "merge": lambda: books.merge(key, to, sure=sure),
            "split": lambda: self._split(key, to),
            "remove": lambda: books.remove(key, to=to, uncoded=self.uncoded.isChecked(), sure=sure,
                                           with_those_under=self.with_those_under.isChecked()),
            "heading": lambda: books.make_heading(key, to=to, uncoded=self.uncoded.isChecked(), sure=sure),
        }
        return plans[self._mode]()

    def _split(self, key: str, to: str) -> Plan:
        items = [self.quotes.item(at) for at in range(self.quotes.count())]
        chosen = [str(item.data(KEY)) for item in items if item.checkState() is Qt.CheckState.Checked]
        new = self.new_label.text().strip()
        french = self._tr.language == "fr"
        return self._codebooks.split(key, chosen, into="" if new else to, label_en="" if french else new,
                                     label_fr=new if french else "")

    def _tell(self) -> None:
        """Say what it would reach, or what is still to be chosen."""
        tr = self._tr
        if self._mode == "merge" and not self._target():
            self._show(tr("Choose the code that gets its quotes."), possible=False)
            return
        try:
            plan = self._plan(sure=False)
        except StorybankError as error:
            self._show(" ".join(map(tr.sentence, (error.message, error.hint))), possible=False)
            return
        examples = "\n".join(f"{one.quote_code}  “{one.text}”" for one in plan.affected.examples)
        warning = tr.sentence(plan.warning) if plan.warning else ""
        self._show(" ".join(map(tr.sentence, plan.affected.said())), examples, warning)

    def _show(self, reach: str, examples: str = "", warning: str = "", *, possible: bool = True) -> None:
        self._reach.setText(reach)
        self._examples.setText(examples)
        self._examples.setVisible(bool(examples))
        self._warning.setText(warning)
        self._warning.setVisible(bool(warning))
        said = self._sure_word.format(doing=self._word) if warning else self._word
        self.do.setText(said)
        self.do.setAccessibleName(said)
        self.do.setEnabled(possible)
        restyle(self._reach, role="" if possible else "soft")

    def _do(self) -> None:
        def plan() -> Edit:
            return self._plan(sure=True).edit

        self.done.emit(plan)

    def _narrow(self, typed: str) -> None:
        wanted = sounds(typed) if typed.strip() else ""
        for at in range(self.targets.count()):
            item = self.targets.item(at)
            item.setHidden(wanted not in str(item.data(KEY + 1)))
        self._tell()

    def _turn(self, uncoded: bool) -> None:
        self.targets.setEnabled(not uncoded)
        self.filter.setEnabled(not uncoded)
        self._tell()
