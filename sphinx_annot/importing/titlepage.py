"""Headers with a form of their own: the title page of a book, the first page of a court's opinion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_annot.importing.dates import to_iso

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_annot.importing.article import Block, Heading

_YEAR = re.compile(r"\bcopyright,?\s*(1[4-9]\d\d)\b|(?:^|[,.\s-])(1[4-9]\d\d)\.?[\])]?$", re.IGNORECASE)
_HOLDER = re.compile(r"^copyright,?\s*\d{4},?\s*by\s+(.{4,60}?)\.?$", re.IGNORECASE)
_REPRINT = re.compile(r"^reprinted from (?:the )?(.+?)[,.]?$", re.IGNORECASE)
_CITY = re.compile(
    r"^(?:london|new york|boston|philadelphia|chicago|edinburgh|oxford|cambridge|paris|leipzig|berlin|dublin)\b"
    r".{0,30}[:,.]?$",
    re.IGNORECASE,
)
_FIRM = re.compile(r"^[A-Z][A-Za-z.&,'’ -]{5,70}")
_NO_FIRM = re.compile(r"\bby\b|author|edition|^copyright", re.IGNORECASE)
_OPINION = re.compile(r"^Opinion\b.{0,60}?\bfiled\s+by\s+(?P<name>[^.]{3,80})\.?$", re.IGNORECASE)
_DECIDED = re.compile(r"\b(?:Decided|Filed)\s*:?\s+(?P<date>\w+ \d{1,2}, \d{4})")
_VERSUS = re.compile(r"^(?:v\.|vs\.|versus)$|\sv\.\s")
_COURT = re.compile(r"\bcourt\b", re.IGNORECASE)
_ROLE = re.compile(r"^(?:Appell|Plaintiff|Defendant|Petition|Respond|No\.)")
_LONGEST_LINE = 90


def title_page(body: Sequence[Block]) -> list[str]:
    """Return the lines of a book's title page: short blocks before the text begins."""
    lines: list[str] = []
    for block in body[:40]:
        text = block.raw_text()
        if len(text) > 700:
            break
        lines += [line.strip() for line in text.split("\n") if line.strip()]
    return lines[:60]


def printed_year(lines: Sequence[str]) -> str:
    """Return the year on a title page, or an empty text."""
    found = (_YEAR.search(line) for line in lines if len(line) < _LONGEST_LINE)
    return next((match[1] or match[2] for match in found if match), "")


def publisher(lines: Sequence[str]) -> str:
    """Return the publisher on a title page, or the journal that the text is reprinted from."""
    holder = next((match[1] for line in lines if (match := _HOLDER.match(line))), "")
    if holder:
        return _title_case(holder)
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        reprint = _REPRINT.match(line)
        if reprint:
            return reprint[1]
        if _CITY.match(line) and len(line) < 40:
            before = lines[index - 1] if index else ""
            firms = (following, before) if line.endswith(":") else (before, following)
            firm = next((name for name in firms if _FIRM.match(name) and not _NO_FIRM.search(name)), "")
            if firm:
                return _title_case(firm.strip(" .,"))
    return ""


def court_header(body: Sequence[Block], heading: Heading) -> None:
    """Fill ``heading`` from a court's opinion: parties, the day of decision, the judge who wrote it."""
    texts = [block.text() for block in body[:40]]
    versus = next((index for index, text in enumerate(texts[:25]) if _VERSUS.search(text)), None)
    if versus is None or not _COURT.search(" ".join(texts[:6])):
        return
    heading.title = _parties(texts, versus) or heading.title
    heading.publication = heading.publication or _court_name(texts[:8])
    for text in texts:
        opinion, decided = _OPINION.match(text), _DECIDED.search(text)
        if decided and not heading.date:
            heading.date = to_iso(decided["date"])
        if opinion and not heading.author:
            heading.author = [opinion["name"].strip()]


def _parties(texts: Sequence[str], versus: int) -> str:
    if not re.fullmatch(r"v\.|vs\.|versus", texts[versus]):
        return texts[versus] if len(texts[versus]) < 200 else ""
    before = next((text for text in reversed(texts[:versus]) if text[:1].isupper() and not _ROLE.match(text)), "")
    after = next((text for text in texts[versus + 1 :] if text[:1].isupper()), "")
    return f"{before.rstrip(',')} v. {after.rstrip(',')}" if before and after else ""


def _court_name(texts: Sequence[str]) -> str:
    index = next((index for index, text in enumerate(texts) if _COURT.search(text)), None)
    if index is None:
        return ""
    name = texts[index]
    if index + 1 < len(texts) and texts[index + 1].upper().startswith("FOR THE"):
        name += " " + texts[index + 1].title().replace("For The", "for the").replace(" Of ", " of ")
    return name


def _title_case(text: str) -> str:
    return text.title() if text.isupper() else text
