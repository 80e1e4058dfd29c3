"""Lists of the reference backend: search, sample instances (`seed`), and rendering as models of the API."""
