"""Negations and numbers are known in each language."""

from __future__ import annotations

import pytest

from sphinx_annot.model.fold import fold
from sphinx_annot.model.wording import negations, numbers


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "It isn’t so; nobody knew, and I cannot say. A knot, another note.", ["isn't", "nobody", "cannot"]),
        ("de", "Keiner weiß nichts, außer uns. Einer kann alles.", ["keiner", "nichts", "ausser"]),
        ("fr", "Il n’a jamais rien dit sans moi. Une année.", ["n", "jamais", "rien", "sans"]),
        ("es", "No vino nadie sin él. Nota.", ["no", "nadie", "sin"]),
        ("ru", "Никто не знал ничего без нас. Небо.", ["никто", "не", "ничего", "без"]),
        ("ar", "ولم يكن ذلك، وليس بغير سبب. لامع", ["ولم", "وليس", "بغير"]),
        ("he", "שלא היה, ואין דבר בלי סיבה. לאט", ["שלא", "ואין", "בלי"]),
        ("zh", "他从未来过，也没有写信。", ["未", "没"]),
        ("en-GB", "never", ["never"]),
        ("de", "never", []),
        ("", "never nicht не, 不", ["never", "nicht", "не", "不"]),
        ("xx", "never", ["never"]),
    ],
)
def test_negations(language: str, text: str, found: list[str]) -> None:
    assert negations(fold(text).text, language) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Twelve men, 1,500 horses, 3.5 % and half a boat", ["twelve", "1,500", "3.5%", "half"]),
        ("de", "zwölf Millionen, dreißig", ["zwölf", "millionen", "dreissig"]),
        ("ru", "двенадцать и сорок", ["двенадцать", "сорок"]),
        ("zh", "三十二人", ["三十二"]),
        ("he", "שלושה אנשים", ["שלושה"]),
    ],
)
def test_numbers(language: str, text: str, found: list[str]) -> None:
    assert numbers(fold(text).text, language) == found
