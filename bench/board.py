"""How long the admin's first screen takes with many unfinished stories.

    .venv/bin/python -m bench.board [--stories 10000]

Makes a newsroom in a temporary place (with DATABASE_URL: in that database, which must be empty),
opens the board for three roles, and prints the median of seven answers in milliseconds.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client

RUNS = 7


def main(stories: int) -> None:
    from tests.builders import a_section, a_story, a_user
    from tests.crowd import crowd

    for command in (("migrate",), ("setup_newsroom",), ("collectstatic", "--noinput")):
        call_command(*command, verbosity=0)
    owner = a_user("Reporters")
    section = a_section("Many")
    like = a_story("Like this", parent=section, live=False, owner=owner)
    crowd(stories, like, section, owner)
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")
    people = {
        "reporter": owner,
        "editor": a_user("Editors"),
        "managing": a_user("Managing editors"),
    }
    for role, person in people.items():
        client = Client(SERVER_NAME="localhost")
        client.force_login(person)
        times = [answer(client) for _run in range(RUNS + 1)][1:]
        print(f"{role}: {1000 * statistics.median(times):.0f} ms with {stories} unfinished stories")


def answer(client: Client) -> float:
    begun = time.perf_counter()
    if client.get("/admin/").status_code != 200:
        raise SystemExit("The board does not open.")
    return time.perf_counter() - begun


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=10_000)
    arguments = parser.parse_args()
    os.environ |= {"DATA_DIR": tempfile.mkdtemp(), "DEBUG": "false"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.dev"
    django.setup()
    try:
        main(arguments.stories)
    finally:
        shutil.rmtree(Path(os.environ["DATA_DIR"]))
