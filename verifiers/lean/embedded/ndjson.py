"""lean4export NDJSON 3.1, both ways: so that other kernels can re-check our proofs, and ours theirs.

The importer trusts nothing in a file: names, levels and terms are built, and every declaration goes through the kernel.
Recursors and quotients in a file are compared with the ones the kernel makes itself. What the kernel does not support
(projections, strings, mutual and nested types, unsafe and opaque declarations) is declined: neither yes nor no.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from assay.verifiers.lean.embedded.kernel.budget import DeclineError, KernelError, raise_recursion_limit
from assay.verifiers.lean.embedded.kernel.check import TypeChecker
from assay.verifiers.lean.embedded.kernel.declare import Declaration, add_declaration, add_quotients
from assay.verifiers.lean.embedded.kernel.environment import Constant, Environment, InductiveInfo, RecursorInfo
from assay.verifiers.lean.embedded.kernel.inductive import InductiveDecl
from assay.verifiers.lean.embedded.kernel.level import (
    IMAX,
    LEVEL_ZERO,
    MAX,
    PARAM,
    SUCC,
    Level,
    imax,
    level_max,
    param,
    succ,
)
from assay.verifiers.lean.embedded.kernel.term import (
    DEFAULT,
    IMPLICIT,
    INST,
    STRICT,
    App,
    BVar,
    Const,
    Lam,
    Let,
    Lit,
    Pi,
    Sort,
    Term,
    app,
    bvar,
    const,
    lam,
    lit,
    pi,
    sort,
)

FORMAT = "3.1.0"
_TO_INFO = {DEFAULT: "default", IMPLICIT: "implicit", STRICT: "strictImplicit", INST: "instImplicit"}
_FROM_INFO = {text: info for info, text in _TO_INFO.items()}
_QUOT_KINDS = {"Quot": "type", "Quot.mk": "ctor", "Quot.lift": "lift", "Quot.ind": "ind"}


class FormatError(KernelError):
    """A file that is not in the format."""

    def __init__(self, message: str) -> None:
        """All such errors share one code."""
        super().__init__("bad_format", message)


class _Exporter:
    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []
        self.names: dict[str, int] = {"": 0}
        self.levels: dict[Level, int] = {LEVEL_ZERO: 0}
        self.terms: dict[Term, int] = {}

    def name(self, text: str) -> int:
        found = self.names.get(text)
        if found is None:
            before, _, last = text.rpartition(".")
            prefix = self.name(before)
            found = self.names[text] = len(self.names)
            self.lines.append({"str": {"pre": prefix, "str": last}, "in": found})
        return found

    def level(self, level: Level) -> int:
        found = self.levels.get(level)
        if found is not None:
            return found
        row: dict[str, Any]
        if level.kind == PARAM:
            row = {"param": self.name(level.name)}
        elif level.kind == SUCC and level.a is not None:
            row = {"succ": self.level(level.a)}
        else:
            assert level.a is not None
            assert level.b is not None
            row = {"max" if level.kind == MAX else "imax": [self.level(level.a), self.level(level.b)]}
        found = self.levels[level] = len(self.levels)
        self.lines.append({**row, "il": found})
        return found

    def term(self, term: Term) -> int:
        found = self.terms.get(term)
        if found is not None:
            return found
        row: dict[str, Any]
        if type(term) is BVar:
            row = {"bvar": term.index}
        elif type(term) is Sort:
            row = {"sort": self.level(term.level)}
        elif type(term) is Const:
            row = {"const": {"name": self.name(term.name), "us": [self.level(level) for level in term.levels]}}
        elif type(term) is App:
            row = {"app": {"fn": self.term(term.fn), "arg": self.term(term.arg)}}
        elif type(term) is Lam or type(term) is Pi:
            parts = {"name": self.name(term.name), "type": self.term(term.dom), "body": self.term(term.body)}
            row = {"lam" if type(term) is Lam else "forallE": {**parts, "binderInfo": _TO_INFO[term.info]}}
        elif type(term) is Let:
            parts = {"name": self.name(term.name), "type": self.term(term.type), "value": self.term(term.value)}
            row = {"letE": {**parts, "body": self.term(term.body), "nondep": False}}
        else:
            assert type(term) is Lit
            row = {"natVal": str(term.value)}
        found = self.terms[term] = len(self.terms)
        self.lines.append({**row, "ie": found})
        return found

    def constant(self, known: Constant, env: Environment) -> None:
        head = {
            "name": self.name(known.name),
            "levelParams": [self.name(level) for level in known.levels],
            "type": self.term(known.type),
        }
        if known.kind == "axiom":
            self.lines.append({"axiom": {**head, "isUnsafe": False}})
        elif known.kind == "quot":
            self.lines.append({"quot": {**head, "kind": _QUOT_KINDS[known.name]}})
        elif known.kind in ("def", "theorem"):
            if known.value is None:
                raise KernelError("no_value", f"{known.name} was loaded without its proof")
            body = {**head, "value": self.term(known.value), "all": [head["name"]]}
            if known.kind == "def":
                body |= {"hints": {"regular": known.height}, "safety": "safe"}
            self.lines.append({"def" if known.kind == "def" else "thm": body})
        elif isinstance(known.info, InductiveInfo):
            self._inductive(known, known.info, head, env)

    def _inductive(self, known: Constant, info: InductiveInfo, head: dict[str, Any], env: Environment) -> None:
        ctors: list[dict[str, Any]] = []
        for i, name in enumerate(info.ctors):
            ctor = env.constants[name]
            facts = env.ctor(const(name))
            assert facts is not None
            row = {"name": self.name(name), "levelParams": head["levelParams"], "type": self.term(ctor.type)}
            row |= {"induct": head["name"], "cidx": i, "numParams": info.num_params, "numFields": facts.num_fields}
            ctors.append({**row, "isUnsafe": False})
        rec = env.constants[f"{known.name}.rec"]
        assert isinstance(rec.info, RecursorInfo)
        rules = [{"ctor": self.name(r.ctor), "nfields": r.num_fields, "rhs": self.term(r.rhs)} for r in rec.info.rules]
        rec_row = {
            "name": self.name(rec.name),
            "levelParams": [self.name(level) for level in rec.levels],
            "type": self.term(rec.type),
            "all": [head["name"]],
            "numParams": info.num_params,
            "numIndices": info.num_indices,
            "numMotives": 1,
            "numMinors": rec.info.num_minors,
            "rules": rules,
            "k": rec.info.k,
            "isUnsafe": False,
        }
        type_row = {
            **head,
            "numParams": info.num_params,
            "numIndices": info.num_indices,
            "all": [head["name"]],
            "ctors": [ctor["name"] for ctor in ctors],
            "numNested": 0,
            "isRec": info.recursive,
            "isUnsafe": False,
            "isReflexive": False,
        }
        self.lines.append({"inductive": {"types": [type_row], "ctors": ctors, "recs": [rec_row]}})


def export_constants(env: Environment, constants: Iterable[Constant]) -> Iterator[str]:
    """The lines of a file that declares constants, in the order given.

    Raises:
        KernelError: A theorem's proof is not at hand (the library was loaded from its cache).
    """
    exporter = _Exporter()
    meta = {"exporter": {"name": "assay", "version": "1.0.0"}, "lean": {"githash": "", "version": ""}}
    yield json.dumps({"meta": {**meta, "format": {"version": FORMAT}}}, ensure_ascii=False)
    for known in constants:
        exporter.constant(known, env)
        for line in exporter.lines:
            yield json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        exporter.lines.clear()


class _Importer:
    def __init__(self, env: Environment) -> None:
        self.env = env
        self.names: list[str] = [""]
        self.levels: list[Level] = [LEVEL_ZERO]
        self.terms: list[Term] = []
        self.seen_quots: set[str] = set()

    def line(self, row: dict[str, Any]) -> None:
        if "in" in row:
            self._put(self.names, row["in"], self._name(row))
        elif "il" in row:
            self._put(self.levels, row["il"], self._level(row))
        elif "ie" in row:
            self._put(self.terms, row["ie"], self._term(row))
        elif "meta" in row:
            version = str(row["meta"].get("format", {}).get("version", ""))
            if not version.startswith("3."):
                raise DeclineError("format_version", f"format version {version!r} is not supported")
        else:
            self._declaration(row)

    @staticmethod
    def _put(table: list[Any], index: object, value: object) -> None:
        if index != len(table):
            raise FormatError(f"index {index!r} is out of order")
        table.append(value)

    @staticmethod
    def _get(table: list[Any], index: object) -> Any:
        if type(index) is not int or not 0 <= index < len(table):
            raise FormatError(f"index {index!r} points nowhere")
        return table[index]

    def _name(self, row: dict[str, Any]) -> str:
        if "num" in row:
            before, last = self._get(self.names, row["num"]["pre"]), f"«{int(row['num']['i'])}»"
        else:
            before, last = self._get(self.names, row["str"]["pre"]), row["str"]["str"]
            if type(last) is not str:
                raise FormatError("a name must be a string")
            if "»" in last or "«" in last:
                raise DeclineError("name", "names with « or » are not supported")
            if not last or "." in last or last.isdigit():
                # One component stays one component: `a.b` in quotes is not `b` in the namespace `a`.
                last = f"«{last}»"
        return f"{before}.{last}" if before else last

    def _level(self, row: dict[str, Any]) -> Level:
        if "succ" in row:
            return succ(self._get(self.levels, row["succ"]))
        if "param" in row:
            return param(self._get(self.names, row["param"]))
        for key, make in (("max", level_max), ("imax", imax)):
            if key in row:
                a, b = row[key]
                return make(self._get(self.levels, a), self._get(self.levels, b))
        raise FormatError("unknown universe level")

    def _term(self, row: dict[str, Any]) -> Term:
        if "app" in row:
            return app(self._get(self.terms, row["app"]["fn"]), self._get(self.terms, row["app"]["arg"]))
        if "bvar" in row:
            if type(row["bvar"]) is not int or row["bvar"] < 0:
                raise FormatError("a bound variable needs an index")
            return bvar(row["bvar"])
        if "const" in row:
            levels = tuple(self._get(self.levels, level) for level in row["const"]["us"])
            return const(self._get(self.names, row["const"]["name"]), levels)
        if "sort" in row:
            return sort(self._get(self.levels, row["sort"]))
        for key, make in (("lam", lam), ("forallE", pi)):
            if key in row:
                part = row[key]
                info = _FROM_INFO.get(part["binderInfo"])
                if info is None:
                    raise FormatError("unknown binder info")
                dom, body = self._get(self.terms, part["type"]), self._get(self.terms, part["body"])
                return make(self._get(self.names, part["name"]), dom, body, info)
        if "letE" in row:
            part = row["letE"]
            type_, value, body = (self._get(self.terms, part[k]) for k in ("type", "value", "body"))
            return Let(self._get(self.names, part["name"]), type_, value, body)
        if "natVal" in row:
            text = row["natVal"]
            if type(text) is not str or not text.isascii() or not text.isdigit() or len(text) > 4000:
                raise FormatError("a literal must be a string of digits")
            return lit(int(text))
        if "mdata" in row:
            return self._get(self.terms, row["mdata"]["expr"])  # type: ignore[no-any-return]
        for key in ("proj", "strVal"):
            if key in row:
                raise DeclineError(key, f"terms of the form {key} are not supported")
        raise FormatError("unknown term")

    def _head(self, row: dict[str, Any]) -> tuple[str, tuple[str, ...], Term]:
        levels = tuple(self._get(self.names, name) for name in row["levelParams"])
        return self._get(self.names, row["name"]), levels, self._get(self.terms, row["type"])

    def _declaration(self, row: dict[str, Any]) -> None:
        if len(row) != 1:
            raise FormatError("a line must hold one declaration")
        ((kind, body),) = row.items()
        if kind == "inductive":
            self._inductive(body)
            return
        if kind not in ("axiom", "def", "thm", "quot", "opaque"):
            raise FormatError(f"unknown declaration {kind!r}")
        name, levels, type_ = self._head(body)
        if kind == "quot":
            self._quot(name, levels, type_)
            return
        if kind == "opaque" or body.get("isUnsafe") or body.get("safety", "safe") != "safe":
            raise DeclineError("unsafe", f"{name}: opaque, unsafe and partial declarations are not supported")
        if kind == "axiom":
            add_declaration(self.env, Declaration(name, levels, type_, None, "axiom"))
            return
        value = self._get(self.terms, body["value"])
        add_declaration(self.env, Declaration(name, levels, type_, value, "theorem" if kind == "thm" else "def"))

    def _quot(self, name: str, levels: tuple[str, ...], type_: Term) -> None:
        if name not in _QUOT_KINDS:
            raise KernelError("quotient", f"{name} is no part of the quotient type")
        if not self.seen_quots:
            add_quotients(self.env)
        self.seen_quots.add(name)
        self._same(name, levels, type_)

    def _same(self, name: str, levels: tuple[str, ...], type_: Term) -> None:
        """Check a constant of the file against the one the kernel has made."""
        known = self.env.get(name)
        if known is None or len(known.levels) != len(levels):
            raise KernelError("generated_mismatch", f"{name} differs from what the kernel generates")
        own = known.type_at(tuple(param(level) for level in levels))
        if not TypeChecker(self.env).is_def_eq(own, type_):
            raise KernelError("generated_mismatch", f"{name} differs from what the kernel generates")

    def _inductive(self, body: dict[str, Any]) -> None:
        if len(body["types"]) != 1:
            raise DeclineError("mutual_inductive", "mutual inductive types are not supported")
        row = body["types"][0]
        name, levels, type_ = self._head(row)
        if row.get("isUnsafe") or row.get("numNested"):
            raise DeclineError("nested_inductive", f"{name}: unsafe and nested types are not supported")
        ctors: list[tuple[str, Term]] = []
        for ctor in body["ctors"]:
            ctor_name, ctor_levels, ctor_type = self._head(ctor)
            if ctor_levels != levels:
                raise KernelError("level_count", f"{ctor_name} has other universe parameters than {name}")
            ctors.append((ctor_name, ctor_type))
        if type(row["numParams"]) is not int or row["numParams"] < 0:
            raise FormatError("numParams must be a natural number")
        add_declaration(self.env, InductiveDecl(name, levels, row["numParams"], type_, tuple(ctors)))
        for rec in body["recs"]:
            rec_name, rec_levels, rec_type = self._head(rec)
            self._same(rec_name, rec_levels, rec_type)
            self._same_rules(rec_name, rec_levels, rec)

    def _same_rules(self, name: str, levels: tuple[str, ...], row: dict[str, Any]) -> None:
        known = self.env.get(name)
        if known is None or not isinstance(known.info, RecursorInfo) or len(row["rules"]) != len(known.info.rules):
            raise KernelError("generated_mismatch", f"{name} differs from what the kernel generates")
        if bool(row.get("k")) and not known.info.k:
            raise KernelError("generated_mismatch", f"{name} claims elimination that ignores its proof")
        for rule, given in zip(known.info.rules, row["rules"], strict=True):
            own = Constant("", known.levels, rule.rhs, "def", rule.rhs).value_at(tuple(param(u) for u in levels))
            rhs = self._get(self.terms, given["rhs"])
            same_name = self._get(self.names, given["ctor"]) == rule.ctor and given["nfields"] == rule.num_fields
            if not same_name or (own is not rhs and not TypeChecker(self.env).is_def_eq(own, rhs)):
                raise KernelError("generated_mismatch", f"a rule of {name} differs from what the kernel generates")


def import_lines(lines: Iterable[str], env: Environment | None = None) -> Environment:
    """Check every declaration of a file.

    Returns:
        The environment it makes.

    Raises:
        KernelError: A declaration is refused, or the file is not in the format.
        DeclineError: It uses something this kernel does not support.
        LimitError: A budget is spent.
    """
    raise_recursion_limit()
    importer = _Importer(env or Environment())
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise FormatError("a line must hold an object")
            importer.line(row)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
            raise FormatError(f"line {number}: {type(error).__name__}: {error}") from None
    return importer.env


__all__ = ["IMAX", "FormatError", "export_constants", "import_lines"]
