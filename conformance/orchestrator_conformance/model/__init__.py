"""What a conforming backend would list, worked out from the list without a filter; and what wrong ones would.

`conditions` says whether a row satisfies a filter, `searching` which rows a `SearchRequest` asks for. `neighbours` are
the usual mistakes, each as the list that it leads to, and `diagnosis` finds the ones that explain an answer. All of it
works on rows as they were on the wire, and follows the document alone.
"""
