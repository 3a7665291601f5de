"""A page's scripts as one file, its styles as another, and what the phone costs."""

import subprocess
from pathlib import Path

import pytest

from app.web.pack import pack, pack_sheets
from app.web.static import Static

STATIC = Path(__file__).resolve().parents[2] / "static"
KILOBYTE = 1024

MODULES = {
    "js/page.js": 'import { shout as loud } from "./lib/say.js";\nimport { h } from "../vendor/h.js";\n'
    'import { twice } from "./parts/twice.js";\nconsole.log(loud(twice("a")), h, typeof LOUD);\n',
    "js/lib/say.js": 'const LOUD = "!";\nexport const shout = (word) => word + LOUD;\nexport async function later() {\n'
    'return (await import("../../vendor/big.js")).size;\n}\n',
    "js/parts/twice.js": 'import { shout, later } from "../lib/say.js";\nexport { shout };\n'
    "export function twice(word) {\nlater().then((size) => console.log(size));\nreturn shout(word) + word;\n}\n",
    "vendor/h.js": "export const h = 7;\n",
    "vendor/big.js": 'export const size = "big";\n',
}


def test_a_pack_does_what_its_modules_do_each_in_a_scope_of_its_own(tmp_path):
    for name, source in {**MODULES, "js/page.js": pack("js/page.js", MODULES.__getitem__)}.items():
        if name == "js/page.js" or name.startswith("vendor/"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(source)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    said = subprocess.run(["node", tmp_path / "js/page.js"], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["a!a!", "7", "undefined", "big"]


def test_each_module_is_packed_once():
    assert pack("js/page.js", MODULES.__getitem__).count('const LOUD = "!"') == 1


@pytest.mark.parametrize(
    "source",
    [
        'import all from "./x.js";\n',
        'import * as all from "./x.js";\n',
        'import "./x.js";\n',
        "export default 1;\n",
        'export * from "./x.js";\n',
    ],
)
def test_forms_that_the_house_does_not_use_are_refused(source):
    with pytest.raises(ValueError, match="another form"):
        pack("js/a.js", {"js/a.js": source, "js/x.js": ""}.__getitem__)


def test_a_circle_of_imports_is_refused():
    circle = {
        "js/a.js": 'import { b } from "./b.js";\n',
        "js/b.js": 'import { a } from "./a.js";\nexport const b = 1;\n',
    }
    with pytest.raises(ValueError, match="imports itself"):
        pack("js/a.js", circle.__getitem__)


def test_a_constant_that_nobody_asks_for_is_left_out():
    modules = {"js/a.js": 'import { b } from "./b.js";\nb();\n'}
    modules["js/b.js"] = "export const gone = 1;\nexport const kept = 2;\nexport const b = () => kept;\n"
    packed = pack("js/a.js", modules.__getitem__)
    assert "gone" not in packed and "const kept = 2;" in packed


def test_what_only_such_a_constant_needs_is_left_out_too():
    modules = {"js/a.js": 'import { b } from "./b.js";\nb();\n'}
    modules["js/b.js"] = "const LIST = [1];\nexport const gone = () => LIST;\nexport const b = () => 2;\n"
    assert "LIST" not in pack("js/a.js", modules.__getitem__)


SHEETS = {
    "css/phone.css": '@import "parts/card.css";\n@import "base.css";\n.phone {}\n',
    "css/parts/card.css": '@import "../base.css";\n.card { src: url(../../img/card.svg) }\n',
    "css/base.css": "@layer base, parts;\n.base {}\n",
}


def test_a_sheet_comes_after_what_it_imports_each_once_and_its_addresses_stay_right():
    packed = pack_sheets("css/phone.css", SHEETS.__getitem__)
    assert packed.split("\n\n") == [
        "@layer base, parts;\n.base {}",
        ".card { src: url(../img/card.svg) }",
        ".phone {}\n",
    ]


@pytest.mark.parametrize("source", ["@import url(x.css);\n", '@import "x.css" print;\n', "a { src: url('x.svg') }\n"])
def test_other_imports_and_addresses_in_quotes_are_refused(source):
    with pytest.raises(ValueError):
        pack_sheets("css/a.css", {"css/a.css": source, "css/x.css": ""}.__getitem__)


@pytest.fixture(scope="module")
def static():
    """The files as the server sends them."""
    return Static(STATIC)


@pytest.mark.parametrize("sheet", sorted(path.name for path in (STATIC / "css").glob("*.css")))
def test_a_sheet_as_it_is_sent_needs_no_other_and_begins_with_the_order_of_the_layers(static, sheet):
    sent = static.sent(f"css/{sheet}").decode()
    assert "@import" not in sent and "/*" not in sent and sent.count("{") == sent.count("}")
    if sheet not in ("fonts.css", "tokens.css", "print.css", "vote.css"):
        assert sent.startswith("@layer reset,tokens,base,parts,screens,print;")


def test_the_phone_costs_at_most_30_kilobytes_of_scripts_and_styles(static):
    files = ["css/phone.css", "js/phone.js", "vendor/preact.js"]
    assert sum(len(static.sent(file, packed=True)) for file in files) <= 30 * KILOBYTE


def test_files_and_hash_are_those_of_the_start_and_a_new_start_has_both_anew(tmp_path):
    sheet = tmp_path / "css/a.css"
    sheet.parent.mkdir()
    sheet.write_text("a { color: red }\n")
    before = Static(tmp_path)
    sheet.write_text("a { color: blue }\n")
    after = Static(tmp_path)
    assert before.sent("css/a.css") == b"a{color:red}" and after.sent("css/a.css") == b"a{color:blue}"
    assert before.url("css/a.css") == f"/static/{before.hash}/css/a.css" != after.url("css/a.css")
