"""The database as it lies on disk: every page of it and of its log decrypted, without SQLite's help.

SQLCipher 4: pages of 4096 bytes, each ending in 16 bytes for AES-256-CBC and 64 that authenticate it. The first page
begins with a salt, which a raw key makes no use of. A log has a header, then pages with a header each.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVE, SALT = 4096, 80, 16
LOG_HEADER, FRAME_HEADER = 32, 24


def pages_of(file: Path, key: bytes) -> Iterator[bytes]:
    """Yield what is in each page of a database, or of its log, free pages among them."""
    content = file.read_bytes()
    if file.name.endswith("-wal"):
        for at in range(LOG_HEADER, len(content) - PAGE + 1, FRAME_HEADER + PAGE):
            frame = content[at : at + FRAME_HEADER + PAGE]
            first = int.from_bytes(frame[:4], "big") == 1
            yield _opened(frame[FRAME_HEADER:], key, first)
        return
    for at in range(0, len(content) - PAGE + 1, PAGE):
        yield _opened(content[at : at + PAGE], key, at == 0)


def _opened(page: bytes, key: bytes, first: bool) -> bytes:
    start = page[PAGE - RESERVE : PAGE - RESERVE + 16]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(start)).decryptor()
    return decryptor.update(page[SALT if first else 0 : PAGE - RESERVE]) + decryptor.finalize()
