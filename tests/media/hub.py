"""A hub on this machine: serves a speech model over HTTP, and behaves as badly as a test asks it to."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Manners:
    """How the hub behaves; by default, as the real one does."""

    drops: list[int] = field(default_factory=list)
    """After how many bytes each of the next answers with model.bin breaks off."""
    goes_on: bool = True
    """Whether it can answer from the middle of a file."""
    lies: int = 0
    """How many times it names another checksum than that of what it sends."""
    refuses: dict[str, int] = field(default_factory=dict)
    """Which file it answers with which code."""
    busy: int = 0
    """How many answers are 503 before it answers."""
    promises_more: int = 0
    """How many bytes it says there are beyond those it has."""
    stalls: threading.Event | None = None
    """Answers with model.bin wait for this in their middle."""
    away: bool = True
    """Whether large files are kept elsewhere, to which it sends on."""


class Hub:
    """A running server over the files of one model."""

    def __init__(self, files):
        self.files = dict(files)
        self.manners = Manners()
        self.asked = Counter()
        self.ranges = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"hub": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def tag(self, name):
        """Return the checksum of a file as the hub names it: SHA-256 for the large one, git's own for the others."""
        body = self.files[name]
        if name == "model.bin":
            if self.manners.lies:
                self.manners.lies -= 1
                return f'"{"0" * 64}"'
            return f'"{hashlib.sha256(body).hexdigest()}"'
        named = hashlib.sha1(b"blob %d\0" % len(body) + body).hexdigest()
        return f'"{named}"'


class _Handler(BaseHTTPRequestHandler):
    """Answers as the hub is told to."""

    hub: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Keep quiet."""

    def do_HEAD(self):
        self._answer(with_body=False)

    def do_GET(self):
        self._answer(with_body=True)

    def _answer(self, with_body):
        place, name = self.path.split("/")[1], self.path.rpartition("/")[2]
        if place != "kept":
            self.hub.asked[name] += 1
        told, code = self.hub.manners, self.hub.manners.refuses.get(name, 200 if name in self.hub.files else 404)
        if told.busy:
            told.busy, code = told.busy - 1, 503
        if code != 200:
            self._say(code, {"Content-Length": "0"})
        elif name == "model.bin" and told.away and place != "kept":
            self._say(302, {"Location": f"/kept/{name}", "X-Linked-Etag": self.hub.tag(name),
                            "X-Linked-Size": str(len(self.hub.files[name]) + told.promises_more),
                            "Content-Length": "0"})
        else:
            self._send(name, with_body)

    def _send(self, name, with_body):
        whole, start = self.hub.files[name], 0
        wanted = self.headers.get("Range")
        headers = {"ETag": '"elsewhere"' if name == "model.bin" and self.hub.manners.away else self.hub.tag(name)}
        if wanted and self.hub.manners.goes_on:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            headers["Content-Range"] = f"bytes {start}-{len(whole) - 1}/{len(whole)}"
        if wanted:
            self.hub.ranges.append((name, wanted))
        body = whole[start:]
        self._say(206 if start else 200, {**headers, "Content-Length": str(len(body))})
        if with_body:
            self._pour(name, body)

    def _pour(self, name, body):
        if name == "model.bin" and self.hub.manners.drops:
            self.wfile.write(body[:self.hub.manners.drops.pop(0)])
            self.close_connection = True
        elif name == "model.bin" and self.hub.manners.stalls:
            self.wfile.write(body[:len(body) // 2])
            self.wfile.flush()
            self.hub.manners.stalls.wait(20)
            self.close_connection = True
        else:
            self.wfile.write(body)

    def _say(self, code, headers):
        self.send_response(code)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
