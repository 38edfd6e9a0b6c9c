"""Commands that take a transcript out of the library as a file, or bring one in."""

from __future__ import annotations

import argparse
import json
from contextlib import suppress
from pathlib import Path

from storybank.domain.clip import captions
from storybank.domain.transcript import Line
from storybank.errors import Invalid, Unavailable
from storybank.words import say
from ui.commands.doors import Tr, Voice, opened
from ui.commands.telling import lines_of, told_line
from ui.wiring import caption_file


def file_arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what `transcript export` takes."""
    export = doing.add_parser("export", help=tr("write it as TXT, SRT, VTT or JSON"))
    export.add_argument("story")
    export.add_argument("file", nargs="?", type=Path, help=tr("its ending says how; none means standard output"))
    export.add_argument("--format", choices=["txt", "srt", "vtt", "json"])
    export.set_defaults(run=export_transcript)


def export_transcript(asked: argparse.Namespace, voice: Voice) -> None:
    """Write a transcript for the house's own use; what leaves the house goes through a brief or a kit.

    A file is refused where somebody in the story said stop, and has no restricted words.
    """
    lines = lines_of(asked)
    if asked.file:
        with opened(asked) as app:
            lines = app.exporting.transcript(app.browsing.story(asked.story).story.id)
    kind = asked.format or (asked.file.suffix.lstrip(".").lower() if asked.file else "") or "txt"
    if kind == "json" or (asked.json and not asked.file):
        text = ""
        value: object = [told_line(line) for line in lines]
    else:
        text = _written(lines, kind)
        value = {"file": str(asked.file), "lines": len(lines)}
    if asked.file:
        _write(asked.file, text or json.dumps(value, ensure_ascii=False, indent=1))
        voice.tell(value, say("Wrote {file}.", file=asked.file))
    elif text:
        voice.tell(value, text)
    else:
        Voice(True, voice.words).tell(value, "")


def _written(lines: list[Line], kind: str) -> str:
    if kind == "txt":
        return "\n".join(line.text for line in lines) + "\n"
    if kind not in ("srt", "vtt"):
        raise Invalid(say("Storybank cannot write a transcript as {kind}.", kind=kind),
                      hint=say("Choose txt, srt, vtt or json."))
    return caption_file(kind, captions([word for line in lines for word in line.words], 0),
                        lines[0].language)


def _write(file: Path, text: str) -> None:
    part = file.with_name(file.name + ".part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise Unavailable(say("{file} cannot be written: {why}.", file=file.name, why=error.strerror),
                          hint=say("Check that the disk has room and that you may write there.")) from error
