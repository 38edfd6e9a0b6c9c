"""The coverage matrix, painted: groups down, themes across, a number in each cell, and empty cells that stand out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from storybank.domain.coverage import ANY, Cell, Heading, Matrix, gap_said
from storybank.words import Words
from ui.quotes.coverage_said import concentrated, counts_said
from ui.theme import CORNER, NOTE_SIZE, SPACE_2, TEXT_SIZE, Tokens, font

HEAD_HEIGHT, ROW_HEIGHT = 46, 34
NAMES_WIDTH, LEAST_COLUMN, TOTAL_WIDTH = 208, 72, 52
_GAP = 2
_FAINTEST, _STRONGEST = 0.10, 0.42
_MOVES = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class CoverageGrid(QWidget):
    """A grid that has the focus as a whole: the arrow keys move, Enter shows the cell's quotes."""

    chosen = Signal(str, str)
    """Theme and group, by their keys."""

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self._tr, self._tokens = tr, tokens
        self._matrix: Matrix | None = None
        self._at = (0, 0)
        self._shown: tuple[str, str] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Coverage"))

    @property
    def current(self) -> tuple[Heading, Heading] | None:
        """Return theme and group of the cell that the keys are at."""
        matrix = self._matrix
        if matrix is None or not matrix.rows or not matrix.columns:
            return None
        return matrix.rows[self._at[1]], matrix.columns[self._at[0]]

    def show_matrix(self, matrix: Matrix, shown: tuple[str, str] | None) -> None:
        """Show counts; `shown` is the cell whose quotes are read."""
        self._matrix, self._shown = matrix, shown
        self._at = (min(self._at[0], max(0, len(matrix.columns) - 1)), min(self._at[1], max(0, len(matrix.rows) - 1)))
        if shown is not None:
            keys = [one.key for one in matrix.columns], [one.key for one in matrix.rows]
            if shown[1] in keys[0] and shown[0] in keys[1]:
                self._at = (keys[0].index(shown[1]), keys[1].index(shown[0]))
        self.updateGeometry()
        self._tell()
        self.update()

    def show_chosen(self, row: str, column: str) -> None:
        """Light the cell whose quotes are read."""
        self._shown = (row, column)
        self.update()

    def said(self, row: Heading, column: Heading) -> str:
        """Return a cell in words: what is there, or what is missing."""
        assert self._matrix is not None
        cell, language = self._matrix.cell(row.key, column.key), self._tr.language
        parts = [f"{column.label(language)}, {row.label(language)}", counts_said(cell, self._tr)]
        if not cell.usable and column.key:
            parts[0] = self._tr.sentence(gap_said(row, column, self._matrix.by)).rstrip(".")
        if said := concentrated(self._matrix, row.key, column.key, self._tr):
            parts.append(said)
        return ". ".join(parts) + "."

    # ---- hands --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        matrix = self._matrix
        if matrix is None or self.current is None:
            super().keyPressEvent(event)
        elif event.key() in _MOVES:
            down, right = _MOVES[Qt.Key(event.key())]
            self._go(self._at[0] + down, self._at[1] + right)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(self._at[0], 0 if event.key() == Qt.Key.Key_Home else len(matrix.rows) - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (at := self._cell_at(event.position())) is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go(*at)
            self._choose()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._matrix is not None:
            at = self._cell_at(QPointF(event.pos()))  # type: ignore[attr-defined]
            text = self.said(self._matrix.rows[at[1]], self._matrix.columns[at[0]]) if at else ""
            QToolTip.showText(event.globalPos(), text, self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def _go(self, group: int, theme: int) -> None:
        assert self._matrix is not None
        self._at = (min(max(0, group), len(self._matrix.columns) - 1), min(max(0, theme), len(self._matrix.rows) - 1))
        self._tell()
        self.update()

    def _choose(self) -> None:
        if self.current is not None:
            self.chosen.emit(self.current[0].key, self.current[1].key)

    def _tell(self) -> None:
        """Let a screen reader say the cell that the keys are at."""
        self.setAccessibleDescription(self.said(*self.current) if self.current else "")

    # ---- measures -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        groups, themes = (len(self._matrix.columns), len(self._matrix.rows)) if self._matrix else (0, 0)
        return QSize(NAMES_WIDTH + themes * 104 + TOTAL_WIDTH, HEAD_HEIGHT + (groups + 1) * ROW_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        themes = len(self._matrix.rows) if self._matrix else 0
        return QSize(120 + themes * LEAST_COLUMN + TOTAL_WIDTH, self.sizeHint().height())

    def _names_width(self) -> float:
        return min(NAMES_WIDTH, max(120, self.width() * 0.28))

    def _theme_width(self) -> float:
        themes = len(self._matrix.rows) if self._matrix else 1
        return (self.width() - self._names_width() - TOTAL_WIDTH) / max(1, themes)

    def _rect(self, group: int, theme: int) -> QRectF:
        width = self._theme_width()
        return QRectF(self._names_width() + theme * width, HEAD_HEIGHT + group * ROW_HEIGHT, width,
                      ROW_HEIGHT).adjusted(_GAP, _GAP, -_GAP, -_GAP)

    def _cell_at(self, point: QPointF) -> tuple[int, int] | None:
        matrix = self._matrix
        if matrix is None or point.x() < self._names_width() or point.y() < HEAD_HEIGHT:
            return None
        group = int((point.y() - HEAD_HEIGHT) // ROW_HEIGHT)
        theme = int((point.x() - self._names_width()) // self._theme_width())
        return (group, theme) if group < len(matrix.columns) and theme < len(matrix.rows) else None

    # ---- paint --------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        matrix = self._matrix
        if matrix is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((matrix.cell(row.key, one.key).usable for row in matrix.rows for one in matrix.columns), default=0)
        for theme, row in enumerate(matrix.rows):
            self._paint_theme(painter, theme, row)
        for group, column in enumerate(matrix.columns):
            self._paint_name(painter, group, column.short(self._tr.language))
            for theme, row in enumerate(matrix.rows):
                self._paint_cell(painter, group, theme, matrix.cell(row.key, column.key), most)
            self._paint_total(painter, self._rect(group, len(matrix.rows)), matrix.cell(ANY, column.key))
        self._paint_name(painter, len(matrix.columns), self._tr("All"), total=True)
        for theme, row in enumerate(matrix.rows):
            self._paint_total(painter, self._rect(len(matrix.columns), theme), matrix.cell(row.key, ANY))
        painter.end()

    def _paint_theme(self, painter: QPainter, theme: int, row: Heading) -> None:
        rect = QRectF(self._rect(0, theme).left(), 0, self._theme_width() - 2 * _GAP, HEAD_HEIGHT - SPACE_2)
        painter.setFont(font(NOTE_SIZE, QFont.Weight.DemiBold))
        painter.setPen(self._tokens.color(row.key))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        painter.drawText(rect, int(flags), row.short(self._tr.language))

    def _paint_name(self, painter: QPainter, group: int, name: str, *, total: bool = False) -> None:
        rect = QRectF(0, HEAD_HEIGHT + group * ROW_HEIGHT, self._names_width() - SPACE_2, ROW_HEIGHT)
        painter.setFont(font(TEXT_SIZE))
        painter.setPen(self._tokens.color("soft" if total else "ink"))
        shown = QFontMetrics(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, int(rect.width()))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _paint_cell(self, painter: QPainter, group: int, theme: int, cell: Cell, most: int) -> None:
        assert self._matrix is not None
        rect = self._rect(group, theme)
        row, column = self._matrix.rows[theme], self._matrix.columns[group]
        empty = not cell.usable
        ground = QColor(self._tokens.color("primary"))
        ground.setAlphaF(0.0 if empty else _FAINTEST + (_STRONGEST - _FAINTEST) * cell.usable / max(1, most))
        painter.setBrush(ground)
        edge = self._tokens.color("warn" if cell.all else "soft")
        pen = QPen(edge, 1, Qt.PenStyle.DashLine) if empty else QPen(Qt.PenStyle.NoPen)
        painter.setPen(pen)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        self._paint_number(painter, rect, cell)
        if self._shown == (row.key, column.key) or (self.hasFocus() and self._at == (group, theme)):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            focused = self.hasFocus() and self._at == (group, theme)
            painter.setPen(QPen(self._tokens.color("primary"), 2, Qt.PenStyle.SolidLine if focused or not
                                self.hasFocus() else Qt.PenStyle.DotLine))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), CORNER, CORNER)

    def _paint_number(self, painter: QPainter, rect: QRectF, cell: Cell) -> None:
        """Paint how many may be used; beside it, small, how many there are where those are more; a dash for none."""
        strong, small = font(TEXT_SIZE, QFont.Weight.DemiBold), font(NOTE_SIZE)
        number = str(cell.usable) if cell.all else "–"
        beside = f"/ {cell.all}" if cell.all > cell.usable else ""
        first, gap = QFontMetrics(strong).horizontalAdvance(number), 5 if beside else 0
        left = rect.center().x() - (first + gap + QFontMetrics(small).horizontalAdvance(beside)) / 2
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(strong)
        painter.setPen(self._tokens.color("ink" if cell.usable else "warn" if cell.all else "soft"))
        painter.drawText(QRectF(left, rect.top(), first + 2, rect.height()), flags, number)
        painter.setFont(small)
        painter.setPen(self._tokens.color("soft" if not cell.usable else "ink"))
        painter.drawText(QRectF(left + first + gap, rect.top(), rect.width(), rect.height()), flags, beside)

    def _paint_total(self, painter: QPainter, rect: QRectF, cell: Cell) -> None:
        painter.setFont(font(TEXT_SIZE))
        painter.setPen(self._tokens.color("soft"))
        if rect.left() > self._names_width() + self._theme_width() * (len(self._matrix.rows) if self._matrix else 0):
            rect = QRectF(rect.left(), rect.top(), TOTAL_WIDTH - 2 * _GAP, rect.height())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), str(cell.usable))
