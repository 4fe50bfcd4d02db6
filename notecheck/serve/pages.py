"""What people see of a running service, beside what programs ask it: given by a room above."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from fastapi import FastAPI

from notecheck.serve.service import Service


class Pages(Protocol):
    """Begun with the service, ended by `close`."""

    def join(self, app: FastAPI) -> None:
        """Adds its routes to the application."""

    async def close(self) -> None:
        """Gives back what it holds."""


OpensPages = Callable[[Service], Pages]
