"""The checks of behaviour, by topic. Each check decides the one requirement that its decorator names.

A check takes a `Session` and returns if the requirement holds. Otherwise it raises:

- `Failed` if the target breaks the requirement;
- `Undecided` if the data of the target does not allow a decision, with what is missing;
- `Absent` if the target does not have the optional feature that the requirement is about;
- `NotApplicable` if the requirement does not apply.

Read `check.py` first, then `catalogue.py`, which lists all checks in the order in which they run.
"""
