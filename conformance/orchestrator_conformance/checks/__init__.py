"""The behaviour checks, by topic. Each names the one requirement that it decides.

A check returns where the requirement holds, and raises `Failed`, `Undecided` or `NotApplicable` where it does not,
cannot be told, or does not apply.
"""
