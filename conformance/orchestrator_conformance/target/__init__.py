"""The backend under test: how to send requests to it, and whether its responses conform to the document.

`target` sends a `Request` and returns a `Response`. `exchange` has the data types, `request_building` turns the call
of an operation into a request, `judge` compares an exchange with the document, and `redaction` removes secrets from
it.
"""
