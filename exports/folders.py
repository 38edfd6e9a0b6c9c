"""Folders: a folder is filled beside its place, and gets its name when all is in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storybank.domain.names import named
from storybank.errors import Refused, Unavailable
from storybank.words import say


@contextmanager
def filled_beside(to: Path) -> Iterator[Path]:
    """Give a folder to fill, put in place when all went well and removed when not; what is there already stays."""
    if to.exists():
        raise Refused(say("There is already something named {name} in that folder.", name=to.name),
                      hint=say("Choose another name, so that nothing is overwritten."))
    folder = to.with_name(to.name + ".part")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        yield folder
        folder.rename(to)
    except OSError as error:
        raise Unavailable(say("{name} could not be written: {reason}.", name=named(to),
                              reason=error.strerror or str(error)),
                          hint=say("Check that the disk has room and that you may write there.")) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
