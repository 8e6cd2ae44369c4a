"""The easel for portraits: a bust in flat tones and side light, like a painted poster."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from home.demo.canvas import Colour, Point, clouds, curve, dice, finish, glow, gradient, level, mix

SQUARE = (900, 900)
SCALE = 1.24
FACE: list[Point] = [
    (0, -172),
    (84, -148),
    (118, -70),
    (114, 20),
    (94, 98),
    (44, 158),
    (0, 168),
    (-44, 158),
    (-94, 98),
    (-114, 20),
    (-118, -70),
    (-84, -148),
]


class Sitter(NamedTuple):
    """What distinguishes one portrait from another."""

    ground: tuple[Colour, Colour]
    skin: tuple[Colour, Colour, Colour]
    hair: Colour
    coat: Colour
    shirt: Colour
    side: int
    turn: float
    tilt: float
    build: float
    dress: Callable[[Easel], None]


class Easel:
    """A canvas with the head's own coordinates: the middle of the face is the origin."""

    def __init__(self, name: str, sitter: Sitter) -> None:
        self.chance: random.Random = dice(name)
        self.sitter = sitter
        top, low = sitter.ground
        self.image = gradient(SQUARE, [(0, top), (1, low)])
        glow(
            self.image,
            450 - sitter.side * 330,
            260,
            620,
            mix(top, (255, 244, 224), 0.5),
            strength=0.5,
        )
        self.edge = clouds(SQUARE, self.chance, (16, 12), 3)
        self.wash = clouds(SQUARE, self.chance, (260, 120), 5)
        self.clip: Image.Image | None = None

    def place(self, x: float, y: float) -> Point:
        """From head coordinates (light always from the left) to the canvas."""
        s, (sin, cos) = self.sitter, (math.sin(self.sitter.tilt), math.cos(self.sitter.tilt))
        x, y = x * s.side * s.build * SCALE, (y - 200) * SCALE
        return 450 + x * cos - y * sin, 650 + x * sin + y * cos

    def mask(
        self, points: Sequence[Point], *, smooth: bool = True, blur: float = 2.5
    ) -> Image.Image:
        """A shape with the slightly torn edge of a brush."""
        flat = Image.new("L", SQUARE)
        placed = [self.place(x, y) for x, y in points]
        ImageDraw.Draw(flat).polygon(curve(placed, 12) if smooth else placed, fill=255)
        soft = flat.filter(ImageFilter.BoxBlur(blur * 1.2))
        return level(Image.blend(soft, self.edge, 0.16), 88, 128)

    def fill(
        self,
        colour: Colour,
        points: Sequence[Point],
        *,
        smooth: bool = True,
        blur: float = 2.5,
        strength: float = 1.0,
        inside: Image.Image | None = None,
    ) -> Image.Image:
        """Paint one flat shape and give back its mask."""
        mask = self.mask(points, smooth=smooth, blur=blur)
        if inside is not None:
            mask = ImageChops.multiply(mask, inside)
        self.image.paste(colour, (0, 0, *SQUARE), mask.point(lambda v: int(v * strength)))
        return mask

    def stroke(
        self, colour: Colour, points: Sequence[Point], width: float, blur: float = 1.2
    ) -> None:
        """Paint one line."""
        flat = Image.new("L", SQUARE)
        path = curve([self.place(x, y) for x, y in points], 12, closed=False)
        ImageDraw.Draw(flat).line(path, fill=255, width=round(width * SCALE), joint="curve")
        soft = flat.filter(ImageFilter.BoxBlur(blur))
        mask = level(Image.blend(soft, self.edge, 0.14), 74, 120)
        self.image.paste(colour, (0, 0, *SQUARE), mask)

    def bust(self) -> None:
        """Shoulders, shirt and neck."""
        s = self.sitter
        _, mid, dark = s.skin
        coat = self.fill(
            s.coat,
            [
                (-60, 190),
                (-150, 250),
                (-290, 300),
                (-360, 420),
                (-400, 720),
                (400, 720),
                (370, 420),
                (290, 300),
                (150, 250),
                (60, 190),
            ],
        )
        self.fill(
            mix(s.coat, (0, 0, 0), 0.42),
            [(30, 180), (120, 240), (290, 290), (420, 400), (440, 720), (90, 720), (70, 420)],
            inside=coat,
        )
        self.fill(
            mix(s.coat, (255, 240, 214), 0.13),
            [(-150, 246), (-290, 296), (-370, 430), (-420, 640), (-330, 460), (-250, 340)],
            inside=coat,
        )
        self.fill(s.shirt, [(-92, 216), (0, 430), (92, 216), (60, 150), (-60, 150)])
        self.fill(mid, [(-66, 60), (-68, 210), (-20, 290), (20, 290), (68, 210), (66, 60)])
        self.fill(
            dark, [(70, 60), (72, 210), (22, 292), (-8, 284), (-30, 222), (-66, 170), (-66, 100)]
        )

    def head(self) -> None:
        """The face in three tones."""
        light, mid, dark = self.sitter.skin
        t = self.sitter.turn
        self.fill(mid, [(-112, -40), (-132, -30), (-130, 24), (-108, 44)])
        face = self.clip = self.fill(light, FACE)
        self.fill(
            mid,
            [
                (20, -180),
                (30, -100),
                (10, -40),
                (24, 10),
                (40, 70),
                (20, 120),
                (24, 180),
                (150, 180),
                (150, -180),
            ],
            inside=face,
            blur=6,
        )
        self.fill(
            dark,
            [
                (92, -190),
                (74, -110),
                (40 + t, -62),
                (12 + t, -44),
                (20 + t, -6),
                (40 + t, 2),
                (74, 22),
                (70, 72),
                (48, 112),
                (46, 180),
                (170, 190),
                (170, -190),
            ],
            inside=face,
        )
        self.fill(
            dark,
            [
                (4 + t, -36),
                (12 + t, -10),
                (2 + t, 34),
                (-16 + t, 52),
                (4 + t, 62),
                (30 + t, 54),
                (24 + t, 8),
                (20 + t, -20),
            ],
        )
        self.fill(
            mid,
            [
                (-84 + t, -38),
                (-50 + t, -48),
                (-14 + t, -38),
                (-24 + t, -16),
                (-54 + t, -10),
                (-80 + t, -20),
            ],
        )
        ink = mix(dark, (20, 14, 16), 0.6)
        for x, half in ((-51, 25), (54, 22)):
            self.stroke(ink, [(x - half + t, -19), (x + t, -28), (x + half + t, -20)], 5)
            self.fill(
                ink,
                [(x - 9 + t, -25), (x + 9 + t, -25), (x + 7 + t, -13), (x - 7 + t, -13)],
                blur=1,
            )
        self.stroke(mix(dark, (90, 20, 24), 0.3), [(-38 + t, 96), (-8 + t, 99), (32 + t, 95)], 6)
        self.fill(mid, [(-26 + t, 110), (0 + t, 115), (26 + t, 110), (4 + t, 124)], blur=3)
        self.fill(
            dark, [(-46, 158), (0, 164), (60, 140), (60, 186), (-50, 186)], inside=face, blur=4
        )

    def brows(self, colour: Colour, width: float = 9) -> None:
        t = self.sitter.turn
        self.stroke(colour, [(-88 + t, -46), (-56 + t, -62), (-20 + t, -54)], width)
        self.stroke(colour, [(22 + t, -54), (56 + t, -60), (84 + t * 0.6, -44)], width)

    def hair(self, points: Sequence[Point], shine: Sequence[Point] = ()) -> None:
        """One mass of hair, darker on the far side, with one lit lock."""
        colour = self.sitter.hair
        mass = self.fill(colour, points)
        self.fill(
            mix(colour, (8, 8, 14), 0.5),
            [(40, -300), (60, -160), (86, -60), (90, 400), (330, 400), (330, -300)],
            inside=mass,
            blur=5,
        )
        if shine:
            self.fill(mix(colour, (255, 232, 200), 0.34), shine, inside=mass, blur=4)

    def done(self) -> bytes:
        """Paper, brush and grain."""
        tooth = Image.blend(self.wash, self.edge, 0.4)
        paper = ImageChops.overlay(self.image, Image.merge("RGB", [tooth] * 3))
        image = Image.blend(self.image, paper, 0.2).filter(ImageFilter.GaussianBlur(0.6))
        return finish(image, self.chance, grain=0.03, vignette=40)
