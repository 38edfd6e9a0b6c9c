"""Download: fetching a speech model when somebody asks for it; the only place that may use the network."""

from __future__ import annotations

import http.client
import os
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPMessage
from pathlib import Path
from typing import IO

from media.carrying import LARGEST, check_room, check_spare, disk_full, is_full, to_disk
from media.catalogue import CATALOGUE
from media.halfway import Halfway, Known
from media.model_files import NEEDED, PREPROCESSOR, VOCABULARIES
from storybank.errors import Cancelled, Damaged, Refused, StorybankError, Unavailable
from storybank.ports import Ticket
from storybank.words import say

HUB = "https://huggingface.co"
_HOMES = {"large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo"}
_MAY_LACK = (*VOCABULARIES, PREPROCESSOR)  # each model has one of the lists of words; `check` sees to that
_FILES = (*(name for name in NEEDED if name != "model.bin"), *_MAY_LACK, "model.bin")
_TAG, _SIZE = "X-Linked-Etag", "X-Linked-Size"  # what the hub says of a large file before it sends us to it
_BLOCK = 256 << 10
_LOOK_AT_DISK = 64 << 20  # bytes between two looks at how much room is left
_SILENCE = 20.0  # seconds without a byte after which a connection is taken for broken
_LOOK_EVERY = 0.1  # seconds between two looks at the ticket
_TRIES = 5  # in a row, none of which brought a byte
_PASSING = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.INTERNAL_SERVER_ERROR,
            HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)


_BREAKS = (TimeoutError, ConnectionError, ssl.SSLError, http.client.HTTPException)


class _Broken(Exception):
    """The connection broke; the rest can be asked for."""


@dataclass(slots=True)
class _Progress:
    """How much has come, told from one thread to another, and whether to go on."""

    whole: int
    done: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def check(self) -> None:
        if self.stop.is_set():
            raise Cancelled(say("Stopped on request."))


def _wait_longer(tries: int) -> float:
    return min(30.0, 2.0 ** tries)


class Downloader:
    """Fetches the files of a model from a hub, each whole and known by its checksum, or not at all."""

    def __init__(self, base: str | None = None, pause: Callable[[int], float] = _wait_longer) -> None:
        self._base = (base or os.environ.get("HF_ENDPOINT") or HUB).rstrip("/")
        self._pause = pause

    def fetch(self, name: str, into: Path, ticket: Ticket) -> None:
        """Fetch the files of a model into a folder; what had come before a break or a stop is used again.

        Raises `Unavailable`, `Refused` or `Damaged` with what to do. A stopped ticket ends it at once.
        """
        progress = _Progress(next(known.bytes for known in CATALOGUE if known.name == name))
        failure: list[BaseException] = []

        def work() -> None:
            try:
                self._fetch_all(name, into, progress)
            except BaseException as error:  # noqa: BLE001 - it is raised again by whoever waits
                failure.append(error)

        hands = threading.Thread(target=work, name=f"download {name}", daemon=True)
        hands.start()
        try:
            while hands.is_alive():
                ticket.check()
                ticket.report(min(0.99, progress.done / progress.whole), name)
                hands.join(_LOOK_EVERY)
        finally:
            progress.stop.set()
        if failure:
            raise failure[0]
        ticket.report(1.0, name)

    def _fetch_all(self, name: str, into: Path, progress: _Progress) -> None:
        home = _HOMES.get(name, f"Systran/faster-whisper-{name}")
        with _told_plainly(name):
            here = sum(file.stat().st_size for file in into.iterdir())
            check_room(into, max(0, progress.whole - here))
            for file in _FILES:
                way = _Way(f"{self._base}/{home}/resolve/main/{file}", Halfway(into / file), progress, self._pause)
                try:
                    way.bring()
                except urllib.error.HTTPError as error:
                    if error.code != HTTPStatus.NOT_FOUND or file not in _MAY_LACK:
                        raise


class _Way:
    """One file's way here."""

    def __init__(self, url: str, file: Halfway, progress: _Progress, pause: Callable[[int], float]) -> None:
        self._url, self._file, self._progress, self._pause = url, file, progress, pause
        self._before = progress.done
        self._followed = _Followed()
        self._net = _net(self._followed)

    def bring(self) -> None:
        """Bring the file in; one whose checksum is wrong is fetched once more, and then thrown away."""
        self._file.take_up_again()
        for _ in range(2):
            if self._file.is_right(self._patiently(), self._progress.check):
                self._file.publish()
                return
            self._throw_away()
        raise Damaged(
            say("{file} came twice with the wrong checksum, and was thrown away.", file=self._file.to.name),
            hint=say("Something on the way changes it: a proxy, or a virus scanner. Ask your IT, or add the model from"
                     " a folder or a USB stick."))

    def _patiently(self) -> Known:
        """Return what the server says of the file once all its bytes are here; a connection that breaks is renewed."""
        tries = 0
        while True:
            self._progress.check()
            before = self._file.bytes
            try:
                return self._go_on()
            except (_Broken, *_BREAKS) as error:
                tries = 0 if self._file.bytes > before else tries + 1
                if tries >= _TRIES:
                    raise _Broken from error
                self._progress.stop.wait(self._pause(tries))

    def _go_on(self) -> Known:
        had, label = self._file.bytes, self._file.label()
        all_here = bool(label.size) and had == label.size
        with self._asked(had, "HEAD" if all_here else "GET") as (answer, known):
            if all_here and known == label:
                self._progress.done = self._before + had
                return known
            if answer.status == HTTPStatus.PARTIAL_CONTENT and known == label and known.tag:
                self._take(answer, known, had)
            elif answer.status == HTTPStatus.OK and not all_here:
                self._take(answer, known, 0)
            else:  # the file changed meanwhile
                self._throw_away()
                raise _Broken
        if known.size and self._file.bytes < known.size:
            raise _Broken
        return known

    @contextmanager
    def _asked(self, had: int, method: str) -> Iterator[tuple[http.client.HTTPResponse, Known]]:
        asking = urllib.request.Request(self._url, method=method, headers={
            "User-Agent": "Storybank", "Accept-Encoding": "identity",
            **({"Range": f"bytes={had}-"} if had and method == "GET" else {})})
        try:
            self._followed.said.clear()
            with self._net.open(asking, timeout=_SILENCE) as answer:
                yield answer, _known(answer, self._followed.said)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                self._throw_away()
            elif error.code not in _PASSING:
                raise
            raise _Broken from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, (ConnectionResetError, TimeoutError)):
                raise _Broken from error
            raise

    def _take(self, answer: http.client.HTTPResponse, known: Known, start: int) -> None:
        """Write what comes behind what is there."""
        self._file.note(known)
        done, most = start, known.size or LARGEST
        self._progress.done = self._before + start
        with self._file.part.open("r+b" if start else "wb") as part:
            part.seek(start)
            while done <= most and (block := answer.read(_BLOCK)):
                self._progress.check()
                if done // _LOOK_AT_DISK != (done + len(block)) // _LOOK_AT_DISK:
                    check_spare(self._file.part.parent)
                part.write(block)
                done += len(block)
                self._progress.done = self._before + done
            to_disk(part)
        if done > most:  # longer than it was said to be: not what was asked for
            self._throw_away()
            raise _Broken

    def _throw_away(self) -> None:
        self._file.throw_away()
        self._progress.done = self._before


class _Followed(urllib.request.HTTPRedirectHandler):
    """Goes where the hub sends us, remembers what it said of the file, and never leaves https for http."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage,
                         newurl: str) -> urllib.request.Request | None:
        if req.type == "https" and not newurl.startswith("https:"):
            raise urllib.error.URLError(ssl.SSLError("redirected from https to another scheme"))
        onward = super().redirect_request(req, fp, code, msg, headers, newurl)
        if onward is not None:
            onward.method = req.get_method()
            self.said.update({name: headers[name] for name in (_TAG, _SIZE) if headers.get(name)})
        return onward


def _net(followed: _Followed) -> urllib.request.OpenerDirector:
    """Return the way to the network: the system's proxies and certificates, http and https and nothing else."""
    import truststore

    net = urllib.request.OpenerDirector()
    secure = urllib.request.HTTPSHandler(context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    for way in (urllib.request.ProxyHandler(), urllib.request.HTTPHandler(), secure, followed,
                urllib.request.UnknownHandler(), urllib.request.HTTPDefaultErrorHandler(),
                urllib.request.HTTPErrorProcessor()):
        net.add_handler(way)
    return net


def _known(answer: http.client.HTTPResponse, said: Mapping[str, str]) -> Known:
    """Return what the hub said of a file on the way to where it is kept, or what is said of it there."""
    told = {**{name: value for name in (_TAG, _SIZE) if (value := answer.headers.get(name))}, **said}
    tag = (told.get(_TAG) or answer.headers.get("ETag") or "").removeprefix("W/").strip('"')
    length = told.get(_SIZE) or _whole_length(answer)
    return Known(tag, int(length) if length.isdigit() else 0)


def _whole_length(answer: http.client.HTTPResponse) -> str:
    if answer.status == HTTPStatus.PARTIAL_CONTENT:
        return (answer.headers.get("Content-Range") or "").rpartition("/")[2]
    return answer.headers.get("Content-Length") or ""


@contextmanager
def _told_plainly(name: str) -> Iterator[None]:
    """Say what went wrong on the network, or on the disk, in words and with a way on."""
    try:
        yield
    except StorybankError:
        raise
    except urllib.error.HTTPError as error:
        raise _refused(name, error.code) from error
    except _Broken as error:
        raise Unavailable(say("The connection broke while {name} was downloaded.", name=name),
                          hint=say("What came is kept. Download it again, and it goes on from there.")) from error
    except urllib.error.URLError as error:
        if isinstance(error.reason, ssl.SSLError):
            raise Unavailable(
                say("The connection for {name} is not trusted: this computer does not know its certificate.",
                    name=name),
                hint=say("Often the proxy of an office is behind this. Ask your IT to add its certificate to this"
                         " computer, or add the model from a folder or a USB stick.")) from error
        raise Unavailable(
            say("The model {name} could not be downloaded: there is no way to it over the network.", name=name),
            hint=say("Try again when you are online, or add the model from a folder or a USB stick.")) from error
    except OSError as error:
        if is_full(error):
            raise disk_full() from error
        raise Unavailable(say("{name} could not be written: {why}.", name=name, why=error.strerror or str(error)),
                          hint=say("Look at the folder of the speech models, under Settings.")) from error


def _refused(name: str, code: int) -> StorybankError:
    elsewhere = say("Choose another model, or add it from a folder or a USB stick.")
    if code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED):
        return Refused(say("The server does not let us have the model {name} (answer {code}).", name=name, code=code),
                       hint=say("A proxy may want a password, or the model a login. Ask your IT, or add the model"
                                " from a folder or a USB stick."))
    if code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return Unavailable(say("The server no longer has the model {name} (answer {code}).", name=name, code=code),
                           hint=elsewhere)
    return Unavailable(say("The server cannot give the model {name} (answer {code}).", name=name, code=code),
                       hint=elsewhere)
