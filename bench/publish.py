"""`publish.py MODULE ID…`: what one publication costs. Prints `{"cpu", "queries"}` as JSON, the
CPU ms of `revision.publish()` without the database's own, mean over the stories, and its queries.

In Dateline the text is signed before, which is not counted: in stock Wagtail nobody signs.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

WARM_UP = 3


def sign_as_two(draft: Any) -> None:
    users = import_module("cms.models").User.objects
    sign = import_module("news.editions.signatures").sign
    for name, role in (("writer", "writer"), ("signer", "signer")):
        sign(draft, users.get_or_create(username=name)[0], role)


def publish(model: Any, pk: int, prepare: Callable[[Any], None]) -> tuple[float, int]:
    """Out: CPU ms and queries of one publication."""
    page = model.objects.get(pk=pk)
    page.title += " again"
    page.save_revision()
    page = model.objects.get(pk=pk)
    prepare(page.get_latest_revision_as_object())
    revision = model.objects.get(pk=pk).get_latest_revision()
    with CaptureQueriesContext(connection) as captured:
        before = time.process_time()
        revision.publish()
        spent = time.process_time() - before
    return 1000 * spent, len(captured)


def main() -> None:
    module, *ids = sys.argv[1:]
    model = import_module(module).ArticlePage
    prepare = sign_as_two if module == "news.models" else lambda draft: None
    costs = [publish(model, int(pk), prepare) for pk in ids][WARM_UP:]
    cpu = sum(spent for spent, _queries in costs) / len(costs)
    print(json.dumps({"cpu": cpu, "queries": max(queries for _spent, queries in costs)}))


main()
