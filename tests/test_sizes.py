"""Sizes of pictures: one at the upload, the others beside the web, none for a reader's request."""

from __future__ import annotations

import threading
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from PIL import ExifTags
from PIL import Image as PillowImage
from wagtail.images.tests.utils import get_test_image_file

from cms.media.renditions import (
    FIRST,
    SPECS,
    _claim,
    make_due_renditions,
    make_first_rendition,
    make_renditions,
)
from cms.models import Image, Rendition
from tests.builders import a_story, an_image

pytestmark = pytest.mark.django_db

GO_ON = threading.Event()


def uploaded(width: int = 2000, height: int = 1200) -> Image:
    file = get_test_image_file(filename="large.png", size=(width, height))
    image = Image.objects.create(title="Large", file=file)
    make_first_rendition(image.pk)
    image.refresh_from_db()
    return image


def test_an_upload_makes_one_jpeg(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = Image.objects.create(title="New", file=get_test_image_file(size=(2000, 1200)))
    image.refresh_from_db()
    assert list(image.rendition_files) == [FIRST] and image.rendition_files[FIRST][1:] == [
        1200,
        720,
    ]
    assert Rendition.objects.filter(image=image).count() == 1
    assert image.renditions_due is not None and image.renditions_due <= timezone.now()


def test_ten_new_pictures_are_shown_without_making_one(reader: Client, queries_of: Any) -> None:
    pictures = [an_image(f"Photo {number}") for number in range(10)]
    body = [("image", {"image": image, "caption": "", "alt": ""}) for image in pictures[1:]]
    story = a_story(lead_image=pictures[0], body=body)
    before = Rendition.objects.count()
    page = BeautifulSoup(reader.get(story.url).content, "html.parser")
    shown = [img["src"] for img in page.select("main figure img")]
    assert len(shown) == 10 and all(".width-1200.format-jpeg" in src for src in shown)
    for address in ("/", "/news/", "/news/feed/rss/", f"/api/v2/pages/{story.pk}/"):
        assert reader.get(address).status_code == 200
    assert Rendition.objects.count() == before
    assert queries_of(story.url) <= 15


def test_the_rest_is_made_beside_the_web(reader: Client) -> None:
    image = uploaded()
    story = a_story(lead_image=image)
    assert make_due_renditions(GO_ON) == 1
    image.refresh_from_db()
    assert set(image.rendition_files) == set(SPECS) and image.renditions_due is None
    assert image.rendition_files["large.avif"][1:] == [1600, 960]
    assert image.rendition_files["teaser.webp"][1:] == [720, 480]
    assert make_due_renditions(GO_ON) == 0
    figure = BeautifulSoup(reader.get(story.url).content, "html.parser").select_one(".hero")
    assert figure is not None
    kinds = [source["type"] for source in figure.select("picture > source")]
    assert kinds == ["image/avif", "image/webp"]
    for offered in figure.select("[srcset]"):
        widths = [candidate.split()[1] for candidate in str(offered["srcset"]).split(", ")]
        assert widths == ["480w", "960w", "1600w"] and offered["sizes"]
    [img] = figure.select("img")
    assert (img["width"], img["height"]) == ("960", "576") and str(img["src"]).endswith(".jpg")


def test_a_narrow_picture_offers_each_width_once(reader: Client) -> None:
    story = a_story(lead_image=uploaded(600, 400))
    make_due_renditions(GO_ON)
    figure = BeautifulSoup(reader.get(story.url).content, "html.parser").select_one(".hero")
    assert figure is not None
    for offered in figure.select("[srcset]"):
        assert [one.split()[1] for one in str(offered["srcset"]).split(", ")] == ["480w", "600w"]


def test_two_processes_never_take_the_same_picture() -> None:
    first, second = uploaded(), uploaded()
    taken = [_claim(), _claim(), _claim()]
    assert {image.pk for image in taken if image} == {first.pk, second.pk} and taken[2] is None


def test_whoever_is_stopped_leaves_the_picture_to_others() -> None:
    image, stop = uploaded(), threading.Event()
    claimed = _claim()
    assert claimed is not None
    stop.set()
    assert make_renditions(claimed, stop) is False
    again = _claim()
    assert again is not None and again.pk == image.pk


def test_another_focal_point_means_other_sizes() -> None:
    image = uploaded()
    make_due_renditions(GO_ON)
    image.refresh_from_db()
    thumb = image.rendition_files["thumb.webp"][0]
    image.focal_point_x, image.focal_point_y = 100, 100
    image.focal_point_width = image.focal_point_height = 50
    image.save()
    assert image.rendition_files == {} and make_due_renditions(GO_ON) == 1
    image.refresh_from_db()
    assert image.rendition_files["thumb.webp"][0] != thumb


def test_renditions_that_an_operator_removes_are_made_again(
    django_capture_on_commit_callbacks: Any,
) -> None:
    image = uploaded()
    make_due_renditions(GO_ON)
    with django_capture_on_commit_callbacks(execute=True):
        Rendition.objects.all().delete()
    image.refresh_from_db()
    assert list(image.rendition_files) == [FIRST] and default_storage.exists(
        image.rendition_files[FIRST][0]
    )
    assert make_due_renditions(GO_ON) == 1


def test_a_picture_that_cannot_be_read_waits_a_day(reader: Client) -> None:
    broken = Image.objects.create(title="Broken", file=get_test_image_file())
    default_storage.delete(broken.file.name)
    default_storage.save(broken.file.name, ContentFile(b"no picture"))
    story = a_story(lead_image=broken)
    assert make_due_renditions(GO_ON) == 0
    assert Image.objects.get(pk=broken.pk).renditions_due > timezone.now()
    assert reader.get(story.url).status_code == 200


def test_sizes_of_a_file_that_was_replaced_are_not_noted() -> None:
    image = uploaded()
    old = _claim()
    assert old is not None
    image.file = get_test_image_file(filename="other.png", size=(300, 200))
    image.save()
    assert make_renditions(old) is False
    image.refresh_from_db()
    assert image.rendition_files == {}
    assert make_due_renditions(GO_ON) == 1


def test_no_size_says_where_the_camera_was() -> None:
    taken = PillowImage.new("RGB", (1800, 1200), "navy")
    exif = PillowImage.Exif()
    exif[ExifTags.Base.Artist] = "A. Witness"
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (50.0, 27.0, 0.5), 3: "E", 4: (30.0, 31.0, 0.2)}
    file = BytesIO()
    taken.save(file, "JPEG", exif=exif, comment=b"A. Witness")
    assert b"A. Witness" in file.getvalue()
    image = Image.objects.create(title="Taken", file=ContentFile(file.getvalue(), "taken.jpg"))
    make_first_rendition(image.pk)
    make_due_renditions(GO_ON)
    image.refresh_from_db()
    assert set(image.rendition_files) == set(SPECS)
    for name, *_size in image.rendition_files.values():
        with default_storage.open(name) as made:
            data = made.read()
        assert b"A. Witness" not in data and b"Exif" not in data, name
        assert not PillowImage.open(BytesIO(data)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
