from __future__ import annotations

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()

from cms.background.runner import start_jobs  # noqa: E402 - they need the models, which exist from here on

# What is loaded by now stays: not to be walked through again and again by the collector, which
# then has little to do and need not look so often.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 50, 100)

if settings.CLOCK == "web":
    start_jobs()
