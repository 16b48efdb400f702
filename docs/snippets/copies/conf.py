extensions = ["myst_parser", "sphinx_annot"]
myst_enable_extensions = ["colon_fence"]

annot_series = {
    "teacher": {
        "title": "For teachers",
        "style": "upper-alpha",
    },
}
annot_kinds = {
    "answer": {"title": "Answer", "series": "teacher"},
}
