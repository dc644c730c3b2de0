# ruff: noqa: E501  # programs as they are
"""Programs that use the library and the interpreter in every ordinary way. Each must pass.

The task is to read a count and that many numbers on the next line, and to print their sum. A `DOES` program only does
something first: the answer is put behind it. `SCRATCH` names those that need a folder to write to (level L4).
"""

ANSWER = """input()
print(sum(map(int, input().split())))
"""

DOES: dict[str, str] = {
    "select-stdin": ("import select,sys\nselect.select([sys.stdin],[],[],1)\n"),
    "zoneinfo": (
        "from zoneinfo import ZoneInfo\n"
        "import datetime\n"
        "assert datetime.datetime(2024,7,1,tzinfo=ZoneInfo('Europe/Paris')).utcoffset().seconds==7200\n"
    ),
    "tzset": ("import os,time\nos.environ['TZ']='America/New_York'; time.tzset(); assert time.tzname[0]=='EST'\n"),
    "decimal": (
        "from decimal import *\ngetcontext().prec=50\nassert str(Decimal(2).sqrt()).startswith('1.41421356')\n"
    ),
    "uuid": ("import uuid\nuuid.uuid4(); uuid.uuid1(); uuid.uuid5(uuid.NAMESPACE_DNS,'x')\n"),
    "hashlib": (
        "import hashlib\n"
        "for n in ('md5','sha1','sha256','sha3_256','blake2b'): hashlib.new(n,b'x').hexdigest()\n"
        "hashlib.pbkdf2_hmac('sha256',b'a',b'b',10)\n"
    ),
    "secrets": ("import secrets\nsecrets.token_hex()\n"),
    "ssl-import": ("import ssl\n"),
    "sqlite": (
        "import sqlite3\n"
        "c=sqlite3.connect(':memory:')\n"
        "c.execute('create table t(x)'); c.execute('insert into t values (1)')\n"
    ),
    "compress": (
        "import zlib,gzip,bz2,lzma\n"
        "assert lzma.decompress(lzma.compress(b'x'))==b'x' and bz2.decompress(bz2.compress(b'x'))==b'x'\n"
    ),
    "xml": ("import xml.etree.ElementTree as E\nE.fromstring('<a><b/></a>')\n"),
    "csv-json-re": ("import csv,json,re,io\nlist(csv.reader(io.StringIO('a,b')))\n"),
    "astimezone": ("import datetime\ndatetime.datetime.now().astimezone()\n"),
    "strftime": ("import time\ntime.strftime('%c'); time.localtime()\n"),
    "locale-set": ("import locale\nlocale.setlocale(locale.LC_ALL,'C.UTF-8'); locale.getpreferredencoding()\n"),
    "tracemalloc": ("import tracemalloc\ntracemalloc.start(); x=[1]*100; tracemalloc.stop()\n"),
    "profile": ("import cProfile,io\np=cProfile.Profile(); p.enable(); sum(range(9)); p.disable()\n"),
    "timeit": ("import timeit\ntimeit.timeit('1+1',number=10)\n"),
    "getsource": ("import inspect\ndef f(): return 1\ntry: inspect.getsource(f)\nexcept OSError: pass\n"),
    "traceback": ("import traceback\ntry: 1/0\nexcept Exception: traceback.print_exc()\n"),
    "faulthandler": ("import faulthandler\nfaulthandler.enable()\n"),
    "file": ("__file__, __name__\nassert __name__=='__main__'\n"),
    "argv": ("import sys\nassert len(sys.argv)==1\n"),
    "unittest": (
        "import unittest\n"
        "class T(unittest.TestCase):\n"
        "    def test(self): self.assertEqual(1,1)\n"
        "unittest.main(exit=False,argv=['x'])\n"
    ),
    "doctest": ("import doctest\ndoctest.testmod()\n"),
    "logging": ("import logging\nlogging.basicConfig(level=logging.DEBUG); logging.info('x')\n"),
    "argparse": ("import argparse\nargparse.ArgumentParser().parse_args([])\n"),
    "intmax": ("import sys\nsys.set_int_max_str_digits(0)\nlen(str(10**5000))\n"),
    "ctypes": ("import ctypes\nlib=ctypes.CDLL(None)\nassert lib.abs(-3)==3\n"),
    "ctypes-callback": ("import ctypes\nC=ctypes.CFUNCTYPE(ctypes.c_int,ctypes.c_int)\nassert C(lambda x:x+1)(2)==3\n"),
    "mmap": ("import mmap\nm=mmap.mmap(-1,4096); m[0]=1\n"),
    "pipe": ("import os\nr,w=os.pipe(); os.write(w,b'x'); os.read(r,1)\n"),
    "hostname": (
        "import socket,platform,os,getpass\n"
        "socket.gethostname(); platform.platform(); platform.node(); os.cpu_count(); os.uname()\n"
    ),
    "user": (
        "import os\n"
        "os.getuid(); os.path.expanduser('~')\n"
        "try:\n"
        "    import getpass; getpass.getuser()\n"
        "except Exception: pass\n"
    ),
    "termsize": ("import shutil\nshutil.get_terminal_size()\n"),
    "reconfigure": (
        "import sys\n"
        "sys.stdout.reconfigure(line_buffering=True,encoding='utf-8'); sys.stdin.reconfigure(encoding='utf-8')\n"
    ),
    "recursion": (
        "import sys\nsys.setrecursionlimit(10**6)\ndef f(n): return 0 if n==0 else 1+f(n-1)\nassert f(20000)==20000\n"
    ),
    "recursion-deep": (
        "import sys\nsys.setrecursionlimit(10**7)\ndef f(n): return 0 if n==0 else 1+f(n-1)\nassert f(90000)==90000\n"
    ),
    "threads-100": (
        "import threading\n"
        "ts=[threading.Thread(target=lambda: None) for _ in range(100)]\n"
        "[t.start() for t in ts]; [t.join() for t in ts]\n"
    ),
    "threads-60-alive": (
        "import threading\n"
        "e=threading.Event()\n"
        "ts=[threading.Thread(target=e.wait) for _ in range(60)]\n"
        "[t.start() for t in ts]; e.set(); [t.join() for t in ts]\n"
    ),
    "pool-threads": ("from multiprocessing.dummy import Pool\np=Pool(4)\nassert p.map(abs,[-1,2])==[1,2]\n"),
    "mp-locks": (
        "from multiprocessing import Lock, RLock, Semaphore, BoundedSemaphore, Event, Condition, Queue\n"
        "from threading import Thread\n"
        "lock=Lock()\nassert lock.acquire() and not lock.acquire(timeout=0.01) and not lock.acquire(False)\nlock.release()\n"
        "try: lock.release()\nexcept ValueError: pass\nelse: raise SystemExit(1)\n"
        "r=RLock()\nr.acquire(); r.acquire(); r.release(); r.release()\n"
        "try: r.release()\nexcept AssertionError: pass\nelse: raise SystemExit(1)\n"
        "s=BoundedSemaphore(2)\ns.acquire(); s.acquire(); assert not s.acquire(block=False); s.release(); s.release()\n"
        "e=Event(); t=Thread(target=e.set); t.start(); assert e.wait(5); t.join()\n"
        "q=Queue(); q.put([1,2]); assert q.get(timeout=5)==[1,2]\n"
    ),
    "mp-import": ("import multiprocessing, concurrent.futures\nmultiprocessing.cpu_count()\n"),
    "mp-manager-type": ("from multiprocessing import Queue, Process\n"),
    "heap-200mb": ("x=bytearray(200<<20)\nx[::4096]=b'1'*len(x[::4096])\n"),
    "big-out": ("import sys\nsys.stderr.write('x'*(1<<20))\n"),
    "dataclass-kw": (
        "from dataclasses import dataclass,field\n"
        "@dataclass(order=True,kw_only=True)\n"
        "class A:\n"
        "    x:int=0\n"
        "    y:list=field(default_factory=list)\n"
        "A(x=1)<A(x=2)\n"
    ),
    "match": ("match [1,2]:\n    case [a,*b]: pass\n"),
    "typing": ("from typing import *\ndef f(x: 'list[int]') -> Optional[int]: ...\nget_type_hints(f)\n"),
    "async-gather": (
        "import asyncio\n"
        "async def a(x): await asyncio.sleep(0.001); return x\n"
        "async def m(): return await asyncio.gather(*(a(i) for i in range(50)))\n"
        "asyncio.run(m())\n"
    ),
    "async-tg": (
        "import asyncio\n"
        "async def m():\n"
        "    async with asyncio.TaskGroup() as g: g.create_task(asyncio.sleep(0))\n"
        "    await asyncio.to_thread(sum,[1])\n"
        "asyncio.run(m())\n"
    ),
    "signal-handler": (
        "import signal\nsignal.signal(signal.SIGTERM,lambda *a:0); signal.raise_signal(signal.SIGTERM)\n"
    ),
    "np-many": (
        "import numpy as np\n"
        "np.linalg.solve(np.eye(3),np.ones(3)); np.fft.fft(np.ones(8)); np.random.seed(0); np.random.rand(3); np.random.default_rng().normal(size=3); np.linalg.svd(np.random.rand(50,50)); (np.random.rand(200,200)@np.random.rand(200,200)).sum()\n"
    ),
    "np-char": (
        "import numpy as np\n"
        "np.polyfit([0,1,2],[0,1,2],1); np.histogram([1,2,3]); np.testing.assert_allclose(1,1)\n"
        "np.ma.array([1]); np.vectorize(abs)([1])\n"
    ),
    "unicode-out": ("import sys\nsys.stderr.write('é∀😀')\n"),
    "this": ("import io,contextlib\nwith contextlib.redirect_stdout(io.StringIO()):\n    import this\n"),
    "calendar": (
        "import calendar,statistics,textwrap,difflib,graphlib,string,fractions,cmath,numbers,enum,types,weakref,array,heapq,bisect,operator,itertools,functools,collections,random,struct,pprint,reprlib,contextlib,abc,html,urllib.parse,base64,binascii,zipfile,tarfile,configparser,tomllib,email,ast,dis,tokenize,symtable,code,codeop,pickle,shelve,copyreg,copy,queue,sched,selectors,ipaddress,colorsys,gettext,cmd,shlex,glob,fnmatch,pathlib,tempfile,unicodedata,stringprep\n"
    ),
    "recursive-lambda": ("f=lambda n: 1 if n<2 else n*f(n-1)\nf(500)\n"),
    "del-builtins": ("print=__builtins__.print if hasattr(__builtins__,'print') else __builtins__['print']\n"),
    "tempfile": ("import tempfile\nwith tempfile.TemporaryFile() as f: f.write(b'x')\n"),
    "tempfile-named": (
        "import tempfile,os\n"
        "with tempfile.NamedTemporaryFile('w+') as f: f.write('x'); f.flush(); open(f.name).read()\n"
        "with tempfile.TemporaryDirectory() as d: open(d+'/x','w').close()\n"
    ),
    "write-cwd": ("open('x.txt','w').write('1'); open('x.txt').read()\n"),
    "subprocess": ("import subprocess\ntry: subprocess.run(['echo','x'])\nexcept OSError: pass\n"),
    "fork-caught": ("import os\ntry: os.fork()\nexcept OSError: pass\n"),
    "psutil-like": ("import os\ntry: os.getloadavg()\nexcept OSError: pass\nos.times(); os.getpid(); os.getppid()\n"),
    "memory-view": ("memoryview(b'x').tolist()\n"),
}

READS: dict[str, str] = {
    "dev-stdin": ("d=open('/dev/stdin').read().split()\nprint(sum(map(int,d[1:])))"),
    "dev-fd-0": ("d=open('/dev/fd/0').read().split()\nprint(sum(map(int,d[1:])))"),
    "proc-self-fd-0": ("d=open('/proc/self/fd/0').read().split()\nprint(sum(map(int,d[1:])))"),
    "dev-stdout": ("d=open(0).read().split()\nopen('/dev/stdout','w').write(str(sum(map(int,d[1:]))))"),
    "os-read": ("import os\nd=os.read(0,1<<20).split()\nprint(sum(map(int,d[1:])))"),
    "raw": ("import sys\nd=sys.stdin.buffer.raw.readall().split()\nprint(sum(map(int,d[1:])))"),
    "readinto": (
        "import sys\nb=bytearray(100)\nn=sys.stdin.buffer.readinto(b)\nprint(sum(map(int,bytes(b[:n]).split()[1:])))"
    ),
    "eof": (
        "n=0\n"
        "s=[]\n"
        "while True:\n"
        "    try: s.append(input())\n"
        "    except EOFError: break\n"
        "print(sum(map(int,s[1].split())))"
    ),
    "mmap-stdin": ("import mmap\nm=mmap.mmap(0,0,access=mmap.ACCESS_READ)\nprint(sum(map(int,m[:].split()[1:])))"),
    "seek-stdin": (
        "import sys\nsys.stdin.read(); sys.stdin.seek(0); d=sys.stdin.read().split()\nprint(sum(map(int,d[1:])))"
    ),
    "asyncio-stdin": (
        "import asyncio,sys\n"
        "async def m():\n"
        "    loop=asyncio.get_running_loop()\n"
        "    d=await loop.run_in_executor(None,sys.stdin.read)\n"
        "    print(sum(map(int,d.split()[1:])))\n"
        "asyncio.run(m())"
    ),
    "np-print": ("import numpy as np\nprint(int(np.array([*map(int,open(0).read().split())][1:]).sum()))"),
    "np-loadtxt": ("import numpy as np,sys\nx=np.loadtxt(sys.stdin,skiprows=1,dtype=int)\nprint(int(x.sum()))"),
    "exit-code-0-exit": ("input()\nprint(sum(map(int, input().split())))\nexit(0)"),
    "quit": ("input()\nprint(sum(map(int, input().split())))\nquit()"),
    "raise-systemexit": ("input()\nprint(sum(map(int, input().split())))\nraise SystemExit"),
    "os-exit-flush": ("import os,sys\ninput()\nprint(sum(map(int, input().split())))\nsys.stdout.flush(); os._exit(0)"),
    "class-main-guard": (
        "def main():\n    input(); print(sum(map(int,input().split())))\nif __name__=='__main__': main()"
    ),
    "stdin-iter-next": ("import sys\nnext(sys.stdin)\nprint(sum(map(int,next(sys.stdin).split())))"),
    "fast-io": (
        "import io,os\n"
        "input=io.BytesIO(os.read(0,os.fstat(0).st_size)).readline\n"
        "input()\n"
        "print(sum(map(int,input().split())))"
    ),
    "fast-io2": (
        "import io,os,sys\n"
        "sys.stdin=io.TextIOWrapper(io.BytesIO(os.read(0,os.fstat(0).st_size)))\n"
        "sys.stdout=io.StringIO()\n"
        "import atexit\n"
        "atexit.register(lambda: os.write(1,sys.stdout.getvalue().encode()))\n"
        "input()\n"
        "print(sum(map(int,input().split())))"
    ),
}

SCRATCH = ("tempfile", "tempfile-named", "write-cwd")
