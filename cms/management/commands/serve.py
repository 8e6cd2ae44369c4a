from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from wagtail.models import Page

from cms.kept_mails import folder
from cms.models import User

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 10


def own_group_until_parent_dies() -> None:
    """Runs in each child: a Ctrl-C reaches the parent only, and no child outlives it."""
    os.setpgrp()
    if sys.platform == "linux":
        ctypes.CDLL("libc.so.6").prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Command(BaseCommand):
    help = "Prepare the database and run the web server, with its schedule, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument(
            "--demo", action="store_true", help="load the demo if there is no story"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.refuse_taken_port(options["port"])
        self.prepare(demo=options["demo"])
        self.commands = {
            "web": [
                *(str(Path(sys.executable).with_name("granian")), "--interface", "wsgi"),
                *("--host", "127.0.0.1", "--port", str(options["port"])),
                *("--workers", str(options["workers"]), "--blocking-threads", "4"),
                *("--respawn-failed-workers", "--workers-kill-timeout", "20"),
                *("--backpressure", "128", "--no-ws", "--log-level", "warning"),
                "cms.wsgi:application",
            ],
        }
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self.stop)
        self.banner()
        connection.close()
        self.watch()

    def refuse_taken_port(self, port: int) -> None:
        """Granian would share the port with whoever has it, and answer every other request."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CommandError(f"Port {port} is in use; choose another: PORT=…") from error

    def prepare(self, *, demo: bool) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("setup_newsroom", stdout=self.stdout)
        if demo and not Page.objects.filter(content_type__model="articlepage").exists():
            call_command("seed_demo", stdout=self.stdout)

    def banner(self) -> None:
        base = settings.BASE_URL
        self.stdout.write(
            f"\n  Site   {base}/\n  Admin  {base}/admin/\n  API    {base}/api/v2/pages/\n"
        )
        if folder():
            self.stdout.write(f"  Mails  {base}/admin/mails/ (kept, not sent; for administrators)")
        if settings.DEMO_LOGINS and User.objects.filter(username="reporter").exists():
            self.stdout.write(
                "  Demo logins: reporter, editor, lawyer, managing, admin; password: dateline"
            )
        self.stdout.write("  Stop with Ctrl-C.\n")

    def watch(self) -> None:
        """Start what is not running, every half second, until told to stop."""
        while not self.stopping:
            for name, command in self.commands.items():
                child = self.children.get(name)
                if child is None or child.poll() is not None:
                    if child is not None:
                        self.stderr.write(
                            f"{name} ended with {child.returncode}; starting it again"
                        )
                        time.sleep(1)
                    self.children[name] = subprocess.Popen(  # noqa: S603 - our own commands
                        command,
                        cwd=settings.BASE_DIR,
                        preexec_fn=own_group_until_parent_dies,
                    )
            time.sleep(0.5)
        self.end()

    def stop(self, *args: Any) -> None:
        self.stopping = True

    def end(self) -> None:
        for child in self.children.values():
            child.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
        self.stdout.write("Stopped.")
