"""The lock file: what a person has looked at, so that a build can tell when the text has drifted since.

``annot.lock`` is TOML, sorted, one line an item. Digests are of words folded at tier 1, so that a change of typography
is no drift; only accepting writes the file.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sphinx_annot.model.fold import fold

VERSION = 1
_EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class NoteLock:
    """A note's lemma and the sentence it stands in, as digests."""

    lemma: str
    sentence: str


@dataclass(frozen=True, slots=True)
class QuoteLock:
    """A quotation's digest, the name of the snapshot it was found in (empty without), and its verdict."""

    quote: str
    snapshot: str
    verdict: str


@dataclass(frozen=True, slots=True)
class ReviewLock:
    """A matter for review that was looked at: the digests of the quotation and of the words reviewed."""

    quote: str
    words: str


@dataclass(frozen=True, slots=True)
class Lock:
    """All that was accepted, by id."""

    notes: Mapping[str, NoteLock] = field(default_factory=dict)
    quotes: Mapping[str, QuoteLock] = field(default_factory=dict)
    reviews: frozenset[ReviewLock] = frozenset()


@dataclass(frozen=True, slots=True)
class Malformed:
    """A lock file that cannot be read; ``reason`` says why, with the line where it is known."""

    reason: str


@dataclass(frozen=True, slots=True)
class Drift:
    """The text under an accepted item has changed. ``kind`` is ``note`` or ``quote``; ``what`` says which words."""

    kind: str
    id: str
    what: str


def digest(words: str) -> str:
    """Of words, so that typography does not matter: 16 hexadecimal digits of SHA-256."""
    folded = " ".join(fold(words, blocks=False).text.split())
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def load(text: str) -> Lock | Malformed:
    """Read a lock file."""
    try:
        data = tomllib.loads(text)
        if (version := data.get("version", VERSION)) != VERSION:
            return Malformed(f"version {version!r} is not {VERSION}")
        return Lock(
            notes={str(key): NoteLock(*_texts(item, "lemma", "sentence")) for key, item in _table(data, "notes")},
            quotes={
                str(key): QuoteLock(*_texts(item, "quote", "snapshot", "verdict"))
                for key, item in _table(data, "quotes")
            },
            reviews=frozenset(ReviewLock(*_texts(item, "quote", "words")) for _, item in _table(data, "reviews")),
        )
    except tomllib.TOMLDecodeError as error:
        return Malformed(str(error))
    except (KeyError, TypeError) as error:
        return Malformed(f"an item lacks {error}")


def dump(lock: Lock) -> str:
    """Write a lock file: the same text for the same lock."""
    lines = ["# Written by sphinx-annot accept; do not edit by hand.", f"version = {VERSION}"]
    lines += _lines("notes", {key: {"lemma": n.lemma, "sentence": n.sentence} for key, n in lock.notes.items()})
    quotes = lock.quotes.items()
    lines += _lines("quotes", {k: {"quote": q.quote, "snapshot": q.snapshot, "verdict": q.verdict} for k, q in quotes})
    reviews = {f"{r.quote}-{r.words}": {"quote": r.quote, "words": r.words} for r in lock.reviews}
    return "\n".join([*lines, *_lines("reviews", reviews)]) + "\n"


def drift(accepted: Lock, now: Lock) -> list[Drift]:
    """What has changed under items that were accepted, in order of kind and id; items gone or new are no drift."""
    found: list[Drift] = []
    for key in sorted(accepted.notes.keys() & now.notes.keys()):
        was, note = accepted.notes[key], now.notes[key]
        if was.lemma != note.lemma:
            found.append(Drift("note", key, "lemma"))
        elif was.sentence != note.sentence:
            found.append(Drift("note", key, "sentence"))
    for key in sorted(accepted.quotes.keys() & now.quotes.keys()):
        old, new = accepted.quotes[key], now.quotes[key]
        for what in ("quote", "verdict"):
            if getattr(old, what) != getattr(new, what):
                found.append(Drift("quote", key, what))
                break
    return found


def accept(accepted: Lock, now: Lock, ids: Iterable[str]) -> Lock:
    """The lock with the items of ``ids`` as they are now; those of them that are gone are dropped."""
    chosen = set(ids)
    notes = {key: item for key, item in accepted.notes.items() if key not in chosen}
    quotes = {key: item for key, item in accepted.quotes.items() if key not in chosen}
    notes |= {key: now.notes[key] for key in chosen & now.notes.keys()}
    quotes |= {key: now.quotes[key] for key in chosen & now.quotes.keys()}
    seen = {item.quote for item in quotes.values()}
    reviews = {item for item in accepted.reviews if item.quote in seen}
    reviews |= {item for item in now.reviews if any(quotes[key].quote == item.quote for key in chosen & quotes.keys())}
    return Lock(notes, quotes, frozenset(reviews))


def _table(data: Mapping[str, object], name: str) -> Iterable[tuple[str, object]]:
    table = data.get(name, _EMPTY)
    if not isinstance(table, Mapping):
        raise TypeError(f"[{name}]")
    return table.items()


def _texts(item: object, *names: str) -> tuple[str, ...]:
    if not isinstance(item, Mapping):
        raise TypeError("a table")
    return tuple(str(item[name]) for name in names)


def _lines(name: str, items: Mapping[str, Mapping[str, str]]) -> list[str]:
    if not items:
        return []
    rows = []
    for key in sorted(items):
        fields = ", ".join(f"{field} = {_string(value)}" for field, value in items[key].items())
        rows.append(f"{_string(key)} = {{ {fields} }}")
    return ["", f"[{name}]", *rows]


def _string(value: str) -> str:
    """A basic string of TOML; those of JSON are, but for the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
