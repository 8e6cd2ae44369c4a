"""`queries.py PORT PATH…`: how many SQL queries the project of DJANGO_SETTINGS_MODULE runs for
each path when everything is warm. Prints a JSON list.
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

client = Client(headers={"host": f"localhost:{sys.argv[1]}"})
counts = []
for path in sys.argv[2:]:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    counts.append(len(queries))
print(json.dumps(counts))
