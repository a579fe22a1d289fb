"""Lint: what is found, and what must not be found."""

import pytest

from docctl.content.faults import ADVICE, CODES
from docctl.content.lint import LintContext, TextRule, check, lint
from docctl.content.parse import parse

CONTEXT = LintContext(
    number="PRO-001",
    recommended=("Purpose|Aim", "Scope", "Records kept|Records"),
    functions=frozenset({"Buyer"}),
    roles=frozenset({"approver"}),
    references={"PRO-002": "in force", "PRO-003": "withdrawn", "PRO-004": "not yet in force"},
    sections={"PRO-002": frozenset({"scope"})},
    attachments=frozenset({"flow.png", "unused.pdf", "plan.svg"}),
    unshown=frozenset({"plan.svg", "unused.pdf"}),
    text_rules=(TextRule("as appropriate", "this leaves open who decides", "say who"),),
)
EMPTY = LintContext()


def codes(text: str, context: LintContext = EMPTY) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in lint(parse(text)[0], context)]


FOUND = {
    "## A\n\nx\n\n#### B\n\ny": (5, "heading-jump"),
    "## A\n\n## B\n\nx": (1, "empty-section"),
    "## A": (1, "empty-section"),
    "## A\n\nx\n\n## 2. a\n\ny": (5, "duplicate-heading"),
    "[[PRO-009]]": (1, "missing-document"),
    "x\n[w](doc:PRO-003)": (2, "withdrawn-document"),
    "[[PRO-004]]": (1, "not-in-force"),
    "[[PRO-002#nowhere]]": (1, "dangling-anchor"),
    "[[PRO-001#nowhere]]": (1, "dangling-anchor"),
    "[x](#nowhere)": (1, "dangling-anchor"),
    "[x]()": (1, "dangling-anchor"),
    "![x](gone.png)": (1, "missing-attachment"),
    "[x](other.md)": (1, "missing-attachment"),
    "[x](../secret.pdf)": (1, "unsafe-path"),
    "![x](/etc/x.png)": (1, "unsafe-path"),
    "![x](https://a.example/b.png)": (1, "remote-image"),
    "![x](data:image/png;base64,xx)": (1, "remote-image"),
    "![x](./plan.svg)": (1, "unshown-image"),
    "![ ](flow.png)": (1, "missing-alternative-text"),
    "[[function:Seller]]": (1, "unknown-function"),
    "[[role:king]]": (1, "unknown-role"),
    "| a |\n|---|\n| TBD |": (3, "placeholder"),
    "TODO: this": (1, "placeholder"),
    "a\n\nb \u4e16\u754c \u4e16": (3, "uncovered-script"),
    "x \U0001f680": (1, "uncovered-script"),
    "x \U0003fffd": (1, "uncovered-script"),
    "see XXX for it": (1, "placeholder"),
    "Lorem  ipsum dolor": (1, "placeholder"),
    "and loREM IPSUM": (1, "placeholder"),
    "what???": (1, "placeholder"),
    "and [...] so": (1, "placeholder"),
    "<insert the name here>": (1, "placeholder"),
    "[Your company]": (1, "placeholder"),
    "{{ company }}": (1, "placeholder"),
    "by {% day %}": (1, "placeholder"),
    **dict.fromkeys(
        (
            "see [[Home page]]",
            "x^[a note]",
            "*[HTML]: Markup",
            "[words][nowhere]",
            "[words](a target)",
            "{++new++}",
            "{!other.md!}",
            "--8<-- 'other.md'",
            "{/* unseen */}",
            "{::comment}",
            "[x]{.red}",
            "import A from 'b'",
            "some ==marked== words",
            "press ++ctrl+c++",
            "m^2^",
            "H~2~O",
            "$$ E $$",
            "with $x_1$",
            "I :smile:",
            ".. note:: x",
            "| a | b |\n| 1 | 2 |",
            '!!! note stray "x"',
            "::: {#refs}",
            "#Heading",
            "-Item",
            "+++\ntitle = 1\n+++",
            "**open ** words",
            "~~open",
            "`open",
        ),
        (1, "foreign-markup"),
    ),
    "x\n\n:::": (3, "foreign-markup"),
    "done As Appropriate.": (1, "text-rule"),
    "jane.doe@acme.example": (1, "personal-data"),
    "[write](mailto:jane@acme.example)": (1, "personal-data"),
    "+47 22 12 34 56": (1, "personal-data"),
    "(415) 555-0132": (1, "personal-data"),
    "Phone: 22 12 34 56": (1, "personal-data"),
    "078-05-1120": (1, "personal-data"),
    "123.456.789-09": (1, "personal-data"),
    "QQ 12 34 56 C": (1, "personal-data"),
    "passport no. X1234567": (1, "personal-data"),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.items(), ids=FOUND)
def test_it_is_found_on_its_line(text: str, expected: tuple[int, str]) -> None:
    assert expected in codes(text, CONTEXT)


FINE = [
    "## 1 Purpose\n\nx\n\n### Same\n\nx\n\n## 2 Scope\n\n### Same\n\ny",
    "# T\n\n## A\n\n- x",
    "[[PRO-001]] [[PRO-002#scope]] [[PRO-001#here]]\n\n## Here\n\nx",
    "[a](#fig) [b](https://a.example)\n\n![Flow](files/flow.png){#fig}\n\n[c](unused.pdf)",
    "[[function:Buyer]] [[role:approver]]",
    "`TBD` and\n\n```\nTODO jane.doe@acme.example\n```",
    "PRO-XXX, XXL, tbd-list, [x] done, is it? [see annex] {x}",
    "appropriate as appropriately",
    "ISO 9001:2015, EN 10204-3.1, ISO/IEC 27001:2022, ASME B16.5-2020",
    "from 2026-11-30 to 30.11.2026, 11/30/2026 or 2026-11-30T08:30:00Z",
    "10 bar +/- 0.5, 1013.25 hPa, 2 000 000 Pa, +20 to +120 °C, 1,234,567.89",
    "part 4711-0815-42, 123-456-7890, 6205-2RS1, DN 100/PN 16, M12x1.75, serial 0012345678",
    "24 VDC, 3~ 400 V, 50/60 Hz, (100) 200 300, phone 1234, call 112, +1.234",
    "call 1-800-555-0199 or +1 800 555 0199",
    "quality@acme.example, tts-events@acme.example, hr.department@acme.example, TTS@acme.example",
    "C++ and C++11/C++14, a == b, $5 and $10, at 10:30:45, 2**3, -5 °C, -v, #1, #topic, ~5 ~6",
    "a (b), f(x)[0], fields ____ and ___, {x}, {a, b}, 1 | 2, |x|, __init__.py, ISO:2015:",
    "`[[x]] ==y== {::z}`\n\n    !!! stray\n    **open **\n",
    "tolerance +0.00050000, ratio 1:100, GTIN 4006381333931, IP 192.168.100.200",
]


@pytest.mark.parametrize("text", FINE)
def test_it_is_not_found(text: str) -> None:
    ours = {"missing-section", "unused-attachment"}

    assert [found for found in codes(text, CONTEXT) if found[1] not in ours] == []


def test_recommended_sections_have_synonyms_and_say_more() -> None:
    text = "## 1. Aim and scope\n\nx"

    assert [fault.sentence for fault in lint(parse(text)[0], CONTEXT)] == [
        "there is no section 'Records kept'",
        "the attached file 'flow.png' is not used",
        "the attached file 'plan.svg' is not used",
        "the attached file 'unused.pdf' is not used",
    ]


def test_all_faults_come_at_once_and_in_order() -> None:
    _, faults = check("<b>\n\nTBD\u200b\n\n[[PRO-009]]", EMPTY, first_line=11)

    assert [(fault.line, fault.code) for fault in faults] == [
        (11, "raw-html"),
        (13, "hidden-character"),
        (13, "placeholder"),
        (15, "missing-document"),
    ]
    assert [fault.severity for fault in faults] == ["advice", "advice", "error", "error"]
    assert all(fault.hint for fault in faults)


def test_every_code_is_explained() -> None:
    assert set(CODES) >= ADVICE
    assert {code for _, code in FOUND.values()} <= set(CODES)


def test_a_script_is_called_by_its_letters_and_not_by_the_marks_between_them() -> None:
    text = "\u300c\u91cd\u300d \uff08\u304b\uff09 \u3001\u3000 \u0661 \u0645\u0646\u060c"
    faults = [one for one in lint(parse(text)[0], CONTEXT) if one.code == "uncovered-script"]
    found = {one.sentence.rsplit(": ", 1)[1] for one in faults}

    assert found == {"CJK", "HIRAGANA", "ARABIC"}
