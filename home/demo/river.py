"""Scenes of the river: the ice, the delta and the railway bridge."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageFilter

from home.demo.canvas import (
    EMBER,
    FULL,
    HEIGHT,
    NIGHT,
    SIZE,
    WIDTH,
    Colour,
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
    mix,
    ridge,
    sky,
    veil,
)


def _floes(image: Image.Image, chance: random.Random, horizon: int) -> None:
    """Broken ice in perspective, with an open channel winding to the sun."""
    tops, sides, snow = Stencil(), Stencil(), Stencil()
    rows = 44
    for row in range(rows):
        far = 1.0 / (0.026 + 1.1 * (row / rows) ** 2.1)
        step = 0.055 * far**0.72 / 6 + 0.02
        for column in range(-26, 27):
            u = (column + chance.uniform(-0.34, 0.34)) * 0.5
            z = far * (1 + chance.uniform(-0.03, 0.03))
            x, y = 900 + u * 1500 / z * 0.9, horizon + 500 / z
            lane = 900 + 150 * math.sin(z * 0.42) * 3 / (z + 1.5)
            if abs(x - lane) < 330 / z + 14 or chance.random() < 0.13 or y > HEIGHT + 80:
                continue
            rx = 1350 * 0.225 / z * chance.choice((0.62, 0.85, 1.0, 1.1))
            ry = rx * chance.uniform(0.16, 0.26) + step * 0.5
            spin = chance.uniform(0, 6.3)
            sides_n = chance.randint(6, 9)
            pts = []
            for k in range(sides_n):
                a = spin + k * 6.283 / sides_n + chance.uniform(-0.25, 0.25)
                push = chance.uniform(0.8, 1.12)
                pts.append((x + math.cos(a) * rx * push, y + math.sin(a) * ry * push))
            thick = 1 + 26 / z
            sides.poly([(px, py + thick) for px, py in pts])
            sides.poly([(px, py + thick * 0.5) for px, py in pts])
            tops.poly([(px, py + thick) for px, py in pts], 0)
            tops.poly(pts, chance.randint(180, 255))
            inner = [(x + (px - x) * 0.82, y + (py - y) * 0.76 - thick * 0.1) for px, py in pts]
            snow.poly([(px, py + thick) for px, py in pts], 0)
            snow.poly(inner, chance.randint(60, 230))
    image.paste((92, 122, 146), FULL, sides.mask(0.6))
    image.paste((196, 208, 220), FULL, tops.mask(0.5))
    fleck = level(clouds(SIZE, chance, (90, 26), 5), 60, 210)
    image.paste((250, 240, 232), FULL, ImageChops.multiply(snow.mask(2.2), fleck))


def river_ice(name: str) -> bytes:
    """The river breaking up under a low winter sun."""
    chance = dice(name)
    horizon = 420
    image = gradient(
        SIZE,
        [
            (0, (116, 146, 184)),
            (0.2, (176, 190, 208)),
            (0.34, (240, 214, 190)),
            (0.4, (252, 226, 192)),
            (1, (60, 80, 104)),
        ],
    )
    sky(image, chance, horizon, (222, 206, 206), 140)
    glow(image, 930, horizon - 56, 480, (255, 214, 160), strength=0.8, stretch=1.6)
    glow(image, 930, horizon - 56, 90, (255, 248, 226))
    for rise, colour, blur in ((58, (190, 180, 186), 2.5), (36, (120, 122, 140), 1.2)):
        pen = Stencil()
        pen.poly(ridge(chance, horizon, rise, 6, WIDTH))
        if rise == 36:
            for _ in range(420):
                x = chance.choice((chance.uniform(0, 700), chance.uniform(1150, 1600)))
                tall = chance.uniform(8, 34)
                pen.poly([(x - 5, horizon), (x, horizon - 14 - tall), (x + 5, horizon)])
        image.paste(colour, FULL, pen.mask(blur))
    mirror(image, horizon, chance, ripple=8, smear=12, squeeze=0.62)
    veil(image, (34, 56, 82), (0, 0), (0.395, 20), (0.6, 120), (1, 200))
    glow(image, 925, horizon + 120, 300, (255, 206, 150), strength=0.6, stretch=0.5)
    _floes(image, chance, horizon)
    veil(image, (250, 222, 194), (0, 0), (0.3, 0), (0.395, 150), (0.5, 50), (0.7, 0), (1, 0))
    glow(image, 930, horizon - 10, 420, (255, 210, 150), strength=0.45, stretch=2)
    veil(image, (60, 84, 124), (0, 0), (0.62, 0), (1, 95))
    return finish(image, chance)


def delta(name: str, *, autumn: bool = False) -> bytes:
    """The delta from the air at first light, its channels holding the sky."""
    chance = dice(name)
    horizon = 250
    air: list[tuple[float, Colour]] = [
        (0, (96, 122, 156)),
        (0.15, (190, 186, 190)),
        (0.235, (250, 214, 170)),
        (1, (250, 220, 180)),
    ]
    image = gradient(SIZE, air)
    sky(image, chance, horizon, (146, 140, 160), 130)
    land = (WIDTH, HEIGHT - horizon)
    flat = (2200, 1400)
    plane = Image.merge(
        "RGB",
        [
            clouds(flat, chance, (620, 460), 5),
            clouds(flat, chance, (250, 190), 4),
            clouds(flat, chance, (60, 44), 4),
        ],
    )
    plane = ground(plane, land, 250, 0.4)
    plane.paste(
        plane.filter(ImageFilter.GaussianBlur(15)), (0, 0), fade(land, (0.25, 0), (0.8, 255))
    )
    forms, side, marsh = plane.split()
    wide = forms.point([max(0, min(255, 420 - abs(v - 128) * 42)) for v in range(256)])
    small = side.point([max(0, min(255, 300 - abs(v - 140) * 60)) for v in range(256)])
    pools = ImageChops.multiply(level(marsh, 196, 226), level(side, 120, 180))
    water = ImageChops.lighter(ImageChops.lighter(wide, small), pools)
    water = level(water.filter(ImageFilter.GaussianBlur(1.6)), 60, 170)
    earth = gradient(land, [(0, (150, 126, 108)), (0.3, (92, 88, 70)), (1, (38, 48, 42))])
    earth.paste((138, 120, 70), (0, 0, *land), level(marsh, 110, 250).point(lambda v: v // 2))
    earth.paste((20, 32, 32), (0, 0, *land), level(side, 110, 240).point(lambda v: int(v * 0.6)))
    earth.paste((24, 34, 34), (0, 0, *land), level(marsh, 0, 90).point(lambda v: (255 - v) // 3))
    bright = gradient(
        land,
        [(0, (252, 220, 176)), (0.3, (244, 202, 162)), (0.7, (164, 170, 186)), (1, (88, 112, 146))],
    )
    bank = ImageChops.offset(water, 0, -4)
    earth.paste((18, 26, 26), (0, 0, *land), bank.filter(ImageFilter.GaussianBlur(2)))
    earth.paste(bright, (0, 0), water)
    image.paste(earth, (0, horizon))
    glow(image, 480, horizon - 6, 620, (255, 200, 130), strength=0.85, stretch=1.5)
    glow(image, 480, horizon - 26, 70, (255, 246, 220))
    veil(
        image,
        mix((250, 214, 170), (210, 190, 180), 0.3),
        (0, 0),
        (0.17, 0),
        (0.23, 250),
        (0.34, 110),
        (0.55, 0),
        (1, 0),
    )
    mist = level(clouds(SIZE, chance, (700, 90), 4), 120, 250)
    mist = ImageChops.multiply(mist, fade(SIZE, (0, 0), (0.24, 120), (0.5, 90), (0.8, 0), (1, 0)))
    image.paste((246, 222, 196), FULL, mist)
    if autumn:
        image = grade(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT), EMBER, 0.5)
    return finish(image, chance)


def bridge(name: str, *, lamps: bool = False) -> bytes:
    """The old railway bridge over the river, in mist."""
    chance = dice(name)
    horizon = 640
    image = gradient(
        SIZE,
        [
            (0, (150, 168, 178)),
            (0.4, (206, 208, 200)),
            (0.6, (236, 222, 200)),
            (1, (120, 130, 136)),
        ],
    )
    glow(image, 1180, 420, 560, (255, 232, 196), strength=0.8, stretch=1.2)
    for rise, colour, blur in ((150, (204, 204, 200), 5), (84, (176, 180, 180), 3)):
        pen = Stencil()
        pen.poly(ridge(chance, horizon, rise, 6, WIDTH))
        image.paste(colour, FULL, pen.mask(blur))
    veil(image, (236, 224, 204), (0, 0), (0.4, 0), (0.59, 190), (0.6, 200), (1, 0))
    truss = Stencil()
    left, right = -60.0, 1380.0
    spans = 6
    for i in range(spans):
        a = left + (right - left) * (1 - 0.78**i) / (1 - 0.78**spans)
        b = left + (right - left) * (1 - 0.78 ** (i + 1)) / (1 - 0.78**spans)
        scale = 0.86**i
        deck, rise = horizon - 170 * scale, 190 * scale
        w = 9 * scale
        truss.line([(a, deck), (b, deck - 0.0)], w * 1.5)
        arch = [
            (a + (b - a) * t / 12, deck - rise * math.sin(math.pi * t / 12) ** 0.7)
            for t in range(13)
        ]
        truss.line(arch, w)
        for t in range(1, 12):
            x = a + (b - a) * t / 12
            truss.line([(x, deck), arch[t]], w * 0.4)
            nxt = arch[t + 1] if t < 6 else arch[t - 1]
            truss.line([(x, deck), nxt], w * 0.3)
        truss.poly(
            [
                (b - 22 * scale, deck),
                (b + 22 * scale, deck),
                (b + 30 * scale, horizon + 12 * scale),
                (b - 30 * scale, horizon + 12 * scale),
            ]
        )
    layer = gradient(
        SIZE, [(0, (52, 66, 78)), (0.6, (112, 122, 128)), (1, (216, 212, 202))], across=True
    )
    image.paste(layer, (0, 0), truss.mask(0.7))
    veil(image, (236, 226, 208), (0, 0), (0.46, 0), (0.595, 150), (0.6, 150), (1, 0))
    if lamps:
        image = grade(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT), NIGHT, 0.95)
        for i in range(24):
            share, scale = (1 - 0.78 ** (i / 4)) / (1 - 0.78**spans), 0.86 ** (i / 4)
            x, y = WIDTH - left - (right - left) * share, horizon - 178 * scale
            glow(image, x, y, 72 * scale, (255, 200, 120), strength=0.85)
            glow(image, x, y, 18 * scale, (255, 244, 214))
    mirror(image, horizon, chance, ripple=4, smear=22)
    if lamps:
        veil(image, (8, 12, 26), (0, 0), (0.6, 30), (1, 190))
        return finish(image, chance, vignette=110)
    water = (WIDTH, HEIGHT - horizon)
    sea = ground(clouds((1800, 1000), chance, (120, 20), 4), water, 60, 0.2)
    image.paste(
        (58, 76, 90),
        (0, horizon, *SIZE),
        ImageChops.multiply(level(sea, 70, 260), fade(water, (0, 30), (1, 230))),
    )
    mist = level(clouds(SIZE, chance, (800, 110), 4), 90, 230)
    mist = ImageChops.multiply(mist, fade(SIZE, (0, 0), (0.45, 40), (0.6, 220), (0.75, 60), (1, 0)))
    image.paste((240, 230, 212), FULL, mist)
    boat = Stencil()
    boat.poly([(980, 806), (1130, 804), (1112, 826), (1002, 828)])
    boat.poly([(1050, 806), (1056, 764), (1072, 758), (1084, 768), (1088, 806)])
    boat.oval(1068, 748, 9, 11)
    boat.line([(1060, 776), (1148, 850)], 3)
    image.paste((44, 52, 58), FULL, boat.mask(0.6))
    shade = Stencil()
    shade.poly([(1000, 828), (1112, 826), (1086, 872), (1030, 872)])
    image.paste((44, 56, 66), FULL, shade.mask(6).point(lambda v: int(v * 0.6)))
    return finish(image, chance)
