from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from news.guard.verify import counts, findings


class Command(BaseCommand):
    help = (
        "Compare everything live with its edition. Names each story that differs, and exits 1 if"
        " there is one."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(findings())
        for finding in found:
            self.stdout.write(f"{finding.story_id} “{finding.title}” {finding.problem}")
        checked = counts()
        self.stdout.write(
            f"{checked['editions']} editions, {checked['live']} live stories checked,"
            f" {len({finding.story_id for finding in found})} differ."
        )
        if found:
            sys.exit(1)
