"""Asks: whether an ask names who should do it, what they should do and by when."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ACTOR = re.compile(
    r"\b(?:government|ministry|ministries|minister|ministers|department|province|provinces|territory|territories|"
    r"parliament|legislature|assembly|senate|committee|council|cabinet|treasury|city|cities|municipalit(?:y|ies)|"
    r"canada|health authorit(?:y|ies)|authority|agency|agencies|board|boards|funders?|foundation|college|university|"
    r"premier|prime minister|mayor|MPs?|employers?|insurers?|hospitals?|clinics?|teams|you|your|ontario|quebec|"
    r"british columbia|alberta|manitoba|saskatchewan|nova scotia|new brunswick|newfoundland|nunavut|yukon|"
    r"prince edward island|northwest territories|"
    r"gouvernements?|ministères?|ministres?|province|territoires?|parlement|assemblée|sénat|comité|conseil|"
    r"trésor|villes?|municipalités?|autorités?|agences?|régies?|bailleurs|fondation|québec|collège|université|"
    r"hôpitaux|cliniques|vous|votre|vos|première? ministre|mairie|employeurs|santé canada)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:fund|invest|create|establish|adopt|include|expand|support|extend|commit|pass|amend|require|recogni[sz]e|train|"
    r"measure|publish|name|appoint|allocate|renew|make|build|launch|pilot|provide|give|agree|set|introduce|add|protect|"
    r"integrate|share|standardi[sz]e|mandate|report|convene|work|join|meet|sign|ensure|develop|implement|increase|"
    r"double|put|pay|hire|open|approve|direct|embed|scale|guarantee|remove|cover|count|write|table|co-fund|finance|"
    r"adjust|align|designate|strengthen|link|connect|refer|collect|use|keep|grow|hold|end|stop|start|begin|bring|host|"
    r"reform|review|update|lead|reserve|dedicate|earmark|release|deliver|draft|enact|test|track|study|let|allow|"
    r"financ\w+|invest\w+|cré(?:er|ez|e)|établi\w*|adopt\w+|inclu\w+|élargi\w+|souten\w+|appuy\w+|prolong\w+|engag\w+|"
    r"modifi\w+|exig\w+|reconnai\w+|reconnaître|form(?:er|ez)|mesur\w+|publi(?:er|ez)|nomm\w+|affect\w+|renouvel\w+|"
    r"fai(?:re|tes)|bâti\w+|lanc\w+|offr\w+|donn(?:er|ez)|fix(?:er|ez)|ajout\w+|protég\w+|intégr\w+|partag\w+|normalis\w+|"
    r"réuni\w+|travaill\w+|sign(?:er|ez)|veill\w+|élabor\w+|développ\w+|mett(?:re|ez)|augment\w+|doubl\w+|pay(?:er|ez)|"
    r"embauch\w+|ouvr\w+|approuv\w+|garanti\w+|couvr\w+|compt(?:er|ez)|consacr\w+|réserv\w+|harmonis\w+|écri(?:re|vez)|"
    r"accord\w+|dot(?:er|ez)|conven(?:ir|ez)|rend(?:re|ez)|permett\w+|verser|versez)\b", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?:by|before|within|starting|beginning|until|during|over|from|no later than|as of|in time for|this|next|each|"
    r"every|annual\w*|now|today|immediately)\b.{0,30}?\b(?:\d|year|years|month|months|week|weeks|budget|fiscal|session|"
    r"spring|summer|fall|autumn|winter|end|january|february|march|april|may|june|july|august|september|october|november|"
    r"december|election|meeting|mandate|five|two|three|four|ten)|\b(?:now|today|immediately|annually)\b"
    r"|\bfor (?:\w+|\d+)[ -]years?\b|\b(?:19|20)\d{2}\b|\b\w+-year\b"
    r"|\b(?:d['’]ici|avant|dès|pendant|durant|au plus tard|au cours|dans (?:les|le|l['’]|un délai)|à compter|"
    r"cette année|chaque année|prochain\w*|sur (?:\w+|\d+) ans|pour (?:\w+|\d+) ans|immédiatement|maintenant|"
    r"aujourd['’]hui|annuel\w*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskParts:
    """What an ask says."""

    actor: bool
    verb: bool
    when: bool


def parts_of(ask: str) -> AskParts:
    """Return which of its parts an ask has."""
    return AskParts(bool(_ACTOR.search(ask)), bool(_VERB.search(ask)), bool(_WHEN.search(ask)))
