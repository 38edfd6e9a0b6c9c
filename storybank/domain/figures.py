"""Figures: numbers in an author's text that a reader would ask the source of, and whether it is told there.

Dates, times, ages, names with a number in them, list numbers and the like are none; what is left over is.
"""

from __future__ import annotations

import re

_MONTHS = (r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
           r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|janvier|février|mars|avril|mai|juin|"
           r"juillet|août|septembre|octobre|novembre|décembre)")
_UNIT = (r"(?:years?|months?|weeks?|days?|hours?|minutes?|ans|années?|mois|semaines?|jours?|heures?)")
_LABELS = (
    r"sections?|sec\.|ss?\.|articles?|art\.|bills?|law|loi|act|part|partie|phases?|pages?|pp?\.|figures?|fig\.|"
    r"tables?|tableaux?|steps?|étapes?|options?|asks?|demandes?|levels?|niveaux?|chapters?|chapitres?|appendix|"
    r"annexe?s?|highway|autoroute|route|room|salle|suite|type|grades?|class|stages?|tools?|outils?|box|encadré|note|"
    r"number|numéro|no\.?|n[°º]|#|version|recommendations?|recommandations?|goals?|objectifs?|tier|pillars?|piliers?|"
    r"ward|districts?|treaty|traité|blocks?|blocs?|item|points?|questions?|volume|vol\.|c\.|schedule|motion|line|"
    r"ligne|bus|unit|unité|modules?|sessions?|workshops?|ateliers?|zones?|clauses?|subsections?|paragraphs?|"
    r"paragraphes?|alinéas?|year|année|day|jour|week|semaine|sources?|messages?|canada|agenda|vision|"
    r"calls? to action|appels? à l['’]action"
)
_PARTS = (
    r"asks|options|pages?|questions|building blocks|blocks|stages|steps|parts|points|messages|recommendations|pillars|"
    r"goals|workshops|provinces|territories|demandes|étapes|volets|piliers|objectifs|recommandations|territoires|blocs|"
    r"priorities|priorités|ways|façons|things|choses|reasons|raisons|sections|phases|insights|constats|ateliers|"
    r"languages|langues|principles|principes"
)
_AMOUNT = r"\d[\d.,]*(?:[ \u00a0\u202f]\d{3}(?!\d))*"
_SIZE = r"(?:[kKMG]|Md|bn|M\$|k\$)"
_NOT_FIGURES = tuple(re.compile(pattern, re.IGNORECASE | re.MULTILINE) for pattern in (
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+",
    r"\[(?:\d{1,3}|Q-\d+)\]",
    r"^\s*(?:\(?\d{1,2}[.)]|[-–•*])\s+",
    r"\(\d{1,2}\)|(?<!\S)\d{1,2}\)",
    r"(?<!\w)(?:\+?1[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?:,? (?:ext|poste)\.? ?\d+)?|(?<![\w-])\d{3}-\d{4}(?!\w)",
    r"(?<![\w-])\d-\d-\d(?![\w-])|(?:call|dial|composez|via|service|ligne|appel\w*)(?: le| au)? [2-9]11\b|\b988\b",
    rf"{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?(?:,? \d{{4}})?(?![\d%$])",
    rf"\b\d{{1,2}}(?:er|st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})? {_MONTHS}(?: \d{{4}})?(?![\d%$])",
    r"\b\d{4}-\d{2}(?:-\d{2})?\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b",
    r"(?<![\d.,$])(?:19|20)\d{2}(?:\s?[-–/]\s?(?:(?:19|20)\d{2}|\d{2}))?s?(?!\d|[.,]\d|\s?%|\s?\$| per ?cent|"
    r" pour cent|\s(?:million|milliard|billion|dollars))",
    r"(?<![\d:])\d{1,2}:\d{2}\b(?!:)|\b\d{1,2}\s?h(?:\s?\d{2})?\b|\b\d{1,2}\s?(?:a\.m\.|p\.m\.|am\b|pm\b)",
    r"\b\d+(?::\d+){1,3}\b|\b24/7(?:/365)?\b|\b50[-/]50\b",
    rf"(?<!\w)(?:{_LABELS})(?:\s|\u00a0)?[A-Z]?-?\d+(?:\.\d+)*(?:(?:\s?[-–,]\s?| and | et | to | à | or | ou )\d+)*"
    r"(?![\d%]|\s?%|[.,]\d| per ?cent| pour cent|-(?:fold|percent))",
    r"\b(?:aged?|ages|âgée?s? de)(?: over| under| plus de)? \d{1,3}(?:\s?(?:to|and|à|et|-|–)\s?\d{1,3})?"
    r"(?: ans| years)?",
    r"\b\d{1,3}(?:\s?[-–]\s?\d{1,3})?[ \u00a0](?:years? old|ans et (?:plus|moins))|"
    r"\b\d{1,3}(?: years| ans)? (?:and|or|et|ou) (?:over|older|up|under|younger|plus|moins)\b",
    r"\b\d{2}\+(?!\d)|\b(?:over|under|above) (?:1[2-9]|2[0-5]|[5-9][05])(?=[.,;:)]|$|\s(?:who|with|living|live|in)\b)",
    rf"\b(?:for|over|within|next|last|past|first|in|every|during|pendant|durant|d['’]ici|dans|depuis|sur|au cours des|"
    rf"tous les|toutes les|prochaine?s?|derni\w+|premi\w+|after|après)(?: the| les| next| last| past| first| coming|"
    rf" de| à)* \d{{1,2}}(?: (?:prochaine?s?|derni\w+|premi\w+))?[ \u00a0]{_UNIT}",
    r"\b\d+[-‑](?!percent|per|dollar|fold)[^\W\d_]+(?:[-‑][^\W\d_]+)*",
    rf"(?<![$.,\d])\b\d{{1,2}} (?:{_PARTS})\b",
    r"[^\W\d_]+[-‑]\d+(?:\.\d+)?\b",
    rf"(?<![\w$.,])(?!{_AMOUNT}\s?{_SIZE}\b)(?=\w*[^\W\d_])\w*\d\w*",
))  # fmt: skip
_SHARE = r"(?:in|out of|sur)"
_ONE_TO_TEN = (r"(?:one|two|three|four|five|six|seven|eight|nine|ten|une?|deux|trois|quatre|cinq|sept|huit|neuf|dix)")
_WHOM = r"(?:all|the|our|its|those|these|their|every|Canad\w+|people|patients|participants|clients|seniors|visits)"
_IN_WORDS = re.compile(
    rf"\b(?:{_ONE_TO_TEN})(?: \w+)?[ -](?:in|out of|sur)[ -](?:{_ONE_TO_TEN}|a hundred|cent)\b(?! (?:years?|ans|days?|"
    r"place|case|group|room|of))|"
    rf"\b(?:two|three|a|one)[ -](?:thirds?|quarters?|fifths?|tenths?) of {_WHOM}\b|\bhalf (?:of )?{_WHOM}\b|"
    r"\b(?:two[- ]thirds|three[- ]quarters)\b|\bles (?:deux|trois) (?:tiers|quarts)\b|"
    r"\b(?:la moitié|le tiers|le quart|un tiers|un quart) (?:des|de la|du|de nos|de ces|d[’'])|"
    r"\b(?:twice|three times|four times|ten times) (?:as|more|the)\b|\b(?:deux|trois|quatre|dix) fois (?:plus|moins)\b|"
    r"\b[a-zé-]+ (?:per ?cent|pour cent)\b",
    re.IGNORECASE,
)
_IN_DIGITS = re.compile(
    rf"\$?[ \u00a0]?\b{_AMOUNT}(?:[ \u00a0\u202f]?(?:%|\$|{_SIZE}\b)|(?:[ \u00a0-](?:per ?cent|pour cent|million\w*|"
    rf"milliards?|billion\w*|dollars?))+|-fold| {_SHARE} \d+)?")
_SOURCED = re.compile(r"\[\d{1,3}\]")
_ENDS = re.compile(r"(?<=[.!?…])(?P<marks>[\"'»”’)\]]*(?:\s?\[\d{1,3}\])*)\s+(?=[\"'«“(]*[A-ZÀ-ÖØ-Þ0-9$])|\n+")
_CLOSED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|Ste|Mme|No|vs|approx|cf|art|sec|p|pp|s|ss|fig|vol)\.$", re.IGNORECASE)


def figures_in(text: str) -> list[str]:
    """Return the figures of a text, as they stand in it."""
    said = _masked(text)
    found = [(one.start(), one[0]) for one in _IN_WORDS.finditer(said)]
    taken = [one.span() for one in _IN_WORDS.finditer(said)]
    found += [(one.start(), one[0]) for one in _IN_DIGITS.finditer(said)
              if not any(start <= one.start() < end for start, end in taken)]
    return [figure.strip(" \u00a0.,") for _at, figure in sorted(found)]


def unsourced(text: str) -> list[tuple[str, str]]:
    """Return each figure whose sentence names no source, with that sentence."""
    return [(figure, sentence) for sentence in sentences_with_marks(text) if not _SOURCED.search(sentence)
            for figure in figures_in(sentence)]


def sentences_with_marks(text: str) -> list[str]:
    """Return the sentences of a text with the notes that stand in them, or right behind them."""
    found: list[str] = []
    begun, at = "", 0
    for end in _ENDS.finditer(text):
        begun += text[at:end.start()] + (end["marks"] or "")
        at = end.end()
        if _CLOSED.search(begun) and end["marks"] is not None:
            begun += " "
            continue
        found.append(begun.strip())
        begun = ""
    return [one for one in (*found, (begun + text[at:]).strip()) if one]


def sources_named(text: str) -> list[int]:
    """Return the numbers of the sources that a text names."""
    return [int(one[1:-1]) for one in _SOURCED.findall(text)]


def _masked(text: str) -> str:
    for pattern in _NOT_FIGURES:
        text = pattern.sub(lambda found: " " if found[0] else "", text)
    return text
