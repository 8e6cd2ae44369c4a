"""Django's `makemessages` for this house: what it always needs said, and Jinja2 templates as well.

Run it in the root of the project: each app keeps its texts in its own `locale/`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import makemessages
from django.template import engines
from jinja2.ext import extract_from_ast

FUNCTIONS = ("_", "gettext", "ngettext", "pgettext", "npgettext")
# What has no texts of ours in it; `var` is where the data is.
ELSEWHERE = ["bench", "deploy", "docs", "tests", "var"]
# It would change with every run.
DATE_LINE = '"POT-Creation-Date:'


def calls_in(template: str) -> str:
    """In: a Jinja2 template. Out: its calls for translations, as Python that xgettext reads."""
    engine: Any = engines["jinja2"]
    lines = []
    for _line, function, texts in extract_from_ast(engine.env.parse(template), FUNCTIONS):
        texts = texts if isinstance(texts, tuple) else (texts,)
        said = ", ".join(repr(text) for text in texts if text is not None)
        lines.append(f"{function}({said})\n")
    return "".join(lines)


class BuildFile(makemessages.BuildFile):
    def preprocess(self) -> None:
        if "jinja2" not in Path(self.path).parts:
            super().preprocess()
            return
        Path(self.work_path).write_text(calls_in(Path(self.path).read_text()))


class Command(makemessages.Command):
    build_file_class = BuildFile
    # What nobody has translated is empty, not guessed from what resembles it.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(
            ignore_patterns=list(ELSEWHERE), no_location=True, no_obsolete=True, verbosity=0
        )

    def write_po_file(self, potfile: str, locale: str) -> None:
        super().write_po_file(potfile, locale)
        path = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith(DATE_LINE)))
