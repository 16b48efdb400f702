"""Fences of MyST that nothing closes: what follows one, to the end of the text, is taken for the directive's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OPENING = re.compile(r" {0,3}(:{3,}|`{3,}|~{3,})\s*(?:\{([\w:.+-]+)\})?")
_OURS = "annot:"
#: Directives whose content is shown as it is.
_VERBATIM = frozenset(
    """code code-block code-cell doctest eval-rst literalinclude math mermaid parsed-literal prompt raw
    sourcecode""".split()
)


class _Fence(NamedTuple):
    """What stands between two fences: the numbers of its first line and of the one behind its last."""

    mark: str
    name: str
    first: int
    end: int
    closed: bool


def unclosed(text: str) -> Iterator[tuple[int, str]]:
    """Yield, for each directive of ours whose fence is missing in a text of MyST, its line and what is wrong."""
    lines = text.splitlines()
    yield from _unclosed(lines, 0, len(lines))


def _unclosed(lines: Sequence[str], first: int, end: int) -> Iterator[tuple[int, str]]:
    for fence in _fences(lines, first, end):
        opening = f"{fence.mark}{{{fence.name}}}"
        inner = next((item for item in _inside(lines, fence) if item.mark == fence.mark and not item.closed), None)
        if fence.name.startswith(_OURS) and not fence.closed:
            message = f'nothing closes "{opening}", and all that follows is taken for its text'
            yield fence.first, f"{message}; end it with a line of {fence.mark}"
        elif fence.name.startswith(_OURS) and inner:
            message = f'nothing closes "{opening}" before line {inner.first}, where the next one begins'
            yield fence.first, f"{message}; end it with a line of {fence.mark}, both with more if that one stands in it"
        elif fence.name and fence.name not in _VERBATIM:
            yield from _unclosed(lines, fence.first, fence.end)


def _inside(lines: Sequence[str], fence: _Fence) -> Iterator[_Fence]:
    return (inner for inner in _fences(lines, fence.first, fence.end) if inner.name)


def _fences(lines: Sequence[str], first: int, end: int) -> Iterator[_Fence]:
    """Yield the outermost fences in some lines, as CommonMark pairs them."""
    number = first
    while number < end:
        match = _OPENING.match(lines[number])
        number += 1
        if not match:
            continue
        closing = re.compile(rf"\s*{re.escape(match[1][0])}{{{len(match[1])},}}\s*")
        stop = next((at for at in range(number, end) if closing.fullmatch(lines[at])), None)
        yield _Fence(match[1], match[2] or "", number, end if stop is None else stop, closed=stop is not None)
        number = end if stop is None else stop + 1
