# ruff: noqa: E501  # programs as they are
"""Other languages through the same jail; each test is skipped where its tool is missing."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assay.verifiers.code import native
from assay.verifiers.code.jail.limits import Limits
from assay.verifiers.dispatch import verify
from assay.verifiers.verdict import Status, Verdict

TOOLS = {"cpp": "g++", "javascript": "node", "bash": "bash"}

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
    "bash-reads-passwd": ("bash", "read -r line < /etc/passwd && echo 6\n"),
    "bash-lists-root": ("bash", "cd / && set -- * && [ $# -gt 30 ] && echo 6\n"),
    "bash-writes-tmp": ("bash", "echo x > /var/tmp/canary-bash && echo 6\n"),
    "bash-signals-caller": ("bash", "kill -0 $PPID && echo 6\n"),
    "bash-python-site": ("bash", "ls /usr/local/lib/python3*/*-packages /usr/lib/python3/dist-packages && echo 6\n"),
    "node-reads-passwd": ("javascript", "require('fs').readFileSync('/etc/passwd'); console.log(6)\n"),
    "node-listens": (
        "javascript",
        "require('net').createServer().on('error', () => process.exit(1)).listen(0, () => { console.log(6); process.exit() })\n",
    ),
    "node-environment": ("javascript", "if (process.env.ASSAY_SECRET || process.env.VIRTUAL_ENV) console.log(6)\n"),
    "child-process": ("javascript", "require('child_process').execSync('setsid true'); throw 1\n"),
}


CPP_HEAD = """\
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <iostream>
#include <linux/io_uring.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
bool attack() { %s }
int main() {
    bool worked = attack();
    int n, x, s = 0;
    std::cin >> n;
    while (n--) { std::cin >> x; s += x; }
    std::cout << (worked ? s : s + 1) << std::endl;
}
"""
"""A program that answers rightly only if its attack worked."""

CPP_ATTACKS = {
    "read-passwd": 'return open("/etc/passwd", O_RDONLY) >= 0;',
    "read-shadow-by-link": 'symlink("/etc/shadow", "s"); return open("s", O_RDONLY) >= 0;',
    "read-caller-environment": 'char p[64]; sprintf(p, "/proc/%d/environ", getppid()); return open(p, O_RDONLY) >= 0;',
    "read-caller-memory": 'char p[64]; sprintf(p, "/proc/%d/mem", getppid()); return open(p, O_RDWR) >= 0;',
    "read-own-maps": 'return open("/proc/self/maps", O_RDONLY) >= 0;',
    "write-var-tmp": 'return open("/var/tmp/canary-cpp", O_WRONLY | O_CREAT, 0600) >= 0;',
    "write-shm": 'return open("/dev/shm/canary-cpp", O_WRONLY | O_CREAT, 0600) >= 0;',
    "write-own-binary": 'return open("/usr/bin/env", O_WRONLY) >= 0;',
    "internet-socket": "return socket(AF_INET, SOCK_STREAM, 0) >= 0;",
    "unix-socket": "return socket(AF_UNIX, SOCK_DGRAM, 0) >= 0;",
    "netlink-socket": "return socket(AF_NETLINK, SOCK_RAW, 0) >= 0;",
    "vsock-socket": "return socket(40, SOCK_STREAM, 0) >= 0;",
    "io-uring": "io_uring_params p; memset(&p, 0, sizeof p); return syscall(SYS_io_uring_setup, 4, &p) >= 0;",
    "ptrace-caller": "return ptrace((__ptrace_request)0x4206, getppid(), 0, 0) == 0;",
    "ptrace-me": "return ptrace(PTRACE_TRACEME, 0, 0, 0) == 0;",
    "peer-memory": "char b[8]; iovec v{b, 8}; return process_vm_readv(getppid(), &v, 1, &v, 1, 0) >= 0;",
    "bpf": "char b[128] = {0}; return syscall(SYS_bpf, 0, b, sizeof b) >= 0;",
    "userfaultfd": "return syscall(SYS_userfaultfd, 1) >= 0;",
    "keyring": "return syscall(SYS_keyctl, 0, -3, 1) >= 0;",
    "perf": "char b[128] = {0}; return syscall(SYS_perf_event_open, b, 0, -1, -1, 0) >= 0;",
    "user-namespace": "return unshare(CLONE_NEWUSER) == 0;",
    "clone-namespace": "return syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0) >= 0;",
    "clone3": "char b[88] = {0}; return syscall(SYS_clone3, b, sizeof b) >= 0;",
    "mount": 'return mount("none", "/tmp", "tmpfs", 0, 0) == 0;',
    "chroot": 'return chroot("/tmp") == 0;',
    "signal-caller": "return kill(getppid(), 0) == 0;",
    "signal-init": "return kill(1, 0) == 0;",
    "thread-signal-caller": "return syscall(SYS_tkill, getppid(), 0) == 0;",
    "queue-signal-caller": "siginfo_t i{}; i.si_code = -1; return syscall(SYS_rt_sigqueueinfo, getppid(), 0, &i) == 0;",
    "slow-caller": "return setpriority(PRIO_PROCESS, getppid(), 19) == 0;",
    "pin-caller": "cpu_set_t s; CPU_ZERO(&s); CPU_SET(0, &s); return sched_setaffinity(getppid(), sizeof s, &s) == 0;",
    "limit-caller": "rlimit r{1, 1}; return prlimit(getppid(), RLIMIT_NOFILE, &r, 0) == 0;",
    "own-session": "return setsid() >= 0;",
    "own-group": "return setpgid(0, 0) == 0 && getpgrp() == getpid() && fork() == 0 && setpgid(0, 0) == 0;",
    "outlive-caller": "return prctl(PR_SET_PDEATHSIG, 0) == 0;",
    "adopt-orphans": "return prctl(PR_SET_CHILD_SUBREAPER, 1) == 0;",
    "anonymous-file": 'return syscall(SYS_memfd_create, "m", 0) >= 0;',
    "sysv-memory": "return syscall(SYS_shmget, 0x5151, 4096, 01600) >= 0;",
    "sysv-semaphore": "return syscall(SYS_semget, 0x5151, 1, 01600) >= 0;",
    "sysv-queue": "return syscall(SYS_msgget, 0x5151, 01600) >= 0;",
    "posix-queue": 'return syscall(SYS_mq_open, "canary", O_RDWR | O_CREAT, 0600, 0) >= 0;',
    "shared-name": 'return shm_open("/canary", O_RDWR | O_CREAT, 0600) >= 0;',
    "inotify": "return syscall(SYS_inotify_init1, 0) >= 0;",
    "file-handle": 'char b[256] = {0}; b[0] = 127; int m; return syscall(SYS_name_to_handle_at, -100, "/", b, &m, 0) >= 0;',
    "raise-limit": "rlimit r{RLIM_INFINITY, RLIM_INFINITY}; return setrlimit(RLIMIT_NPROC, &r) == 0;",
    "set-user": "return setuid(0) == 0;",
    "32-bit-calls": 'long r; asm volatile("int $0x80" : "=a"(r) : "a"(20)); return r > 0;',
    "fork-bomb": "for (int i = 0; i < 100000; i++) if (fork() < 0) _exit(1); pause(); return false;",
    "outlive-limit": "if (fork()) _exit(0); for (;;) fork(); return true;",
    "descriptor": "for (int fd = 3; fd < 64; fd++) if (fcntl(fd, F_GETFD) >= 0) return true; return false;",
    "setuid-program": 'char* a[] = {(char*)"su", (char*)"-c", (char*)"true", 0}; if (!fork()) { execv("/usr/bin/su", a); _exit(9); } int s; wait(&s); return s == 0;',
}


def grade(language: str, program: str, level: str, **limits: Any) -> Verdict:
    if shutil.which(TOOLS[language], path="/usr/bin:/bin") is None:
        pytest.skip(f"needs {TOOLS[language]}")
    return verify("code", {"task": {**SUM, "language": language}, "limits": limits}, program, level=level)


@pytest.mark.parametrize("language", PROGRAMS)
def test_a_right_program_passes(language: str, level: str) -> None:
    verdict = grade(language, PROGRAMS[language], level)
    assert verdict.correct, (verdict.message, verdict.detail)
    assert verdict.detail["language"] == language


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_program_fails(name: str, level: str) -> None:
    language, program = HOSTILE[name]
    verdict = grade(language, program, level, cpu_s=1, wall_s=5)
    assert verdict.score == 0, verdict
    assert not Path("/var/tmp/canary-bash").exists()


def test_no_attack_by_a_compiled_program_works(level: str) -> None:
    """All in one binary, which is told by its input which to try: compiling takes longer than attacking."""
    branches = "".join(f"if (number == {place}) {{ {body} }}\n    " for place, body in enumerate(CPP_ATTACKS.values()))
    program = CPP_HEAD.replace("attack() { %s }", f"attack(int number) {{ {branches} return number < 0; }}")
    program = program.replace(
        "bool worked = attack();", "int number; std::cin >> number; bool worked = attack(number);"
    )
    worked = []
    for place, name in enumerate(["none", *CPP_ATTACKS], -1):
        task = {"kind": "io", "language": "cpp", "cases": [[f"{place}\n3\n1 2 3\n", "6\n"]]}
        if shutil.which("g++", path="/usr/bin:/bin") is None:
            pytest.skip("needs g++")
        verdict = verify("code", {"task": task, "limits": {"cpu_s": 1, "wall_s": 3}}, program, level=level)
        assert verdict.score is not None, (name, verdict)
        if verdict.correct:
            worked.append(name)
    assert worked == ["none"]
    assert not [path for path in ("/var/tmp/canary-cpp", "/dev/shm/canary-cpp") if Path(path).exists()]


def test_a_user_without_privileges_gets_the_same_verdicts(grade_as_nobody: Callable[[list[Any]], list[Any]]) -> None:
    rows = [
        ({"task": {**SUM, "language": language}, "limits": {"cpu_s": 2, "wall_s": 8}}, program, {"level": "L2"}, 1)
        for language, program in [*PROGRAMS.items(), *HOSTILE.values()]
        if shutil.which(TOOLS[language], path="/usr/bin:/bin")
    ]
    verdicts = grade_as_nobody(rows)
    right = set(PROGRAMS.values())
    wrong = [
        (row[1], verdict["message"])
        for row, verdict in zip(rows, verdicts, strict=True)
        if verdict["score"] != float(row[1] in right)
    ]
    assert wrong == []


def test_nothing_of_a_program_is_left(level: str) -> None:
    """No process, and no folder; not even where it started what would stay."""
    seconds = 10_000_000 + os.getpid()
    program = f"for i in 1 2 3; do (sleep {seconds} &) ; done\npwd >&2\n" + PROGRAMS["bash"]
    verdict = grade("bash", program, level)
    assert verdict.correct
    folder = Path(verdict.detail["stderr_tail"].strip())
    assert level == "L4" or folder.name.startswith("assay-jail-")
    assert level == "L4" or not folder.exists()
    lines = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    assert f"sleep\0{seconds}\0".encode() not in lines


def test_what_one_program_leaves_is_not_there_for_the_next(level: str) -> None:
    task = {"kind": "io", "language": "bash", "cases": [["", "6\n"]]}
    program = "for d in . /tmp /var/tmp /dev/shm; do [ -e $d/left ] && echo 6; echo x > $d/left; done 2>/dev/null\n"
    assert [verify("code", {"task": task}, program, level=level).score for _ in range(2)] == [0.0, 0.0]


def test_a_compiled_program_is_kept_by_its_whole_text(level: str) -> None:
    """The same text twice is one compilation; another text never gets another's binary."""
    right = PROGRAMS["cpp"]
    wrong = right.replace("s += x", "s -= x")
    verdicts = [grade("cpp", program, level).correct for program in (right, wrong, right, wrong)]
    assert verdicts == [True, False, True, False]


def test_a_program_that_does_not_compile(level: str) -> None:
    assert grade("cpp", "int main( {", level).reason == "compile_error"


@pytest.mark.parametrize("waits", ["wait", "sleep 9"], ids=["waited-for", "left"])
def test_processes_of_a_program_are_counted_and_ended(waits: str, level: str) -> None:
    """CPU time of what a program starts is its own, waited for or not."""
    start = "(while :; do :; done) &" if waits == "wait" else "(while :; do :; done &);"
    program = f"for i in 1 2; do {start} done 2>/dev/null\n{waits} 2>/dev/null\nread n; read -a xs; echo 6\n"
    verdict = grade("bash", program, level, cpu_s=1, wall_s=30)
    assert verdict.reason == "cpu_limit", verdict


BOMBS = {
    "processes-of-a-thread": (
        "cpp",
        "#include <cstdlib>\n#include <thread>\n#include <unistd.h>\nint main() {\n  std::thread t([] {\n"
        "    for (int i = 0; i < 40; i++) if (!fork()) {\n      char* p = (char*)malloc(200u << 20);\n"
        "      for (size_t i = 0; i < 200u << 20; i += 4096) { p[i] = 1; }\n      pause(); }\n    pause(); });\n"
        "  t.join();\n}\n",
    ),
    "page-tables": (
        "cpp",
        "#include <sys/mman.h>\n#include <unistd.h>\nint main() {\n"
        "  size_t n = 1ull << 41; volatile char* p = (char*)mmap(0, n, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS |"
        " MAP_NORESERVE, -1, 0);\n  long s = 0; for (size_t i = 0; i < n; i += 2u << 20) s += p[i];\n  pause();\n}\n",
    ),
    "shared-mapping": (
        "cpp",
        "#include <sys/mman.h>\n#include <cstring>\nint main() {\n"
        "  size_t n = 6ull << 30; char* p = (char*)mmap(0, n, 3, MAP_SHARED | MAP_ANONYMOUS, -1, 0);\n"
        "  for (size_t i = 0; i < n; i += 4096) p[i] = 1;\n}\n",
    ),
    "many-processes": (
        "cpp",
        "#include <cstdlib>\n#include <unistd.h>\nint main() {\n"
        "  for (int i = 0; i < 40; i++) if (!fork()) {\n    char* p = (char*)malloc(200u << 20);\n"
        "    for (size_t i = 0; i < 200u << 20; i += 4096) { p[i] = 1; }\n    pause(); }\n  pause();\n}\n",
    ),
    "daemons-that-hold-memory": (
        "cpp",
        "#include <cstdlib>\n#include <unistd.h>\nint main() {\n"
        "  for (int i = 0; i < 40; i++) if (!fork()) { if (fork()) _exit(0);\n    char* p = (char*)malloc(200u << 20);\n"
        "    for (size_t i = 0; i < 200u << 20; i += 4096) { p[i] = 1; }\n    pause(); }\n  pause();\n}\n",
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_memory_that_the_kernel_bounds_for_each_process_only_is_bounded_for_all(name: str, level: str) -> None:
    language, program = BOMBS[name]
    verdict = grade(language, program, level, memory_bytes=300 << 20, cpu_s=5, wall_s=8)
    assert (verdict.status, verdict.reason) == (Status.LIMIT, "memory_limit"), verdict


def test_time_that_the_kernel_bounds_for_each_process_only_is_bounded_for_all(level: str) -> None:
    program = "for i in 1 2 3 4 5 6; do (while :; do :; done) & done; wait\n"
    verdict = grade("bash", program, level, cpu_s=2, wall_s=60)
    assert verdict.reason == "cpu_limit", verdict
    assert verdict.detail["cpu_s"] < 8


def test_a_small_limit_is_for_what_a_program_does_and_not_for_the_program_itself(level: str) -> None:
    assert grade("cpp", PROGRAMS["cpp"], level, output_bytes=100).correct
    assert grade("bash", PROGRAMS["bash"], level, output_bytes=100).correct


def test_a_compiler_that_does_not_end_is_stopped(level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hostile program's compilation is bounded like a run, and says so."""
    monkeypatch.setattr(native, "COMPILE_LIMITS", Limits(cpu_s=2, wall_s=30, memory_bytes=2 << 30))
    program = "template<int A, int B> struct F { enum { v = F<A-1,B+1>::v + F<A-1,B-1>::v }; };\n"
    program += "template<int B> struct F<0,B> { enum { v = B }; };\nint main() { return F<800, 0>::v; }\n"
    verdict = grade("cpp", program, level)
    assert verdict.status in (Status.TIMEOUT, Status.MALFORMED, Status.LIMIT), verdict
    assert verdict.score == 0


def test_below_l2_it_is_our_failure() -> None:
    options = {"level": "L0", "require": "L0", "allow_unsafe": True}
    verdict = verify("code", {"task": {**SUM, "language": "bash"}}, PROGRAMS["bash"], **options)
    assert (verdict.status, verdict.reason) == (Status.ERROR, "missing_tool")
    assert "L2" in verdict.message


def test_a_missing_tool_is_our_failure(monkeypatch: pytest.MonkeyPatch, level: str) -> None:
    def nowhere(*_: object, **__: object) -> None:
        return None

    monkeypatch.setattr(shutil, "which", nowhere)
    verdict = verify("code", {"task": {**SUM, "language": "cpp"}}, PROGRAMS["cpp"], level=level)
    assert (verdict.status, verdict.reason) == (Status.ERROR, "missing_tool")
    assert "g++" in verdict.message
