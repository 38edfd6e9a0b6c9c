"""Shares: a ticket for one of several pieces of a job."""

from __future__ import annotations

from dataclasses import dataclass

from storybank.ports import Ticket


@dataclass(frozen=True, slots=True)
class Share:
    """A piece of a job that has its own nought to one, which is only a share of the whole."""

    whole: Ticket
    begins: float
    share: float

    def report(self, fraction: float, note: str = "") -> None:
        """Say how far this piece is."""
        self.whole.report(self.begins + fraction * self.share, note)

    def check(self) -> None:
        """Raise `Cancelled` if the user asked to stop."""
        self.whole.check()
