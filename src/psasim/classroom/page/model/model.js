// The model: what a page or a test asks of it.

import { exp, expm1, log, log1p } from "./mechanisms/elementary.js";
import { normalQuantile } from "./mechanisms/normal.js";
import { draw } from "./month/draws.js";
import { Digest } from "./results/digest.js";
