"""Snapshots are read as a reader sees them, with a way back to the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_annot.model.bare import is_inline
from sphinx_annot.model.fold import fold, strip_folded
from sphinx_annot.model.snapshots import Snapshot, Unreadable, read, visible


def shown(markup: str) -> str:
    return " ".join(visible(markup)[0].split())


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One &amp; two&nbsp;caf&eacute; &#8211; &#x201c;x&rdquo;</p>", "One & two café – “x”"),
        ("AT&T and R&D &copy 5 < 6", "AT&T and R&D © 5 < 6"),
        ("<head><title>No</title><body>Yes", "Yes"),
        ("a<br>b<p>c<div>d</div>e", "a b c d e"),
        ("w<b>or</b>d", "word"),
        ("<p>a</p><script>var x = '<p>no</p>';</script><style>p {}</style><template>no</template><p>b", "a b"),
        ("<p hidden>no</p>a<span style='display: none'>no</span><!-- no -->b", "ab"),
        ("<p>end<sup><a href='#n'>3</a></sup> and x<sup>2</sup> and 1<sup>er</sup></p>", "end[3] and x² and 1er"),
        ("<p>end<a href='#n'><sup>*</sup></a> <a epub:type='noteref' href='#m'>4</a></p>", "end[*] [4]"),
        ("<p>end<sup>[7]</sup></p>", "end[7]"),
        ("<table><tr><td>a<td>b</table>", "a b"),
        ("<p/>a<br/>b<script/>c", "a b c"),
        ("</b></p>a</div>", "a"),
    ],
)
def test_what_a_reader_sees_of_a_page(markup: str, text: str) -> None:
    assert shown(markup) == text


def test_places_lead_back_into_the_page() -> None:
    markup = "<p>One &amp; <em>two</em></p>\n<p>caf&eacute;<sup>2</sup> end</p>"
    snapshot = read("page.html", markup.encode())
    assert isinstance(snapshot, Snapshot)
    for words, stored in [("& two", "&amp; <em>two"), ("café", "caf&eacute;"), ("end", "end")]:
        at = snapshot.text.index(words)
        start, end = snapshot.stored_span(at, at + len(words))
        assert snapshot.stored[start:end] == stored
    assert snapshot.line(snapshot.stored.index("end")) == 2


@settings(deadline=None)
@given(st.text(st.sampled_from("ab<>/p&;# \n\"'=!-sup1"), max_size=60))
def test_any_markup_is_read_and_every_character_comes_from_somewhere(markup: str) -> None:
    text, stage = visible(markup)
    for at in range(len(text)):
        start, end = stage.start(at), stage.end(at + 1)
        assert 0 <= start <= end <= len(markup)
        if end - start == 1 and text[at] not in "\n⁰¹":
            assert markup[start] == text[at]


def test_bytes_that_are_no_utf_8_are_located() -> None:
    assert read("a.txt", b"caf\xe9") == Unreadable("a.txt", 3)


def test_a_byte_order_mark_counts_and_does_not_matter() -> None:
    snapshot = read("a.txt", "\ufeffwords".encode())
    assert isinstance(snapshot, Snapshot)
    assert snapshot.stored == "\ufeffwords"
    assert snapshot.folded.text == "words"


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("a *b* **c** ***d*** _e_ `f`", "a b c d e f"),
        ("3 * 4 and 3*4 and snake_case", "3 * 4 and 3*4 and snake_case"),
        ('see [the page](https://e.org/a_(b) "T"), [this][ref]', "see the page, this"),
        ("![a picture](x.png)end", "end"),
        ("word [13], word[^n] word¹²; word† word [a]. word [iv]", "word, word word; word word. word"),
        ("end. [^4]In the", "end. In the"),
        ("5 km² and 10² and [T]he, walk[ed], [95 % CI]", "5 km² and 10² and [T]he, walk[ed], [95% CI]"),
        ("It was over.12 The next", "It was over. The next"),
        ("See vol.12 The", "See vol.12 The"),
        ("> quoted\n> lines", "quoted lines"),
        ("# Title\n\n- one\n- two\n\ngone\n- it has", "Title one two gone-it has"),
        ("1\\. \\*a\\* &amp; <em class='x'>b</em> <https://e.org>", "1. *a* & b <https://e.org>"),
        ("on [p. 12] the [Pg 3] page", "on the page"),
        ("天 [3]气", "天气"),
    ],
)
def test_tier_2_takes_out_markup_and_marks(marked: str, bare: str) -> None:
    assert fold(marked, 2, blocks=False).text == bare


@settings(deadline=None)
@given(st.text(st.sampled_from("ab 12[]()*_^\\`>#-.¹†\n&;<"), max_size=60))
def test_tier_2_keeps_the_way_back(text: str) -> None:
    folded = fold(text, 2)
    last = 0
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert start >= last or (start, end) == folded.span(at - 1, at)
        last = start


WORDS = [
    "tide",
    "*low*",
    "_sea_",
    "end.[12]",
    "end [3]",
    "[it](u)",
    "so",
    "¹²,",
    "“a”",
    "(b)",
    "—",
    "in-\nner",
    "\n",
    "\n\n",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_tier_2_may_be_made_out_of_tier_1(text: str) -> None:
    if is_inline(text):
        quick = strip_folded(fold(text, blocks=False))
        assert quick.text == fold(text, 2, blocks=False).text
        for at in range(len(quick.text)):
            start, end = quick.span(at, at + 1)
            assert 0 <= start < end <= len(text)
