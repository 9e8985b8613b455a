"""Every JavaScript test is run with Node, and a failing one fails here by name."""

from pathlib import Path

import pytest

from tests.node import node, suites


@pytest.mark.parametrize("suite", suites(), ids=str)
def test_a_suite_of_javascript_tests_passes(suite: Path) -> None:
    done = node("--test", "--test-reporter=spec", suite)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "tests 0" not in done.stdout, f"{suite} holds no test"


def test_node_understands_modules_without_a_build_step(tmp_path: Path) -> None:
    (tmp_path / "double.js").write_text("export const double = (n) => 2 * n\n")
    (tmp_path / "ask.mjs").write_text(
        "import { double } from './double.js'\nconsole.log(double(21))\n"
    )
    done = node(tmp_path / "ask.mjs")
    assert done.stdout == "42\n", done.stderr


def test_a_failing_javascript_test_is_told_by_name(tmp_path: Path) -> None:
    suite = tmp_path / "sum.test.mjs"
    suite.write_text(
        "import { test } from 'node:test'\nimport assert from 'node:assert'\n"
        "test('two and two make five', () => assert.equal(2 + 2, 5))\n"
    )
    done = node("--test", "--test-reporter=spec", suite)
    assert done.returncode == 1
    assert "two and two make five" in done.stdout


def test_suites_are_found_wherever_they_lie_under_tests(tmp_path: Path) -> None:
    (tmp_path / "tests" / "capture").mkdir(parents=True)
    (tmp_path / "tests" / "capture" / "fold.test.mjs").write_text("")
    (tmp_path / "tests" / "capture" / "vectors.json").write_text("{}")
    assert suites(tmp_path) == [Path("tests/capture/fold.test.mjs")]
