"""Landmarks of Vereshchyn: the ferry, the outer light and the opera house."""

from __future__ import annotations

import random

from PIL import Image, ImageChops, ImageDraw

from home.demo.canvas import (
    FULL,
    SIZE,
    WIDTH,
    Stencil,
    curve,
    dice,
    fade,
    finish,
    glow,
    gradient,
    mix,
    ridge,
)


def ferry(image: Image.Image, y: int) -> None:
    """A small car ferry with lit saloons."""
    deck = [(640, y - 64), (640, y - 122), (664, y - 132), (1096, y - 132), (1126, y - 64)]
    house = [(720, y - 132), (732, y - 182), (1010, y - 182), (1040, y - 132)]
    wheel = [(890, y - 182), (898, y - 226), (996, y - 226), (1014, y - 182)]
    panes = [
        [(x, y - 116), (x + 22, y - 116), (x + 22, y - 96), (x, y - 96)]
        for x in range(670, 1090, 36)
    ]
    panes += [
        [(x, y - 170), (x + 16, y - 170), (x + 16, y - 150), (x, y - 150)]
        for x in range(750, 1000, 28)
    ]
    panes += [[(908, y - 216), (990, y - 216), (998, y - 198), (906, y - 198)]]
    for colour, shapes in (
        (
            (30, 44, 62),
            [[(560, y - 92), (640, y - 66), (1130, y - 66), (1230, y - 98), (1190, y), (606, y)]],
        ),
        ((214, 196, 172), [deck, house, wheel]),
        (
            (150, 58, 46),
            [
                [(770, y - 182), (778, y - 244), (830, y - 244), (836, y - 182)],
                [
                    (566, y - 84),
                    (640, y - 60),
                    (1130, y - 60),
                    (1222, y - 90),
                    (1218, y - 78),
                    (1130, y - 48),
                    (640, y - 48),
                    (570, y - 72),
                ],
            ],
        ),
        (
            (40, 46, 60),
            [
                [(944, y - 226), (947, y - 300), (951, y - 300), (954, y - 226)],
                [(776, y - 232), (778, y - 246), (830, y - 246), (832, y - 232)],
            ],
        ),
        ((255, 222, 150), panes),
    ):
        pen = Stencil()
        for shape in shapes:
            pen.poly(shape)
        image.paste(colour, FULL, pen.mask(0.5))
    for x in range(680, 1100, 72):
        glow(image, x, y - 106, 44, (255, 206, 130), strength=0.5)
        glow(image, x, y + 46, 120, (255, 196, 120), strength=0.3, stretch=0.3)


def lighthouse(image: Image.Image, y: int, chance: random.Random) -> None:
    """The outer light on its skerry, its beam over the water."""
    rock, tower, bands, beam = Stencil(), Stencil(), Stencil(), Stencil()
    line = ridge(chance, y + 26, 66, 5, 760)
    rock.poly(
        [
            (px + 660, y + 26 - (y + 26 - py) * max(0, px * (760 - px) / 144400) ** 0.5)
            for px, py in line
        ]
    )
    tower.poly([(1006, y - 20), (1022, y - 330), (1082, y - 330), (1098, y - 20)])
    tower.rect(1012, y - 346, 1092, y - 330)
    tower.poly([(1026, y - 394), (1052, y - 424), (1078, y - 394)])
    for low, high in ((-110, -48), (-240, -176)):
        bands.rect(1000, y + low, 1104, y + high)
    tower.poly([(1098, y - 20), (1098, y - 66), (1140, y - 92), (1184, y - 66), (1184, y - 10)])
    beam.poly([(1052, y - 374), (1052, y - 366), (-60, y - 300), (-60, y - 520)])
    beam.poly([(1052, y - 374), (1052, y - 366), (1660, y - 310), (1660, y - 400)], 150)
    light = ImageChops.multiply(
        beam.mask(9), fade(SIZE, (0, 70), (0.65, 210), (1, 90), across=True)
    )
    image.paste((250, 226, 176), FULL, light.point(lambda v: int(v * 0.6)))
    body = gradient(
        SIZE, [(0.62, (196, 190, 184)), (0.655, (120, 126, 140)), (0.7, (54, 62, 82))], across=True
    )
    image.paste(body, (0, 0), tower.mask(0.6))
    image.paste((116, 44, 48), FULL, ImageChops.multiply(tower.mask(0.6), bands.mask()))
    image.paste((16, 20, 32), FULL, rock.mask(0.8))
    glow(image, 1052, y - 370, 330, (255, 226, 170), strength=0.8)
    glow(image, 1052, y - 370, 60, (255, 250, 230))
    glow(image, 1040, y + 150, 260, (255, 216, 150), strength=0.45, stretch=0.35)


def theatre(name: str) -> bytes:
    """The empty opera house, with one lamp left burning on the stage."""
    chance = dice(name)
    image = gradient(SIZE, [(0, (20, 13, 18)), (0.5, (58, 36, 32)), (1, (16, 10, 14))])
    folds, arch, lamp = Stencil(), Stencil(), Stencil()
    for i in range(16):
        for x, way in ((196 + i * 17, 1), (1404 - i * 17, -1)):
            folds.poly(
                [
                    (x, 90),
                    (x + way * 9, 90),
                    (x + way * (9 - i * 1.6), 610),
                    (x - way * i * 1.6, 610),
                ],
                120 + 8 * i,
            )
    image.paste(
        gradient((1240, 520), [(0, (52, 12, 18)), (0.16, (122, 34, 38)), (1, (104, 28, 32))]),
        (180, 90),
    )
    image.paste(
        gradient((680, 430), [(0, (30, 20, 24)), (0.85, (120, 84, 60)), (1, (96, 66, 48))]),
        (460, 180),
    )
    glow(image, 800, 430, 620, (255, 206, 140), strength=0.7, stretch=1.1)
    image.paste((54, 14, 22), FULL, folds.mask(1.4))
    arch.rect(0, 0, WIDTH, 130)
    for x in (0, 1400):
        arch.rect(x, 0, x + 200, 640)
    image.paste((28, 20, 24), FULL, arch.mask())
    for edge in (0, 18, 26):
        ImageDraw.Draw(image).rectangle(
            (200 - edge, 130 - edge, 1400 + edge, 700), outline=(176, 128, 76), width=3
        )
    lamp.line([(800, 606), (800, 424)], 4)
    lamp.line([(776, 608), (800, 592), (824, 608)], 4)
    image.paste((34, 22, 22), FULL, lamp.mask(0.5))
    glow(image, 800, 416, 120, (255, 232, 186))
    glow(image, 800, 416, 30, (255, 252, 240))
    for row in range(9):
        t = row / 8
        wide, y = 58 + 150 * t**1.3, 618 + 400 * t**1.25
        rim, back = Stencil(), Stencil()
        for i in range(-16, 17):
            x = 800 + (i + 0.5 * (row % 2)) * wide
            drop = y + ((x - 800) / 800) ** 2 * 46
            for pen, up in ((rim, wide * 0.05), (back, 0.0)):
                half, low = wide * 0.44, drop + wide * 1.4
                pen.poly(
                    curve(
                        [
                            (x - half, low),
                            (x - half, drop - up + wide * 0.14),
                            (x - half * 0.7, drop - up),
                            (x + half * 0.7, drop - up),
                            (x + half, drop - up + wide * 0.14),
                            (x + half, low),
                        ],
                        5,
                    )
                )
        image.paste(mix((248, 170, 112), (104, 52, 46), t), FULL, rim.mask(0.6))
        image.paste(mix((120, 36, 38), (30, 12, 20), t), FULL, back.mask(0.6))
    return finish(image, chance, vignette=130)
