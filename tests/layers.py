"""What may import what, read from the code: the table of docs/architecture.md, in its order."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
APPS = ("cms", "news", "home", "search")

# Which apps an app may import.
ARROW = {
    "cms": {"cms"},
    "news": {"news", "cms"},
    "home": {"home", "news", "cms"},
    "search": {"search", "news", "cms"},
}
# These, and only these, may import every app.
COMPOSITION_ROOT = {"cms.urls", "cms.wsgi", "cms.api"}
# Every model is gathered here for Django; a model's file is imported, not what it gathers.
GATHERERS = {"cms.models", "news.models"}

# Inside an app a module imports from its own layer and from those before it. A module is in the
# layer with the longest name that begins its own.
LAYERS = {
    "cms": [
        *("ids", "cache", "log_actions", "patches", "changes.registry"),
        *("models.append_only", "models.pages", "models.addresses"),
        *("accounts.models", "changes.models", "models", "background", "changes", "media"),
        *("accounts", "languages", "templating", "routing", "middleware", "views", "kept_mails"),
        *("settings", "wagtail_patches", "checks", "wagtail_hooks", "signal_handlers", "apps"),
        *("management", "api", "urls", "wsgi"),
    ],
    "news": [
        *("blocks", "content", "formats", "editions", "review", "editor", "models", "guard"),
        *("desk", "notifications", "board", "api", "views", "wagtail_hooks", "templatetags"),
        *("signal_handlers", "apps", "management"),
    ],
    "home": [
        *("places", "models", "front", "demo", "wagtail_hooks", "signal_handlers", "apps"),
        "management",
    ],
    "search": ["engine", "views", "apps"],
}
HIDING = {"get_model", "import_module", "__import__"}
# Labels of models come as data here: of any app, those of Wagtail too.
LOOKS_UP_BY_LABEL = {"cms.changes.models"}
PATCHING = {"cms.patches", "cms.wagtail_patches", "news.guard.wagtail_patches"}


def name_of_module(path: Path, root: Path = ROOT) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(root: Path = ROOT) -> dict[str, Path]:
    return {
        name_of_module(path, root): path
        for app in APPS
        for path in sorted((root / app).rglob("*.py"))
        if "migrations" not in path.parts
    }


def imports(name: str, tree: ast.AST, known: Mapping[str, Path]) -> Iterator[tuple[str, int]]:
    """The modules of ours that a module imports, each with its line."""
    is_package = known[name].name == "__init__.py"
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = name.split(".")[: len(name.split(".")) - node.level + is_package]
                base = ".".join([*up, *([base] if base else [])])
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield (whole if whole in known else base), node.lineno


def layer(name: str) -> int:
    app, _, rest = name.partition(".")
    found = [
        (len(prefix), number)
        for number, prefix in enumerate(LAYERS[app])
        if rest == prefix or rest.startswith(f"{prefix}.")
    ]
    return max(found)[1] if found else -1


def wrong_imports(name: str, tree: ast.AST, known: Mapping[str, Path]) -> Iterator[str]:
    app = name.partition(".")[0]
    if name in COMPOSITION_ROOT or name.startswith("cms.settings"):
        return
    for target, line in imports(name, tree, known):
        other = target.partition(".")[0]
        if other not in APPS:
            continue
        if other not in ARROW[app]:
            yield f"{name}:{line} imports {target}, against the arrow between the apps"
        elif other == app and not GATHERERS & {target, name} and layer(target) > layer(name):
            yield f"{name}:{line} imports {target}, of a later layer"


def names_other_apps(name: str, tree: ast.AST) -> Iterator[str]:
    """`cms` knows no other app, not even in strings."""
    if not name.startswith("cms.") or name in COMPOSITION_ROOT or "settings" in name:
        return
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in docs else ""
        if isinstance(text, str) and text.startswith(tuple(f"{app}." for app in APPS[1:])):
            yield f"{name}:{node.lineno} names {text!r}"


def hidden_imports(name: str, tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield f"{name}:{inner.lineno} imports inside a function"
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = called or (node.func.id if isinstance(node.func, ast.Name) else "")
            if called in HIDING and name not in LOOKS_UP_BY_LABEL:
                yield f"{name}:{node.lineno} hides an import behind {called}()"


def patches(name: str, tree: ast.AST) -> Iterator[str]:
    """Assignments to attributes of what was imported."""
    if name in PATCHING or name.startswith("cms.settings"):
        return
    imported = {
        alias.asname or alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            if isinstance(target, ast.Attribute) and ast.unparse(target.value) in imported:
                yield f"{name}:{node.lineno} replaces {ast.unparse(target)}"
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "setattr":
            owner = ast.unparse(node.args[0])
            if owner in imported:
                yield f"{name}:{node.lineno} replaces an attribute of {owner}"


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """The names of one circle of imports, empty if there is none."""
    done: set[str] = set()

    def visit(name: str, way: list[str]) -> list[str]:
        if name in way:
            return way[way.index(name) :]
        if name in done:
            return []
        for target in sorted(graph.get(name, ())):
            if found := visit(target, [*way, name]):
                return found
        done.add(name)
        return []

    for name in sorted(graph):
        if found := visit(name, []):
            return found
    return []


def faults(root: Path = ROOT) -> list[str]:
    """Everything that is not as the tables above say."""
    known = modules(root)
    trees = {name: ast.parse(path.read_text()) for name, path in known.items()}
    found = [
        fault
        for name, tree in trees.items()
        for fault in (
            *wrong_imports(name, tree, known),
            *names_other_apps(name, tree),
            *hidden_imports(name, tree),
            *patches(name, tree),
        )
    ]
    graph = {
        name: {target for target, _line in imports(name, tree, known) if target in known}
        - GATHERERS
        for name, tree in trees.items()
        if name not in GATHERERS
    }
    if names := circle(graph):
        found.append(f"a circle of imports: {' -> '.join(names)}")
    return found
