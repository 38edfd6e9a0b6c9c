"""Commands about quotes that are there: where they begin and end, their importance, and more or fewer tags."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from storybank.domain.quote import Anchor, Quote
from storybank.domain.transcript import Line
from storybank.errors import Invalid, NotFound
from storybank.words import say
from ui.commands.coder import add_coder, sit_down
from ui.commands.doors import Tr, Voice, clock, opened
from ui.wiring import App

Told = Callable[[Quote], dict[str, object]]
Found = Callable[[tuple[Line, ...], str], Anchor]


def move_arguments(parser: argparse.ArgumentParser, tr: Tr, find: Found, told: Told) -> None:
    """Say what `quote move` takes."""
    parser.add_argument("quote")
    words = tr("the words it is to begin with, or how many words on (3) or back (-3)")
    parser.add_argument("--start", metavar=tr("WORDS"), help=words)
    words = tr("the words it is to end with, or how many words on (3) or back (-3)")
    parser.add_argument("--end", metavar=tr("WORDS"), help=words)
    add_coder(parser, tr)

    def move(asked: argparse.Namespace, voice: Voice) -> None:
        if asked.start is None and asked.end is None:
            raise Invalid(say("Say where to: --start, --end, or both."))
        with opened(asked, for_writing=True) as app:
            sit_down(app, asked.coder)
            quote = app.quoting.get(asked.quote)
            app.shaping.move(quote.id, _anchor(app, quote, asked, find)).do()
            quote = app.quoting.get(quote.id)
        voice.tell(told(quote), f"{quote.code}  {clock(quote.start_ms)}  {quote.text}")

    parser.set_defaults(run=move)


def important_arguments(parser: argparse.ArgumentParser, tr: Tr, told: Told) -> None:
    """Say what `quote important` takes."""
    parser.add_argument("quote")
    parser.add_argument("--not", dest="no", action="store_true", help=tr("it is not, or not any more"))
    add_coder(parser, tr)

    def mark(asked: argparse.Namespace, voice: Voice) -> None:
        with opened(asked, for_writing=True) as app:
            sit_down(app, asked.coder)
            quote = app.quoting.get(asked.quote)
            app.quoting.mark_important(quote.id, not asked.no).do()
            quote = app.quoting.get(quote.id)
        marked, unmarked = say("Quote {code} is important.", code=quote.code), say(
            "Quote {code} is not marked as important.", code=quote.code)
        voice.tell(told(quote), marked if quote.important else unmarked)

    parser.set_defaults(run=mark)


def merge_arguments(parser: argparse.ArgumentParser, tr: Tr, told: Told) -> None:
    """Say what `quote merge` takes."""
    parser.add_argument("quote", help=tr("the quote that stays"))
    parser.add_argument("other", help=tr("the quote that becomes part of it"))
    add_coder(parser, tr)

    def merge(asked: argparse.Namespace, voice: Voice) -> None:
        with opened(asked, for_writing=True) as app:
            sit_down(app, asked.coder)
            kept, other = app.quoting.get(asked.quote), app.quoting.get(asked.other)
            if kept.id == other.id:
                raise Invalid(say("Choose two different quotes to merge."))
            app.shaping.merge(kept.id, other.id).do()
            quote = app.quoting.get(kept.id)
        voice.tell(told(quote), f"{quote.code}  {clock(quote.start_ms)}  {quote.text}")

    parser.set_defaults(run=merge)


def with_signs(codes: frozenset[str], typed: Sequence[str]) -> frozenset[str]:
    """Return a quote's codes after `+amplify -policy`; without signs, exactly the codes that were typed."""
    signed = [one for one in typed if one[:1] in "+-"]
    if signed and len(signed) < len(typed):
        raise Invalid(say("Give every code a sign, + or -, or none."),
                      hint=say("Without signs a quote has exactly these codes; with them, these more and those less."))
    if not signed:
        return frozenset(typed)
    add, take = ({one[1:] for one in signed if one[0] == sign} for sign in "+-")
    if both := sorted(add & take):
        raise Invalid(say("{code} is both added and taken away.", code=both[0]))
    if missing := sorted(take - codes):
        raise Invalid(say("The quote does not have this code: {code}.", code=missing[0]))
    return codes.union(add).difference(take)


def apart(typed: Sequence[str]) -> tuple[list[str], str | None]:
    """Return the codes of `tag`, and the coder where one is named among them: -policy is a code, and no option."""
    codes, coder, rest = list[str](), None, list(typed)
    while rest:
        one = rest.pop(0)
        if one == "--coder" and rest:
            coder = rest.pop(0)
        elif one.startswith("--coder="):
            coder = one.partition("=")[2]
        elif one.startswith("--"):
            raise Invalid(say("`tag` does not know {option}.", option=one))
        else:
            codes.append(one)
    return codes, coder


def _anchor(app: App, quote: Quote, asked: argparse.Namespace, find: Found) -> Anchor:
    """Return where a quote is to stand: by counted words, or by the words that were typed, looked for near it first."""
    start, end = _count(asked.start), _count(asked.end)
    anchor = app.shaping.stepped(quote.id, start or 0, end or 0)
    lines = tuple(app.correcting.lines(quote.recording_id))
    if asked.start is not None and start is None:
        begun = find(_near(lines, quote, asked.start, find), asked.start)
        anchor = replace(anchor, first_line_id=begun.first_line_id, first_word=begun.first_word)
    if asked.end is not None and end is None:
        ended = find(_near(lines, quote, asked.end, find), asked.end)
        anchor = replace(anchor, last_line_id=ended.last_line_id, last_word=ended.last_word)
    return anchor


def _near(lines: tuple[Line, ...], quote: Quote, text: str, find: Found) -> tuple[Line, ...]:
    """Return the lines to look in: those around the quote where the words stand there, else all."""
    number = next((n for n, line in enumerate(lines) if line.id == quote.anchor.first_line_id), 0)
    for width in (4, 20):
        some = lines[max(0, number - width):number + width + 1]
        with suppress(NotFound):
            find(some, text)
            return some
    return lines


def _count(typed: str | None) -> int | None:
    try:
        return int(typed) if typed else None
    except ValueError:
        return None
