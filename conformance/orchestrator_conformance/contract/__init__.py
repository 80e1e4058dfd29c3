"""The contract: the OpenAPI document, the requirements that follow from it, and the features of a deployment."""
