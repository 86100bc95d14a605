// Seats: who sits where.  A seat is a role in a room, never a name.
//
// A seat's key says what it decides:
//   "Wellbeing"          a department: effort and figures
//   "Wellbeing/effort"   the half of a pair that posts people
//   "Wellbeing/figures"  the half that publishes
//   "Councils"           a delivery body
//   "centre"             the centre
// What no seat decides the model's own agents do.

export const CENTRE_SEAT = "centre";

const HALVES = ["effort", "figures"];

// Seat of a key: kind department, effort, figures, body or centre; key and row of whom it acts for.
export function seatOf(layout, key) {
  if (key === CENTRE_SEAT) return { seat: key, kind: "centre", of: CENTRE_SEAT, row: 0 };
  const { departments, bodies } = layout.facts;
  const [of, half, more] = String(key).split("/");
  const department = departments.key.indexOf(of);
  if (department >= 0 && more === undefined && (half === undefined || HALVES.includes(half))) {
    return { seat: key, kind: half ?? "department", of, row: department };
  }
  const body = half === undefined && bodies.key ? bodies.key.indexOf(of) : -1;
  return body >= 0 ? { seat: key, kind: "body", of, row: body } : null;
}

// What a seat decides, each by a key that no two seats of a room may share.
export function decides({ kind, of, seat }) {
  if (kind === "department") return HALVES.map((half) => `${of}/${half}`);
  return [seat];
}

// Keys of seats for so many people round one table or two: all departments first, as pairs where
// there are twice as many people, then bodies and the centre.  `{ rooms, seats }`.
export function seating(layout, people) {
  const { departments, bodies } = layout.facts, number = departments.key.length;
  const others = [...bodies.key ?? [], CENTRE_SEAT], rooms = people > 15 ? 2 : 1;
  const each = Math.ceil(people / rooms);
  const paired = Math.max(0, Math.min(number, each - number - others.length));
  const alone = each >= 2 * number && rooms === 1 ? number : paired;
  const seats = departments.key.flatMap((key, d) =>
    (d < alone ? HALVES.map((half) => `${key}/${half}`) : [key]));
  return { rooms, seats: [...seats, ...others].slice(0, Math.max(each, seats.length)) };
}

// A seat's role in words, as the scenario has them.
export function nameOf(layout, { kind, row }) {
  if (kind === "centre") return "";
  const { name, key } = kind === "body" ? layout.facts.bodies : layout.facts.departments;
  return name[row] || key[row];
}
