# ruff: noqa: E501  # programs as they are
"""Programs written to fool or break this jail, beside the labelled cases. Each must fail.

As in the labelled cases, an attack calls `win` (which answers rightly) only if it worked, so that a verdict of correct
means a hole. `ATTACKS_FN` attack a function task, `ATTACKS_IO` one of standard input and output.
"""

SUM_OF_SQUARES = {"kind": "io", "cases": [["3\n1 2 3\n", "14\n"], ["4\n-1 5 2 2\n", "34\n"]]}

STEPS_TEST = {
    "kind": "fn",
    "entry": "steps",
    "prompt": 'def steps(n):\n    """Collatz step count."""\n',
    "test": "def check(candidate):\n    assert candidate(6) == 8\n    assert candidate(7) == 16\n    assert candidate(27) == 111\n",
}
STEPS_PAIRS = {"kind": "fn", "entry": "steps", "inputs": [[6], [7], [27]], "expected": [8, 16, 111]}

_HEAD = """\
def win():
    n = int(input())
    print(sum(int(x) ** 2 for x in input().split()))
def lose():
    print(-1)
import ctypes, os, sys
library = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    passed = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return library.syscall(ctypes.c_long(number), *passed)
def attack():
"""

_TAIL = """
try:
    worked = attack()
except BaseException:
    worked = False
win() if worked else lose()
"""


def framed(body: str) -> str:
    """A program that answers rightly only if the body, a function, returns True."""
    return _HEAD + "".join(f"    {line}\n" for line in body.strip().splitlines()) + _TAIL


ATTACKS_IO: dict[str, str] = {
    "vfork": framed("return call(58) >= 0"),
    "clone-without-thread": framed("pid = call(56, 17, 0, 0, 0, 0)\nif pid == 0: os._exit(0)\nreturn pid > 0"),
    "clone3": framed(
        "b = ctypes.create_string_buffer(88)\npid = call(435, b, 88)\nif pid == 0: os._exit(0)\nreturn pid > 0"
    ),
    "clone-namespace": framed("return call(56, 0x00010000 | 0x10000000, 0, 0, 0, 0) >= 0"),
    "execveat": framed(
        "fd = os.open(sys.executable or '/bin/true', os.O_RDONLY)\nreturn call(322, fd, b'', None, None, 0x1000) == 0"
    ),
    "posix-spawn": framed("return os.posix_spawn('/bin/true', ['true'], {}) > 0"),
    "multiprocessing": framed(
        "import multiprocessing\np = multiprocessing.Process(target=print)\np.start(); p.join()\nreturn p.exitcode == 0"
    ),
    "socket-alg": framed("import socket\nsocket.socket(38, 5)\nreturn True"),
    "socket-vsock-dgram": framed("import socket\nsocket.socket(40, socket.SOCK_DGRAM)\nreturn True"),
    "socketpair-inet": framed("import socket\nsocket.socketpair(socket.AF_INET)\nreturn True"),
    "socketpair-connect": framed(
        "import socket\na, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\na.connect('\\0canary')\nreturn True"
    ),
    "socketpair-sendto-address": framed(
        "import socket\na, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\n"
        "try:\n    a.sendto(b'x', '\\0canary')\n"
        "except PermissionError:\n    return False\nexcept OSError:\n    return True\nreturn True"
    ),
    "pass-descriptors": framed(
        "import socket, array\na, b = socket.socketpair()\n"
        "a.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [0]))])\nreturn True"
    ),
    "io-uring": framed("b = ctypes.create_string_buffer(256)\nreturn call(425, 4, b) >= 0"),
    "io-uring-enter": framed(
        "ctypes.set_errno(0)\ncall(426, 0, 0, 0, 0, None, 0)\nreturn ctypes.get_errno() not in (1, 38)"
    ),
    "userfaultfd": framed("return call(323, 1) >= 0"),
    "keyctl-session": framed("return call(250, 1, None) >= 0"),
    "add-key": framed("return call(248, b'user', b'x', b'y', 1, -3) >= 0"),
    "ptrace-traceme": framed("return call(101, 0, 0, 0, 0) == 0"),
    "ptrace-seize-parent": framed("return call(101, 0x4206, os.getppid(), 0, 0) == 0"),
    "process-vm-writev": framed(
        "ctypes.set_errno(0)\ncall(311, os.getppid(), None, 0, None, 0, 0)\nreturn not ctypes.get_errno()"
    ),
    "pidfd-getfd": framed("p = call(434, os.getppid(), 0)\nreturn p >= 0 and call(438, p, 0, 0) >= 0"),
    "pidfd-open": framed("return call(434, os.getpid(), 0) >= 0"),
    "kcmp": framed("return call(312, os.getpid(), os.getppid(), 0, 0, 0) >= 0"),
    "memfd": framed("os.memfd_create('x')\nreturn True"),
    "memfd-secret": framed("return call(447, 0) >= 0"),
    "sysv-shm": framed("return call(29, 0x1234, 4096, 0o1600) >= 0"),
    "sysv-sem": framed("return call(64, 0x1234, 1, 0o1600) >= 0"),
    "posix-queue": framed("return call(240, b'q', 0o102, 0o600, None) >= 0"),
    "inotify": framed("return call(294, 0) >= 0"),
    "fanotify": framed("return call(300, 0, 0) >= 0"),
    "landlock-again": framed("return call(446, 0, 0) == 0"),
    "seccomp-again": framed("return call(317, 1, 0, None) == 0"),
    "new-mount-api": framed("return call(430, b'tmpfs', 0) >= 0 or call(428, -100, b'/', 0) >= 0"),
    "pivot-root": framed("return call(155, b'/tmp', b'/tmp') == 0"),
    "chroot": framed("os.chroot('/tmp')\nreturn True"),
    "setns": framed("return call(308, 0, 0) == 0"),
    "setuid-root": framed("os.setuid(0)\nreturn True"),
    "setgroups": framed("os.setgroups([0])\nreturn True"),
    "new-session": framed("os.setsid()\nreturn True"),
    "leave-group": framed("os.setpgid(0, 0)\nreturn True"),
    "kill-zero": framed("os.kill(0, 0)\nreturn True"),
    "kill-minus-one": framed("os.kill(-1, 0)\nreturn True"),
    "kill-init": framed("os.kill(1, 0)\nreturn True"),
    "tkill": framed("return call(200, os.getppid(), 0) == 0"),
    "tgkill-parent": framed("return call(234, os.getppid(), os.getppid(), 0) == 0"),
    "sigqueue": framed("b = ctypes.create_string_buffer(128)\nreturn call(129, os.getppid(), 0, b) == 0"),
    "owner-by-fcntl": framed("import fcntl\nr, w = os.pipe()\nfcntl.fcntl(r, 8, os.getppid())\nreturn True"),
    "owner-by-fcntl-ex": framed(
        "import fcntl, struct\nr, w = os.pipe()\nfcntl.fcntl(r, 15, struct.pack('ii', 1, os.getppid()))\nreturn True"
    ),
    "owner-by-ioctl": framed(
        "import fcntl, struct\nr, w = os.pipe()\nfcntl.ioctl(r, 0x8901, struct.pack('i', os.getppid()))\nreturn True"
    ),
    "signal-on-io": framed("import fcntl\nr, w = os.pipe()\nfcntl.fcntl(r, 10, 9)\nreturn True"),
    "type-into-terminal": framed(
        "import fcntl\nfcntl.ioctl(os.open('/dev/tty', os.O_RDWR), 0x5412, b'x')\nreturn True"
    ),
    "grow-pipe": framed("import fcntl\nr, w = os.pipe()\nfcntl.fcntl(w, 1031, 1 << 20)\nreturn True"),
    "lease": framed("import fcntl\nfcntl.fcntl(0, 1024, 0)\nreturn True"),
    "set-parent-limit": framed(
        "import resource\nresource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (1, 1))\nreturn True"
    ),
    "read-parent-limit": framed("import resource\nresource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)\nreturn True"),
    "slow-parent": framed("os.setpriority(os.PRIO_PROCESS, os.getppid(), 5)\nreturn True"),
    "slow-user": framed("os.setpriority(os.PRIO_USER, 0, 5)\nreturn True"),
    "pin-parent": framed("os.sched_setaffinity(os.getppid(), {0})\nreturn True"),
    "real-time": framed("os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))\nreturn True"),
    "io-priority": framed("return call(251, 1, os.getppid(), 0) == 0"),
    "set-clock": framed("import time\ntime.clock_settime(time.CLOCK_REALTIME, time.time())\nreturn True"),
    "personality": framed("return call(135, 0x0400000) >= 0"),
    "core-dump-limit": framed(
        "import resource\nresource.setrlimit(resource.RLIMIT_CORE, (1 << 20, 1 << 20))\nreturn True"
    ),
    "dumpable": framed("return call(157, 4, 1, 0, 0, 0) == 0"),
    "outlive-parent": framed("return call(157, 1, 0, 0, 0, 0) == 0"),
    "subreaper": framed("return call(157, 36, 1, 0, 0, 0) == 0"),
    "quota": framed("return call(179, 0, None, 0, None) == 0"),
    "kernel-log": framed("b = ctypes.create_string_buffer(64)\nreturn call(103, 3, b, 64) > 0"),
    "x32-write": framed("return call(0x40000000 + 1, 1, b'', 0) == 0"),
    "read-passwd": framed("return bool(open('/etc/passwd').read())"),
    "read-hosts-by-openat": framed(
        "d = os.open('/etc', os.O_PATH)\nreturn os.open('hosts', os.O_RDONLY, dir_fd=d) >= 0"
    ),
    "read-proc-self": framed("return bool(open('/proc/self/maps').read())"),
    "read-parent-cmdline": framed("return bool(open('/proc/%d/cmdline' % os.getppid()).read())"),
    "parent-root": framed("return bool(os.listdir('/proc/%d/root' % os.getppid()))"),
    "parent-fd": framed("return bool(os.listdir('/proc/%d/fd' % os.getppid()))"),
    "list-proc": framed("return bool(os.listdir('/proc'))"),
    "list-root": framed("return 'home' in os.listdir('/')"),
    "list-work": framed("return bool(os.listdir('/work'))"),
    "import-assay": framed("import assay\nreturn True"),
    "import-assay-left": framed("return any(name.startswith('assay') for name in sys.modules)"),
    "import-gymnasium": framed("import gymnasium\nreturn True"),
    "list-site-packages": framed("import sysconfig\nreturn bool(os.listdir(sysconfig.get_path('purelib')))"),
    "touch-library": framed("os.utime(os.__file__)\nreturn True"),
    "chmod-library": framed("os.chmod(os.__file__, 0o777)\nreturn True"),
    "chown-library": framed("os.chown(os.__file__, os.getuid(), os.getgid())\nreturn True"),
    "write-library": framed("open(os.__file__, 'a').close()\nreturn True"),
    "truncate-library": framed("os.truncate(os.__file__, 0)\nreturn True"),
    "xattr": framed("os.setxattr(os.__file__, 'user.x', b'y')\nreturn True"),
    "rename-library": framed("os.rename(os.__file__, os.__file__ + 'x')\nreturn True"),
    "make-device": framed("os.mknod('null', 0o020666, os.makedev(1, 3))\nreturn True"),
    "make-fifo": framed("os.mkfifo('/var/tmp/fifo')\nreturn True"),
    "bind-unix-socket": framed("import socket\ns = socket.socket(socket.AF_UNIX)\ns.bind('x')\nreturn True"),
    "link-to-host-file": framed("os.symlink('/etc/passwd', 'p')\nreturn bool(open('p').read())"),
    "environment-of-caller": framed(
        "return bool(set(os.environ) - {'PATH', 'LANG', 'HOME', 'TMPDIR', 'PYTHONUTF8', 'PYTHONHASHSEED', 'PWD',"
        " 'LC_CTYPE', 'OPENBLAS_NUM_THREADS', 'OMP_NUM_THREADS', 'MALLOC_ARENA_MAX'})"
    ),
    "environment-in-memory": framed(
        "p = ctypes.POINTER(ctypes.c_char_p).in_dll(library, 'environ')\ni = 0\n"
        "while p[i]:\n    if p[i].startswith((b'ASSAY', b'PYTEST', b'VIRTUAL_ENV')): return True\n    i += 1"
    ),
    "control-socket-by-gc": framed(
        "import gc, socket\nfor o in gc.get_objects():\n"
        "    if isinstance(o, socket.socket) and o.fileno() >= 0:\n"
        "        try: os.fstat(o.fileno())\n        except OSError: continue\n        return True"
    ),
    "high-descriptors": framed(
        "import resource\nfor fd in range(3, 70000):\n    try: os.fstat(fd)\n    except OSError: continue\n    return True"
    ),
    "runner-frames": framed(
        "f = sys._getframe()\nwhile f:\n"
        "    if {'14\\n', '34\\n'} & {v for v in f.f_locals.values() if isinstance(v, str)}: return True\n    f = f.f_back"
    ),
    "expected-in-memory": framed(
        "import gc\nfor o in gc.get_objects():\n"
        "    if isinstance(o, dict) and ('expected' in o or 'cases' in o): return True"
    ),
    "exit-code-of-the-jail": "import os\nos.write(2, b'jail: OSError: no')\nos._exit(125)\n",
    "answer-then-abort": framed("win()\nsys.stdout.flush()\nos.abort()"),
    "answer-then-kill-self": framed("win()\nsys.stdout.flush()\nos.kill(os.getpid(), 9)"),
    "answer-then-term-self": framed("win()\nsys.stdout.flush()\nos.kill(os.getpid(), 15)"),
    "answer-then-exit-1": framed("win()\nsys.stdout.flush()\nos._exit(1)"),
    "answer-then-raise-at-exit": framed(
        "import atexit\nwin()\nsys.stdout.flush()\natexit.register(os._exit, 3)\nreturn None\n"
    ),
    "expected-for-one-case": "print(14)\n",
    "sparse-output": "import os\nos.ftruncate(1, 1 << 24)\n",
    "huge-output": "import os\nos.ftruncate(1, 1 << 40)\n",
    "ignore-file-size": (
        "import signal, sys, os\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "while True:\n    try: os.write(1, b'x' * 65536)\n    except OSError: os._exit(0)\n"
    ),
    "recursive-repr": "import sys\nsys.setrecursionlimit(10**9)\nx = []\nfor _ in range(10**6): x = [x]\nrepr(x)\n",
    "deep-parse": "eval('(' * 100000 + ')' * 100000)\n",
    "deep-literal": "x = " + "[" * 3000 + "]" * 3000 + "\n",
    "regex-backtracking": "import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')\n",
    "stop-self": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n",
    "close-everything": "import os\nos.closerange(0, 100)\n",
    "thread-that-stays": "import threading, time\nthreading.Thread(target=time.sleep, args=(10**6,)).start()\nlose = 1\n",
    "nul-in-source": "print(14)\0",
    "surrogate-in-source": "print('\udc80')\n",
}

_ALL_EQUAL = "class E(int):\n    def __eq__(s, o): return True\n    def __ne__(s, o): return False\n    __hash__ = int.__hash__\n"

ATTACKS_FN: dict[str, str] = {
    "equal-to-all": _ALL_EQUAL + "def steps(n): return E(0)\n",
    "class-that-lies": (
        "class L:\n    @property\n    def __class__(s): return int\n    def __eq__(s, o): return True\n"
        "    def __int__(s): return 8\n    def __index__(s): return 8\ndef steps(n): return L()\n"
    ),
    "metaclass-that-lies": (
        "class M(type):\n    def __instancecheck__(c, o): return True\n    def __eq__(c, o): return True\n"
        "    __hash__ = type.__hash__\nclass K(metaclass=M): pass\ndef steps(n): return K\n"
    ),
    "lazy-object": "class G:\n    def __iter__(s): return s\n    def __next__(s): raise StopIteration\ndef steps(n): return G()\n",
    "endless-iterator": "def steps(n):\n    while True: yield n\n",
    "function-as-answer": "def steps(n): return lambda *a: True\n",
    "mock-as-answer": "from unittest.mock import MagicMock, ANY\ndef steps(n): return ANY\n",
    "nan-as-answer": "def steps(n): return float('nan')\n",
    "none-as-answer": "def steps(n): return None\n",
    "contains-all": "def steps(n): return list(range(1000))\n",
    "own-messages": (
        "import os\nfor body in (b'loaded', b'v8', b'pass', b'v16'):\n    os.write(3, b'%08d' % len(body) + body)\n"
        "def steps(n): return 0\n"
    ),
    "messages-then-exit": "import os\nos.write(3, b'v8\\nv8\\nv8\\n')\nos._exit(0)\n",
    "verdict-as-message": (
        "import os\nm = b'{\"outcome\": \"pass\"}'\nos.write(3, b'%08d' % len(m) + m)\nos.write(3, m)\ndef steps(n): return 0\n"
    ),
    "true-tag": (
        "import os\ndef steps(n):\n    body = b'v{\"o\": \"__main__.Equal\"}'\n    os.write(3, b'%08d' % len(body) + body)\n    return 0\n"
    ),
    "huge-length": "import os\nos.write(3, b'99999999' + b'x' * 100)\ndef steps(n): return 0\n",
    "negative-length": "import os\nos.write(3, b'-0000001')\ndef steps(n): return 0\n",
    "deep-answer": (
        "import os\nbody = b'v' + b'[' * 100000 + b']' * 100000\n"
        "os.write(3, b'%08d' % 6 + b'loaded' + b'%08d' % len(body) + body)\ndef steps(n): return 0\n"
    ),
    "bignum-answer": (
        "import os\nbody = b'v' + b'9' * 1000000\nos.write(3, b'%08d' % 6 + b'loaded' + b'%08d' % len(body) + body)\n"
        "def steps(n): return 0\n"
    ),
    "close-channel": "import os\nos.close(3)\ndef steps(n): return 0\n",
    "close-channel-in-call": "import os\ndef steps(n):\n    os.close(3)\n    os._exit(0)\n",
    "two-answers": "import os\ndef steps(n):\n    os.write(3, b'00000002v0')\n    return 0\n",
    "channel-from-thread": (
        "import os, threading\ndef spam():\n    while True: os.write(3, b'00000002v8')\n"
        "threading.Thread(target=spam, daemon=True).start()\ndef steps(n): return 0\n"
    ),
    "exit-in-call": "import os\ndef steps(n): os._exit(0)\n",
    "system-exit-0": "def steps(n): raise SystemExit(0)\n",
    "keyboard-interrupt": "def steps(n): raise KeyboardInterrupt\n",
    "generator-exit": "def steps(n): raise GeneratorExit\n",
    "assertion-error": "def steps(n): raise AssertionError\n",
    "exception-that-lies": (
        "class X(Exception):\n    @property\n    def args(s): raise SystemExit(0)\ndef steps(n): raise X\n"
    ),
    "exit-in-iterator": "import os\nclass G:\n    def __iter__(s): return s\n    def __next__(s): os._exit(0)\ndef steps(n): return G()\n",
    "patch-json": (
        "import json\njson.dumps = lambda *a, **k: '8'\njson.loads = lambda *a, **k: [[6], {}]\ndef steps(n): return [0]\n"
    ),
    "patch-runner": (
        "import gc, types\nfor o in gc.get_objects():\n"
        "    if isinstance(o, types.FunctionType) and o.__name__ in ('encode', 'outcome_of', '_outcome_text', '_write_frame'):\n"
        "        o.__code__ = (lambda *a, **k: 'v8').__code__\ndef steps(n): return 0\n"
    ),
    "patch-builtins": (
        "import builtins\nbuiltins.type = lambda x: int\nbuiltins.isinstance = lambda *a: True\n"
        "builtins.str = lambda *a: '8'\ndef steps(n): return 0\n"
    ),
    "frames-of-caller": (
        "import sys\ndef steps(n):\n    f = sys._getframe(1)\n    while f:\n"
        "        for v in list(f.f_locals.values()) + list(f.f_globals.values()):\n"
        "            if isinstance(v, str) and 'assert candidate' in v: return 8\n        f = f.f_back\n    return 0\n"
    ),
    "tests-in-memory": (
        "import gc\ndef steps(n):\n    for o in gc.get_objects():\n"
        "        if isinstance(o, dict):\n            for v in list(o.values()):\n"
        "                if isinstance(v, str) and 'assert ' + 'candidate' in v: return {6: 8, 7: 16, 27: 111}[n]\n    return 0\n"
    ),
    "no-entry": "def other(n): return 8\n",
    "no-entry-but-the-answers": "import os\nos.write(3, b'v8\\nv16\\nv111\\n')\nos._exit(0)\n",
    "no-entry-but-the-frames": (
        "import os\ndef say(b): os.write(3, b'%08d' % len(b) + b)\nsay(b'loaded')\n"
        "for v in (b'v8', b'v16', b'v111'):\n    os.read(3, int(os.read(3, 8)))\n    say(v)\nos.read(3, 8)\nos._exit(0)\n"
    ),
    "entry-in-a-string-only": "exec('def ' + 'steps(n): return {6: 8, 7: 16, 27: 111}[n]')\n",
    "entry-in-a-class-only": "class C:\n    def steps(self, n): return 8\n    steps = staticmethod(lambda n: 8)\n",
    "entry-in-a-function-only": "def f():\n    def steps(n): return 8\n    return steps\n",
    "entry-deleted": "def steps(n): return {6: 8, 7: 16, 27: 111}[n]\ndel steps\n",
    "entry-is-no-function": "steps = 8\n",
    "import-error": "import no_such_module\n",
    "spin-at-import": "while True: pass\n",
    "sleep-in-call": "import time\ndef steps(n): time.sleep(10**6)\n",
    "wait-on-channel": "import os\ndef steps(n):\n    while True: os.read(3, 1)\n",
    "hash-collisions": ("P = (1 << 61) - 1\ndef steps(n): return {i * P for i in range(20000)}\n"),
}

PEEK = "import sys\ndef steps(n):\n    return {6: 8, 7: 16, 27: 111}[n]\n"
"""What passes: tables of the right answers are not a matter for a jail, and show that the tasks can be passed."""
