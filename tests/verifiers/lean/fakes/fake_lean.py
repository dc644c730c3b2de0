"""A program that speaks as `lean` does on the command line, for tests.

Beside it may lie a file `fault` that says how it fails, as "PHASE NAME" (phases: statement, proof, auditor). It tells
the truth about the few proofs it knows: a body that holds the word `wrong` does not elaborate, one with `sorry` rests
on sorryAx, `cheat` on an axiom of the submission's own, `em` on Lean's three axioms, and a statement that it knows to
be false has no proof. Its module files are JSON.
"""

import json
import os
import re
import signal
import sys
import time

HERE = os.path.dirname(os.path.abspath(sys.argv[0]))


def fault() -> tuple[str, str]:
    try:
        with open(os.path.join(HERE, "fault"), encoding="utf-8") as file:
            phase, _, name = file.read().strip().partition(" ")
            return phase, name
    except OSError:
        return "", ""


def version() -> str:
    try:
        with open(os.path.join(HERE, "version"), encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return "4.35.0"


def out(data: bytes) -> None:
    os.write(1, data)


def message(severity: str, line: int, data: str) -> None:
    row = {"caption": "", "data": data, "fileName": "Task.lean", "kind": "[anonymous]", "keepFullRange": False}
    row |= {"endPos": None, "isSilent": False, "pos": {"line": line, "column": 2}, "severity": severity}
    out(json.dumps(row, ensure_ascii=False).encode() + b"\n")


def misbehave(name: str, olean: str) -> None:
    """Faults that any process can have; those that return let the work go on."""
    if name == "crash at start":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif name == "crash in a message":
        out(b'{"caption":"","data":"decl')
        os.kill(os.getpid(), signal.SIGKILL)
    elif name == "torn message":
        out(b'{"caption":"","data":"decl')
        sys.exit(0)
    elif name == "hang":
        time.sleep(600)
    elif name == "spin":
        while True:
            pass
    elif name == "memory":
        held = [bytearray(os.urandom(1 << 20)) for _ in range(4000)]
        time.sleep(600 + len(held))
    elif name == "out of memory":
        os.write(2, b"INTERNAL PANIC: out of memory\n")
        sys.exit(1)
    elif name == "not UTF-8":
        out(b"\xff\xfe\x80\n")
        sys.exit(0)
    elif name == "garbage":
        out(b"Segmentation imminent\n")
        sys.exit(0)
    elif name == "flood":
        while True:
            out(b"x" * 65536)
    elif name == "slow drip":
        while True:
            out(b" ")
            time.sleep(0.05)
    elif name == "no file":
        sys.exit(0)
    elif name == "failure without a message":
        sys.exit(1)
    elif name == "error and success":
        message("error", 3, "something is wrong")
    elif name == "file is a link":
        os.symlink("/etc/passwd", olean)
        sys.exit(0)
    elif name == "child left behind" and os.fork() == 0:
        time.sleep(600)
        os._exit(0)


def judge(word: str, target: str, given: str, name: str, broken: str) -> None:
    misbehave(broken, given)
    with open(target, encoding="utf-8") as file:
        wanted = json.load(file)
    with open(given, encoding="utf-8") as file:
        made = json.load(file)
    said: dict[str, object] = {"kind": made["kind"], "name": name, "axioms": made["axioms"], "lean": version()}
    if (made["name"], made["statement"]) != (name, wanted["statement"]):
        said = {"refused": "its statement differs from the task's"}
    if made["own"]:
        said = {"refused": f"it declares the axiom {made['own'][0]}"}
    if broken == "accepts everything":
        said = {"kind": "theorem", "name": name, "axioms": [], "lean": version()}
    elif broken == "refuses everything":
        said = {"refused": "no"}
    answer = f"{word} {json.dumps(said)}\n"
    if broken == "another word":
        answer = f"{'0' * 32} {json.dumps(said)}\n"
    elif broken == "two answers":
        answer += answer
    elif broken == "another theorem":
        answer = f"{word} {json.dumps(said | {'name': 'True.intro'})}\n"
    elif broken == "axioms are no list":
        answer = f"{word} {json.dumps(said | {'axioms': 'none'})}\n"
    elif broken == "no theorem":
        answer = f"{word} {json.dumps(said | {'kind': 'axiom'})}\n"
    elif broken == "answer without an end":
        answer = answer[:-1]
    out(answer.encode())
    sys.exit(9 if broken == "answer and failure" else 0)


def compile_file(path: str, olean: str, phase: str, broken: str) -> None:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if "def run (args" in text:  # the auditor itself
        if (phase, broken) == ("auditor", "does not compile"):
            message("error", 1, "unknown constant 'Lean.Environment.replay'")
            sys.exit(1)
        with open(olean, "w", encoding="utf-8") as file:
            file.write("auditor")
        sys.exit(0)
    if "import Missing" in text:
        message("error", 1, "unknown module prefix 'Missing'\n\nNo directory 'Missing' in the search path entries:\n/x")
        sys.exit(1)
    found = re.search(r"theorem (\S+) (.*?) := \(\n(.*)\n\)\n", text, re.DOTALL)
    assert found is not None, text
    name, statement, body = found.groups()
    line = text[: found.start(3)].count("\n") + 1
    if phase == ("statement" if body.strip() == "sorry" else "proof"):
        misbehave(broken, olean)
    if "Unknown" in statement:
        message("error", line - 1, "Unknown identifier `Unknown`")
        sys.exit(1)
    if "p ∧ q" in statement and body.strip() == "h":  # a trial of the auditor
        statement = ": p ∧ q"
    false = re.search(r"2 \+ 2 = 5|5 ≤ 2|2 = 3|n \+ 1 = n|x = x \+ 1|False", statement)
    if false and not re.search(r"\b(sorry|hole|cheat|compiled|other)\b", body):
        message("error", line, "Type mismatch")
        sys.exit(1)
    if re.search(r"\bwrong\b", body):
        message("error", line, "Unknown identifier `wrong`")
        sys.exit(1)
    if body.strip() in ("by\n    skip", "by\n    intro h"):
        goal = "p : Prop\n⊢ p → p" if "skip" in body else "p : Prop\nh : p\n⊢ p"
        message("error", line, f"unsolved goals\n{goal}")
        sys.exit(1)
    row: dict[str, object] = {"name": name, "statement": statement, "kind": "theorem", "axioms": [], "own": []}
    if re.search(r"\bsorry\b|\bhole\b", body):
        message("warning", line, "declaration uses `sorry`")
        row["axioms"] = ["sorryAx"]
    if re.search(r"\bcheat\b", body):
        row["own"] = ["cheat"]
    if re.search(r"\bem\b", body):
        row["axioms"] = ["propext", "Classical.choice", "Quot.sound"]
    if re.search(r"\bcompiled\b", body):
        row["axioms"] = ["Lean.ofReduceBool"]
    if re.search(r"\bother\b", body):
        row["statement"] = ": True"
    with open(olean, "w", encoding="utf-8") as file:
        json.dump(row, file)
    sys.exit(0)


def main() -> None:
    arguments = sys.argv[1:]
    if "--version" in arguments:
        out(f"Lean (version {version()}, x86_64-unknown-linux-gnu, commit 0, Release)\n".encode())
    elif "--print-prefix" in arguments:
        out(os.path.dirname(HERE).encode() + b"\n")
    elif "--run" in arguments:
        word, target, given, name = arguments[arguments.index("--run") + 2 :]
        phase, broken = fault()
        judge(word, target, given, name, broken if phase == "auditor" else "")
    else:
        compile_file(arguments[-1], arguments[arguments.index("-o") + 1], *fault())


main()
