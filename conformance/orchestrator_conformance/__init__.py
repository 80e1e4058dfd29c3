"""Says, with evidence, whether a backend implements the v2 contract.

The pipeline stands on one screen in `runner.py`. A `Target` is probed, its workflows and instances are discovered,
the behaviour checks of `checks/` ask it for what the document promises, the fuzzer sends what the document allows and
forbids, and `judge.py` holds every exchange of both against the document. Each check names one `Requirement`; what
came of it is an `Outcome`, and all outcomes together are the `Verdict`.

Answers are judged as raw bytes against the document. The generated models, client and stubs are never used for that:
only `reference/`, the embedded backend, and `mutants/`, its misbehaving variants, are built on the stubs.
"""
