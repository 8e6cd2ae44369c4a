from __future__ import annotations

from django.db import migrations

# Wagtail has none, and the clock of every web process looks every two seconds.
INDEX = """
    CREATE INDEX IF NOT EXISTS cms_page_expires ON wagtailcore_page (expire_at)
    WHERE expire_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("cms", "0003_changes"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RunSQL(INDEX, "DROP INDEX IF EXISTS cms_page_expires"),
    ]
