"""Whatever bytes come in: an article or one clear line, never anything else, and no word is lost on the way."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinx_annot.formats.markup import MARKUPS, markup_writer
from sphinx_annot.importing.article import Article, ArticleError, all_leaves
from sphinx_annot.importing.edition import EditionMaker
from sphinx_annot.importing.report import report_text
from sphinx_annot.importing.summary import summary
from tests.importing.pages import words
from tests.importing.reading import read

FOLDER = Path(__file__).parents[2] / "docs/examples"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.iterdir())]
SUFFIXES = ["txt", "md", "html", "xml"]
SCRAPS = [
    "[1]",
    "[^1]",
    "[^1]: ",
    "(1)",
    "\n\n",
    "\n",
    "*",
    "Notes\n",
    "> ",
    "    ",
    "<p>",
    "</div>",
    "<a href='#n'>",
    "\f",
    "“",
    '"',
    "|",
    "---\n",
    "1. ",
    "[Footnote 1: ",
    "]",
    "http://a.b/",
    "\u202e",
    "\x00",
    "¹",
    "***",
]
# Words that the importer may turn into something else: numbers and labels, words at cuts, and markup.
fuzz = settings(
    max_examples=int(os.environ.get("FUZZ", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@st.composite
def spliced(draw: st.DrawFn, *, pages: bool = True) -> str:
    """Cut two of our texts to pieces and put them together with scraps of markup between."""
    texts = [text for text in TEXTS if pages or "<html" not in text]
    scraps = [scrap for scrap in SCRAPS if pages or "<" not in scrap]
    text = draw(st.sampled_from(texts))
    other = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 200))
        start = draw(st.integers(0, len(other)))
        text = (
            text[:at]
            + draw(st.sampled_from(scraps))
            + other[start : start + cut]
            + text[at + draw(st.integers(0, 300)) :]
        )
    return text


def use(article: Article) -> None:
    """Do everything with an article that a command would do."""
    summary(article)
    edition = EditionMaker(article, "fuzz").make()
    for markup in MARKUPS:
        for document in edition.documents:
            markup_writer(markup).document(document.pieces)
    report_text(article, "fuzz")


def use_or_refuse(given_text: str | bytes, name: str) -> None:
    """Read and use an article, or get one line that says why not."""
    message = ""
    try:
        use(read(given_text, name))
    except ArticleError as error:
        message = str(error)
    assert "\n" not in message


@fuzz
@given(text=spliced(), suffix=st.sampled_from(SUFFIXES))
def test_any_text_is_read(text: str, suffix: str) -> None:
    use_or_refuse(text, f"fuzz.{suffix}")


@fuzz
@given(data=st.binary(max_size=400), suffix=st.sampled_from(SUFFIXES))
def test_any_bytes_are_read(data: bytes, suffix: str) -> None:
    use_or_refuse(data, f"fuzz.{suffix}")


@fuzz
@given(
    text=st.text(alphabet=st.sampled_from('ab \n\t[]()^1*_<>&#-`:"“.,'), max_size=200), suffix=st.sampled_from(SUFFIXES)
)
def test_any_characters_are_read(text: str, suffix: str) -> None:
    use_or_refuse(text, f"fuzz.{suffix}")


def everything(article: Article) -> Counter[str]:
    """Return every word that an article holds anywhere."""
    heading = article.heading
    fields = [heading.title, heading.subtitle, *heading.author, heading.date, heading.publication, heading.source_url]
    found = Counter(words(" ".join([*fields, *heading.region, *heading.themes, heading.copyright])))
    blocks = [*article.blocks, *(block for note in article.notes for block in note.blocks)]
    for leaf in all_leaves(blocks):
        for run in leaf.runs:
            found.update(words(f"{run.text} {run.href} {run.image}"))
    for note in article.notes:
        found.update(words(note.label))
    for block in article.blocks:
        found.update(words(block.quotation.speaker if block.quotation else ""))
    for mend in article.mends:
        found.update(words(f"{mend.text} {mend.before} {mend.then}"))
    return found


@fuzz
@given(text=spliced(pages=False))
def test_no_long_word_of_a_text_is_lost(text: str) -> None:
    """Words of five letters and more; shorter ones are labels, month names in dates, or parts of what was joined."""
    try:
        found = read(text, "fuzz.txt")
    except ArticleError:
        return
    plain = re.sub(r"<[^<>]*>|-\s*\n\s*", " ", text)
    lost = [word for word in set(words(plain)) - set(everything(found)) if len(word) > 5 and word.isalpha()]
    known = {"Footnote", "Region", "Topics", "Theme", "October", "title", "author", "publication"}
    joined = " ".join([*everything(found), *(doubt.message for doubt in found.doubts)]).casefold()
    assert [word for word in lost if word not in known and word.casefold() not in joined] == []


@pytest.mark.parametrize(
    "unit", ["[", "(", "*", "<b>", "> ", "“", "[1", "[^", "_a", "`", "a,", "http://a.b/", "\n\n[1] a", "- "]
)
def test_no_repetition_takes_long(unit: str) -> None:
    for suffix in ("txt", "md", "html"):
        use(read(f"Mill\n\nIt stood. {unit * 4000}", f"fuzz.{suffix}"))
