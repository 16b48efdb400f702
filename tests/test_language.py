"""Labels, quotation marks, dates, names and direction, in eight languages and any other."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from string import Formatter

import pytest
from babel import localedata
from hypothesis import given
from hypothesis import strategies as st

from sphinx_annot import language

LOCALE = files("sphinx_annot") / "locale"
LANGUAGES = ("ar", "de", "en", "es", "fr", "he", "ru", "zh")
DATES = (
    "2019",
    "2019-02",
    "2019-02-09",
    "2019-02-09/2019-02-11",
    "2019-02-09/2019-03-01",
    "2019-12-30/2020-01-02",
    "2019-02/2019-03",
    "2019-02/2020-03",
    "2019/2021",
    "2019/2019-05-01",
)


def read(name: str) -> dict[str, str]:
    return tomllib.loads((LOCALE / f"{name}.toml").read_text(encoding="utf-8"))


def fields(template: str) -> set[str | None]:
    return {field for _, field, _, _ in Formatter().parse(template) if field is not None}


def test_these_are_the_languages() -> None:
    found = {file.name.removesuffix(".toml") for file in LOCALE.iterdir() if not file.name.startswith("_")}
    assert found == set(LANGUAGES)


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_language_says_everything(name: str) -> None:
    english, own = read("en"), read(name)
    assert list(own) == list(english), "the same keys in the same order"
    assert {key: fields(text) for key, text in own.items()} == {key: fields(text) for key, text in english.items()}
    assert all(text.strip() == text != "" for text in own.values())


@pytest.mark.parametrize("name", sorted(set(LANGUAGES) - {"en"}))
def test_every_language_says_it_in_its_own_words(name: str) -> None:
    english, own = read("en"), read(name)
    same = {key for key in english if fields(english[key]) == set() and own[key] == english[key]}
    assert len(same) <= 5, "a file that was copied and not translated"


@pytest.mark.parametrize(
    ("tag", "heading"),
    [
        ("de", "Quellen"),
        ("de-AT", "Quellen"),
        ("de_AT.UTF-8", "Quellen"),
        ("DE-at-1996", "Quellen"),
        ("fr_CA", "Sources"),
        ("zh_TW", "资料来源"),
        ("tlh", "Sources"),
        ("", "Sources"),
        ("_quotes", "Sources"),
        ("../locale/de", "Sources"),
        ("de\0", "Sources"),
    ],
)
def test_labels_fall_back_to_the_parent_and_to_english(tag: str, heading: str) -> None:
    assert language.labels(tag)["sources"] == heading


def test_labels_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        language.labels("en")["sources"] = "Mine"  # type: ignore[index]


def test_text_in_a_label_is_no_template() -> None:
    assert language.labels("en")["editor"].format(names="{names} {0}") == "Edited by {names} {0}"


@pytest.mark.parametrize(
    ("tag", "marks"),
    [
        ("en", "“”‘’"),
        ("en-GB", "‘’“”"),
        ("de", "„“‚‘"),
        ("de-AT", "„“‚‘"),
        ("de-CH", "«»‹›"),
        ("ru", "«»„“"),
        ("ar", "«»“”"),
        ("zh_CN", "“”‘’"),
        ("zh-Hant-HK", "「」『』"),
        ("xx", "“”‘’"),
    ],
)
def test_quotation_marks(tag: str, marks: str) -> None:
    assert language.quotation_marks(tag) == tuple(marks)


def test_french_quotation_marks_keep_to_their_words() -> None:
    assert language.quotation_marks("fr")[:2] == ("«\u00a0", "\u00a0»")


def _dashed(text: str) -> str:
    return re.sub(r"\s*–\s*", "–", re.sub(r"[\u2009\u202f]", " ", text))


@pytest.mark.parametrize(
    ("iso", "tag", "text"),
    [
        ("2019", "en", "2019"),
        ("2019-02", "en", "February 2019"),
        ("2019-02-09", "en", "February 9, 2019"),
        ("2019-02-09", "en-GB", "9 February 2019"),
        (" 2019-02-09 ", "de", "9. Februar 2019"),
        ("2019-02-09", "fr", "9 février 2019"),
        ("2019-02-01", "fr", "1er février 2019"),
        ("2019-01-11", "fr", "11 janvier 2019"),
        ("2019-02-09", "es", "9 de febrero de 2019"),
        ("2019-02-09", "he", "9 בפברואר 2019"),
        ("2019-02-09", "ar", "9 فبراير 2019"),
        ("2019", "zh", "2019年"),
        ("2019-02-09", "zh", "2019年2月9日"),
        ("2019-02-09", "tlh", "February 9, 2019"),
        ("0850", "en", "850"),
        ("2019-02-09/2019-02-09", "en", "February 9, 2019"),
        ("2019-02-09/2019-02-11", "en-GB", "9–11 February 2019"),
        ("2019-02-09/2019-03-01", "de", "9. Februar – 1. März 2019"),
        ("2019-02-01/2019-03-01", "fr", "1er février – 1er mars 2019"),
        ("2019/2021", "de", "2019–2021"),
        ("2019-02/2019-03", "de", "Februar–März 2019"),
        ("2019/2021-05", "de", "2019 – Mai 2021"),
    ],
)
def test_dates(iso: str, tag: str, text: str) -> None:
    """Whether spaces stand around a dash, and which, is a matter of the version of the locale data."""
    assert _dashed(language.date(iso, tag)) == _dashed(text)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "n.d.", "c. 1400", "-0044", "0000", "٢٠١٩", "19-02-09", "2019-2-9", "2019-02-09T12:00"),
        *("2019-13", "2019-02-30", "2019/", "/2019", "2019/2020/2021", "2020/2019", "2019-05/2019-04-30"),
    ],
)
def test_a_date_that_is_none_stays_as_typed(typed: str) -> None:
    assert language.date(typed, "de") == typed


def test_dates_in_every_language_that_there_is() -> None:
    for tag in localedata.locale_identifiers():
        for iso in DATES:
            assert language.date(iso, tag), (tag, iso)


@given(st.text(), st.text())
def test_any_text_is_a_language_and_a_date(iso: str, tag: str) -> None:
    assert isinstance(language.date(iso, tag), str)
    assert language.labels(tag)["sources"]
    assert len(language.quotation_marks(tag)) == 4
    assert language.direction(tag) in {"ltr", "rtl", ""}


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("fa", "rtl"),
        ("hbo", "rtl"),
        ("yi", "rtl"),
        ("az-Arab", "rtl"),
        ("az", "ltr"),
        ("ar-Latn", "ltr"),
        ("sr@latin", "ltr"),
        ("en", "ltr"),
        ("grc", "ltr"),
        ("zh-Hant", "ltr"),
        ("", ""),
        ("und", ""),
        ("not a language", ""),
    ],
)
def test_direction(tag: str, value: str) -> None:
    assert language.direction(tag) == value


@pytest.mark.parametrize(
    ("people", "tag", "text"),
    [
        ([], "en", ""),
        (["Ann"], "en", "Ann"),
        (["Ann", "Bo"], "en", "Ann and Bo"),
        (["Ann", "Bo", "Cy"], "de", "Ann, Bo und Cy"),
        (["{0}", "Bo"], "en", "{0} and Bo"),
        (["甲", "乙", "丙"], "zh", "甲、乙和丙"),
        (["Doe, Ann"], "en", "Doe, Ann"),
        (["Doe, Ann", "Roe, Bo", "Cy"], "en", "Doe, Ann; Roe, Bo; Cy"),
        (["Doe, Ann", "Roe, Bo"], "fr", "Doe, Ann\u00a0; Roe, Bo"),
        (["Doe, Ann", "Roe, Bo"], "zh-Hant", "Doe, Ann；Roe, Bo"),
    ],
)
def test_names(people: list[str], tag: str, text: str) -> None:
    assert language.names(people, tag) == text


def test_every_row_of_quotation_marks_has_four_and_no_language_two_rows() -> None:
    rows = tomllib.loads((LOCALE / "_quotes.toml").read_text(encoding="utf-8"))
    tags = [tag for row in rows for tag in row.split()]
    assert len(tags) == len(set(tags))
    assert all(tag == tag.lower() and "_" not in tag for tag in tags), "the form that is looked up"
    assert all(len(marks) == 4 and all(marks) for marks in rows.values())
