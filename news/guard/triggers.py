"""The net below the guard, in the database itself: the row of a story is live exactly when its
newest edition says so (an alias, when its source is).
"""

from __future__ import annotations

from typing import Any

from django.db import connections

# Both dialects call the new row NEW; true where its `live` is not what it must be.
WRONG = """
    NEW.content_type_id = (
        SELECT id FROM django_content_type WHERE app_label = 'news' AND model = 'articlepage'
    )
    AND NEW.live <> COALESCE(
        CASE WHEN NEW.alias_of_id IS NULL
            THEN (
                SELECT live FROM news_edition WHERE story_id = NEW.id
                ORDER BY number DESC LIMIT 1
            )
            ELSE (SELECT live FROM wagtailcore_page source WHERE source.id = NEW.alias_of_id)
        END, {false})
"""
SENTENCE = "A story becomes public, and stops being public, by an edition."

SQLITE_DROP = "DROP TRIGGER IF EXISTS {name}"
SQLITE = """
    CREATE TRIGGER {name} BEFORE {when} ON wagtailcore_page WHEN {changed} {wrong}
    BEGIN SELECT RAISE(ABORT, '{sentence}'); END
"""
POSTGRESQL_FUNCTION = """
    CREATE OR REPLACE FUNCTION story_by_edition() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        IF {wrong} THEN
            RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $body$
"""
POSTGRESQL_DROP = "DROP TRIGGER IF EXISTS {name} ON wagtailcore_page"
POSTGRESQL = """
    CREATE TRIGGER {name} BEFORE {when} ON wagtailcore_page
    FOR EACH ROW {changed} EXECUTE FUNCTION story_by_edition()
"""
# Name, event, and the condition under which the row's `live` is looked at.
SQLITE_CHANGED = "(NEW.live <> OLD.live OR NEW.alias_of_id IS NOT OLD.alias_of_id) AND"
POSTGRESQL_CHANGED = """
    WHEN (NEW.live IS DISTINCT FROM OLD.live OR NEW.alias_of_id IS DISTINCT FROM OLD.alias_of_id)
"""
UPDATE = ("story_update_by_edition", "UPDATE OF live, alias_of_id")
INSERT = ("story_insert_by_edition", "INSERT")


def drop_triggers(using: str, **kwargs: Any) -> None:
    """Before a migration: SQLite alters a table by making it anew, and refuses to while a trigger
    names it.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name, _when in (UPDATE, INSERT):
                cursor.execute(SQLITE_DROP.format(name=name))


def set_triggers(using: str, **kwargs: Any) -> None:
    """Make the triggers anew, after every migration."""
    connection = connections[using]
    if "news_edition" not in connection.introspection.table_names():
        return
    sqlite = connection.vendor == "sqlite"
    wrong = WRONG.format(false="0" if sqlite else "false")
    drop, create = (SQLITE_DROP, SQLITE) if sqlite else (POSTGRESQL_DROP, POSTGRESQL)
    changed = SQLITE_CHANGED if sqlite else POSTGRESQL_CHANGED
    with connection.cursor() as cursor:
        if not sqlite:
            cursor.execute(POSTGRESQL_FUNCTION.format(wrong=wrong, sentence=SENTENCE))
        for (name, when), condition in ((UPDATE, changed), (INSERT, "")):
            cursor.execute(drop.format(name=name))
            values = {"name": name, "when": when, "changed": condition}
            cursor.execute(create.format(**values, wrong=wrong, sentence=SENTENCE))
