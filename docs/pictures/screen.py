#!/usr/bin/env python3
"""Draws a terminal screen as a PNG: tmux capture-pane -e -p | screen.py OUT.png

Needs Pillow, pyte and the DejaVu Sans Mono font (Debian: fonts-dejavu-core). Used for the pictures in the docs, so
that they show what a terminal really got.
"""
import sys

import pyte
from PIL import Image, ImageDraw, ImageFont

FONTS = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono%s.ttf"
SIZE, PAD = 18, 18
INK, PAPER = "d8d2c8", "17150f"
NAMED = {
    "black": "17150f", "red": "cf5b4e", "green": "5fa05a", "brown": "d0821e", "blue": "4f8ab8",
    "magenta": "a86f9f", "cyan": "4f8ab8", "white": "d8d2c8", "brightblack": "858078",
}


def colour(name, default):
    return "#" + (default if name == "default" else NAMED.get(name, name if len(name) == 6 else default))


def main():
    lines = sys.stdin.read().rstrip("\n").split("\n")
    columns = int(sys.argv[2]) if len(sys.argv) > 2 else 80
    screen = pyte.Screen(columns, len(lines))
    pyte.Stream(screen).feed("\r\n".join(lines))
    fonts = {bold: ImageFont.truetype(FONTS % ("-Bold" if bold else ""), SIZE) for bold in (False, True)}
    width = fonts[False].getlength("M")
    height = SIZE + 5
    image = Image.new("RGB", (int(columns * width) + 2 * PAD, len(lines) * height + 2 * PAD), "#" + PAPER)
    draw = ImageDraw.Draw(image)
    for y in range(len(lines)):
        for x in range(columns):
            cell = screen.buffer[y][x]
            ink, paper = colour(cell.fg, INK), colour(cell.bg, PAPER)
            if cell.reverse:
                ink, paper = paper, ink
            at = (PAD + x * width, PAD + y * height)
            if paper != "#" + PAPER:
                draw.rectangle([at, (at[0] + width, at[1] + height)], fill=paper)
            draw.text(at, cell.data, font=fonts[cell.bold], fill=ink)
            if cell.underscore:
                draw.line([(at[0], at[1] + height - 3), (at[0] + width, at[1] + height - 3)], fill=ink)
    image.save(sys.argv[1])


main()
