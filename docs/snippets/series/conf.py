extensions = ["myst_parser", "sphinx_annot"]
myst_enable_extensions = ["colon_fence"]

annot_series = {
    "dates": {"title": "Dates", "style": "lower-roman"},
    "variants": {
        "title": "Other printings",
        "style": "symbols",
    },
}
annot_kinds = {
    "date": {"title": "Date", "series": "dates"},
    "variant": {"title": "Variant", "series": "variants"},
}
