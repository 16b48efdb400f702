"""Title, people, date, publication and labels, from the text's own words and from metadata."""

from __future__ import annotations

import pytest

from sphinx_annot.importing.dates import to_iso
from sphinx_annot.importing.language import detect_language
from tests.importing.reading import body, read

TEXT = "It stood by the river for a hundred years, and everybody in the valley knew the sound of its wheel. " * 3


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("February 09, 2019", "2019-02-09"),
        ("3 Sept. 2001", "2001-09-03"),
        ("12. März 1999", "1999-03-12"),
        ("8 de mayo de 2020", "2020-05-08"),
        ("3 февраля 2018 г.", "2018-02-03"),
        ("May 2016", "2016-05"),
        ("1890", "1890"),
        ("17.11.19", "2019-11-17"),
        ("2/9/2019", "2019"),
        ("market 2014", ""),
        ("37 March 2014", "2014-03"),
    ],
)
def test_a_date_is_as_exact_as_its_words(printed: str, iso: str) -> None:
    assert to_iso(printed) == iso


@pytest.mark.parametrize(
    "head",
    [
        "The Mill\n\nBy Anna Teal\n\nThe Valley Post, 3 May 2011",
        "# The Mill\n\n*by Anna Teal*\n\n3 May 2011\n\nfrom The Valley Post Website",
        "The Mill\n\nby Anna Teal, May 3, 2011\nfrom\nThe Valley Post",
        "---\ntitle: The Mill\nauthor: Anna Teal\ndate: 2011-05-03\npublication: The Valley Post\n---",
        "Title: The Mill\nAuthor: Anna Teal\nPublished: 3 May 2011\nPublication: The Valley Post",
    ],
)
def test_the_header_is_read_from_its_lines(head: str) -> None:
    heading = read(f"{head}\n\n{TEXT}\n", "mill.md").heading
    found = (heading.title, heading.author, heading.date, heading.publication)
    assert found == ("The Mill", ["Anna Teal"], "2011-05-03", "The Valley Post")


def test_labels_become_lists() -> None:
    heading = read(f"The Mill\n\nRegion: [North](#), [Coast](#)\n\nTheme: Water\n\n{TEXT}", "mill.md").heading
    assert (heading.region, heading.themes) == (["North", "Coast"], ["Water"])


def test_a_page_tells_of_itself() -> None:
    page = (
        '<html lang="de-AT"><head><title>Die Mühle - Talpost</title><meta property="og:site_name" content="Talpost">'
        '<link rel="canonical" href="https://talpost.example/muehle"><meta name="author" content="A Theme Designer">'
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2011-05-03T10:00:00Z",'
        '"author":[{"@type":"Person","name":"Anna Teal"}]}</script></head>'
        f"<body><h1>Die Mühle</h1><p>Sie stand am Fluss. {TEXT}</p></body></html>"
    )
    heading = read(page, "mill.html").heading
    assert (heading.title, heading.author, heading.date) == ("Die Mühle", ["Anna Teal"], "2011-05-03")
    assert (heading.publication, heading.source_url) == ("Talpost", "https://talpost.example/muehle")


def test_the_author_of_a_theme_is_nobodys_byline() -> None:
    page = (
        f'<html><head><meta name="author" content="Pixel Studio"></head><body><h1>Mill</h1><p>{TEXT}</p></body></html>'
    )
    assert read(page, "mill.html").heading.author == []


def test_header_lines_are_no_text() -> None:
    assert body(read(f"The Mill\n\nBy Anna Teal\n\n3 May 2011\n\n{TEXT}")) == [" ".join(TEXT.split())]


def test_front_matter_that_has_no_place_is_reported() -> None:
    found = read(f"---\ntitle: The Mill\nmood: gloomy\n---\n\n{TEXT}", "mill.md")
    assert any("mood" in doubt.message and "gloomy" in doubt.message for doubt in found.doubts)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mill was by the river and it was not for the people of the town that it stood there.", "en"),
        ("Die Mühle stand nicht am Fluss, und das war für die Leute auch gut so, denn es ist nass.", "de"),
        ("Мельница стояла на реке, и это было не для людей, а для того, что с ней случилось.", "ru"),
        ("הטחנה עמדה על הנהר", "he"),
        ("الطاحونة كانت على النهر من قديم إلى أن احترقت في ليلة", "ar"),
        ("水车在河边。", "zh"),
        ("水車は川のそばにありました。", "ja"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert detect_language(text)[0] == language


def test_lines_of_markdown_that_are_set_as_lines_stay_lines() -> None:
    found = read(f"# The Mill\n\n{TEXT}\n\nThe wheel,  \nthe stone,  \nthe dog.\n", "mill.md")
    assert "\n".join(found.blocks[-1].raw_text().split("\n")) == "The wheel,\nthe stone,\nthe dog."
