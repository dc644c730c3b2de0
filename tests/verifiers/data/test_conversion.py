"""conversion: each format by its own policy, equal data whatever the writing."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.envs.data.render import to_csv, to_json, to_markdown, to_toml, to_xml, to_yaml
from assay.verifiers.data.delimited import read_csv, read_markdown
from assay.verifiers.data.markup import read_toml, read_yaml
from assay.verifiers.data.model import EXACT, canonical
from assay.verifiers.data.outcome import Refusal
from assay.verifiers.dispatch import verify
from assay.verifiers.errors import SpecError

ROWS = {"xml": {"root": "rows", "row": "row"}}
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"))
CELL = TEXT | st.sampled_from(["", " a ", '"', ",", "a\nb", "\r\n", "|", "\\", "\\|", "007", "NA", "null", "<&>"])
TREE = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | TEXT | st.sampled_from(["no", "~", "1e3", "- a", "a: b", "#"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def accepts(target: str, expected: Any, answer: str, **fields: Any) -> bool:
    extra = ROWS if target == "xml" and "xml" not in fields else {}
    return verify("conversion", {"to": target, "expected": expected, **extra, **fields}, answer).correct


def reason(target: str, answer: str, expected: Any = None) -> str:
    extra: dict[str, Any] = ROWS if target == "xml" else {}
    default = [{"a": "1"}] if target in ("csv", "markdown", "xml") else {"a": 1}
    verdict = verify(
        "conversion", {"to": target, "expected": default if expected is None else expected, **extra}, answer
    )
    assert verdict.score == 0.0
    return verdict.reason


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4))
def test_csv_is_read_as_it_is_written(rows: list[tuple[str, str]]) -> None:
    table = [{"a": x, "b": y} for x, y in rows]
    assert read_csv(to_csv(table)) == [["a", "b"], *([x, y] for x, y in rows)]


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4))
def test_markdown_is_read_as_it_is_written(rows: list[tuple[str, str]]) -> None:
    cells = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
    table = [{"a": x, "b": y} for x, y in cells]
    assert read_markdown(to_markdown(table)) == [["a", "b"], *map(list, cells)]


@given(TREE)
def test_yaml_is_read_as_it_is_written(value: Any) -> None:
    assert EXACT.same(canonical(value), read_yaml(to_yaml(value)))
    assert EXACT.same(canonical(value), read_yaml(json.dumps(value, ensure_ascii=False)))


@given(st.dictionaries(TEXT, TREE, max_size=4))
def test_toml_is_read_as_it_is_written(value: dict[str, Any]) -> None:
    assert EXACT.same(canonical(value), read_toml(to_toml(value)))


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4))
def test_xml_is_read_as_it_is_written(rows: list[tuple[str, str]]) -> None:
    table = [{"a": x, "b": y} for x, y in rows]
    assert accepts("xml", table, to_xml(table))


@given(st.sampled_from(["csv", "markdown", "xml", "yaml", "toml", "json"]), st.text(max_size=120))
def test_any_text_has_a_verdict(target: str, text: str) -> None:
    expected: Any = [{"a": "1"}] if target in ("csv", "markdown", "xml") else {"a": 1}
    extra = ROWS if target == "xml" else {}
    assert verify("conversion", {"to": target, "expected": expected, **extra}, text).score == 0.0


def test_csv() -> None:
    table = [{"n": "Ann", "q": 'said "hi"'}, {"n": "a, b", "q": ""}]
    text = 'n,q\nAnn,"said ""hi"""\n"a, b",\n'
    assert accepts("csv", table, text)
    assert accepts("csv", table, text.replace("\n", "\r\n"))
    assert accepts("csv", table, text.rstrip("\n"))
    assert accepts("csv", table, f"\n{text}\n\n")
    assert accepts("csv", table, f"```csv\n{text}```")
    assert accepts("csv", table, 'q,n\n"said ""hi""",Ann\n,"a, b"\n')
    assert not accepts("csv", table, 'q,n\n"said ""hi""",Ann\n,"a, b"\n', column_order="fixed")
    assert not accepts("csv", table, text.replace("Ann", "Ann "))
    assert not accepts("csv", table, text.replace(",q", ",Q"))
    assert not accepts("csv", table, text + text.split("\n")[1] + "\n")
    assert not accepts("csv", table, "n,q\n")
    assert not accepts("csv", table, "\n".join(reversed(text.strip().split("\n"))))
    assert accepts("csv", table[::-1], text, row_order="any")
    assert not accepts("csv", [table[0], table[0]], text, row_order="any")
    assert accepts("csv", [{"a": ""}], "a\n\n")
    assert accepts("csv", [{"a": ""}], 'a\n""\n')
    assert not accepts("csv", [{"a": ""}], "a\n")
    assert accepts("csv", [{"a": "x;y"}], 'a\n"x;y"', delimiter=";")
    assert accepts("csv", [{"a": "1", "b": "2"}], "a;b\n1;2", delimiter=";")
    assert accepts("csv", [{"a": "x\r\ny"}], 'a\n"x\r\ny"\n')
    assert not accepts("csv", [{"a": "x\ny"}], 'a\n"x\r\ny"\n')


def test_csv_columns_of_numbers_are_compared_by_value() -> None:
    table = [{"n": 1, "t": "1"}, {"n": None, "t": "1.0"}, {"n": 2.5, "t": ""}]
    assert accepts("csv", table, "n,t\n1.0,1\n,1.0\n2.50,\n", null="")
    assert not accepts("csv", table, "n,t\n1.0,1.0\n,1.0\n2.50,\n", null="")
    assert not accepts("csv", table, "n,t\n1.0,1\n0,1.0\n2.50,\n", null="")
    assert not accepts("csv", [{"n": 7}], "n\n007\n")
    assert not accepts("csv", [{"n": "007"}], "n\n7\n")
    assert accepts("csv", [{"b": True}], "b\ntrue\n")
    assert not accepts("csv", [{"b": True}], "b\n1\n")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("a,a\n1,2\n", "duplicate_key"),
        ("a\n1,2\n", "ragged"),
        ("a,b\n1\n", "ragged"),
        ("a,b\n1,2\n\n3,4\n", "ragged"),
        ('a\n"1\n', "not_csv"),
        ('a\n"1"2\n', "not_csv"),
        ('a\n1"2\n', "not_csv"),
        ("a\r1\r", "not_csv"),
    ],
)
def test_csv_refusals(answer: str, why: str) -> None:
    assert reason("csv", answer) == why


def test_markdown() -> None:
    table = [{"a": "x|y", "b": ""}, {"a": "1", "b": "*"}]
    assert accepts("markdown", table, "| a | b |\n|---|:-:|\n| x\\|y | |\n| 1 | * |")
    assert accepts("markdown", table, "\na | b\n--- | -\n x\\|y | |\n1 | \\*\n\n")
    assert accepts("markdown", table, "Here:\n```\n| a | b |\n|---|---|\n| x\\|y |  |\n| 1 | * |\n```\n")
    assert not accepts("markdown", table, "| a | b |\n|---|---|\n| x | y | |\n| 1 | * |")
    assert accepts("markdown", [{"a": "c:\\d"}], "| a |\n|---|\n| c:\\d |")
    assert accepts("markdown", [{"a": "c:\\d"}], "| a |\n|---|\n| c:\\\\d |")
    assert not accepts("markdown", [{"a": "x"}], "| a |\n|---|\n| **x** |")
    for answer, why in {
        "| a |\n| x |": "not_markdown",
        "| a |": "not_markdown",
        "a\n---\nx": "not_markdown",
        "| a | b |\n|---|\n| x | y |": "not_markdown",
        "| a |\n|---|\n| x | y |": "ragged",
        "| a | a |\n|---|---|\n| x | y |": "duplicate_key",
        "| a |\n|---|\n| x |\n\n| a |\n|---|\n| x |": "ragged",
        "The table:\n| a |\n|---|\n| 1 |": "not_markdown",
    }.items():
        assert reason("markdown", answer) in (why, "not_markdown")


def test_xml() -> None:
    table = [{"n": "A&B", "v": " x "}]
    assert accepts("xml", table, "<?xml version='1.0'?>\n<rows>\n<row><v> x </v><n>A&amp;B</n></row>\n</rows>\n")
    assert accepts("xml", table, "<rows><row><n>A<!-- c -->&#38;B</n><v><![CDATA[ x ]]></v></row></rows>")
    assert accepts("xml", [{"n": ""}], "<rows><row><n/></row></rows>")
    assert not accepts("xml", table, "<rows><row><n>A&amp;B</n><v>x</v></row></rows>")
    assert not accepts("xml", [{"n": "a"}], "<rows><row><n>b</n><n>a</n></row></rows>")
    assert not accepts("xml", [{"n": "a"}], "<rows><row n='a'><n>a</n></row></rows>")
    assert not accepts("xml", [{"n": "a"}], "<rows x='1'><row><n>a</n></row></rows>")
    assert not accepts("xml", [{"n": "a"}], "<rows>hi<row><n>a</n></row></rows>")
    assert not accepts("xml", [{"n": "a"}], "<table><row><n>a</n></row></table>")
    assert not accepts("xml", [{"n": "a"}], "<rows><record><n>a</n></record></rows>")
    assert not accepts("xml", [{"n": "a"}], "<rows xmlns='u'><row><n>a</n></row></rows>")
    assert not accepts("xml", [{"n": "a"}], "<rows><row><n>a</n><m/></row></rows>")
    assert not accepts("xml", [{"n": "a"}], "<rows><row><n><b>a</b></n></row></rows>")
    tree = {"host": {"name": "x", "port": 80}, "on": True}
    layout = {"xml": {"root": "config"}}
    text = "<config><on>true</on><host><port>80</port><name>x</name></host></config>"
    assert accepts("xml", tree, text, **layout)
    assert not accepts("xml", tree, text.replace("80", "81"), **layout)


def test_xml_bombs_and_files() -> None:
    dtd = "<!DOCTYPE rows [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
    assert reason("xml", f"{dtd}<rows><row><a>&a;</a></row></rows>") == "xml_dtd"
    laughs = "".join(f"<!ENTITY l{i} '{f'&l{i - 1};' * 10}'>" for i in range(1, 9))
    assert reason("xml", f"<!DOCTYPE r [<!ENTITY l0 'lol'>{laughs}]><rows>&l8;</rows>") == "xml_dtd"
    assert reason("xml", "<rows><row><a>&nbsp;</a></row></rows>") == "not_xml"
    assert reason("xml", "<a>" * 14_000 + "</a>" * 14_000) == "too_deep"
    assert reason("xml", "<rows>\x00</rows>") == "not_xml"
    assert reason("xml", "<rows/><rows/>") == "not_xml"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("On", "On"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("tRUE", "tRUE"),
        ("~", None),
        ("Null", None),
        ("", None),
        ("nUll", "nUll"),
        ("012", 12),
        ("+12", 12),
        ("0o14", 12),
        ("0xFf", 255),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("12:30:00", "12:30:00"),
        ("2024-01-01", "2024-01-01"),
        ("1e3", 1000),
        ("1.", 1),
        (".5", 0.5),
        ("-.5E-1", -0.05),
        (".", "."),
        ("-", None),
        ("1e", "1e"),
        ("'1'", "1"),
        ('"1"', "1"),
        ("'it''s'", "it's"),
        ('"\\u00e9\\/"', "é/"),
        ("=", "="),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">-\n  a\n  b\n", "a b"),
        ("[1, {b: 2}]", [1, {"b": 2}]),
    ],
)
def test_yaml_scalars_follow_the_1_2_core_schema(text: str, value: Any) -> None:
    if text == "-":
        assert EXACT.same(canonical({"v": [None]}), read_yaml("v:\n-"))
    else:
        assert EXACT.same(canonical({"v": value}), read_yaml(f"v: {text}"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: 1\na: 1\n", "duplicate_key"),
        ("a: 1\n'a': 1\n", "duplicate_key"),
        ("1: a", "key_not_text"),
        ("[a]: 1", "key_not_text"),
        ("~: 1", "key_not_text"),
        ("a: !!str 1", "yaml_tag"),
        ("a: !x 1", "yaml_tag"),
        ("! a", "yaml_tag"),
        ("a: &x 1", "yaml_alias"),
        ("a: *x", "yaml_alias"),
        ("a: &x [1]\nb: [*x, *x]", "yaml_alias"),
        ("--- 1\n--- 2\n", "several_documents"),
        ("# nothing", "empty"),
        ("a: .inf", "number_out_of_range"),
        ("a: .NaN", "number_out_of_range"),
        ("a: 1e999", "number_out_of_range"),
        (f"a: 0x{'f' * 400}", "number_out_of_range"),
        (f"a: {'9' * 5000}", "long_number"),
        ("a: b: c", "not_yaml"),
        ("a: [", "not_yaml"),
        ("a: \x00", "not_yaml"),
        ("a: '\ud800'", "lone_surrogate"),
        ('a: "\\ud800"', "lone_surrogate"),
        ("[" * 50_000, "too_deep"),
        ("- " * 40_000, "too_deep"),
    ],
)
def test_yaml_refusals(text: str, why: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_yaml(text)
    assert caught.value.reason in (why, "not_yaml" if why == "lone_surrogate" else why)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a = 1\na = 1\n", "not_toml"),
        ("a = 2024-01-01", "date_not_text"),
        ("a = [12:30:00]", "date_not_text"),
        ("a = inf", "number_out_of_range"),
        ("a = -nan", "number_out_of_range"),
        ("a = 1e999", "number_out_of_range"),
        (f"a = {2**63}", "number_out_of_range"),
        (f"a = {'9' * 5000}", "long_number"),
        ("a = 01", "not_toml"),
        ("a", "not_toml"),
        ("a." * 40_000 + "b = 1", "too_deep"),
        ("a . " * 20_000 + "b = 1", "too_deep"),
        ("[" + "a." * 40_000 + "b]", "too_deep"),
        ("x = {" + "a." * 40_000 + "b = 1}", "too_deep"),
        ("a = " + "[" * 10_000, "too_deep"),
        ("a = " + "[" * 70 + "]" * 70, "too_deep"),
        ("a = '\ud800'", "lone_surrogate"),
    ],
)
def test_toml_refusals(text: str, why: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_toml(text)
    assert caught.value.reason == why


def test_toml() -> None:
    value = {"a": 1000, "f": 1.0, "t": {"x": [1, "b"], "y": {"z": True}}}
    assert accepts("toml", value, 'a = 1_000\nf = 1\nt.x = [1, "b"]\n[t.y]\nz = true\n')
    assert not accepts("toml", value, 'a = "1000"\nf = 1\nt.x = [1, "b"]\n[t.y]\nz = true\n')


def test_trees_take_tolerance_and_order() -> None:
    assert accepts("yaml", {"a": [1, 2]}, "a: [2, 1]", unordered=True)
    assert not accepts("yaml", {"a": [1, 2]}, "a: [2, 1]")
    assert accepts("json", {"a": 1.0}, to_json({"a": 1.0000001}), tolerance={"abs": 0.001})


@pytest.mark.parametrize(
    "spec",
    [
        {"to": "ini", "expected": {}},
        {"to": "csv", "expected": {"a": 1}},
        {"to": "csv", "expected": [{"a": 1}, {"b": 1}]},
        {"to": "csv", "expected": [{"a": None}]},
        {"to": "csv", "expected": [{"a": [1]}]},
        {"to": "csv", "expected": [{"a": "1"}], "delimiter": '"'},
        {"to": "csv", "expected": [{"a": "1"}], "row_order": "none"},
        {"to": "xml", "expected": [{"a": "1"}]},
        {"to": "xml", "expected": [{"a": "1"}], "xml": {"row": "r"}},
        {"to": "xml", "expected": {"a": [1]}, "xml": {"root": "r"}},
    ],
)
def test_a_bad_spec_never_grades(spec: dict[str, Any]) -> None:
    with pytest.raises(SpecError):
        verify("conversion", spec, "<r><a>1</a></r>" if spec["to"] == "xml" else "a\n1\n")


XML_TREE = {"root": "r"}


def test_leaves_of_an_xml_tree_are_what_is_expected_there() -> None:
    value = {"n": 1000, "f": 0.5, "t": "1000", "b": True, "e": {}, "s": ""}
    right = "<r><n>1e3</n><f>0.50</f><t>1000</t><b>true</b><e> </e><s></s></r>"
    assert accepts("xml", value, right, xml=XML_TREE)
    assert accepts("xml", value, right.replace("<e> </e>", "<e/>").replace("<s></s>", "<s/>"), xml=XML_TREE)
    for old, new in (("1e3", "1000.5"), ("1e3", " 1000"), ("1e3", "01000"), (">1000<", ">1000.0<"), ("true", "1")):
        assert not accepts("xml", value, right.replace(old, new), xml=XML_TREE), (old, new)
    assert not accepts("xml", value, right.replace("<e> </e>", "<e>x</e>"), xml=XML_TREE)
    assert not accepts("xml", value, right.replace("<s></s>", "<s> </s>"), xml=XML_TREE)
    assert not accepts("xml", {"e": {"x": "1"}}, "<r><e/></r>", xml=XML_TREE)
    assert accepts(
        "xml", {"n": 1.0, "z": None}, "<r><n>1.0001</n><z>-</z></r>", xml=XML_TREE, null="-", tolerance=0.001
    )
    assert accepts("xml", {}, "<r/>", xml=XML_TREE)


def test_a_null_spelled_like_a_number_stays_null() -> None:
    rows = [{"n": 5}, {"n": None}]
    for text in ("n\n5\n-1\n", "n\n5.0\n-1\n"):
        assert accepts("csv", rows, text, null="-1")
    for text in ("n\n5\n-1.0\n", "n\n-1\n5\n", "n\n5\n\n", "n\n5\n0\n"):
        assert not accepts("csv", rows, text, null="-1")
    assert accepts("csv", [{"n": 5}, {"n": None}], "n\n5\n\n", null="")
    assert accepts("markdown", [{"n": 0}, {"n": None}], "| n |\n| - |\n| 0 |\n| 0 |", null="0")


def test_a_column_may_mix_numbers_and_text() -> None:
    rows = [{"v": 7}, {"v": "seven"}, {"v": "007"}, {"v": True}]
    assert accepts("csv", rows, "v\n7.0\nseven\n007\ntrue\n")
    assert accepts("csv", rows, "v\nseven\n7\n007\ntrue\n", row_order="any")
    assert not accepts("csv", rows, "v\n007\nseven\n7\ntrue\n")
    both = [{"v": 7}, {"v": "7"}]
    assert accepts("csv", both, "v\n7\n7\n")
    assert not accepts("csv", both, "v\n7\n7.0\n")


def test_line_ends_inside_a_block_are_data() -> None:
    rows = [{"a": "x\r\ny", "b": "1"}]
    inside = 'a,b\r\n"x\r\ny",1\r\n'
    for text in (inside, f"So:\r\n```csv\r\n{inside}```\r\n", f"```\n{inside}```"):
        assert accepts("csv", rows, text)
    assert not accepts("csv", rows, f"```\n{inside.replace(chr(13), '')}```")
    assert accepts("csv", [{"a": "x\ny", "b": "1"}], 'So:\r\n```\r\na,b\r\n"x\ny",1\r\n```\r\n')


def test_a_normal_form_holds_for_cells_and_names() -> None:
    composed, split = "caf\u00e9", "cafe\u0301"
    assert accepts("csv", [{composed: composed}], f"{split}\n{split}\n", unicode="NFC")
    assert not accepts("csv", [{composed: composed}], f"{split}\n{split}\n")
    assert not accepts("csv", [{composed: "1", "b": "2"}], f"{split},{composed}\n1,2\n", unicode="NFC")


@pytest.mark.parametrize(
    "text",
    [
        '{"e": "\\ud83d\\ude42 \\\\ud83d"}',
        'e: "\\ud83d\\ude42 \\\\ud83d"',
        'e: "\\U0001F642 \\\\ud83d"',
        "e: \U0001f642 \\ud83d",
    ],
)
def test_characters_beyond_the_first_plane_may_be_escaped_as_json_does(text: str) -> None:
    assert accepts("yaml", {"e": "\U0001f642 \\ud83d"}, text)


def test_half_of_a_pair_is_no_character() -> None:
    assert not accepts("yaml", {"e": "\U0001f642"}, 'e: "\\ud83d"')
    assert not accepts("yaml", {"e": "\U0001f642"}, 'e: "\\ude42\\ud83d"')
