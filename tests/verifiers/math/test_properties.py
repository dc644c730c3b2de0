"""Properties of all answers: reflexive, symmetric, blind to notation, never fooled by a changed number."""

import re
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from assay.verifiers.math import VERIFIER
from assay.verifiers.verdict import Status, Verdict

settings.register_profile("oracle", deadline=None, derandomize=True, max_examples=200, database=None)
settings.load_profile("oracle")


def check(gold: str, answer: str) -> Verdict:
    return VERIFIER.verify({"answer": gold}, rf"So $\boxed{{{answer}}}$.")


integers = st.integers(-(10**6), 10**6)
fractions = st.fractions(min_value=-1000, max_value=1000, max_denominator=500)


def spelled(value: Fraction) -> str:
    sign = "-" if value < 0 else ""
    return (
        f"{sign}{abs(value.numerator)}"
        if value.denominator == 1
        else rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
    )


@st.composite
def expressions(draw: st.DrawFn) -> str:
    atoms = st.sampled_from(["x", "y", "2", "3", "7", r"\sqrt{2}", r"\pi", "a_1"])
    text = draw(atoms)
    for _ in range(draw(st.integers(0, 4))):
        other = draw(atoms)
        text = draw(
            st.sampled_from(
                [
                    f"{text}+{other}",
                    f"{text}-{other}",
                    f"({text}) {other}",
                    rf"\frac{{{text}}}{{{other}}}",
                    f"({text})^{{2}}",
                ]
            )
        )
    return text


@given(expressions())
def test_reflexive(gold: str) -> None:
    assert check(gold, gold).correct
    assert check(gold, f"({gold})+0").correct
    assert check(f"({gold})-y+y", gold).correct


@given(expressions(), expressions())
def test_symmetric(one: str, two: str) -> None:
    assert check(one, two).score == check(two, one).score


@given(expressions(), st.integers(1, 10**6), st.integers(0, 40))
def test_a_perturbation_is_never_paid(gold: str, size: int, places: int) -> None:
    for sign in "+-":
        verdict = check(gold, rf"({gold}){sign}{size}\cdot10^{{-{places}}}")
        assert verdict.status is Status.WRONG, verdict


@given(fractions, fractions)
def test_rationals_are_exact(one: Fraction, two: Fraction) -> None:
    assert check(spelled(one), spelled(two)).correct == (one == two)
    assert check(spelled(one), f"{one.numerator}/{one.denominator}").correct


@given(integers, st.integers(1, 9), st.integers(0, 20))
def test_a_changed_digit_is_never_paid(value: int, delta: int, position: int) -> None:
    digits = str(abs(value))
    index = position % len(digits)
    changed = digits[:index] + str((int(digits[index]) + delta) % 10) + digits[index + 1 :]
    assert not check(digits, changed).correct or int(digits) == int(changed)


@given(st.lists(fractions, min_size=2, max_size=6, unique=True), st.randoms(use_true_random=False))
def test_sets_have_no_order_and_tuples_have(values: list[Fraction], rng: object) -> None:
    shuffled = list(values)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    one, two = (", ".join(map(spelled, items)) for items in (values, shuffled))
    assert check(rf"\{{{one}\}}", rf"\{{{two}\}}").correct
    assert check(one, two).correct
    assert check(f"({one})", f"({two})").correct == (values == shuffled)
    assert not check(rf"\{{{one}\}}", rf"\{{{two}, 100001\}}").correct


@given(
    expressions(), st.lists(st.sampled_from([r"\,", r"\;", " ", r"\!", r"\quad ", "\u200b"]), min_size=1, max_size=5)
)
def test_spacing_changes_nothing(gold: str, spaces: list[str]) -> None:
    noisy = gold
    for index, space in enumerate(spaces):
        places = [match.start() for match in re.finditer(r"(?<![\\A-Za-z0-9_^])(?=[-+()])", noisy)]
        if places:
            at = places[index % len(places)]
            noisy = noisy[:at] + space + noisy[at:]
    assert check(gold, rf"\displaystyle {noisy}").correct
    assert check(gold, rf"\left({noisy}\right)").correct


@given(st.integers(0, 10**4), st.integers(0, 10**4), st.booleans(), st.booleans())
def test_intervals_know_their_ends(low: int, width: int, left: bool, right: bool) -> None:
    high = low + width + 1
    gold = f"{'[' if left else '('}{low},{high}{']' if right else ')'}"
    for other_left in (True, False):
        for other_right in (True, False):
            signs = [r"\le " if closed else "<" for closed in (other_left, other_right)]
            answer = f"{low}{signs[0]}x{signs[1]}{high}"
            assert check(f"x \\in {gold}", answer).correct == ((left, right) == (other_left, other_right))


pieces = st.sampled_from(
    [
        r"\frac",
        r"\sqrt",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "x",
        "12",
        "0",
        "+",
        "-",
        "*",
        "/",
        "^",
        "_",
        "=",
        "<",
        ",",
        r"\{",
        r"\}",
        r"\cup",
        "|",
        r"\pm",
        r"\sin",
        r"\log",
        r"\text{or}",
        r"\text{cm}",
        "%",
        "!",
        "'",
        ".",
        ":",
        r"\infty",
        r"\pi",
        "e",
        "f(x)",
        r"\begin{pmatrix}",
        r"\end{pmatrix}",
        "&",
        r"\\",
        r"\sum_{k=1}^{5}",
        r"\int_0^1",
        "dx",
        " ",
        r"\left",
        r"\overline",
        "abc",
        r"\$",
        "$",
        r"\lfloor",
        r"\binom",
        "√",
        "²",
        "½",
        "∞",
        "\u200b",
        "�",
        "\x00",
        "if",
        "apples",
        r"\hat",
        r"\mathrm{d}",
    ]
)


@settings(max_examples=1000)
@given(
    st.lists(pieces, max_size=40).map("".join),
    st.sampled_from(["5", r"\{1,2\}", "x=5", r"\sqrt2", "[0,1]", "Tuesday", r"5\text{ cm}"]),
)
def test_nothing_raises(text: str, gold: str) -> None:
    for response in (text, rf"\boxed{{{text}}}", f"The answer is {text}"):
        verdict = VERIFIER.verify({"answer": gold}, response, computer_algebra="off")
        assert verdict.status is not Status.ERROR


@settings(max_examples=600)
@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    for response in (text, rf"\boxed{{{text}}}", f"The answer is {text}"):
        verdict = VERIFIER.verify({"answer": "123454321"}, response, computer_algebra="off")
        assert not verdict.correct
        assert verdict.status is not Status.ERROR


HEAVY = [
    "x", "y", "2", "17", r"\pi", "i", "e", r"\sqrt{2}", r"\sqrt{x}", r"\sqrt[3]{5}", r"\frac{1}{7}", "10^{50}", "n!",
    "2^n", r"\ln 2", r"\sin x", "|x|", r"\lfloor x\rfloor", r"\binom{n}{5}", r"\cos\frac{\pi}{7}", r"\arctan\frac12",
    "(x+y+1)", "e^{x}", r"\log_2 3", "100!", "2^{100}", "x^{20}", "a_1",
]  # fmt: skip


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    few = st.lists(inner, min_size=2, max_size=4)
    powers = st.sampled_from(["2", "7", "-1", r"\frac12", r"\frac13", "20", "x", "100", "-40"])
    return st.one_of(
        few.map("+".join),
        few.map(lambda parts: "".join(f"({part})" for part in parts)),
        st.tuples(inner, inner).map(lambda pair: rf"\frac{{{pair[0]}}}{{{pair[1]}}}"),
        st.tuples(inner, powers).map(lambda pair: f"({pair[0]})^{{{pair[1]}}}"),
        st.tuples(st.sampled_from([r"\sqrt", r"\sqrt[5]", r"\sin", r"\ln", r"\tan", r"\arcsin"]), inner).map(
            lambda pair: rf"{pair[0]}{{{pair[1]}}}"
        ),
    )


@settings(max_examples=150)
@given(st.recursive(st.sampled_from(HEAVY), grown, max_leaves=30))
def test_no_expression_raises(text: str) -> None:
    """However hard an expression is for the exact rungs, they give up instead of raising or calling it equal to 5."""
    verdict = VERIFIER.verify({"answer": "123454321"}, rf"\boxed{{{text}}}", computer_algebra="off")
    assert verdict.status is not Status.ERROR
    assert not verdict.correct


SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905


def in_words(number: int) -> str:
    if number < 20:
        return SMALL[number]
    if number < 100:
        return TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    for size, name in ((10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            return f"{in_words(number // size)} {name}" + (f" {in_words(rest)}" if rest else "")
    raise AssertionError(number)


@given(st.integers(0, 999_999_999), st.integers(1, 10**6))
def test_numbers_in_words(number: int, delta: int) -> None:
    words = rf"\text{{{in_words(number)}}}"
    assert check(str(number), words).correct
    assert not check(str(number + delta), words).correct


@given(st.integers(1, 40), st.integers(2, 40), st.integers(1, 40), st.integers(2, 40))
def test_sums_of_arctangents(a: int, b: int, c: int, d: int) -> None:
    """arctan(a/b) + arctan(c/d) is arctan of the sum's tangent, up to pi, which the sum knows."""
    one, two = Fraction(a, b), Fraction(c, d)
    left = rf"\arctan\frac{{{a}}}{{{b}}}+\arctan\frac{{{c}}}{{{d}}}"
    if one * two == 1:
        right = r"\frac{\pi}{2}"
    else:
        tangent = (one + two) / (1 - one * two)
        right = rf"\arctan({tangent.numerator}/{tangent.denominator})" + (r"+\pi" if one * two > 1 else "")
    assert VERIFIER.verify({"answer": right}, rf"\boxed{{{left}}}", computer_algebra="off").correct
    wrong = rf"{right}-\pi"
    assert not VERIFIER.verify({"answer": wrong}, rf"\boxed{{{left}}}", computer_algebra="off").correct
