"""Notes below a line at the foot of a page, with figures glued to the words, as courts print them."""

from __future__ import annotations

from tests.importing.reading import body, pairs, read

BODY = "The mill stood by the river for a hundred years.1  The Board found, see 42 U.S.C. s 602(13), that it had no"
OPINION = f"""The Mill

     {BODY}
permit. It argues (1) that it had one and (2) that nobody asked.2  So ordered.

______________

     1   It burned after the case was argued.

     2   The record holds none.

     The judgment is affirmed, and that is the end of it.
"""


def test_notes_below_a_rule_are_found_by_their_glued_figures() -> None:
    found = read(OPINION)
    assert [mark.after.split()[-1] for mark in found.marks] == ["years.", "asked."]
    assert pairs(found) == [("1", "It burned after"), ("2", "The record holds")]
    assert body(found)[-1] == "The judgment is affirmed, and that is the end of it."


def test_glued_figures_without_such_notes_are_no_marks() -> None:
    assert not read(f"The Mill\n\n{BODY} permit.2\n").marks
