project = "The lighthouse book"
project_copyright = "the editor"
author = "The editor"
version = release = "1"
language = "en"
extensions = ["myst_parser", "sphinx_annot"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
annot_kinds = {"answer": {"title": "Answer", "series": "teacher"}}
annot_series = {"teacher": {"title": "For teachers", "style": "upper-roman"}}
latex_documents = [("index", "book.tex", "The lighthouse book", "The editor", "manual")]
latex_use_xindy = False
