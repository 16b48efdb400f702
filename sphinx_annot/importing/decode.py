"""Bytes -> text, whatever the encoding, without a guess where a rule will do."""

from __future__ import annotations

import codecs
import re

from sphinx_annot.importing.article import ArticleError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_MOJIBAKE = re.compile(r"(?:[ÂÃâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2})")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"{\\rtf")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of ``data`` with line feeds only, and the name of its encoding.

    A byte order mark decides, then UTF-8, then what an HTML or XML file declares, then Windows-1252 (which
    holds Latin-1). Raises ``ArticleError`` for bytes that are no text.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise ArticleError("the file is empty")
    if data.startswith(_BINARY):
        raise ArticleError("this is no text file; save the article as text, Markdown or HTML first")
    text, encoding = _decode(data)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = text.replace("\u2029", "\n\n").replace("\x85", "…" if encoding == "latin-1" else "\n").replace("\x0b", "\n")
    if len(_CONTROL.findall(text)) > max(8, len(text) // 50):
        raise ArticleError("this is no text file; save the article as text, Markdown or HTML first")
    return _CONTROL.sub("", text), encoding


def _decode(data: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace"), encoding
    wide = _wide(data)
    if wide:
        return data.decode(wide, errors="replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    found = _DECLARED.search(data[:2048])
    for encoding in ([found[1].decode("ascii", "replace")] if found else []) + ["cp1252"]:
        try:
            return data.decode(encoding), encoding.lower()
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1"), "latin-1"


def _wide(data: bytes) -> str:
    """Recognise UTF-16 without a byte order mark by its zero bytes."""
    sample = data[:4000]
    if len(sample) < 8 or sample.count(0) < len(sample) // 4:
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def undo_double_encoding(text: str) -> tuple[str, int]:
    """Mend UTF-8 that was read as Windows-1252 and saved again; return the text and how many places."""
    count = 0

    def mend(match: re.Match[str]) -> str:
        nonlocal count
        raw = bytearray()
        for char in match[0]:
            try:
                raw += char.encode("cp1252")
            except UnicodeEncodeError:
                if ord(char) > 255:
                    return match[0]
                raw.append(ord(char))
        try:
            fixed = raw.decode("utf-8")
        except UnicodeDecodeError:
            return match[0]
        count += 1
        return fixed

    return _MOJIBAKE.sub(mend, text), count
