"""Placing: making something beside the place it is meant for, and putting it there when all is well."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storybank.domain import names
from storybank.errors import Invalid, Refused, Unavailable
from storybank.words import say


@contextmanager
def put_in_place_last(to: Path, *, replacing: bool = False) -> Iterator[Path]:
    """Give a path to write a file or a folder to; it gets its name at the end, and is removed when anything fails.

    With `replacing`, a folder that has the name already makes way at the very end.
    """
    aside = to.with_name(f".{to.stem}.making{to.suffix}")
    try:
        next(to.absolute().parent.iterdir(), None)
        _remove(aside)
        yield aside
        if replacing and to.is_dir():
            _exchange(to, aside)
        else:
            aside.replace(to)
    except OSError as error:
        raise Unavailable(
            say("{name} could not be put in its place: {why}.", name=to.name, why=error.strerror or str(error)),
            hint=say("Check that the disk has room and that you may write there."),
        ) from error
    finally:
        with suppress(OSError):
            _remove(aside)


def _exchange(to: Path, fresh: Path) -> None:
    """Put a folder in the place of another; one that was half moved when the power failed is put back first."""
    old = before(to)
    _remove(old)
    to.replace(old)
    try:
        fresh.replace(to)
    except OSError:
        old.replace(to)
        raise
    with suppress(OSError):
        _remove(old)


def before(to: Path) -> Path:
    """Return where a folder lies for the moment in which another takes its place."""
    return to.with_name(f".{to.name}.before")


def check_free(to: Path) -> None:
    """Refuse a name that is taken, or that no file can have."""
    try:
        taken = to.exists()
    except (OSError, ValueError) as error:
        raise Invalid(say("No file can have this name: {name}.", name=names.plain(to.name)[:60]),
                      hint=say("Choose another name.")) from error
    if taken:
        raise Refused(say("{name} exists already.", name=to.name), hint=say("Choose another name."))


def check_folder(to: Path) -> None:
    """Refuse a place in a folder that is not there."""
    if not to.absolute().parent.is_dir():
        raise Unavailable(say("The folder {folder} is not there.", folder=to.parent),
                          hint=say("Make it first, or choose another."))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
