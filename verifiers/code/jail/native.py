"""How a program of another language is run once the jail is shut: by executing it.

Runs inside the jail. The program's text and files were written by the supervisor; here they are put in the scratch
folder (or run from a descriptor where there is none), and the command replaces this process.
"""

from __future__ import annotations

import os
from typing import Any, NoReturn

WORK = "/tmp"


def run(payload: dict[str, Any]) -> NoReturn:
    """Write the files and become the command.

    Args:
        payload: "files" (name -> text), "binary" (name -> hexadecimal), "command" (a list), "environment".
    """
    try:
        for name, text in payload["files"].items():
            with open(os.path.join(WORK, name), "w", encoding="utf-8", errors="surrogatepass") as file:
                file.write(text)
        os.chdir(WORK)
        os.execve(payload["command"][0], payload["command"], payload["environment"])
    except OSError as error:
        os.write(2, f"jail: cannot execute {payload['command'][0]}: {error.strerror}".encode("ascii", "replace"))
    os._exit(126)
