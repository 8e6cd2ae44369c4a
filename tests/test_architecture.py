"""The code keeps its shape: layers, small files, the same table in code and docs."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.layers import APPS, LAYERS, ROOT, faults, layer, modules

pytestmark = pytest.mark.static

MIN_LINES, MAX_LINES = 30, 250
# Names that Django or Wagtail look for: as short as they like.
EXPECTED_NAMES = {
    *("__init__.py", "apps.py", "models.py", "wsgi.py", "signal_handlers.py", "wagtail_hooks.py"),
    *("production.py", "test.py"),
}
EXPECTED_FOLDERS = {"management", "templatetags"}


def test_imports_follow_the_layers() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("file", "line", "fault"),
    [
        ("news/content/cards.py", "from news.views import reading", "of a later layer"),
        ("cms/ids.py", "from news.models import ArticlePage", "against the arrow"),
        ("cms/ids.py", 'STORY = "news.articlepage"', "names 'news.articlepage'"),
        ("news/blocks/links.py", "from news.blocks import body", "a circle of imports"),
        ("news/board/board.py", "apps.get_model('news', 'Tag')", "hides an import"),
        ("news/board/board.py", "import_module('home.models')", "hides an import"),
        ("news/api/v2.py", "def late():\n    import json", "imports inside a function"),
        ("news/guard/visibility.py", "Page.save = None", "replaces Page.save"),
    ],
)
def test_a_fault_is_seen(tmp_path: Path, file: str, line: str, fault: str) -> None:
    for app in APPS:
        shutil.copytree(ROOT / app, tmp_path / app, ignore=shutil.ignore_patterns("static", "*.po"))
    with (tmp_path / file).open("a") as text:
        text.write(f"\n{line}\n")
    found = faults(tmp_path)
    assert found and any(fault in one for one in found), found


def test_every_module_is_in_a_layer() -> None:
    named = {name for name in modules() if "." in name}
    assert {name for name in named if layer(name) < 0} == set()


def test_the_table_of_layers_is_documented() -> None:
    """docs/architecture.md has a line for each package, in the order of the layers."""
    text = (ROOT / "docs/architecture.md").read_text()
    for app in ("cms", "news"):
        listed = re.findall(rf"^\| `{app}/([a-z_]+)/` ", text, flags=re.MULTILINE)
        folders = {path.parent.name for path in (ROOT / app).glob("*/__init__.py")}
        expected = EXPECTED_FOLDERS | {"migrations", "settings"}
        packages = [name for name in LAYERS[app] if name in folders - expected]
        assert listed == packages


@pytest.mark.parametrize("name", sorted(modules()))
def test_the_size_of_a_file(name: str) -> None:
    path = modules()[name]
    lines = len(path.read_text().splitlines())
    assert lines <= MAX_LINES, f"{name}: one idea a file"
    if path.name not in EXPECTED_NAMES and not EXPECTED_FOLDERS & set(path.parts):
        assert lines >= MIN_LINES, f"{name}: joins its subject"


def test_no_two_classes_of_one_name() -> None:
    found = Counter(
        name
        for path in modules().values()
        for name in re.findall(r"^class (\w+)", path.read_text(), flags=re.MULTILINE)
    )
    assert {name for name, count in found.items() if count > 1} <= {"Command", "BuildFile"}


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


@pytest.mark.parametrize("name", ["architecture", "glossary", "readers", "editors", "deploy"])
def test_paths_in_the_docs_exist(name: str) -> None:
    text = (ROOT / f"docs/{name}.md").read_text()
    paths = re.findall(r"`((?:cms|news|home|search|tests|deploy|bench)/[\w/.-]+)`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []
