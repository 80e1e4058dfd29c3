"""The contract: what the suite requires of a backend.

`contract` parses the OpenAPI document into operations and schemas; read it first. `requirements` derives requirements
from the operations. `features` has the features and claims of a deployment, and `required_features` finds the features
that a request requires. `omissions` makes request bodies without one required part.
"""
