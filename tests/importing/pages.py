"""Compare the words of a built page with those of the article it was made from."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

import lxml.html

from sphinx_annot.importing.article import Article, all_leaves

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_APART = ("annot-header", "annot-sources", "annot-backmatter", "annot-note", "annot-register")
_BLOCKS = frozenset("p li div td th h2 h3 h4 h5 h6 br figure blockquote pre dt dd figcaption".split())


def words(text: str) -> list[str]:
    """Return the words of a text, invisible characters left out."""
    return re.findall(r"\w+", text.replace("\u00ad", "").replace("\u200b", ""))


def page_words(page: Path) -> list[str]:
    """Return the base text of an edition's page: no header, sources, back matter, notes, and nothing generated."""
    root = lxml.html.parse(str(page), parser=lxml.html.HTMLParser(encoding="utf-8")).getroot()
    found = root.find_class("annot-edition") or root.xpath("//*[@role='main']")
    return words("".join(_pieces(found[0])))


def body_words(article: Article) -> list[str]:
    """Return the words of an article's text, its marks left out."""
    blocks = [block for block in article.blocks if block.part == "body"]
    return words("\n".join(leaf.raw_text() for leaf in all_leaves(blocks)))


def differences(article: Article, page: Path) -> list[tuple[str, str]]:
    """Return (what the article has, what the page has) wherever the two differ."""
    wanted, got = body_words(article), page_words(page)
    matcher = SequenceMatcher(None, wanted, got, autojunk=False)
    return [
        (" ".join(wanted[a:b]), " ".join(got[c:d])) for what, a, b, c, d in matcher.get_opcodes() if what != "equal"
    ]


def _pieces(element: Any) -> Iterator[str]:
    classes = (element.get("class") or "").split()
    generated = element.get("data-annot-generated") is not None
    mark = "headerlink" in classes or "annot-mark" in classes
    if not (generated or mark or element.tag in ("h1", "script", "style") or any(name in classes for name in _APART)):
        yield " " if element.tag in _BLOCKS else ""
        yield element.text or ""
        for child in element:
            if isinstance(child.tag, str):
                yield from _pieces(child)
            yield "" if isinstance(child.tag, str) else (child.tail or "")
        yield " " if element.tag in _BLOCKS else ""
    yield element.tail or ""
