"""Rules of the house that a reader could break without noticing."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def lines_with(pattern: str, *places: str) -> set[str]:
    """`file:line` of every line that the pattern is found in; places are globs from the root."""
    return {
        f"{path.relative_to(ROOT)}:{number}"
        for place in places
        for path in sorted(ROOT.glob(place))
        if path.is_file() and "vendor" not in path.parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    }


def files_with(pattern: str, *places: str) -> set[str]:
    """The files among them."""
    return {found.rpartition(":")[0] for found in lines_with(pattern, *places)}


def test_only_publish_emits():
    assert files_with(r"\.emit\(", "app/**/*.py") <= {"app/live/publish.py"}


def test_only_the_ledger_speaks_sql():
    assert files_with(r'"(SELECT|INSERT|UPDATE|DELETE|PRAGMA|BEGIN) ', "app/**/*.py") <= {
        str(path.relative_to(ROOT)) for path in (ROOT / "app/ledger").glob("*.py")
    }


def test_only_run_py_and_the_transport_know_the_async_modes():
    known = files_with(r"^\s*(import|from) (eventlet|gevent)\b", "app/**/*.py", "run.py")
    assert {name for name in known if not name.startswith("app/live/transport/")} == {"app/front/patching.py"}


@pytest.mark.parametrize("unsafe", [r"\|\s*safe\b", r"\bMarkup\("])
def test_nothing_is_declared_safe_html_outside_the_one_renderer(unsafe):
    assert files_with(unsafe, "templates/**/*", "app/**/*.py") <= {"app/web/markdown.py"}


def test_the_browser_writes_no_html_by_hand():
    assert lines_with(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", "static/js/**/*.js") == set()


def test_nothing_is_fetched_from_elsewhere():
    remote = r"""(src|href|url|import|from|fetch)\s*[=(]?\s*["'(]?\s*(https?:)?//[a-z0-9]"""
    assert lines_with(remote, "static/**/*.js", "static/**/*.css", "templates/**/*.html") == set()


def test_pages_have_no_inline_code_or_style():
    assert lines_with(r"<script>|<style|\sstyle=|\son[a-z]+=\"|javascript:", "templates/**/*.html") == set()


def test_no_test_is_skipped_or_expected_to_fail():
    pattern = r"pytest\.(skip|xfail|importorskip)|mark\.(skip|xfail)|\b(test|it|describe)\.(skip|todo)\b"
    assert lines_with(pattern, "tests/**/*.py", "tests/**/*.js") - lines_with("pattern = r", "tests/docs/*.py") == set()


def test_no_file_names_the_machine_it_was_written_on():
    places = [
        "app/**/*.py",
        "static/**/*.js",
        "docs/*.md",
        "*.md",
        "bin/*",
        "tests/**/*.py",
        "requirements*",
        "pyproject.toml",
    ]
    machine = "|".join(("/" + "work/", "/" + "opt/dev", "file:/" + "/", "--index" + "-url", "[.]py" + "env"))
    assert lines_with(machine, *places) == set()
