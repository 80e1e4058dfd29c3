"""Lists of instances: `instances` requests them and agrees on them, `comparing` compares them with what is expected.

`workflow_lists` chooses the workflow whose list is judged, `answered_rows` reads lists that may be refused, and
`unknown_values` handles rows that do not show a value that they must have.
"""
