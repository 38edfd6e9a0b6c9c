"""Reading plain files: texts, tables, JSON, web pages and captions."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape

from exports.reading.gathering import Gathering, cut_off
from storybank.errors import Invalid
from storybank.words import say

_BLANK = re.compile(r"\n[ \t]*\n")
_CUE_TIME = re.compile(r"(?<!\d)(?:(\d{1,4}):)?(\d\d):(\d\d)[.,]\d{1,6}[ \t]{1,9}-->")
_TAG = re.compile(r"<[^<>]*>")
_VOICE = re.compile(r"<v[ .]([^<>]*)>")
_ATTRIBUTE = re.compile(r"(?<![\w:-])([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SILENT = frozenset({"script", "style"})
_TOLD = frozenset({"alt", "title", "content", "aria-label", "placeholder", "value"})
_INLINE = frozenset({"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "em", "font", "i", "ins", "mark",
                     "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"})


def decoded(content: bytes, name: str) -> str:
    """Return the text of a file in the encoding it is in."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace").replace("\r\n", "\n")
    if b"\0" in content:
        raise Invalid(say("{file} does not hold what its name says: it is no text.", file=name),
                      hint=say("Give it the ending that belongs to it."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(text: str, into: Gathering) -> None:
    """Gather the paragraphs of a plain text."""
    for number, paragraph in enumerate((one for one in _BLANK.split(text) if one.strip()), 1):
        into.add(paragraph, into.words("paragraph {n}", n=number))


def read_csv(text: str, into: Gathering) -> None:
    """Gather the cells of a table, each with its row and the name of its column; what is no table, as a text."""
    first = text[: text.find("\n")]
    parted = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=parted))
    except csv.Error:
        read_text(text, into)
        return
    head = rows[0] if rows else []
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            title = head[column] if number > 1 and column < len(head) else str(column + 1)
            into.add(cell, into.words("row {n}, column {title}", n=number, title=title[:30]))


def read_json(text: str, into: Gathering) -> None:
    """Gather every text in a JSON file, with the way to it."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise cut_off(into.file) from error
    waiting: list[tuple[tuple[str, ...], object]] = [((), found)]
    while waiting:
        way, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [((*way, str(key)), one) for key, one in reversed(list(value.items()))]
        elif isinstance(value, list):
            waiting += [((*way, str(n + 1)), value[n]) for n in range(len(value) - 1, -1, -1)]
        elif isinstance(value, str):
            into.add(value, " › ".join(way) or into.words("paragraph {n}", n=1))


def read_captions(text: str, into: Gathering) -> None:
    """Gather captions with their times, and apart from them the names of those who speak."""
    voices: dict[str, None] = {}
    for block in _BLANK.split(text):
        time = _CUE_TIME.search(block)
        lines = block.strip().split("\n")
        if not time:
            into.add(block, into.words("notes"))
            continue
        at = next(number for number, line in enumerate(lines) if "-->" in line)
        said = "\n".join(lines[at + 1 :])
        voices |= dict.fromkeys(unescape(name) for name in _VOICE.findall(said))
        clock = f"{int(time[1] or 0):02}:{time[2]}:{time[3]}"
        into.add(unescape(_TAG.sub("", said)), into.words("at {time}", time=clock))
    for voice in voices:
        into.add(voice, into.words("name of a voice"))


def read_html(text: str, into: Gathering) -> None:
    """Gather the texts of a web page or a drawing, and what is only told to those who cannot see it.

    Cut at every `<`, which takes the same time per letter whatever stands there; what is no tag counts as text.
    """
    page = _Page(into)
    first, *parts = text.split("<")
    page.say(first)
    for part in parts:
        tag, closed, said = part.partition(">")
        if closed:
            page.tag(tag)
            page.say(said)
        else:
            page.say(part)
    page.finish()


class _Page:
    """A page on its way to being read."""

    def __init__(self, into: Gathering) -> None:
        self._into = into
        self._said: list[str] = []
        self._untold: dict[str, None] = {}
        self._silent, self._paragraphs = "", 0

    def tag(self, tag: str) -> None:
        """Take note of a tag, and of what it says without showing it."""
        name = tag.lstrip("/").split(maxsplit=1)[0].lower() if tag.strip("/ ") else ""
        if self._silent:
            self._silent = "" if tag.startswith("/") and name == self._silent else self._silent
        elif name in _SILENT and not tag.startswith("/"):
            self._silent = name
        if tag.startswith("!--"):
            self._untold[tag.strip("!- ")] = None
            return
        if name.rstrip("/") not in _INLINE:
            self._break()
        for key, *values in _ATTRIBUTE.findall(tag):
            if key.lower() in _TOLD or key.lower().startswith("data-"):
                self._untold[unescape("".join(values))] = None

    def say(self, text: str) -> None:
        """Take note of a text, unless it is a program's."""
        if not self._silent:
            self._said.append(unescape(text))

    def finish(self) -> None:
        """Keep what is left, and what does not show."""
        self._break()
        for text in self._untold:
            self._into.add(text, self._into.words("hidden label"))

    def _break(self) -> None:
        text, self._said = "".join(self._said), []
        if text.strip():
            self._paragraphs += 1
            self._into.add(text, self._into.words("paragraph {n}", n=self._paragraphs))
