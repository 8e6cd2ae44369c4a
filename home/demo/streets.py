"""Scenes in the city: the tram street and the court."""

from __future__ import annotations

import itertools
import math

from PIL import Image, ImageChops, ImageDraw

from home.demo.canvas import (
    BICUBIC,
    FULL,
    HEIGHT,
    SIZE,
    WIDTH,
    Point,
    Stencil,
    clouds,
    curve,
    dice,
    finish,
    glow,
    gradient,
    ground,
    level,
    mirror,
    mix,
    veil,
)


def tram(name: str) -> bytes:
    """A tram coming down a wet street at night."""
    chance = dice(name)
    horizon, eye = 520, 880
    image = gradient(
        SIZE, [(0, (16, 22, 40)), (0.3, (36, 44, 66)), (0.48, (92, 84, 88)), (1, (20, 24, 34))]
    )
    glow(image, eye, horizon, 520, (214, 150, 92), strength=0.5, stretch=1.1)
    for far in range(6, -1, -1):
        house, lights = Stencil(), Stencil()
        near, end = 90 * 1.62**far, 90 * 1.62 ** (far + 1)
        for side in (-1, 1):
            tall = chance.uniform(0.72, 1.05)
            corners = (
                (near, near * 0.14),
                (near, -near * tall),
                (end, -end * tall),
                (end, end * 0.14),
            )
            house.poly([(eye + side * x, horizon + y) for x, y in corners])
            for floor in range(1, 6):
                for bay in range(4):
                    x0, x1 = near * 1.62 ** ((bay + 0.25) / 4), near * 1.62 ** ((bay + 0.7) / 4)
                    if chance.random() > 0.34 or x0 > 1000:
                        continue
                    a, b = tall * floor / 6.2, tall * (floor + 0.55) / 6.2
                    pane = ((x0, x0 * a), (x1, x1 * a), (x1, x1 * b), (x0, x0 * b))
                    lights.poly(
                        [(eye + side * x, horizon - y) for x, y in pane], chance.randint(90, 255)
                    )
        image.paste(mix((60, 58, 70), (16, 18, 28), far / 6), FULL, house.mask(0.6))
        image.paste((236, 178, 104), FULL, lights.mask(0.8 + far * 0.7))
    discs = Image.new("RGB", SIZE)
    hues = [(255, 178, 92), (255, 206, 140), (240, 110, 64), (150, 186, 190), (255, 226, 190)]
    for _ in range(74):
        spread = chance.gauss(0, 1)
        x = eye + spread * 330
        y = horizon - 10 - abs(chance.gauss(0, 80)) - abs(spread) * 30
        size = 4 + abs(spread) * 13 * chance.uniform(0.4, 1.5)
        pen = Stencil((80, 80))
        pen.oval(40, 40, min(38, size), min(38, size), 130)
        pen.oval(40, 40, min(36, size * 0.84), min(36, size * 0.84), 92)
        dot = Image.new("RGB", (80, 80))
        dot.paste(chance.choice(hues), (0, 0, 80, 80), pen.mask(0.8))
        box = (round(x) - 40, round(y) - 40, round(x) + 40, round(y) + 40)
        discs.paste(ImageChops.screen(discs.crop(box), dot), box[:2])
    image = ImageChops.screen(image, discs)
    car = Stencil()
    tx, ty, w, h = 806, 540, 74, 158
    car.poly(
        curve(
            [
                (tx - w, ty),
                (tx - w, ty - h * 0.9),
                (tx - w * 0.8, ty - h),
                (tx + w * 0.8, ty - h),
                (tx + w, ty - h * 0.9),
                (tx + w, ty),
            ],
            8,
        )
    )
    car.poly([(tx + w, ty - h * 0.86), (eye - 8, horizon - 62), (eye - 8, horizon), (tx + w, ty)])
    car.line([(tx, ty - h), (tx + 26, ty - h - 26), (tx - 6, ty - h - 50)], 2.5)
    image.paste((36, 32, 40), FULL, car.mask(0.6))
    coat = Stencil()
    coat.rect(tx - w, ty - h * 0.42, tx + w, ty - h * 0.12)
    image.paste((148, 40, 38), FULL, coat.mask(0.8))
    glass = Stencil()
    glass.rect(tx - w * 0.84, ty - h * 0.84, tx + w * 0.84, ty - h * 0.46)
    image.paste((244, 206, 140), FULL, glass.mask(1.2))
    inside = Stencil()
    inside.oval(tx - 26, ty - h * 0.6, 12, 14)
    inside.poly(
        [
            (tx - 50, ty - h * 0.46),
            (tx - 40, ty - h * 0.53),
            (tx - 12, ty - h * 0.53),
            (tx - 2, ty - h * 0.46),
        ]
    )
    inside.rect(tx - 2, ty - h * 0.84, tx + 1, ty - h * 0.46)
    image.paste((70, 48, 40), FULL, inside.mask(0.8))
    mirror(image, horizon + 20, chance, ripple=7, smear=34, squeeze=0.9)
    street = (WIDTH, HEIGHT - horizon - 20)
    wet = ground(clouds((1800, 1200), chance, (70, 40), 5), street, 60, 0.2)
    image.paste(
        (12, 15, 24),
        (0, horizon + 20, *SIZE),
        level(wet, 40, 220).point(lambda v: 24 + int(v * 0.62)),
    )
    rails, gleam = Stencil(), Stencil()
    for offset in (-330, -70, 300, 560):
        for pen, wide in ((rails, 15.0), (gleam, 5.0)):
            foot = (eye - 120 + offset * 1.7, HEIGHT + 10)
            mid = (eye - 30 + offset * 0.36, horizon + 190)
            top = (eye - 8 + offset * 0.016, horizon + 20)
            path = curve([top, mid, foot], 24, closed=False)
            for i, (x, y) in enumerate(path[1:]):
                share = (y - horizon) / 560
                pen.line([path[i], (x, y)], 0.8 + wide * share)
    image.paste((10, 12, 18), FULL, rails.mask(1))
    shine = gradient(SIZE, [(0, (255, 220, 160)), (0.6, (250, 196, 128)), (1, (112, 118, 136))])
    image.paste(shine, (0, 0), gleam.mask(0.8).point(lambda v: int(v * 0.9)))
    for dx in (-46, 46):
        glow(image, tx + dx, ty - 16, 130, (255, 232, 190), strength=0.95)
        glow(image, tx + dx, ty + 130, 90, (255, 214, 150), strength=0.55, stretch=0.4)
    glow(image, tx, ty - h * 0.66, 210, (255, 196, 120), strength=0.4)
    wires = Stencil()
    wires.line([(0, 90), (tx - 6, ty - h - 50), (eye, horizon - 70)], 1.5)
    wires.line([(WIDTH, 20), (eye + 6, horizon - 80)], 1.5)
    wires.line([(120, 250), (1600, 200)], 1.2)
    image.paste((10, 12, 20), FULL, wires.mask(0.4))
    rain = Stencil()
    for _ in range(620):
        x, y, size = (
            chance.uniform(0, WIDTH + 80),
            chance.uniform(-60, HEIGHT),
            chance.uniform(12, 46),
        )
        rain.line([(x, y), (x - size * 0.16, y + size)], 0.7, chance.randint(20, 90))
    image.paste((214, 208, 206), FULL, rain.mask(0.5))
    return finish(image, chance, vignette=110)


def courthouse(name: str) -> bytes:
    """The colonnade of the court in low sun, with one person waiting."""
    chance = dice(name)
    image = gradient(
        SIZE,
        [
            (0, (112, 132, 152)),
            (0.4, (204, 190, 168)),
            (0.65, (255, 222, 170)),
            (1, (120, 100, 86)),
        ],
    )
    px, py = 1240, 690

    def at(x: float, up: float, z: float) -> Point:
        return px - x / z, py - up / z

    town = Stencil()
    for i in range(40):
        x = 1180 + i * 14
        town.rect(x, py - chance.uniform(14, 46), x + 15, py + 60)
    town.poly([(1412, py - 40), (1420, py - 120), (1428, py - 40)])
    image.paste((190, 158, 132), FULL, town.mask(1.5))
    floor, wall, joints = Stencil(), Stencil(), Stencil()
    floor.poly([at(1500, -330, 0.7), at(-700, -330, 0.7), at(-700, -330, 12), at(1500, -330, 12)])
    wall.poly([at(1500, -330, 0.7), at(1500, -330, 12), at(1500, 640, 12), at(1500, 640, 0.7)])
    image.paste(
        gradient(SIZE, [(0.6, (226, 188, 142)), (0.8, (198, 162, 124)), (1, (128, 104, 86))]),
        (0, 0),
        floor.mask(),
    )
    image.paste(
        gradient(
            SIZE, [(0, (92, 76, 70)), (0.5, (146, 120, 98)), (1, (206, 168, 128))], across=True
        ),
        (0, 0),
        wall.mask(),
    )
    for i in range(-6, 14):
        joints.line([at(i * 120, -330, 0.7), at(i * 120, -330, 12)], 1)
        joints.line([at(1500, -330 + i * 70, 0.7), at(1500, -330 + i * 70, 12)], 1)
    for i in range(32):
        z = 0.85 * 1.09**i
        joints.line([at(1500, 640, z), at(1500, -330, z), at(-700, -330, z)], 1)
    both = ImageChops.lighter(floor.mask(), wall.mask())
    image.paste(
        (84, 68, 62), FULL, ImageChops.multiply(joints.mask(0.5), both).point(lambda v: v // 2)
    )
    doors = Stencil()
    for i in range(7):
        z = 1.14 * 1.32**i
        a, b, c, d = (
            at(1500, up, far)
            for up, far in ((-330, z), (330, z), (330, z * 1.13), (-330, z * 1.13))
        )
        doors.poly([a, b, c, d])
    image.paste((44, 36, 38), FULL, doors.mask(1))
    sun = Stencil()
    for i in range(9):
        z = 1.32**i * 1.02
        sun.poly(
            [
                at(1500, -330, z * 0.87),
                at(1500, 250, z * 0.8),
                at(1500, 250, z * 0.96),
                at(1500, -330, z * 1.03),
            ]
        )
    image.paste(
        (255, 206, 140), FULL, ImageChops.multiply(sun.mask(3), wall.mask()).point(lambda v: v // 3)
    )
    depths = [1.0 * 1.32**i for i in range(9)][::-1]
    shade = Stencil()
    for z in depths:
        a, b = at(560, -330, z), at(560, -330, z * 1.1)
        shade.poly([a, at(1500, -330, z * 0.92), at(1500, -330, z * 1.02), b])
    image.paste(
        (66, 54, 58),
        FULL,
        ImageChops.multiply(shade.mask(2), floor.mask()).point(lambda v: int(v * 0.72)),
    )
    bar = Image.new("RGB", (220, 8))
    tones = [
        (0.0, (44, 40, 48)),
        (0.35, (96, 82, 76)),
        (0.7, (196, 160, 122)),
        (0.88, (255, 226, 178)),
        (1.0, (206, 166, 124)),
    ]
    for x in range(220):
        angle = math.asin(x / 110 - 1 if abs(x / 110 - 1) <= 1 else 1)
        flute = 0.5 + 0.5 * math.cos(angle * 22)
        stop = max(0.0, min(1.0, x / 219))
        tone = tones[0][1]
        for (s0, c0), (s1, c1) in itertools.pairwise(tones):
            if s0 <= stop <= s1:
                tone = mix(c0, c1, (stop - s0) / (s1 - s0))
        tone = mix(tone, (40, 34, 40), 0.34 * flute)
        ImageDraw.Draw(bar).line((x, 0, x, 8), fill=tone)
    for z in depths:
        foot, head = at(560, -330, z), at(560, 640, z)
        wide = 160 / z
        tall = round(foot[1] - head[1])
        column = bar.resize((round(wide), max(2, tall)), BICUBIC)
        away = max(0.0, min(0.5, (z - 1) * 0.085))
        column = Image.blend(column, Image.new("RGB", column.size, (226, 190, 148)), away)
        image.paste(column, (round(foot[0] - wide / 2), round(head[1])))
        for y, grow, high in (
            (foot[1] - 30 / z, 1.16, 36),
            (foot[1], 1.3, 34),
            (head[1], 1.22, 44),
        ):
            slab = bar.resize((round(wide * grow), max(2, round(high / z))), BICUBIC)
            slab = Image.blend(
                slab, Image.new("RGB", slab.size, (206, 170, 130)), 0.25 + away * 0.6
            )
            image.paste(slab, (round(foot[0] - wide * grow / 2), round(y)))
    soffit, face = Stencil(), Stencil()
    soffit.poly([at(1500, 640, 0.7), at(1500, 640, 12), at(450, 640, 12), at(450, 640, 0.7)])
    face.poly([at(450, 640, 0.7), at(450, 640, 12), at(450, 1000, 12), at(450, 1000, 0.7)])
    lines = Stencil()
    for up in (720, 740, 900):
        lines.line([at(450, up, 0.7), at(450, up, 12)], 1.6)
    image.paste(
        gradient(
            SIZE, [(0, (50, 44, 48)), (0.7, (112, 92, 80)), (1, (190, 156, 120))], across=True
        ),
        (0, 0),
        soffit.mask(0.6),
    )
    image.paste(
        gradient(
            SIZE, [(0, (188, 152, 116)), (0.5, (232, 192, 142)), (1, (255, 224, 174))], across=True
        ),
        (0, 0),
        face.mask(0.6),
    )
    image.paste((120, 94, 74), FULL, lines.mask(0.6).point(lambda v: v // 2))
    person, shadow = Stencil(), Stencil()
    x, y = at(250, -330, 2.2)
    s = 1.25
    person.oval(x, y - 118 * s, 9 * s, 11 * s)
    person.poly(
        curve(
            [
                (x - 8 * s, y - 106 * s),
                (x - 21 * s, y - 94 * s),
                (x - 25 * s, y - 30 * s),
                (x + 25 * s, y - 30 * s),
                (x + 20 * s, y - 94 * s),
                (x + 8 * s, y - 106 * s),
            ],
            6,
        )
    )
    person.rect(x - 14 * s, y - 36 * s, x - 2 * s, y)
    person.rect(x + 3 * s, y - 36 * s, x + 14 * s, y)
    person.rect(x - 42 * s, y - 38 * s, x - 22 * s, y - 20 * s)
    shadow.poly([(x - 14, y), (x + 16, y), (x - 330, y + 36), (x - 400, y + 30)])
    image.paste((62, 50, 54), FULL, shadow.mask(2.5).point(lambda v: int(v * 0.7)))
    image.paste((40, 36, 44), FULL, person.mask(0.5))
    glow(image, 1680, 420, 900, (255, 214, 150), strength=0.75)
    veil(image, (255, 220, 170), (0, 0), (0.5, 10), (0.66, 40), (0.8, 0), (1, 0))
    return finish(image, chance)
