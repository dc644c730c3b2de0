"""Finding the program in a response."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.verifiers.code.extraction import find_program
from assay.verifiers.errors import UnknownNameError

PROGRAM = "def f(x):\n    return x\n"


@pytest.mark.parametrize(
    "response",
    [
        PROGRAM,
        f"```python\n{PROGRAM}```",
        f"Here's the code, don't worry:\n\n```py\n{PROGRAM}```\nIt works.",
        f"~~~\n{PROGRAM}~~~",
        f"````python\n{PROGRAM}````",
        f"<think>maybe\n```python\nwrong\n```\n</think>\n```python\n{PROGRAM}```",
        f"```python\n{PROGRAM}",
        f"```python\n{PROGRAM}```\nOutput:\n```text\n3\n```",
        f"```python\n{PROGRAM}```\nagain\n```python\n{PROGRAM}```",
    ],
)
def test_the_program_is_found(response: str) -> None:
    found = find_program(response, "python").program
    assert found is not None
    assert found.strip() == PROGRAM.strip()


def test_backticks_in_a_string_are_part_of_the_program() -> None:
    program = 'def f():\n    """Example:\n\n    ```\n    f()\n    ```\n    """\n    return 1\n'
    assert find_program(program, "python").program == program
    fenced = find_program(f"```python\n{program}```", "python").program
    assert fenced is not None
    assert fenced.strip() == program.strip()


@pytest.mark.parametrize("response", ["", " \n", "```python\n```", "```text\nhello\n```"])
def test_nothing_to_run(response: str) -> None:
    assert find_program(response, "python").problem == "no_answer"


def test_two_different_programs_are_a_hedge() -> None:
    response = f"```python\n{PROGRAM}```\nor\n```python\nprint(1)\n```"
    assert find_program(response, "python").problem == "several_programs"
    assert find_program(response, "python", "last").program == "print(1)"
    with pytest.raises(UnknownNameError):
        find_program(response, "python", "any")


def test_too_long() -> None:
    assert find_program("x = 1\n" * 900_000, "python").problem == "program_too_long"


@given(st.text(alphabet="`~'\"#\\ \nax", max_size=80))
def test_any_text_is_read(text: str) -> None:
    found = find_program(text, "python", "last")
    assert (found.program is None) == bool(found.problem)
