"""What a phone is given to keep: the shell, the worker with its list, the manifest, light files."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable
from contextvars import Context
from importlib import import_module
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from blueprints.kit import static
from blueprints.kit.bundle import LATER
from blueprints.kit.light import contents, digest, lay_out
from tests.cast import Cast
from tests.page import Visitor

Visit = Callable[..., Visitor]
LINK = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def listed(text: str) -> dict[str, str]:
    """The worker's list."""
    found = re.search(r"const FILES = (\{.*\});", text)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


def ask(client: FlaskClient, path: str, encoding: str) -> tuple[bytes, Headers]:
    """Body and headers of an answer."""
    with client.get(path, headers={"Accept-Encoding": encoding}) as answer:
        return answer.data, answer.headers


def test_the_list_holds_what_the_shell_loads_and_nothing_else(visit: Visit) -> None:
    files = listed(visit().get("/sw.js").text)
    linked = set(LINK.findall(visit().get("/capture").text))
    assert set(files) == linked | {"/capture", f"/static/{LATER}"}


def test_a_first_visit_shows_words_before_any_style_has_come(app: Flask) -> None:
    client = app.test_client()
    first = client.get("/capture", headers={"Sec-Fetch-Mode": "navigate"}).text
    kept = client.get("/capture", headers={"Sec-Fetch-Mode": "cors"}).text
    assert first.index('id="opening"') < first.index('rel="stylesheet"')
    assert set(LINK.findall(first)) == set(LINK.findall(kept))
    assert 'id="opening"' not in kept
    assert kept.index('rel="stylesheet"') < kept.index("<body")
    assert "Sec-Fetch-Mode" in client.get("/capture").headers["Vary"]


def test_each_digest_is_that_of_what_is_served(app: Flask, visit: Visit) -> None:
    files = listed(visit().get("/sw.js").text)
    served = {path: ask(app.test_client(), path, "identity")[0] for path in files}
    assert {path: digest(body) for path, body in served.items()} == files


def test_a_script_that_changes_changes_the_version(
    app: Flask, visit: Visit, tmp_path: Path
) -> None:
    before = visit().get("/sw.js").text
    shutil.copytree(static.STATIC, tmp_path / "static")
    changed = tmp_path / "static/js/capture/awake.js"
    changed.write_text(f"{changed.read_text()}export const a = 1;\n")
    static.serve(app, tmp_path / "static")
    try:
        after = visit().get("/sw.js").text
    finally:
        static.serve(app)
    assert listed(before).keys() == listed(after).keys()
    assert before.splitlines()[0] != after.splitlines()[0]


def test_the_worker_may_serve_the_whole_site_and_is_asked_for_anew_each_time(visit: Visit) -> None:
    answer = visit().get("/sw.js").response
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_shell_is_the_same_bytes_for_everybody(visit: Visit, cast: Cast) -> None:
    nobody, principal = visit(), visit(cast.principal)
    pages = [somebody.get("/capture").response for somebody in (nobody, principal)]
    assert pages[0].data == pages[1].data
    assert "Set-Cookie" not in pages[0].headers


def test_the_manifest_names_icons_that_are_there(app: Flask, visit: Visit) -> None:
    answer = visit().get("/manifest.webmanifest").response
    manifest = json.loads(answer.data)
    assert answer.mimetype == "application/manifest+json"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        assert icon["src"].removeprefix("/static/") in app.extensions["static"].files
    assert 'rel="manifest"' in visit().get("/capture").text
    assert 'rel="manifest"' in visit().get("/sign-in").text


def test_answers_come_compressed_and_mean_the_same(app: Flask) -> None:
    client = app.test_client()
    brotli = import_module("brotli")
    for path in ("/capture", "/sw.js", "/static/js/capture.js", "/static/css/base.css"):
        plain, _ = ask(client, path, "identity")
        light, headers = ask(client, path, "gzip, br")
        zipped, _ = ask(client, path, "gzip")
        assert brotli.decompress(light) == gzip.decompress(zipped) == plain
        assert headers["Content-Encoding"] == "br"
        assert "Accept-Encoding" in headers["Vary"]


def test_what_a_phone_has_already_is_not_sent_again(app: Flask) -> None:
    client = app.test_client()
    for path in ("/capture", "/sw.js", "/static/js/capture.js"):
        _, headers = ask(client, path, "br")
        mark = headers["ETag"]
        again = client.get(path, headers={"Accept-Encoding": "br", "If-None-Match": mark})
        assert (again.status_code, again.data) == (304, b"")


def test_light_copies_lie_in_the_instance_folder_and_only_the_last_few_stay(
    tmp_path: Path,
) -> None:
    folders = {lay_out({"a.js": f"a = {n}".encode()}, tmp_path) for n in range(6)}
    left = set(tmp_path.iterdir())
    assert len(folders) == 6
    assert len(left) == 3
    assert left < folders


def test_nothing_but_scripts_and_styles_is_changed() -> None:
    for path, body in contents(static.STATIC).items():
        if not path.endswith((".js", ".css")):
            assert body == (static.STATIC / path).read_bytes()


def test_only_the_one_policy_for_the_worker_is_named(visit: Visit) -> None:
    policy = visit().get("/capture").response.headers["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert policy.endswith("trusted-types crosswalk-worker")


def test_the_field_kit_is_sent_compressed_to_whoever_reads_that(visit: Visit, cast: Cast) -> None:
    client = visit(cast.principal).client

    def fetch(**headers: str) -> TestResponse:
        # outside the test’s own application context, as a request from a phone is
        return Context().run(lambda: client.get("/field-kit.json", headers=headers))

    small = fetch(**{"Accept-Encoding": "gzip, br"})
    assert small.headers["Content-Encoding"] == "gzip"
    kit = json.loads(gzip.decompress(small.data))
    assert kit["teachers"] == json.loads(fetch().data)["teachers"]
    assert fetch(**{"If-None-Match": small.headers["ETag"]}).status_code == 304
