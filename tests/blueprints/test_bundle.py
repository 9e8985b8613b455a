"""Joined scripts mean what their parts mean, run once each, and wait for what comes later."""

import json
from pathlib import Path

import pytest

from blueprints.kit.bundle import FIRST, LATER, bundled, reached
from blueprints.kit.light import contents
from tests.node import node

PARTS = {
    "js/capture/main.js": """
import { one as first, two } from "./words.js";
import { total } from "./sum.js";
globalThis.told = { made: globalThis.made, sum: total(first, two) };
void import("./late.js").then(({ late }) => console.log(JSON.stringify({ ...told, late: late() })));
""",
    "js/capture/words.js": """
globalThis.made = (globalThis.made ?? 0) + 1;
export const one = 1;
export * from "./more.js";
const three = 3;
export { three };
""",
    "js/capture/more.js": """
export const two = 2;
""",
    "js/capture/sum.js": """
import {
  three,
} from "./words.js";
export const total = (...all) => all.reduce((sum, each) => sum + each, three);
""",
    "js/capture/late.js": """
import { seal } from "../seal/box.js";
export function late() {
return seal();
}
""",
    "js/seal/box.js": """
import { two } from "../capture/more.js";
export async function unused() {}
export const seal = () => `box ${two}`;
""",
}


def planted(**changed: str) -> dict[str, bytes]:
    """The parts, some of them changed."""
    return {path: text.encode() for path, text in {**PARTS, **changed}.items()}


def test_joined_scripts_say_what_their_parts_say(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"type": "module"}')
    for path, body in bundled(planted()).items():
        place = tmp_path / path
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(body)
    ran = node(tmp_path / FIRST)
    assert json.loads(ran.stdout) == {"made": 1, "sum": 6, "late": "box 2"}, ran.stderr


def test_what_is_asked_for_later_is_not_in_the_first() -> None:
    first, later = (bundled(planted())[path].decode() for path in (FIRST, LATER))
    assert "box" not in first.replace("capture-later", "")
    assert "reduce" not in later


def test_what_cannot_be_joined_is_named() -> None:
    with pytest.raises(ValueError, match=r"static/js/capture/more.js: 'export default 2;'"):
        bundled(planted(**{"js/capture/more.js": "export default 2;\n"}))


def test_no_two_scripts_of_the_screen_need_each_other() -> None:
    files = contents(Path("static"))
    for path in reached(files, ["js/capture/main.js"], at_once=False):
        assert path not in reached(files, reached(files, [path], at_once=True)[1:], at_once=True), (
            path
        )


def leads_of(files: dict[str, bytes], path: str) -> list[str]:
    """What one script needs at once."""
    return reached(files, [path], at_once=True)[1:]
