"""Words that are near to words looked for: for messages only, nothing is ever accepted by it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from sphinx_annot.model.fold import fold

_token = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W_]+(?:'[^\W_]+)*|\S")
_NEAR = 0.6
_CANDIDATES = 40
_PROBES = 6


def tokens(text: str) -> list[str]:
    """The words and signs of a text; an ideograph counts as a word."""
    return _token.findall(text)


def _key(token: str) -> str:
    return fold(token).text


def word_diff(old: str, new: str, context: int = 3) -> str:
    """What ``new`` has in place of ``old``: ``[-out-]``, ``{+in+}``, long agreements cut to ``context`` words each side.

    Empty if they differ in typography only.
    """
    a, b = tokens(old), tokens(new)
    parts: list[str] = []
    opcodes = SequenceMatcher(None, [*map(_key, a)], [*map(_key, b)], autojunk=False).get_opcodes()
    if all(tag == "equal" for tag, *_ in opcodes):
        return ""
    for number, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        if tag == "equal":
            head = context if number else 0
            tail = context if number < len(opcodes) - 1 else 0
            same = a[i1:i2]
            if len(same) > head + tail + 1:
                same = [*same[:head], "…", *same[len(same) - tail :]]
            parts += same
            continue
        if i1 < i2:
            parts.append(f"[-{' '.join(a[i1:i2])}-]")
        if j1 < j2:
            parts.append(f"{{+{' '.join(b[j1:j2])}+}}")
    return " ".join(parts)


def nearest(text: str, words: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """The one stretch of ``text`` that is near to ``words``, as offsets; ``None`` if there is none or more than one.

    Both are folded. The rarest of the longest words are looked up; around each occurrence the words are compared.
    """
    end = len(text) if end is None else end
    wanted = tokens(words)
    scored: dict[tuple[int, int], float] = {}
    for at in _probe(text, words, wanted, start, end):
        span = _trim(text, wanted, max(start, at - len(words) // 4 - 8), min(end, at + len(words) + len(words) // 4 + 8))
        if span not in scored:
            scored[span] = SequenceMatcher(None, wanted, tokens(text[span[0] : span[1]]), autojunk=False).ratio()
    ranked = sorted(((score, span) for span, score in scored.items() if score >= _NEAR), reverse=True)
    if not ranked:
        return None
    best, found = ranked[0]
    rivals = [score for score, span in ranked[1:] if not (span[0] < found[1] and found[0] < span[1])]
    return found if not rivals or rivals[0] < best else None


def _probe(text: str, words: str, wanted: list[str], start: int, end: int) -> list[int]:
    """Where in ``text`` the wanted words would begin, judged by its rare words."""
    begins: set[int] = set()
    known: list[tuple[int, list[int]]] = []
    offset = 0
    for word in wanted:
        offset = words.index(word, offset)
        if len(word) > 1 or word > "\u2e80":
            known.append((-len(word), [offset, *_finds(text, word, start, end)]))
        offset += len(word)
        if len(known) > _PROBES * 4:
            break
    rare = sorted((len(found), size, found) for size, found in known if 1 < len(found) <= _CANDIDATES)
    for _, _, found in rare[:_PROBES]:
        begins.update(max(start, at - found[0]) for at in found[1:])
    return sorted(begins)


def _finds(text: str, word: str, start: int, end: int) -> list[int]:
    found: list[int] = []
    at = text.find(word, start, end)
    while at >= 0 and len(found) <= _CANDIDATES:
        found.append(at)
        at = text.find(word, at + 1, end)
    return found


def _trim(text: str, wanted: list[str], start: int, end: int) -> tuple[int, int]:
    """From the first to the last word that both have, as far as the words around them are as many as were wanted."""
    spans = [match.span() for match in _token.finditer(text, start, end)]
    found = [text[a:b] for a, b in spans]
    blocks = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()[:-1]
    if not blocks:
        return (start, start)
    first, last = blocks[0], blocks[-1]
    low = max(0, first.b - first.a)
    high = min(len(spans), last.b + last.size + len(wanted) - last.a - last.size)
    return (spans[low][0], spans[high - 1][1])
