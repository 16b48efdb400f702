"""Who speaks: the names in a sentence that introduces a quotation."""

from __future__ import annotations

import re

from sphinx_annot.importing.words import INTRODUCING

_WORD = re.compile(r"[^\s,;:()\[\]\"“”„«»]+|[,;:()\[\]\"“”„«»]")
_LINKING = frozenset("of the de la le du des van von der den del della bin ibn al el and & for on in y und und".split())
NOT_NAMES = frozenset(
    "the a an in on at as but and or if when while after before he she it they we you i this that "
    "these those there here his her its their our my according prior then thus so yet such for from "
    "by to with "
    "not no yes one some many most all both also even only just now today yesterday tomorrow "
    "meanwhile however moreover furthermore consequently indeed still again who what which where why "
    "how whereas "
    "since because although though once another each every other further monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september "
    "october "
    "november december chapter section part note notes figure id see cf ibid writing speaking asked "
    "during over under about between among against old new opening earlier later last next first "
    "second "
    "der die das ein eine er sie es wir ich und oder aber wenn als wie nach vor bei im am in le la "
    "les un une il elle ils elles nous dans sur mais et ou el los las un una en pero y "
    "selon laut según secondo dans pour avec ainsi donc car cependant "
    "d’après pourtant dazu doch denn dann auch hier dort nun also para por con cuando così però allora per".split()
)
_PRONOUN = re.compile(r"\b(?:he|she|they|it|er|sie|il|elle|él|ella|он|она|они)\b", re.IGNORECASE)
_THING = re.compile(
    r"\b(?:the|this|its|their|his|her)\s+((?:[\w’'-]+\s+){0,2}(?:report|article|paper|statement|document"
    r"|study|letter|declaration|law|act|agreement|author|journalist|newspaper|website|story|book|text"
    r"|court|resolution|manifesto|speech|communiqué|announcement|notice|interview|column|editorial|essay|blog|post|memo|memorandum|bill|charter|constitution|treaty"
    r"|song|poem))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“‘(\[]?[^\W\d_a-zа-я])")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|No|vs?|Inc|Co|Corp|U\.S|[A-Z])\.\s*$")
_CITED_INSIDE = re.compile(
    r"\b(?:in|of|from|see)\s+(?P<cite>(?:In re\s+)?[A-Z][^,;:]{2,80},\s+\d+ [A-Z][\w. ]{0,16} ?\d+"
    r"(?:[^:;]{0,12}\([^)]*\d{4}\))?)\s*[:,]?$"
)
_CITED = re.compile(
    r"^(?P<cite>.{4,150}?(?:\d+ (?:[A-Z][\w.]*\.?\s?){1,4}(?:2d|3d|4th)? ?\d+|\bat (?:p\.? ?|pp\.? ?"
    r"|¶ ?)?\d+|§+ ?\d+)[^.;]{0,40}?(?:\([^)]*\d{4}\))?)"
)


def sentences(text: str) -> list[str]:
    """Return the sentences of ``text``."""
    result: list[str] = []
    for part in (part for line in text.split("\n") for part in _SENTENCE.split(line)):
        if result and part and _ABBREVIATED.search(result[-1]):
            result[-1] += " " + part
        else:
            result.append(part)
    return [part for part in result if part.strip()]


def names_in(text: str) -> list[tuple[str, int]]:
    """Return the names in ``text`` with their offsets: runs of capitalised words, with ``of`` and the like inside."""
    found: list[tuple[str, int]] = []
    current: list[str] = []
    start = 0
    pending: list[str] = []
    for match in [*_WORD.finditer(text), None]:
        word = match[0] if match else ""
        bare = word.strip(".’'*_-—")
        capital = bool(bare) and bare[0].isalpha() and bare[0].isupper() and bare.casefold() not in NOT_NAMES
        if match and capital:
            if not current:
                start = match.start()
            current += [*pending, word]
            pending = []
            if re.search(r"[’']s$", word):
                found, current = _close(found, current, start), []
        elif match and current and bare.casefold() in _LINKING and len(pending) < 2:
            pending.append(word)
        else:
            found, current, pending = _close(found, current, start), [], []
    return found


def _close(found: list[tuple[str, int]], words: list[str], start: int) -> list[tuple[str, int]]:
    name = re.sub(r"[’']s?$", "", " ".join(words)).strip(" .")
    return [*found, (name, start)] if len(name) > 2 else found


def inner_capitals(text: str) -> list[str]:
    """Return the words that are capitalised inside a sentence."""
    return [re.sub(r"[’']s$", "", word) for word in re.findall(r"(?<=[a-zа-я,;] )[^\W\d_a-zа-я][\w’'-]+", text)]


def speaker(introduction: str, names: list[tuple[str, int]]) -> str:
    """Return the name of who speaks according to the sentence that introduces a quotation, or an empty text."""
    if not names:
        return ""
    according = re.search(
        r"\b(?:according to|words of|laut|selon|según|secondo|quoted? (?:from|by)|from|by)\s+(?:the\s+)?",
        introduction,
        re.IGNORECASE,
    )
    verb = list(INTRODUCING.finditer(introduction))
    if according:
        after = [name for name, start in names if 0 <= start - according.end() <= 4]
        if after:
            return after[0]
    if verb:
        before = [(name, start) for name, start in names if start < verb[-1].start()]
        person = [name for name, _ in before if " " in name]
        if before:
            return person[0] if person else before[0][0]
    multiple = [name for name, _ in names if " " in name]
    return multiple[0] if multiple else names[0][0]


def refers_back(introduction: str) -> str:
    """Return ``pronoun`` or ``thing`` if the sentence names its speaker only by what was said before, else nothing."""
    if _THING.search(introduction):
        return "thing"
    return "pronoun" if _PRONOUN.search(introduction) else ""


def thing(introduction: str) -> str:
    """Return what the sentence calls its source (``white paper``), or an empty text."""
    match = _THING.search(introduction)
    return match[1].strip() if match else ""


def cited_inside(introduction: str) -> str:
    """Return the citation with which an introducing sentence ends (``in Re Mill, 12 F.2d 34 (1990)``)."""
    match = _CITED_INSIDE.search(introduction)
    return match["cite"].strip() if match else ""


def citation(text: str) -> str:
    """Return the citation with which a paragraph begins (``Title, 12 Rep. 345 (1990)``), or an empty text."""
    match = _CITED.match(text)
    return match["cite"].strip(" .,;") if match and text[:1].isupper() else ""
