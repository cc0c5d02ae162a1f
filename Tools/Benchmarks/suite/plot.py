"""A bar for each engine's median, as SVG; the line across is from the least to the greatest, the mark the target."""

import math
from html import escape

from .report import number

LABELS, BARS, FIGURES, ROW = 300, 460, 110, 20


def svg(results):
    y, parts = 10, []
    for result in results:
        parts.append(text(10, y + 14, f"{result.work}: {result.unit}", weight="bold"))
        y += 24
        scale = axis(result)
        for engine in result.engines:
            parts += bar(engine, engine is result.engines[0], y, scale)
            y += ROW
        if result.target is not None:
            x = LABELS + scale(result.target)
            height = ROW * len(result.engines)
            parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y - height}" y2="{y - 2}" stroke="#c22" '
                         'stroke-width="1.5" stroke-dasharray="4 2"/>')
        y += 16
    parts.append(text(10, y + 8, "Bars have logarithmic scales, one for each work; dashed: the target."))
    width, height = LABELS + BARS + FIGURES, y + 24
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
            f'font-family="sans-serif" font-size="12"><rect width="{width}" height="{height}" fill="white"/>'
            + "\n".join(parts) + "</svg>\n")


def axis(result):
    """A logarithmic scale, from the decade below the least figure."""
    figures = [value for engine in result.engines for value in engine.values]
    if result.target is not None:
        figures.append(result.target)
    least = 10 ** (math.ceil(math.log10(min(figures))) - 1)
    span = math.log(max(figures) / least)
    return lambda value: BARS * math.log(value / least) / span


def bar(engine, ours, y, scale):
    length, middle = scale(engine.median), y + ROW / 2 - 1
    low, high = LABELS + scale(min(engine.values)), LABELS + scale(max(engine.values))
    return [
        text(LABELS - 8, y + 13, engine.name, anchor="end"),
        f'<rect x="{LABELS}" y="{y + 1}" width="{length:.1f}" height="{ROW - 4}" fill="{"#27c" if ours else "#aab"}"/>',
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{middle}" y2="{middle}" stroke="#222"/>',
        text(LABELS + BARS + 10, y + 13, number(engine.median)),
    ]


def text(x, y, content, anchor="start", weight="normal"):
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-weight="{weight}">{escape(content)}</text>'
