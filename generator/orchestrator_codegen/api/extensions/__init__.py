"""The extensions `x-idempotent`, `x-paging`, `x-wait` and `x-filter`."""
