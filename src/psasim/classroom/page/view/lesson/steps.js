// The steps of the lesson: one idea each, what is run, what is asked, and what the model answers.
//
// A step has
//   first      settings run before the question is asked, by name (optional)
//   wanted     settings run once the prediction is locked, by name
//   open       which of them a link opens in the sandbox
//   questions  by name, each { kind: "slider" | "choice" | "curve", ... }
//   known      what `first` gives a question: its numbers in words, and a curve's first point
//   answers    the model's answer to each question, in the question's own terms
//   told       the numbers that the texts' braces take
//   draw       figures, given what was found, the predictions and the texts

import { BUSY, LEAD, SIGHT } from "./steps_teaching.js";
import { AFTER, CHAIN, NTH } from "./steps_structure.js";
import { ELSEWHERE, LIES } from "./steps_more.js";

export const STEPS = [BUSY, NTH, AFTER, SIGHT, CHAIN, LIES, LEAD, ELSEWHERE];
