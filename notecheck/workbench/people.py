"""Who works at the workbench, and what they may do: roles, from the scopes of their key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """Each may do what those before it may."""

    VIEWER = 1  # sees the queue and its items
    CODER = 2  # works items
    APPROVER = 3  # approves the override of a stop
    ADMIN = 4  # exports, and takes items from others


# The scope of a key or token that makes somebody this, the highest one counts.
_ROLES = {
    "view": Role.VIEWER,
    "work": Role.CODER,
    "approve": Role.APPROVER,
    "admin": Role.ADMIN,
}


@dataclass(frozen=True)
class Person:
    """Somebody signed in. `csrf` is the secret that their forms must bring back."""

    name: str
    role: Role
    csrf: str

    def may(self, role: Role) -> bool:
        return self.role >= role


def role_of(scopes: Iterable[str]) -> Role | None:
    """The role that these scopes give, or None when they give none."""
    found = [_ROLES[scope] for scope in scopes if scope in _ROLES]
    return max(found, default=None)
