"""A chunk of work -> its rows; the same in a worker of our pool and in one of Spark's.

Whatever happens to one encounter is a row of its own and never ends the chunk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from notecheck.audit.manner import Manner
from notecheck.audit.outcome import Row, error_row, report_row
from notecheck.audit.reading import Group, Item
from notecheck.audit.reasons import Failure, over_time
from notecheck.errors import InputError, RulesError, fault
from notecheck.limit import OverTimeError, time_limit
from notecheck.redact import redacted


class Stage(IntEnum):
    """What is being done with an encounter."""

    READING = 1
    CHECKING = 2


@dataclass(frozen=True, slots=True)
class Killer:
    """An encounter that ended a worker: at which stage, and what to say of it."""

    stage: Stage
    failure: Failure


Watch = Callable[[int, Stage], None]


def check_groups(
    groups: Iterable[Group],
    manner: Manner,
    *,
    watch: Watch = lambda place, stage: None,
    killers: Mapping[int, Killer] | None = None,
) -> Iterator[Row]:
    """The rows of all encounters in order.

    `manner.limit` is in seconds for each stage of an encounter. `watch` is told the encounter's
    place (from 0) before each stage. Encounters at the places of `killers` are left alone.
    """
    killers = killers or {}
    place = 0
    for group in groups:
        items = iter(group.items)
        while True:
            killer = killers.get(place)
            if killer and killer.stage == Stage.READING:
                yield error_row(group.name, killer.failure)
                place += 1
                break  # what was read with it cannot be reached
            watch(place, Stage.READING)
            try:
                with time_limit(manner.limit):
                    item = next(items, None)
            except OverTimeError:
                yield error_row(group.name, over_time(manner.limit))
                place += 1
                break
            except Exception as error:
                yield error_row(group.name, Failure("fault", fault(error)))
                place += 1
                break
            if item is None:
                break
            watch(place, Stage.CHECKING)
            if killer:
                yield error_row(item.source, killer.failure, _id(item))
            else:
                yield _checked(item, manner)
            place += 1


def _checked(item: Item, manner: Manner) -> Row:
    if isinstance(item.outcome, InputError):
        return error_row(item.source, Failure("unreadable", item.outcome.message), _id(item))
    from notecheck.checker import check  # the language pipeline, which only workers need

    try:
        with time_limit(manner.limit):
            report = check(item.outcome, manner.code)
            if manner.redact:
                report = redacted(report)
            return report_row(item, item.outcome, report, keep_waiting=manner.keep_waiting)
    except RulesError:
        raise  # every other encounter would fail for the same rule
    except InputError as error:
        failure = Failure("unreadable", error.message)
    except OverTimeError:
        failure = over_time(manner.limit)
    except Exception as error:
        failure = Failure("fault", fault(error))
    return error_row(item.source, failure, _id(item))


def _id(item: Item) -> str | None:
    if isinstance(item.outcome, InputError):
        return item.encounter_id
    return item.outcome.encounter_id
