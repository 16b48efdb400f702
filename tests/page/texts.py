"""The pages that are opened: one with marks in every kind of place, one crowded with notes, one from right to left."""

from __future__ import annotations

import base64
import random
from itertools import cycle
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

THEMES = ("alabaster", "furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme")
KINDS = ("", "context", "gloss", "dispute", "evidence", "correction")
_GREY = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAAAAABawyK/AAAADklEQVR42mOYCQQMIAIAF/IEyXDA9I0AAAAASUVORK5CYII="
)
_WORDS = (
    "the keeper of a light counts what the sea takes and gives back while others sleep and the log has room for one "
    "line a night which he fills with weather and with the names of ships that passed before the lamp was trimmed"
).split()
_ARABIC = (
    "كان حارس المنارة يكتب كل ليلة سطرا واحدا عن البحر والريح والسفن التي مرت قبل أن يوقد المصباح ثم يعود إلى بيته"
).split()

CONFIG: Mapping[str, object] = {
    "myst_enable_extensions": ["colon_fence", "deflist"],
    "annot_paragraph_numbers": True,
    "annot_reader_controls": True,
    "annot_kinds": {"task": {"title": "Task", "series": "teacher"}},
    "annot_series": {"teacher": {"title": "For teachers", "style": "upper-alpha"}},
    "suppress_warnings": ["annot.number"],
    "html_copy_source": False,
}

PLACES = """\
# The log of the Outer Light

:::{annot:ednote} title
:by: M. Orr

To the title of the whole text.
:::

:::{annot:edition} log
:author: Ines Hallberg
:container-title: Harbour Papers
:issued: 1923-03-04
:editor: M. Orr
:url: https://example.org/log
:::

:::{annot:source} almanac
:author: Per Lund
:title: Almanac for Pilots
:issued: 1919
:publisher: Lund & Daughters
:url: https://example.org/almanac/volumes/nineteen-nineteen/with-a-long-address-that-has-to-break-somewhere
:archive-url: https://archive.example.org/almanac
:archive-date: 1920-01-02

A remark of the editor's on the almanac.
:::

:::{annot:source} chart
:title: Chart of the Sound
:issued: 1901
:::

The lamp was lit at *eight* {annot:cite}`almanac, p. 3` and burned until morning, as the almanac asks of every keeper
along this coast {annot:cite}`almanac; chart`. Nobody saw the packet boat pass, though two men were awake and the air
was clear as glass.

:::{annot:ednote} clear
:on: clear as glass
:kind: context
:by: M. Orr

The barometer of that night is in the harbour office.
:::

:::{annot:ednote} men
:on: two men were awake and the air was clear
:kind: dispute
:by: M. Orr

Other papers speak of one.
:::

## What a heading holds

:::{annot:ednote} heading
:kind: gloss

To the heading.
:::

- An item of the list whose middle words are glossed, and
- one more item,

  - with a nested item about the second hand,

    :::{annot:ednote} nested
    :on: second hand
    :kind: gloss

    Inside a list inside a list.
    :::

:::{annot:ednote} item
:on: middle words
:kind: correction
:by: A reader

Inside an item.
:::

:::{table} Oil used in a month
:name: oil

| Week | Gallons of oil | Remarks of the keeper, as far as they can be read | Signature_of_the_inspector_in_full |
|------|----------------|---------------------------------------------------|------------------------------------|
| 1    | 12             | fog and rain, and a_word_longer_than_any_column   | a signature that nobody can read   |
| 2    | 14             | clear                                             | the same                           |
:::

:::{annot:ednote} table
:on: fog and rain
:kind: evidence

To words in a cell.
:::

:::{figure} grey.png
:alt: A grey field
:width: 400px

The caption of a figure, with caption words in it.
:::

:::{annot:ednote} caption
:on: caption words

To a caption.
:::

:::{admonition} A box of the author's

Boxed words stand in a box.

A second paragraph in it.
:::

:::{annot:ednote} boxed
:on: Boxed words

To words in a box, whose note follows the whole of it.
:::

Term of the trade
: What a term of the trade means, defined at the length of a line or two so that it is seen to run on.

:::{annot:ednote} definition
:on: defined at the length

To a definition.
:::

> A block quotation that is no passage and has quoted words in it, set by the author as authors do, over two lines.

:::{annot:ednote} quoted
:on: quoted words

To words in a block quotation.
:::

:::{annot:passage} lund
:source: almanac
:locator: p. 12
:unchecked: no copy

Let the keeper write one line a night, and let that line be true, whatever else the sea may ask of him in the dark.
:::

:::{annot:ednote} true
:on: let that line be true
:kind: context
:by: M. Orr
:in: "#lund"

A note with everything in it:

- an item,
- another one with more words than fit in a line of the margin.

> Quoted in a note.

| Year | Lines |
|------|-------|
| 1919 | 365   |

```python
def lines(nights, lines_a_night=1, missing=()):
    return nights * lines_a_night - len(missing)
```

![A grey field](grey.png)

The end of it, with a [link](https://example.org/end) {annot:cite}`chart`.
:::

A paragraph with code below it[^own] and a task at the end of these words.

```python
def a_line_of_code_that_is_wider_than_the_column(of_text, and_so, has_to, be_scrolled, sideways, by_the_reader):
    return of_text
```

[^own]: The author's own footnote.

:::{annot:ednote} ask
:on: a task at the end
:kind: task
:by: AB

What would you write in one line?
:::

A last paragraph of the text, so that the margin has room, with an inner light {annot:noteref}`twice` marked twice
{annot:noteref}`twice` by its author.

:::{annot:ednote} twice
:kind: gloss
:by: M. Orr

Marked in two places.
:::

:::{annot:ednote} lost
:on: words that are not in the text
:by: A reader

Has lost its place.
:::

:::{annot:backmatter}
About the author: a keeper's daughter.
:::
"""

LAYER = """\
# Notes of a second reader

:::{annot:layer}
:in: places
:by: Second reader
:kind: evidence
:::

:::{annot:ednote} second-lamp
:on: The lamp was lit

The log says nothing of who lit it.
:::
"""

REGISTERS = """\
# Registers

## All sources

:::{annot:register}
:of: sources
:in: "*"
:::

## All notes

:::{annot:register}
:of: notes
:in: places
:::

## All passages

:::{annot:register}
:of: passages
:in: places
:::
"""

PLAIN = "# A page without notes\n\nNothing to see.\n"

#: A theme that positions what notes stand in, as some do.
HOSTILE_CSS = (
    "li, table, blockquote, dl, dd, figure, td { position: relative; } h1, h2, p { position: relative; left: 0; }\n"
)


def _sentence(rng: random.Random, words: list[str], count: int) -> str:
    return " ".join(rng.choice(words) for _ in range(count)).capitalize() + "."


def _note(name: str, lemma: str, kind: str, body: str, *, by: str = "") -> str:
    options = [f":on: {lemma}", *([f":kind: {kind}"] if kind else []), *([f":by: {by}"] if by else [])]
    return "\n".join([f":::{{annot:ednote}} {name}", *options, "", body, ":::", ""])


def crowded(count: int, *, long: bool = True, seed: int = 3) -> str:
    """A text with `count` notes, two to five a paragraph, of one line to three paragraphs each."""
    rng = random.Random(seed)
    return "\n".join(
        [
            "# A crowded page",
            "",
            ":::{annot:edition} crowd",
            ":author: A keeper",
            ":::",
            "",
            *_crowd(rng, count, long=long),
        ]
    )


def _crowd(rng: random.Random, count: int, *, long: bool) -> Iterator[str]:
    kinds, number = cycle(KINDS), 0
    while number < count:
        if number % 9 == 0:
            yield f"## Part {number}\n"
        names = range(number, min(count, number + rng.randint(2, 5)))
        number = names.stop
        words = [f"{_sentence(rng, _WORDS, rng.randint(3, 12))[:-1]}, lamp number {name}" for name in names]
        yield f"{_sentence(rng, _WORDS, rng.randint(30, 60))} {'. '.join(words)}.\n"
        for name in names:
            sizes = rng.choice([[4], [5], [25], [30, 45, 20]]) if long else [rng.randint(3, 25)]
            body = "\n\n".join(_sentence(rng, _WORDS, size) for size in sizes)
            yield _note(f"n{name}", f"lamp number {name}", next(kinds), body, by="M. Orr" if name % 3 else "")


def arabic() -> str:
    """A text from right to left, with notes in it and in a list."""
    rng = random.Random(5)
    parts = ["# سجل المنارة", "", ":::{annot:edition} sijill", ":language: ar", ":author: الحارس", ":::", ""]
    for number in range(8):
        parts += [f"{_sentence(rng, _ARABIC, 40)} المصباح رقم {number} {_sentence(rng, _ARABIC, 12)}", ""]
        kind = KINDS[number % len(KINDS)]
        parts.append(_note(f"r{number}", f"المصباح رقم {number}", kind, _sentence(rng, _ARABIC, 15), by="المحرر"))
    return "\n".join([*parts, "- في القائمة كلمات أخيرة هنا.", "", _note("rl", "كلمات أخيرة", "gloss", "في قائمة.")])


def files() -> dict[str, str | bytes]:
    """The whole project, without its configuration."""
    names = ("places", "second", "crowded", "arabic", "registers", "plain")
    return {
        "index.md": "# Pages\n\n```{toctree}\n" + "\n".join(names) + "\n```\n",
        "places.md": PLACES,
        "second.md": LAYER,
        "registers.md": REGISTERS,
        "plain.md": PLAIN,
        "crowded.md": crowded(300),
        "arabic.md": arabic(),
        "grey.png": _GREY,
        "_static/hostile.css": HOSTILE_CSS,
    }
