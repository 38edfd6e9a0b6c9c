"""Values of drafts: a draft and how it stands as JSON and as lines tell them."""

from __future__ import annotations

from storybank.domain.draft import Draft
from storybank.domain.draft_content import content_of
from storybank.services.answering import Standing
from storybank.words import Words, say
from ui.commands.values import Value, day, said

CHANGE = say("Write in the draft")


def draft_value(draft: Draft) -> Value:
    """Return everything a draft says; `draft write` takes it back."""
    return {"id": draft.id, "code": draft.code, "kind": str(draft.kind), **content_of(draft),
            "version": draft.version, "saved_at": draft.saved_at, "saved_by": draft.saved_by}


def draft_lines(draft: Draft, words: Words) -> list[str]:
    """Return a draft as lines."""
    lines = [f"{draft.reference}  {draft.kind}  {draft.form}  {', '.join(draft.languages)}"]
    for language in draft.languages:
        lines += [f"[{language}] {draft.title.said(language)}"]
        lines += [f"  {words('Ask')} {n}: {one.said(language)}" for n, one in enumerate(draft.asks, 1)]
        lines += [f"  {words('Message')} {n}: {one.said(language)}" for n, one in enumerate(draft.messages, 1)]
        lines += [f"  # {key}\n  {text.said(language)}" for key, text in draft.sections.items() if text.said(language)]
    lines += [words("Quotes: {quotes}", quotes=", ".join(draft.codes))] if draft.quotes else []
    return lines


def standing_value(draft: Draft, standing: Standing, words: Words) -> Value:
    """Return how a draft stands."""
    return {
        "code": draft.code, "reference": draft.reference, "may_leave": not standing.held_by(draft.languages),
        "answers": [{"quote": one.quote, "allowed": one.allowed, "verdict": one.verdict and str(one.verdict),
                     "reasons": said(one.reasons, words), "credit": one.credit, "until": day(one.until)}
                    for one in standing.answers],
        "remarks": [{"weight": str(one.weight), "place": one.place, "language": one.language,
                     "message": words.sentence(one.message), "hint": words.sentence(one.hint)}
                    for one in standing.remarks],
        "counts": {language: {
            "words": count.words, "own_words": count.own, "most_words": count.most_words or None,
            "grade": count.grade, "ease": count.ease, "longest_sentence_words": count.longest,
            "acronyms": list(count.acronyms)} for language, count in standing.counts.items()},
        "gaps": [{"block": block, "stakeholder": group} for block, group in standing.gaps],
        "blocked": {language: said(told, words) for language, told in standing.blocked.items()},
    }  # fmt: skip


def standing_lines(standing: Standing, words: Words) -> list[str]:
    """Return how a draft stands as lines."""
    lines = [f"{one.quote}  {words('may be used') if one.allowed else words.sentence(one.reasons[0])}  {one.credit}"
             .rstrip() for one in standing.answers]
    for language, count in standing.counts.items():
        lines.append(words("[{language}] {words} words, {own} of them yours; grade {grade}", language=language,
                           words=count.words, own=count.own, grade="–" if count.grade is None else count.grade))
    lines += [f"[{language}] {sentence}" for language, told in standing.blocked.items()
              for sentence in said(told, words)]
    several = len(standing.counts) > 1
    for one in standing.remarks:
        place = f"{one.place} [{one.language}]" if several and one.language else one.place
        lines.append(f"{one.weight}  {place}  {words.sentence(one.message)} {words.sentence(one.hint)}".rstrip())
    return lines
