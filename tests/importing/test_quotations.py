"""Which blocks are quotations, who speaks, what they are taken from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_annot.importing.summary import quotations
from tests.importing.reading import read

if TYPE_CHECKING:
    from sphinx_annot.importing.article import Article

BEFORE = "It stood by the river for a hundred years, and everybody in the valley knew the sound of its wheel."
WORDS = "The wheel turned all night, and none of us could sleep for the silence when it stopped."


def spoken(article: Article) -> list[tuple[str, str]]:
    return [(block.text(), block.quotation.speaker if block.quotation else "") for block in quotations(article)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{BEFORE}\n\nAnna Teal writes:\n\n> {WORDS}", "mill.md"),
        (f"{BEFORE}\n\nAnna Teal writes:\n\n    {WORDS[:42]}\n    {WORDS[42:].strip()}", "mill.txt"),
        (f'{BEFORE}\n\nAnna Teal told the paper:\n\n"{WORDS}"', "mill.txt"),
        (f"{BEFORE}\n\nAccording to Anna Teal:\n\n“{WORDS}”", "mill.md"),
        (f"{BEFORE}\n\nSelon Anna Teal :\n\n« {WORDS} »", "mill.md"),
        (f"{BEFORE}\n\nWie Anna Teal schreibt:\n\n„{WORDS}“", "mill.md"),
        (f"<h1>M</h1><p>{BEFORE}</p><p>Anna Teal wrote:</p><blockquote><p>{WORDS}</p></blockquote>", "mill.html"),
        (f"{BEFORE}\n\n> {WORDS}\n>\n> — Anna Teal", "mill.md"),
        (
            f"{BEFORE}\n\n<figure><blockquote><p>{WORDS}</p></blockquote><figcaption>Anna Teal</figcaption></figure>",
            "mill.md",
        ),
    ],
)
def test_a_quotation_and_its_speaker(text: str, name: str) -> None:
    ((words, who),) = spoken(
        read(f"{text}\n\nThen it burned, and nobody built it again.\n" if "html" not in name else text, name)
    )
    assert WORDS in words
    assert who == "Anna Teal"


def test_a_report_is_traced_to_the_mark_before_it() -> None:
    text = (
        f'Mill\n\nAnna Teal reported [1] for The Post that the mill is gone. \n\nThe report states:\n\n"{WORDS}"\n\n'
        "Notes\n\n[1] The Mill Is Gone. https://post.example.org/mill\n"
    )
    (quotation,) = quotations(read(text))
    assert quotation.quotation is not None
    assert (quotation.quotation.speaker, quotation.quotation.note) == ("Anna Teal, The Post", 0)


def test_a_pronoun_goes_back_to_who_spoke_last() -> None:
    after = '"And in the morning it was gone for good and all."'
    text = f'Mill\n\n{BEFORE}\n\nAnna Teal said:\n\n"{WORDS}"\n\nThen she added:\n\n{after}\n'
    assert [who for _, who in spoken(read(text))] == ["Anna Teal", "Anna Teal"]


def test_several_paragraphs_of_one_quotation() -> None:
    text = f"Mill\n\n{BEFORE}\n\nAnna Teal said:\n\n“{WORDS}\n\n“It never turned again, not once.”\n\nThen it burned.\n"
    assert len(spoken(read(text))) == 1
    assert spoken(read(text))[0][0].endswith("not once.”")


@pytest.mark.parametrize(
    "text",
    [
        "    1. The wheel, of oak.\n    2. The stones, of lava.\n    3. The miller, of no fixed abode.",
        "    Wheel ........ 3\n    Stones ....... 14\n    Miller ....... 27\n    Dog .......... 31",
    ],
)
def test_indented_lists_and_tables_are_no_quotations(text: str) -> None:
    assert not spoken(read(f"Mill\n\n{BEFORE}\n\nThis is what there was:\n\n{text}\n\nThen it burned, and so on.\n"))


def test_dialogue_is_no_row_of_quotations() -> None:
    lines = "\n\n".join(f'"I have nothing to say about the mill, not today," said number {n}.' for n in range(12))
    assert not spoken(read(f"Mill\n\n{BEFORE}\n\n{lines}\n"))


def test_words_quoted_inside_a_sentence_stay_there() -> None:
    assert not spoken(read(f'Mill\n\n{BEFORE}\n\n"The wheel turned," she said, "all night long and into the day."\n'))


@pytest.mark.parametrize(
    ("before", "after", "who"),
    [
        (
            "This court explained it in In re Mill Owners, 676 F.2d 793 (D.C. Cir. 1982):",
            "Id. at 807.",
            "In re Mill Owners",
        ),
        ("The owners rely on their contract:", "Mill Contract at p 2. The board does not.", "Mill Contract at p 2"),
    ],
)
def test_a_citation_beside_a_quotation_is_its_attribution(before: str, after: str, who: str) -> None:
    text = f"Mill\n\n{BEFORE}\n\n{before}\n\n    {WORDS[:42]}\n    {WORDS[42:].strip()}\n\n{after}\n"
    ((_, found),) = spoken(read(text))
    assert found.startswith(who)
