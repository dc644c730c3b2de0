"""Short word problems with numbers that do not matter.

What a problem is about is the numbers that decide it: names, things, wordings and distractors are no part of its key,
so a test story is never a retold training story.
"""

from __future__ import annotations

import random
from typing import ClassVar, NamedTuple

from assay.envs.math.families.notation import decimal_text, draw_int
from assay.envs.math.problem import Family

GAIN, LOSE, GAIN_PACKS, LOSE_PACKS, HALVE, DOUBLE = range(6)


class Story(NamedTuple):
    """A heap of things and what becomes of it.

    Attributes:
        start: How many there are at first.
        events: (kind, a, b): `a` things, or `a` packs of `b`.
        shares: Number of people who share the rest equally; 1 for a question about the rest itself.
        wording: A number that decides names, things and sentences.
        distractors: Numbers of things that do not matter.
    """

    start: int
    events: tuple[tuple[int, int, int], ...]
    shares: int
    wording: int
    distractors: tuple[int, ...]


class StoryCounts(Family[Story]):
    """How many are left after some gains and losses.

    Example (difficulty 3): "Mia has 24 marbles. She buys 3 bags of 12 marbles each. Her brother is 9 years old. She
    gives 15 marbles to a friend. How many marbles does Mia have now?" with the answer 45.

    Difficulty: two events, then up to six; one distractor from 2 on, then up to three; numbers grow.
    Distinct problems (distractors and words not counted): about 40 * (40 * 2)^2 at difficulty 1; at 10 over 10^12.
    """

    name: ClassVar[str] = "story_counts"
    topic: ClassVar[str] = "word_problems"
    summary: ClassVar[str] = "stories of gains and losses, with numbers that do not matter"

    def draw(self, rng: random.Random, difficulty: int) -> Story:
        """Events that never need more than there is."""
        top = 20 * difficulty
        start = have = draw_int(rng, 5, 2 * top)
        events: list[tuple[int, int, int]] = []
        kinds = 2 if difficulty == 1 else 4 if difficulty < 4 else 6
        for _ in range(2 + (difficulty - 1) // 2):
            kind = draw_int(rng, 0, kinds - 1)
            a, b = draw_int(rng, 2, 3 + difficulty), draw_int(rng, 3, 5 + 2 * difficulty)
            if kind == LOSE_PACKS and a * b > have:
                kind = GAIN_PACKS
            if kind == HALVE and (have % 2 or have < 4):
                kind = DOUBLE
            if kind == LOSE and have < 2:
                kind = GAIN
            if kind == GAIN:
                a = draw_int(rng, 2, top)
            elif kind == LOSE:
                a = draw_int(rng, 1, min(have - 1, top))
            if kind not in (GAIN_PACKS, LOSE_PACKS):
                b = 0
            events.append((kind, 0 if kind in (HALVE, DOUBLE) else a, b))
            have = _after(have, *events[-1])
        divisors = [k for k in range(2, 13) if have % k == 0 and have > k]
        shares = divisors[draw_int(rng, 0, len(divisors) - 1)] if difficulty >= 5 and divisors else 1
        distractors = tuple(draw_int(rng, 3, 60) for _ in range((difficulty + 2) // 4))
        return Story(start, tuple(events), shares, rng.getrandbits(40), distractors)

    def key(self, params: Story) -> str:
        """The numbers that decide."""
        return repr(params[:3])

    def statement(self, params: Story) -> str:
        """The story with its distractors strewn in, and the question."""
        wording = params.wording
        wording, name_at = divmod(wording, len(_PEOPLE))
        wording, thing_at = divmod(wording, len(_THINGS))
        name, pronoun, him = _PEOPLE[name_at]
        thing, pack = _THINGS[thing_at]
        sentences: list[str] = []
        for kind, a, b in params.events:
            wording, choice = divmod(wording, 2)
            words = {"a": a, "b": b, "thing": thing if a != 1 else thing[:-1], "pack": pack, "he": pronoun, "him": him}
            sentences.append(_EVENTS[kind][choice].format(**words))
        for number in params.distractors:
            wording, choice = divmod(wording, len(_ASIDES))
            wording, place = divmod(wording, len(sentences))
            sentences.insert(place, _ASIDES[choice].format(n=number, his=_POSSESSIVES[pronoun]))
        if params.shares > 1:
            question = (
                f"{pronoun} shares all {thing} that are left equally among {params.shares} children. "
                f"How many {thing} does each child get?"
            )
        else:
            question = f"How many {thing} does {name} have now?"
        return " ".join([f"{name} has {params.start} {thing}.", *sentences, question])

    def answer(self, params: Story) -> str:
        """A positive integer."""
        have = params.start
        for event in params.events:
            have = _after(have, *event)
        return str(have // params.shares)

    def steps(self, params: Story) -> str:
        """One line an event."""
        have = params.start
        lines: list[str] = []
        for kind, a, b in params.events:
            before, have = have, _after(have, kind, a, b)
            sign = {GAIN: "+", LOSE: "-", GAIN_PACKS: "+", LOSE_PACKS: "-", HALVE: r"\div", DOUBLE: r"\times"}[kind]
            amount = "2" if kind in (HALVE, DOUBLE) else rf"{a} \times {b}" if b else str(a)
            lines.append(f"${before} {sign} {amount} = {have}$")
        if params.shares > 1:
            lines.append(rf"${have} \div {params.shares} = {have // params.shares}$")
        return "\n".join(lines)


class Shopping(Family[tuple[tuple[tuple[int, int], ...], int, int, int, tuple[int, ...]]]):
    """The change from a purchase.

    Example (difficulty 4): "Ben buys 3 pens at $1.25 each and 2 notebooks at $4.50 each. The shop is 7 km away. He
    pays with $50. How much change in dollars does Ben get? Give the exact decimal, without a currency
    sign." with the answer 37.25.

    Difficulty: one kind of thing, then up to four; prices in dollars up to 2, in steps of 5 cents from 3 on, in cents
    from 5 on; from 7 on a discount in percent, with prices in steps of 20 cents so that no cent is split; up to three
    distractors.
    Distinct problems (distractors and words not counted): about 8 * 18 * 3 at difficulty 1; at 10 over 10^13.
    """

    name: ClassVar[str] = "shopping"
    topic: ClassVar[str] = "word_problems"
    summary: ClassVar[str] = "change from a purchase, with discounts and numbers that do not matter"

    def draw(
        self, rng: random.Random, difficulty: int
    ) -> tuple[tuple[tuple[int, int], ...], int, int, int, tuple[int, ...]]:
        """Pairs (count, price in cents), discount in percent, cents paid, the wording, and distractors."""
        unit = 100 if difficulty < 3 else 5 if difficulty < 5 else 1 if difficulty < 7 else 20
        top = (8 + 2 * difficulty) * 100 // unit
        basket = tuple(
            (draw_int(rng, 2, 6 + difficulty), unit * draw_int(rng, 1, top)) for _ in range(1 + (difficulty + 1) // 3)
        )
        discount = 5 * draw_int(rng, 1, 10) if difficulty >= 7 else 0
        total = sum(count * price for count, price in basket)
        paid = 1000 * (total // 1000 + draw_int(rng, 1, 3))
        distractors = tuple(draw_int(rng, 3, 60) for _ in range((difficulty + 2) // 4))
        return basket, discount, paid, rng.getrandbits(40), distractors

    def key(self, params: tuple[tuple[tuple[int, int], ...], int, int, int, tuple[int, ...]]) -> str:
        """The numbers that decide, whatever is bought and in whichever order."""
        basket, discount, paid, _, _ = params
        return f"{sorted(basket)} {discount} {paid}"

    def statement(self, params: tuple[tuple[tuple[int, int], ...], int, int, int, tuple[int, ...]]) -> str:
        """The purchase, the distractors, and the question."""
        basket, discount, paid, wording, distractors = params
        wording, name_at = divmod(wording, len(_PEOPLE))
        wording, goods_at = divmod(wording, len(_GOODS))
        name, pronoun, _ = _PEOPLE[name_at]
        parts = [
            f"{count} {_GOODS[(goods_at + place) % len(_GOODS)]} at ${_money(price)} each"
            for place, (count, price) in enumerate(basket)
        ]
        bought = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
        sentences = [f"{name} buys {bought}."]
        if discount:
            sentences.append(f"The shop takes {discount}% off the whole bill.")
        for number in distractors:
            wording, choice = divmod(wording, len(_ASIDES))
            wording, place = divmod(wording, len(sentences))
            sentences.insert(place + 1, _ASIDES[choice].format(n=number, his=_POSSESSIVES[pronoun]))
        question = f"{pronoun} pays with ${_money(paid)}. How much change in dollars does {name} get?"
        return " ".join([*sentences, question, "Give the exact decimal, without a currency sign."])

    def answer(self, params: tuple[tuple[tuple[int, int], ...], int, int, int, tuple[int, ...]]) -> str:
        """Dollars, as an exact decimal."""
        basket, discount, paid, _, _ = params
        total = sum(count * price for count, price in basket)
        return decimal_text(100 * paid - (100 - discount) * total, 4)

    def steps(self, params: tuple[tuple[tuple[int, int], ...], int, int, int, tuple[int, ...]]) -> str:
        """Each kind of thing, the bill, the discount, the change."""
        basket, discount, paid, _, _ = params
        lines = [rf"{count} \times {_money(price)} = {_money(count * price)}" for count, price in basket]
        total = sum(count * price for count, price in basket)
        if len(basket) > 1:
            lines.append(f"{' + '.join(_money(count * price) for count, price in basket)} = {_money(total)}")
        bill = decimal_text((100 - discount) * total, 4)
        if discount:
            lines.append(rf"{_money(total)} \times {decimal_text(100 - discount, 2)} = {bill}")
        lines.append(f"{_money(paid)} - {bill} = {self.answer(params)}")
        return "\n".join(f"${line}$" for line in lines)


_PEOPLE = (
    ("Mia", "She", "her"),
    ("Ben", "He", "him"),
    ("Aisha", "She", "her"),
    ("Carlos", "He", "him"),
    ("Yuki", "She", "her"),
    ("Omar", "He", "him"),
    ("Ingrid", "She", "her"),
    ("Kofi", "He", "him"),
)

_POSSESSIVES = {"She": "Her", "He": "His"}

_THINGS = (
    ("marbles", "bags"),
    ("stickers", "sheets"),
    ("pencils", "boxes"),
    ("apples", "crates"),
    ("cards", "packs"),
    ("buttons", "tins"),
    ("shells", "jars"),
)

_GOODS = ("pens", "notebooks", "mugs", "candles", "towels", "baskets")

_EVENTS = (
    ("{he} buys {a} more {thing}.", "A friend gives {him} {a} {thing}."),
    ("{he} gives {a} {thing} to a friend.", "{he} loses {a} {thing}."),
    ("{he} buys {a} {pack} of {b} {thing} each.", "{he} gets {a} {pack} with {b} {thing} in each."),
    ("{he} sells {a} {pack} of {b} {thing} each.", "{he} fills {a} {pack} with {b} {thing} each and gives them away."),
    ("{he} gives away half of all {thing}.", "{he} sells half of all {thing}."),
    ("{he} then doubles the number of {thing}.", "{he} buys as many {thing} again as there are already."),
)

_ASIDES = (
    "{his} brother is {n} years old.",
    "The next bus leaves in {n} minutes.",
    "The market is {n} km away.",
    "{his} house has the number {n}.",
    "There are {n} chairs in the room.",
    "It rained for {n} minutes that morning.",
)


def _after(have: int, kind: int, a: int, b: int) -> int:
    """How many there are after an event."""
    if kind == GAIN:
        return have + a
    if kind == LOSE:
        return have - a
    if kind == GAIN_PACKS:
        return have + a * b
    if kind == LOSE_PACKS:
        return have - a * b
    return have // 2 if kind == HALVE else 2 * have


def _money(cents: int) -> str:
    """Dollars, with cents only where there are any."""
    return str(cents // 100) if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02d}"
