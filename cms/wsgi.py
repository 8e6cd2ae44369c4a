from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()

from cms import rounds  # noqa: E402 - they need the models, which exist from here on

if settings.CLOCK == "web":
    rounds.start()
