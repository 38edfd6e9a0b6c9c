"""Faster: hears with faster-whisper (CTranslate2), on the graphics card where there is one that works."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from media.alignment import align
from media.devices import heard_somewhere, no_card
from media.listening import LONGEST_TEXT, TEMPERATURES, be_polite, can_be_said, listen, that_fit, threads, words
from storybank.domain.speech import Hearing, Listening, Precision, SpeechModel
from storybank.domain.transcript import Chunk, Passage, Segment, Span, Word
from storybank.errors import Unavailable
from storybank.words import say

if TYPE_CHECKING:
    from media.attentive import AttentiveModel
    from media.audio import Sound

NAME = "faster-whisper"
_AGAINST_LOOPS = {"repetition_penalty": 1.1, "no_repeat_ngram_size": 4}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FasterWhisper:
    """A `Transcriber` over a CTranslate2 model folder."""

    @property
    def engine(self) -> str:
        """The engine's name, as it is kept with every transcript."""
        return NAME

    @property
    def version(self) -> str:
        """The installed version."""
        return version(NAME)

    def listen(
        self, recording: Path, model: SpeechModel, how: Listening, span: Span, first_index: int
    ) -> Iterator[Hearing | Segment | Chunk]:
        """Yield how it listens, then lines as they are heard, with a `Chunk` at least once a minute of sound."""
        be_polite()
        os.environ["HF_HUB_OFFLINE"] = "1"

        def hear(loaded: AttentiveModel, rest: Span, index: int) -> Iterator[Segment | Chunk]:
            known = that_fit(how.glossary, loaded.tokens_in)
            return listen(_Ears(loaded, how, known), recording, how, rest, index)

        yield from heard_somewhere(partial(_load, model, threads(how.threads)), hear, span, first_index)

    def align(
        self, recording: Path, model: SpeechModel, passages: Sequence[Passage]
    ) -> Iterator[tuple[str, tuple[Word, ...]]]:
        """Yield for each passage its id and its own words, with the times at which the model hears them."""
        be_polite()
        os.environ["HF_HUB_OFFLINE"] = "1"
        loaded, _ = _load(model, threads(0), True)
        yield from align(_Ears(loaded, Listening()), recording, passages)


@dataclass(frozen=True, slots=True)
class _Ears:
    model: AttentiveModel
    how: Listening
    words_to_know: str | None = None

    def languages(self, sound: Sound) -> Mapping[str, float]:
        if not self.model.model.is_multilingual:
            return {"en": 1.0}
        return self.model.languages(sound)

    def hear(self, sound: Sound, language: str, *, again: bool = False) -> Iterator[Segment]:
        told = self.model.hear(
            sound,
            language=language if self.model.model.is_multilingual else "en",
            beam_size=self.how.beam_size,
            temperature=TEMPERATURES,
            condition_on_previous_text=False,
            word_timestamps=True,
            hotwords=self.words_to_know,
            max_new_tokens=LONGEST_TEXT,
            **(_AGAINST_LOOPS if again else {}),
        )
        for found in told:
            if not can_be_said(found.text, found.seek / 100, sound):
                continue
            yield Segment(
                round(float(found.start) * 1000),
                round(float(found.end) * 1000),
                " ".join(found.text.split()),
                words((w.word, w.start, w.end, w.probability) for w in found.words or ()),
                float(found.avg_logprob),
                float(found.no_speech_prob),
                float(found.compression_ratio),
                float(found.temperature or 0.0),
            )

    def times(self, sound: Sound, words: Sequence[str], language: str) -> Sequence[tuple[float, float]]:
        if not self.model.model.is_multilingual:
            language = "en"
        elif language not in self.model.supported_languages:
            language = max((told := self.model.languages(sound)), key=lambda name: told[name])
        return self.model.times(sound, words, language)


@lru_cache(maxsize=1)
def _load(model: SpeechModel, cpu_threads: int, may_use_card: bool) -> tuple[AttentiveModel, Hearing]:
    """Return the model, ready, and what computes it; a process that hears many recordings loads it once."""
    try:
        from media.attentive import AttentiveModel
    except (ImportError, OSError) as error:
        raise Unavailable(
            say("The speech engine cannot be started on this machine."), hint=say("Install Storybank again.")
        ) from error
    # Without its tokenizer the engine would look for one on the network.
    if not (model.path / "model.bin").is_file() or not (model.path / "tokenizer.json").is_file():
        raise _cannot_open(model)
    remark = None
    try:
        if may_use_card and _has_card():
            graphic = AttentiveModel(str(model.path), device="cuda", compute_type="float16", local_files_only=True)
            return _tried(graphic), Hearing("cuda", Precision.FLOAT16)
    except (RuntimeError, ValueError) as error:
        log.warning("The graphics card cannot be used, the processor is: %s", error)
        remark = no_card(str(error))
    try:
        heard_on = AttentiveModel(
            str(model.path), device="cpu", compute_type="int8", cpu_threads=cpu_threads, local_files_only=True
        )
    except (RuntimeError, ValueError, OSError) as error:
        raise _cannot_open(model) from error
    if heard_on.model.n_mels != heard_on.feature_extractor.mel_filters.shape[0]:
        raise _cannot_open(model)
    return heard_on, Hearing("cpu", Precision.INT8, remark)


def _has_card() -> bool:
    import ctranslate2

    return bool(ctranslate2.get_cuda_device_count())


def _tried(loaded: AttentiveModel) -> AttentiveModel:
    """Return the model after it heard a second of silence: some cards fail only when they first work."""
    import numpy as np

    loaded.languages(np.zeros(16_000, np.float32))
    return loaded


def _cannot_open(model: SpeechModel) -> Unavailable:
    return Unavailable(
        say("The speech model {name} cannot be opened.", name=model.name),
        hint=say("Add or download it again, or choose another one."),
    )
