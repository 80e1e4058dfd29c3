"""Measures the stages of the pipeline in a separate process: `python -m ... stages DOCUMENT`."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from orchestrator_codegen import pipeline
from orchestrator_codegen.emit import package

from ..measuring.peers import ROOT

# The functions of each stage, by their names in the pipeline.
_STAGES: Final = {
    "load": ("load",),
    "repair": ("repair_document", "drop_defaults"),
    "validate": ("validate",),
    "parse": ("name_operations", "parse", "find_error_shape"),
    "models": ("emit_models",),
    "client and server": ("emit_package",),
    "docs": ("read_ownership", "find_model_kinds", "build_reference", "emit_docs"),
    "format": ("format_python",),
}
# The first of these runs within the second.
_NESTED: Final = ("models", "client and server")
_TINY: Final = '{"openapi": "3.1.0", "info": {"title": "a", "version": "1"}, "paths": {},\
 "components": {"schemas": {"A": {"type": "object"}}}}'


def measure_stages(spec: Path) -> dict[str, float]:
    """Return the CPU seconds of each stage for the document at `spec`, measured in a fresh process."""
    command = [sys.executable, "-m", f"{__package__}.stages", str(spec)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{spec} failed:\n{done.stderr}")
    took: dict[str, float] = json.loads(done.stdout)
    return took


def main(spec: Path) -> None:
    took = dict.fromkeys(_STAGES, 0.0)
    for stage, names in _STAGES.items():
        for name in names:
            module = package if name == "emit_models" else pipeline
            setattr(module, name, _time(getattr(module, name), stage, took))
    tiny = ROOT / "build" / "benchmarks" / "tiny.json"
    tiny.parent.mkdir(parents=True, exist_ok=True)
    tiny.write_text(_TINY)
    pipeline.generate_output(tiny, "tiny")  # triggers the late imports
    took |= dict.fromkeys(_STAGES, 0.0)
    pipeline.generate_output(spec, "package")
    inner, outer = _NESTED
    took[outer] -= took[inner]
    print(json.dumps(took))


def _time(function: Callable[..., Any], stage: str, took: dict[str, float]) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        started = _read_cpu()
        try:
            return function(*arguments, **named)
        finally:
            took[stage] += _read_cpu() - started

    return timed


def _read_cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main(Path(sys.argv[1]))
