"""What a jailed interpreter is started with: code that reads the jail's own modules from a descriptor.

So nothing of the repository, its tests or the trainer's packages has to be readable in the jail. The modules keep their
full names, and are written like all others.
"""

from __future__ import annotations

import functools
import importlib.resources
import json

SHIPPED = (
    "assay.verifiers.code.jail.names",
    "assay.verifiers.code.jail.syscalls",
    "assay.verifiers.code.jail.linux",
    "assay.verifiers.code.jail.landlock",
    "assay.verifiers.code.jail.seccomp",
    "assay.verifiers.code.jail.layers",
    "assay.verifiers.code.jail.protocol",
    "assay.verifiers.code.codec",
    "assay.verifiers.code.compare",
    "assay.verifiers.code.jail.program",
    "assay.verifiers.code.jail.native",
    "assay.verifiers.code.jail.semaphores",
    "assay.verifiers.code.jail.worker",
    "assay.verifiers.code.jail.checker",
)
"""Every module that runs in the jail, each after those it imports."""

CODE = r"""
import json, os, socket, sys, types
control_fd, source_fd = int(sys.argv[1]), int(sys.argv[2])
control = socket.socket(fileno=control_fd)
try:
    size = os.fstat(source_fd).st_size
    start = json.loads(os.pread(source_fd, size, 0))
    os.close(source_fd)
    for name in ("assay", "assay.verifiers", "assay.verifiers.code", "assay.verifiers.code.jail"):
        sys.modules[name] = types.ModuleType(name)
        sys.modules[name].__path__ = []
    for name, source in start["modules"]:
        module = types.ModuleType(name)
        sys.modules[name] = module
        package, _, last = name.rpartition(".")
        setattr(sys.modules[package], last, module)
        exec(compile(source, name, "exec", dont_inherit=True), module.__dict__)
    main = sys.modules[start["main"]].main
    del start["modules"]
    sys.argv = ["program.py"]
    main(control, start["settings"])
except BaseException as error:
    control.send(json.dumps({"error": f"{type(error).__name__}: {error}"[:2000]}).encode("ascii"))
    os._exit(1)
"""


@functools.cache
def modules() -> tuple[tuple[str, str], ...]:
    """Name and source of every shipped module."""
    pairs: list[tuple[str, str]] = []
    for name in SHIPPED:
        package, _, last = name.rpartition(".")
        pairs.append((name, (importlib.resources.files(package) / f"{last}.py").read_text(encoding="utf-8")))
    return tuple(pairs)


def message(main: str, settings: dict[str, object]) -> bytes:
    """What the descriptor holds: the modules, which of them to start, and its settings."""
    return json.dumps({"modules": modules(), "main": main, "settings": settings}).encode("ascii")
