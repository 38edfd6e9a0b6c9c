"""Partisan wording: parties and pleas for votes, which a registered charity may not make its own (CRA CG-027)."""

from __future__ import annotations

import re

_OF_OFFICE = (r"(?:government|caucus|leader|leadership|candidates?|ministers?|members?|platform|senators?|voters?|"
              r"campaign|MPs?|MPPs?|MLAs?|MNAs?|MHAs?|party|Party|incumbents?|premier|backbenchers?"
              r"|riding association)")
_OFFICE_FR = (r"(?:gouvernement|caucus|cheffe?s?|députée?s?|candidate?s?|ministres?|sénat(?:eur|rice)s?|programme|"
              r"électeurs|élus|plateforme|aile)")
_PARTIES = re.compile(
    r"\b(?:Liberal|Conservative|Progressive Conservative|Green|New Democratic|Communist|Libertarian|Alberta"
    r"|Saskatchewan|"
    r"Sask|Yukon|Manitoba|Maverick|Wildrose|Rhinoceros|Christian Heritage|Social Credit|United Conservative|Republican|"
    r"Democratic|Labour|Reform|PC|Marijuana|Animal Protection|Independence) Party\b"
    r"|\bPeople['’]s Party(?: of Canada)?\b|\bBC United\b|\bBC (?:Greens|Liberals|Conservatives)\b"
    r"|\bNew Democrats?\b|\bNDP\b|\bUCP\b|\bPPC\b|\bTor(?:y|ies)\b(?! Burch)|\bProgressive Conservatives?\b"
    r"|\bBloc Québécois\b"
    r"|\b[Tt]he Bloc\b(?! of)|(?<!Art )\b(?:Liberals|Conservatives)\b(?! Arts)"
    rf"|\b(?:Liberal|Conservative|Tory|Green|Wildrose) {_OF_OFFICE}\b|\bOntario PCs?\b|\bPC (?:government|leader"
    rf"|caucus|MPPs?|MLAs?)\b"
    r"|\bParti (?:libéral|conservateur|vert|québécois|conservateur du Québec|populaire du Canada|communiste"
    r"|rhinocéros)\b"
    r"|\bBloc québécois\b|\bCoalition [Aa]venir Québec\b|\bCAQ\b|\bPQ\b|\bPLQ\b|\bNPD\b|\bQuébec solidaire\b"
    r"|\bNouveau Parti démocratique\b|\b(?:les|des|aux) (?:péquistes|caquistes|bloquistes|néo-démocrates)\b"
    rf"|\b{_OFFICE_FR} (?:libéra(?:le?s?|ux)|conservat(?:eur|rice)s?|néo-démocrates?|péquistes?|caquistes?|bloquistes?|"
    r"solidaires?)\b|\b[Ll]es (?:[Ll]ibéraux|[Cc]onservateurs) (?:ont|sont|veulent|promettent|au pouvoir|fédéraux)\b"
)
_MATTER = (r"(?:the |this |that |our |its )?(?:Bill|bill|motion|Motion|Act\b|act\b|budget|Budget|amendments?"
           r"|resolution|legislation|law|"
           r"measures?|C-\d|M-\d|S-\d)")
_MATTER_FR = r"(?:le |la |ce |cette |les )?(?:projet de loi|motion|loi|budget|amendement|résolution|mesure|C-\d|M-\d)"
_ELECTED = (r"(?:the )?(?:Premier|Prime Minister|Minister|MPs?|MPPs?|MLAs?|MNAs?|Senator|Mayor|Councillor|candidates?|"
            r"incumbent|our MP|our candidate)")
_ELECTED_FR = (r"(?:le |la |notre |votre )?(?:première? ministre|ministre|députée?|candidate?|sénat(?:eur|rice)|maire|"
               r"mairesse)")
_PLEAS = re.compile(
    rf"\b[Vv]ot(?:e|ing) (?:for|against) (?!{_MATTER})(?:[A-Z]|(?:a|the|our|your) (?:\w+ )?(?:party|candidate"
    rf"|government|"
    r"MP|MPP|MLA|change)\b|us\b|him\b|her\b|them\b|change\b|me\b)"
    r"|\b[Vv]ote (?:them|him|her|it) out\b|\b[Vv]ote (?:Liberal|Conservative|NDP|Green|Bloc|PC)\b"
    r"|\b[Rr]e-?elect(?:s|ed|ing)?\b|\b[Ee]lect (?:a |the |our |another )?(?:new )?(?:government|candidates?|MPs?"
    r"|party|[A-Z]\w+ [A-Z])"
    r"|\b(?:defeat|oust|throw out|get rid of) (?:the|this) (?:\w+ )?government\b"
    rf"|\b(?:endorse[sd]?|stand with|campaign(?:s|ed)? for|oppose[sd]? the (?:re-?)?election of) {_ELECTED}\b"
    rf"|\b[Ee]ndorsed by {_ELECTED} [A-Z]"
    rf"|\b(?:[Ww]e|I|[Pp]lease) (?:support|back|oppose) (?:the )?(?:candidates?|incumbent|our candidate|Premier [A-Z]|"
    r"Prime Minister [A-Z]|MP [A-Z])(?![\w ]*['’]s )"
    rf"|\b[Vv]ote[zr] (?:pour|contre) (?!{_MATTER_FR})(?:[A-ZÉ]|(?:le|la|un|une|notre|votre) (?:parti|candidate?|"
    r"gouvernement|députée?)\b|nous\b|lui\b|elle\b|le changement\b)"
    r"|\b[Rr]éél(?:ire|isez|isons)\b|\b[ÉéEe]lisez\b"
    rf"|\b(?:appuy(?:ez|ons)|soutenez|soutenons|appuie|soutient) {_ELECTED_FR} (?:[A-ZÉ]|libéral|conservat|du parti)"
    r"|\b(?:défaire|battre|chasser) (?:le|ce) gouvernement\b",
)


def partisan_in(text: str) -> str:
    """Return the first words of a text that name a party or ask for votes; empty where there are none.

    Capitals tell a party from a word: `liberal arts` and `a green party in the garden` are none. To ask that
    somebody vote for a bill is no plea for a party.
    """
    found = _PARTIES.search(text) or _PLEAS.search(text)
    return " ".join(found[0].split()) if found else ""
