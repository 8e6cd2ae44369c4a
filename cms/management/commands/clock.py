from __future__ import annotations

import logging
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Publish and expire what is due, again and again until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=2.0, help="seconds between looks")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            try:
                call_command("publish_scheduled")
            except Exception:
                # One story that cannot be published must not stop the clock.
                logger.exception("publishing what is due failed; trying again")
            close_old_connections()
            time.sleep(options["interval"])
