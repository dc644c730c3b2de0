"""A solver of SQL questions that reads nothing but the prompt, and writes other SQL than the gold query's.

It knows the language of the questions and the two tables that the prompt shows, and nothing of the generator's trees.
"""

import re

COLUMNS = {
    "number of credits": "credits",
    "number of seats": "seats",
    "year of birth": "born",
    "number of pages": "pages",
    "number of copies": "copies",
    "year of arrival": "arrived",
}
FUNCTIONS = {"sum": "sum", "average": "avg", "lowest": "min", "highest": "max", "count": "count"}
COMPARISONS = {
    "is below": "<",
    "is at most": "<=",
    "is above": ">",
    "is at least": ">=",
    "is known but not": "<>",
    "is": "=",
}


class Solver:
    """One prompt: its tables, and the SELECT that its question asks for."""

    def __init__(self, prompt: str) -> None:
        self.tables = {m[1]: m[2] for m in re.finditer(r"create table (\w+) \((.*)\);", prompt)}
        self.parent, self.child = self.tables
        note = re.search(r"(\w+)\.(\w+) holds the id of a (\w+);", prompt)
        assert note is not None
        self.link = note[2]
        self.question = next(
            line for line in prompt.split("\n") if re.match(r"[A-Z].* .*\.$", line) and "holds the id" not in line
        )
        self.joined = "existing" in self.question

    def sql(self) -> str:
        text = re.sub(
            r"^(?:Give|List|I need|Find|Report|Tell me|Please show|Somebody asks for) ", "", self.question
        ).rstrip(".")
        order = ""
        if match := re.search(
            r", ordered by (.*?) (upwards|downwards)(?: \(a missing one counts as the lowest\))?$", text
        ):
            order = (
                f" order by {self.column(match[1])} {'asc nulls first' if match[2] == 'upwards' else 'desc nulls last'}"
            )
            text = text[: match.start()]
        if match := re.fullmatch(r"the id of every (\w+) with its number of (\w+), 0 where there are none", text):
            inner = f"select count(*) from {self.child} x where x.{self.link} = {self.parent}.id"
            return f"select id, ({inner}) from {self.parent}"
        if text.startswith("for each"):
            return self.grouped(text) + order
        if match := re.fullmatch(r"the number of (the .*)", text):
            return f"select count(*) from {self.rows(match[1])}"
        if match := re.fullmatch(r"how many (different )?known values of (.*?) there are among (the .*)", text):
            kind = "distinct " if match[1] else ""
            return f"select count({kind}{self.column(match[2])}) from {self.rows(match[3])}"
        if match := re.fullmatch(r"the (sum|average|lowest|highest) of the (.*?) of (the \w+s\b.*)", text):
            return f"select {FUNCTIONS[match[1]]}({self.column(match[2])}) from {self.rows(match[3])}"
        distinct = "the different values (each once, a missing one too) of " in text
        text = text.replace("the different values (each once, a missing one too) of ", "")
        text = re.sub(r", one row for each(?: pair)?$", "", text)
        match = re.fullmatch(rf"(.*?) of (the (?:{self.plural(self.child)}|{self.plural(self.parent)})\b.*)", text)
        assert match is not None, text
        rows = self.rows(match[2])
        outputs = ", ".join(self.column(part) for part in match[1].split(" and "))
        if distinct:
            return f"select {outputs} from {rows} group by {outputs}{order}"
        return f"select {outputs} from {rows}{order}"

    def plural(self, table: str) -> str:
        return f"{table}s"

    def grouped(self, text: str) -> str:
        having = ""
        if match := re.search(r", only where the group has (at least|more than) (\d+) rows$", text):
            having = f" having count(*) {'>=' if match[1] == 'at least' else '>'} {match[2]}"
            text = text[: match.start()]
        rows = self.child
        if match := re.search(r", over (the .*)$", text):
            rows = self.rows(match[1])
            text = text[: match.start()]
        match = re.fullmatch(r"for each (.*) \(a missing one is a group, too\) that value and (.*)", text)
        assert match is not None, text
        group, measure = self.column(match[1]), match[2]
        value = "count(*)"
        if not measure.startswith("how many"):
            said = re.match(r"the (\w+) of the known values of (.*?)(?: \(missing where none is known\))?$", measure)
            assert said is not None, measure
            value = f"{FUNCTIONS[said[1]]}({self.column(said[2])})"
        return f"select {group}, {value} from {rows} group by 1{having}"

    def rows(self, text: str) -> str:
        """Everything after FROM."""
        match = re.match(r"the (\w+?)s\b(?: that have an existing \w+)?(?: for which (.*))?$", text)
        assert match is not None, text
        table = self.parent if match[1].startswith(self.parent[:4]) and not self.joined else self.child
        self.table = table
        condition = f" where ({self.conditions(match[2])})" if match[2] else ""
        if not self.joined:
            return table + condition
        return f"{self.parent} join {self.child} on {self.child}.{self.link} is {self.parent}.id{condition}"

    def conditions(self, text: str) -> str:
        text = text.replace("is known and is not", "is known but not")
        word = "or" if " or " in text else "and"
        return f" {word} ".join(self.condition(part) for part in text.split(f" {word} "))

    def condition(self, text: str) -> str:
        if match := re.fullmatch(r"there is (a|no) (\w+) of theirs(?: whose (.*))?", text):
            inner = f" and {self.condition('the ' + match[3])}" if match[3] else ""
            ids = f"select {self.link} from {self.child} where {self.link} is not null{inner}"
            return f"{self.parent}.id {'not ' if match[1] == 'no' else ''}in ({ids})"
        if match := re.fullmatch(r"(.*) is (missing|known)", text):
            return f"{self.column(match[1])} is {'not ' if match[2] == 'known' else ''}null"
        if match := re.fullmatch(r"(.*) is (above|below) the average of all", text):
            name = self.column(match[1])
            sign = ">" if match[2] == "above" else "<"
            return f"{name} {sign} (select sum({name}) * 1.0 / count({name}) from {self.table})"
        if match := re.fullmatch(r"(.*) is the (highest|lowest) of all \(ties included\)", text):
            name = self.column(match[1])
            down = "desc" if match[2] == "highest" else "asc"
            return f"{name} = (select {name} from {self.table} where {name} is not null order by 1 {down} limit 1)"
        match = re.fullmatch(r"(.*?) (is below|is at most|is above|is at least|is known but not|is) (\w+)", text)
        assert match is not None, text
        value = match[3] if match[3].isdigit() else f"'{match[3]}'"
        return f"{value} {_turned(COMPARISONS[match[2]])} {self.column(match[1])}"

    def column(self, said: str) -> str:
        """A column in words, with or without the article and its owner."""
        said = said.removeprefix("the ")
        if "'s " in said:
            owner, said = said.split("'s ")
            table = self.parent if owner.startswith(self.parent[:4]) else self.child
            return f"{table}.{COLUMNS.get(said, said)}"
        return COLUMNS.get(said, said)


def _turned(operator: str) -> str:
    return operator.translate(str.maketrans("<>", "><")) if operator not in ("<>", "=") else operator


def solve(prompt: str) -> str:
    return Solver(prompt).sql()
