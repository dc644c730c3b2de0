"""Solvers that read nothing but the prompt: if the words are enough, they are right on every task.

Each is written from the wording alone, by other means than the family's generator, and answers in another way than the
gold where there is one (other row orders, other operators, other quoting). Whatever here is refused is a defect of a
prompt or of a verifier.
"""

import csv
import datetime
import io
import itertools
import json
import re
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import yaml

Rows = list[dict[str, str]]


def key_values(prompt: str) -> str:
    pairs = prompt.split(">")[0].split(";")
    return json.dumps({pair.split("=")[0]: int(pair.split("=")[1]) for pair in reversed(pairs)}, indent=1)


def singular(noun: str) -> str:
    return "shelf" if noun == "shelves" else noun.removesuffix("s")


def schema_facts(prompt: str) -> str:
    who = re.search(r"(\w+) (\w+) from (\w+) ordered on day (\d+) of month (\d+), (\d+):", prompt)
    assert who is not None
    first, last, city, day, month, year = who.groups()
    document: dict[str, Any] = {
        "lines": [
            {
                "cents": int(Decimal(price) * 100),
                "quantity": int(n),
                "color": color,
                "good": good if n == "1" else singular(good),
            }
            for n, color, good, price in re.findall(r"(\d+) (\w+) (\w+) at ([\d.]+) each", prompt)
        ],
        "customer": {"city": city, "last": last, "first": first},
        "date": datetime.date(int(year), int(month), int(day)).isoformat(),
    }
    if present := re.search(r"it is (not )?a present", prompt):
        document["gift"] = present[1] is None
    if pays := re.search(r"The (\w+) department pays", prompt):
        document["billing"] = {"department": pays[1]}
    return json.dumps(document)


_TOKEN = re.compile(r"""\s+|//[^\n]*|"(?:[^"\\]|\\.)*"|'[^'\n]*'|-?\d+|[A-Za-z_]+|[{}\[\]:=,;]""")


def json_repair(prompt: str) -> str:
    """A lenient reader: no separators needed, `=` is a colon, words are keys or Python's constants, the end closes."""
    text = prompt[prompt.index("{") :].split("\n\n")[0].split("\nGive only")[0]
    tokens: list[str] = [
        t for t in _TOKEN.findall(text) if not t.isspace() and not t.startswith("//") and t not in ",;"
    ]

    def value() -> Any:
        token = tokens.pop(0)
        if token == "{":
            members: dict[str, Any] = {}
            while tokens and tokens[0] != "}":
                key = tokens.pop(0)
                assert tokens.pop(0) in ":="
                members[json.loads(key) if key[0] == '"' else key.strip("'")] = value()
            del tokens[:1]
            return members
        if token == "[":
            items: list[Any] = []
            while tokens[0] != "]":
                items.append(value())
            tokens.pop(0)
            return items
        python: dict[str, str] = {"True": "true", "False": "false", "None": "null"}
        return json.loads(python.get(token, token))

    return json.dumps(value())


_PEOPLE = (
    r"(?P<name>\w+) \(no\. (?P<id>\d+)\) is (?P<age>\d+|of unknown age) and works in "
    r"(?P<department>\w+), (?P<city>\w+)\.",
    r"In (?P<city>\w+) there is (?P<name>\w+), staff number (?P<id>\d+), aged (?P<age>\d+), of (?P<department>\w+)\.",
    r"Number (?P<id>\d+) belongs to (?P<name>\w+) of (?P<department>\w+) in (?P<city>\w+), who is (?P<age>\d+)\.",
    r"The (?P<department>\w+) office in (?P<city>\w+) has (?P<name>\w+), (?P<age>\d+) years old, number (?P<id>\d+)\.",
    r"(?P<age>\d+)-year-old (?P<name>\w+) holds number (?P<id>\d+); office: (?P<city>\w+), team: (?P<department>\w+)\.",
)


def extract_records(prompt: str) -> str:
    found: list[dict[str, Any]] = []
    for match in itertools.chain.from_iterable(re.finditer(pattern, prompt) for pattern in _PEOPLE):
        row: dict[str, Any] = dict(match.groupdict())
        row["age"] = int(row["age"]) if row["age"].isdigit() else None
        found.append({**row, "id": int(row["id"])})
    return json.dumps(found)


def log_records(prompt: str) -> str:
    starts = {m[1]: (m[2], m[3]) for m in re.finditer(r"\[(\w+)\] start (\w+) (\S+)", prompt)}
    ends = re.findall(r"\[(\w+)\] done status=(\d+) took=(\d+)ms", prompt)
    return json.dumps(
        [{"ms": int(ms), "status": int(s), "path": starts[i][1], "method": starts[i][0], "id": i} for i, s, ms in ends]
    )


def read_table(text: str) -> Rows:
    if text.startswith("["):
        rows: Rows = json.loads(text)
        return rows
    if text.startswith("<"):
        return [{cell.tag: cell.text or "" for cell in row} for row in ElementTree.fromstring(text)]
    if text.startswith("|"):
        lines = [re.split(r"(?<!\\)(?:\\\\)*\|", line.strip())[1:-1] for line in text.split("\n")]
        cells = [[re.sub(r"\\([\\|])", r"\1", cell.strip()) for cell in line] for line in (lines[0], *lines[2:])]
        return [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def write_csv(rows: Rows) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0])[::-1], quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write_markdown(rows: Rows) -> str:
    lines = [list(rows[0]), [":-:"] * len(rows[0]), *([c.replace("|", "\\|") for c in row.values()] for row in rows)]
    return "\n".join(f"|{'|'.join(line)}|" for line in lines)


def write_xml(rows: Rows) -> str:
    root = ElementTree.Element("rows")
    for row in rows:
        element = ElementTree.SubElement(root, "row")
        for name, text in row.items():
            ElementTree.SubElement(element, name).text = text
    return ElementTree.tostring(root, encoding="unicode")


_NAMES = r"CSV \(RFC|a Markdown|Markdown|XML \(root|YAML|TOML|JSON"


def _formats(prompt: str) -> tuple[str, str]:
    said = [match.lower() for match in re.findall(_NAMES, prompt.replace(_paragraph(prompt), ""))]
    kinds = [next(k for k in ("csv", "markdown", "xml", "yaml", "toml", "json") if k in name) for name in said]
    return kinds[0], kinds[1]


def _paragraph(prompt: str) -> str:
    words = ("Convert", "Here is", "The text above", "Rewrite", "Translate", "Express", "Give")
    return next(part for part in prompt.split("\n\n") if not part.startswith(words)).split("\nGive only")[0]


def convert_table(prompt: str) -> str:
    _, target = _formats(prompt)
    rows = read_table(_paragraph(prompt))
    writers: dict[str, Callable[[Rows], str]] = {
        "csv": write_csv,
        "markdown": write_markdown,
        "xml": write_xml,
        "json": json.dumps,
    }
    return writers[target](rows)


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def convert_tree(prompt: str) -> str:
    source, target = _formats(prompt)
    text = _paragraph(prompt)
    readers: dict[str, Callable[[str], Any]] = {"json": json.loads, "yaml": yaml.safe_load, "toml": tomllib.loads}
    document = readers[source](text)
    if target == "toml":
        return "\n".join(f"{key} = {_toml(value)}" for key, value in document.items())
    return json.dumps(document)  # JSON is YAML, too


def csv_join(prompt: str) -> str:
    files = dict(re.findall(r"(people|orders)\.csv\n((?:\w+(?:,\w+)+\n)+)", prompt))
    people, orders = read_table(files["people"]), read_table(files["orders"])
    rows = [order | person for order in orders for person in people if order["pid"] == person["pid"]]
    return write_csv([{name: row[name] for name in ("qty", "item", "city", "name", "pid")} for row in rows])


def _has_team(team: str) -> Callable[[dict[str, str]], bool]:
    return lambda row: row["team"] == team


def table_question(prompt: str) -> str:
    lines = prompt.split("\n")
    table = [line for line in lines if line.startswith(("|", "<", "  <"))] or [
        line for line in lines if re.fullmatch(r"[\w ]+,[\w ]+,[\w ]+,\w+", line)
    ]
    rows = read_table("\n".join(table))
    pay = {row["name"]: int(row["pay"]) for row in rows}

    def names(holds: Callable[[dict[str, str]], bool]) -> list[str]:
        return [row["name"] for row in rows if holds(row)][::-1]

    def total(holds: Callable[[dict[str, str]], bool]) -> int:
        return sum(pay[name] for name in names(holds))

    answers: list[tuple[str, Callable[[str, str], Any]]] = [
        (r"pay of (\w+)\?", lambda p, _: pay[p]),
        (r"person with the highest pay", lambda _, __: max(pay, key=pay.__getitem__)),
        (r"all who work in (\w+) earn together", lambda d, _: total(lambda r: r["team"] == d)),
        (r"Who lives in (\w+)\?", lambda c, _: names(lambda r: r["city"] == c)),
        (r"difference between the highest and the lowest", lambda _, __: max(pay.values()) - min(pay.values())),
        (r"Who earns more than (\w+)\?", lambda p, _: names(lambda r: pay[r["name"]] > pay[p])),
        (r"person in (\w+) earns least", lambda d, _: min(names(lambda r: r["team"] == d), key=pay.__getitem__)),
        (
            r"those who live in (\w+) but do not work in (\w+)\?",
            lambda c, d: total(lambda r: r["city"] == c and r["team"] != d),
        ),
        (
            r"Which cities have someone of (\w+)\?",
            lambda d, _: sorted({r["city"] for r in rows if r["team"] == d})[::-1],
        ),
        (
            r"pay summed by team",
            lambda _, __: {d: total(_has_team(d)) for d in sorted({r["team"] for r in rows})},
        ),
    ]
    for pattern, answer in answers:
        if match := re.search(pattern, prompt):
            first, second, *_ = (*match.groups(), "", "")
            return json.dumps(answer(first, second))
    raise AssertionError(prompt)


def json_patch(prompt: str) -> str:
    document = json.loads(re.search(r"^\{.*?^\}|(?<=To: )\{.*?^\}", prompt, re.DOTALL | re.MULTILINE)[0])  # type: ignore[index]
    crew = list(document["crew"])
    steps: list[dict[str, Any]] = []
    pattern = (
        r'"(?P<gone>[^"]+)" leaves the crew|"(?P<new>[^"]+)" joins at the end'
        r"|the stock of (?P<good>\w+) becomes (?P<n>\d+)"
        r'|(?P<out>\w+) is taken out|an entry "(?P<copy>[^"]+)" with the same number as (?P<of>\w+)'
    )
    for match in re.finditer(pattern, prompt):
        if name := match["gone"]:
            steps += [
                {"op": "test", "path": f"/crew/{crew.index(name)}", "value": name},
                {"op": "remove", "path": f"/crew/{crew.index(name)}"},
            ]
            crew.remove(name)
        elif name := match["new"]:
            steps.append({"op": "add", "path": f"/crew/{len(crew)}", "value": name})
            crew.append(name)
        elif good := match["good"]:
            steps.append({"op": "add", "path": f"/stock/{good}", "value": int(match["n"])})
        elif good := match["out"]:
            steps += [
                {"op": "move", "from": f"/stock/{good}", "path": "/gone"},
                {"op": "remove", "path": "/gone"},
            ]
        else:
            number = document["stock"][match["of"]]
            steps.append({"op": "add", "path": f"/stock/{match['copy']}", "value": number})
    return json.dumps(steps)


def jmespath(prompt: str) -> str:
    shapes = (
        (r"the list of every (\w+)", "staff[*].{0}"),
        (
            r"an array of objects with keys a \((\w+)\) and b \(age\) for everyone at least (\d+)",
            "staff[?!(age < `{1}`)].{{b: age, a: {0}}}",
        ),
        (r"the (\w+) of everyone older than (\d+)", "staff[?`{1}` < age].{0} | @"),
        (
            r"the (\w+) of everyone whose (\w+) is (\w+) and who is not older than (\d+)",
            'staff[?{1} == `"{2}"`] | [?!(age > `{3}`)].{0}',
        ),
        (
            r"the (\w+) of everyone whose (\w+) is (\w+) or who is younger than (\d+), oldest",
            "sort_by(staff[?age < `{3}` || '{2}' == {1}], &age)[::-1].{0}",
        ),
        (r"the (\w+) of everyone whose (\w+) is (\w+)", "staff[?'{2}' == {1}].[{0}][]"),
        (r"how many are (\d+) or younger", "length(staff[?!(age > `{0}`)])"),
        (r"sum of the ages of those whose (\w+) is not (\w+)", "staff[?!({0} == '{1}')] | sum([].age)"),
        (r"the (\w+) of the oldest whose (\w+) is (\w+)", "sort_by(staff[?{1} == '{2}'], &age)[-1].{0}"),
        (r"the (\w+) values of all, ordered by age", "sort_by(staff, &age)[*].{0}"),
        (r"the (\w+) of the three youngest", "sort_by(staff, &age)[*].{0} | [0:3]"),
        (
            r"the (\w+) values of those older than (\d+), in order of age, joined",
            "join(',', sort_by(staff, &age)[?age > `{1}`].{0})",
        ),
    )
    for pattern, expression in shapes:
        if match := re.search(pattern, prompt):
            return expression.format(*match.groups())
    raise AssertionError(prompt)


def regex(prompt: str) -> str:
    form = re.search(r"[Ff]orm: (.*?)\.(?: Find|\n)", prompt)
    assert form is not None
    source = ""
    for piece in form[1].split(", then "):
        if match := re.fullmatch(r"the character (.)", piece):
            source += f"[{match[1]}]"
        elif match := re.fullmatch(r"one of (.*)", piece):
            source += f"({match[1].replace(', ', '|')})"
        else:
            run = re.fullmatch(r"(\d+)(?: to (\d+))? [\w-]+(?: letters?)? \((...)\)", piece)
            assert run is not None, piece
            source += rf"[{run[3]}]{{{run[1]},{run[2] or run[1]}}}"
    return f"^{source}$"


MONTHS = [datetime.date(2000, month, 1).strftime("%B") for month in range(1, 13)]
_DAY = r"(?P<d>\d+) (?P<m>[A-Z]\w+) (?P<y>\d{4})"


def _date(match: re.Match[str]) -> datetime.date:
    month = match["m"]
    return datetime.date(int(match["y"]), int(month) if month.isdigit() else MONTHS.index(month) + 1, int(match["d"]))


def dates(prompt: str) -> str:
    if match := re.search(rf"(\d+) days (after|before) {_DAY}", prompt):
        if weeks := re.search(r"(\d+) weeks and", prompt):
            return (_date(match) + datetime.timedelta(int(match[1]), weeks=int(weeks[1]))).isoformat()
        return (_date(match) + datetime.timedelta(int(match[1]) * (1 if match[2] == "after" else -1))).isoformat()
    if match := re.search(rf"Today is {_DAY}, a \w+; the first (?P<w>\w+) after today", prompt):
        day = _date(match) + datetime.timedelta(1)
        while day.strftime("%A") != match["w"]:
            day += datetime.timedelta(1)
        return day.isoformat()
    if match := re.search(r"day (\d+) of the year (\d+)", prompt):
        return datetime.datetime.strptime(f"{match[2]} {match[1]}", "%Y %j").date().isoformat()
    if match := re.search(r"the last day of the month that is (\d+) months? after (\w+) (\d+)", prompt):
        month = int(match[3]) * 12 + MONTHS.index(match[2]) + int(match[1]) + 1
        return (datetime.date(month // 12, month % 12 + 1, 1) - datetime.timedelta(1)).isoformat()
    for pattern in (
        r"the (?P<d>\d+)\w\w of (?P<m>[A-Z]\w+) (?P<y>\d{4})",
        r"(?P<m>[A-Z]\w+) (?P<d>\d+), (?P<y>\d{4})",
        r"(?P<d>\d+)\.(?P<m>\d+)\.(?P<y>\d{4}) \(day first",
        r"(?P<m>\d+)/(?P<d>\d+)/(?P<y>\d{4}) \(month first",
        _DAY,
    ):
        if match := re.search(pattern, prompt):
            return _date(match).isoformat()
    raise AssertionError(prompt)


FACTORS = {
    **{"mm": 1, "cm": 10, "m": 1000, "km": 10**6, "mg": 1, "g": 1000, "kg": 10**6, "t": 10**9},
    **{"s": 1, "min": 60, "h": 3600, "d": 86400, "ml": 1, "cl": 10, "l": 1000, "m3": 10**6},
}


def quantities(prompt: str) -> str:
    target = re.search(r"1\.5 (\w+)|followed by (\w+)", prompt)
    assert target is not None
    unit = target[1] or target[2]
    terms = re.findall(r"(?<![\d.,])([\d,]+) (\w+)\b", prompt.replace("1.5", ""))
    total = sum(int(number.replace(",", "")) * FACTORS[name] for number, name in terms if name in FACTORS)
    return f"{format(Decimal(total) / FACTORS[unit], 'f')} {unit}"


def amounts(prompt: str) -> str:
    text = re.sub(r"\(?12\.50 EUR\)?", "", prompt)
    code = re.search(r"currency code ([A-Z]{3})", text)
    assert code is not None
    units, parts = r"(?:euros|dollars|pounds|francs)", r"(?:cents|pence|rappen)"
    sign = r"(?:€|\$|£|Fr\.)"

    def number(written: str) -> Decimal:
        whole, fraction = re.fullmatch(r"(.*?)(?:[.,](\d\d))?", written).groups()  # type: ignore[union-attr]
        return Decimal(re.sub(r"[.,' ]", "", whole)) + Decimal(fraction or 0) / 100

    if match := re.search(rf"(half of the amount of )?(\d+) {units} and (\d+) {parts}", text):
        value = (Decimal(match[2]) + Decimal(match[3]) / 100) / (2 if match[1] else 1)
    elif match := re.search(rf"(\d+) times {sign}([\d.]+)", text):
        value = int(match[1]) * Decimal(match[2])
    elif match := re.search(rf"{sign}([\d.]+) plus (\d+) {units}", text):
        value = Decimal(match[1]) + int(match[2])
    elif match := re.search(rf"(\d+) {parts}", text):
        value = Decimal(match[1]) / 100
    else:
        match = re.search(rf"{sign}(\d[\d.]*\d)|(\d[\d.,' ]*\d) (?:{sign}|{units})", text)
        assert match is not None, text
        value = number(match[1] or match[2])
    return f"{value:.2f} {code[1]}"


def _squares(prompt: str, box: int) -> str:
    grid = [[int(c) for c in line.split(" ")] for line in prompt.split("\n") if re.fullmatch(r"\d( \d)+", line)]
    size = len(grid)

    def allowed(r: int, c: int) -> set[int]:
        taken = set(grid[r]) | {row[c] for row in grid}
        if box:
            top, left = r // box * box, c // box * box
            taken |= {grid[i][j] for i in range(top, top + box) for j in range(left, left + box)}
        return set(range(1, size + 1)) - taken

    def fill() -> bool:
        blanks = [(len(allowed(r, c)), r, c) for r in range(size) for c in range(size) if not grid[r][c]]
        if not blanks:
            return True
        _, r, c = min(blanks)
        for value in sorted(allowed(r, c), reverse=True):
            grid[r][c] = value
            if fill():
                return True
        grid[r][c] = 0
        return False

    assert fill(), prompt
    return json.dumps(grid)


def latin_square(prompt: str) -> str:
    return _squares(prompt, 0)


def sudoku(prompt: str) -> str:
    box = re.search(r"(\d) by \1 box", prompt)
    assert box is not None
    return _squares(prompt, int(box[1]))


Rule = tuple[list[str], Callable[[int, int], bool]]
"""Two names and what must hold of their values."""


def search(domains: dict[str, list[int]], rules: list[Rule]) -> dict[str, int]:
    """Values under which every rule holds, by backtracking with a rule checked as soon as its names have values."""
    names = sorted(domains, key=lambda name: (len(domains[name]), -sum(name in who for who, _ in rules)))
    chosen: dict[str, int] = {}

    def extend(at: int) -> bool:
        if at == len(names):
            return True
        for value in domains[names[at]]:
            chosen[names[at]] = value
            known = (
                rule
                for who, rule in rules
                if names[at] in who and all(n in chosen for n in who)
                if not rule(*(chosen[n] for n in who))
            )
            if next(known, None) is None and extend(at + 1):
                return True
            del chosen[names[at]]
        return False

    assert extend(0)
    return chosen


def graph_coloring(prompt: str) -> str:
    count = re.search(r"colors 1 to (\d)|1\.\.(\d)|with (\d) colors|numbers 1 to (\d)", prompt)
    towns = re.search(r"All of ([A-Z ]+) need", prompt)
    assert count is not None
    assert towns is not None
    colors = int(next(group for group in count.groups() if group))
    domains = {town: list(range(colors, 0, -1)) for town in towns[1].split()}
    domains |= {town: [int(color)] for town, color in re.findall(r"([A-Z]) must have color (\d)", prompt)}
    edges = re.findall(r"\b([A-Z])-([A-Z])\b", prompt)
    rules: list[Rule] = [([a, b], lambda x, y: x != y) for a, b in edges]
    return json.dumps(search(domains, rules))


def configuration(prompt: str) -> str:
    domains = {n: [int(v) for v in d.split(", ")] for n, d in re.findall(r"(\w+): one of (\d+(?:, \d+)*)", prompt)}
    kinds: list[tuple[str, Callable[[int, int, int, int], bool]]] = [
        (r"(?P<a>\w+) plus (?P<b>\w+) is at most (?P<n>\d+)\.", lambda a, b, n, m: a + b <= n),
        (r"(?P<a>\w+) plus (?P<b>\w+) is at least (?P<n>\d+)\.", lambda a, b, n, m: a + b >= n),
        (r"(?P<a>\w+) plus (?P<b>\w+) is exactly (?P<n>\d+)\.", lambda a, b, n, m: a + b == n),
        (r"(?P<a>\w+) is less than (?P<b>\w+)\.", lambda a, b, n, m: a < b),
        (r"(?P<a>\w+) is at most (?P<b>[a-z]\w+)\.", lambda a, b, n, m: a <= b),
        (r"If (?P<a>\w+) is (?P<n>\d+), then (?P<b>\w+) is (?P<m>\d+)\.", lambda a, b, n, m: a != n or b == m),
        (r"(?P<a>\w+) is not (?P<n>\d+) while (?P<b>\w+) is (?P<m>\d+)\.", lambda a, b, n, m: a != n or b != m),
        (r"(?P<a>\w+) and (?P<b>\w+) differ\.", lambda a, b, n, m: a != b),
        (r"(?P<a>\w+) and (?P<b>\w+) are equal\.", lambda a, b, n, m: a == b),
    ]
    rules: list[Rule] = []
    for pattern, holds in kinds:
        for match in re.finditer(pattern, prompt):
            found = match.groupdict()
            numbers = int(found.get("n", 0)), int(found.get("m", 0))
            rules.append(([match["a"], match["b"]], _with_numbers(holds, *numbers)))
    return json.dumps(search(domains, rules))


def _with_numbers(holds: Callable[[int, int, int, int], bool], n: int, m: int) -> Callable[[int, int], bool]:
    return lambda a, b: holds(a, b, n, m)


def schedule(prompt: str) -> str:
    """Jobs are placed one by one as early as they go; every plan can be pushed together to one of these."""
    takes = {job: int(n) for job, n in re.findall(r"\b([a-l]) takes (\d+)", prompt)}
    after: dict[str, set[str]] = {job: set() for job in takes}
    for later, first in re.findall(r"\b([a-l]) starts when ([a-l]) ends, or later", prompt):
        after[later].add(first)
    machine = {job: {job} for job in takes}
    for group in re.findall(r"No two of ([a-l](?:, [a-l])*) may overlap", prompt):
        for job in group.split(", "):
            machine[job] = set(group.split(", "))
    end_by = re.search(r"(?:done|ends?|end) by (\d+)", prompt)
    assert end_by is not None
    due = {job: int(end_by[1]) for job in takes}
    for job, time in re.findall(r"([a-l]) is due by (\d+)", prompt):
        due[job] = min(due[job], int(time))
    ends: dict[str, int] = {}
    failed: set[frozenset[tuple[str, int]]] = set()

    def place() -> bool:
        if len(ends) == len(takes):
            return True
        state = frozenset(ends.items())
        if state in failed:
            return False
        ready = [job for job in takes if job not in ends and after[job] <= ends.keys()]
        for job in sorted(ready, key=lambda job: (due[job], -takes[job])):
            start = max((ends[other] for other in (after[job] | machine[job]) & ends.keys()), default=0)
            if start + takes[job] > due[job]:
                break  # it will only come later
            ends[job] = start + takes[job]
            if place():
                return True
            del ends[job]
        failed.add(state)
        return False

    assert place(), prompt
    return json.dumps({job: end - takes[job] for job, end in ends.items()})


SOLVERS: dict[str, Callable[[str], str]] = {
    solver.__name__: solver
    for solver in (
        *(key_values, schema_facts, json_repair, extract_records, log_records, convert_table, convert_tree, csv_join),
        *(table_question, json_patch, jmespath, regex, dates, quantities, amounts, latin_square, sudoku),
        *(graph_coloring, schedule, configuration),
    )
}
