"""Code texts: all that is known of a code in the one description that other programs have room for, and back."""

from __future__ import annotations

from dataclasses import replace

from storybank.domain import names
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.project import derived

LISTS = {
    CodeKind.BLOCK: "Building blocks / Composantes", CodeKind.STAKEHOLDER: "Stakeholders / Groupes d'acteurs",
    CodeKind.STAGE: "Pathway stages / Étapes du parcours", CodeKind.FREE: "Own tags / Étiquettes",
}
"""What our lists are called where they are headings over their codes."""

_FRENCH, _GIST, _SHORT = "Français : ", "Définition : ", "Short / Court : "
_ALSO, _KEY = "Also / Aussi : ", "Key / Clé : "


def list_id(kind: CodeKind) -> str:
    """Return the identifier of one of our lists, where it is a heading over its codes."""
    return derived("list", kind.value)


def described(code: Code) -> str:
    """Return what a code stands for, its French name and what else there is of it, line by line."""
    short = " / ".join((code.short_en, code.short_fr)) if code.short_en or code.short_fr else ""
    key = code.key if code.key != names.slug(code.label_en) else ""
    parts = (("", code.gist_en), (_FRENCH, code.label_fr), (_GIST, code.gist_fr), (_SHORT, short),
             (_ALSO, "; ".join(code.aliases)), (_KEY, key))
    return "\n".join(lead + " ".join(text.split()) for lead, text in parts if text.strip())


def understood(label: str, description: str, key: str, kind: CodeKind) -> Code:
    """Return a code as it was before it was described; whatever another program wrote is what it stands for."""
    rest: list[str] = []
    said: dict[str, str] = {}
    for line in description.splitlines():
        lead = next((one for one in (_FRENCH, _GIST, _SHORT, _ALSO, _KEY) if line.startswith(one)), "")
        if lead and lead not in said:
            said[lead] = names.plain(line[len(lead) :])
        else:
            rest.append(line)
    short_en, _, short_fr = said.get(_SHORT, "").partition(" / ")
    code = Code(key, kind, label, said.get(_FRENCH, "") or label, names.plain(short_en), names.plain(short_fr),
                names.plain(" ".join(filter(None, map(str.strip, rest)))), said.get(_GIST, ""))
    aliases = tuple(filter(None, map(str.strip, said.get(_ALSO, "").split(";"))))
    return replace(code, key=said.get(_KEY, "") or key, aliases=aliases)
