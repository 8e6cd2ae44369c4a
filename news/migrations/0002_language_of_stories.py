from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_from_pages(apps: Any, schema_editor: Any) -> None:
    page = apps.get_model("wagtailcore", "Page").objects.filter(pk=OuterRef("pk"))
    apps.get_model("news", "ArticlePage").objects.update(
        language_id=Subquery(page.values("locale_id"))
    )


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.AddField(
            model_name="articlepage",
            name="language",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtailcore.locale",
            ),
        ),
        migrations.RunPython(copy_from_pages, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="articlepage",
            index=models.Index(
                fields=["language", "-published_at", "-page_ptr"], name="story_language"
            ),
        ),
    ]
