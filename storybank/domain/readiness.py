"""Readiness: whether this computer can do the work, said in signs and sentences, and how long the work would take."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storybank.domain.amount import Lasting, Size
from storybank.domain.speech import KnownModel
from storybank.words import Sentence, say

WINDOW_MS = 30_000
"""The length of sound that a Whisper model looks at in one go."""
WHOLE_BESIDE_ENCODING = 2.65
"""How much longer `small` takes for all of a window than for looking at it: five beams, a hundred tokens (measured)."""
FULL_DISK, LITTLE_DISK = 1_000_000_000, 5_000_000_000
"""Bytes: with less than the first nothing can be brought in; with less than the second one recording may fill it."""
FEW_CORES = 4
_HOUR_MS = 3_600_000


class Sign(StrEnum):
    """How something stands."""

    GOOD = "good"
    CAREFUL = "careful"
    STOPS = "stops"

    @property
    def word(self) -> Sentence:
        """Return the sign in words."""
        return _SIGNS[self]


class Aspect(StrEnum):
    """What is looked at."""

    PROCESSOR = "processor"
    MEMORY = "memory"
    LIBRARY_DISK = "library-disk"
    MODELS_DISK = "models-disk"
    FFMPEG = "ffmpeg"
    ENGINE = "engine"
    SPEED = "speed"

    @property
    def word(self) -> Sentence:
        """Return what it is called."""
        return _ASPECTS[self]


_SIGNS = {Sign.GOOD: say("Good"), Sign.CAREFUL: say("Careful"), Sign.STOPS: say("Stops you")}
_ASPECTS = {
    Aspect.PROCESSOR: say("Processor"), Aspect.MEMORY: say("Memory"), Aspect.LIBRARY_DISK: say("Disk of the library"),
    Aspect.MODELS_DISK: say("Disk of the models"), Aspect.FFMPEG: say("Sound and pictures"),
    Aspect.ENGINE: say("Speech engine"), Aspect.SPEED: say("Speed"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Processor:
    """What this computer reckons with."""

    name: str
    cores: int
    features: frozenset[str] = frozenset()
    """Its abilities by their usual names, such as `AVX2`; empty where it could not be asked."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes of working memory."""

    total: int
    free: int


@dataclass(frozen=True, slots=True)
class Trial:
    """How the engine did with half a minute of sound."""

    load_ms: int
    encode_ms: int
    """How long it looked at the sound."""
    memory: int
    """Bytes that the engine's process held."""
    encoding: float | None
    """How long the model it was done with looks at sound, beside `small`; None where that is not known."""
    device: str = "cpu"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check: what was found, and what to do about it."""

    aspect: Aspect
    sign: Sign
    what: Sentence
    to_do: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a model of the catalogue would take on this computer."""

    model: KnownModel
    sign: Sign
    needs_ms: int | None
    """How long the chosen recordings would take; None where the speed is not known."""
    remark: Sentence | None = None
    """Why not, or why with care."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """The whole check."""

    findings: tuple[Finding, ...]
    estimates: tuple[Estimate, ...]
    recordings: int
    sound_ms: int
    """How much sound the chosen recordings hold."""

    @property
    def sign(self) -> Sign:
        """Return the gravest sign of all."""
        signs = [finding.sign for finding in self.findings]
        return max(signs, key=list(Sign).index, default=Sign.GOOD)


def judge_processor(processor: Processor) -> Finding:
    """Tell whether the engine can reckon here, and how well."""
    known = {feature.upper() for feature in processor.features}
    about = say("{name}, {cores} cores", name=processor.name, cores=processor.cores)

    def found(sign: Sign, what: Sentence, to_do: Sentence | None = None) -> Finding:
        return Finding(Aspect.PROCESSOR, sign, what, to_do)

    if not known:
        return found(Sign.CAREFUL, say("{about}. It does not say what it is able to do.", about=about),
                     say("Look at the line about the speech engine: it was really tried."))
    if not known & {"AVX2", "NEON", "ASIMD"}:
        if known & {"AVX", "SSE41", "SSE42"}:
            return found(Sign.CAREFUL, say("{about}. It is an older one without AVX2, and will be slow.", about=about),
                         say("Take the model small, or let a newer computer transcribe."))
        return found(Sign.STOPS, say("{about}. It is too old for the speech engine.", about=about),
                     say("Let a newer computer transcribe. Everything else works here."))
    ability = next(name for name in ("AVX512F", "AVX2", "ASIMD", "NEON") if name in known)
    if processor.cores < FEW_CORES:
        return found(Sign.CAREFUL, say("{about}, with {ability}. So few cores take their time.", about=about,
                                       ability=ability), say("Let it transcribe while you are away."))
    return found(Sign.GOOD, say("{about}, with {ability}.", about=about, ability=ability))


def judge_memory(memory: Memory, needed: int) -> Finding:
    """Tell whether the model that would be used has the room it needs."""
    about = say("{free} of {total} is free; the speech model needs about {needed}.", free=Size(memory.free),
                total=Size(memory.total), needed=Size(needed))
    if memory.total < needed:
        return Finding(Aspect.MEMORY, Sign.STOPS, about, say("Use a smaller speech model."))
    if memory.free < needed:
        return Finding(Aspect.MEMORY, Sign.CAREFUL, about, say("Close other programs before you transcribe."))
    return Finding(Aspect.MEMORY, Sign.GOOD, about)


def judge_disk(aspect: Aspect, free: int, place: str) -> Finding:
    """Tell whether there is room for what comes in."""
    about = say("{free} is free at {place}.", free=Size(free), place=place)
    if free < FULL_DISK:
        return Finding(aspect, Sign.STOPS, about, say("Make room before you bring anything in."))
    if free < LITTLE_DISK:
        return Finding(aspect, Sign.CAREFUL, about, say("Make room soon: a long film can fill that."))
    return Finding(aspect, Sign.GOOD, about)


def judge_speed(small_hour_ms: int | None, went: tuple[str, int] | None) -> Finding:
    """Tell how long an hour of sound takes here with `small`, and how long it really took with a model before."""
    if small_hour_ms is None:
        return Finding(Aspect.SPEED, Sign.CAREFUL, say("It could not be measured."),
                       say("Look at the line about the speech engine first."))
    what = say("An hour of sound takes about {time} with the model small.", time=Lasting(small_hour_ms))
    if went:
        what = say("{what} Of this library, an hour really took {time} with {model}.", what=what,
                   time=Lasting(went[1]), model=went[0])
    if small_hour_ms > _HOUR_MS:
        return Finding(Aspect.SPEED, Sign.CAREFUL, what, say("Let it transcribe over night, or on another computer."))
    return Finding(Aspect.SPEED, Sign.GOOD, what)


def small_pace(trial: Trial | None) -> float | None:
    """Return how long `small` takes for a unit of sound, by a trial; below 1 it is faster than one can listen."""
    if trial is None or not trial.encoding:
        return None
    return trial.encode_ms / trial.encoding * WHOLE_BESIDE_ENCODING / WINDOW_MS


def estimate(model: KnownModel, pace: float | None, sound_ms: int, memory: Memory, room: int | None) -> Estimate:
    """Return what a model would take for the chosen recordings, and what stands in its way.

    `pace` is that of `small`; `room` is what is free on the disk, None where the model is there already.
    """
    needs_ms = None if pace is None else round(sound_ms * pace * model.cost)
    remark, sign = None, Sign.GOOD
    if memory.total < model.memory:
        remark, sign = say("Needs about {needed} of memory; this computer has {total}.", needed=Size(model.memory),
                           total=Size(memory.total)), Sign.STOPS
    elif room is not None and room < model.bytes:
        remark, sign = say("Needs {needed} on the disk; {free} is free.", needed=Size(model.bytes),
                           free=Size(room)), Sign.STOPS
    elif memory.free < model.memory:
        remark, sign = say("Needs about {needed} of memory; {free} is free now. Close other programs first.",
                           needed=Size(model.memory), free=Size(memory.free)), Sign.CAREFUL
    elif not model.for_french:
        remark, sign = say("Too small for French."), Sign.CAREFUL
    return Estimate(model, sign, needs_ms, remark)
