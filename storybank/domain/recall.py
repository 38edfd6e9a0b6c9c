"""Recall: what a withdrawal reaches outside the library, gathered for the tasks and the letters."""

from __future__ import annotations

from dataclasses import dataclass

from storybank.domain.contributor import Contributor
from storybank.domain.export import Export, ExportedFile
from storybank.domain.quote import Quote
from storybank.domain.receipt import Organization
from storybank.domain.story import Story
from storybank.domain.use import Use
from storybank.domain.withdrawal import WithdrawalCase


@dataclass(frozen=True, slots=True)
class Affected:
    """An export that carries something of the person, and which of its files do."""

    export: Export
    quotes: tuple[str, ...]
    """Short codes of the person's quotes in it."""
    files: tuple[ExportedFile, ...]
    """The files with their words, picture or voice; where it is one document, that document."""
    was_lawful: bool
    """True where consent stood when it was made: an earlier lawful use stays lawful."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A withdrawal case with everything a letter needs."""

    case: WithdrawalCase
    person: Contributor
    organization: Organization
    stories: tuple[Story, ...]
    quotes: tuple[Quote, ...]
    """Every quote it reaches; none where the recordings were erased."""
    affected: tuple[Affected, ...]
    uses: tuple[Use, ...] = ()
    """The uses there are, to be called by their names."""
    others: tuple[Contributor, ...] = ()
    """Who else is in the same stories: what is erased of one is erased of all."""
