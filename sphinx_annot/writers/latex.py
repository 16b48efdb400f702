"""LaTeX: visitors for our nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils.nodes import Element


def visit_plain(self: Any, node: Element) -> None:
    """Print the children alone."""


PLAIN = (visit_plain, visit_plain)
VISITORS: dict[type, tuple[Any, Any]] = {}
