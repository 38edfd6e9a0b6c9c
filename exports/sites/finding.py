"""Finding: the words by which a quote is found on its site, folded as the page's own script folds what is typed."""

from __future__ import annotations

import json
import re
import unicodedata

from exports.attribution import translation_of, wording_of, words_of
from exports.kits.rights import has_clip
from exports.sites.volume import Volume, anchor
from storybank.domain.export import Passage

_MARKS = re.compile("[\u0300-\u036f]")
_SPELLED_OUT = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‘": "'"})


def script_of(volume: Volume) -> str:
    """Return a script that knows every cleared word; a page from a disk may load no other kind of file."""
    said = {anchor(one): _words_of(volume, one) for one in volume.passages}
    written = json.dumps(said, ensure_ascii=False, indent=0, sort_keys=True).replace("</", "<\\/")
    return f"window.VOICES = {written};\n"


def folded(text: str) -> str:
    """Return a text without case, accents and ligatures; `site.js` does the same."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text)).lower().translate(_SPELLED_OUT)


def _words_of(volume: Volume, passage: Passage) -> str:
    """Return what a quote is found by: as heard, as read, translated, who says it, what it speaks to."""
    cleared, book = passage.cleared, volume.order.codebook
    codes = [*volume.codes_of(passage, volume.blocks), *volume.codes_of(passage, volume.stages)]
    texts = [wording_of(cleared), *([words_of(cleared)] if has_clip(passage) else [])]
    for language in volume.languages:
        texts += [translation_of(cleared, language), *volume.tale_of(passage).credit(language, book)]
        texts += [code.label(language) for code in codes]
    return " ".join(dict.fromkeys(" ".join(folded(text).split()) for text in texts if text))
