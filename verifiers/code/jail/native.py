"""How a program of another language is run once the jail is shut: by executing it.

Runs inside the jail. The files were sent by the supervisor; here they are put in the scratch folder, and the command
replaces this process.
"""

from __future__ import annotations

import base64
import os
import resource
from typing import Any, NoReturn

WORK = "/tmp"


def run(payload: dict[str, Any]) -> NoReturn:
    """Write the files and become the command.

    Args:
        payload: "files" (name -> text), "binaries" (name -> base64), "command" (a list), "environment", "data_bytes".
    """
    try:
        for name, text in payload["files"].items():
            with open(os.path.join(WORK, name), "w", encoding="utf-8", errors="surrogatepass") as file:
                file.write(text)
        for name, encoded in payload["binaries"].items():
            with open(os.path.join(WORK, name), "wb") as file:
                file.write(base64.b64decode(encoded))
            os.chmod(os.path.join(WORK, name), 0o700)
        os.chdir(WORK)
        # Not the address space, of which some runtimes reserve far more than they use, but what is written to.
        resource.setrlimit(resource.RLIMIT_DATA, (payload["data_bytes"], payload["data_bytes"]))
        os.execve(payload["command"][0], payload["command"], payload["environment"])
    except OSError as error:
        os.write(2, f"jail: cannot execute {payload['command'][0]}: {error.strerror}".encode("ascii", "replace"))
    os._exit(126)
