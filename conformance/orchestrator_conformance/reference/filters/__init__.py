"""Filters: parsing (`criteria`), evaluation (`filtering`), and the columns that rows have (`table`, `columns`)."""
