"""What is typed to break out of each output. ``PROOF`` is what must never be live markup."""

from __future__ import annotations

from typing import Final

PROOF: Final = "annotproof"

#: Words that are markup somewhere: HTML, LaTeX, roff, Texinfo, EPUB.
PAYLOADS: Final = {
    "script": f"<script>{PROOF}()</script>",
    "image": f"<img src=x onerror={PROOF}()>",
    "double quote": f'" onmouseover="{PROOF}()',
    "single quote": f"' onmouseover='{PROOF}()",
    "closing tags": f"</p></div></aside></a></title><script>{PROOF}()</script>",
    "comment": f"--><script>{PROOF}()</script><!--",
    "entity": f"&lt;script&gt;{PROOF}()&lt;/script&gt; &amp; &#60;",
    "cdata": f"]]><script>{PROOF}()</script>",
    "latex": rf"\input{{/etc/passwd}} \immediate\write18{{{PROOF}}} }}{{ $x_1^2$ % ~ # & \\",
    "latex ends": r"\end{document} \bye \par}}}{{{ ^^M ^^5c",
    "texinfo": "@bye @{ @} @include x",
    "roff": ".so /etc/passwd 'br \\fB",
    "template": "{{ 7*7 }} {% raw %}",
    "bidirectional": "\u202egpj.exe\u202c \u2066x\u2069",
    "astral": "\U0001f4d6\U0001d516 e\u0301",
}

#: Addresses that run or show something when they are followed.
ADDRESSES: Final = (
    f"javascript:{PROOF}()",
    f"JaVaScRiPt:{PROOF}()",
    f" javascript:{PROOF}()",
    f"java\u200bscript:{PROOF}()",
    f"vbscript:{PROOF}()",
    f"data:text/html,<script>{PROOF}()</script>",
    "file:///etc/passwd",
    f"javascript&colon;{PROOF}()",
    f'https://example.org/"onmouseover="{PROOF}()',
    f"https://example.org/<script>{PROOF}()</script>",
    f"https://example.org/\\href{{x}}{{{PROOF}}}%_#&~^$",
)

SOURCE_TEXTS: Final = (
    "author", "editor", "translator", "title", "subtitle", "container-title", "publisher", "publisher-place",
    "edition", "page", "volume", "issue", "rights", "number", "doi", "isbn", "language", "issued", "type",
)  # fmt: skip
NOTE_TEXTS: Final = ("on", "prefix", "suffix", "kind", "by", "date", "placement", "nth", "in")
PASSAGE_TEXTS: Final = ("source", "locator", "speaker", "language", "original", "unchecked")
REGISTER_TEXTS: Final = ("of", "in", "kind", "by", "source", "sort")
EDITION_TEXTS: Final = ("author", "editor", "title", "container-title", "place", "subjects", "rights", "issued")
