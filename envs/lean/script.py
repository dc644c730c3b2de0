"""A proof term written as a tactic script: one tactic a line, each for the first goal.

The script's words are `intro`, `exact`, `refine`, `apply`, `constructor`, `left`, `right`, `rcases`, `exfalso` and
`trivial`. `exact` takes applications, projections and constructors but no `fun`, so that what must be introduced is
introduced by a step; the number of steps is then a fair measure of how long a proof is.
"""

from __future__ import annotations

from collections.abc import Mapping

from assay.envs.lean.prover import Term


def script_of(term: Term, names: Mapping[str, str], prefix: str = "h") -> list[str]:
    """The steps of a script for a normal proof term.

    Args:
        term: The proof, as `assay.envs.lean.prover.prove` gives it.
        names: Name in the script of each free variable of the term.
        prefix: What new hypotheses are called, with a number after it; no given name may look like that.
    """
    writer = _Writer(prefix)
    writer.goal(term, dict(names))
    return writer.steps


class _Writer:
    """Writes one script: steps so far, and the number of the next hypothesis."""

    def __init__(self, prefix: str) -> None:
        self.steps: list[str] = []
        self.prefix = prefix
        self.count = 0

    def fresh(self) -> str:
        self.count += 1
        return f"{self.prefix}{self.count}"

    def goal(self, term: Term, names: dict[str, str]) -> None:
        """The steps that close a goal which `term` proves."""
        match term:
            case ("trivial",):
                self.steps.append("trivial")
            case _ if _plain(term):
                self.steps.append(f"exact {_text(term, names)}")
            case ("lam", _, _):
                added: list[str] = []
                names = dict(names)
                while term[0] == "lam":
                    names[term[1]] = self.fresh()
                    added.append(names[term[1]])
                    term = term[2]
                self.steps.append(f"intro {' '.join(added)}")
                self.goal(term, names)
            case ("pair", first, second):
                self.steps.append("constructor")
                self.goal(first, names)
                self.goal(second, names)
            case ("inl" | "inr" as side, part):
                self.steps.append("left" if side == "inl" else "right")
                self.goal(part, names)
            case ("case", scrutinee, left_name, left, right_name, right):
                self.split(scrutinee, (left_name, left), (right_name, right), names)
            case ("abort", absurd) if _plain(absurd):
                self.steps.append(f"exact {_text(absurd, names, 1025)}.elim")
            case ("abort", absurd):
                self.steps.append("exfalso")
                self.goal(absurd, names)
            case _:
                self.application(term, names)

    def split(self, scrutinee: Term, left: tuple[str, Term], right: tuple[str, Term], names: dict[str, str]) -> None:
        """The steps of a distinction of cases."""
        left_name, right_name = self.fresh(), self.fresh()
        holes: list[Term] = []
        text = _text(scrutinee, names, 1025 if not _plain(scrutinee) else 0, holes)
        if holes:
            self.steps.append(f"refine Or.elim {text} (fun {left_name} => ?_) (fun {right_name} => ?_)")
        else:
            self.steps.append(f"rcases {text} with {left_name} | {right_name}")
        for hole in holes:
            self.goal(hole, names)
        self.goal(left[1], {**names, left[0]: left_name})
        self.goal(right[1], {**names, right[0]: right_name})

    def application(self, term: Term, names: dict[str, str]) -> None:
        """The steps of an application with arguments that need steps of their own."""
        holes: list[Term] = []
        text = _text(term, names, 0, holes)
        head, _, arguments = text.partition(" ")
        self.steps.append(f"apply {head}" if arguments and set(arguments.split(" ")) == {"?_"} else f"refine {text}")
        for hole in holes:
            self.goal(hole, names)


def _plain(term: Term) -> bool:
    """Whether a term can stand in `exact`: nothing is introduced, distinguished or absurd in it."""
    if term[0] in ("lam", "case", "abort"):
        return False
    return all(_plain(part) for part in term[1:] if isinstance(part, tuple))


def _text(term: Term, names: Mapping[str, str], least: int = 0, holes: list[Term] | None = None) -> str:
    """A term as Lean text; arguments that are not plain become `?_` and are added to `holes`.

    `least` is 0 where anything may stand, 1024 for an argument and 1025 before a dot.
    """
    match term:
        case ("var", name):
            return names[name]
        case ("trivial",):
            return "True.intro"
        case ("pair", first, second):
            return f"⟨{_text(first, names)}, {_text(second, names)}⟩"
        case ("fst" | "snd" as side, pair):
            return f"{_text(pair, names, 1025, holes)}.{1 if side == 'fst' else 2}"
        case ("inl" | "inr" as side, part):
            text = f"Or.{side} {_text(part, names, 1024)}"
        case ("app", function, argument):
            left = _text(function, names, 1000, holes)
            if holes is not None and not _plain(argument):
                holes.append(argument)
                right = "?_"
            else:
                right = _text(argument, names, 1024)
            text = f"{left} {right}"
            if least == 1000:
                return text
        case _:
            raise ValueError(f"no text for a term that begins with {term[0]}")
    return f"({text})" if least else text
