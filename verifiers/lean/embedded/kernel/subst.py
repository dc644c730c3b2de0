"""Substitution: putting terms for bound variables, binding free variables, putting levels for parameters.

Every function walks a term once, sharing equal parts, and leaves parts that cannot change untouched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assay.verifiers.lean.embedded.kernel.level import Level, instantiate_level
from assay.verifiers.lean.embedded.kernel.term import (
    HAS_FVAR,
    HAS_PARAM,
    App,
    Binder,
    BVar,
    Const,
    FVar,
    Lam,
    Let,
    Pi,
    Sort,
    Term,
    app,
    bvar,
    const,
    lam,
    pi,
    sort,
    spine,
)


def instantiate(body: Term, values: Sequence[Term]) -> Term:
    """Put `values[0]` for index 0, `values[1]` for index 1, and so on; the values hold no loose indices."""
    if body.loose == 0 or not values:
        return body
    n = len(values)

    def leaf(index: int, depth: int) -> Term:
        return values[index - depth] if index - depth < n else bvar(index - n)

    return _shifted(body, 0, leaf, {})


def instantiate_rev(body: Term, values: Sequence[Term]) -> Term:
    """Put the last of `values` for index 0: the values stand in the order of their binders."""
    return instantiate(body, values[::-1]) if body.loose else body


def beta(fn: Term, args: Sequence[Term]) -> Term:
    """Apply a function to arguments, contracting the redexes at its head."""
    i, n = 0, len(args)
    while i < n and type(fn) is Lam:
        j = i
        while j < n and type(fn) is Lam:
            fn, j = fn.body, j + 1
        fn, i = instantiate_rev(fn, args[i:j]), j
    for k in range(i, n):
        fn = app(fn, args[k])
    return fn


def abstract(term: Term, fvars: Sequence[Term]) -> Term:
    """Replace free variables by indices: the last of `fvars` becomes index 0."""
    if not fvars or not term.flags & HAS_FVAR:
        return term
    last = len(fvars) - 1
    indices = {fvar: last - i for i, fvar in enumerate(fvars)}

    def leaf(part: Term, depth: int) -> Term | None:
        if type(part) is not FVar:
            return None
        i = indices.get(part)
        return part if i is None else bvar(i + depth)

    return transform(term, HAS_FVAR, leaf)


def transform(term: Term, flag: int, leaf: Callable[[Term, int], Term | None]) -> Term:
    """Rebuild a term; `leaf(part, depth)` gives a part's replacement or None to go on inside it.

    Only parts that carry `flag` are visited. A replacement must be right at the depth it is asked for.
    """
    return _changed(term, 0, flag, leaf, {}) if term.flags & flag else term


def _changed(
    term: Term,
    depth: int,
    flag: int,
    leaf: Callable[[Term, int], Term | None],
    memo: dict[tuple[Term, int], Term],
) -> Term:
    """`transform` of a part at a depth; the part carries the flag."""
    key = (term, depth)
    found = memo.get(key)
    if found is not None:
        return found
    found = leaf(term, depth)
    if found is None:
        if type(term) is App:
            fn, arg = term.fn, term.arg
            found = app(
                _changed(fn, depth, flag, leaf, memo) if fn.flags & flag else fn,
                _changed(arg, depth, flag, leaf, memo) if arg.flags & flag else arg,
            )
        elif type(term) is Pi or type(term) is Lam:
            dom, body = term.dom, term.body
            make = pi if type(term) is Pi else lam
            found = make(
                term.name,
                _changed(dom, depth, flag, leaf, memo) if dom.flags & flag else dom,
                _changed(body, depth + 1, flag, leaf, memo) if body.flags & flag else body,
                term.info,
            )
        elif type(term) is Let:
            parts = ((term.type, depth), (term.value, depth), (term.body, depth + 1))
            made = [_changed(part, at, flag, leaf, memo) if part.flags & flag else part for part, at in parts]
            found = Let(term.name, *made)
        else:
            found = term
    memo[key] = found
    return found


def head_beta_all(term: Term) -> Term:
    """Contract every redex in a term, innermost parts first, once."""
    return _contracted(term, {})


def _contracted(term: Term, memo: dict[Term, Term]) -> Term:
    if term.height <= 2:
        return term
    found = memo.get(term)
    if found is not None:
        return found
    if type(term) is App:
        fn, args = spine(term)
        found = beta_open(_contracted(fn, memo), [_contracted(arg, memo) for arg in args])
    elif type(term) is Pi:
        found = pi(term.name, _contracted(term.dom, memo), _contracted(term.body, memo), term.info)
    elif type(term) is Lam:
        found = lam(term.name, _contracted(term.dom, memo), _contracted(term.body, memo), term.info)
    elif type(term) is Let:
        parts = (term.type, term.value, term.body)
        found = Let(term.name, *[_contracted(part, memo) for part in parts])
    else:
        found = term
    memo[term] = found
    return found


def beta_open(fn: Term, args: list[Term]) -> Term:
    """Beta where arguments may hold loose indices, which are lifted as they move under binders."""
    if type(fn) is Lam and not fn.loose and all(arg.loose == 0 for arg in args):
        return beta(fn, args)
    if type(fn) is Lam and len(args) == 1 and not fn.body.loose:
        return fn.body
    if type(fn) is Lam:
        return _beta_lifted(fn, args)
    for arg in args:
        fn = app(fn, arg)
    return fn


def _beta_lifted(fn: Term, args: list[Term]) -> Term:
    """Beta under binders: loose indices of the arguments are lifted as they move inwards."""
    i = 0
    while i < len(args) and type(fn) is Lam:
        fn, i = _instantiate_open(fn.body, args[i]), i + 1
    for arg in args[i:]:
        fn = app(fn, arg)
    return fn


def _instantiate_open(body: Term, value: Term) -> Term:
    def leaf(index: int, depth: int) -> Term:
        return lift(value, depth) if index == depth else bvar(index - 1)

    return _shifted(body, 0, leaf, {}) if body.loose else body


def lift(term: Term, by: int) -> Term:
    """Raise the loose indices of a term."""
    return _shifted(term, 0, lambda index, _: bvar(index + by), {}) if by and term.loose else term


def _shifted(term: Term, depth: int, leaf: Callable[[int, int], Term], memo: dict[tuple[Term, int], Term]) -> Term:
    """Rebuild a part at a depth with `leaf(index, depth)` for each index beyond it; the part has such indices."""
    if type(term) is BVar:
        return leaf(term.index, depth)
    key = (term, depth)
    found = memo.get(key)
    if found is not None:
        return found
    if type(term) is App:
        fn, arg = term.fn, term.arg
        found = app(
            _shifted(fn, depth, leaf, memo) if fn.loose > depth else fn,
            _shifted(arg, depth, leaf, memo) if arg.loose > depth else arg,
        )
    elif type(term) is Pi or type(term) is Lam:
        dom, body = term.dom, term.body
        make = pi if type(term) is Pi else lam
        found = make(
            term.name,
            _shifted(dom, depth, leaf, memo) if dom.loose > depth else dom,
            _shifted(body, depth + 1, leaf, memo) if body.loose > depth + 1 else body,
            term.info,
        )
    else:
        assert type(term) is Let
        parts = ((term.type, depth), (term.value, depth), (term.body, depth + 1))
        made = [_shifted(part, at, leaf, memo) if part.loose > at else part for part, at in parts]
        found = Let(term.name, *made)
    memo[key] = found
    return found


def instantiate_levels(term: Term, names: dict[str, Level]) -> Term:
    """Put levels for the universe parameters of a term."""
    if not names or not term.flags & HAS_PARAM:
        return term

    def leaf(part: Term, _: int) -> Term | None:
        if type(part) is Sort:
            return sort(instantiate_level(part.level, names))
        if type(part) is Const:
            return const(part.name, tuple(instantiate_level(level, names) for level in part.levels))
        return None

    return transform(term, HAS_PARAM, leaf)


def bind_pis(fvars: Sequence[FVar], body: Term) -> Term:
    """`(x1 : T1) → ... → body` over free variables."""
    return _bind_all(fvars, body, False)


def bind_lams(fvars: Sequence[FVar], body: Term) -> Term:
    """`fun (x1 : T1) ... => body` over free variables."""
    return _bind_all(fvars, body, True)


def _bind_all(fvars: Sequence[FVar], body: Term, lams: bool) -> Term:
    result = abstract(body, fvars)
    for i in range(len(fvars) - 1, -1, -1):
        x = fvars[i]
        dom = abstract(x.type, fvars[:i])
        if x.value is not None:
            result = Let(x.name, dom, abstract(x.value, fvars[:i]), result)
        else:
            result = lam(x.name, dom, result, x.info) if lams else pi(x.name, dom, result, x.info)
    return result


def occurs(needle: Term, term: Term) -> bool:
    """Whether a node occurs in a term (by identity)."""
    seen: set[Term] = set()
    todo = [term]
    while todo:
        part = todo.pop()
        if part is needle:
            return True
        if part in seen or part.height <= 1:
            continue
        seen.add(part)
        todo.extend(children(part))
    return False


def children(term: Term) -> tuple[Term, ...]:
    """The direct parts of a node."""
    if type(term) is App:
        return (term.fn, term.arg)
    if isinstance(term, Binder):
        return (term.dom, term.body)
    if type(term) is Let:
        return (term.type, term.value, term.body)
    return ()


def constants(term: Term) -> set[str]:
    """The names of all constants in a term."""
    return {part.name for part in subterms(term) if type(part) is Const}


def subterms(term: Term) -> list[Term]:
    """Every distinct node of a term."""
    seen: dict[Term, None] = {term: None}
    todo = [term]
    while todo:
        for part in children(todo.pop()):
            if part not in seen:
                seen[part] = None
                todo.append(part)
    return list(seen)
