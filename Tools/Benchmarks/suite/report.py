"""Tables, in Markdown and JSON."""

import json
import os
import platform


def number(value):
    """Three significant figures, thousands apart."""
    if value >= 100:
        digits = max(0, len(str(int(value))) - 3)
        return f"{round(value / 10**digits) * 10**digits:,}"
    return f"{value:.3g}"


def spread(values, median):
    return f"{number(median)} ({number(min(values))}–{number(max(values))})"


def ratio(result, engine):
    """Our figure as a multiple of the peer's."""
    return f"{number(result.engines[0].median / engine.median)} ×"


def target(result):
    if result.target is None:
        return "–"
    bound = ("≤ " if result.lower_is_better else "≥ ") + number(result.target)
    return f"{bound}: {'met' if result.met else 'MISSED'}"


def markdown(result):
    """A table for a work, ours first."""
    lines = [
        f"### {result.work}", "", f"{result.unit}, median (least–greatest); {result.equality}.", "",
        "| engine | level | figure | ours ÷ its | peak memory | target |", "|---|---|--:|--:|--:|---|",
    ]
    for engine in result.engines:
        ours = engine is result.engines[0]
        memory = f"{engine.peak / 1e6:,.0f} MB" if engine.peak else "–"
        lines.append(
            f"| {engine.name} | {engine.level} | {spread(engine.values, engine.median)} "
            f"| {'–' if ours else ratio(result, engine)} | {memory} | {target(result) if ours else '–'} |"
        )
    if result.note:
        lines += ["", result.note]
    return "\n".join(lines) + "\n"


def host():
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            return f"{line.split(':')[1].strip()}, {os.cpu_count()} processors, {platform.release()}"
    return platform.platform()


def write(folder, results, scaling, options):
    """`benchmarks.md` and `benchmarks.json`."""
    head = f"# Benchmarks\n\n{host()}; {options.rounds} rounds, one processor.\n\n"
    (folder / "benchmarks.md").write_text(head + "\n".join(map(markdown, results)) + "\n" + scaling.text)
    (folder / "benchmarks.json").write_text(json.dumps({
        "host": host(), "rounds": options.rounds, "scaling": scaling.fits,
        "works": [
            {
                "work": result.work, "unit": result.unit, "equality": result.equality, "target": result.target,
                "lowerIsBetter": result.lower_is_better, "met": result.met,
                "engines": [
                    {
                        "name": engine.name, "level": engine.level, "values": engine.values, "median": engine.median,
                        "peakBytes": engine.peak or None,
                    }
                    for engine in result.engines
                ],
            }
            for result in results
        ],
    }, indent=2, ensure_ascii=False) + "\n")
