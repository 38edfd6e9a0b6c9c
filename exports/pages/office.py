"""Office: pages of a document as a reader will hold them, made by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pikepdf
import pypdfium2

from exports.pages.letters import font_settings
from exports.pages.steady import steady, written_at
from storybank.errors import Damaged, Unavailable
from storybank.ports import Ticket
from storybank.words import Sentence, say

_PATIENCE = 180.0
"""Seconds after which LibreOffice is taken for stuck."""
_LOOK_EVERY = 0.05
_FILTERS = {".docx": "writer_pdf_Export", ".pptx": "impress_pdf_Export"}
_CHOICES = ('{"PDFUACompliance":{"type":"boolean","value":"true"},'
            '"UseLosslessCompression":{"type":"boolean","value":"true"},'
            '"ExportBookmarks":{"type":"boolean","value":"true"}}')
_PLACES = {
    "linux": ("/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice", "/usr/lib64/libreoffice/program/soffice",
              "/usr/local/bin/soffice", "/snap/bin/libreoffice", "/opt/libreoffice*/program/soffice"),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",
               "~/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    "win32": ("{ProgramFiles}/LibreOffice/program/soffice.com", "{ProgramW6432}/LibreOffice/program/soffice.com",
              "{ProgramFiles(x86)}/LibreOffice/program/soffice.com",
              "{LOCALAPPDATA}/Programs/LibreOffice/program/soffice.com"),
}  # fmt: skip
_NOWHERE = "http://127.0.0.1:9"
_SETTING = ('<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>')
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""No macros, no links followed, no road to the network."""
_one_picture_at_a_time = threading.Lock()


class OfficePages:
    """Makes pages with LibreOffice (`ports.PageMaker`); an instance can be used from any thread."""

    def __init__(self, program: Path | None = None, patience: float = _PATIENCE) -> None:
        self._program = program
        self._patience = patience

    def why_not(self) -> Sentence | None:
        """Return why no pages can be made on this machine, with what to do; None when they can."""
        if self._found() is None:
            return say("Pages and PDF are made by LibreOffice, which is not installed here. Install it from "
                       "libreoffice.org, or open the Word file in Word and save it as PDF there.")
        return None

    def pdf(self, document: Path, to: Path, ticket: Ticket) -> int:
        """Write a Word file or a deck as PDF/UA, the same bytes for the same file; return how many pages it has."""
        program = self._found()
        if program is None:
            raise Unavailable(say("LibreOffice is not installed here, and it is what makes PDF."),
                              hint=say("Install it from libreoffice.org, or save the file as PDF in Word."))
        ticket.check()
        with _room_to_work() as room:
            copy = room / f"page{document.suffix.lower()}"
            made = room / "out" / "page.pdf"
            with _told_plainly(document.name):
                shutil.copyfile(document, copy)
                _write_profile(room / "profile")
            self._convert(program, copy, room, ticket)
            if not made.is_file():
                raise _no_pages(document)
            ticket.check()
            try:
                with _told_plainly(to.name):
                    return steady(made, to, written_at(copy))
            except pikepdf.PdfError as error:
                raise _no_pages(document) from error

    def pictures(self, pdf: Path, folder: Path, width: int = 1000) -> list[Path]:
        """Write each page of a PDF as PNG, so many pixels wide; return them in order."""
        made: list[Path] = []
        with _one_picture_at_a_time, _told_plainly(folder.name):
            folder.mkdir(parents=True, exist_ok=True)
            try:
                pages = pypdfium2.PdfDocument(pdf)
            except pypdfium2.PdfiumError as error:
                raise Damaged(say("{file} is no PDF that can be shown.", file=pdf.name),
                              hint=say("Make it again.")) from error
            with pages:
                for number, page in enumerate(pages, 1):
                    to = folder / f"page-{number:03d}.png"
                    page.render(scale=width / page.get_width()).to_pil().save(to)
                    made.append(to)
        return made

    def _found(self) -> Path | None:
        named = self._program or (Path(name) if (name := os.environ.get("STORYBANK_OFFICE")) else None)
        if named is not None:
            return named if named.is_file() else None
        return find_office()

    def _convert(self, program: Path, copy: Path, room: Path, ticket: Ticket) -> None:
        command = [str(program), f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless", "--norestore",
                   "--nolockcheck", "--nodefault", "--convert-to", f"pdf:{_FILTERS[_kind(copy)]}:{_CHOICES}",
                   "--outdir", str(room / "out"), str(copy)]
        with _running(command, room, font_settings(copy, room)) as process:
            deadline = time.monotonic() + self._patience
            while True:
                try:
                    process.wait(_LOOK_EVERY)
                    return
                except subprocess.TimeoutExpired:
                    ticket.check()
                if time.monotonic() > deadline:
                    raise Unavailable(say("LibreOffice did not come to an end with this document."),
                                      hint=say("Try again; if it happens again, save it as PDF in Word."))


def find_office() -> Path | None:
    """Return where LibreOffice lies on this machine, or None."""
    for name in ("soffice.com", "soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    for place in _PLACES.get(sys.platform, ()):
        with_names = _filled(place)
        if not with_names:
            continue
        path = Path(with_names).expanduser()
        found_here = sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor)))) if "*" in place else [path]
        for candidate in reversed(found_here):
            if candidate.is_file():
                return candidate
    return None


def _filled(place: str) -> str:
    """Return a usual place with the machine's own folders in it; empty where it has no such folder."""
    if not place.startswith("{"):
        return place
    name, _, rest = place[1:].partition("}")
    return os.environ[name] + rest if os.environ.get(name) else ""


def _no_pages(document: Path) -> Damaged:
    return Damaged(say("LibreOffice could not make pages of {file}.", file=document.name),
                   hint=say("Open it in Word and save it again, or save it as PDF there."))


def _kind(document: Path) -> str:
    return document.suffix if document.suffix in _FILTERS else ".docx"


def _write_profile(profile: Path) -> None:
    """Make a fresh profile in which nothing runs and nothing is fetched."""
    (profile / "user").mkdir(parents=True)
    items = "".join(_SETTING.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>\n", encoding="utf-8")


@contextmanager
def _room_to_work() -> Iterator[Path]:
    """Give a folder that only we may read, gone afterwards."""
    try:
        made = tempfile.TemporaryDirectory(prefix="storybank-pages-", ignore_cleanup_errors=True)
    except OSError as error:
        raise Unavailable(say("There is no room to make pages in: {reason}.", reason=error.strerror or str(error)),
                          hint=say("Make some room on the disk and try again.")) from error
    with made as folder:
        (Path(folder) / "out").mkdir()
        yield Path(folder).resolve()


@contextmanager
def _running(command: Sequence[str], room: Path, more: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program and whatever it starts; leaving the block ends all of it."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    around = {**os.environ, "TMPDIR": str(room), "http_proxy": _NOWHERE, "https_proxy": _NOWHERE,
              "SAL_USE_VCLPLUGIN": "svp", **more}
    around.pop("DISPLAY", None)
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, cwd=room, env=around, creationflags=flags,
                                   start_new_session=sys.platform != "win32")
    except OSError as error:
        raise Unavailable(say("LibreOffice cannot be started: {reason}.", reason=error.strerror or str(error)),
                          hint=say("Install it again from libreoffice.org.")) from error
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def _told_plainly(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(say("{name} could not be written: {reason}.", name=name, reason=error.strerror or str(error)),
                          hint=say("Check that the disk has room and that you may write there.")) from error
