r"""How a row of each public data set becomes a question with one answer.

A reader takes a row as it stands in the file or on the hub and returns a `Row`, or a short reason why the row is left
out: an answer that is a word, a time or a date, or several answers where the verifier wants one. Golds are cleaned of
decoration only (units in parentheses, thousands commas, dollar signs around LaTeX, a trailing ".0"); their values
and forms stay. What is left out is counted by `DatasetSource.left_out` and listed in `docs/math_env.md`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

Raw = Mapping[str, Any]


class Row(NamedTuple):
    """One question of a data set.

    Attributes:
        question: The statement.
        answer: The gold answer, in the notation of the math verifier.
        solution: A worked solution without boxes; "" where the data set has none.
        meta: What else the data set says of the question: subject, level, type.
    """

    question: str
    answer: str
    solution: str
    meta: Mapping[str, str | int]


class BadRowError(ValueError):
    """A row that is not as the data set promises; the message says what is wrong with it."""


def read_gsm8k(raw: Raw) -> Row | str:
    """GSM8K: the answer stands after `####`, before it the solution with calculator notes in `<<...>>`."""
    solution, mark, answer = text_of(raw, "answer").rpartition("####")
    if not mark:
        raise BadRowError("its answer has no '####'")
    return Row(text_of(raw, "question"), number_of(answer), re.sub(r"<<[^<>]*>>", "", solution).strip(), {})


def read_math500(raw: Raw) -> Row | str:
    """MATH-500: the answer has a field of its own."""
    meta: dict[str, str | int] = {"subject": text_of(raw, "subject"), "level": int(raw["level"])}
    return Row(text_of(raw, "problem"), text_of(raw, "answer"), without_boxes(text_of(raw, "solution")), meta)


def read_svamp(raw: Raw) -> Row | str:
    """SVAMP: a body and a question; the solution is an equation."""
    answer = number_of(raw["Answer"])
    equation = re.sub(r"(\d)\.0\b", r"\1", text_of(raw, "Equation"))
    question = _joined(text_of(raw, "Body"), text_of(raw, "Question"))
    return Row(question, answer, f"{equation} = {answer}", {"type": text_of(raw, "Type")})


def read_asdiv(raw: Raw) -> Row | str:
    """ASDiv: a body and a question; the answer is a number with its unit in parentheses, or not a number at all."""
    written = text_of(raw, "answer")
    if ";" in written:
        return "several answers"
    match = re.fullmatch(r"\s*(-?)\(?([\d.,]+(?:/\d+)?)\)?\s*(?:\([^()]*\))?\s*", written)
    if match is None:
        return "ratio or time" if re.match(r"\d+:\d", written) else "not a number"
    sign, number = match.groups()
    numerator, slash, denominator = number.partition("/")
    answer = sign + number_of(numerator) + slash + denominator
    question = _joined(text_of(raw, "body"), text_of(raw, "question"))
    return Row(question, answer, text_of(raw, "formula"), {"type": text_of(raw, "solution_type")})


def read_minerva(raw: Raw) -> Row | str:
    """Minerva: the answer stands in the last box of the solution."""
    solution = text_of(raw, "solution")
    answer = last_box(solution)
    if answer is None:
        raise BadRowError(r"its solution has no \boxed{}")
    answer = _undelimited(answer.replace("np.arcsin", r"\arcsin"))
    return Row(text_of(raw, "problem"), answer, without_boxes(solution), {"subject": text_of(raw, "type")})


def read_olympiadbench(raw: Raw) -> Row | str:
    """OlympiadBench, text only: rows with one answer and no tolerance; the answer's unit is asked for."""
    if raw.get("modality", "Text-only") != "Text-only" or raw.get("image_1") is not None:
        return "needs an image"
    if raw["is_multiple_answer"]:
        return "several answers"
    if raw["error"]:
        return "graded with a tolerance"
    finals = raw["final_answer"]
    if not isinstance(finals, list) or len(finals) != 1 or not isinstance(finals[0], str):
        raise BadRowError("its final_answer is not a list of one text")
    question = text_of(raw, "question")
    context = raw.get("context")
    if context:
        question = f"{context}\n{question}"
    if raw["unit"]:
        question += f"\nGive the answer in the unit {raw['unit']}, without writing the unit."
    solutions = raw["solution"]
    solution = without_boxes(str(solutions[0])) if isinstance(solutions, list) and solutions else ""
    meta: dict[str, str | int] = {"subject": text_of(raw, "subfield"), "type": text_of(raw, "answer_type")}
    return Row(question, _undelimited(finals[0]), solution, meta)


def read_aime24(raw: Raw) -> Row | str:
    """AIME 2024: three-digit answers, with leading zeros in the file."""
    solution = without_boxes(text_of(raw, "solution"))
    return Row(text_of(raw, "problem"), str(int(number_of(raw["answer"]))), solution, {})


def read_amc23(raw: Raw) -> Row | str:
    """AMC 2023: the answer is a number; there is no solution."""
    return Row(text_of(raw, "question"), number_of(raw["answer"]), "", {})


def text_of(raw: Raw, field: str) -> str:
    """A field that must be text.

    Raises:
        BadRowError: It is missing or something else.
    """
    value = raw.get(field)
    if not isinstance(value, str):
        raise BadRowError(f"its field {field!r} is {'missing' if value is None else 'not text'}")
    return value.strip()


def number_of(value: object) -> str:
    """A number as text without thousands commas and without a fraction part of zeros.

    >>> number_of(" 2,125"), number_of("145.0"), number_of(0.5)
    ('2125', '145', '0.5')

    Raises:
        BadRowError: It is not a plain decimal number.
    """
    text = str(value).strip().replace(",", "")
    if re.fullmatch(r"-?\d+(\.\d+)?|-?\.\d+", text, re.ASCII) is None:
        raise BadRowError(f"{str(value).strip()[:40]!r} is not a number")
    return re.sub(r"\.0+$", "", text)


def last_box(text: str) -> str | None:
    r"""The content of the last `\boxed{...}`; None where there is none that closes."""
    start = text.rfind(r"\boxed{")
    end = _closing_brace(text, start + 6) if start >= 0 else None
    return None if end is None else text[start + 7 : end]


def without_boxes(text: str) -> str:
    r"""A solution in which every `\boxed{x}` is just `x`, so that the box added at its end is the only one."""
    while (match := _BOX.search(text)) is not None:
        inner = ""
        end = match.end()
        if text[end - 1] == "{":
            closing = _closing_brace(text, end - 1)
            inner, end = (text[end:], len(text)) if closing is None else (text[end:closing], closing + 1)
        text = text[: match.start()] + inner + text[end:]
    return text.strip()


_BOX = re.compile(r"\\(?:boxed|fbox|framebox)(?![A-Za-z])\s*\{?")


def _closing_brace(text: str, opening: int) -> int | None:
    depth = 0
    position = opening
    while position < len(text):
        if text[position] == "\\":
            position += 1
        elif text[position] == "{":
            depth += 1
        elif text[position] == "}":
            depth -= 1
            if depth == 0:
                return position
        position += 1
    return None


def _undelimited(answer: str) -> str:
    """An answer without dollar signs around its parts and without a full stop."""
    return re.sub(r"(?<!\\)\$", "", answer).strip().removesuffix(".").strip()


def _joined(body: str, question: str) -> str:
    if not body:
        return question
    return f"{body}{'' if body[-1] in '.,;:!?' else '.'} {question}"
