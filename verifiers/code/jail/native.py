"""How a program of another language is run once the jail is shut: by executing it.

Runs inside the jail. The files were sent by the supervisor; here they are put in the program's folder, and the command
replaces this process.
"""

from __future__ import annotations

import base64
import errno
import os
from typing import Any, NoReturn


def find_work() -> str:
    """A folder in which programs can have folders that hold what is executed.

    Raises:
        OSError: There is none.
    """
    for folder in ("/tmp", "/var/tmp", "/dev/shm"):
        try:
            if not os.statvfs(folder).f_flag & os.ST_NOEXEC and os.access(folder, os.W_OK | os.X_OK):
                return folder
        except OSError:
            continue
    raise OSError("neither /tmp nor /var/tmp nor /dev/shm can hold programs (not writable, or mounted noexec)")


def write_files(payload: dict[str, Any], folder: str) -> None:
    """Put the program's files in its folder, and go there.

    Raises:
        OSError: They cannot be written.
    """
    os.chdir(folder)
    for name, text in payload["files"].items():
        with open(name, "w", encoding="utf-8", errors="surrogatepass") as file:
            file.write(text)
    for name, encoded in payload["binaries"].items():
        with open(name, "wb") as file:
            file.write(base64.b64decode(encoded))
        os.chmod(name, 0o700)


def run(payload: dict[str, Any], folder: str, failed: int) -> NoReturn:
    """Become the command.

    Args:
        payload: "files" (name -> text), "binaries" (name -> base64), "command" (a list), "environment",
            "writes" (whether it may write in its folder where that is on a disk).
        folder: Where it is.
        failed: Descriptor on which to say that the command is not there; the command does not inherit it.
    """
    try:
        environment = payload["environment"] | {"HOME": folder, "TMPDIR": folder}
        os.execve(payload["command"][0], payload["command"], environment)
    except OSError as error:
        said = f"cannot execute {payload['command'][0]}: {error.strerror}".encode("ascii", "replace")
        # A binary that cannot be loaded is its program's fault.
        os.write(failed if error.errno in (errno.ENOENT, errno.EACCES, errno.EPERM) else 2, said)
    os._exit(126)
