"""How values are printed: the name of a source behind that of who speaks."""

from __future__ import annotations

import pytest

from sphinx_annot.model.records import Source
from sphinx_annot.model.values import reference_after


@pytest.mark.parametrize(
    ("speaker", "authors", "reference"),
    [
        ("Ada Holm", ("Ada Holm",), "1921"),
        ("Holm, Ada", ("Ada Holm",), "1921"),
        ("Ada Holm", ("Ada Holm", "Otto Berg"), "Holm & Berg 1921"),
        ("Ada Holm", ("Ina Holmes",), "Holmes 1921"),
        ("Otto Berg", ("Ada Holm",), "Holm 1921"),
        ("", ("Ada Holm",), "Holm 1921"),
    ],
)
def test_an_author_who_speaks_is_not_named_twice(speaker: str, authors: tuple[str, ...], reference: str) -> None:
    source = Source(key="ferry", author=authors, title="The Ferry", issued="1921-04")
    assert reference_after(speaker, source) == reference


def test_a_speaker_is_no_title() -> None:
    assert reference_after("The Ferry", Source(key="ferry", title="The Ferry")) == ""
