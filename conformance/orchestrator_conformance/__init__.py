"""Tests whether a backend implements the v2 contract, and reports evidence.

Read `runner.py` first: it shows the pipeline on one screen. A `Target` is probed, and its workflows and instances are
discovered. The behaviour checks in `checks/` test what the document promises. `fuzz/` sends valid and invalid requests.
`target/judge.py` compares every exchange of both with the document. Each check decides one `Requirement` with an
`Outcome`; all outcomes together give the `Verdict`.

Responses are judged as raw bytes against the document, never with the generated models, client or stubs. Only
`reference/`, the embedded backend, and `mutants/`, its misbehaving variants, are built on the stubs.
"""
