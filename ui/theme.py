"""Theme: every colour, space and size of the window, light and dark, and nothing else decides them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

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


def apply(app: QApplication, tokens: Tokens) -> None:
    """Dress the whole application."""
    for file in sorted(FONTS.glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    app.setStyle("Fusion")
    app.setFont(font(TEXT_SIZE))
    app.setPalette(_palette(tokens))
    app.setStyleSheet(Template(_SHEET).substitute(asdict(tokens)))


def _palette(tokens: Tokens) -> QPalette:
    palette, role = QPalette(), QPalette.ColorRole
    for which, token in (
        (role.Window, "paper"), (role.WindowText, "ink"), (role.Base, "surface"), (role.AlternateBase, "sunken"),
        (role.Text, "ink"), (role.PlaceholderText, "soft"), (role.Button, "surface"), (role.ButtonText, "ink"),
        (role.Highlight, "primary"), (role.HighlightedText, "onprimary"), (role.ToolTipBase, "surface"),
        (role.ToolTipText, "ink"), (role.Link, "primary"),
    ):
        palette.setColor(which, tokens.color(token))
    return palette


_SHEET = """
QToolTip { color: $ink; background: $surface; border: 1px solid $line; padding: 4px; }
"""
