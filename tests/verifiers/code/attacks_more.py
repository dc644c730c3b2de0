# ruff: noqa: E501  # programs as they are
"""More attacks, on doors of the kernel and on values that cross to the checker. Each must fail, twice in a row.

`KERNEL` holds bodies of a function that returns True where the attack worked (as in `attacks.py`, whose frame they get);
calls are given by number, and many need only the filter's answer (EPERM or ENOSYS) to have failed. `SOURCES` are whole
programs, `VALUES` functions for the task of `attacks.py`.
"""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3] / "pyproject.toml"

KERNEL: dict[str, str] = {
    "peer-pidfd": (
        "import socket,struct\na,b=socket.socketpair()\nv=a.getsockopt(1,77,4)\nreturn struct.unpack('i',v)[0]>=0"
    ),
    "O_PATH-fchdir-list": "d=os.open('/etc',os.O_PATH); os.fchdir(d); return bool(os.listdir('.'))",
    "O_PATH-proc-reopen": "d=os.open('/etc/hostname',os.O_PATH); return bool(open('/proc/self/fd/%d'%d).read())",
    "link-at-empty": "d=os.open('/etc/passwd',os.O_PATH); return call(265,d,b'',-100,b'/tmp/p',0x1000)==0",
    "linkat-proc": "d=os.open('/etc/passwd',os.O_PATH); os.link('/proc/self/fd/%d'%d,'/tmp/p',follow_symlinks=True); return bool(open('/tmp/p').read())",
    "readlink-parent-exe": "return bool(os.readlink('/proc/%d/exe'%os.getppid()))",
    "readlink-parent-cwd": "return bool(os.readlink('/proc/%d/cwd'%os.getppid()))",
    "readlink-parent-fd": (
        "for i in range(20):\n"
        "    try: os.readlink('/proc/%d/fd/%d'%(os.getppid(),i)); return True\n"
        "    except OSError: pass"
    ),
    "open-the-project": f"return bool(open({str(PROJECT)!r}).read())",
    "truncate-stdin": "os.ftruncate(0,0); os.lseek(0,0,0); return False",
    "seals": ("import fcntl\nfcntl.fcntl(1,1033,15); return True"),
    "dup-control": ("for fd in range(3,4096):\n    try: os.fstat(fd); return True\n    except OSError: pass"),
    "robust-list-parent": "h=ctypes.c_void_p(); l=ctypes.c_size_t(); return call(274,os.getppid(),ctypes.byref(h),ctypes.byref(l))==0",
    "prlimit-read-parent": "b=ctypes.create_string_buffer(16); return call(302,os.getppid(),7,None,b)==0",
    "timer-signal-other": (
        "import struct\n"
        "b=ctypes.create_string_buffer(struct.pack('qiiI',0,9,4,os.getppid())+b'\\0'*64); t=ctypes.c_int(); return call(222,0,b,ctypes.byref(t))==0"
    ),
    "mq-notify": "return call(244,0,None)==0",
    "sysv-sem-op": "return call(65,0,None,0)==0",
    "process-madvise": "return call(440,0,None,0,0,0)==0",
    "process-mrelease": "ctypes.set_errno(0); call(448,-1,0); return ctypes.get_errno() not in (1,38)",
    "set-mempolicy-home": "ctypes.set_errno(0); call(450,0,0,0,0); return ctypes.get_errno() not in (1,38)",
    "cachestat": "ctypes.set_errno(0); call(451,0,None,None,0); return ctypes.get_errno() not in (1,38)",
    "map-shadow-stack": "ctypes.set_errno(0); call(453,0,4096,0); return ctypes.get_errno() not in (1,38)",
    "statmount": "ctypes.set_errno(0); call(457,None,None,0,0); return ctypes.get_errno() not in (1,38)",
    "listmount": "ctypes.set_errno(0); call(458,None,None,0,0); return ctypes.get_errno() not in (1,38)",
    "lsm-get": "ctypes.set_errno(0); call(459,0,None,None,0); return ctypes.get_errno() not in (1,38)",
    "mseal": "ctypes.set_errno(0); call(462,0,0,0); return ctypes.get_errno() not in (1,38)",
    "uretprobe": "ctypes.set_errno(0); call(335,0); return ctypes.get_errno() not in (1,38)",
    "futex-requeue": "ctypes.set_errno(0); call(456,None,0,0,0); return ctypes.get_errno() not in (1,38)",
    "landlock-create": "return call(444,None,0,1)>0",
    "seccomp-notify": "return call(317,3,0,None)==0",
    "prctl-tsc": "return call(157,26,2,0,0,0)==0",
    "prctl-mm": "ctypes.set_errno(0); call(157,35,1,0,0,0); return ctypes.get_errno() not in (1,)",
    "prctl-speculation": "return call(157,53,0,4,0,0)==0",
    "prctl-timerslack": "return call(157,29,1,0,0,0)==0",
    "prctl-seccomp": "ctypes.set_errno(0); call(157,22,1,0,0,0); return ctypes.get_errno()!=1",
    "prctl-cap-ambient": "return call(157,47,2,0,0,0)==0",
    "prctl-keepcaps": "return call(157,8,1,0,0,0)==0",
    "prctl-ptracer": "return call(157,0x59616d61,-1,0,0,0)==0",
    "prctl-core-sched": "ctypes.set_errno(0); call(157,62,1,0,0,0); return ctypes.get_errno()!=1",
    "prctl-mce": "return call(157,33,1,1,0,0)==0",
    "prctl-thp": "return call(157,41,1,0,0,0)==0",
    "prctl-memory-merge": "return call(157,67,1,0,0,0)==0",
    "prctl-mdwe": "return call(157,65,1,0,0,0)==0",
    "arch-prctl": "return call(158,0x1011,0)==0",
    "modify-ldt": "b=ctypes.create_string_buffer(16); return call(154,0,b,16)>=0",
    "iopl": "return call(172,3)==0",
    "ioperm": "return call(173,0x80,1,1)==0",
    "kexec": "ctypes.set_errno(0); call(320,0,0,0,None,0); return ctypes.get_errno()!=1",
    "acct": "ctypes.set_errno(0); call(163,None); return ctypes.get_errno()!=1",
    "swapoff": "ctypes.set_errno(0); call(168,b'x'); return ctypes.get_errno()!=1",
    "vhangup": "return call(153)==0",
    "sync": "ctypes.set_errno(0); call(162); return ctypes.get_errno()!=1",
    "syncfs": "ctypes.set_errno(0); call(306,0); return ctypes.get_errno()!=1",
    "lookup-dcookie": "ctypes.set_errno(0); call(212,0,None,0); return ctypes.get_errno() not in(1,38)",
    "remap-file-pages": "ctypes.set_errno(0); call(216,0,0,0,0,0); return ctypes.get_errno() not in (1,38)",
    "migrate-pages": "ctypes.set_errno(0); call(256,0,0,None,None); return ctypes.get_errno()!=1",
    "move-pages": "ctypes.set_errno(0); call(279,os.getppid(),0,None,None,None,0); return ctypes.get_errno()!=1",
    "vmsplice": "ctypes.set_errno(0); call(278,1,None,0,0); return ctypes.get_errno()!=1",
    "epoll-many": ("import select\ne=[select.epoll() for _ in range(200)]\nreturn True"),
    "fd-flood": ("f=[os.dup(0) for _ in range(1000)]\nreturn True"),
    "flock-library": ("import fcntl\nf=os.open(os.__file__,os.O_RDONLY); fcntl.flock(f,fcntl.LOCK_EX); return False"),
    "write-dev-null-ioctl": (
        "import fcntl\nf=os.open('/dev/null',os.O_RDWR); fcntl.ioctl(f,0x5401,b'\\0'*64); return True"
    ),
    "open-dev-mem": "return os.open('/dev/mem',os.O_RDONLY)>=0",
    "open-dev-kmsg": "return os.open('/dev/kmsg',os.O_RDONLY)>=0",
    "open-ptmx": "return os.open('/dev/ptmx',os.O_RDWR)>=0",
    "open-tty": "return os.open('/dev/tty',os.O_RDWR)>=0",
    "open-console": "return os.open('/dev/console',os.O_RDWR)>=0",
    "open-fuse": "return os.open('/dev/fuse',os.O_RDWR)>=0",
    "open-kvm": "return os.open('/dev/kvm',os.O_RDWR)>=0",
    "open-vsock": "return os.open('/dev/vsock',os.O_RDWR)>=0",
    "open-userfault": "return os.open('/dev/userfaultfd',os.O_RDWR)>=0",
    "write-urandom": "return os.open('/dev/urandom',os.O_WRONLY)>=0",
    "sys-read": "return bool(open('/sys/kernel/mm/transparent_hugepage/enabled').read())",
    "proc-cpuinfo": "return bool(open('/proc/cpuinfo').read())",
    "proc-sys-write": "return os.open('/proc/sys/kernel/hostname',os.O_WRONLY)>=0",
    "proc-self-mem-write": "return os.open('/proc/self/mem',os.O_RDWR)>=0",
    "proc-self-environ": "return bool(open('/proc/self/environ').read())",
    "proc-thread-self": "return bool(open('/proc/thread-self/status').read())",
    "proc-1-root": "return bool(os.listdir('/proc/1/root'))",
    "site-numpy-from-python-worker": (
        "import numpy\n"
        "for f in ('/work','/root','/home','/opt','/srv','/var','/etc','/usr/local/lib/python3.11/site-packages'):\n"
        "    try:\n"
        "        if os.listdir(f): return True\n"
        "    except OSError: pass"
    ),
    "numpy-worker-list-site": (
        "import numpy, os\np=os.path.dirname(os.path.dirname(numpy.__file__))\nreturn bool(os.listdir(p))"
    ),
    "numpy-worker-import-other": (
        "import numpy, sys, os\n"
        "sys.path.insert(0,os.path.dirname(os.path.dirname(numpy.__file__)))\n"
        "import gymnasium\n"
        "return True"
    ),
    "numpy-write": ("import numpy\nopen(numpy.__file__,'a'); return True"),
    "numpy-memmap-host": ("import numpy as np\nreturn bool(np.memmap('/etc/passwd',mode='r')[0])"),
    "numpy-fromfile": ("import numpy as np\nreturn len(np.fromfile('/etc/passwd',dtype='u1'))>0"),
    "numpy-ctypeslib": ("import numpy.ctypeslib, numpy as np\nreturn os.system('true')==0"),
    "numpy-load-pickle": (
        "import numpy as np, io, pickle\n"
        "class X:\n"
        "    def __reduce__(s): return (os.fork,())\n"
        "b=io.BytesIO(); np.save(b,np.array([X()],dtype=object),allow_pickle=True); b.seek(0); np.load(b,allow_pickle=True); return True"
    ),
    "f2py": ("import numpy.f2py\nreturn numpy.f2py.compile(b'')==0"),
    "popen": "return os.popen('echo x').read()=='x\\n'",
    "pty": ("import pty\nreturn pty.fork()[0]>=0"),
    "spawnv": "return os.spawnv(os.P_WAIT,'/bin/true',['true'])==0",
    "exec-ld": "os.execv('/lib64/ld-linux-x86-64.so.2',['ld','/bin/echo','14'])",
    "raw-int80": (
        "import mmap\n"
        "m=mmap.mmap(-1,4096,prot=7)\n"
        "m.write(b'\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3')\n"
        "f=ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))\n"
        "return f()>0"
    ),
    "raw-syscall-fork": (
        "import mmap\n"
        "m=mmap.mmap(-1,4096,prot=7)\n"
        "m.write(b'\\xb8\\x39\\x00\\x00\\x00\\x0f\\x05\\xc3')\n"
        "f=ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))\n"
        "r=f()\n"
        "if r==0: os._exit(0)\n"
        "return r>0"
    ),
    "thread-uid": ("import threading\nreturn call(105,0)==0"),
    "capset": (
        "import struct\n"
        "h=struct.pack('Ii',0x20080522,0); d=struct.pack('IIIIII',0xffffffff,0xffffffff,0,0,0,0)\n"
        "return library.capset(h,d)==0"
    ),
    "thread-clone-vm-no-thread": ("pid=call(56,0x100|17,0,0,0,0)\nif pid==0: os._exit(0)\nreturn pid>0"),
    "clone-thread-newns": "return call(56,0x00010000|0x00000800|0x00000100|0x00020000,0,0,0,0)>=0",
    "nested-nspid": "return call(272,0x20000000)==0",
    "unshare-files": "ctypes.set_errno(0); call(272,0x400); return ctypes.get_errno()!=1",
    "unshare-vm-sysvsem": "ctypes.set_errno(0); call(272,0x40000); return ctypes.get_errno()!=1",
    "signal-flood-self": (
        "import signal\n"
        "signal.signal(signal.SIGRTMIN,signal.SIG_IGN)\n"
        "for i in range(1000): os.kill(os.getpid(),signal.SIGRTMIN)\n"
        "return False"
    ),
}

SOURCES: dict[str, str] = {
    "ignore-sigkill-ish": (
        "import signal,time\n"
        "for s in range(1,65):\n"
        "    try: signal.signal(s,signal.SIG_IGN)\n"
        "    except (OSError,ValueError): pass\n"
        "while True: time.sleep(1)\n"
    ),
    "deep-recursion-c": (
        "import sys\nsys.setrecursionlimit(10**8)\nclass A:\n    def __getattr__(s,n): return getattr(s,n)\nA().x\n"
    ),
    "json-deep": ("import json\njson.loads('['*10**6)\n"),
    "segv": ("import ctypes\nctypes.string_at(0)\n"),
    "ill": ("import os\nos.abort()\n"),
    "mmap-shared-bomb": (
        "import mmap\n"
        "m=[mmap.mmap(-1,1<<28) for _ in range(3)]\n"
        "for a in m:\n"
        "    for i in range(0,1<<28,4096): a[i]=1\n"
        "n=mmap.mmap(-1,1<<28)\n"
    ),
    "thread-stack-bomb": (
        "import threading,time\n"
        "threading.stack_size(512<<20)\n"
        "ts=[]\n"
        "for _ in range(100):\n"
        "    t=threading.Thread(target=time.sleep,args=(99,),daemon=True); t.start(); ts.append(t)\n"
    ),
    "compile-bomb": (
        "x = ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))\n"
        "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((lambda: 0))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))\n"
    ),
    "constant-fold-bomb": "x = ((((((((9**9)**9)**9)**9)**9)**9)**9)**9)\n",
    "parser-blowup": "f'{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{x}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}'\n",
    "unicode-ident": "ｐｒｉｎｔ(14)\n",
    "bom": "\ufeffprint(14)\n",
    "coding-utf7": ("# -*- coding: utf-7 -*-\nprint(14)\n"),
    "null-in-str": "print('14\\0')\n",
    "expected-plus-nul": ("n=int(input())\nprint(sum(int(x)**2 for x in input().split()), end='\\0\\n')\n"),
    "expected-plus-ff": (
        "n=int(input())\n"
        "import sys\n"
        "sys.stdout.buffer.write(b'%d\\x0c\\n'%sum(int(x)**2 for x in input().split())+b'\\xff')\n"
    ),
    "stdout-as-float": ("n=int(input())\nprint(float(sum(int(x)**2 for x in input().split()))+0.4)\n"),
    "write-stdin-fd": ("import os\nos.write(0,b'14\\n')\n"),
    "stderr-answer": ("import sys\nprint(14,file=sys.stderr)\n"),
}

VALUES: dict[str, str] = {
    "surrogates": "def steps(n): return '\\ud800'\n",
    "huge-int": "def steps(n): return 10**1000000\n",
    "huge-int-hex": "def steps(n): return 1<<(8*10**7)\n",
    "neg-zero": "def steps(n): return -0.0\n",
    "bool": "def steps(n): return True\n",
    "deep-tuple": ("def steps(n):\n    x=()\n    for _ in range(5000): x=(x,)\n    return x\n"),
    "deep-dict": ("def steps(n):\n    x={}\n    for _ in range(800): x={1:x}\n    return x\n"),
    "cycle": ("def steps(n):\n    x=[]; x.append(x); return x\n"),
    "wide": "def steps(n): return [[]]*900000\n",
    "wide-dict": "def steps(n): return {i:i for i in range(400000)}\n",
    "set-of-tuples": "def steps(n): return {(i,i) for i in range(200000)}\n",
    "hash-bomb-str": "def steps(n): return {i*((1<<61)-1):0 for i in range(30000)}\n",
    "frac-bomb": ("from fractions import Fraction\ndef steps(n): return Fraction(10**200000,10**199999+1)\n"),
    "decimal-bomb": ("from decimal import Decimal\ndef steps(n): return Decimal('1e999999999999999999')\n"),
    "decimal-snan": ("from decimal import Decimal\ndef steps(n): return Decimal('sNaN')\n"),
    "decimal-eq": ("from decimal import Decimal\ndef steps(n): return Decimal('8e-999999999')\n"),
    "range-bomb": "def steps(n): return range(10**18)\n",
    "range-neg": "def steps(n): return range(10**18,0,-1)\n",
    "complex": "def steps(n): return complex(8,1e-300)+1\n",
    "exc-stopiter": "def steps(n): raise StopIteration(8)\n",
    "exc-memory": "def steps(n): raise MemoryError\n",
    "exc-recursion": "def steps(n): raise RecursionError\n",
    "exc-group": "def steps(n): raise ExceptionGroup('x',[ValueError(1)])\n",
    "exc-huge": "def steps(n): raise ValueError('x'*10**7)\n",
    "exc-nested-args": ("def steps(n):\n    e=ValueError(); e.args=(e,); raise e\n"),
    "exc-unicode": "def steps(n): raise UnicodeDecodeError('x',b'',0,1,'y')\n",
    "exc-oserror": "def steps(n): raise OSError(2,'x','y')\n",
    "exc-import": "def steps(n): raise ImportError('x',name='y')\n",
    "exc-warn": "def steps(n): raise DeprecationWarning\n",
    "exc-async": ("import asyncio\ndef steps(n): raise asyncio.CancelledError\n"),
    "coroutine": "async def steps(n): return 8\n",
    "agen": "async def steps(n): yield 8\n",
    "gen-once": ("def steps(n):\n    yield 8\n"),
    "property-class": ("class steps:\n    def __init__(s,n): pass\n    def __eq__(s,o): return True\n"),
    "np-object": (
        "import numpy as np\n"
        "class A(np.ndarray):\n"
        "    def __eq__(s,o): return True\n"
        "    def tolist(s): return 8\n"
        "    def item(s): return 8\n"
        "def steps(n): return np.array([9]).view(A)\n"
    ),
    "np-lying-item": ("import numpy as np\ndef steps(n): return np.array([9,9])\n"),
    "np-bool": ("import numpy as np\ndef steps(n): return np.bool_(True)\n"),
    "np-nan": ("import numpy as np\ndef steps(n): return np.nan\n"),
    "np-void": ("import numpy as np\ndef steps(n): return np.zeros(1,dtype=[('a','i4')])[0]\n"),
    "np-datetime": ("import numpy as np\ndef steps(n): return np.datetime64('2000')\n"),
    "np-huge": ("import numpy as np\ndef steps(n): return np.broadcast_to(np.int8(1),(10**6,10**6))\n"),
    "np-patched-generic": (
        "import numpy as np,sys,types\n"
        "m=types.ModuleType('numpy'); m.ndarray=object; m.generic=object\n"
        "sys.modules['numpy']=m\n"
        "class R:\n"
        "    size=0\n"
        "    def tolist(s): return True\n"
        "def steps(n): return R()\n"
    ),
    "fake-fraction": (
        "class Fraction:\n"
        "    numerator=8; denominator=1\n"
        "Fraction.__module__='fractions'\n"
        "def steps(n): return Fraction()\n"
    ),
    "fake-decimal": (
        "class Decimal:\n    def __str__(s): return '9'\nDecimal.__module__='decimal'\ndef steps(n): return Decimal()\n"
    ),
    "fake-keys": ("class dict_keys:\n    def __iter__(s): return iter([8])\ndef steps(n): return dict_keys()\n"),
    "int-subclass-int": (
        "class I(int):\n    def __int__(s): return 8\n    def __index__(s): return 8\ndef steps(n): return I(0)\n"
    ),
    "str-subclass": ("class S(str):\n    def __str__(s): return '8'\ndef steps(n): return S('x')\n"),
    "raw-json-nan": (
        "import os\ndef say(b): os.write(3,b'%08d'%len(b)+b)\ndef steps(n):\n    say(b'vNaN'); return 0\n"
    ),
    "raw-json-big": (
        "import os\ndef say(b): os.write(3,b'%08d'%len(b)+b)\ndef steps(n):\n    say(b'v1e999'); return 0\n"
    ),
    "raw-json-dup": (
        "import os\n"
        "def say(b): os.write(3,b'%08d'%len(b)+b)\n"
        "def steps(n):\n"
        '    say(b\'v{"t":[1],"t":[2]}\'); return 0\n'
    ),
    "raw-exc-builtin": (
        "import os\n"
        "def say(b): os.write(3,b'%08d'%len(b)+b)\n"
        "def steps(n):\n"
        '    say(b\'e["SystemExit","[]"]\'); return 0\n'
    ),
    "raw-exc-eval": (
        "import os\n"
        "def say(b): os.write(3,b'%08d'%len(b)+b)\n"
        "def steps(n):\n"
        '    say(b\'e["eval","[\\\\"1\\\\"]"]\'); return 0\n'
    ),
    "raw-exc-assert": (
        "import os\n"
        "def say(b): os.write(3,b'%08d'%len(b)+b)\n"
        "def steps(n):\n"
        '    say(b\'e["AssertionError","[]"]\'); return 0\n'
    ),
    "raw-frame-minus": ("import os\ndef steps(n):\n    os.write(3,b'000000-1'); return 0\n"),
    "raw-frame-unicode": ("import os\ndef steps(n):\n    os.write(3,'٣٣٣٣'.encode()); return 0\n"),
    "raw-frame-space": ("import os\ndef steps(n):\n    os.write(3,b'       2v8'); return 0\n"),
    "raw-short": ("import os\ndef steps(n):\n    os.write(3,b'00000009v8'); os._exit(0)\n"),
    "shutdown-write": ("import socket\ndef steps(n):\n    s=socket.socket(fileno=3); s.shutdown(1); return 8\n"),
    "oob": ("import socket\ndef steps(n):\n    s=socket.socket(fileno=3); s.send(b'x',socket.MSG_OOB); return 8\n"),
    "flood-channel": ("import os\ndef steps(n):\n    while True: os.write(3,b'x'*65536)\n"),
    "slow-drip": ("import os,time\ndef steps(n):\n    while True:\n        os.write(3,b'0'); time.sleep(0.3)\n"),
    "gc-callback": ("import gc\ngc.callbacks.append(lambda *a: 1/0)\ndef steps(n): return 0\n"),
    "settrace": ("import sys\nsys.settrace(lambda *a: (_ for _ in ()).throw(SystemExit))\ndef steps(n): return 8\n"),
    "weird-hash": (
        "class K:\n    def __hash__(s): return 1\n    def __eq__(s,o): return True\ndef steps(n): return {K():1}\n"
    ),
    "module-getattr": ("def __getattr__(n): return lambda x: 8\nsteps = None\n"),
    "del-in-call": ("def steps(n):\n    import sys\n    sys.modules.clear(); return 0\n"),
}
