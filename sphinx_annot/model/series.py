"""The labels of a series of notes: ``a``, ``b``, ... ``z``, ``aa``; ``i``, ``ii``; ``*``, ``†``."""

from __future__ import annotations

from typing import NamedTuple

STYLES = ("decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman", "lower-greek", "symbols")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_SYMBOLS = "*†‡§‖¶"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class Series(NamedTuple):
    """A numbering of its own: its name, the heading of its lists, and its style (one of `STYLES`, or letters)."""

    name: str
    title: str = ""
    style: str = "lower-alpha"

    def label(self, number: int) -> str:
        """Return the label of the note with that number, counted from 1."""
        match self.style:
            case "decimal":
                return str(number)
            case "lower-alpha":
                return _letters(number, _LATIN)
            case "upper-alpha":
                return _letters(number, _LATIN.upper())
            case "lower-roman":
                return _roman(number)
            case "upper-roman":
                return _roman(number).upper()
            case "lower-greek":
                return _letters(number, _GREEK)
            case "symbols":
                return _SYMBOLS[(number - 1) % len(_SYMBOLS)] * ((number - 1) // len(_SYMBOLS) + 1)
            case letters:
                return _letters(number, letters)


def _letters(number: int, alphabet: str) -> str:
    """Count in letters: after the last one come two (bijective numeration)."""
    label = ""
    while number:
        number, rest = divmod(number - 1, len(alphabet))
        label = alphabet[rest] + label
    return label


def _roman(number: int) -> str:
    label = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        label += letters * count
    return label
