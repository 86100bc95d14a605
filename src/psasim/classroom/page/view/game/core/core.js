// The game without a screen: through its imports, all of it.  A server or a test starts here.

import { debriefOf } from "./debrief.js";
import { applyMessage, replayGame, startGame, statusOf } from "./game.js";
import { seating } from "./seats.js";
import { sheetOf } from "./sheet.js";

export const CORE = {
  startGame, applyMessage, replayGame, statusOf, sheetOf, debriefOf, seating,
};
