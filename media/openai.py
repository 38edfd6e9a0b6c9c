"""OpenAI: hears with openai-whisper (torch), which comes with the extra [whisper]."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from media.alignment import align
from media.devices import heard_somewhere, no_card
from media.listening import (
    NOTHING_LEFT_SECONDS,
    TEMPERATURES,
    be_polite,
    can_be_said,
    listen,
    that_fit,
    threads,
    words,
)
from storybank.domain.speech import Hearing, Listening, Precision, SpeechModel
from storybank.domain.transcript import Chunk, Passage, Segment, Span, Word
from storybank.errors import Unavailable
from storybank.words import say

if TYPE_CHECKING:
    from media.audio import Sound

NAME = "openai-whisper"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenAiWhisper:
    """A `Transcriber` over a .pt checkpoint."""

    @property
    def engine(self) -> str:
        """The engine's name, as it is kept with every transcript."""
        return NAME

    @property
    def version(self) -> str:
        """The installed version."""
        try:
            return version(NAME)
        except PackageNotFoundError as error:
            raise _not_installed() from error

    def listen(
        self, recording: Path, model: SpeechModel, how: Listening, span: Span, first_index: int
    ) -> Iterator[Hearing | Segment | Chunk]:
        """Yield how it listens, then lines as they are heard, with a `Chunk` at least once a minute of sound."""
        be_polite()

        def hear(loaded: Any, rest: Span, index: int) -> Iterator[Segment | Chunk]:  # noqa: ANN401 - no types
            known = that_fit(how.glossary, partial(_tokens_in, loaded))
            return listen(_Ears(loaded, how, known), recording, how, rest, index)

        yield from heard_somewhere(partial(_load, model, threads(how.threads)), hear, span, first_index)

    def align(
        self, recording: Path, model: SpeechModel, passages: Sequence[Passage]
    ) -> Iterator[tuple[str, tuple[Word, ...]]]:
        """Yield for each passage its id and its own words, with the times at which the model hears them."""
        be_polite()
        loaded, _ = _load(model, threads(0), True)
        yield from align(_Ears(loaded, Listening()), recording, passages)


@dataclass(frozen=True, slots=True)
class _Ears:
    model: Any
    how: Listening
    words_to_know: str | None = None

    def languages(self, sound: Sound) -> Mapping[str, float]:
        import whisper

        if not self.model.is_multilingual:
            return {"en": 1.0}
        mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(sound), self.model.dims.n_mels)
        _, likely = self.model.detect_language(mel)
        return {str(name): float(value) for name, value in likely.items()}

    def hear(self, sound: Sound, language: str, *, again: bool = False) -> Iterator[Segment]:
        import whisper

        told = whisper.transcribe(
            self.model,
            sound,
            language=language if self.model.is_multilingual else "en",
            beam_size=self.how.beam_size,
            best_of=5,
            condition_on_previous_text=False,
            word_timestamps=True,
            initial_prompt=self.words_to_know,
            temperature=TEMPERATURES[1:] if again else TEMPERATURES,
            fp16=self.model.device.type == "cuda",
            verbose=None,
        )
        for found in told["segments"]:
            if not can_be_said(found["text"], found["seek"] / 100, sound):
                continue
            yield Segment(
                round(float(found["start"]) * 1000),
                round(float(found["end"]) * 1000),
                " ".join(found["text"].split()),
                words((w["word"], w["start"], w["end"], w["probability"]) for w in found.get("words", ())),
                float(found["avg_logprob"]),
                float(found["no_speech_prob"]),
                float(found["compression_ratio"]),
                float(found["temperature"]),
            )

    def times(self, sound: Sound, words: Sequence[str], language: str) -> Sequence[tuple[float, float]]:
        import whisper
        from whisper.timing import find_alignment

        if language not in whisper.tokenizer.LANGUAGES or not self.model.is_multilingual:
            told = self.languages(sound)
            language = max(told, key=lambda name: told[name])
        tokenizer = _tokenizer(self.model, language)
        tokens = [tokenizer.encode(f" {word}") for word in words]
        mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(sound), self.model.dims.n_mels).to(self.model.device)
        spoken = [token for word in tokens for token in word]
        frames = min(len(sound) // whisper.audio.HOP_LENGTH, whisper.audio.N_FRAMES)
        told_words = find_alignment(self.model, tokenizer, spoken, mel, frames)
        return _by_word(told_words, [len(word) for word in tokens])


def _by_word(told: Sequence[Any], lengths: Sequence[int]) -> list[tuple[float, float]]:
    """Return when each word begins and ends; the engine parts words its own way, at punctuation too."""
    found: list[tuple[float, float]] = []
    parts = iter(told)
    for length in lengths:
        taken, begin, end = 0, None, 0.0
        while taken < length:
            part = next(parts, None)
            if part is None:
                return []
            taken, begin, end = taken + len(part.tokens), part.start if begin is None else begin, part.end
        found.append((float(begin or 0.0), float(end)))
    return found


def _tokenizer(model: Any, language: str = "en") -> Any:  # noqa: ANN401 - whisper has no types
    from whisper.tokenizer import get_tokenizer

    return get_tokenizer(model.is_multilingual, num_languages=model.num_languages, language=language, task="transcribe")


def _tokens_in(model: Any, text: str) -> int:  # noqa: ANN401 - whisper has no types
    return len(_tokenizer(model).encode(text))


@lru_cache(maxsize=1)
def _load(model: SpeechModel, cpu_threads: int, may_use_card: bool) -> tuple[Any, Hearing]:
    """Return the model, ready, and what computes it; a process that hears many recordings loads it once."""
    try:
        import torch
        import whisper
    except (ImportError, OSError) as error:
        raise _not_installed() from error
    torch.manual_seed(0)
    torch.set_num_threads(cpu_threads)
    remark = None
    try:
        if may_use_card and torch.cuda.is_available():
            return _tried(whisper.load_model(str(model.path), device="cuda")), Hearing("cuda", Precision.FLOAT16)
    except RuntimeError as error:
        log.warning("The graphics card cannot be used, the processor is: %s", error)
        remark = no_card(str(error))
    try:
        loaded = whisper.load_model(str(model.path), device="cpu")
        return _attentive(loaded), Hearing("cpu", Precision.FLOAT32, remark)
    except (RuntimeError, KeyError, TypeError, ValueError, OSError, EOFError, pickle.UnpicklingError) as error:
        raise Unavailable(
            say("The speech model {name} cannot be opened.", name=model.name),
            hint=say("Add it again, or choose another one."),
        ) from error


def _tried(model: Any) -> Any:  # noqa: ANN401 - whisper has no types
    """Return the model after it heard a second of silence: some cards fail only when they first work."""
    import numpy as np

    _Ears(model, Listening()).languages(np.zeros(16_000, np.float32))
    return _attentive(model)


def _attentive(model: Any) -> Any:  # noqa: ANN401 - whisper has no types
    """Return the model so that the last instant of a window, heard once more, is silence and costs no time.

    Like faster-whisper, openai-whisper listens again from the last word it timed to the end; see `media/attentive.py`.
    """
    from whisper.audio import FRAMES_PER_SECOND
    from whisper.decoding import DecodingResult

    decode = model.decode

    def decode_unless_over(mel: Any, options: Any) -> Any:  # noqa: ANN401 - whisper has no types
        filled = int((mel != 0).any(dim=-2).sum(dim=-1).max())
        if filled >= NOTHING_LEFT_SECONDS * FRAMES_PER_SECOND:
            return decode(mel, options)
        return DecodingResult(mel, options.language, no_speech_prob=1.0, avg_logprob=-10.0,
                              temperature=options.temperature, compression_ratio=0.0)

    model.decode = decode_unless_over
    return model


def _not_installed() -> Unavailable:
    return Unavailable(
        say("openai-whisper is not installed."),
        hint=say("Choose a model for faster-whisper, or install Storybank with its extra [whisper]."),
    )
