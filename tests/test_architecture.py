"""The house keeps its shape: the arrow of imports, small files, the same table in code and docs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.static

ROOT = Path(__file__).parent.parent
APPS = ("cms", "home", "news", "search")

# Which apps an app may import. The composition root may import every app.
ARROW = {
    "cms": {"cms"},
    "news": {"news", "cms"},
    "home": {"home", "news", "cms"},
    "search": {"search", "news", "cms"},
}
COMPOSITION_ROOT = {"cms/urls.py", "cms/wsgi.py", "cms/api.py"}
MAX_LINES = 250


def modules() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def imported_apps(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found & set(APPS)


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: str(path.relative_to(ROOT)))
def test_module(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    text = path.read_text()
    assert len(text.splitlines()) <= MAX_LINES, f"{name}: one idea a file"
    app = path.relative_to(ROOT).parts[0]
    if name not in COMPOSITION_ROOT and not name.startswith("cms/settings/"):
        assert imported_apps(path) <= ARROW[app], f"{name} imports against the arrow"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not inner, f"{name}: {node.name} imports inside"


def test_top_level_is_as_planned() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "."}
    assert folders <= {*APPS, "tests", "docs", "deploy", "bench", "var"}


def test_settings_are_documented() -> None:
    """Every environment variable of the settings stands in docs/settings.md, and no other."""
    code = "".join(path.read_text() for path in (ROOT / "cms/settings").glob("*.py"))
    read = set(re.findall(r'env\.\w+\(\s*["\']([A-Z_]+)["\']', code))
    table = (ROOT / "docs/settings.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z_]+)`", table, flags=re.MULTILINE))
    assert read == documented


def test_make_targets_are_documented() -> None:
    """Every target of the Makefile says what it is for."""
    makefile = (ROOT / "Makefile").read_text()
    declared = re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    assert declared is not None
    for target in declared[1].split():
        assert re.search(rf"^{target}:.*## ", makefile, flags=re.MULTILINE), target


@pytest.mark.parametrize("name", ["deploy/requirements.txt", "tests/requirements.txt"])
def test_locks_name_no_host_and_hash_everything(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    for block in re.split(r"\n(?=[a-z])", text):
        assert "--hash=sha256:" in block, block
