"""Commands that take a transcript out of the library as a file, bring one in, and check it as captions."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from storybank.domain.captioning import UPRIGHT_LIMITS, WIDE_LIMITS
from storybank.domain.sheet import Manner
from storybank.errors import Invalid, Unavailable
from storybank.words import say
from ui.commands.doors import ConsoleTicket, Tr, Voice, clock, opened, table
from ui.commands.telling import lines_of

FORMATS = {"txt": ".txt", "srt": ".srt", "vtt": ".vtt", "docx": ".docx", "json": ".json", "ohms": ".xml"}


def file_arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what the commands take."""
    export = doing.add_parser("export", help=tr("write it as Word, TXT, SRT, VTT, JSON or OHMS XML"))
    export.add_argument("story")
    export.add_argument("file", nargs="?", type=Path, help=tr("its ending says how; none means standard output"))
    export.add_argument("--format", choices=list(FORMATS))
    export.add_argument("--no-times", action="store_true", help=tr("leave the times out of a text or Word file"))
    export.add_argument("--word-times", action="store_true", help=tr("write the time of each word in a VTT file"))
    export.set_defaults(run=export_transcript)
    bring = doing.add_parser("import", help=tr("bring in a transcript that people wrote"))
    bring.add_argument("story")
    bring.add_argument("file", type=Path, help=tr("Word, TXT, SRT, VTT, JSON or OHMS XML; - means standard input"))
    bring.set_defaults(run=import_transcript)
    captions = doing.add_parser("check-captions", help=tr("say where it could not be read in time as captions"))
    captions.add_argument("story")
    captions.add_argument("--upright", action="store_true", help=tr("for a picture that is higher than wide"))
    captions.set_defaults(run=check_captions)


def export_transcript(asked: argparse.Namespace, voice: Voice) -> None:
    """Write a transcript for the house's own use; what leaves the house goes through a brief or a kit.

    It is refused where somebody in the story said stop, and has no restricted words.
    """
    manner = Manner(not asked.no_times, asked.word_times, voice.words.language)
    lines_of(asked)
    if asked.file is None:
        _to_standard_output(asked, manner, voice)
        return
    with opened(asked) as app:
        story, to = app.browsing.story(asked.story).story, asked.file
        if asked.format and to.suffix.lower() != FORMATS[asked.format]:
            to = to.with_name(to.name + FORMATS[asked.format])
        to = to if to.suffix else to.with_suffix(".txt")
        count = app.carrying.take_out(story.id, to, manner)
    voice.tell({"file": str(to), "lines": count}, say("Wrote {file}.", file=to))


def _to_standard_output(asked: argparse.Namespace, manner: Manner, voice: Voice) -> None:
    kind = asked.format or ("json" if asked.json else "txt")
    if kind == "docx":
        raise Invalid(say("A Word file needs a name."), hint=say("Say which file to write."))
    with tempfile.TemporaryDirectory() as folder, opened(asked) as app:
        file = Path(folder) / f"transcript{FORMATS[kind]}"
        app.carrying.take_out(app.browsing.story(asked.story).story.id, file, manner)
        text = file.read_text(encoding="utf-8")
    if kind == "json":
        Voice(True, voice.words).tell(json.loads(text), "")
    else:
        voice.tell({"text": text}, text.rstrip("\n"))


def import_transcript(asked: argparse.Namespace, voice: Voice) -> None:
    """Bring in a transcript; the earlier one is kept beside it."""
    with opened(asked, for_writing=True) as app:
        recording = app.browsing.story(asked.story).recordings[0]
        source: Path | str = _typed() if str(asked.file) == "-" else asked.file
        brought = app.carrying.bring_in(recording.id, source, ConsoleTicket(asked.file.name))
    for sentence in brought.mended:
        voice.aside(sentence)
    heard = None if brought.share is None else round(100 * brought.share)
    value = {"run": brought.run.id, "lines": brought.lines, "heard_percent": heard,
             "mended": [voice.words.sentence(one) for one in brought.mended]}
    voice.tell(value, say("Brought in {n} lines; the earlier transcript is kept.", n=brought.lines))


def _typed() -> str:
    try:
        with open(0, encoding="utf-8", errors="replace", closefd=False) as typed:
            return typed.read(50_000_000)
    except OSError as error:
        raise Unavailable(say("Nothing can be read from standard input.")) from error


def check_captions(asked: argparse.Namespace, voice: Voice) -> None:
    """Say where the transcript could not be read in time, if it were captions."""
    lines_of(asked)
    with opened(asked) as app:
        recording = app.browsing.story(asked.story).recordings[0]
        found = app.carrying.check_captions(recording.id, UPRIGHT_LIMITS if asked.upright else WIDE_LIMITS)
    told = [{"caption": fault.cue, "start_ms": cue.start_ms, "end_ms": cue.end_ms, "kind": fault.kind.value,
             "reason": voice.words.sentence(fault.reason), "text": cue.text} for fault, cue in found]
    rows = [(clock(cue.start_ms), voice.words.sentence(fault.reason), cue.text) for fault, cue in found]
    voice.tell(told, table(rows) if rows else say("Every caption can be read in time."))
