"""What checking quotations costs, on a text of 3.4 MB that is made here.

Run ``python tests/benchmarks/quotations.py``. Each figure is printed with the most it may be; the exit status is 1 if
one is passed. CPU time; ratios are of times in one run.
"""

from __future__ import annotations

import random
import re
import sys
import time
import tracemalloc
from typing import TYPE_CHECKING

from sphinx_annot.model.quote import check
from sphinx_annot.model.snapshots import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 3_400_000


def main() -> int:
    """Print the table; 1 if a limit is passed."""
    chance = random.Random(7)
    passed = 0
    for name, alphabet, marks in (
        ("Latin", "etaoinshrdlucmfwypvbgk", "“”’—"),
        ("Cyrillic", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф", "«»’—"),
    ):
        words = vocabulary(chance, alphabet)
        stored = book(chance, words, marks)
        passed += table(name, stored, chance)
    return min(passed, 1)


def table(name: str, stored: str, chance: random.Random) -> int:
    """Measure one text; how many limits were passed."""
    passed = 0
    megabytes = len(stored) / 1e6
    snapshot = Snapshot("book.txt", stored)
    folding = cpu(lambda: (snapshot.folded, snapshot.bare))
    passed += line(f"{name}: fold for both tiers, s per MB", folding / megabytes, 0.5)

    normalised = " ".join(snapshot.bare.text.split())
    places = [chance.randrange(len(stored) - 400) for _ in range(1000)]
    quotes = [re.sub(r"\[\d+\]", "", " ".join(stored[at : at + 240].split(" ")[1:-1])) for at in places]
    needles = [" ".join(Snapshot("", quote).folded.text.split()) for quote in quotes]
    plain = cpu(lambda: [needle in normalised for needle in needles])
    checked = cpu(lambda: [check(quote, snapshot) for quote in quotes])
    accepted = sum(check(quote, snapshot).is_accepted for quote in quotes)
    passed += line(f"{name}: 1,000 true ones, times plain `in`", checked / plain, 2)
    passed += line(f"{name}: true ones refused", 1000 - accepted, 0)

    false = [swapped(quote, chance) for quote in quotes[:100]]
    verdicts = [check(quote, snapshot) for quote in false]
    refusing = cpu(lambda: [check(quote, snapshot) for quote in false])
    passed += line(f"{name}: 100 false ones with their messages, s", refusing, 2)
    passed += line(f"{name}: false ones accepted", sum(verdict.is_accepted for verdict in verdicts), 0)
    passed += line(f"{name}: false ones without a near place", sum(not verdict.near for verdict in verdicts), 5)

    tracemalloc.start()
    fresh = Snapshot("book.txt", stored)
    for quote in [*quotes[:20], *false[:20]]:
        check(quote, fresh)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return passed + line(f"{name}: peak memory, times the file", peak / len(stored.encode()), 16)


def line(what: str, figure: float, most: float) -> int:
    """Print one figure; 1 if it is over its limit."""
    print(f"{what:55} {figure:8.2f}   (at most {most:g})")
    return int(figure > most)


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU that ``work`` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def vocabulary(chance: random.Random, alphabet: str) -> list[str]:
    """Words as often as in a language: the n-th about 1/n of the first."""
    made = ["".join(chance.choices(alphabet, k=chance.randint(2, 11))) for _ in range(20_000)]
    return [word for rank, word in enumerate(made, 1) for _ in range(max(1, 12_000 // rank))]


def book(chance: random.Random, words: list[str], marks: str) -> str:
    """Wrapped lines, paragraphs, a hyphen at some line ends, and all that :func:`dressed` does."""
    lines: list[str] = []
    row = ""
    while 72 * len(lines) < SIZE:
        word = dressed(chance.choice(words), chance, marks)
        if len(row) + len(word) <= 72:
            row = f"{row} {word}".strip()
            continue
        broken = len(word) > 8 and word.isalpha() and chance.randrange(3) == 0
        lines.append(f"{row} {word[:4]}-" if broken else row)
        row = word[4:] if broken else word
        if not broken and chance.randrange(12) == 0:
            lines.append("")
    return "\n".join(lines)


def dressed(word: str, chance: random.Random, marks: str) -> str:
    """Some words in quotation marks, after a dash, with a stop, a comma, an apostrophe or the mark of a note."""
    forms = [f"{marks[0]}{word}{marks[1]}", f"{marks[3]} {word}", f"{word}{marks[2]}{word[:1]}"]
    forms += [f"{word}."] * 3 + [f"{word},"] * 4 + [f"{word}[{chance.randrange(1, 300)}]"]
    number = chance.randrange(60)
    return forms[number] if number < len(forms) - (chance.randrange(10) > 0) else word


def swapped(quote: str, chance: random.Random) -> str:
    """The quotation with two neighbouring words in the other order."""
    words = quote.split()
    at = chance.randrange(3, len(words) - 4)
    while words[at] == words[at + 1]:
        at += 1
    words[at : at + 2] = words[at + 1], words[at]
    return " ".join(words)


if __name__ == "__main__":
    sys.exit(main())
