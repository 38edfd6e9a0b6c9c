"""Command `suggest`: codes for a quote or for lines of a transcript, with the reasons."""

from __future__ import annotations

import argparse

from storybank.domain.quote import Anchor
from storybank.domain.suggestion import MOST, Suggestion
from storybank.errors import Invalid, Refused
from storybank.words import say
from ui.commands.doors import Arguments, Tr, Voice, opened, table
from ui.wiring import App


def suggest_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `suggest` takes."""
    parser.add_argument("quote", nargs="?", help=tr("the quote, by its code"))
    parser.add_argument("--story", help=tr("the story, for lines that are no quote yet"))
    parser.add_argument("--line", type=int, help=tr("the first line, as `transcript show` numbers them"))
    parser.add_argument("--to", type=int, help=tr("the last line; else the same"))
    parser.add_argument("--most", type=int, default=MOST, help=tr("how many at most"))
    parser.set_defaults(run=suggest)


def suggest(asked: argparse.Namespace, voice: Voice) -> None:
    """Suggest codes; who said no to it is named."""
    if asked.most < 1:
        raise Invalid(say("Ask for one suggestion at least."))
    with opened(asked) as app:
        if not app.suggesting.wanted:
            raise Refused(say("Suggestions are switched off."), hint=say("Switch them on in the settings."))
        if asked.quote is not None:
            quote = app.quoting.get(asked.quote)
            _check(app, quote.recording_id)
            found = app.suggesting.for_quote(quote.id, asked.most)
        elif asked.story is not None and asked.line is not None:
            recording_id, anchor = _lines(app, asked.story, asked.line, asked.line if asked.to is None else asked.to)
            _check(app, recording_id)
            found = app.suggesting.for_words(recording_id, anchor, asked.most)
        else:
            raise Invalid(say("Say what to suggest codes for: a quote, or --story and --line."))
        labels = {code.key: code.label(voice.words.language) for code in app.quoting.codes()}
    rows = [(one.code, labels[one.code], "; ".join(map(voice.words.sentence, one.reasons))) for one in found]
    voice.tell([_told(one, voice) for one in found], table(rows) or say("Nothing points to a code here."))


def _check(app: App, recording_id: str) -> None:
    answer = app.suggesting.permission(recording_id)
    if not answer.allowed:
        raise Refused(answer.reasons[0], hint=say("Nothing was suggested. You can still tag it yourself."))


def _lines(app: App, story: str, first: int, last: int) -> tuple[str, Anchor]:
    view = app.browsing.story(story)
    if not 1 <= first <= last <= len(view.lines):
        raise Invalid(say("Lines {first} to {last} are not in this transcript; it has {count}.", first=first,
                          last=last, count=len(view.lines)))
    begin, end = view.lines[first - 1], view.lines[last - 1]
    return view.recordings[0].id, Anchor(begin.id, 0, end.id, max(0, len(end.words) - 1))


def _told(one: Suggestion, voice: Voice) -> dict[str, object]:
    return {"code": one.code, "score": round(one.score, 3), "reasons": list(map(voice.words.sentence, one.reasons))}


ARGUMENTS: dict[str, Arguments] = {"suggest": suggest_arguments}
