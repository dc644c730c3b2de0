"""A process that answers in JSON Lines, well or badly: the first argument says how."""

import json
import os
import signal
import sys
import time


def read() -> dict[str, object]:
    line = sys.stdin.readline()
    if not line:
        sys.exit(0)
    row: dict[str, object] = json.loads(line)
    return row


def write(**row: object) -> None:
    print(json.dumps(row), flush=True)


def answer(row: dict[str, object], **extra: object) -> None:
    write(id=row["id"], action=str(row["observation"])[::-1], **extra)


def main(how: str) -> None:
    if how == "well":
        while True:
            row = read()
            print("thinking", file=sys.stderr, flush=True)
            answer(row, usage={"prompt_tokens": 2, "completion_tokens": 1})
    elif how == "backwards":
        rows = [read() for _ in range(5)]
        print()
        for row in reversed(rows):
            answer(row)
        read()
    elif how == "pid":
        while True:
            write(id=read()["id"], action=str(os.getpid()))
    elif how == "exits":
        answer(read())
        sys.exit(3)
    elif how == "killed":
        read()
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "silent":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        read()
        time.sleep(60)
    elif how == "twice":
        row = read()
        answer(row)
        answer(row)
        time.sleep(60)
    elif how == "mute":
        os.close(1)
        time.sleep(60)
    else:
        number = read()["id"]
        print(how.replace("ID", str(number)), flush=True)
        while True:
            read()


main(sys.argv[1])
