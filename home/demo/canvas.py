"""Small tools for drawing pictures by code: gradients, noise, light, water and grain."""

from __future__ import annotations

import io
import itertools
import math
import random
import zlib
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]
Stops = Sequence[tuple[float, Colour]]

WIDTH, HEIGHT = 1600, 1067
SIZE = (WIDTH, HEIGHT)
FULL = (0, 0, WIDTH, HEIGHT)
BICUBIC = Image.Resampling.BICUBIC
BILINEAR = Image.Resampling.BILINEAR


def dice(name: str) -> random.Random:
    """A generator that always throws the same numbers for the same name."""
    return random.Random(zlib.crc32(name.encode()))  # noqa: S311


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """The colour `share` of the way from `a` to `b`."""
    red, green, blue = (round(p + (q - p) * share) for p, q in zip(a, b, strict=True))
    return red, green, blue


def ramp(stops: Stops, at: float) -> Colour:
    """The colour of a gradient at a place between 0 and 1."""
    for (start, first), (end, second) in itertools.pairwise(stops):
        if at <= end:
            return mix(first, second, max(0.0, (at - start) / ((end - start) or 1)))
    return stops[-1][1]


def gradient(size: tuple[int, int], stops: Stops, *, across: bool = False) -> Image.Image:
    """A smooth gradient from top to bottom, or from left to right."""
    length = size[0] if across else size[1]
    strip = Image.new("RGB", (length, 1) if across else (1, length))
    strip.putdata([ramp(stops, i / (length - 1)) for i in range(length)])
    return strip.resize(size, Image.Resampling.NEAREST)


def fade(size: tuple[int, int], *levels: tuple[float, int], across: bool = False) -> Image.Image:
    """A gradient used as a mask: pairs of place and strength (0-255)."""
    stops = [(at, (level, level, level)) for at, level in levels]
    return gradient(size, stops, across=across).getchannel(0)


def grade(image: Image.Image, stops: Stops, share: float = 0.8) -> Image.Image:
    """Colour a picture anew by its lightness: another hour, another season."""
    grey, inks = image.convert("L"), [ramp(stops, v / 255) for v in range(256)]
    bands = [grey.point([ink[band] for ink in inks]) for band in range(3)]
    return Image.blend(image, Image.merge("RGB", bands), share)


FROST: Stops = [(0, (26, 38, 60)), (0.4, (92, 118, 148)), (0.75, (198, 208, 216)),
                (1, (255, 240, 222))]  # fmt: skip
EMBER: Stops = [(0, (26, 18, 30)), (0.35, (104, 52, 54)), (0.7, (226, 140, 88)),
                (0.9, (252, 206, 140)), (1, (255, 240, 206))]  # fmt: skip
NIGHT: Stops = [(0, (6, 9, 20)), (0.5, (20, 34, 62)), (0.85, (52, 78, 116)),
                (1, (120, 144, 172))]  # fmt: skip


def level(mask: Image.Image, low: int, high: int) -> Image.Image:
    """Stretch the greys between `low` and `high` to the full range."""
    span = high - low
    return mask.point([max(0, min(255, round((v - low) * 255 / span))) for v in range(256)])


def clouds(
    size: tuple[int, int], chance: random.Random, cell: tuple[int, int], octaves: int = 4
) -> Image.Image:
    """Soft noise in several octaves; `cell` is the size of its largest forms in pixels."""
    total: Image.Image | None = None
    for octave in reversed(range(octaves)):
        wide = max(3, round(size[0] * 2**octave / cell[0]))
        high = max(3, round(size[1] * 2**octave / cell[1]))
        data = chance.randbytes(wide * high)
        layer = Image.frombytes("L", (wide, high), data).resize(size, BICUBIC)
        total = layer if total is None else Image.blend(total, layer, 0.6)
    if total is None:
        raise ValueError("clouds() needs at least one octave")
    return level(total, 58, 198)


class Stencil:
    """A mask drawn at twice the size, so that its edges come out smooth."""

    def __init__(self, size: tuple[int, int] = SIZE) -> None:
        self._mask = Image.new("L", (size[0] * 2, size[1] * 2))
        self._pen = ImageDraw.Draw(self._mask)

    def poly(self, points: Sequence[Point], ink: int = 255) -> None:
        self._pen.polygon([(x * 2, y * 2) for x, y in points], fill=ink)

    def line(self, points: Sequence[Point], width: float = 1, ink: int = 255) -> None:
        flat = [(x * 2, y * 2) for x, y in points]
        self._pen.line(flat, fill=ink, width=max(1, round(width * 2)), joint="curve")

    def rect(self, x0: float, y0: float, x1: float, y1: float, ink: int = 255) -> None:
        if x1 > x0 and y1 > y0:
            self._pen.rectangle((x0 * 2, y0 * 2, x1 * 2 - 1, y1 * 2 - 1), fill=ink)

    def oval(self, x: float, y: float, rx: float, ry: float, ink: int = 255) -> None:
        self._pen.ellipse(((x - rx) * 2, (y - ry) * 2, (x + rx) * 2, (y + ry) * 2), fill=ink)

    def mask(self, blur: float = 0) -> Image.Image:
        small = self._mask.reduce(2)
        if blur < 0.6:
            return small
        soft = ImageFilter.BoxBlur(blur) if blur < 3 else ImageFilter.GaussianBlur(blur)
        return small.filter(soft)


def curve(points: Sequence[Point], steps: int = 14, *, closed: bool = True) -> list[Point]:
    """A smooth line through the points (Catmull-Rom)."""
    count = len(points)
    result: list[Point] = []

    def at(i: int) -> Point:
        return points[i % count] if closed else points[max(0, min(count - 1, i))]

    for i in range(count if closed else count - 1):
        a, b, c, d = at(i - 1), at(i), at(i + 1), at(i + 2)
        for step in range(steps):
            t = step / steps
            x, y = (
                0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2
                       + (3 * q - p - 3 * r + s) * t**3)
                for p, q, r, s in zip(a, b, c, d, strict=True)
            )  # fmt: skip
            result.append((x, y))
    return result


def ridge(chance: random.Random, base: float, rise: float, rough: int, width: int) -> list[Point]:
    """A low outline of hills or trees, closed at the base."""
    phases = [(chance.uniform(0, 6.3), chance.uniform(0.7, 1.4)) for _ in range(rough)]
    line: list[Point] = [(0, base)]
    for x in range(0, width + 4, 4):
        y = sum(
            math.sin(x / width * 6.3 * speed * 1.9**i + phase) / 1.6**i
            for i, (phase, speed) in enumerate(phases)
        )
        line.append((x, base - rise * (0.6 + 0.25 * y) - chance.uniform(0, rise * 0.06)))
    return [*line, (width, base)]


def glow(
    image: Image.Image, x: float, y: float, radius: float, colour: Colour,
    *, strength: float = 1.0, stretch: float = 1.0,
) -> None:  # fmt: skip
    """Add a soft light to the picture."""
    wide, high = max(1, round(radius * stretch)), max(1, round(radius))
    table = [round(255 * strength * max(0.0, 1 - v / 180) ** 2.3) for v in range(256)]
    mask = Image.radial_gradient("L").point(table).resize((wide * 2, high * 2), BICUBIC)
    box = (round(x) - wide, round(y) - high, round(x) + wide, round(y) + high)
    light = Image.composite(Image.new("RGB", mask.size, colour), Image.new("RGB", mask.size), mask)
    image.paste(ImageChops.screen(image.crop(box), light), box[:2])


def veil(image: Image.Image, colour: Colour, *levels: tuple[float, int]) -> None:
    """Lay haze over the picture, its strength running from top to bottom."""
    image.paste(colour, (0, 0, *image.size), fade(image.size, *levels))


def sky(image: Image.Image, chance: random.Random, bottom: int, colour: Colour, lo: int) -> None:
    """Long flat clouds, thinner toward the horizon."""
    size = (WIDTH, bottom)
    forms = level(clouds(size, chance, (900, 150), 5), lo, 245)
    forms = ImageChops.multiply(forms, fade(size, (0, 200), (0.75, 150), (1, 0)))
    image.paste(colour, (0, 0, *size), forms)


def mirror(
    image: Image.Image, horizon: int, chance: random.Random,
    *, ripple: float = 10, smear: float = 10, squeeze: float = 1.0,
) -> None:  # fmt: skip
    """Fill everything below the horizon with a broken reflection of what is above it."""
    width, height = image.size
    depth = height - horizon
    source = image.crop((0, max(0, horizon - round(depth * squeeze)), width, horizon))
    flipped = source.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((width, depth), BILINEAR)
    flipped = flipped.filter(ImageFilter.GaussianBlur((2, smear)))
    phase = chance.uniform(0, 6.3)
    row = 0
    while row < depth:
        near = row / depth
        step = 1 + round(near * 3)
        wave = 80 * near**0.6
        swing = math.sin(phase + wave) * math.sin(0.37 * wave) + chance.uniform(-0.35, 0.35)
        shift = round(ripple * (0.15 + near) * swing)
        strip = flipped.crop((0, row, width, min(depth, row + step)))
        image.paste(ImageChops.offset(strip, shift, 0), (0, horizon + row))
        row += step


def ground(texture: Image.Image, size: tuple[int, int], gap: float, zoom: float) -> Image.Image:
    """See a flat texture in perspective; `gap` is how far above the top the horizon lies."""
    centre = texture.width / 2
    across = zoom * size[1] / gap
    data = (across, centre / gap, centre - size[0] / 2 * across, 0, 0, texture.height - 1, 0,
            1 / gap)  # fmt: skip
    return texture.transform(size, Image.Transform.PERSPECTIVE, data, BICUBIC)


def finish(
    image: Image.Image, chance: random.Random, *, grain: float = 0.032, vignette: int = 70
) -> bytes:
    """Darken the corners, add film grain and write the JPEG."""
    width, height = image.size
    corners = Image.radial_gradient("L").resize((width, height), BICUBIC)
    corners = level(corners, 120, 420 - vignette)
    image.paste(ImageChops.multiply(image, Image.new("RGB", image.size, (150, 150, 158))), corners)
    noise = Image.frombytes("L", image.size, chance.randbytes(width * height))
    noise = noise.filter(ImageFilter.GaussianBlur(0.7))
    grained = ImageChops.overlay(image, Image.merge("RGB", [noise] * 3))
    image = Image.blend(image, grained, grain * 5)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()
