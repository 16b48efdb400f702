"""How values are printed: names, whole and short, and that of a source behind that of who speaks."""

from __future__ import annotations

import pytest

from sphinx_annot.model.records import Source
from sphinx_annot.model.values import family_name, persons, printed_name, reference_after, short_reference


@pytest.mark.parametrize(
    ("speaker", "authors", "reference"),
    [
        ("Ada Holm", ("Ada Holm",), "1921"),
        ("Holm, Ada", ("Ada Holm",), "1921"),
        ("Ada Holm", ("Ada Holm", "Otto Berg"), "Holm & Berg 1921"),
        ("Ada Holm", ("Ina Holmes",), "Holmes 1921"),
        ("Otto Berg", ("Ada Holm",), "Holm 1921"),
        ("", ("Ada Holm",), "Holm 1921"),
        ("County Council", ("{County Council}",), "1921"),
        ("County Council", ("{Town Council}",), "Town Council 1921"),
        ("The Lighting Board", ("The Lighting Board",), "1921"),
    ],
)
def test_an_author_who_speaks_is_not_named_twice(speaker: str, authors: tuple[str, ...], reference: str) -> None:
    source = Source(key="ferry", author=authors, title="The Ferry", issued="1921-04")
    assert reference_after(speaker, source) == reference


def test_a_speaker_is_no_title() -> None:
    assert reference_after("The Ferry", Source(key="ferry", title="The Ferry")) == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Holm; Berg, Otto", ("Ada Holm", "Berg, Otto")),
        ("The Lighting Board,; Ada Holm ,", ("The Lighting Board", "Ada Holm")),
        ("{Rail; Road}; Ada Holm", ("{Rail; Road}", "Ada Holm")),
        ("{Rail; Road", ("{Rail", "Road")),
        (" ; ,; {}", ()),
    ],
)
def test_names_stand_between_semicolons(text: str, names: tuple[str, ...]) -> None:
    assert persons(text) == names


@pytest.mark.parametrize("name", ["{County Council}", "{{County Council}}", "County Council,"])
def test_braces_are_not_printed(name: str) -> None:
    assert printed_name(name) == "County Council"


@pytest.mark.parametrize(
    "name",
    [
        "{County Council}", "{Holm, Berg and Sons}", "The Lighting Board", "Ministry of Roads and Bridges",
        "Holm & Berg", "Das Amt", "Gesellschaft für Erdkunde", "Le Monde", "Les Temps modernes", "L’Est Républicain",
        "El País", "Istituto per il Clima", "Vereniging voor Wegen en Bruggen",
    ],
)  # fmt: skip
def test_the_name_of_an_institution_is_not_cut(name: str) -> None:
    whole = name.strip("{}")
    assert family_name(name) == whole
    assert short_reference(Source(key="roads", author=(name,), issued="1903")) == f"{whole} 1903"


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Simone de Beauvoir", "Beauvoir"),
        ("de Beauvoir, Simone", "de Beauvoir"),
        ("{de Beauvoir}, Simone", "de Beauvoir"),
        ("Maria von der Heide", "Heide"),
        ("Karl von und zu Berg", "Berg"),
        ("Lucia della Torre", "Torre"),
        ("José Ortega y Gasset", "Gasset"),
        ("Ursula Le Guin", "Guin"),
        ("Les Murray", "Murray"),
        ("Holm, Ada and Berg, Otto", "Holm"),
        ("Theodora", "Theodora"),
    ],
)
def test_the_name_of_a_person_is_cut(name: str, family: str) -> None:
    assert family_name(name) == family
