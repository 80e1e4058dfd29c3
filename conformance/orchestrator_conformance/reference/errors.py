"""What the backend's domain raises when it will not do what it was asked."""

from __future__ import annotations


class Refusal(Exception):
    """A request that is refused: `message` says why, `status` is its status in the sensible error style."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadRequest(Refusal):
    """The request asks for something that does not exist or make sense, such as an unknown field (400)."""


class NotFound(Refusal):
    """No workflow or instance has the id (404)."""

    status = 404


class WrongState(Refusal):
    """The instance is not in a state that allows the change (409)."""

    status = 409


class ServiceDown(Refusal):
    """The workflow's service does not answer (500: the only failure that the document has)."""

    status = 500
