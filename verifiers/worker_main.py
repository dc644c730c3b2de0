"""The child's side of `assay.verifiers.worker`: import one function, then answer JSON lines with it until end of file.

Run as `python -P -m assay.verifiers.worker_main MODULE:FUNCTION MEMORY_BYTES`.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys
import time
from typing import Any


def main() -> None:
    """Serve until standard input ends."""
    target, memory_bytes = sys.argv[1], int(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's to handle; it closes our input
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, 0)
    os.dup2(2, 1)  # a stray print must not break the protocol

    def send(reply: dict[str, Any]) -> None:
        try:
            replies.write(json.dumps(reply | {"cpu_s": time.process_time()}).encode("ascii") + b"\n")
            replies.flush()
        except BrokenPipeError:
            os._exit(0)  # the caller has ended

    module, _, name = target.partition(":")
    function = getattr(importlib.import_module(module), name)
    _limit_memory(memory_bytes)
    send({})
    for line in requests:
        message = json.loads(line)
        # Should the caller itself be killed, nobody is left to kill us: the kernel does it by CPU time.
        signal.setitimer(signal.ITIMER_PROF, message["cpu_limit_s"])
        try:
            reply = {"result": function(message["request"])}
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"[:2000]}
        signal.setitimer(signal.ITIMER_PROF, 0)
        send(reply)


def _limit_memory(memory_bytes: int) -> None:
    if memory_bytes:
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


if __name__ == "__main__":
    main()
