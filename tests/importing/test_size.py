"""A long book imports in seconds: 3.4 MB with 6,800 notes."""

from __future__ import annotations

import random
import textwrap
import time
from typing import TYPE_CHECKING

import pytest

from sphinx_annot.importing.project import write_project
from tests.importing.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable
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


def markdown(count: int) -> str:
    """Return a Markdown text with ``count`` footnotes of one source."""
    marks = "\n\n".join(f"The mill stood by the river for a hundred years and more.[^{n}]" for n in range(count))
    notes = "\n\n".join(f"[^{n}]: The Mill <https://example.org/2011/{n}>" for n in range(count))
    return f"# Mill\n\n{marks}\n\n{notes}\n"


def page(count: int) -> str:
    """Return a page with ``count`` linked notes and as many quotations."""
    marks = "".join(
        f"<p>Anna Teal wrote of it:<a href='#n{n}'><sup>{n}</sup></a></p><blockquote>It stood long.</blockquote>"
        for n in range(count)
    )
    notes = "".join(f"<li id='n{n}'>Note {n} says that.</li>" for n in range(count))
    return f"<body><h1>Mill</h1>{marks}<ol>{notes}</ol></body>"


@pytest.mark.parametrize(
    ("make", "name", "size"),
    [(lambda size: book(size)[0], "a.txt", 4), (markdown, "a.md", 500), (page, "a.html", 500)],
    ids=["text", "markdown", "html"],
)
def test_twice_the_text_takes_about_twice_the_time(make: Callable[[int], str], name: str, size: int) -> None:
    def cost(amount: int) -> float:
        text = make(amount)
        started = time.process_time()
        read(text, name)
        return time.process_time() - started

    cost(size // 4)
    assert cost(size * 4) < 8 * cost(size) + 0.2
