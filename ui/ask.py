"""Ask: how the window says what went wrong and what to do, and asks before what cannot be taken back."""

from __future__ import annotations

from storybank.errors import Cancelled, StorybankError
from storybank.words import Words
from ui.parts.toast import Toast


def explain(toast: Toast, tr: Words, error: BaseException) -> None:
    """Say what happened, what it means and what to do, in a line of the page; a stop on request needs no words."""
    if isinstance(error, Cancelled):
        return
    if not isinstance(error, StorybankError):
        toast.say(tr("Something went wrong that we did not foresee. Nothing you saved is lost."), "stop",
                  details=[f"{type(error).__name__}: {error}"[:300]])
        return
    title, message, hint = map(tr.sentence, (error.title, error.message, error.hint))
    toast.say(tr("{title}: {message}", title=title, message=message), "stop", details=[hint] if hint else [])
