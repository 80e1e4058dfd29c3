"""Generates docs from a document: an API reference in Markdown and HTML, and a Backstage catalog entity.

Read `build.py` first: it turns the document into a `Reference` (`reference.py`), which is data without markup.
`sections` builds its parts, `samples` the sample calls and example values. `render` writes Markdown, HTML and the
entity, and `emit.py` returns the files. Text of the document is untrusted: `render/prose.py` is the only module that
reads CommonMark, and it passes neither markup nor script links through.
"""
