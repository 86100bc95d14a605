// Numbers of the game's rules; what they were chosen by is in docs/decisions.md.

export const PLAY_MONTHS = 36;
export const WORLD = 12; // one in which silos, package and all giving end near their medians
export const TURNS_OF = [1, 2, 3, 4, 6, 9, 12]; // months a turn may hold a choice
export const MOST_ROOMS = 4;
export const MOST_LIFT = 0.3; // of target, by which a figure may be stretched

export const OWN_POINTS = 100; // for all of capacity on the own agenda
export const CARE_POINTS = 40; // for an outcome at target, to whom it is worth or answers for 1
export const WHOLE_POINTS = 100; // for all of what a body, or the centre, is after

// Plays of a game: who may talk, and what governs it ("vote": one lever, chosen by the room).
export const PLAYS = [
  { name: "silos", governance: "departmental", talk: false },
  { name: "vote", governance: "vote", talk: false },
  { name: "package", governance: "new_psa", talk: true },
];

// Levers a room is offered to vote on.
export const OFFERED = [
  "joint_targets", "lead", "data_sharing", "delivery_agreement", "pooled_budget", "delivery_unit",
  "frontline_engagement", "sanctions", "external_challenge",
];
