"""From a document to its docs: an API reference as Markdown and as an HTML page, and an entity for a catalog.

`build` turns the document into the `Reference` of `reference`, which says what is to be shown and holds no markup.
`markdown` and `page` render it; `catalog` writes the entity; `emit` puts the files together. What a document says is
never trusted: `prose` is the only module that reads CommonMark, and lets neither markup nor links to scripts through.
"""
