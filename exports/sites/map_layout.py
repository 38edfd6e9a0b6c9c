"""Map layout: where everything of the experience map stands on a wide sheet, for whoever draws it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from exports.palette import INK, LINE, PRIMARY, SOFT, block_colour
from exports.typefaces import Face, Typeface, face_for, settable, width_of
from exports.typography import marks, tidy

WIDTH, HEIGHT = 1600, 900
WALKER = block_colour("amplify")
_MARGIN, _GAP = 64, 34
_WAY, _LABELS, _FOOT = 226, 318, HEIGHT - 40
_LARGEST, _SMALLEST = 27.0, 17.0
_PAIR_FROM = 20.0
"""The smallest type in which two quotes stand together."""
_LEADING = 1.16


@dataclass(frozen=True, slots=True)
class Said:
    """A quote on the map, already permitted."""

    text: str
    language: str
    credit: tuple[str, ...]
    notice: str = ""
    """Labels of the communities that must stand beside it, by name."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A stage of the pathway."""

    label: str
    gist: str
    role: str
    said: tuple[Said, ...]
    """What may stand there, the first choice first; the first that fits whole is shown."""
    told: Callable[[int], str]
    """Given how many quotes are shown, the line that says how many there are besides."""


@dataclass(frozen=True, slots=True)
class Map:
    """All that the picture tells."""

    title: str
    organization: str
    language: str
    stops: tuple[Stop, ...]
    way: str
    walker: str
    """What the two lines are called."""
    foot: str


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    colour: str = INK
    language: str = ""
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A round mark."""

    x: float
    y: float
    radius: float
    fill: str
    edge: str
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points, bent softly from each to the next."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float

    @property
    def bends(self) -> list[tuple[tuple[float, float], ...]]:
        """Return for each part of the line its two handles and its end."""
        found: list[tuple[tuple[float, float], ...]] = []
        for (x, y), (to_x, to_y) in zip(self.points, self.points[1:], strict=False):
            half = (to_x - x) / 2
            found.append(((x + half, y), (to_x - half, to_y), (to_x, to_y)))
        return found


@dataclass(slots=True)
class Sheet:
    """The marks of a map, in the order they are drawn, and which quotes found room."""

    marks: list[Text | Dot | Curve] = field(default_factory=list)
    shown: list[Said] = field(default_factory=list)

    def lines(self, text: str, at: tuple[float, float], room: float, face: Face, size: float, colour: str,
              leading: float = 1.42, language: str = "") -> float:
        """Set a text in lines no wider than `room`, its first line under `at`; return where the next may begin."""
        x, y = at
        used = face_for(text, face)
        for line in wrapped(settable(text, used), used, size, room):
            self.marks.append(Text(x, y + size * 0.95, line, used, size, colour, language))
            y += size * leading
        return y


def laid_out(the_map: Map) -> Sheet:
    """Return the map on its sheet."""
    sheet = Sheet()
    n = max(1, len(the_map.stops))
    room = (WIDTH - 2 * _MARGIN - _GAP * (n - 1)) / n
    lefts = [_MARGIN + number * (room + _GAP) for number in range(n)]
    sheet.lines(the_map.title, (_MARGIN - 2, 50), WIDTH - 2 * _MARGIN, Typeface.QUOTE, 47, INK, 1.05)
    sheet.lines(the_map.organization, (_MARGIN, 113), WIDTH - 2 * _MARGIN, Typeface.PLAIN, 17, SOFT)
    _ways(sheet, the_map, lefts)
    tops = [_above(sheet, stop, left, room) for stop, left in zip(the_map.stops, lefts, strict=True)]
    top = max(tops, default=_LABELS) + 26
    used: set[str] = set()
    for stop, left in zip(the_map.stops, lefts, strict=True):
        sheet.marks.append(Curve(((left, top - 12), (left + room, top - 12)), LINE, 1.5))
        _below(sheet, stop, (left, top), room, used)
    sheet.lines(the_map.foot, (_MARGIN, _FOOT), WIDTH - 2 * _MARGIN, Typeface.PLAIN, 14, SOFT)
    return sheet


def wrapped(text: str, face: Face, size: float, room: float) -> list[str]:
    """Return a text in lines no wider than `room`; a word that is wider than a line is broken."""
    lines: list[str] = []
    for word in text.split(" "):
        tried = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(tried, face, size) <= room:
            lines[-1] = tried
            continue
        while width_of(word, face, size) > room and len(word) > 1:
            fits = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width_of(word[:n], face, size) <= room)
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return [line for line in lines if line]


def _ways(sheet: Sheet, the_map: Map, lefts: Sequence[float]) -> None:
    """Draw the person's way through the stages, and the link worker's line, which walks along and stays behind."""
    nodes = [(left + 21, _WAY + (-9 if number % 2 else 9)) for number, left in enumerate(lefts)]
    end = WIDTH - _MARGIN + 18
    sheet.marks.append(Curve((*nodes, (end, _WAY - 14)), PRIMARY, 6))
    if len(nodes) > 1:
        along = [(x, y + 30) for x, y in nodes[1:]]
        label = width_of(the_map.walker, Typeface.STRONG, 14)
        start, stop = (lefts[0] + label + 18, _WAY + 62), (along[-1][0] + 74, _WAY + 62)
        sheet.marks += [Curve((start, *along, stop), WALKER, 3.2), Dot(*start, 6, WALKER, WALKER),
                        Dot(*stop, 6, WALKER, WALKER)]
        sheet.marks.append(Text(lefts[0], start[1] + 5, the_map.walker, Typeface.STRONG, 14, WALKER))
    sheet.marks.append(Dot(end, _WAY - 14, 7, PRIMARY, PRIMARY))
    for number, (x, y) in enumerate(nodes, 1):
        sheet.marks += [Dot(x, y, 21, "F6F4F0", PRIMARY, 5),
                        Text(x, y + 6.5, str(number), Typeface.STRONG, 18, PRIMARY, middle=True)]
    sheet.marks.append(Text(nodes[0][0] + 74, _WAY - 22, the_map.way, Typeface.STRONG, 14, PRIMARY))


def _above(sheet: Sheet, stop: Stop, left: float, room: float) -> float:
    """Set a stage's name, what happens in it and what the link worker does; return where that ends."""
    y = sheet.lines(stop.label, (left, _LABELS), room, Typeface.QUOTE, 33, INK, 1.05)
    y = sheet.lines(stop.gist, (left, y + 9), room, Typeface.PLAIN, 15, SOFT)
    if stop.role:
        begin = y + 12
        y = sheet.lines(stop.role, (left + 14, begin), room - 14, Typeface.PLAIN, 14, INK)
        sheet.marks.append(Curve(((left + 1.5, begin), (left + 1.5, y)), WALKER, 3))
    return y


def _below(sheet: Sheet, stop: Stop, at: tuple[float, float], room: float, used: set[str]) -> None:
    """Set what fits whole of a stage's quotes, two or one, and how many more there are.

    Those come first whose speaker, or whose words, stand nowhere on the map yet.
    """
    left, top = at
    ranked = sorted(stop.said, key=lambda one: (one.text in used, " ".join(one.credit) in used))
    chosen, size = _fitting(ranked, room, _FOOT - 44 - top)
    for said in chosen:
        used |= {said.text, " ".join(said.credit)}
        sheet.shown.append(said)
        top = _set(sheet, said, (left, top), room, size) + 16
    sheet.lines(stop.told(len(chosen)), (left, top - 8 if chosen else top + 4), room, Typeface.PLAIN, 14, SOFT)


def _fitting(ranked: Sequence[Said], room: float, height: float) -> tuple[Sequence[Said], float]:
    """Return two quotes in one size, where they fit; else the first that fits by itself, as large as it can be."""
    pairs = [(ranked[0], other) for other in ranked[1:] if other.credit != ranked[0].credit] if ranked else []
    for pair in pairs:
        if size := _size_of(pair, room, height, _PAIR_FROM):
            return pair, size
    for one in ranked:
        if size := _size_of((one,), room, height, _SMALLEST):
            return (one,), size
    return (), 0.0


def _size_of(together: Sequence[Said], room: float, height: float, smallest: float) -> float:
    """Return the largest size at which quotes fit under one another; 0 where they do not."""
    beneath = sum(len(wrapped(line, Typeface.PLAIN, 14, room)) * 20
                  for said in together for line in (*said.credit, said.notice) if line)
    size = _LARGEST
    while size >= smallest:
        lines = sum(len(wrapped(*_marked(said), size, room)) for said in together)
        if lines * size * _LEADING + beneath + 24 * len(together) <= height:
            return size
        size -= 1
    return 0.0


def _set(sheet: Sheet, said: Said, at: tuple[float, float], room: float, size: float) -> float:
    left, top = at
    text, face = _marked(said)
    y = sheet.lines(text, (left, top), room, face, size, INK, _LEADING, said.language) + 8
    for number, line in enumerate(line for line in (*said.credit, said.notice) if line):
        y = sheet.lines(line, (left, y), room, Typeface.PLAIN if number else Typeface.STRONG, 14,
                        SOFT if number else INK)
    return y


def _marked(said: Said) -> tuple[str, Face]:
    opening, closing = marks(said.language)
    face = face_for(said.text, Typeface.QUOTE)
    return opening + settable(tidy(said.text, said.language), face) + closing, face
