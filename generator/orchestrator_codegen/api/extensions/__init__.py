"""Reads the extensions `x-idempotent`, `x-paging`, `x-wait` and `x-filter`, which `spec/README.md` describes."""
