"""A letter that is quoted, and small documents that quote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.markup import Markup

LETTER = """A letter from the lock-keeper

The barges came up before the frost and left nothing behind but rope. The inn was full all that winter.
We did not open the upper gate, because nobody had paid for the oil.

In March the water stood two feet over the sill. “Who keeps the gate keeps the town,”
my father used to say, and he never once left it open.
"""
TRUE = "The barges came up before the frost and left nothing behind but rope."
FALSE = "The barges came up after the frost and left nothing behind but rope."
STRANGE = "Seventeen violins were sold at the harbour that same evening for a song."
HIDING = "We did [...] open the upper gate, because nobody had paid for the oil."


def quoting(markup: Markup, *blocks: str, snapshot: str = "letter.txt", name: str = "index") -> dict[str, str]:
    """A document that defines the letter as a source and has ``blocks``, and the letter."""
    options = {"snapshot": snapshot} if snapshot else {}
    source = markup.block("source", "letter", title="A letter", author="P. Quay", **options)
    document = markup.text(markup.heading("Gates", 1), source, *blocks)
    return {f"{name}{markup.suffix}": document, "snapshots/letter.txt": LETTER}


def passage(markup: Markup, words: str, name: str = "", **options: str) -> str:
    """A passage from the letter."""
    return markup.block("passage", name, words, **{"source": "letter", **options})
