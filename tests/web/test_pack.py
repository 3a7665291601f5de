"""A page's scripts as one file."""

import subprocess

import pytest

from app.web.pack import pack

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
