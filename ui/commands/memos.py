"""Commands about memos: notes beside quotes, codes, stories, people and the library."""

from __future__ import annotations

import argparse
import sys

from storybank.domain.coding import Subject
from storybank.errors import Invalid
from storybank.services.noting import Noted
from storybank.words import say
from ui.commands.coder import add_coder, sit_down
from ui.commands.doors import Arguments, Tr, Voice, opened, table
from ui.wiring import App


def memo_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `memo` takes."""
    add_coder(parser, tr)
    parser.set_defaults(run=list_memos, about=None, subject=None)
    doing = parser.add_subparsers()
    add = doing.add_parser("add", help=tr("write a memo; one's own about the same thing is changed"))
    add.add_argument("subject", choices=[one.value for one in Subject], help=tr("what it is about"))
    add.add_argument("about", nargs="?", default="", help=tr("the code of the quote or story, the key, the name"))
    _add_text(add, tr)
    add.set_defaults(run=add_memo)
    listed = doing.add_parser("list", help=tr("list the memos, or those about one thing"))
    listed.add_argument("subject", nargs="?", choices=[one.value for one in Subject])
    listed.add_argument("about", nargs="?", default=None)
    listed.set_defaults(run=list_memos)
    change = doing.add_parser("change", help=tr("let a memo of one's own read differently"))
    change.add_argument("memo")
    _add_text(change, tr)
    change.set_defaults(run=change_memo)
    remove = doing.add_parser("remove", help=tr("take a memo of one's own out"))
    remove.add_argument("memo")
    remove.set_defaults(run=remove_memo)
    for one in (add, listed, change, remove):
        one.add_argument("--coder", metavar=tr("NAME"), default=argparse.SUPPRESS,
                         help=tr("code as this person; else as whoever sits here"))


def add_memo(asked: argparse.Namespace, voice: Voice) -> None:
    """Write a memo."""
    with opened(asked, for_writing=True) as app:
        sit_down(app, asked.coder)
        subject = Subject(asked.subject)
        if subject is not Subject.LIBRARY and not asked.about:
            raise Invalid(say("Say what the memo is about: the code of a quote or story, a key, or a name."))
        about = app.noting.named(subject, asked.about)
        app.noting.write(subject, about, _text(asked)).do()
        memo = next(one for one in reversed(app.noting.about(subject, about)) if one.own)
        voice.tell(_memo(memo), _listed(app, [memo]))


def list_memos(asked: argparse.Namespace, voice: Voice) -> None:
    """List the memos, oldest first."""
    with opened(asked) as app:
        sit_down(app, asked.coder)
        memos = app.noting.all()
        if asked.subject:
            subject = Subject(asked.subject)
            memos = [one for one in memos if one.memo.subject is subject]
            if asked.about:
                about = app.noting.named(subject, asked.about)
                memos = [one for one in memos if one.memo.about_id == about]
        voice.tell([_memo(one) for one in memos], _listed(app, memos) or say("There are no memos."))


def change_memo(asked: argparse.Namespace, voice: Voice) -> None:
    """Let a memo read differently."""
    with opened(asked, for_writing=True) as app:
        sit_down(app, asked.coder)
        app.noting.change(asked.memo, _text(asked)).do()
        memo = app.noting.get(asked.memo)
        voice.tell(_memo(memo), _listed(app, [memo]))


def remove_memo(asked: argparse.Namespace, voice: Voice) -> None:
    """Take a memo out."""
    with opened(asked, for_writing=True) as app:
        sit_down(app, asked.coder)
        app.noting.remove(asked.memo).do()
    voice.tell({"removed": asked.memo}, say("The memo was removed."))


def _add_text(parser: argparse.ArgumentParser, tr: Tr) -> None:
    parser.add_argument("--text", required=True, help=tr("the words of the memo; - reads them from standard input"))


def _text(asked: argparse.Namespace) -> str:
    return sys.stdin.read() if asked.text == "-" else str(asked.text)


def _memo(one: Noted) -> dict[str, object]:
    memo = one.memo
    return {"id": memo.id, "subject": memo.subject.value, "about": memo.about_id, "text": memo.text,
            "author": one.author, "created": memo.created_at, "modified": memo.modified_at}


def _listed(app: App, memos: list[Noted]) -> str:
    return table([(one.memo.id, one.memo.subject.value, app.noting.called(one.memo), one.author,
                   " ".join(one.memo.text.split())) for one in memos])


ARGUMENTS: dict[str, Arguments] = {"memo": memo_arguments}
