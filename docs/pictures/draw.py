"""Draws `passing.svg` and `failing.svg`: what `orchestrator-conformance run` prints, as the README shows it.

`make pictures` calls this. The commands run as a user runs them, against servers on free ports of 127.0.0.1. How often
a run polls depends on the machine: a picture is written only if more has changed than the number of requests.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from orchestrator_conformance.mutants.handmade.catalogue import list_mutants
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.reference.settings import ReferenceSettings
from rich.console import Console
from rich.text import Text

FOLDER: Final = Path(__file__).parent
COLUMNS: Final = 100
# What the pictures show in place of an address with a random port.
SHOWN_URL: Final = "http://127.0.0.1:8080/api/orchestrator"
# The misbehaving backend of the failing picture: its offset counts pages, not items.
MUTANT: Final = "OffsetCountsPages"

# The format of rich with one change: the fonts are those of the reader's machine. GitHub and package indexes block a
# picture that fetches a font.
SVG_FORMAT: Final = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
    font-size: {char_height}px;
    line-height: {line_height}px;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: system-ui, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix" xml:space="preserve">
{matrix}
</g>
</g>
</svg>
"""


def run(*arguments: str) -> str:
    """Return what `orchestrator-conformance run` prints to a colour terminal."""
    program = Path(sys.executable).with_name("orchestrator-conformance")
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    # The progress bar goes to stderr.
    done = subprocess.run(
        [program, "run", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    return re.sub(r"http://127\.0\.0\.1:\d+/api/orchestrator", SHOWN_URL, done.stdout)


def draw(name: str, command: str, printed: str) -> None:
    """Write a picture of a command and of what it printed."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.assemble(("$ ", "bold green"), (command, "bold"), "\n"))
    console.print(Text.from_ansi(printed))
    svg = console.export_svg(title=f"A {name} run", code_format=SVG_FORMAT, unique_id=name)
    path = FOLDER / f"{name}.svg"
    if not path.exists() or mask_count(path.read_text(encoding="utf-8")) != mask_count(svg):
        path.write_text(svg, encoding="utf-8")


def mask_count(svg: str) -> str:
    """Return a picture without the number of requests."""
    return re.sub(r"\d+&#160;requests", "requests", svg)


def main() -> None:
    """Draw both pictures."""
    draw("passing", "orchestrator-conformance run --embedded", run("--embedded"))
    (mutant,) = [each for each in list_mutants() if each.name == MUTANT]
    with running_server(mutant.create_app(ReferenceSettings())) as url:
        printed = run(url, "--allow-runs", "all")
    draw("failing", f"orchestrator-conformance run {SHOWN_URL} --allow-runs all", printed)


if __name__ == "__main__":
    main()
