"""Locators are read in English and in the document's language, and written in one form."""

from __future__ import annotations

import pytest

from sphinx_annot.model.locator import Locator, Unusable, format, labels, parse, sort_key  # noqa: A004


def written(text: str, language: str = "en") -> str:
    found = parse(text, labels(language))
    assert isinstance(found, Locator), found
    return format(found, language)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("p. 12", "p. 12"),
        ("p.12", "p. 12"),
        ("page 3", "p. 3"),
        ("Pages 3--4", "pp. 3–4"),
        ("pp. 3-4", "pp. 3–4"),
        ("p. 3-4", "pp. 3–4"),
        ("p. 3, 5", "pp. 3, 5"),
        ("p. iv-ix", "pp. iv–ix"),
        ("para. 3", "para. 3"),
        ("chapter 2, line 14", "chap. 2, line 14"),
        ("chap. 2, p. 14 - 16", "chap. 2, pp. 14–16"),
        ("fol. 3r", "fol. 3r"),
        ("§ 4", "§ 4"),
        ("fig. A2", "fig. A2"),
        ("12-14", "12–14"),
        ("preface", "preface"),
        ("note on the text", "note on the text"),
        ("title page", "title page"),
        ("at 01:22:05", "at 01:22:05"),
        ("ll. 3-9", "lines 3–9"),
        ("vol. II, p. 3", "vol. II, p. 3"),
    ],
)
def test_english(typed: str, expected: str) -> None:
    assert written(typed) == expected


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("de", "S. 12", "S. 12"),
        ("de", "Seiten 3-4", "S. 3–4"),
        ("de", "p. 12", "S. 12"),
        ("de-AT", "Kapitel 2, Z. 4", "Kap. 2, Z. 4"),
        ("fr", "page 3", "p. 3"),
        ("fr", "chapitre IV", "chap. IV"),
        ("es", "págs. 3-4", "pp. 3–4"),
        ("ru", "стр. 12", "с. 12"),
        ("ru", "глава 2, с. 5-6", "гл. 2, с. 5–6"),
        ("ar", "صفحة 12", "ص. 12"),
        ("ar", "ص ١٢", "ص. ١٢"),
        ("he", "עמוד 12", "עמ' 12"),
        ("he", "עמ׳ 3-4", "עמ' 3–4"),
        ("zh", "第3页", "第3页"),
        ("zh", "第三章，第 12 页", "第三章, 第12页"),
        ("zh", "p. 3-4", "第3–4页"),
        ("pt", "p. 3", "p. 3"),
    ],
)
def test_the_language_of_the_document(language: str, typed: str, expected: str) -> None:
    assert written(typed, language) == expected


@pytest.mark.parametrize(
    ("typed", "label"),
    [("", ""), (" , ", ""), ("p.", "p."), ("chapter", "chapter"), ("§", "§"), ("chap. 2, p.", "p.")],
)
def test_nothing_to_go_to(typed: str, label: str) -> None:
    assert parse(typed, labels()) == Unusable(label)


def test_writing_is_stable() -> None:
    for language in ("en", "de", "fr", "es", "ru", "ar", "he", "zh"):
        for typed in ("page 3-4", "chapter 2, line 14", "volume 3, paragraph 4"):
            once = written(typed, language)
            assert written(once, language) == once


def test_order() -> None:
    typed = ["p. iv", "p. ix", "p. 2", "pp. 2-3", "p. 10", "p. 10, line 2", "p. 10, line 11"]
    found = [locator for text in typed if isinstance(locator := parse(text, labels()), Locator)]
    assert len(found) == len(typed)
    assert found == sorted(found, key=sort_key)
