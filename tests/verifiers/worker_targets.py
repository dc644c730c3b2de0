"""Functions that worker processes run in the tests of `assay.verifiers.worker`."""

import os
import time
from typing import Any

from assay.verifiers.dispatch import serve_chunk


def echo(request: Any) -> Any:
    return request


def misbehave(request: Any) -> Any:
    """Do as asked: die, hang, raise, print to the protocol's stream, or eat memory."""
    match request:
        case "die":
            os._exit(7)
        case "hang":
            while True:
                pass
        case "sleep":
            time.sleep(600)
        case "raise":
            raise ValueError("as asked")
        case "print":
            print("{}")
        case "eat":
            return len(bytearray(1 << 34))
        case _:
            pass
    return os.getpid()


def serve_or_die(request: dict[str, Any]) -> Any:
    """Grade a chunk as batches do, but die of one response."""
    if any(text == "die" for _, _, text in request["items"]):
        os._exit(9)
    return serve_chunk(request)
