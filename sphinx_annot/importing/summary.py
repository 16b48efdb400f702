"""An article as the plain data that ``inspect --json`` prints."""

from __future__ import annotations

from typing import Any

from sphinx_annot.importing.article import Article, Block, Mend, all_leaves, squeeze
from sphinx_annot.importing.words import NOTE_HEADING

_HEAD, _ENDS = 60, 40


def summary(article: Article) -> dict[str, Any]:
    """Return what was found in ``article`` as JSON-ready values."""
    heading = article.heading
    single = {
        "publication": heading.publication,
        "source_url": heading.source_url,
        "subtitle": heading.subtitle,
        "copyright": heading.copyright,
    }
    result: dict[str, Any] = {
        "title": heading.title,
        "author": ", ".join(heading.author) or None,
        "date": heading.date or None,
        **{key: value for key, value in single.items() if value},
        **({"translator": ", ".join(heading.translator)} if heading.translator else {}),
        **({"editor": ", ".join(heading.editor)} if heading.editor else {}),
        **({"region": heading.region} if heading.region else {}),
        **({"themes": heading.themes} if heading.themes else {}),
        "language": heading.language or None,
        "markers": [
            {
                "n": mark.label,
                "after": mark.after,
                "note": article.notes[mark.note].key if mark.note >= 0 else None,
                "line": mark.line,
            }
            for mark in article.marks
        ],
        "notes": [_note(note.key, note.label, note.text(), note.urls, note.line) for note in article.notes],
        "block_quotes": [_quotation(block) for block in quotations(article)],
        "bold_names": _bold(article),
        "back_matter": _back_matter(article),
        "repairs": [_repair(mend) for mend in article.mends if mend.kind != "running-head"],
        "paragraphs": sum(
            leaf.kind == "paragraph" and leaf.part == "body"
            for block in article.blocks
            if block.part == "body"
            for leaf in block.leaves()
        ),
        "doubtful": [{"line": doubt.line, "message": doubt.message} for doubt in article.doubts],
    }
    return result


def quotations(article: Article) -> list[Block]:
    """Return the blocks that are displayed quotations, in order."""
    found: list[Block] = []

    def walk(blocks: list[Block]) -> None:
        for block in blocks:
            if block.quotation is not None:
                found.append(block)
            else:
                walk(block.children)

    walk([block for block in article.blocks if block.part == "body"])
    return found


def _note(key: str, label: str, text: str, urls: list[str], line: int) -> dict[str, Any]:
    return {
        "id": key,
        "n": label,
        "text_start": text[:_HEAD],
        "url": urls[0] if urls else None,
        "urls": urls,
        "line": line,
    }


def _quotation(block: Block) -> dict[str, Any]:
    text = squeeze(" ".join(leaf.text() for leaf in block.leaves()))
    who = block.quotation.speaker if block.quotation else ""
    return {"start": text[:_ENDS], "end": text[-_ENDS:], "attributed_to": who or None, "line": block.line}


def _bold(article: Article) -> list[str]:
    names = []
    for leaf in all_leaves(block for block in article.blocks if block.part == "body"):
        if leaf.kind in ("paragraph", "verse") and not NOTE_HEADING.match(leaf.text()):
            names += [
                squeeze(run.text) for run in leaf.runs if "strong" in run.styles and run.mark < 0 and run.text.strip()
            ]
    return names


def _back_matter(article: Article) -> list[dict[str, Any]]:
    result: list[dict[str, Any]] = []
    for block in article.blocks:
        if block.part != "back":
            continue
        start = block.attribution or block.text()[:_HEAD]
        if block.info in ("boilerplate", "metadata-header") and any(entry["kind"] == block.info for entry in result):
            continue
        result.append({"kind": block.info, "start": start, "line": block.line})
    return result + [{"kind": kind, "start": start} for kind, start in article.chrome]


def _repair(mend: Mend) -> dict[str, Any]:
    if mend.kind == "url-join":
        return (
            {"kind": mend.kind, "note": mend.note, "parts": [mend.before, mend.then], "line": mend.line}
            if mend.note
            else {"kind": mend.kind, "text": mend.text, "line": mend.line}
        )
    entry: dict[str, Any] = {"kind": mend.kind, "line": mend.line}
    if mend.before:
        entry |= {"before": mend.before, "then": mend.then}
    elif mend.text:
        entry["text"] = mend.text
    if mend.count > 1:
        entry["count"] = mend.count
    return entry
