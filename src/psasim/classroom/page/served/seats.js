// How a seat of a room is called, by what the facilitator's page told of all.

export function seatWords({ names = {} }, room, seat) {
  return names[`${room}/${seat}`] ?? `${seat} ${room + 1}`;
}
