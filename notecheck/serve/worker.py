"""A worker process: loads the rules once, then answers one job after the other.

    python -m notecheck.serve.worker FD

FD is a socket to the service; the worker ends when the service closes it or is gone.
"""

from __future__ import annotations

import gc
import signal
import socket
import sys
from collections.abc import Callable

from notecheck.errors import NotecheckError
from notecheck.limit import OverTimeError, limit_memory, time_limit
from notecheck.read.limits import MAX_MEMORY
from notecheck.serve.frames import framed, next_value_or_end
from notecheck.serve.job import Answer, Interrupted, Job, Started
from notecheck.serve.steady_memory import give_large_blocks_back

_WARM_UP = "OPERATION: Revision of left above-knee amputation. The femur was cut with a saw."


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the service decides when a worker ends
    connection = socket.socket(fileno=int(sys.argv[1]))
    stream = connection.makefile("rb")
    give_large_blocks_back()
    try:
        from notecheck.checker import check
        from notecheck.log.rule_pack import rule_pack
        from notecheck.serve.answers import answer

        check(_WARM_UP)
        rule_pack()  # now: it must be of the files that were loaded
    except NotecheckError as error:
        connection.sendall(framed(Started(str(error))))
        return
    gc.collect()
    limit_memory(MAX_MEMORY)
    gc.freeze()  # what is loaded stays: the collector need not walk it again and again
    connection.sendall(framed(Started(None)))
    while (job := next_value_or_end(stream)) is not None:
        connection.sendall(framed(_in_time(job, answer)))
        if job.name:
            gc.collect()  # the tree of a file's markup, of megabytes, counts as a few objects


def _in_time(job: Job, answer: Callable[[Job], Answer]) -> Answer | Interrupted:
    try:
        with time_limit(job.seconds, of_processor=True):
            return answer(job)
    except OverTimeError:
        return Interrupted()


if __name__ == "__main__":
    main()
