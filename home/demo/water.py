"""Scenes of the sea: the harbour and the roads."""

from __future__ import annotations

import math
from typing import Literal

from PIL import Image, ImageChops

from home.demo.canvas import (
    EMBER,
    FROST,
    FULL,
    HEIGHT,
    NIGHT,
    SIZE,
    WIDTH,
    Stencil,
    clouds,
    dice,
    fade,
    finish,
    glow,
    grade,
    gradient,
    ground,
    level,
    mirror,
    ridge,
    sky,
    veil,
)
from home.demo.landmarks import ferry, lighthouse


def _crane(pen: Stencil, x: float, base: float, tall: float, way: int, lift: float) -> None:
    """A ship-to-shore crane: portal, mast, boom and stays."""
    leg, deck, top = tall * 0.17, base - tall * 0.5, base - tall
    w = max(1.0, tall * 0.016)
    for side in (-1, 1):
        pen.line([(x + side * leg, base), (x + side * leg * 0.8, deck)], w * 1.5)
    pen.line([(x - leg, base - tall * 0.2), (x + leg, base - tall * 0.2)], w)
    pen.line([(x - leg, base - tall * 0.2), (x + leg * 0.82, deck)], w * 0.6)
    pen.line([(x + leg, base - tall * 0.2), (x - leg * 0.82, deck)], w * 0.6)
    tip = (x + way * tall * 0.86 * math.cos(lift), deck - tall * 0.86 * math.sin(lift))
    pen.line([(x - way * tall * 0.42, deck), (x, deck), tip], w * 2)
    pen.line([(x + way * leg * 0.8, deck), (x + way * leg * 0.2, top)], w * 1.2)
    pen.line([(x - way * leg * 0.8, deck), (x + way * leg * 0.2, top)], w)
    for share in (0.5, 0.95):
        end = (x + (tip[0] - x) * share, deck + (tip[1] - deck) * share)
        pen.line([(x + way * leg * 0.2, top), end], w * 0.5)
    pen.line([(x + way * leg * 0.2, top), (x - way * tall * 0.4, deck)], w * 0.5)
    pen.rect(
        x - way * tall * 0.3 - tall * 0.07,
        deck - tall * 0.07,
        x - way * tall * 0.3 + tall * 0.07,
        deck,
    )
    if lift < 0.3:
        cab = x + way * tall * 0.4
        pen.line([(cab, deck), (cab, deck + tall * 0.2)], w * 0.4)
        pen.rect(cab - tall * 0.05, deck + tall * 0.2, cab + tall * 0.05, deck + tall * 0.235)


def harbour(name: str, *, frost: bool = False) -> bytes:
    """Cranes at dusk in three layers of haze, over still water."""
    chance = dice(name)
    horizon = 742
    image = gradient(
        SIZE,
        [
            (0, (38, 52, 82)),
            (0.3, (92, 98, 126)),
            (0.5, (188, 140, 128)),
            (0.64, (243, 186, 128)),
            (0.7, (252, 214, 158)),
            (1, (90, 80, 90)),
        ],
    )
    sky(image, chance, horizon, (64, 60, 88), 120)
    sky(image, chance, horizon - 60, (250, 190, 150), 165)
    glow(image, 1060, horizon - 22, 520, (255, 190, 110), strength=0.8, stretch=1.7)
    glow(image, 1060, horizon - 30, 110, (255, 236, 190))
    layers = [(168, 122, 118), (104, 80, 92), (30, 30, 44)]
    plan: list[list[tuple[float, float, int, float]]] = [
        [(x, chance.uniform(120, 175), chance.choice((-1, 1)), 0.0) for x in range(60, 1600, 190)],
        [
            (x + chance.uniform(-50, 50), chance.uniform(240, 300), -1, chance.choice((0.0, 1.1)))
            for x in (240, 560, 800, 1330, 1500)
        ],
        [(250, 560, 1, 0.0)],
    ]
    for depth, (colour, cranes) in enumerate(zip(layers, plan, strict=True)):
        pen = Stencil()
        if depth < 2:
            pen.poly(ridge(chance, horizon, 26 + depth * 8, 5, WIDTH))
        for x, tall, way, lift in cranes:
            _crane(pen, x, horizon - 4, tall, way, lift)
        x = 0.0
        while depth and x < (WIDTH if depth == 1 else 470):
            stack = chance.randint(0, 3)
            wide = 46 * depth
            pen.rect(x, horizon - 15 * depth * stack, x + wide - 2, horizon)
            x += wide
        if depth == 2:
            pen.rect(0, horizon - 16, 600, horizon + 6)
            pen.poly(
                [(980, horizon + 5), (940, horizon - 46), (1600, horizon - 58), (1600, horizon + 5)]
            )
            pen.rect(1330, horizon - 190, 1440, horizon - 40)
            pen.rect(1310, horizon - 196, 1470, horizon - 180)
            pen.rect(1372, horizon - 270, 1378, horizon - 190)
            for i in range(7):
                high = chance.randint(1, 3)
                pen.rect(975 + i * 48, horizon - 48 - 24 * high, 1020 + i * 48, horizon - 40)
        image.paste(colour, FULL, pen.mask(0.8 if depth < 2 else 0))
        if depth < 2:
            veil(
                image, (250, 196, 144), (0, 0), (0.5, 0), (0.69, 105 - depth * 30), (0.7, 0), (1, 0)
            )
    glow(image, 262, horizon - 270, 34, (255, 214, 150))
    posts = Stencil()
    for x in (418, 492, 566):
        posts.line([(x, horizon), (x, horizon - 96), (x - 12, horizon - 100)], 2.5)
    image.paste(layers[2], FULL, posts.mask())
    for x in (418, 492, 566):
        glow(image, x - 12, horizon - 98, 34, (255, 206, 130))
    windows = Stencil()
    for x in range(1342, 1432, 16):
        for y in (horizon - 176, horizon - 140, horizon - 104):
            if chance.random() < 0.7:
                windows.rect(x, y, x + 8, y + 9)
    image.paste((255, 220, 160), FULL, windows.mask(0.5))
    glow(image, 1375, horizon - 268, 20, (255, 120, 90))
    mirror(image, horizon, chance, ripple=9, smear=14, squeeze=1.15)
    water = (WIDTH, HEIGHT - horizon)
    swell = ground(clouds((1600, 900), chance, (120, 24), 4), water, 70, 0.25)
    shade = Image.new("RGB", SIZE, (24, 28, 46))
    image.paste(shade.crop((0, 0, *water)), (0, horizon), level(swell, 90, 330))
    light = ImageChops.multiply(level(swell, 165, 250), fade(water, (0, 170), (1, 60)))
    image.paste((255, 214, 170), (0, horizon, *SIZE), light.point(lambda v: v // 2))
    veil(image, (20, 22, 38), (0, 0), (0.7, 0), (1, 130))
    if frost:
        image = grade(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT), FROST, 0.9)
    return finish(image, chance)


def roads(name: str, *, subject: Literal["dredger", "ferry", "light"] = "dredger") -> bytes:
    """The outer roads: a dredger on a grey morning, the ferry at dusk, the light at night."""
    chance = dice(name)
    horizon = 610
    image = gradient(
        SIZE,
        [
            (0, (112, 128, 140)),
            (0.35, (168, 180, 184)),
            (0.57, (222, 222, 212)),
            (0.58, (168, 182, 184)),
            (1, (52, 70, 80)),
        ],
    )
    sky(image, chance, horizon, (98, 112, 126), 110)
    sky(image, chance, horizon, (240, 238, 226), 170)
    glow(image, 520, 470, 420, (255, 246, 220), strength=0.55, stretch=1.8)
    coast = Stencil()
    coast.poly(ridge(chance, horizon, 30, 5, WIDTH))
    for x in (1180, 1240, 1290, 1420):
        _crane(coast, x, horizon, 92, 1, 1.1)
    image.paste((172, 182, 184), FULL, coast.mask(1.4))
    water = (WIDTH, HEIGHT - horizon)
    sea = ground(clouds((2000, 1400), chance, (60, 16), 4), water, 60, 0.16)
    image.paste(
        (38, 56, 68),
        (0, horizon, *SIZE),
        ImageChops.multiply(level(sea, 100, 250), fade(water, (0, 40), (0.3, 150), (1, 235))),
    )
    image.paste(
        (228, 230, 222),
        (0, horizon, *SIZE),
        ImageChops.multiply(
            level(sea, 10, 90).point(lambda v: 255 - v), fade(water, (0, 90), (1, 70))
        ),
    )
    glow(image, 520, horizon + 60, 190, (250, 244, 222), strength=0.45, stretch=2.2)
    y = horizon + 46
    if subject == "ferry":
        image = grade(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT), EMBER, 0.85)
        ferry(image, y)
        return finish(image, chance)
    if subject == "light":
        image = grade(image, NIGHT, 0.95)
        lighthouse(image, y, chance)
        return finish(image, chance, vignette=110)
    ship = Stencil()
    ship.poly([(560, y - 66), (1180, y - 62), (1262, y - 96), (1236, y), (590, y)])
    ship.rect(600, y - 178, 730, y - 60)
    ship.rect(586, y - 196, 744, y - 172)
    ship.rect(640, y - 262, 648, y - 190)
    ship.rect(626, y - 240, 662, y - 236)
    ship.poly([(690, y - 60), (690, y - 150), (724, y - 158), (724, y - 60)])
    for x, high in ((820, 128), (930, 118), (1090, 138)):
        ship.line([(x - 24, y - 60), (x, y - high - 40), (x + 26, y - 60)], 6)
        ship.line([(x, y - high - 36), (x + 74, y - high + 14)], 4)
        ship.line([(x + 74, y - high + 14), (x + 74, y - 62)], 1.4)
    ship.line([(760, y - 84), (1150, y - 84)], 12)
    ship.line([(1130, y - 86), (1186, y - 150), (1246, y - 168)], 9)
    for x in range(750, 1180, 22):
        ship.line([(x, y - 62), (x, y - 76)], 1.4)
    image.paste((46, 54, 62), FULL, ship.mask(0.5))
    trim = Stencil()
    trim.poly([(566, y - 42), (1224, y - 40), (1218, y - 30), (570, y - 32)])
    image.paste((150, 62, 46), FULL, trim.mask(0.6))
    trim = Stencil()
    for x in range(606, 720, 22):
        trim.rect(x, y - 160, x + 13, y - 148)
        trim.rect(x - 6, y - 190, x + 10, y - 180)
    image.paste((236, 224, 186), FULL, trim.mask(0.4))
    spray = Stencil()
    for _ in range(900):
        t = chance.random() ** 0.8
        x = 1246 + 210 * t + chance.gauss(0, 6 + 26 * t)
        drop = y - 168 - 90 * t + 262 * t * t + chance.gauss(0, 4 + 22 * t)
        spray.oval(x, min(drop, y + 4), 2 + 9 * t, 2 + 6 * t, 120)
    image.paste((226, 228, 222), FULL, spray.mask(4).point(lambda v: int(v * 0.8)))
    shadow = Stencil()
    shadow.poly([(590, y), (1240, y), (1210, y + 60), (640, y + 66)])
    image.paste((26, 38, 48), FULL, shadow.mask(14).point(lambda v: int(v * 0.7)))
    foam = Stencil()
    for _ in range(240):
        x = chance.uniform(570, 1262)
        foam.oval(x, y + chance.gauss(2, 3), chance.uniform(5, 26), chance.uniform(1, 3), 190)
    image.paste((224, 228, 224), FULL, foam.mask(1.6))
    birds = Stencil()
    for _ in range(24):
        x, h, s = chance.gauss(1250, 170), chance.gauss(360, 70), chance.uniform(5, 12)
        dip = chance.uniform(-0.5, 0.3)
        birds.line([(x - s, h - s * 0.4), (x, h), (x + s, h - s * (0.5 + dip))], 1.6)
    image.paste((66, 74, 82), FULL, birds.mask(0.4))
    veil(image, (206, 210, 206), (0, 0), (0.4, 30), (0.575, 120), (0.66, 14), (1, 0))
    return finish(image, chance)
