"""Commands that change a transcript: its words, its lines, who speaks, and the way back to how it stood."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from storybank.domain.change import Change
from storybank.domain.transcript import Line
from storybank.errors import Invalid
from storybank.services.edits import Edit
from storybank.services.voicing import HeardVoice
from storybank.words import say
from ui.commands.doors import Tr, Voice, moment_of, opened, table
from ui.commands.telling import listed, told_line
from ui.wiring import App
from ui.workbench.revised import CHANGES


def editing_arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what the commands take that change a transcript."""
    split = _command(doing, "split", tr("cut a line in front of a word"), split_line, line=True)
    split.add_argument("word", type=int, help=tr("the word that begins the new line; 1 is the line's first"))
    _command(doing, "merge", tr("make a line and the one after it one"), merge_line, line=True)
    paragraph = _command(doing, "paragraph", tr("let a paragraph begin with a line"), begin_paragraph, line=True)
    paragraph.add_argument("--no", action="store_true", help=tr("or not any more"))
    spoken = _command(doing, "language", tr("say which language a line is in"), say_language, line=True)
    spoken.add_argument("language", choices=["en", "fr"])
    time = _command(doing, "time", tr("let a line begin and end at other moments"), time_line, line=True)
    time.add_argument("start", help=tr("as 1:02:03.500"))
    time.add_argument("end")
    review = _command(doing, "review", tr("mark lines as read against the recording"), review_lines)
    review.add_argument("lines", nargs="*", type=int)
    review.add_argument("--all", action="store_true", help=tr("every line"))
    review.add_argument("--no", action="store_true", help=tr("or not any more"))
    speaker = _command(doing, "speaker", tr("say whose voice lines are"), give_lines)
    speaker.add_argument("lines", nargs="+", type=int)
    speaker.add_argument("voice", help=tr("its number or name; `nobody` takes it back"))
    speaker.add_argument("--to-end", action="store_true", help=tr("the line and every one after it"))
    voices = _command(doing, "voices", tr("show the voices, add one, name one or say whose it is"), keep_voices)
    voices.add_argument("what", nargs="?", choices=["add", "name", "link"])
    voices.add_argument("words", nargs="*", help=tr("the voice, then its name or the person's"))


def history_arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what the commands take that look back."""
    _command(doing, "history", tr("show who changed what, and when"), show_history)
    for name, what, does in (("as-of", tr("show the transcript as it stood after a change"), show_as_of),
                             ("back", tr("let it stand so again"), go_back)):
        back = _command(doing, name, what, does)
        back.add_argument("number", type=int, help=tr("the number of the change; 0 is the engine's own text"))


def split_line(asked: argparse.Namespace, voice: Voice) -> None:
    """Cut a line in front of a word."""
    with opened(asked, for_writing=True) as app:
        line = _line(app, asked)
        _make(app, asked, voice, app.correcting.split(line.id, asked.word - 1))


def merge_line(asked: argparse.Namespace, voice: Voice) -> None:
    """Make a line and the one after it one."""
    with opened(asked, for_writing=True) as app:
        _make(app, asked, voice, app.correcting.merge(_line(app, asked).id))


def begin_paragraph(asked: argparse.Namespace, voice: Voice) -> None:
    """Let a paragraph begin with a line, or not."""
    with opened(asked, for_writing=True) as app:
        _make(app, asked, voice, app.correcting.paragraph(_line(app, asked).id, not asked.no))


def say_language(asked: argparse.Namespace, voice: Voice) -> None:
    """Say which language a line is in: its spelling and its search follow."""
    with opened(asked, for_writing=True) as app:
        _make(app, asked, voice, app.correcting.speak([_line(app, asked).id], asked.language))


def time_line(asked: argparse.Namespace, voice: Voice) -> None:
    """Let a line begin and end at other moments."""
    start, end = moment_of(asked.start), moment_of(asked.end)
    with opened(asked, for_writing=True) as app:
        _make(app, asked, voice, app.correcting.retime(_line(app, asked).id, start or 0, end or 0))


def review_lines(asked: argparse.Namespace, voice: Voice) -> None:
    """Mark lines as read against the recording, or not."""
    if bool(asked.lines) == asked.all:
        raise Invalid(say("Name the lines, or say --all."))
    with opened(asked, for_writing=True) as app:
        lines = app.correcting.lines(_recording(app, asked)) if asked.all else _lines(app, asked, asked.lines)
        _make(app, asked, voice, app.correcting.review_all([line.id for line in lines], not asked.no))


def give_lines(asked: argparse.Namespace, voice: Voice) -> None:
    """Say whose voice lines are."""
    with opened(asked, for_writing=True) as app:
        lines = _lines(app, asked, asked.lines)
        whose = None if asked.voice.casefold() in ("nobody", "personne") else _voice(app, asked, asked.voice).voice.id
        if asked.to_end and whose:
            edit = app.voicing.give_to_the_end(lines[0].id, whose)
        else:
            edit = app.voicing.give([line.id for line in lines], whose)
        _make(app, asked, voice, edit)


def keep_voices(asked: argparse.Namespace, voice: Voice) -> None:
    """Show the voices, add one, name one or say whose it is."""
    with opened(asked, for_writing=bool(asked.what)) as app:
        recording_id = _recording(app, asked)
        if asked.what == "add":
            app.voicing.add(recording_id, " ".join(asked.words))
        elif asked.what:
            if len(asked.words) < 2:
                raise Invalid(say("Name the voice, then what it is to be called."))
            one, name = _voice(app, asked, asked.words[0]), " ".join(asked.words[1:])
            edit = (app.voicing.rename(one.voice.id, name) if asked.what == "name"
                    else app.voicing.link(one.voice.id, app.people.find(name).id))
            edit.do()
        heard = app.voicing.of_recording(recording_id)
    voice.tell(
        [{"number": one.voice.number, "name": one.name, "person": one.person.id if one.person else None,
          "channel": one.voice.channel, "lines": one.lines} for one in heard],
        table([(str(one.voice.number), one.name or "?", str(one.lines)) for one in heard])
        or say("No voices were told apart yet."),
    )


def show_history(asked: argparse.Namespace, voice: Voice) -> None:
    """Show who changed what, and when, latest first."""
    with opened(asked) as app:
        changes = app.correcting.changes(_recording(app, asked))
    rows = [(str(one.number), one.at[:16].replace("T", " "), one.author, voice.words(CHANGES[one.kind]), one.text)
            for one in reversed(changes)]
    voice.tell([_told_change(one) for one in changes], table(rows) or say("Nobody has changed this transcript."))


def show_as_of(asked: argparse.Namespace, voice: Voice) -> None:
    """Show the transcript as it stood after a change."""
    with opened(asked) as app:
        _tell(app, voice, app.correcting.as_of(_recording(app, asked), asked.number))


def go_back(asked: argparse.Namespace, voice: Voice) -> None:
    """Let the transcript stand as it did after a change; what came later stays in its history."""
    with opened(asked, for_writing=True) as app:
        _make(app, asked, voice, app.correcting.go_back(_recording(app, asked), asked.number))


def recording_of(app: App, story: str) -> str:
    """Return the recording of a story whose transcript is meant."""
    return app.browsing.story(story).recordings[0].id


def _command(doing: argparse._SubParsersAction[argparse.ArgumentParser], name: str, what: str, does: object, *,
             line: bool = False) -> argparse.ArgumentParser:
    made = doing.add_parser(name, help=what)
    made.add_argument("story")
    if line:
        made.add_argument("line", type=int)
    made.set_defaults(run=does)
    return made


def _recording(app: App, asked: argparse.Namespace) -> str:
    return recording_of(app, asked.story)


def _line(app: App, asked: argparse.Namespace) -> Line:
    return app.correcting.line_at(_recording(app, asked), asked.line)


def _lines(app: App, asked: argparse.Namespace, numbers: Sequence[int]) -> list[Line]:
    recording_id = _recording(app, asked)
    return [app.correcting.line_at(recording_id, number) for number in numbers]


def _voice(app: App, asked: argparse.Namespace, called: str) -> HeardVoice:
    heard = app.voicing.of_recording(_recording(app, asked))
    for one in heard:
        if called.casefold() in (str(one.voice.number), one.name.casefold()):
            return one
    known = ", ".join(one.name or str(one.voice.number) for one in heard)
    raise Invalid(say("There is no voice {voice} in this recording.", voice=called),
                  hint=say("There are: {known}.", known=known) if known else say("Add it first."))


def _make(app: App, asked: argparse.Namespace, voice: Voice, edit: Edit) -> None:
    edit.do()
    _tell(app, voice, app.correcting.lines(_recording(app, asked)))


def _tell(app: App, voice: Voice, lines: Sequence[Line]) -> None:
    voice.tell([told_line(line) for line in lines], listed(app, lines))


def _told_change(change: Change) -> dict[str, object]:
    return {"number": change.number, "at": change.at, "author": change.author, "kind": change.kind.value,
            "lines": change.lines, "text": change.text}
