"""The backend under test: requests, responses, and whether a response conforms to the document."""
