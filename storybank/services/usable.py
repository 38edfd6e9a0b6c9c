"""Usable: the stories that the gate allows for a use today, which a search may be narrowed to."""

from __future__ import annotations

from datetime import date

from storybank.domain.clearance import permission
from storybank.ports import UnitOfWork
from storybank.services.circles import circles_of


def usable_stories(work: UnitOfWork, use_key: str, on: date) -> list[str] | None:
    """Return the stories that may be used so on a day; None, for all, where no use was asked for."""
    if not use_key:
        return None
    use = work.codebook.use(use_key)
    return [circle.story.id for circle in circles_of(work) if permission(circle, use, on).allowed]
