"""Flags: why a passage that an engine wrote down may never have been said. A flag is shown; it removes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from storybank.words import Sentence, say


class Flag(StrEnum):
    """What is odd about a passage (after the report on transcription, 3.2 and 3.3)."""

    NO_SPEECH = "no_speech"
    """The engine itself thinks that nobody speaks, however sure it is of the words."""
    SILENCE = "silence"
    """The voice detection hears nobody where the words are said to be."""
    LOOP = "loop"
    """The same few words four times over."""
    REPEATED = "repeated"
    """The same line three times in a row."""
    TOO_FAST = "too_fast"
    """More than 25 characters a second."""
    TOO_SLOW = "too_slow"
    """Less than one character a second, over more than five seconds."""
    STOCK_PHRASE = "stock_phrase"
    """A phrase that engines learned from subtitles, such as a credit line."""
    ECHO = "echo"
    """The words to know, given to the engine beforehand, said back."""


def flag_reasons() -> Mapping[Flag, Sentence]:
    """Return what is said of each flag, in the reader's words."""
    return MappingProxyType({
        Flag.NO_SPEECH: say("There is text here, but the engine itself thinks that nobody speaks."),
        Flag.SILENCE: say("There is text here, but nobody seems to speak."),
        Flag.LOOP: say("The same words come again and again: engines do this where they lose the thread."),
        Flag.REPEATED: say("The same line stands here several times in a row."),
        Flag.TOO_FAST: say("Nobody speaks as fast as this text would have been said."),
        Flag.TOO_SLOW: say("Very little text for so much time: something may be missing."),
        Flag.STOCK_PHRASE: say("Engines invent this phrase in silence; they learned it from subtitles."),
        Flag.ECHO: say("This repeats the glossary that the engine was given, and may not have been said."),
    })
