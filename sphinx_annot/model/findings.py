"""What the check of quotations has to say to their author: verdicts as problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_annot.model.problems import Code, Problem
from sphinx_annot.model.values import clip, first_words
from sphinx_annot.model.verdict import Kind, Remark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sphinx_annot.model.lock import ReviewLock
    from sphinx_annot.model.quotations import Checked, Quotation
    from sphinx_annot.model.verdict import Verdict

_WORDS = 60


def findings(
    checked: Iterable[Checked], folder: str = "", looked_at: Collection[ReviewLock] = frozenset()
) -> Iterator[Problem]:
    """Yield the problems of quotations that name a source.

    ``folder`` is that of the snapshots as messages name it, ``looked_at`` what a person has reviewed before.
    """
    for item in checked:
        quotation, verdict = item.quotation, item.verdict
        if not (quotation.source and quotation.words.strip()):
            continue
        if verdict.is_refused:
            yield _refused(quotation, verdict, folder)
        elif verdict.kind is Kind.UNCHECKED:
            # an unknown key has been reported where it stands
            if quotation.key:
                yield _unchecked(quotation, verdict)
        else:
            yield from _reviewed(quotation, verdict, folder, looked_at)


def review_lock(quotation: Quotation, what: str, words: str) -> ReviewLock:
    """Return what the lock file keeps of a matter that a person has reviewed."""
    from sphinx_annot.model.lock import ReviewLock, digest  # noqa: PLC0415 (most builds have nothing to review)

    return ReviewLock(digest(quotation.words), digest(f"{what}: {words}"))


def where(quotation: Quotation, verdict: Verdict, folder: str) -> str:
    """Return the text that a verdict is about as a message names it, with the line if that is known."""
    if quotation.edition:
        return f'the edition "{clip(quotation.key)}"'
    name = _path(folder, verdict.snapshot)
    return f"{name}:{verdict.line}" if verdict.line else name


def _path(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _refused(quotation: Quotation, verdict: Verdict, folder: str) -> Problem:
    words, stored = first_words(quotation.words, _WORDS), where(quotation, verdict, folder)
    if verdict.kind is Kind.MISSING:
        named = stored if quotation.edition else " or ".join(_path(folder, name) for name in quotation.snapshots)
        message = f'nothing like "{words}" stands in {named}; '
        message += "correct the source, or add the snapshot that has the words"
        return Problem(code=Code.QUOTE_MISSING, message=message, place=quotation.place)
    if Remark.ELSEWHERE in verdict.remarks and not verdict.near:
        message = f'"{words}" stands in {stored}, but not at "{clip(quotation.locator)}"; correct the locator'
    elif Remark.ORDER in verdict.remarks:
        message = f'the parts of "{words}" stand in another order in {stored}, or overlap; correct the quotation'
    else:
        remedy = "correct the quotation, or declare the change with [...] or [word]"
        message = f'"{words}" differs from {stored}: {verdict.near or "it has other words"}; {remedy}'
    return Problem(code=Code.QUOTE_MISMATCH, message=message, place=quotation.place)


def _unchecked(quotation: Quotation, verdict: Verdict) -> Problem:
    words = first_words(quotation.words, _WORDS)
    if quotation.unchecked:
        message = f'"{words}" is declared unchecked: {clip(quotation.unchecked)}'
    elif Remark.NO_SNAPSHOT in verdict.remarks:
        none = "no snapshot that can be read" if quotation.snapshots else "no snapshot"
        message = f'"{words}" is not checked: the source "{clip(quotation.key)}" has {none}; '
        message += "store its text and name the file in :snapshot:"
    elif Remark.TOO_FAR in verdict.remarks:
        message = f'"{words}" proves little: its elision leaves out too many words; quote the parts one by one'
    else:
        message = f'"{words}" is too short to prove anything by occurring; give it a locator, or quote more words'
    return Problem(code=Code.QUOTE_UNCHECKED, message=message, place=quotation.place)


def _reviewed(
    quotation: Quotation, verdict: Verdict, folder: str, looked_at: Collection[ReviewLock]
) -> Iterator[Problem]:
    stored = where(quotation, verdict, folder)
    for item in verdict.review:
        if review_lock(quotation, item.what, item.words) not in looked_at:
            message = f'"{first_words(quotation.words, _WORDS)}" is exact, with a {item.what} ("{clip(item.words)}"); '
            message += f"read it beside {stored}, then settle it: sphinx-annot accept PROJECT {quotation.id}"
            yield Problem(code=Code.REVIEW, message=message, place=quotation.place)
