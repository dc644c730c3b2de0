"""Messages between the supervisor and its workers: JSON with descriptors attached, one packet each.

The pair of sockets is of the kind that keeps packets apart (SOCK_SEQPACKET), so there is no framing to get wrong.
Messages are small; everything large travels as a descriptor of an anonymous file. Used on both sides.
"""

from __future__ import annotations

import array
import json
import os
import socket
from typing import Any, cast

MAX_PACKET = 65536
MAX_FDS = 8


def send(channel: socket.socket, message: dict[str, Any], fds: list[int] | None = None) -> None:
    """Send one message.

    Raises:
        OSError: The other side is gone.
    """
    ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []
    channel.sendmsg([json.dumps(message).encode("ascii")], ancillary)


def receive(channel: socket.socket) -> tuple[dict[str, Any], list[int], int] | None:
    """Receive one message: its content, its descriptors, and the sender's process id (0 if the kernel was not asked).

    Returns None when the other side is gone.

    Raises:
        OSError: The socket failed.
        ValueError: The packet is no message.
    """
    room = socket.CMSG_SPACE(MAX_FDS * 4) + socket.CMSG_SPACE(12)
    data, ancillary, _, _ = channel.recvmsg(MAX_PACKET, room, socket.MSG_CMSG_CLOEXEC)
    fds: list[int] = []
    pid = 0
    for level, kind, body in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            numbers = array.array("i")
            numbers.frombytes(body[: len(body) - len(body) % numbers.itemsize])
            fds += list(numbers)
        elif level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
            pid = int.from_bytes(body[:4], "little" if array.array("i", [1]).tobytes()[0] else "big")
    if not data:
        for fd in fds:
            os.close(fd)
        return None
    return cast(dict[str, Any], json.loads(data)), fds, pid


def read_all(fd: int, limit: int) -> bytes:
    """What an anonymous file holds, from its beginning, up to a limit."""
    parts: list[bytes] = []
    place = 0
    while place < limit:
        part = os.pread(fd, min(limit - place, 1 << 20), place)
        if not part:
            break
        parts.append(part)
        place += len(part)
    return b"".join(parts)
