"""What can go wrong and be explained; anything else is a bug and keeps its traceback."""

from __future__ import annotations

from storybank.words import Sentence, say


class StorybankError(Exception):
    """A failure that we foresaw: it says what happened, and what the user can do next."""

    title = say("Something went wrong")
    exit_code = 1

    def __init__(self, message: Sentence | str, *, hint: Sentence | str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.message, self.hint)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class Invalid(StorybankError):
    """A value was given that we cannot accept."""

    title = say("Check what you entered")
    exit_code = 2


class NotFound(StorybankError):
    """Something was asked for that the library does not hold."""

    title = say("Not in the library")
    exit_code = 3


class Refused(StorybankError):
    """A rule of the house said no: most often, consent does not cover this use."""

    title = say("Not allowed")
    exit_code = 4


class Unavailable(StorybankError):
    """The machine lacks something: ffmpeg, a speech model, disk space, the file itself."""

    title = say("Something is missing")
    exit_code = 5


class Died(Unavailable):
    """A process of our own ended in the middle of its work; it may be taken up again from what was kept."""

    title = say("Stopped in the middle")


class Damaged(StorybankError):
    """A file or the library exists but cannot be trusted as it is."""

    title = say("A file is damaged")
    exit_code = 6


class Cancelled(StorybankError):
    """The user asked to stop. Not a failure: it unwinds the work and is never shown as an error."""

    title = say("Stopped")
    exit_code = 130


def _again(kind: type[StorybankError], message: Sentence | str, hint: Sentence | str) -> StorybankError:
    return kind(message, hint=hint)
