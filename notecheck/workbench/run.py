"""The commands `notecheck queue fill` and `notecheck demo`; imported late by what they do."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.encounters import read_paths
from notecheck.terminal.exit_status import FAILED, PASSED
from notecheck.terminal.messages import say
from notecheck.terminal.writing import write

_HOST = "127.0.0.1"


def fill_queue(place: str | None, paths: Sequence[str]) -> int:
    """Checks the encounters of `paths` and queues those that a person has to look at.

    0 all were read, 2 some were not.
    """
    from notecheck.workbench.store import default_queue

    unread: list[str] = []

    def encounters() -> Iterator[Encounter]:
        for result in read_paths(paths):
            if isinstance(result.outcome, InputError):
                say(f"{result.where}: {result.outcome.coded}")
                unread.append(result.where)
            else:
                yield result.outcome

    waiting = _queue_all(place or default_queue(), encounters(), "audit")
    write(f"{waiting} encounters wait in the queue\n")
    return FAILED if unread else PASSED


def _queue_all(place: str, encounters: Iterable[Encounter], source: str) -> int:
    """How many of the encounters a person has to look at; they are in the queue now."""
    from notecheck.checker import check
    from notecheck.workbench.arrivals import amount_at_stake
    from notecheck.workbench.queue import Queue
    from notecheck.workbench.store import Store

    store = Store(place)
    queue, waiting = Queue(store), 0
    for encounter in encounters:
        report = check(encounter)
        if report.release.verdict != "release":
            amount = amount_at_stake(encounter, report)
            queue.add(encounter, report, source=source, amount=amount)
            waiting += 1
    store.close()
    return waiting


def demo(port: int, *, open_browser: bool) -> int:
    """Serves the workbench over invented encounters in a queue of its own, until told to stop."""
    from notecheck.serve.run import serve
    from notecheck.serve.settings import Settings
    from notecheck.workbench.demo import demo_encounters
    from notecheck.workbench.setup import opened

    with tempfile.TemporaryDirectory(prefix="notecheck-demo-") as folder:
        queue = str(Path(folder) / "queue.sqlite")
        _queue_all(queue, demo_encounters(), "demo")
        settings = Settings(queue=queue, log=str(Path(folder) / "log.sqlite"))
        say("the demo has a queue of its own; Ctrl-C ends it")
        if open_browser:
            import webbrowser

            webbrowser.open(f"http://{_HOST}:{port}/")
        return serve((_HOST, port), None, settings, opened)
