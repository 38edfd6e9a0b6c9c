"""Copying a file while hashing it, with the disk at work all the while."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import FileIO
from queue import SimpleQueue

BLOCK = 128 * 1024
"""What is read at once: it stays in the processor's cache until it is hashed and written (1 MiB took twice as long)."""

KERNEL_BLOCK, HASH_BLOCK = 8 * 1024 * 1024, 1024 * 1024
"""What the system copies in one go, and what is hashed at once."""

_NOT_THIS_WAY = frozenset({
    errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EBADF, errno.EPERM, errno.ETXTBSY, errno.EIO,
})  # fmt: skip

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


def copied_in_kernel(source: FileIO, copy: FileIO, heard: Callable[[int], None]) -> tuple[str, int] | None:
    """Return the same for a copy that never passes through our memory; None where the system cannot, or a read failed.

    A second thread hashes what has been written, from the copy itself, so the checksum is of what was kept.
    """
    if not hasattr(os, "copy_file_range"):
        return None
    size = 0
    try:
        with _flushed(copy) as wrote, _hashed(copy) as hashed:
            while length := os.copy_file_range(source.fileno(), copy.fileno(), KERNEL_BLOCK):
                size += length
                hashed.upto(size)
                wrote(length)
                heard(size)
        return hashed.digest.hexdigest(), size
    except OSError as error:
        if error.errno not in _NOT_THIS_WAY:
            raise
    os.lseek(source.fileno(), 0, os.SEEK_SET)
    os.lseek(copy.fileno(), 0, os.SEEK_SET)
    os.ftruncate(copy.fileno(), 0)
    return None


class _Hashing:
    """Hashes a growing file on a thread of its own."""

    def __init__(self, file: FileIO) -> None:
        self.digest = hashlib.sha256()
        self._file = file
        self._told: SimpleQueue[int | None] = SimpleQueue()

    def upto(self, size: int | None) -> None:
        """Say that the file has grown to `size` bytes; None says that it is whole."""
        self._told.put(size)

    def run(self) -> None:
        at, view = 0, memoryview(bytearray(HASH_BLOCK))
        while (size := self._told.get()) is not None:
            while at < size and (length := os.preadv(self._file.fileno(), [view[: size - at]], at)):
                self.digest.update(view[:length])
                at += length


@contextmanager
def _hashed(copy: FileIO) -> Iterator[_Hashing]:
    hashing = _Hashing(copy)
    with ThreadPoolExecutor(1, "hash") as hasher:
        done = hasher.submit(hashing.run)
        try:
            yield hashing
        finally:
            hashing.upto(None)
        done.result()


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
