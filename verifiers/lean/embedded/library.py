"""Loading the library: from the prelude's text, checked by the kernel, or from a cache of what was checked.

The cache is JSON, named by a hash of the prelude, this engine's own source and Python's version. It holds types and
definitions, not proofs: the kernel has judged those, and theorems never unfold. A cache that belongs to somebody else,
is damaged or does not fit is ignored.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import sys
import threading
from pathlib import Path

from assay.verifiers.lean.embedded.elab.declarations import declare
from assay.verifiers.lean.embedded.elab.library import Library, Structural
from assay.verifiers.lean.embedded.kernel.budget import raise_recursion_limit
from assay.verifiers.lean.embedded.kernel.declare import register_division
from assay.verifiers.lean.embedded.kernel.term import keep_shared_nodes
from assay.verifiers.lean.embedded.snapshot import dump_environment, load_environment
from assay.verifiers.lean.embedded.surface.commands import Command, CommandParser

PRELUDE = Path(__file__).parent / "prelude"
FILES = (
    "logic.lean",
    "nat.lean",
    "data.lean",
    "linear.lean",
    "more.lean",
    "propositions.lean",
    "arithmetic.lean",
    "lists.lean",
)

STRUCTURES = {
    "And": ("left", "right"),
    "Iff": ("mp", "mpr"),
    "Prod": ("fst", "snd"),
    "Subtype": ("val", "property"),
}
EXPORTED = {
    "true": "Bool.true",
    "false": "Bool.false",
    "none": "Option.none",
    "some": "Option.some",
    "and": "Bool.and",
    "or": "Bool.or",
    "not": "Bool.not",
    "min": "Nat.min",
    "max": "Nat.max",
}

PRIVATE = (
    "Nat.divCore",
    "Nat.divCore_zero",
    "Nat.divCore_spec",
    "Nat.lt_mul_div_add",
    "Nat.not_le_of_ble_eq_false",
    "Nat.div_unique'",
    "Nat.mod_unique'",
    "Lin.minSplit",
    "Lin.maxSplit",
)
"""Constants that Lean's core does not have under these names: the prelude may use them, proofs may not."""

_LOCK = threading.Lock()
_loaded: Library | None = None


def default_library() -> Library:
    """The library every check uses, loaded once per process."""
    global _loaded
    if _loaded is None:
        with _LOCK:
            if _loaded is None:
                _loaded = load_library()
    return _loaded


def load_library(*, recheck: bool = False) -> Library:
    """Load the library.

    Args:
        recheck: Whether to distrust the cache and have the kernel check everything again.
    """
    raise_recursion_limit()
    cache = _cache_file()
    lib = None if recheck or cache is None else _from_cache(cache)
    if lib is None:
        lib = build_library()
        if cache is not None:
            _write_cache(cache, lib)
            lib = lib if recheck else _from_cache(cache) or lib
        gc.collect()  # what building it left behind
    lib.env.sealed = True
    keep_shared_nodes()
    gc.freeze()
    return lib


def prelude_commands() -> list[Command]:
    """The prelude's declarations as written."""
    found: list[Command] = []
    for name in FILES:
        found += CommandParser((PRELUDE / name).read_text(encoding="utf-8")).commands()
    return found


def new_library() -> Library:
    """A library without constants."""
    lib = Library()
    lib.structures.update(STRUCTURES)
    lib.exported.update(EXPORTED)
    return lib


def build_library() -> Library:
    """Build the library from the prelude's text; the kernel checks every declaration."""
    raise_recursion_limit()
    enabled = gc.isenabled()
    gc.disable()
    try:
        lib = new_library()
        for command in prelude_commands():
            declare(lib, command)
        lib.hidden.update(PRIVATE)
        lib.hidden.update(name for name in lib.env.constants if name.startswith("Simp."))
        register_division(lib.env)
    finally:
        if enabled:
            gc.enable()
    return lib


def content_hash() -> str:
    """A hash of everything the library and the engine are made of."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    root = Path(__file__).parent
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.lean")]):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _cache_file() -> Path | None:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = Path(base) / "assay"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return folder / f"lean-prelude-{content_hash()[:32]}.json"


def _from_cache(path: Path) -> Library | None:
    try:
        facts = path.stat()
        if hasattr(os, "getuid") and facts.st_uid != os.getuid():
            return None
        if facts.st_mode & 0o022:
            return None
        text = path.read_text(encoding="utf-8")
        checksum, _, body = text.partition("\n")
        if hashlib.sha256(body.encode()).hexdigest() != checksum:
            return None
        data = json.loads(body)
        lib = new_library()
        load_environment(lib.env, data["environment"])
        lib.reducible.update(data["reducible"])
        lib.simp.extend(data["simp"])
        lib.instances.extend(data["instances"])
        lib.hidden.update(data["hidden"])
        lib.structural.update({name: Structural(*shape) for name, shape in data["structural"].items()})
        return lib
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def _write_cache(path: Path, lib: Library) -> None:
    data = {
        "environment": dump_environment(lib.env),
        "reducible": sorted(lib.reducible),
        "simp": lib.simp,
        "instances": lib.instances,
        "hidden": sorted(lib.hidden),
        "structural": {name: [shape.arity, shape.major] for name, shape in lib.structural.items()},
    }
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    temporary = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}.tmp")
    try:
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w", encoding="utf-8") as stream:
            stream.write(hashlib.sha256(body.encode()).hexdigest() + "\n" + body)
        os.replace(temporary, path)
    except OSError:
        return
