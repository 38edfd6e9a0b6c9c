"""Theme: every colour, space and size of the window, light and dark, and nothing else decides them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

FONTS = Path(__file__).parent / "fonts"

SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, SPACE_6 = 4, 8, 12, 16, 24, 28
"""The steps between things, in pixels."""
CORNER, CARD_CORNER = 8, 12
RAIL_WIDTH, SIDE_WIDTH, PLAYER_WIDTH = 196, 330, 404
PAGE_SIZE, SECTION_SIZE, READING_SIZE, TEXT_SIZE, NOTE_SIZE = 22, 15, 15, 13, 12
"""Type, in pixels: page title, section title, reading, interface, notes."""
TARGET = 28
"""The least height of anything that can be pressed."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours by what they mean; every text pair measures at least 4.5:1."""

    name: str
    paper: str
    surface: str
    sunken: str
    line: str
    ink: str
    soft: str
    primary: str
    onprimary: str
    wash: str
    rail: str
    railink: str
    railsel: str
    amplify: str
    training: str
    policy: str
    bridges: str
    measure: str
    good: str
    goodbg: str
    warn: str
    warnbg: str
    stop: str
    stopbg: str
    mark: str

    def color(self, token: str) -> QColor:
        """Return a token as Qt wants it; an unknown code gets the colour of second text."""
        return QColor(getattr(self, token, self.soft))


LIGHT = Tokens(
    "light", "#F6F4F0", "#FFFFFF", "#EFECE6", "#DDD7CD", "#1E2625", "#56605E", "#0E5A5A", "#FFFFFF", "#E3EFEC",
    "#12302F", "#D7E4E1", "#1F4A48", "#B8431F", "#3F51A3", "#7A3E8E", "#0C6E63", "#8A6100", "#256B3A", "#E4F1E6",
    "#8A5A00", "#FBF0D9", "#A32A2A", "#FAE5E3", "#FFE9A8",
)
DARK = Tokens(
    "dark", "#141918", "#1C2322", "#171D1C", "#313B39", "#ECEFEA", "#A5B1AE", "#63C7BB", "#08201E", "#20332F",
    "#0D1413", "#B9C7C4", "#1F3532", "#F2916F", "#9DABF0", "#D29BE4", "#63C7BB", "#E0B652", "#86D39B", "#1D3324",
    "#E8BE6A", "#38301C", "#F29A92", "#3B2423", "#5A4A12",
)


def tokens_for(name: str, system_is_dark: bool = False) -> Tokens:
    """Return the tokens of a theme; an empty name follows the system."""
    return DARK if name == "dark" or (not name and system_is_dark) else LIGHT


def font(size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the window's own type at a size in pixels."""
    made = QFont("Inter")
    made.setPixelSize(size)
    made.setWeight(weight)
    return made


def system_is_dark(app: QApplication) -> bool:
    """Tell whether the system asks for a dark window."""
    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark


def apply(app: QApplication, tokens: Tokens) -> None:
    """Dress the whole application."""
    for file in sorted(FONTS.glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    app.setStyle("Fusion")
    app.setFont(font(TEXT_SIZE))
    app.setPalette(_palette(tokens))
    app.setStyleSheet(Template(_SHEET).substitute(_colours(tokens)))


def _colours(tokens: Tokens) -> dict[str, str]:
    """Return every colour of the style sheet: the tokens, and the two that are made from them."""
    shade = tokens.color("primary")
    hover = shade.lighter(118) if tokens.name == "light" else shade.darker(110)
    return {**asdict(tokens), "mainhover": hover.name(), "railbar": DARK.primary}


def _palette(tokens: Tokens) -> QPalette:
    palette, role = QPalette(), QPalette.ColorRole
    for which, token in (
        (role.Window, "paper"), (role.WindowText, "ink"), (role.Base, "surface"), (role.AlternateBase, "sunken"),
        (role.Text, "ink"), (role.PlaceholderText, "soft"), (role.Button, "surface"), (role.ButtonText, "ink"),
        (role.Highlight, "primary"), (role.HighlightedText, "onprimary"), (role.ToolTipBase, "surface"),
        (role.ToolTipText, "ink"), (role.Link, "primary"), (role.Accent, "primary"),
    ):
        palette.setColor(which, tokens.color(token))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, tokens.color("soft"))
    return palette


_SHEET = """
QToolTip { color: $ink; background: $surface; border: 1px solid $line; padding: 6px; }
QWidget#paper, QStackedWidget#paper { background: $paper; }
QScrollArea, QScrollArea > QWidget > QWidget#plain, QWidget#plain { background: transparent; border: none; }

QLabel { background: transparent; color: $ink; }
QLabel[role="page"] { font-size: 22px; font-weight: 600; }
QLabel[role="section"] { font-size: 15px; font-weight: 600; }
QLabel[role="name"] { font-size: 15px; font-weight: 600; }
QLabel[role="reading"] { font-size: 15px; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="soft"] { color: $soft; }
QLabel[role="note"] { font-size: 12px; color: $soft; }
QLabel[tone="good"] { color: $good; } QLabel[tone="warn"] { color: $warn; } QLabel[tone="stop"] { color: $stop; }

QFrame#card { background: $surface; border: 1px solid $line; border-radius: 12px; }
QFrame#card[pressable="true"]:hover { border-color: $primary; }
QFrame#card[chosen="true"] { border: 2px solid $primary; }
QFrame#well { background: $sunken; border: none; border-radius: 8px; }
QFrame#hair { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame#notice { background: $wash; border: none; border-radius: 8px; }
QFrame#notice[outer="true"] { margin: 12px 28px 0 28px; }
QFrame#notice[tone="good"] { background: $goodbg; }
QFrame#notice[tone="warn"] { background: $warnbg; }
QFrame#notice[tone="stop"] { background: $stopbg; }

QPushButton { background: $surface; color: $ink; border: 1px solid $line; border-radius: 8px;
  padding: 0 14px; min-height: 30px; font-weight: 500; }
QPushButton:hover { border-color: $primary; }
QPushButton:pressed { background: $wash; }
QPushButton:disabled { color: $soft; background: $sunken; border-color: $line; }
QPushButton[kind="main"] { background: $primary; color: $onprimary; border-color: $primary; font-weight: 600; }
QPushButton[kind="main"]:hover { background: $mainhover; }
QPushButton[kind="main"]:disabled { background: $sunken; color: $soft; border-color: $line; }
QPushButton[kind="stop"] { color: $stop; }
QPushButton[kind="stop"]:hover { border-color: $stop; }
QPushButton[kind="link"] { background: transparent; border: none; color: $primary; padding: 0 6px; min-height: 28px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="word"] { background: transparent; border: none; color: $soft; padding: 0; text-align: left;
  min-height: 28px; font-weight: 400; }
QPushButton[kind="word"]:hover { color: $ink; }
QPushButton[kind="word"]:checked { color: $ink; font-size: 14px; font-weight: 600; }
QPushButton[kind="segment"] { border-radius: 6px; border: none; background: transparent; color: $soft;
  padding: 0 10px; min-height: 26px; }
QPushButton[kind="segment"]:checked { background: $surface; color: $ink; font-weight: 600; }
QPushButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox { background: $surface; color: $ink;
  border: 1px solid $line; border-radius: 8px; padding: 0 10px; min-height: 30px;
  selection-background-color: $primary; selection-color: $onprimary; }
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $soft; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus { border: 2px solid $primary;
  padding: 0 9px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 5px 7px; }
QLineEdit[wrong="true"] { border: 2px solid $stop; padding: 0 9px; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; color: $ink; border: 1px solid $line; padding: 4px;
  selection-background-color: $wash; selection-color: $ink; outline: none; }

QCheckBox::indicator, QListView::indicator { width: 14px; height: 14px; border: 1px solid $soft; border-radius: 4px;
  background: transparent; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: $primary; border-color: $primary; }

QMenu { background: $surface; color: $ink; border: 1px solid $line; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 7px 18px 7px 12px; border-radius: 6px; }
QMenu::item:selected { background: $wash; }
QMenu::item:disabled { color: $soft; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }

QScrollArea { border: none; }
QTableView, QListView, QTreeView { background: $surface; border: 1px solid $line; border-radius: 12px;
  gridline-color: transparent; outline: none; selection-background-color: $wash; selection-color: $ink;
  alternate-background-color: $surface; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid $primary; }
QTableView::item { padding: 0 10px; border: none; }
QTableView::item:selected { background: $wash; color: $ink; }
QHeaderView { background: transparent; }
QHeaderView::section { background: transparent; color: $soft; border: none; border-bottom: 1px solid $line;
  padding: 0 12px; min-height: 34px; font-size: 12px; font-weight: 500; }
QTableView QTableCornerButton::section { background: $surface; border: none; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $line; border-radius: 4px; min-height: 36px; min-width: 36px; }
QScrollBar::handle:hover { background: $soft; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $sunken; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $primary; border-radius: 2px; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $soft; border: none; border-bottom: 2px solid transparent;
  padding: 6px 2px; margin-right: 16px; min-height: 20px; }
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:selected { color: $ink; border-bottom: 2px solid $primary; font-weight: 600; }
QTabBar::tab:focus { color: $primary; }
QTabWidget::pane { border: none; }
QSplitter::handle { background: transparent; }

QFrame#rail { background: $rail; border: none; }
QFrame#rail QLabel { color: $railink; }
QFrame#rail QLabel[role="brand"] { font-size: 15px; font-weight: 600; color: #FFFFFF; }
QFrame#rail QLabel[role="note"] { font-size: 12px; color: $railink; }
QFrame#rail QPushButton { background: transparent; border: none; color: $railink; text-align: left; padding: 0 12px;
  min-height: 32px; font-weight: 400; }
QFrame#rail QPushButton:hover { background: $railsel; }
QFrame#rail QPushButton:checked { background: $railsel; color: #FFFFFF; font-weight: 600; }
QFrame#rail QProgressBar { background: $railsel; }
QFrame#rail QProgressBar::chunk { background: $railbar; }
"""
