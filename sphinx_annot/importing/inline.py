"""The words of a block as runs: plain text, or text with Markdown markup; addresses become links."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from sphinx_annot.importing.article import Run

if TYPE_CHECKING:
    from linkify_it import LinkifyIt
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Inline = Callable[[str], list[Run]]

_UNDERSCORED = re.compile(r"(?<![\w_])_(?=\S)([^_]{1,600}?)(?<=\S)_(?![\w_])")
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}
_STYLES = {"em": "em", "strong": "strong", "s": "strike"}
_LINKED_NOTE = re.compile(
    r"(?:^|#)_?(?:e?d?ftn|edn|fn|fnref|footnote|endnote|note|cite_note|sdfootnote)[\w.:-]*$", re.IGNORECASE
)
_ADDRESSED = re.compile(r"\S{0,200}(?:://|www\.)\S{0,2000}", re.IGNORECASE)
_BRACKETED = re.compile(r"^\[?\s*([\w*†‡§]{1,6})\s*\]?$")
_TRAILING = ".,;:!?'\"”’»)]}>*_"


def plain_inline(text: str) -> list[Run]:
    """Return plain text as runs; ``_words_`` of transcriptions are emphasis."""
    runs: list[Run] = []
    cursor = 0
    for match in _UNDERSCORED.finditer(text) if "_" in text else ():
        runs += [Run(text=text[cursor : match.start()]), Run(text=match[1], styles=frozenset({"em"}))]
        cursor = match.end()
    runs.append(Run(text=text[cursor:]))
    return link_addresses([run for run in runs if run.text])


def markdown_inline(text: str) -> list[Run]:
    """Return text with Markdown markup as runs."""
    tokens = _inline_parser().parseInline(text)
    return link_addresses(runs_of_tokens(tokens[0].children or [])) if tokens else []


def link_addresses(runs: list[Run]) -> list[Run]:
    """Make links of addresses that stand in the text."""
    result: list[Run] = []
    for run in runs:
        if run.href or "code" in run.styles or run.note or not ("://" in run.text or "www." in run.text):
            result.append(run)
            continue
        cursor = 0
        for start, end, url in find_addresses(run.text):
            if start > cursor:
                result.append(replace(run, text=run.text[cursor:start]))
            result.append(replace(run, text=run.text[start:end], href=url))
            cursor = end
        if cursor < len(run.text):
            result.append(replace(run, text=run.text[cursor:]))
    return result


def find_addresses(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, address) of every web address in ``text``."""
    if "://" not in text and "www." not in text:
        return []
    found: list[tuple[int, int, str]] = []
    for token in _ADDRESSED.finditer(text):  # a word at a time: linkify copies what follows each address
        for match in _linkify().match(token[0]) or []:
            named = match.schema in ("http:", "https:", "ftp:") or (
                not match.schema and match.raw[:4].lower() == "www."
            )
            if named and "@" not in match.raw.split("/")[0]:
                found.append((token.start() + match.index, token.start() + match.last_index, match.url))
    return found


@cache
def _linkify() -> LinkifyIt:
    from linkify_it import LinkifyIt  # noqa: PLC0415 - loaded when a text holds an address

    return LinkifyIt(options={"fuzzy_email": False, "fuzzy_link": True})


@cache
def _inline_parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - loaded for Markdown only

    return MarkdownIt("commonmark", {"html": True}).enable("strikethrough")


def runs_of_tokens(tokens: list[Token]) -> list[Run]:
    """Return the runs of markdown-it's inline tokens."""
    runs: list[Run] = []
    styles: list[str] = []
    href = ""
    for token in tokens:
        if token.type in _BREAKS or (token.content and token.type in ("text", "code_inline", "text_special")):
            extra = ["code"] if token.type == "code_inline" else []
            text = _BREAKS.get(token.type, token.content)
            runs.append(Run(text=text, styles=frozenset([*styles, *extra]), href=href))
        elif token.type in ("link_open", "link_close"):
            href = str(token.attrGet("href") or "#") if token.type == "link_open" else ""
        elif token.type == "image":
            runs.append(Run(text=token.content, image=str(token.attrGet("src") or ""), href=href))
        elif token.type == "html_inline":
            _tag(token.content, styles, runs)
        else:
            _style(token, styles)
    return merge(linked_notes(runs))


def _style(token: Token, styles: list[str]) -> None:
    style = _STYLES.get(token.tag)
    if style and token.nesting > 0:
        styles.append(style)
    elif style in styles:
        styles.remove(style)


def _tag(tag: str, styles: list[str], runs: list[Run]) -> None:
    """Take the meaning of an HTML tag inside Markdown; a tag we do not know disappears, its words stay."""
    match = re.match(r"<(/?)(\w+)", tag)
    if not match:
        return
    name = {
        "sup": "sup",
        "sub": "sub",
        "i": "em",
        "em": "em",
        "b": "strong",
        "strong": "strong",
        "cite": "em",
        "code": "code",
        "s": "strike",
    }.get(match[2].lower())
    if match[2].lower() == "br":
        runs.append(Run(text="\n", styles=frozenset(styles)))
    elif match[2].lower() == "img":
        source, alt = (re.search(rf"""{key}\s*=\s*["']([^"']*)""", tag) for key in ("src", "alt"))
        if source:
            runs.append(Run(text=alt[1] if alt else "", image=source[1]))
    elif name and not match[1]:
        styles.append(name)
    elif name in styles:
        styles.remove(name)


def linked_notes(runs: list[Run]) -> list[Run]:
    """Recognise links that lead to a note (``[[1]](#_ftn1)`` and the like)."""
    result: list[Run] = []
    for run in runs:
        label = _BRACKETED.match(run.text.strip())
        if run.href and label and _LINKED_NOTE.search(run.href):
            result.append(replace(run, text=label[1], href="", note=run.href.rpartition("#")[2]))
        else:
            result.append(run)
    return result


def merge(runs: list[Run]) -> list[Run]:
    """Join neighbours that are alike."""
    result: list[Run] = []
    for run in runs:
        last = result[-1] if result else None
        if last and not run.image and not run.note and run.mark < 0 and replace(last, text="") == replace(run, text=""):
            result[-1] = replace(last, text=last.text + run.text)
        elif run.text or run.image or run.note or run.mark >= 0:
            result.append(run)
    return result
