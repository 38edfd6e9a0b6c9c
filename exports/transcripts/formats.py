"""Formats: every way a transcript is written to a file, and read from one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from exports.transcripts import ohms, srt, text, typed, vtt, word, word_times
from exports.transcripts.cues import has_captions
from exports.transcripts.incoming import content, decoded
from storybank.domain.sheet import USUAL, Manner, Sheet
from storybank.errors import Invalid, Unavailable
from storybank.words import say

_WRITERS: dict[str, Callable[[Sheet, Manner], str]] = {
    ".srt": srt.write, ".vtt": vtt.write, ".txt": text.write, ".json": word_times.write, ".xml": ohms.write,
}  # fmt: skip
ENDINGS = (".docx", *_WRITERS)
"""Word, SRT, VTT, text, JSON, and OHMS XML."""
PASTED = "the pasted text"


class TranscriptFormats:
    """Writes transcripts for other programs, and reads theirs (`ports.TranscriptFiles`)."""

    def write(self, sheet: Sheet, to: Path, manner: Manner = USUAL) -> None:
        """Write in the format that the file's ending names; raise `Invalid` naming the formats there are."""
        ending = _known(to)
        if ending == ".docx":
            word.write(sheet, to, manner)
            return
        said = _WRITERS[ending](sheet, manner)
        part = to.with_name(f"{to.name}.part")
        try:
            part.write_text(said, encoding="utf-8", newline="\n", errors="replace")
            part.replace(to)
        except OSError as error:
            with suppress(OSError):
                part.unlink()
            raise Unavailable(say("{file} cannot be written: {why}.", file=to.name, why=error.strerror or str(error)),
                              hint=say("Check that the disk has room and that you may write there.")) from error

    def read(self, untrusted_file: Path) -> Sheet:
        """Return what a file says; raise `Invalid` or `Damaged` with the reason in plain words."""
        ending, name = _known(untrusted_file), untrusted_file.name
        if ending == ".docx":
            return typed.read(untrusted_file)
        raw = content(untrusted_file)
        if ending == ".xml":
            return ohms.read(raw, name)
        return _read(ending, decoded(raw, name), name)

    def read_text(self, untrusted_text: str) -> Sheet:
        """Return what a text says that was pasted, whichever of the formats it is in."""
        name = PASTED
        said = decoded(untrusted_text.encode("utf-8", "replace"), name)
        if vtt.is_vtt(said):
            return vtt.read(said, name)
        if has_captions(said):
            return srt.read(said, name)
        return word_times.read(said, name) if said.lstrip()[:1] in "{[" and '"' in said[:200] else text.read(said, name)


def _read(ending: str, said: str, name: str) -> Sheet:
    """Return what a text file says; captions under another name are captions all the same."""
    if ending == ".json":
        return word_times.read(said, name)
    if vtt.is_vtt(said):
        return vtt.read(said, name)
    if ending == ".txt" and not has_captions(said):
        return text.read(said, name)
    return vtt.read(said, name) if ending == ".vtt" else srt.read(said, name)


def _known(file: Path) -> str:
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise Invalid(say("Storybank does not know transcripts that end in {ending}.", ending=ending or file.name),
                      hint=say("Choose one of: {endings}.", endings=", ".join(ENDINGS)))
    return ending
