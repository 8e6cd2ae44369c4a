"""The admin speaks Ukrainian: every text of ours is translated, and whoever chose it is answered
in it.
"""

from __future__ import annotations

import ast
import gettext
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import wagtail
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.users.models import UserProfile

from cms.models import User
from news.models import ArticlePage, Notice
from news.notifications.delivery import mail_of
from news.notifications.models import Event
from tests.builders import a_story, a_user, feed, home
from tests.catalogues import (
    APPS,
    PLACEHOLDER,
    ROOT,
    STOCK,
    catalogue,
    catalogues,
    entries,
    ours_in_english,
    texts,
)
from tests.doors import MANAGING, PAGES, REPORTERS, SUPERUSER, admin, person, waiting_at

# Stored where the newsroom was set up, or a text of Wagtail's own.
NAMES = {"Desk review", "Legal review", "Publication", "News", "Front page", "Dateline", "Actions"}

FORMS = 4


@pytest.fixture(params=catalogues(), ids=lambda path: str(path.relative_to(ROOT)))
def path(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.mark.static
def test_every_text_is_translated(path: Path) -> None:
    head, *found = entries(path)
    assert head.text == "" and not head.fuzzy and f"nplurals={FORMS};" in head.said[0]
    assert "Language: uk" in head.said[0] and "@" not in head.said[0]
    for entry in found:
        assert not entry.fuzzy, f"{entry.text}: nobody has looked at this translation"
        assert len(entry.said) == (FORMS if entry.plural else 1), entry.text
        assert all(entry.said), f"{entry.text}: not translated"


@pytest.mark.static
def test_placeholders_and_spaces_agree(path: Path) -> None:
    for entry in entries(path)[1:]:
        wanted = set(PLACEHOLDER.findall(entry.text + entry.plural))
        for said in entry.said:
            assert set(PLACEHOLDER.findall(said)) == wanted, entry.text
            assert "%" not in PLACEHOLDER.sub("", said), entry.text
            assert len(said) - len(said.strip()) == len(entry.text) - len(entry.text.strip())


@pytest.mark.static
def test_what_is_compiled_is_what_is_written(path: Path) -> None:
    expected: dict[Any, str] = {}
    for entry in entries(path):
        name = f"{entry.context}\x04{entry.text}" if entry.context else entry.text
        for number, said in enumerate(entry.said):
            expected[(name, number) if entry.plural else name] = said
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    assert compiled == expected, "run `make messages`"


@pytest.mark.static
def test_the_same_words_have_the_same_translation_in_every_app() -> None:
    """Django puts the catalogues into one: the first app would win."""
    known: dict[tuple[str, str], list[str]] = {}
    for entry in texts():
        said = known.setdefault((entry.context, entry.text), entry.said)
        assert said == entry.said, entry.text


@pytest.mark.static
def test_what_we_add_to_wagtails_texts_is_still_said_by_it() -> None:
    ours = {(entry.context, entry.text) for entry in texts()}
    for domain in ("django", "djangojs"):
        in_english = Path(wagtail.__file__).parent.rglob(f"locale/en/LC_MESSAGES/{domain}.po")
        asked: set[tuple[str, str]] = set()
        for path in in_english:
            asked |= {(entry.context, entry.text) for entry in entries(path)}
        stock = {(entry.context, entry.text) for entry in entries(STOCK / f"{domain}.po")[1:]}
        assert stock <= asked, "Wagtail says this no more"
        assert not stock & ours


@pytest.mark.static
@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs Debian's gettext")
def test_no_text_of_the_source_is_missing(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "static", "*.mo")
    for app in APPS:
        shutil.copytree(ROOT / app, tmp_path / app, ignore=ignored)
    shutil.copy(ROOT / "manage.py", tmp_path)
    collect = [sys.executable, "manage.py", "makemessages", "--locale", "uk"]
    settings = {"DJANGO_SETTINGS_MODULE": "cms.settings.test", "DATA_DIR": str(tmp_path / "var")}
    subprocess.run(collect, cwd=tmp_path, env=os.environ | settings, check=True)
    for app in APPS:
        collected = {entry.key for entry in entries(catalogue(app, tmp_path))}
        assert collected == {entry.key for entry in entries(catalogue(app))}, "run `make messages`"


@pytest.mark.static
def test_no_text_hides_in_an_f_string() -> None:
    """There xgettext does not find it."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.JoinedStr):
                    calls = [part.func for part in ast.walk(node) if isinstance(part, ast.Call)]
                    names = {func.id for func in calls if isinstance(func, ast.Name)}
                    assert not names & {"_", "gettext", "ngettext"}, f"{path}: {node.lineno}"


def ukrainian(role: str = SUPERUSER) -> User:
    """Somebody who has chosen Ukrainian in their account; their browser asks for English."""
    user = person(role)
    UserProfile.objects.create(user=user, preferred_language="uk")
    return user


def page(user: User, name: str, *args: Any) -> str:
    response = admin(user).get(reverse(name, args=args), follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def assert_says(html: str, *sentences: str) -> None:
    for sentence in sentences:
        in_data = json.dumps(sentence)[1:-1]
        assert sentence in html or in_data in html, sentence
    assert not ours_in_english(html, NAMES)


@pytest.fixture
def story() -> ArticlePage:
    return waiting_at("publication", a_user(REPORTERS, name="Олена"), title="Причал відкрито")


@pytest.mark.django_db
def test_everybody_chooses_between_english_and_ukrainian() -> None:
    form = page(ukrainian(), "wagtailadmin_account")
    assert form.count('<option value="uk" selected>Українська</option>') == 1
    assert '<option value="en">English</option>' in form
    assert 'value="de"' not in form
    assert_says(form, "Листи редакції", "Повернуто з коментарями")
    assert "Мова сервера: English" in form, "Wagtail's own text"


@pytest.mark.django_db
def test_the_board(story: ArticlePage) -> None:
    board = page(ukrainian(), "wagtailadmin_home")
    assert_says(
        board,
        *("Що чекає на вас", "Причал відкрито", "Прочитати й підписати", "Мій відділ", "Рубрика"),
        *("Редакторський розгляд", "Юридичний розгляд", "Новий матеріал", "Взяти в роботу"),
        *("2 слова", "Сповіщення", "Крім вас, підписати нікому"),
    )


@pytest.mark.django_db
def test_the_story_editor() -> None:
    draft = a_story("Порт працює", live=False)
    editor = page(ukrainian(), f"{PAGES}:edit", draft.pk)
    assert_says(
        editor,
        *("Надзаголовок", "Заголовок", "Лід", "Авторський підпис", "Головне зображення", "Жанр"),
        *("Додатковий підпис", "Потребує юридичного розгляду", "Опублікувати як термінову новину"),
        *("У матеріалу немає головного зображення.", "Пов’язаний матеріал", "для соцмереж"),
    )


@pytest.mark.django_db
def test_the_sign_screen(story: ArticlePage) -> None:
    state = story.current_workflow_task_state
    address = reverse(f"{PAGES}:workflow_action", args=(story.pk, "approve", state.pk))
    html = json.loads(admin(ukrainian(MANAGING)).get(address).content)["html"]
    assert_says(
        html, "Ви підписуєте саме цей текст: 2 слова.", "Публічно з", "Ембарго", "Підписати"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["read_story", "what_changed", "draft_links", "story_record", "legal_hold"]
)
def test_the_desks_other_screens(story: ArticlePage, name: str) -> None:
    assert_says(page(ukrainian(), name, story.pk))


@pytest.mark.django_db
def test_a_public_story_and_the_front_page() -> None:
    public = a_story("Порт працює")
    boss = ukrainian()
    assert_says(page(boss, "fix_live_text", public.pk), "Виправити опублікований текст")
    assert_says(page(boss, "edition_changes", public.pk, 1), "Версія 1: Перша публікація", "Новини")
    assert_says(page(boss, "front_tool"), "Головний матеріал", "Матеріали на вибір", "1 матеріал")
    assert_says(page(boss, f"{PAGES}:edit", home().pk), "Далі за важливістю")
    assert_says(page(boss, f"{PAGES}:add_subpage", feed().pk), "Рубрика")


@pytest.mark.django_db
def test_a_mail(story: ArticlePage) -> None:
    reader, writer = ukrainian(MANAGING), a_user(REPORTERS, name="Іван")
    told = {"story": story, "by": writer, "path": "/admin/"}
    mail = mail_of(Notice.objects.create(person=reader, event=Event.PASSED_ON, **told))
    assert mail.subject == "[Dateline] На ваше рішення: Причал відкрито"
    assert "«Причал відкрито» передано далі (Іван). Матеріал чекає на ваше рішення." in mail.body
    html, _kind = mail.alternatives[0]
    assert_says(str(html), 'lang="uk"', "Ви отримали цей лист", "Вибрати, про що вам писати")
    english = mail_of(Notice.objects.create(person=writer, event=Event.PASSED_ON, **told))
    assert english.subject == "[Dateline] For your decision: Причал відкрито"


@pytest.mark.django_db
def test_a_refusal_is_said_in_the_chosen_language() -> None:
    """Wagtail refuses when it has left that language already."""
    public = a_story("Порт працює")
    client, address = admin(ukrainian(MANAGING)), reverse(f"{PAGES}:delete", args=(public.pk,))
    said = [str(message).strip() for message in get_messages(client.get(address).wsgi_request)]
    assert len(said) == 1 and said[0].startswith("Що бачили читачі, те лишається в журналі")
    answer = client.post(address, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 403
    assert answer.json()["detail"] == said[0]
