"""The page's script in Node: a task in JavaScript over arrays, which come back as they are."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from psasim.classroom.given import compact
from psasim.classroom.given import given as everything
from psasim.classroom.script import script

ENTRY = "model/model.js"

_BEFORE = """
const fs = require("node:fs");
const folder = process.argv[2];
const input = JSON.parse(fs.readFileSync(folder + "/input.json", "utf8"));
function array(name) {
  const bytes = fs.readFileSync(folder + "/" + name);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
function keep(name, values) {
  fs.writeFileSync(folder + "/out." + name, Buffer.from(values.buffer, values.byteOffset,
    values.byteLength));
}
"""
_AFTER = """
if (output !== undefined) fs.writeFileSync(folder + "/output.json", JSON.stringify(output));
"""


@cache
def model() -> str:
    """The model's script, as `psasim`."""
    return script(ENTRY, compact(everything()))


def run(
    task: str, given: Any = None, arrays: Mapping[str, NDArray] | None = None,
    source: str | None = None,
) -> tuple[Any, dict[str, NDArray[np.float64]]]:
    """What `task` puts into `output`, and the arrays it keeps by `keep(name, values)`.

    It finds `given` in `input` and an array of `arrays` by `array(name)`; a task that is
    done only later writes `output.json` itself, with `output` undefined till then.  source: the
    script, the model's unless another is given.  Fails, never skips, where Node is missing.
    """
    node = shutil.which("node")
    assert node is not None, "Node 20 or newer is needed for the tests of the page (-m browser)"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "input.json").write_text(json.dumps(given), encoding="utf-8")
        for key, values in (arrays or {}).items():
            (folder / key).write_bytes(np.ascontiguousarray(values, dtype="<f8").tobytes())
        text = f"{source or model()}{_BEFORE}let output = null;\n{task}\n{_AFTER}"
        (folder / "task.cjs").write_text(text, encoding="utf-8")
        done = subprocess.run([node, str(folder / "task.cjs"), name], capture_output=True,
                              text=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr[-3000:]
        kept = {path.name[4:]: np.fromfile(path, dtype="<f8") for path in folder.glob("out.*")}
        output = json.loads((folder / "output.json").read_text(encoding="utf-8"))
    return output, kept


def differing(found: NDArray, expected: NDArray) -> int:
    """Numbers whose bits differ; what is not a number is one and the same."""
    assert found.size == expected.size
    one, other = (np.ascontiguousarray(v, dtype=np.float64).ravel() for v in (found, expected))
    same = (one.view(np.uint64) == other.view(np.uint64)) | (np.isnan(one) & np.isnan(other))
    return int(np.count_nonzero(~same))
