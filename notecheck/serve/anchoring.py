"""The log's head, signed and noted down elsewhere at intervals and when the service stops."""

from __future__ import annotations

import asyncio

from notecheck.errors import NotecheckError
from notecheck.log.anchor import Anchor, require_key, signed
from notecheck.log.anchor_places import note_down
from notecheck.log.failure import LogError
from notecheck.serve.log_writer import LogWriter
from notecheck.serve.settings import Anchors
from notecheck.serve.watch import Watch
from notecheck.terminal.messages import say

PART = "the anchors of the log"


class Anchoring:
    """Begun by `start`; `close` notes the last head down, before the log is closed."""

    def __init__(self, settings: Anchors, log: LogWriter, watch: Watch) -> None:
        """Raises NotecheckError for a key or a token that cannot be used."""
        require_key(settings.key)
        self._settings = settings
        self._log = log
        self._watch = watch
        self._token = settings.token()
        # Where the head that stands there now was noted down.
        self._noted: dict[str, Anchor] = {}

    def start(self) -> None:
        self._watch.begin(PART, self._turn)

    async def close(self) -> None:
        """Says so where the last head could not be noted down."""
        await self._watch.end(PART)
        try:
            await self._note_down()
        except NotecheckError as error:
            say(str(error))

    async def _turn(self) -> None:
        await self._note_down()
        await asyncio.sleep(self._settings.every_seconds)

    async def _note_down(self) -> None:
        """Tries every place, whatever becomes of another. Raises LogError for those that failed."""
        anchor = Anchor(*await self._log.read(lambda log: log.head()))
        line = signed(anchor, self._settings.key)
        failed = []
        for place in self._settings.to:
            if self._noted.get(place) == anchor:
                continue
            try:
                await asyncio.to_thread(note_down, line, place, self._token)
            except LogError as error:
                failed.append(str(error))
            else:
                self._noted[place] = anchor
        if failed:
            raise LogError("; ".join(failed))
