"""What is refused is told as a problem document (RFC 9457), in one sentence."""

from __future__ import annotations

import json
from http import HTTPStatus

from starlette.responses import Response

from notecheck.serve.job import PROBLEM


class Refused(Exception):
    """A request that is not answered: the HTTP status and one sentence for the caller."""

    def __init__(
        self, status: HTTPStatus, detail: str, headers: dict[str, str] | None = None
    ) -> None:
        self.status = status
        self.detail = detail
        self.headers = headers or {}
        super().__init__(detail)


def problem_body(status: HTTPStatus, detail: str) -> bytes:
    """The problem as JSON."""
    problem = {"title": status.phrase, "status": status.value, "detail": detail}
    return json.dumps(problem).encode()


def problem_response(refused: Refused) -> Response:
    """The problem as a response."""
    return Response(
        problem_body(refused.status, refused.detail),
        status_code=refused.status,
        media_type=PROBLEM,
        headers=refused.headers,
    )
