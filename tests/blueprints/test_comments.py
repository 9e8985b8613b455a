"""Taking comments out changes no meaning: strings, templates, patterns stay letter for letter."""

from pathlib import Path

import pytest

from blueprints.kit.comments import light_script, light_style
from tests.node import node

STATIC = Path("static")


@pytest.mark.parametrize(
    ("text", "light"),
    [
        ("// first\nlet a = 1; // one\n", "let a = 1;\n"),
        ("a /* b */ + c", "a + c"),
        ("return /* far */\nx", "return\nx"),
        ("return /* far\n */ x", "return\nx"),
        ('say("// not /* one", \'it\\\'s // in\')', 'say("// not /* one", \'it\\\'s // in\')'),
        ("say(`a // ${b /* c */} /* d */`)", "say(`a // ${b } /* d */`)"),
        ("`${ {a: `//${1}`} }// kept` // gone", "`${ {a: `//${1}`} }// kept` "),
        ("`  two\n    lines \\` // kept`", "`  two\n    lines \\` // kept`"),
        ("x.replace(/[/]*\\/\\/\"/g, y) // z", "x.replace(/[/]*\\/\\/\"/g, y) "),
        ("return /'/.test(a) // '", "return /'/.test(a) "),
        ("a = b / c; // d / e", "a = b / c; "),
        ("f(x) / 2 // half", "f(x) / 2 "),
        ("`${a}` / b // c /", "`${a}` / b "),
        ("if (a) {\n    b();\n}", "if (a) {\nb();\n}"),
    ],
)  # fmt: skip
def test_a_script_keeps_all_but_its_comments(text: str, light: str) -> None:
    assert light_script(text).rstrip() == light.rstrip()


@pytest.mark.parametrize(
    ("text", "light"),
    [
        ("/* a */ b { c: d }", "b { c: d }"),
        ("a/* b */c { }", "a/**/c { }"),
        ("a { content: '/* b */  c' }", "a { content: '/* b */  c' }"),
        ("a {\n    b: c;\n}", "a {\nb: c;\n}"),
        ("a { b: url(data:image/svg+xml,//x) }", "a { b: url(data:image/svg+xml,//x) }"),
    ],
)
def test_a_style_keeps_all_but_its_comments(text: str, light: str) -> None:
    assert light_style(text) == light


def test_a_template_without_an_end_is_said() -> None:
    with pytest.raises(ValueError, match="close it with a backtick"):
        light_script("a = `b")


@pytest.mark.parametrize("script", sorted(STATIC.rglob("*.js")), ids=lambda path: path.stem)
def test_a_second_pass_finds_nothing_left_to_take(script: Path) -> None:
    light = light_script(script.read_text("utf-8"))
    assert light_script(light) == light


READ = """
import { readFileSync } from "node:fs";
import { SourceTextModule } from "node:vm";
for (const path of process.argv.slice(2)) new SourceTextModule(readFileSync(path, "utf8"));
"""


def test_every_light_script_can_be_read(tmp_path: Path) -> None:
    reader = tmp_path / "read.mjs"
    reader.write_text(READ)
    made = []
    for number, script in enumerate(sorted(STATIC.rglob("*.js"))):
        made.append(tmp_path / f"{number}-{script.name}")
        made[-1].write_text(light_script(script.read_text("utf-8")))
    assert len(made) > 40
    done = node("--experimental-vm-modules", reader, *made)
    assert done.returncode == 0, done.stderr
