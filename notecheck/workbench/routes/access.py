"""What every page begins with: the bench, and who asks."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends
from starlette.datastructures import FormData
from starlette.requests import Request

from notecheck.serve.problems import Refused
from notecheck.workbench.bench import Bench
from notecheck.workbench.people import Person, Role
from notecheck.workbench.sessions import CSRF_FIELD, CSRF_HEADER, require_own_form

_FORM_FIELDS = 40


class SignInFirst(Exception):
    """Nobody is signed in; `to` is where the page leads afterwards."""

    def __init__(self, to: str) -> None:
        self.to = to
        super().__init__(to)

    @property
    def location(self) -> str:
        return f"/sign-in?to={quote(self.to, safe='')}"


def bench_of(request: Request) -> Bench:
    """The running workbench."""
    bench: Bench = request.app.state.bench
    return bench


def person_with(role: Role) -> Callable[[Request], Person]:
    """Lets in who is signed in and may do what `role` may."""

    def person(request: Request) -> Person:
        found = bench_of(request).sessions.person(request)
        if found is None:
            if request.method == "GET":
                path = request.url.path
                raise SignInFirst(f"{path}?{request.url.query}" if request.url.query else path)
            raise Refused(HTTPStatus.UNAUTHORIZED, "sign in again: your session has ended")
        if not found.may(role):
            raise Refused(HTTPStatus.FORBIDDEN, f"this needs the role {role.name.lower()}")
        return found

    return person


async def own_form(request: Request, person: Person) -> FormData:
    """The form that `person` sent from a page of their own session. Raises Refused."""
    form = await request.form(max_fields=_FORM_FIELDS, max_files=0)
    given = form.get(CSRF_FIELD)
    require_own_form(person, given if isinstance(given, str) else None)
    return form


def require_own_script(request: Request, person: Person) -> None:
    """The same for what a page's script sends."""
    require_own_form(person, request.headers.get(CSRF_HEADER))


def text_of(form: FormData, name: str) -> str:
    """A field's text without blanks around it; empty where there is none."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def version_of(form: FormData) -> int:
    """The version of the item that the form was made from. Raises Refused."""
    text = text_of(form, "version")
    if not text.isdecimal():
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "load the page again")
    return int(text)


Workbench = Annotated[Bench, Depends(bench_of)]
Viewer = Annotated[Person, Depends(person_with(Role.VIEWER))]
Coder = Annotated[Person, Depends(person_with(Role.CODER))]
Approver = Annotated[Person, Depends(person_with(Role.APPROVER))]
Admin = Annotated[Person, Depends(person_with(Role.ADMIN))]
