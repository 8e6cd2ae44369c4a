"""Scenes of rooms: the studio, the records room, and windows seen from outside."""

from __future__ import annotations

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from home.demo.canvas import (
    FULL,
    HEIGHT,
    SIZE,
    WIDTH,
    Stencil,
    clouds,
    curve,
    dice,
    fade,
    finish,
    glow,
    gradient,
    ground,
    level,
    mix,
    veil,
)


def studio(name: str) -> bytes:
    """A mixing desk in a dim control room, sharp only in the middle."""
    chance = dice(name)
    back = 330
    top = Image.new("RGB", (2200, 1500), (34, 35, 40))
    pen = ImageDraw.Draw(top)
    strip = 68
    for i, x in enumerate(range(0, 2200, strip)):
        pen.rectangle((x + 2, 0, x + strip - 3, 1500), fill=(44, 45, 50) if i % 8 else (38, 39, 46))
        for k in range(7):
            y, hue = (
                60 + k * 98,
                ((196, 92, 66), (86, 130, 150), (202, 176, 110), (150, 152, 156))[k // 2],
            )
            pen.ellipse((x + 14, y - 18, x + 54, y + 22), fill=(16, 16, 20))
            pen.ellipse((x + 18, y - 20, x + 50, y + 12), fill=(74, 76, 82))
            pen.ellipse((x + 24, y - 15, x + 44, y + 6), fill=hue)
            pen.line(
                (x + 34, y - 4, x + 34 + chance.randint(-12, 12), y - 18),
                fill=(240, 236, 226),
                width=3,
            )
        for k, lamp in enumerate(((226, 74, 56), (240, 190, 80), (110, 200, 130))):
            on = chance.random() < 0.35
            pen.rectangle(
                (x + 10 + k * 18, 748, x + 22 + k * 18, 762), fill=lamp if on else (30, 30, 34)
            )
        pen.rectangle((x + 31, 800, x + 37, 1420), fill=(10, 10, 12))
        for tick in range(13):
            pen.line(
                (x + 16, 820 + tick * 48, x + 26, 820 + tick * 48), fill=(112, 112, 116), width=2
            )
        y = round(1120 + 150 * (((i * 7) % 11) / 11 - 0.5) + chance.gauss(0, 90))
        pen.rectangle((x + 12, y - 38, x + 60, y + 46), fill=(8, 8, 10))
        pen.rectangle(
            (x + 12, y - 42, x + 56, y + 38), fill=(196, 194, 188) if i % 8 else (178, 66, 50)
        )
        pen.rectangle((x + 12, y - 42, x + 56, y - 26), fill=(236, 234, 228))
        pen.line((x + 12, y - 2, x + 56, y - 2), fill=(30, 30, 32), width=4)
    desk = ground(top, (WIDTH, HEIGHT - back), 420, 0.5)
    image = gradient(SIZE, [(0, (20, 22, 30)), (0.3, (46, 40, 42)), (1, (20, 20, 24))])
    glow(image, 420, 120, 420, (214, 134, 70), strength=0.7, stretch=1.4)
    glow(image, 1260, 150, 360, (60, 110, 130), strength=0.6, stretch=1.4)
    glass = Stencil()
    glass.poly([(180, 40), (1420, 40), (1390, 262), (210, 262)])
    image.paste((104, 78, 58), FULL, glass.mask(7).point(lambda v: v // 2))
    player = Stencil()
    player.oval(620, 118, 24, 30)
    player.poly([(560, 262), (572, 168), (606, 148), (640, 150), (674, 172), (690, 262)])
    player.line([(980, 262), (980, 96), (880, 84)], 6)
    player.oval(866, 86, 20, 14)
    image.paste((26, 22, 26), FULL, player.mask(6))
    image.paste(desk, (0, back))
    meter = Stencil()
    meter.rect(0, 262, WIDTH, back + 4)
    image.paste((18, 19, 23), FULL, meter.mask(2))
    for i in range(52):
        loud = chance.randint(2, 8)
        for k in range(loud):
            hue = (92, 190, 130) if k < 5 else (236, 184, 76) if k < 7 else (226, 78, 58)
            x, y = 24 + i * 30, back - 8 - k * 7
            ImageDraw.Draw(image).rectangle((x, y - 4, x + 15, y), fill=hue)
        glow(image, 32 + i * 30, back - 24, 40, (70, 150, 104), strength=0.3)
    light = level(fade(SIZE, (0, 255), (0.35, 190), (0.7, 70), (1, 0), across=True), 0, 255)
    desk_only = ImageChops.multiply(light, fade(SIZE, (0.3, 0), (0.36, 255), (1, 255)))
    warm = ImageChops.multiply(image, Image.new("RGB", SIZE, (255, 214, 164)))
    image = Image.composite(ImageChops.screen(warm, warm.point(lambda v: v // 2)), image, desk_only)
    cold = ImageChops.multiply(image, Image.new("RGB", SIZE, (96, 116, 146)))
    image.paste(cold, (0, 0), fade(SIZE, (0, 0), (0.45, 20), (1, 230), across=True))
    for blur, near in ((5, ((0, 255), (0.4, 200), (0.52, 0), (1, 0))), (11, ((0.72, 0), (1, 255)))):
        soft = image.filter(ImageFilter.GaussianBlur(blur))
        image.paste(soft, (0, 0), fade(SIZE, *near))
    glow(image, 200, 480, 620, (255, 190, 120), strength=0.3, stretch=1.2)
    veil(image, (8, 8, 12), (0, 90), (0.25, 0), (0.7, 0), (1, 190))
    return finish(image, chance, vignette=120)


def ledgers(name: str) -> bytes:
    """Shelves of bound registers in a records room, lit from a window."""
    chance = dice(name)
    image = Image.new("RGB", SIZE, (26, 20, 18))
    inks = [
        (112, 48, 40),
        (52, 66, 72),
        (122, 96, 62),
        (70, 72, 52),
        (88, 64, 52),
        (150, 128, 96),
        (44, 48, 62),
    ]
    shelf = 356
    for row in range(3):
        floor = shelf * (row + 1) - 24
        x = -20.0
        while x < WIDTH:
            run = chance.randint(4, 11)
            ink, tall, wide = chance.choice(inks), chance.randint(236, 300), chance.randint(34, 62)
            gold = chance.random() < 0.65
            if chance.random() < 0.14:
                x += chance.uniform(30, 90)
            for _ in range(run):
                w = max(20, wide + chance.randint(-5, 5))
                h = tall + chance.randint(-4, 4)
                tone = mix(ink, (20, 16, 14), chance.uniform(0, 0.3))
                spine = gradient(
                    (w, h),
                    [
                        (0, mix(tone, (0, 0, 0), 0.62)),
                        (0.16, tone),
                        (0.4, mix(tone, (255, 228, 186), 0.3)),
                        (0.72, tone),
                        (1, mix(tone, (0, 0, 0), 0.72)),
                    ],
                    across=True,
                )
                pen = ImageDraw.Draw(spine)
                for share in (0.12, 0.3, 0.78, 0.9):
                    y = round(h * share)
                    pen.line(
                        (2, y, w - 3, y),
                        fill=mix(tone, (216, 178, 110) if gold else (0, 0, 0), 0.5),
                        width=2,
                    )
                    pen.line((2, y + 3, w - 3, y + 3), fill=mix(tone, (0, 0, 0), 0.5), width=2)
                if chance.random() < 0.75:
                    pen.rectangle(
                        (5, round(h * 0.36), w - 7, round(h * 0.54)), fill=(206, 190, 156)
                    )
                    for k in range(4):
                        y = round(h * (0.39 + k * 0.035))
                        pen.line(
                            (9, y, w - 12 - chance.randint(0, 9), y), fill=(92, 76, 62), width=2
                        )
                image.paste(spine, (round(x), floor - h))
                x += w
        plank = gradient((WIDTH, 30), [(0, (128, 96, 66)), (0.2, (92, 66, 46)), (1, (38, 26, 20))])
        image.paste(plank, (0, floor))
        shade = fade((WIDTH, 96), (0, 235), (1, 0))
        image.paste((10, 8, 8), (0, floor + 30, WIDTH, floor + 126), shade)
    wear = clouds(SIZE, chance, (60, 90), 4)
    image = Image.blend(image, ImageChops.overlay(image, Image.merge("RGB", [wear] * 3)), 0.28)
    beams = Stencil()
    for k in range(4):
        x = 150 + k * 250
        beams.poly([(x, -20), (x + 190, -20), (x + 720, HEIGHT + 20), (x + 500, HEIGHT + 20)])
    light = beams.mask(26)
    lit = ImageChops.multiply(image, Image.new("RGB", SIZE, (255, 224, 178)))
    dark = ImageChops.multiply(image, Image.new("RGB", SIZE, (92, 88, 104)))
    image = Image.composite(ImageChops.screen(lit, lit.point(lambda v: int(v * 0.45))), dark, light)
    soft = image.filter(ImageFilter.GaussianBlur(6))
    image.paste(soft, (0, 0), fade(SIZE, (0, 0), (0.55, 0), (1, 255), across=True))
    glow(image, 260, -60, 900, (255, 214, 150), strength=0.4, stretch=1.2)
    dust = Stencil()
    for _ in range(260):
        size = chance.uniform(0.8, 3.2)
        dust.oval(
            chance.uniform(0, WIDTH), chance.uniform(0, HEIGHT), size, size, chance.randint(30, 130)
        )
    image.paste((255, 232, 190), FULL, ImageChops.multiply(dust.mask(1.1), light))
    return finish(image, chance, vignette=110)


def windows(name: str, *, summer: bool = False) -> bytes:
    """The windows of a housing block on a winter night or a summer evening."""
    chance = dice(name)
    ends = ((214, 152, 116), (176, 108, 84)) if summer else ((30, 40, 66), (54, 52, 64))
    image = gradient(SIZE, [(0, ends[0]), (1, ends[1])])
    wall = level(clouds(SIZE, chance, (240, 420), 5), 60, 330)
    image.paste((190, 124, 94) if summer else (16, 22, 42), FULL, wall)
    seams = Stencil()
    cols, rows, cw, ch = 9, 6, 186.0, 178.0
    for i in range(cols + 1):
        seams.line([(i * cw - 36, 0), (i * cw - 36, HEIGHT)], 2, 150)
    for j in range(rows + 1):
        seams.line([(0, j * ch - 16), (WIDTH, j * ch - 16)], 2, 150)
    image.paste((132, 82, 66) if summer else (14, 18, 34), FULL, seams.mask(0.7))
    warm = [(255, 196, 112), (250, 176, 94), (255, 214, 150), (236, 150, 84), (206, 214, 220)]
    for j in range(rows):
        for i in range(cols):
            x, y = round(i * cw - 36 + 42), round(j * ch + 20)
            w, h = 104, 112
            lit = chance.random() < (0.12 if summer else 0.46)
            glass = ((84, 108, 130), (216, 190, 164)) if summer else ((34, 44, 68), (20, 26, 44))
            pane = gradient((w, h), [(0, glass[0]), (1, glass[1])])
            if lit:
                hue, dim = chance.choice(warm), chance.uniform(0.5, 1.0)
                pane = gradient(
                    (w, h),
                    [(0, mix((30, 20, 20), hue, dim)), (1, mix((30, 20, 20), hue, dim * 0.66))],
                )
                glow(
                    pane,
                    chance.uniform(20, 84),
                    chance.uniform(10, 40),
                    60,
                    (255, 236, 200),
                    strength=0.6,
                )
                ink = Stencil((w, h))
                kind = chance.random()
                if kind < 0.4:
                    edge = chance.uniform(14, 40)
                    ink.poly([(0, 0), (edge, 0), (edge * 0.6, h), (0, h)], 150)
                    ink.poly([(w, 0), (w - edge, 0), (w - edge * 0.7, h), (w, h)], 150)
                elif kind < 0.56:
                    ink.rect(0, 0, w, chance.uniform(26, 80), 130)
                if chance.random() < 0.3:
                    px, py = chance.uniform(26, 78), chance.uniform(50, 62)
                    ink.oval(px, py, 9, 11, 230)
                    ink.poly(
                        curve(
                            [
                                (px - 7, py + 11),
                                (px - 22, py + 22),
                                (px - 24, h + 8),
                                (px + 24, h + 8),
                                (px + 22, py + 22),
                                (px + 7, py + 11),
                            ],
                            6,
                        ),
                        230,
                    )
                for k in range(chance.choice((0, 0, 3))):
                    ink.oval(22 + k * 10, h - 10 - k * 3, 10, 13, 210)
                pane.paste((46, 26, 22), (0, 0, w, h), ink.mask(0.9))
            frame = ImageDraw.Draw(pane)
            frame.rectangle((0, 0, w - 1, h - 1), outline=(16, 18, 30), width=4)
            frame.line((w * 0.62, 0, w * 0.62, h), fill=(16, 18, 30), width=4)
            image.paste(pane, (x, y))
            image.paste(
                (92, 100, 124) if not lit else (150, 122, 108), (x - 6, y + h, x + w + 6, y + h + 5)
            )
            if lit:
                glow(image, x + w / 2, y + h / 2, 130, hue, strength=0.26)
    tree = Stencil()

    leaves = Stencil()

    def branch(x: float, y: float, angle: float, size: float, wide: float) -> None:
        if size < 9:
            return
        if summer and size < 60:
            leaves.oval(x, y, chance.uniform(4, 13), chance.uniform(3, 9), chance.randint(150, 255))
        ex, ey = x + math.cos(angle) * size, y - math.sin(angle) * size
        tree.line([(x, y), (ex, ey)], wide)
        for turn in (chance.uniform(0.15, 0.5), -chance.uniform(0.15, 0.5)):
            branch(ex, ey, angle + turn, size * chance.uniform(0.7, 0.86), wide * 0.68)

    for x, size in ((250, 165), (1290, 190)):
        branch(x, HEIGHT + 20, 1.57, size, size * 0.11)
    image.paste((9, 11, 20), FULL, tree.mask(0.5))
    if summer:
        image.paste((52, 66, 46), FULL, leaves.mask(0.8))
        veil(image, (255, 190, 120), (0, 90), (0.6, 30), (1, 0))
        glow(image, 1500, 60, 900, (255, 206, 140), strength=0.5)
        veil(image, (36, 30, 46), (0, 0), (0.5, 0), (1, 170))
        return finish(image, chance, vignette=110)
    glow(image, 820, 1000, 420, (255, 190, 110), strength=0.5, stretch=1.3)
    for low, high, count, blur in ((1, 2.2, 900, 0.8), (3, 6, 110, 2.6)):
        snow = Stencil()
        for _ in range(count):
            size = chance.uniform(low, high)
            snow.oval(
                chance.uniform(0, WIDTH),
                chance.uniform(0, HEIGHT),
                size,
                size,
                chance.randint(60, 200),
            )
        image.paste((226, 228, 236), FULL, snow.mask(blur))
    veil(image, (40, 48, 76), (0, 60), (0.5, 0), (1, 0))
    return finish(image, chance, vignette=120)
