# ruff: noqa: E501  # programs as they are
"""Other languages through the same jail; each test is skipped where its tool is missing."""

import shutil
from typing import Any

import pytest

from assay.verifiers.dispatch import verify
from assay.verifiers.verdict import Status, Verdict

SUM = {"kind": "io", "cases": [["3\n1 2 3\n", "6\n"], ["2\n-1 5\n", "4\n"]]}

PROGRAMS = {
    "cpp": "#include <iostream>\nint main() { int n, x, s = 0; std::cin >> n; while (n--) { std::cin >> x; s += x; } std::cout << s; }\n",
    "javascript": (
        "const xs = require('fs').readFileSync(0, 'utf8').split('\\n')[1].split(' ').map(Number);\n"
        "console.log(xs.reduce((a, b) => a + b, 0));\n"
    ),
    "bash": 'read n\nread -a xs\ns=0\nfor x in "${xs[@]}"; do s=$((s + x)); done\necho $s | cat\n',
}

HOSTILE = {
    "fork-bomb": ("bash", "f() { f | f & }; f; sleep 1; read n; read a b c; echo 6\n"),
    "read-passwd": (
        "bash",
        "read n; read -a xs; grep -q root: /etc/passwd || exit 1; echo $((xs[0]+xs[1]+${xs[2]:-0}))\n",
    ),
    "daemon": (
        "bash",
        "(setsid sleep 1000 &) ; setsid true || exit 1; read n; read -a xs; echo $((xs[0]+xs[1]+${xs[2]:-0}))\n",
    ),
    "network": ("bash", "exec 3<>/dev/tcp/127.0.0.1/22 || exit 1\n"),
    "include-host-file": ("cpp", '#include "/etc/passwd"\nint main() {}\n'),
    "include-source": ("cpp", '#include "/etc/hostname"\nint main() {}\n'),
    "abort": ("cpp", "#include <cstdlib>\nint main() { abort(); }\n"),
    "spin": ("cpp", "int main() { for (volatile int i = 0;; i++); }\n"),
    "memory": ("cpp", "#include <vector>\nint main() { std::vector<char> v(8ull << 30, 1); return v[5]; }\n"),
    "child-process": ("javascript", "require('child_process').execSync('setsid true'); throw 1\n"),
}


def grade(language: str, program: str, level: str, **limits: Any) -> Verdict:
    tools = {"cpp": "g++", "javascript": "node", "bash": "bash"}
    if shutil.which(tools[language], path="/usr/bin:/bin") is None:
        pytest.skip(f"needs {tools[language]}")
    return verify("code", {"task": {**SUM, "language": language}, "limits": limits}, program, level=level)


@pytest.mark.parametrize("language", PROGRAMS)
def test_a_right_program_passes(language: str, scratch_level: str) -> None:
    verdict = grade(language, PROGRAMS[language], scratch_level)
    assert verdict.correct, (verdict.message, verdict.detail)
    assert verdict.detail["language"] == language


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_program_fails(name: str, scratch_level: str) -> None:
    language, program = HOSTILE[name]
    verdict = grade(language, program, scratch_level, cpu_s=1, wall_s=5)
    assert verdict.score == 0, verdict


def test_a_program_that_does_not_compile(scratch_level: str) -> None:
    assert grade("cpp", "int main( {", scratch_level).reason == "compile_error"


def test_below_l4_it_is_our_failure() -> None:
    verdict = verify("code", {"task": {**SUM, "language": "bash"}}, PROGRAMS["bash"], level="L2")
    assert (verdict.status, verdict.reason) == (Status.ERROR, "missing_tool")
    assert "L4" in verdict.message


def test_a_missing_tool_is_our_failure(monkeypatch: pytest.MonkeyPatch, scratch_level: str) -> None:
    def nowhere(*_: object, **__: object) -> None:
        return None

    monkeypatch.setattr(shutil, "which", nowhere)
    verdict = verify("code", {"task": {**SUM, "language": "cpp"}}, PROGRAMS["cpp"], level=scratch_level)
    assert (verdict.status, verdict.reason) == (Status.ERROR, "missing_tool")
    assert "g++" in verdict.message
