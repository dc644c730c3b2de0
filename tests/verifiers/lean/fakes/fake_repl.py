"""A program that speaks as leanprover-community/repl does, for tests; beside it may lie a file `fault` that says how it
fails. A fault shows on the tactic `go` or on a whole proof; before that, the program is honest.

The statement it knows is `p → p`: `intro h` leaves `p`, `exact h` ends it, `go` does too. A word it does not know is an
error.
"""

import json
import os
import re
import signal
import sys
import time

HERE = os.path.dirname(os.path.abspath(sys.argv[0]))
environments = 0
states: list[list[str]] = []


def fault() -> str:
    try:
        with open(os.path.join(HERE, "fault"), encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return ""


def raw(data: bytes) -> None:
    while data:
        data = data[os.write(1, data) :]


def say(*replies: object) -> None:
    """Several are written at once, so that no reader finds one without the others."""
    raw(b"".join(json.dumps(reply, indent=2, ensure_ascii=False).encode() + b"\n\n" for reply in replies))


def error(data: str) -> dict[str, object]:
    return {"severity": "error", "pos": {"line": 1, "column": 0}, "endPos": None, "data": data}


def command(request: dict[str, object]) -> None:
    global environments
    text = str(request["cmd"])
    if "env" in request and fault() == "environment is unknown":
        say({"message": "Unknown environment."})
        return
    if "env" in request and not 0 <= int(str(request["env"])) < environments:
        say({"message": "Unknown environment."})
        return
    reply: dict[str, object] = {"env": environments}
    environments += 1
    if "import Missing" in text:
        reply["messages"] = [error("unknown module prefix 'Missing'")]
    elif "Unknown" in text:
        reply["messages"] = [error("Unknown identifier `Unknown`")]
    elif re.search(r"\bwrong\b", text):
        reply["messages"] = [error("Unknown identifier `wrong`")]
    elif text.endswith("by\n  sorry"):
        goal = "p : Prop\nh : p\n⊢ p" if "(h : p)" in text else "p : Prop\n⊢ p → p"
        reply["sorries"] = [{"proofState": len(states), "pos": {"line": 2, "column": 2}, "goal": goal}]
        states.append([goal])
    say(reply)


def tactic(request: dict[str, object]) -> None:
    number, text = int(str(request["proofState"])), str(request["tactic"]).strip()
    if not 0 <= number < len(states):
        say({"message": "Unknown proof state."})
        return
    broken = fault() if re.search(r"\bgo\b", text) else ""
    reply: dict[str, object] = {"proofState": len(states), "goals": [], "proofStatus": "Completed"}
    if text == "intro h" and "→" in states[number][0]:
        reply |= {"goals": ["p : Prop\nh : p\n⊢ p"], "proofStatus": "Incomplete: open goals remain"}
    elif not (text == "exact h" and "→" not in states[number][0]) and not re.search(r"\bgo\b", text):
        if "probe" in text:  # as the real one: no goals, and yet no proof
            reply |= {"messages": [error("Unknown identifier")], "proofStatus": "Incomplete: contains sorry"}
        else:
            say({"message": "Lean error:\n<input>:1:1: unknown tactic"})
            return
    misbehave(broken, reply)
    if fault() == "no proofStatus":
        del reply["proofStatus"]
    if fault() == "all is Completed":
        reply.pop("messages", None)
        reply["proofStatus"] = "Completed"
    states.append(list(reply["goals"]))  # type: ignore[call-overload]
    extra = {"proofState": len(states), "goals": [], "proofStatus": "Completed"}
    if broken == "extra reply":
        say(reply, extra)
        return
    say(reply)
    if broken == "late extra reply":
        time.sleep(0.3)
        say(extra)


def misbehave(broken: str, reply: dict[str, object]) -> None:
    if broken == "crash in a reply":
        raw(b'{"proofState": 2, "goals": [')
        os.kill(os.getpid(), signal.SIGKILL)
    elif broken == "torn reply":
        raw(b'{"proofState": 2, "goals": [\n\n')
        sys.exit(0)
    elif broken == "end without a reply":
        sys.exit(0)
    elif broken == "hang":
        time.sleep(600)
    elif broken == "hang in a reply":
        raw(b'{"proofState": 2,')
        time.sleep(600)
    elif broken == "spin":
        while True:
            pass
    elif broken == "memory":
        held = [bytearray(os.urandom(1 << 20)) for _ in range(4000)]
        time.sleep(600 + len(held))
    elif broken == "out of memory":
        os.write(2, b"INTERNAL PANIC: out of memory\n")
        sys.exit(1)
    elif broken == "not UTF-8":
        raw(b'{"proofState": "\xff\xfe"}\n\n')
        sys.exit(0)
    elif broken == "no object":
        raw(b"[]\n\n")
        sys.exit(0)
    elif broken == "flood":
        while True:
            raw(b"x" * 65536)
    elif broken == "slow drip":
        while True:
            raw(b" ")
            time.sleep(0.05)
    elif broken == "another state's reply":
        reply["proofState"] = 77
    elif broken == "a command's reply":
        say({"env": 3})
        sys.exit(0)
    elif broken == "no goals but open":
        reply["proofStatus"] = "Incomplete: open goals remain"
    elif broken == "no goals and an error":
        reply["messages"] = [error("unknown constant")]
    elif broken == "completed with a hole":
        reply["sorries"] = [{"proofState": len(states) + 1, "goal": "⊢ p"}]
    elif broken == "contains a hole":
        reply["proofStatus"] = "Incomplete: contains sorry"
    elif broken == "contains metavariables":
        reply["proofStatus"] = "Incomplete: contains metavariable(s)"
    elif broken == "kernel refuses":
        reply["proofStatus"] = "Error: kernel type check failed"
    elif broken == "goals are no list":
        reply["goals"] = "no goals"
    elif broken == "state is unknown":
        say({"message": "Unknown proof state."})
        sys.exit(0)


def main() -> None:
    if fault() == "crash at start":
        os.kill(os.getpid(), signal.SIGSEGV)
    if fault() == "no such program":
        sys.stdin.readline()  # else it would depend on the machine whether this came before or after the request
        raw(b"usage: repl [options]\n\n")
    held: list[str] = []
    for line in sys.stdin:
        if line.strip():
            held.append(line)
            continue
        if held:
            request = json.loads("".join(held))
            held = []
            command(request) if "cmd" in request else tactic(request)


main()
