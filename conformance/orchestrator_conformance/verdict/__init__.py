"""From what was observed to the verdict on a target.

`outcome` has the outcome of a requirement and decides the verdict. `ledger` derives the outcomes of the operations from
all exchanges. `expected_failures` applies the file of expected failures, `findings` groups failures by cause, and
`shrinking` reduces the exchanges of a failed check to those that reproduce the failure.
"""
