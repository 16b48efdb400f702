"""Words that are near to words looked for: for messages only, nothing is ever accepted by it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from sphinx_annot.model.fold import fold, visible_only

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_token = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W_]+(?:'[^\W_]+)*|\S")
_word = re.compile(r"[^\W_]+")
_NEAR = 0.6
_RARE = 24
_PROBES = 5
_ENOUGH, _LONGEST, _RUN = 4000, 600, 12
"""Of a long quotation the first 4,000 characters are looked up, 600 words compared, 24 of a changed run shown."""
_IDEOGRAPHS = "\u2e80"


def tokens(text: str) -> list[str]:
    """The words and signs of a text; an ideograph counts as a word."""
    return _token.findall(text)


def rare_words(text: str) -> Mapping[str, Sequence[int]]:
    """Where each word of a folded text stands that is not common in it; lets :func:`nearest` begin with the rarest."""
    places: dict[str, list[int]] = {}
    common: set[str] = set()
    for match in _word.finditer(text):
        word = match[0]
        if word in common:
            continue
        found = places.setdefault(word, [])
        if len(found) < _RARE:
            found.append(match.start())
        else:
            common.add(word)
            del places[word]
    return places


def word_diff(old: str, new: str, context: int = 3) -> str:
    """What ``new`` has in place of ``old``: ``[-out-]``, ``{+in+}``; long agreements are cut to ``context`` words.

    Empty if they differ in typography only.
    """
    a, b = tokens(visible_only(old)), tokens(visible_only(new))
    keys_a, keys_b = [*map(_key, a)], [*map(_key, b)]
    differ = (number for number, (one, other) in enumerate(zip(keys_a, keys_b, strict=False)) if one != other)
    start = max(0, next(differ, min(len(a), len(b))) - context)
    start = start if start > 1 else 0
    a, b, keys_a, keys_b = (some[start : start + _LONGEST] for some in (a, b, keys_a, keys_b))
    opcodes = SequenceMatcher(None, keys_a, keys_b, autojunk=False).get_opcodes()
    if all(tag == "equal" for tag, *_ in opcodes):
        return ""
    parts = ["…"] if start else []
    for number, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        if tag == "equal":
            parts += _cut(a[i1:i2], context if number else 0, context if number < len(opcodes) - 1 else 0)
            continue
        if i1 < i2:
            parts.append(f"[-{' '.join(_cut(a[i1:i2], _RUN, _RUN))}-]")
        if j1 < j2:
            parts.append(f"{{+{' '.join(_cut(b[j1:j2], _RUN, _RUN))}+}}")
    return " ".join(parts)


def nearest(
    text: str,
    words: str,
    start: int = 0,
    end: int | None = None,
    known: Mapping[str, Sequence[int]] | None = None,
    *,
    unique: bool = True,
) -> tuple[int, int] | None:
    """The stretch of ``text`` that is nearest to ``words``, as offsets; both are folded.

    ``None`` if nothing is near or, when it must be ``unique``, two places are equally so. The rarest words (by
    ``known``, the rare words of the text, or else the longest) are looked up, and around each the words are compared.
    """
    end = len(text) if end is None else end
    if len(words) > _ENOUGH:
        span = nearest(text, words[:_ENOUGH], start, end, known, unique=unique)
        return (span[0], min(end, span[1] + len(words) - _ENOUGH)) if span else None
    wanted = tokens(words)
    scored: dict[tuple[int, int], float] = {}
    slack = len(words) // 4 + 8
    for at in _begins(text, words, start, end, known):
        span = _trim(text, wanted, max(start, at - slack), min(end, at + len(words) + slack))
        if span not in scored:
            matcher = SequenceMatcher(None, wanted, tokens(text[span[0] : span[1]]), autojunk=False)
            scored[span] = matcher.ratio() if matcher.quick_ratio() >= _NEAR else 0
    ranked = sorted(((score, (-a, b)) for (a, b), score in scored.items() if score >= _NEAR), reverse=True)
    if not ranked:
        return None
    best, (low, high) = ranked[0]
    rivals = [score for score, (a, b) in ranked[1:] if -a >= high or b <= -low]
    return None if unique and rivals and rivals[0] == best else (-low, high)


def _key(token: str) -> str:
    return fold(token).text


def _cut(same: list[str], head: int, tail: int) -> Iterable[str]:
    return same if len(same) <= head + tail + 1 else [*same[:head], "…", *same[len(same) - tail :]]


def _begins(text: str, words: str, start: int, end: int, known: Mapping[str, Sequence[int]] | None) -> list[int]:
    """Where in ``text`` the words would begin, judged by where their rare words stand, else groups of words."""
    begins: set[int] = set()
    probes = 0
    for offset, probe in _probes(words, known):
        found = known[probe] if known and probe in known else _finds(text, probe, start, end)
        if 0 < len(found) <= _RARE:
            begins.update(max(start, at - offset) for at in found if start <= at < end)
            probes += 1
        if probes == _PROBES:
            break
    return sorted(begins)


def _probes(words: str, known: Mapping[str, Sequence[int]] | None) -> Iterator[tuple[int, str]]:
    """What to look up, the most telling first, each with its offset in ``words``."""
    spans = [match.span() for match in _word.finditer(words)]
    single = [(a, words[a:b]) for a, b in spans if b - a > 1 or words[a] > _IDEOGRAPHS]
    if known is None:
        yield from sorted(single, key=lambda item: -len(item[1]))[: 3 * _PROBES]
    else:
        yield from sorted((item for item in single if item[1] in known), key=lambda item: len(known[item[1]]))
    groups = [(a, words[a:d]) for (a, _), (_, d) in zip(spans, spans[2:], strict=False)]
    yield from groups[:: max(1, len(groups) // _PROBES)]
    for first, last in spans:
        if words[first] > _IDEOGRAPHS:
            yield from ((at, words[at : at + 4]) for at in range(first, last - 3, 3))


def _finds(text: str, word: str, start: int, end: int) -> list[int]:
    found: list[int] = []
    at = text.find(word, start, end)
    while at >= 0 and len(found) <= _RARE:
        found.append(at)
        at = text.find(word, at + 1, end)
    return found


def _trim(text: str, wanted: list[str], start: int, end: int) -> tuple[int, int]:
    """From the first to the last word that both have, with as many words around them as were wanted there."""
    spans = [match.span() for match in _token.finditer(text, start, end)]
    found = [text[a:b] for a, b in spans]
    blocks = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()[:-1]
    if not blocks:
        return (start, start)
    first, last = blocks[0], blocks[-1]
    low = max(0, first.b - first.a)
    high = min(len(spans), last.b + last.size + len(wanted) - last.a - last.size)
    return (spans[low][0], spans[high - 1][1])
