"""The same newsroom for both projects, made from one seed: words, pictures, who wrote what."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from PIL import Image, ImageDraw

SEED = 20250101
NEWEST = datetime(2025, 1, 1, 12, tzinfo=UTC)
APART = timedelta(minutes=37)
SECTIONS = ("City", "Courts", "Economy", "Science", "Culture", "Sport")
AUTHORS, TAGS, PICTURES = 50, 200, 40
COMMON, RARE = "harbour", "quokka"
COMMON_SHARE, RARE_STORIES = 0.2, 5
SYLLABLES = "ba de ki lo mu na pe ri so tu va ke dim nor tal ves gan hul pir sem".split()


@dataclass(frozen=True)
class Story:
    """A story as numbers of others: `related` is an older story, `authors` are in order."""

    headline: str
    slug: str
    summary: str
    section: int
    authors: tuple[int, ...]
    tags: tuple[int, ...]
    lead: int
    pictures: tuple[int, int]
    related: int
    paragraphs: tuple[str, ...]
    heading: str
    quote: str
    published: datetime


class Content:
    """`count` stories, the newest first, with their authors and tags."""

    def __init__(self, count: int) -> None:
        self.random = random.Random(SEED)  # noqa: S311 - repeatable on purpose
        self.words = ["the", "of", "and", "to", "a"]
        while len(self.words) < 1500:
            self.words.append("".join(self.random.choices(SYLLABLES, k=self.random.randint(1, 4))))
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.authors = [f"{self.text(2).title()} {number:02d}" for number in range(AUTHORS)]
        self.bios = [f"<p>{self.text(20).capitalize()}.</p>" for _ in self.authors]
        self.tags = [f"subject {number:03d}" for number in range(TAGS)]
        self.stories = [self.story(number, count) for number in range(count)]

    def text(self, length: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=length))

    def paragraph(self) -> str:
        return f"<p>{self.text(30).capitalize()} <b>{self.text(2)}</b> {self.text(18)}.</p>"

    def story(self, number: int, count: int) -> Story:
        draw = self.random
        paragraphs = [self.paragraph() for _ in range(12)]
        common = draw.random() < COMMON_SHARE
        if common:
            paragraphs[3] = paragraphs[3].replace("</p>", f" It stood at the {COMMON}.</p>")
        every = max(1, count // RARE_STORIES)
        if number % every == every // 2 and number // every < RARE_STORIES:
            paragraphs[5] = paragraphs[5].replace("</p>", f" A {RARE} was seen.</p>")
        return Story(
            headline=f"{self.text(7).capitalize()} {COMMON if common else 'quiet'} {number:06d}",
            slug=f"story-{number}",
            summary=f"{self.text(24).capitalize()}.",
            section=draw.randrange(len(SECTIONS)),
            authors=tuple(draw.sample(range(AUTHORS), draw.choice((1, 1, 2)))),
            tags=tuple(draw.sample(range(TAGS), 3)),
            lead=draw.randrange(PICTURES),
            pictures=(draw.randrange(PICTURES), draw.randrange(PICTURES)),
            related=(number + draw.randint(1, 40)) % count,
            paragraphs=tuple(paragraphs),
            heading=self.text(4).capitalize(),
            quote=f"{self.text(16).capitalize()}.",
            published=NEWEST - number * APART,
        )


def picture(number: int) -> bytes:
    """Picture `number` as a JPEG of 640 x 400 pixels."""
    image = Image.new("RGB", (640, 400), (number * 6, 120, 255 - number * 6))
    ImageDraw.Draw(image).ellipse((40, 40, 200 + number * 10, 360), fill=(240, number * 5, 90))
    file = io.BytesIO()
    image.save(file, "JPEG")
    return file.getvalue()
