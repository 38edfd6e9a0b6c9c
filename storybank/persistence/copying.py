"""Copying a file while hashing it, with the disk at work all the while."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import FileIO

BLOCK = 128 * 1024
"""What is read at once: it stays in the processor's cache until it is hashed and written (1 MiB took twice as long)."""

FLUSH = 64 * 1024 * 1024
"""What may wait for the disk; without this, the last `fsync` would wait for the whole file."""


def read_through(
    fill: Callable[[bytearray], int], copy: FileIO | None, heard: Callable[[int], None]
) -> tuple[str, int]:
    """Return the SHA-256 and the length of what `fill` reads, written to `copy` on the way.

    `heard` is told how much was read, block by block, and may raise to stop. The copy is safe on disk at the end.
    """
    digest, size, buffer = hashlib.sha256(), 0, bytearray(BLOCK)
    with _flushed(copy) as wrote:
        while length := fill(buffer):
            block = memoryview(buffer)[:length]
            if copy is not None:
                _write(copy, block)
            digest.update(block)
            size += length
            wrote(length)
            heard(size)
    return digest.hexdigest(), size


@contextmanager
def _flushed(copy: FileIO | None) -> Iterator[Callable[[int], None]]:
    """Send a file on its way to the disk while it grows; at the end all of it is there."""
    if copy is None:
        yield lambda _length: None
        return
    waiting, flushing = 0, _nothing()
    with ThreadPoolExecutor(1, "flush") as flusher:

        def wrote(length: int) -> None:
            nonlocal flushing, waiting
            waiting += length
            if waiting >= FLUSH and flushing.done():
                flushing.result()  # a failure to write is told once, and never again by the `fsync` after it
                flushing, waiting = flusher.submit(os.fsync, copy.fileno()), 0

        yield wrote
        flushing.result()
        os.fsync(copy.fileno())


def _nothing() -> Future[None]:
    done: Future[None] = Future()
    done.set_result(None)
    return done


def _write(copy: FileIO, block: memoryview) -> None:
    while block:
        block = block[copy.write(block) :]
