"""Lists of the reference backend: search, sample instances and their rendering."""
