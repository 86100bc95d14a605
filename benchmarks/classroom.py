"""`python -m benchmarks.classroom`: from a move of a lever to the painted picture, in Chromium.

Each time is given beside a fixed loop that is timed in the same page, as a ratio, since machines
differ: the first picture (25 worlds) and all 200 worlds, median and worst of twenty moves.  Then a
room's server under twenty players (`room.py`).
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from benchmarks import room
from psasim.classroom.export import page
from psasim.scenario import load_scenario, scenario_names
from tests.classroom.chromium import visit

MOVES = 20
SCENARIOS = ("teaching", "child_obesity", "csr2007")

TASK = """
output.ready = await page.value(
  "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd");
output.moves = await page.value(`(async () => {
  const loop = () => { const from = performance.now(); let x = 0;
    for (let i = 0; i < 2e7; i++) x = x * 0.999 + i; return performance.now() - from + x * 0; };
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const lever = document.getElementById("lever-sanctions");
  const charts = document.getElementById("charts");
  const found = [];
  for (let n = 0; n < MOVES; n++) {
    const fixed = loop();
    let first = 0;
    const seen = new MutationObserver(async () => {
      const at = performance.now();
      if (first === 0) { first = at; await painted(); first = performance.now(); }
    });
    seen.observe(charts, { childList: true });
    const from = performance.now();
    lever.value = (n % 20 + 1) / 20;
    lever.dispatchEvent(new Event("input", { bubbles: true }));
    while (document.body.getAttribute("aria-busy") === "true" || first === 0) await painted();
    found.push([fixed, first - from, performance.now() - from]);
    seen.disconnect();
  }
  return found;
})()`);
""".replace("MOVES", str(MOVES))


def main() -> None:
    """Print a line for each scenario."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "page.html"
        file.write_text(page({n: load_scenario(n) for n in scenario_names()}), encoding="utf-8",
                        newline="\n")
        print("scenario        first picture (ms, loops)     all 200 worlds (ms, loops)   loop ms")
        for scenario in SCENARIOS:
            moves = visit(file, TASK, folder, f"sandbox&{scenario}&new_psa")["moves"]
            loop = median(fixed for fixed, _, _ in moves)
            told = [
                f"{middle:5.0f} worst {max(times):5.0f} ({middle / loop:4.1f})"
                for times in ([first for _, first, _ in moves], [every for *_, every in moves])
                for middle in [median(times)]
            ]
            print(f"{scenario:<15} {told[0]:<29} {told[1]:<28} {loop:5.0f}")
    room.main()


if __name__ == "__main__":
    main()
