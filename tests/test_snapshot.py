"""What readers, apps and the desk get in the demo newsroom, compared with tests/snapshots/.

`SNAPSHOT=write pytest tests/test_snapshot.py` records anew; git then shows what became different.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.door_table import until_the_end
from tests.snapshot_addresses import ASKED, ORDERED_BY_DATABASE
from tests.snapshot_cleaning import recorded
from tests.snapshot_scene import Scene, a_scene, clock_stopped, counters_kept, visitor

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parent / "snapshots"
WRITE = os.environ.get("SNAPSHOT") == "write"
HOW = "If that is meant, record anew: SNAPSHOT=write pytest tests/test_snapshot.py"


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock():
        kept = counters_kept()
        kept.__enter__()
    with clock_stopped():
        yield from until_the_end(django_db_blocker, a_scene)
    with django_db_blocker.unblock():
        kept.__exit__(None, None, None)


@pytest.mark.parametrize("name", ASKED)
def test_what_is_got(name: str, scene: Scene) -> None:
    if connection.vendor == "postgresql" and (WRITE or name in ORDERED_BY_DATABASE):
        pytest.skip("PostgreSQL has an order of its own; what is kept came from SQLite.")
    names, sessions = scene
    who, address = ASKED[name]
    place, session = address.format_map(names), sessions.get(who, "")
    answer: Any = visitor(session).get(place)
    asked = f"{who or 'anybody'}: {address}"
    if not who and "ETag" in answer:
        known = {"If-None-Match": answer["ETag"]}
        again = visitor().get(place, headers=known)
        asked += f" (and with its ETag: {again.status_code})"
    # Around a screen stand the menu and Wagtail's settings: once for each role is enough.
    main = bool(who) and not name.startswith("desk/board-")
    got = recorded(asked, answer, names, main=main)
    file = FOLDER / f"{name}.txt"
    if WRITE:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(got, encoding="utf-8")
    assert file.exists(), f"{file} is missing. {HOW}"
    kept = file.read_text(encoding="utf-8")
    if got != kept:
        lines = unified_diff(kept.splitlines(), got.splitlines(), "kept", "now", lineterm="")
        pytest.fail("\n".join([f"{name} became different. {HOW}", *lines]), pytrace=False)


def test_every_file_belongs_to_an_address() -> None:
    surplus = {file for file in FOLDER.rglob("*") if file.is_file()}
    surplus -= {FOLDER / f"{name}.txt" for name in ASKED}
    if WRITE:
        for file in surplus:
            file.unlink()
    else:
        assert not surplus, f"Nobody asks for {sorted(map(str, surplus))}. {HOW}"
