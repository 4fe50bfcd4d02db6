"""Where the queue is kept: one SQLite file by default, PostgreSQL by URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from notecheck.errors import NotecheckError
from notecheck.extras import missing_extra
from notecheck.log.store import state_folder

_WAIT_SECONDS = 5  # for others that write
_AWAY = (OperationalError, InterfaceError, PoolTimeout)
_POSTGRES = ("postgresql://", "postgres://")


class QueueError(NotecheckError):
    """The queue cannot be read or written; nothing was changed."""

    code = "NC450"


class QueueAway(QueueError):
    """The queue is locked, full or cannot be reached: the same may go well later."""

    code = "NC452"


def default_queue() -> str:
    """The SQLite file in this user's state folder."""
    return str(state_folder() / "queue.sqlite")


class Store:
    """An open queue. `place` is a path or a `postgresql://` URL. Raises QueueError."""

    def __init__(self, place: str) -> None:
        self._engine = _engine(place)
        self._where = _shown(place)
        with self.writing() as connection:
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it or nothing."""
        with self._told(), self._engine.begin() as connection:
            yield connection

    def probe(self) -> None:
        """Asks whether the queue answers. Raises QueueAway when it does not answer."""
        with self.reading() as connection:
            connection.exec_driver_sql("SELECT 1")

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            # The statement's values could hold note text: only the kind of fault is told.
            kind = type(getattr(error, "orig", None) or error).__name__
            failure = QueueAway if isinstance(error, _AWAY) else QueueError
            raise failure(f"the queue failed: {kind}", where=self._where) from None


def _engine(place: str) -> Engine:
    if "://" not in place:
        path = Path(place)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.touch(mode=0o600)  # it holds notes
        except OSError as error:
            raise QueueError(
                f"the queue cannot be begun: {error.strerror}", where=str(path)
            ) from None
        engine = create_engine(
            f"sqlite:///{path}",
            connect_args={"timeout": _WAIT_SECONDS},
            hide_parameters=True,
        )
        event.listen(engine, "connect", _careful_sqlite)
        event.listen(engine, "begin", _lock_first)
        return engine
    if not place.startswith(_POSTGRES):
        raise QueueError("give a file, or postgresql://USER@HOST/DATABASE", where=_shown(place))
    try:
        import psycopg
    except ImportError:
        raise missing_extra("a queue in PostgreSQL", "postgres") from None
    # psycopg reads its own URLs: sockets, services and options come through as they are.
    return create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(place),
        hide_parameters=True,
        pool_pre_ping=True,
    )


def _careful_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's BEGIN is the only one
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _lock_first(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _shown(place: str) -> str:
    """The place without a password."""
    if "://" not in place:
        return place
    try:
        return make_url(place).render_as_string(hide_password=True)
    except ArgumentError:
        return "the queue's URL"
