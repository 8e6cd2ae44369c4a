"""`queries.py PORT PATH…`: SQL queries of a warm request for each path, as a JSON list."""

from __future__ import annotations

import json
import sys

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

django.setup()
client = Client(headers={"host": f"localhost:{sys.argv[1]}"})
counts = []
for path in sys.argv[2:]:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    counts.append(len(queries))
print(json.dumps(counts))
