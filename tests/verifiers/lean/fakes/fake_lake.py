"""A `lake` for the real LeanDojo, for tests: it answers `lake env lean ...` as the REPL tactic of LeanDojo does.

It finds `dojo_lean.py` and the file `fault` beside itself.
"""

import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(sys.argv[0]))
sys.path.insert(0, HERE)

from dojo_lean import Lean  # type: ignore[import-not-found]  # noqa: E402


def say(row: dict[str, object]) -> None:
    sys.stdout.write(f"REPL> {json.dumps(row, ensure_ascii=False)}\n")
    sys.stdout.flush()


def main() -> None:
    with open(os.path.join(HERE, "fault"), encoding="utf-8") as file:
        fault = file.read().strip()
    if fault == "start: crash":
        sys.exit(1)
    lean = Lean(fault)
    say({"sid": 0, "tacticState": lean.states[0][0], "error": None})
    for line in sys.stdin:
        request = json.loads(line)
        kind, number, text = lean.run(request["sid"], request["cmd"])
        if kind == "crash":
            sys.exit(1)
        elif kind == "out of memory":
            os._exit(137)
        elif kind in ("timeout", "hang"):
            time.sleep(60)
        elif kind == "unreadable":
            sys.stdout.write('REPL> {"sid": \n')
            sys.stdout.flush()
        elif kind == "given up":
            say({"sid": None, "tacticState": None, "error": "proof contains `sorry`"})
        elif kind == "error":
            say({"sid": None, "tacticState": None, "error": text})
        else:
            say({"sid": number, "tacticState": text, "error": None})


main()
