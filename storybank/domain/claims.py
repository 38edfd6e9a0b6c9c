"""Claims: verbs that say one thing brings about another, and the cautious words that ought to stand before them."""

from __future__ import annotations

import re

_NOT_A_VERB = (r"(?<=[\w,)] )(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bof )(?<!\bwith )(?<!\bto )(?<!\bour )"
               r"(?<!\btheir )(?<!\bmy )"
               r""
               r"(?<!\bhis )(?<!\bher )(?<!\bits )(?<!\bfor )(?<!\bmore )(?<!\bthese )(?<!\bthose )(?<!\bfrom )"
               r"(?<!\bfelt )(?<!\bfeel )(?<!\band )(?<!\bby )(?<!\bthis )(?<!\bthat )(?<!\bin )(?<!\broot )")
_EN = re.compile(
    rf"\b{_NOT_A_VERB}(?:reduced|improved|increased|decreased|lowered|saved|prevented|eliminated|boosted|halved"
    rf"|doubled|"
    r"strengthened|caused)\b"
    rf"|\b{_NOT_A_VERB}(?:increases|decreases|causes|boosts|halves|doubles)\b"
    r"|\b(?:reduces|lowers|saves|prevents|improves|eliminates|cures|cured|proves|proved|guarantees|strengthens|heals)\b"
    r"|\b(?:helps?|helped) (?:\w+ )?(?:to )?(?:reduce|lower|save|prevent|improve|increase|decrease|cut)\b"
    r"|\bcuts? (?:costs?|visits|waits?|spending|emergency|hospital|the (?:cost|number)|down)\b"
    r"|\b(?:leads?|led) to\b"
    rf"|\b{_NOT_A_VERB}(?:results? in|resulted in)\b(?! (?:the|this|our) (?:section|report|table))"
    r"|\bkeeps? (?:\w+ ){1,2}out of (?:the )?(?:hospital|emergency)",
    re.IGNORECASE,
)
_PAST_FR = (r"(?:réduit|diminué|amélioré|augmenté|évité|prévenu|entraîné|provoqué|éliminé|prouvé|économisé|guéri|"
            r"renforcé)")
_FR = re.compile(
    r"(?<!\bde )(?<!\bà )(?<!\bpour )\b(?:(?:réduit|réduisent|diminue|diminuent|abaisse|abaissent|améliore|améliorent|"
    r"augmente|augmentent|économise|économisent|prévient|préviennent|prévenait|évite|évitent|entraîne|entraînent|"
    r"provoque|provoquent|élimine|éliminent|prouve|prouvent|guérit|guérissent|garantit|garantissent|renforce"
    r"|renforcent)"
    r"(?!e?s? (?:mobilité|de mobilité)))\b"
    rf"|\b(?:a|ont|avait|avaient) {_PAST_FR}\b|\bfait (?:baisser|diminuer|reculer|économiser)\b"
    r"|\bpermet(?:tent)? (?:de réduire|d['’](?:économiser|éviter|améliorer|augmenter)|de diminuer|de prévenir)\b"
    r"|\b(?:mène|mènent|conduit|conduisent) à\b",
    re.IGNORECASE,
)
_NOUNS_FR = re.compile(r"(?:mobilité|tarif|prix|nombre|accès|vision|personnel|effectif|service|horaire|format|groupe)"
                       r"s? (?:réduite?s?|améliorée?s?|augmentée?s?)\b", re.IGNORECASE)
_HEDGE = re.compile(
    r"\b(?:may|might|could|can|appears?|seems?|suggests?|suggesting|associated|linked|likely|possibly|perhaps"
    r"|estimated?|"
    r"estimates?|modell?ed|projected|potentially|tends?|probably|would|about whether|whether|hope[sd]?|"
    r"pourrait|pourraient|peut|peuvent|semblent?|suggèrent?|associée?s?|liée?s?|probablement|estimée?s?|éventuellement|"
    r"tend(?:ent)? à|environ|permettrait|permettraient|devrait|serait|seraient|aurait|auraient|modélis\w+|espèr\w+)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:says?|said|tells?|told|describes?|described|reports?|reported|feels?|felt|believes?|believed|thinks?"
    r"|thought|"
    r"recalls?|recalled|explains?|explained|according to|shares?|shared|remembers?|"
    r"dit|disent|a dit|ont dit|raconte(?:nt)?|raconté|décri(?:t|vent)|rapporte(?:nt)?|rapporté|estime(?:nt)?|"
    r"croi(?:t|ent)|pense(?:nt)?|explique(?:nt)?|selon|d['’]après)\b",
    re.IGNORECASE,
)
_ASSERTS = re.compile(
    r"\b(?:returns?|returned|yields?|yielded|generates?|generated|delivers?|delivered|rapporte(?:nt)?|rapporté|génèrent?|"
    r"génère|produit|produisent|offre(?:nt)?)\b", re.IGNORECASE)
_NEEDLESS = re.compile(
    r"\b(?:more|further|additional) (?:research|study|studies|evidence) (?:is|are|will be|remains?) "
    r"(?:\w+ )?(?:needed|required|necessary|warranted)"
    r"|\b(?:need|needs) (?:for )?(?:more|further|additional) research\b"
    r"|\b(?:davantage|plus) de (?:recherches?|études) (?:est|sont|seront|sera) (?:nécessaires?|requises?)"
    r"|\bd['’]autres (?:recherches|études) (?:sont|seront|s['’]avèrent) (?:nécessaires|requises)"
    r"|\b(?:recherches|études) (?:supplémentaires|additionnelles) (?:sont|seront) (?:nécessaires|requises)"
    r"|\bil faut (?:davantage|plus) de recherches?", re.IGNORECASE)


def causal_verb(sentence: str, language: str) -> str:
    """Return the verb with which a sentence claims a cause outright; empty where it does not.

    `may reduce` and `said it reduced` claim none, and neither does `reduced mobility`.
    """
    if _HEDGE.search(sentence) or _REPORTED.search(sentence):
        return ""
    return _cause(sentence, language)


def told_as_cause(sentence: str, language: str) -> str:
    """Return the causal verb that a sentence reports of somebody else; empty where there is none."""
    return _cause(sentence, language) if _REPORTED.search(sentence) and not _HEDGE.search(sentence) else ""


def is_cautious(sentence: str) -> bool:
    """Tell whether a sentence says that it might be otherwise."""
    return bool(_HEDGE.search(sentence))


def asserts(sentence: str, language: str) -> str:
    """Return the verb with which a sentence states a result as certain; empty where it is cautious or states none."""
    if is_cautious(sentence):
        return ""
    found = _ASSERTS.search(sentence)
    return _cause(sentence, language) or (found[0] if found else "")


def calls_for_research(text: str) -> str:
    """Return where a text says that more research is needed, without saying what to find out."""
    found = _NEEDLESS.search(text)
    return found[0] if found else ""


def _cause(sentence: str, language: str) -> str:
    said = _NOUNS_FR.sub(" ", sentence) if language == "fr" else sentence
    found = (_FR if language == "fr" else _EN).search(said)
    return found[0] if found else ""
