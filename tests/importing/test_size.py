"""A long book imports in seconds: 3.4 MB with 6,800 notes."""

from __future__ import annotations

import random
import textwrap
import time
from typing import TYPE_CHECKING

from sphinx_annot.importing.project import write_project
from tests.importing.reading import read

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "time house river market letter stone winter morning people garden window street voice question answer".split()


def book(chapters: int, seed: int = 7) -> tuple[str, int]:
    """Return a book in wrapped lines with its notes at the end, and how many notes it has."""
    chance = random.Random(seed)
    lines, notes = ["THE LONG BOOK", "", "by Anna Teal", ""], 0
    for chapter in range(1, chapters + 1):
        lines += ["", "", f"CHAPTER {chapter}", "", ""]
        for _ in range(57):
            said = []
            for number in range(9):
                said.append(" ".join(chance.choices(WORDS, k=17)).capitalize() + ".")
                if number % 3 == 0:
                    notes += 1
                    said[-1] += f"[{notes}]"
            lines += [*textwrap.wrap(" ".join(said), 72), ""]
    lines += ["", "", "NOTES", "", ""]
    for number in range(1, notes + 1):
        lines += [*textwrap.wrap(f"[{number}] {' '.join(chance.choices(WORDS, k=20))}, lib. {number % 9}.", 72), ""]
    return "\n".join(lines), notes


def test_a_long_book_is_a_matter_of_seconds(tmp_path: Path) -> None:
    text, count = book(40)
    assert len(text) > 3_400_000
    started = time.process_time()
    article = read(text)
    written = write_project(article, tmp_path / "project", tmp_path / "book.txt")
    assert time.process_time() - started < 10
    assert len(article.notes) == count == 6840
    assert [mark.note for mark in article.marks] == list(range(count))
    assert len(written.documents) > 5


def test_twice_the_text_takes_about_twice_the_time() -> None:
    def cost(chapters: int) -> float:
        text, _ = book(chapters)
        started = time.process_time()
        read(text)
        return time.process_time() - started

    cost(1)
    assert cost(8) < 4 * cost(4)
