"""Back matter: what belongs to the page or the publisher rather than to the text."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from sphinx_annot.importing.words import BACK, NOTE_HEADING, SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_annot.importing.article import Block, Heading

_BIO = re.compile(
    r"^(?:\*|_)?(?P<name>(?:Dr\.? |Prof\.? "
    r"|Professor )?[^\W\d_a-z][\w.’'-]+(?:\s+[^\W\d_a-z][\w.’'-]*){0,4})\s*(?:,[^.]{0,60},)?\s+(?:is"
    r"|was|are|has (?:been|written)|writes|teaches|works|lives|lectures|ist|est|es)\b",
)
_BIO_WORDS = re.compile(
    r"\b(?:author|journalist|writer|professor|researcher|columnist|attorney|analyst|editor|lecturer"
    r"|lectures|scholar|fellow|contributor|university|freelance|activist|historian|economist"
    r"|consultant|director|blogger|teaches|books?|degree|based in|holds an?|regular contributor"
    r"|frequent contributor)\b",
    re.IGNORECASE,
)


def mark_back_matter(blocks: Sequence[Block], heading: Heading) -> None:
    """Set the part of the blocks that are back matter; ``info`` becomes their kind."""
    body = [block for block in blocks if block.part == "body"]
    if not body:
        return
    last_names = {name.split()[-1].casefold() for name in heading.author if name.split()}
    end = _tail_start(body)
    in_tail = False
    for position, block in enumerate(body):
        near_front = position < 4
        if position < end and not near_front:
            continue
        kind = _kind(block, last_names)
        if near_front and position < end:
            if kind == "bio":
                _set(block, kind)
            continue
        if kind and (in_tail or _goes_to_end(body, position, last_names)):
            in_tail = True
            _set(block, kind)
        elif (
            in_tail
            and block.kind in ("paragraph", "verse", "rule", "list", "quote")
            and _rest_is_back(body, position, last_names)
        ):
            _set(block, "other" if block.kind != "rule" else "separator")
        elif kind and kind not in ("bio", "source") and len(block.text()) < 300:
            _set(block, kind)
    _separators(body)


def _tail_start(body: Sequence[Block]) -> int:
    """The part of a text where back matter may stand: its last sixth, at least its last 14 blocks."""
    return max(0, min(len(body) - 14, len(body) * 5 // 6))


def _set(block: Block, kind: str) -> None:
    block.part, block.info = "back", kind or block.info


def _kind(block: Block, last_names: set[str]) -> str:
    text = block.text()
    if block.kind in ("code", "table", "heading") and not re.match(
        r"^(?:about|related|share|comments?)\b", text, re.IGNORECASE
    ):
        return ""
    if block.kind == "rule" or SEPARATOR.match(text):
        return ""
    if NOTE_HEADING.match(text):
        return ""
    for kind, pattern in BACK:
        if pattern.match(text):
            return kind
    match = _BIO.match(text)
    if match and _BIO_WORDS.search(text[:400]) and (match["name"].split()[-1].casefold() in last_names):
        return "bio"
    return ""


def _goes_to_end(body: Sequence[Block], position: int, last_names: set[str]) -> bool:
    """Whether nearly all that follows is back matter, notes or short."""
    rest = [block for block in body[position:] if block.kind != "rule" and not NOTE_HEADING.match(block.text())]
    known = sum(bool(_kind(block, last_names)) for block in rest)
    return known * 2 >= len(rest)


def _rest_is_back(body: Sequence[Block], position: int, last_names: set[str]) -> bool:
    later = body[position + 1 :]
    if NOTE_HEADING.match(body[position].text()):
        return False
    return (
        any(_kind(block, last_names) for block in later)
        and len(body[position].text()) < 400
        and body[position].kind != "quote"
    )


def _separators(body: Sequence[Block]) -> None:
    """A separator line before back matter belongs to it."""
    for block, following in itertools.pairwise(body):
        if block.kind == "rule" and following.part == "back" and block.part == "body":
            _set(block, "separator")
