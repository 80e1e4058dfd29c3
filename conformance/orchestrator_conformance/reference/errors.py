"""The errors of the backend: each is a rejected request."""

from __future__ import annotations


class Refusal(Exception):
    """A rejected request. `message` is the reason, `status` the status code in the sensible error style."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadRequest(Refusal):
    """The request is invalid, such as a filter on an unknown field (400)."""


class NotFound(Refusal):
    """There is no workflow or instance with this id (404)."""

    status = 404


class WrongState(Refusal):
    """The instance is not in a state that allows the change (409)."""

    status = 409


class ServiceDown(Refusal):
    """The service of the workflow does not answer (500, the only error status in the document)."""

    status = 500
