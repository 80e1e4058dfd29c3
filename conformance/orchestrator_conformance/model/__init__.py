"""The list that a conforming backend returns for a search, and the lists that backends with common mistakes return.

All of it is computed from the rows of the unfiltered list, as they came over the wire, and follows the document alone.
`conditions` decides whether a row satisfies a filter, and `searching` which rows a `SearchRequest` asks for. `mistakes`
lists the common mistakes and the list that each leads to. `diagnosis` finds the mistakes that explain an answer.
`drawing` generates filters for the rows at hand.
"""
