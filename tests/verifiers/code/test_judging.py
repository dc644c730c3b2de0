# ruff: noqa: E501  # programs as they are
"""What programs come to: benign ones pass however odd, failures carry their reason, expected values are not told."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from assay.verifiers.dispatch import verify
from assay.verifiers.verdict import Status, Verdict

SUM = {"kind": "io", "cases": [["3\n1 2 3\n", "6\n"], ["2\n-1 5\n", "4\n"]]}
DOUBLE: dict[str, Any] = {"kind": "fn", "entry": "double", "inputs": [[2], [5], [-1]], "expected": [4, 10, -2]}


def grade(task: dict[str, Any], program: str, **limits: Any) -> Verdict:
    return verify("code", {"task": task, "limits": limits}, program)


ODD_BUT_RIGHT = {
    "readlines": "import sys\nprint(sum(map(int, sys.stdin.readlines()[1].split())))",
    "iterates-stdin": "import sys\nlines = list(sys.stdin)\nprint(sum(int(x) for x in lines[1].split()))",
    "open-0": "n, xs = open(0).read().strip().split('\\n')\nprint(sum(map(int, xs.split())))",
    "dev-stdin": "f = open('/dev/stdin')\nf.readline()\nprint(sum(map(int, f.readline().split())))",
    "fileinput": "import fileinput\nlines = [*fileinput.input()]\nprint(sum(map(int, lines[1].split())))",
    "main-guard": "def main():\n    input()\n    print(sum(map(int, input().split())))\nif __name__ == '__main__':\n    main()",
    "trailing-space": "input()\nprint(sum(map(int, input().split())), end=' \\n\\n')",
    "stderr-noise": "import sys\nprint('debug', file=sys.stderr)\ninput()\nprint(sum(map(int, input().split())))",
    "deep-recursion": (
        "import sys, threading\nsys.setrecursionlimit(10**6)\nthreading.stack_size(1 << 27)\n"
        "def f(n): return 0 if n == 0 else f(n - 1)\n"
        "def main():\n    f(100000)\n    input()\n    print(sum(map(int, input().split())))\n"
        "t = threading.Thread(target=main)\nt.start()\nt.join()\n"
    ),
    "recursion-to-the-usual-limit": "def f(n): return 0 if n == 0 else f(n - 1)\nf(985)\ninput()\nprint(sum(map(int, input().split())))",
    "raises-stack-limit": (
        "import resource, sys\nresource.setrlimit(resource.RLIMIT_STACK, (2**26, resource.RLIM_INFINITY))\n"
        "input()\nprint(sum(map(int, input().split())))"
    ),
    "own-signal": (
        "import os, signal\ngot = []\nsignal.signal(signal.SIGUSR1, lambda *a: got.append(1))\n"
        "os.kill(os.getpid(), signal.SIGUSR1)\ninput()\nprint(sum(map(int, input().split())) + len(got) - 1)"
    ),
    "alarm": (
        "import signal\nsignal.signal(signal.SIGALRM, lambda *a: None)\nsignal.setitimer(signal.ITIMER_REAL, 0.01)\n"
        "signal.pause()\ninput()\nprint(sum(map(int, input().split())))"
    ),
    "pickle-own-class": (
        "import pickle\nclass A:\n    x = 1\na = pickle.loads(pickle.dumps(A()))\n"
        "input()\nprint(sum(map(int, input().split())) + a.x - 1)"
    ),
    "dataclass": (
        "from dataclasses import dataclass\n@dataclass(frozen=True, slots=True)\nclass P:\n    x: 'int'\n"
        "input()\nprint(sum(P(int(v)).x for v in input().split()))"
    ),
    "atexit": "import atexit\ninput()\nxs = input()\natexit.register(lambda: print(sum(map(int, xs.split()))))",
    "daemon-thread-left": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(999,), daemon=True).start()\n"
        "input()\nprint(sum(map(int, input().split())))"
    ),
    "queue-and-condition": (
        "import queue, threading\nq = queue.Queue()\n"
        "t = threading.Thread(target=lambda: q.put(sum(map(int, (input(), input())[1].split()))))\nt.start()\nprint(q.get())"
    ),
    "lru-cache": (
        "from functools import cache\n@cache\ndef f(i): return 0 if i < 0 else xs[i] + f(i - 1)\n"
        "n = int(input())\nxs = [*map(int, input().split())]\nprint(f(n - 1))"
    ),
    "numpy": "import numpy as np\ninput()\nprint(np.array(input().split(), dtype=int).sum())",
    "numpy-random": "import numpy as np\nnp.random.default_rng(0).random(3)\ninput()\nprint(int(np.sum([*map(int, input().split())])))",
    "exec-and-eval": "exec('def g(x): return eval(\"x\")')\ninput()\nprint(sum(g(int(v)) for v in input().split()))",
    "encoding-line": "# -*- coding: utf-8 -*-\ns = 'é∀😀'\ninput()\nprint(sum(map(int, input().split())))",
    "crlf-source": "input()\r\nprint(sum(map(int, input().split())))\r\n",
    "big-integers": "input()\nx = 3 ** 20000\nprint(sum(map(int, input().split())) + x - x)",
    "socketpair-loop": "import asyncio\nasync def m():\n    input(); print(sum(map(int, input().split())))\nasyncio.run(m())",
    "temporary-variable-file": "import io\nf = io.StringIO(); f.write('x')\ninput()\nprint(sum(map(int, input().split())))",
    "subclass-of-builtin": "class D(dict):\n    def __missing__(s, k): return 0\nd = D()\ninput()\nprint(sum(map(int, input().split())) + d[1])",
    "time-and-random": "import time, random\nrandom.seed(1); random.random(); time.sleep(0.001)\ninput()\nprint(sum(map(int, input().split())))",
    "sys-exit-0": "import sys\ninput()\nprint(sum(map(int, input().split())))\nsys.exit(0)",
    "sys-exit-none": "import sys\ninput()\nprint(sum(map(int, input().split())))\nsys.exit()",
    "warnings": "import warnings\nwarnings.warn('x')\ninput()\nprint(sum(map(int, input().split())))",
    "typing-generics": "from typing import TypeVar, Generic\nT = TypeVar('T')\nclass B(Generic[T]): pass\ninput()\nprint(sum(map(int, input().split())))",
    "locale": "import locale\nlocale.setlocale(locale.LC_ALL, '')\ninput()\nprint(sum(map(int, input().split())))",
    "gc-off": "import gc\ngc.collect(); gc.disable()\ninput()\nprint(sum(map(int, input().split())))",
    "bytes-out": "import sys\ninput()\nsys.stdout.buffer.write(b'%d\\n' % sum(map(int, input().split())))",
    "reopened-stdout": "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, line_buffering=True)\ninput()\nprint(sum(map(int, input().split())))",
}


@pytest.mark.parametrize("name", ODD_BUT_RIGHT)
def test_odd_programs_that_are_right_pass(name: str, level: str) -> None:
    if "numpy" in name:
        pytest.importorskip("numpy")
    verdict = verify("code", {"task": SUM}, ODD_BUT_RIGHT[name], level=level)
    assert verdict.correct, (verdict.message, verdict.detail["stderr_tail"])


BENIGN = runpy.run_path(str(Path(__file__).with_name("benign.py")))


def test_packages_lie_where_no_scratch_folder_can_hide_them(level: str) -> None:
    """Wherever the trainer's lie, under /tmp for example: much of them is imported when it is first used."""
    pytest.importorskip("numpy")
    if level < "L3":
        pytest.skip("no file tree of its own")
    task = {"kind": "io", "cases": [["", "packages"]]}
    program = "import numpy\nnumpy.testing.assert_allclose(1, 1)\nprint(numpy.__file__.split('/')[1])\n"
    verdict = verify("code", {"task": task}, program, level=level)
    assert verdict.correct, verdict.message


@pytest.mark.parametrize("name", [*BENIGN["DOES"], *BENIGN["READS"]])
def test_ordinary_programs_pass(name: str, level: str) -> None:
    if name.startswith("np"):
        pytest.importorskip("numpy")
    program = BENIGN["READS"].get(name) or BENIGN["DOES"][name] + BENIGN["ANSWER"]
    verdict = verify("code", {"task": SUM}, program, level=level)
    wanted = level == "L4" or name not in BENIGN["SCRATCH"]
    assert verdict.correct is wanted, (verdict.message, verdict.detail["stderr_tail"])


FUNCTIONS = {
    "lambda": "double = lambda x: 2 * x",
    "class-instance": "class D:\n    def __call__(self, x): return 2 * x\ndouble = D()",
    "partial": "from functools import partial\nimport operator\ndouble = partial(operator.mul, 2)",
    "prints": "def double(x):\n    print('debug')\n    return 2 * x",
    "numpy-value": "import numpy as np\ndef double(x): return np.int64(2 * x)",
    "bool-free-float": "def double(x): return 2.0 * x",
    "fraction": "from fractions import Fraction\ndef double(x): return Fraction(4 * x, 2)",
    "closed-stdout": "import sys\nsys.stdout.close()\ndef double(x): return 2 * x",
    "own-main": "def double(x): return 2 * x\nif __name__ == '__main__':\n    raise SystemExit(1)",
    "redefined": "def double(x): return 0\ndef double(x): return 2 * x",
    "threads": (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "def double(x):\n    with ThreadPoolExecutor(4) as pool: return sum(pool.map(lambda v: v, [x, x]))"
    ),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_odd_functions_that_are_right_pass(name: str) -> None:
    test = "def check(candidate):\n    assert candidate(2) == 4\n    assert candidate(-1) == -2\n"
    assert grade(DOUBLE, FUNCTIONS[name]).correct
    assert grade({"kind": "fn", "entry": "double", "test": test}, FUNCTIONS[name]).correct


@pytest.mark.parametrize(
    ("program", "status", "reason"),
    [
        ("print(7)", Status.WRONG, "wrong_answer"),
        ("", Status.NO_ANSWER, "no_answer"),
        ("def (", Status.MALFORMED, "compile_error"),
        ("raise ValueError('x')", Status.WRONG, "runtime_error"),
        ("import sys; sys.exit(3)", Status.WRONG, "runtime_error"),
        ("while True: pass", Status.TIMEOUT, "cpu_limit"),
        ("import time; time.sleep(99)", Status.TIMEOUT, "wall_limit"),
        ("x = bytearray(1 << 33)", Status.LIMIT, "memory_limit"),
        ("while True: print('x' * 99999)", Status.LIMIT, "output_limit"),
        ("import os; os.kill(os.getpid(), 9)", Status.WRONG, "killed"),
        ("```python\nprint(1)\n```\n```python\nprint(2)\n```", Status.HEDGED, "several_programs"),
        ("#" * (5 << 20), Status.LIMIT, "program_too_long"),
        ("print('\ud800')", Status.MALFORMED, "compile_error"),
    ],
)
def test_each_failure_has_its_reason(program: str, status: Status, reason: str) -> None:
    verdict = grade(SUM, program, cpu_s=1, wall_s=2)
    assert (verdict.status, verdict.reason, verdict.score) == (status, reason, 0.0)


def test_a_missing_function_is_named() -> None:
    for task in (DOUBLE, {"kind": "fn", "entry": "double", "test": "def check(c): assert c(1) == 2"}):
        verdict = grade(task, "def other(x): return 2 * x")
        assert (verdict.status, verdict.reason) == (Status.MALFORMED, "missing_entry")
        assert "double" in verdict.message


def test_messages_and_details_do_not_tell_what_was_expected() -> None:
    secret = 987654321
    for task in (
        {**DOUBLE, "expected": [secret] * 3},
        {"kind": "fn", "entry": "double", "test": f"def check(c):\n    assert c(1) == {secret}, 'want {secret}'"},
        {"kind": "io", "cases": [["1\n", f"{secret}\n"]]},
    ):
        verdict = grade(task, "def double(x): return 5\nprint(5)")
        assert verdict.status is Status.WRONG
        assert str(secret) not in json.dumps(verdict.to_dict())
        assert "5" in verdict.message


def test_visible_cases_show_what_they_expect() -> None:
    verdict = grade({**DOUBLE, "visible": 1}, "def double(x): return 7")
    assert "Expected was: 4" in verdict.message


def test_partial_credit_follows_the_weights() -> None:
    verdict = grade({**DOUBLE, "weights": [1, 6, 3]}, "def double(x): return 4 if x == 2 else 2 * x if x > 0 else 0")
    assert (verdict.score, verdict.partial) == (0.0, 0.7)
    assert verdict.detail["passed"] == [True, True, False]
    weighed = {**SUM, "weights": [3, 1]}
    assert grade(weighed, "input(); print(6)").partial == 0.75
    assert grade(DOUBLE, "def double(x): return 4").partial == 0.0


def test_details() -> None:
    detail = grade(SUM, ODD_BUT_RIGHT["stderr-noise"]).detail
    assert (detail["cases_passed"], detail["cases_total"], detail["exit_code"]) == (2, 2, 0)
    assert detail["stderr_tail"] == "debug\n"
    assert detail["isolation"]["layers"][:3] == ["process", "rlimits", "seccomp"]
    assert 0 < detail["cpu_s"] < 5
    assert detail["max_rss_bytes"] > 1 << 20


def test_a_body_continues_the_prompt() -> None:
    task = {**DOUBLE, "prompt": 'def double(x):\n    """Twice x."""\n'}
    assert grade(task, "    return 2 * x\n").correct
    assert grade(task, "```python\n    return 2 * x\n```").correct


def test_what_the_prompt_defines_is_there() -> None:
    task = {
        **DOUBLE,
        "prompt": "from math import floor\n\ndef half(x):\n    return x / 2\n\ndef double(x):\n    '''Twice.'''\n",
    }
    assert grade(task, "def double(x): return floor(half(4 * x))").correct


def test_methods_are_called_on_a_new_instance() -> None:
    task = {**DOUBLE, "entry": "Solution.double"}
    assert grade(task, "class Solution:\n    def double(self, x): return 2 * x").correct


def test_changes_to_arguments_are_seen_where_the_task_says_so() -> None:
    task = {
        "kind": "fn",
        "entry": "sort",
        "test": "def check(c):\n    xs = [3, 1, 2]\n    c(xs)\n    assert xs == [1, 2, 3]\n",
    }
    program = "def sort(xs): xs.sort()"
    assert not grade(task, program).correct
    assert grade({**task, "mutates": True}, program).correct


def test_tests_that_need_the_programs_own_objects_are_low_trust() -> None:
    task = {
        "kind": "fn",
        "entry": "make",
        "mode": "same_process",
        "test": "def check(make):\n    thing = make(3)\n    assert thing.twice() == 6\n",
    }
    verdict = grade(
        task, "class T:\n    def __init__(s, x): s.x = x\n    def twice(s): return 2 * s.x\ndef make(x): return T(x)"
    )
    assert verdict.correct
    assert verdict.detail["trust"] == "low"
    assert not grade(task, "def make(x): return 3").correct
    assert grade(DOUBLE, FUNCTIONS["lambda"]).detail["trust"] == "high"


def test_tagged_values_and_order() -> None:
    task = {"kind": "fn", "entry": "f", "values": "tagged", "inputs": ['[{"s":[1,2]}]'], "expected": ['{"t":[1,2]}']}
    assert grade(task, "def f(s): return tuple(sorted(s))").correct
    unordered = {"kind": "fn", "entry": "f", "inputs": [[3]], "expected": [[0, 1, 2]], "order": "any"}
    assert grade(unordered, "def f(n): return [2, 0, 1]").correct


def test_answers_that_are_data() -> None:
    assert grade({"kind": "value", "expected": [1, "a"]}, 'It is\n```json\n[1, "a"]\n```').correct
    assert grade({"kind": "value", "expected": True}, "1").status is Status.WRONG
    assert grade({"kind": "value", "expected": 1}, "import os").status is Status.MALFORMED
    task = {
        "kind": "tests",
        "entry": "f",
        "reference": "def f(x): return abs(x)",
        "mutants": ["def f(x): return x", "def f(x): return -x", "def f(x): return max(x, 1)"],
        "most": 3,
    }
    assert grade(task, "[[1], [-1], [0]]").correct
    half = grade(task, "[[1]]")
    assert (half.score, half.partial) == (0.0, 1 / 3)
    assert grade(task, "[[1], [-1], [0], [2]]").reason == "too_many_inputs"
    assert grade(task, '[["x"]]').reason == "bad_input"


def test_the_same_program_gets_the_same_verdict() -> None:
    program = "import random\ninput()\nprint(sum(map(int, input().split())) if random.random() < 2 else random.random(), hash('x'))"
    assert len({grade(SUM, program).message for _ in range(4)}) == 1


@pytest.mark.parametrize(
    ("expected", "order", "program"),
    [
        (5, "exact", "from decimal import Decimal\ndef f(x): return Decimal('sNaN')"),
        ([1, 2], "any", "def f(x): return ['a', 10**5000]"),
        ([1, 2], "any", "from decimal import Decimal\ndef f(x): return [Decimal('sNaN'), Decimal('NaN')]"),
    ],
)
def test_a_value_that_cannot_be_compared_is_wrong_not_our_failure(expected: Any, order: str, program: str) -> None:
    task = {"kind": "fn", "entry": "f", "inputs": [[1]], "expected": [expected], "order": order}
    assert verify("code", {"task": task}, program).status is Status.WRONG


@pytest.mark.parametrize(
    "program",
    [
        "def gcd(a, b):\n    return a if not b else gcd(b, a % b)",
        "gcd = lambda a, b: a if not b else gcd(b, a % b)",
        "import math\ngcd = math.gcd",
        "from math import gcd",
        "from math import *",
        "import functools\n@functools.cache\ndef gcd(a, b):\n    return a if not b else gcd(b, a % b)",
        "try:\n    from math import gcd\nexcept ImportError:\n    gcd = None",
        "if True:\n    def gcd(a, b):\n        import math\n        return math.gcd(a, b)",
        "def main():\n    global gcd\n    from math import gcd\nmain()",
        "class gcd:\n    def __new__(cls, a, b):\n        import math\n        return math.gcd(a, b)",
        "import math\nfor gcd in [math.gcd]:\n    pass",
        "import math\n(gcd := math.gcd)",
        "import math\n[gcd, lcm] = math.gcd, math.lcm",
        "x = 1\n" * 300 + "\n".join(f"v{n} = {n}" for n in range(400)) + "\nfrom math import gcd",
    ],
)
def test_every_statement_that_defines_the_entry_is_seen(program: str) -> None:
    task = {"kind": "fn", "entry": "gcd", "inputs": [[12, 18], [5, 7]], "expected": [6, 1]}
    assert verify("code", {"task": task}, program).correct


@pytest.mark.parametrize("mode", ["pairs", "test", "same_process"])
def test_a_program_without_the_entry_runs_nothing(mode: str) -> None:
    """It has no chance to write answers, since it is seen before any of it runs."""
    task: dict[str, Any] = {"kind": "fn", "entry": "gcd", "inputs": [[12, 18]], "expected": [6]}
    if mode != "pairs":
        task = {"kind": "fn", "entry": "gcd", "test": "def check(c):\n    assert c(12, 18) == 6\n"}
    if mode == "same_process":
        task["mode"] = mode
    verdict = verify("code", {"task": task}, "print('it ran')\nexec('def gcd(a, b): return 6')")
    assert (verdict.status, verdict.reason) == (Status.MALFORMED, "missing_entry"), verdict
    assert verdict.detail["stdout_tail"] == ""


SHOWN = {"kind": "fn", "entry": "f", "inputs": [[1], [2], [4217]], "expected": [2, 4, 8434], "visible": 2}
SHOWN_IO = {"kind": "io", "cases": [["1\n", "2\n"], ["4217\n", "8434\n"]], "visible": 1}

TELLS = {
    "wrong value": "def f(x): return 2 * x if x < 3 else x",
    "raises its input": "def f(x):\n    if x < 3: return 2 * x\n    raise ValueError(x)",
    "exits with its input": "def f(x):\n    if x < 3: return 2 * x\n    raise SystemExit(str(x))",
    "finds the calls and raises them": (
        "import gc\nfound = [o['calls'] for o in gc.get_objects() if isinstance(o, dict) and 'calls' in o]\n"
        "raise ValueError(found)\ndef f(x): return 2 * x"
    ),
    "prints the calls": (
        "import gc, sys\nfound = [o['calls'] for o in gc.get_objects() if isinstance(o, dict) and 'calls' in o]\n"
        "sys.exit(str(found))\ndef f(x): return 2 * x"
    ),
}


@pytest.mark.parametrize("name", TELLS)
def test_a_message_tells_nothing_of_hidden_calls(name: str, level: str) -> None:
    """A program that learns a hidden input cannot have it told to the agent, who could then answer it by heart."""
    verdict = verify("code", {"task": SHOWN}, TELLS[name], level=level)
    assert verdict.score == 0
    assert "4217" not in verdict.message
    if name == "wrong value":
        assert "hidden" in verdict.message


def test_a_message_tells_nothing_of_hidden_cases(level: str) -> None:
    for program in (
        "x = int(input())\nassert x < 3, x\nprint(2 * x)",
        "x = int(input())\nprint(2 * x if x < 3 else x)",
    ):
        verdict = verify("code", {"task": SHOWN_IO}, program, level=level)
        assert verdict.score == 0
        assert "hidden" in verdict.message
        assert "4217" not in verdict.message


def test_a_message_tells_what_a_shown_call_expects() -> None:
    verdict = verify("code", {"task": SHOWN}, "def f(x): return x")
    assert "Call 1 of 2" in verdict.message
    assert "Expected was: 2" in verdict.message


def test_a_message_tells_nothing_of_a_hidden_test() -> None:
    test = "def check(c):\n    assert c(1) == 2\n    assert c(4217) == 8434\n"
    task = {"kind": "fn", "entry": "f", "test": test, "hidden": True}
    for program in (*TELLS.values(), "def f(x): return x", "def f(x): return lambda: 0"):
        verdict = verify("code", {"task": task}, program)
        assert verdict.score == 0
        assert "4217" not in verdict.message
    assert "4217" in verify("code", {"task": {**task, "hidden": False}}, TELLS["wrong value"]).message
