// Parameters and levers of one package, each number by its declared name.

export const LEVERS = GIVEN.declarations.levers;
const PARAMETERS = GIVEN.declarations.parameters;

// What was set: parameters by name, levers by name and field; the rest is at its default.
export class Settings {
  constructor(parameters, governance) {
    this.parameters = Object.fromEntries(
      PARAMETERS.map((item) => [item.name, parameters[item.name] ?? item.default]));
    this.governance = Object.fromEntries(LEVERS.map((lever) => [lever.name, Object.fromEntries(
      lever.fields.map((field) => [field.name,
        governance[lever.name]?.[field.name] ?? field.default]))]));
  }

  parameter(name) {
    if (!(name in this.parameters)) throw new Error(`no parameter ${name}`);
    return this.parameters[name];
  }

  field(lever, field) {
    return this.governance[lever][field];
  }

  usual(lever, field) {
    return LEVERS.find((item) => item.name === lever).fields
      .find((item) => item.name === field).default;
  }

  strength(lever) {
    return this.field(lever, "strength");
  }

  // Strength of one clause of the delivery agreement.
  clause(field) {
    return this.strength("delivery_agreement") * this.field("delivery_agreement", field);
  }

  // Part of what partners hide that data sharing opens: it takes means and will.
  opened() {
    const able = 1 - this.parameter("technical_barrier")
      * (1 - this.field("data_sharing", "technical"));
    const willing = 1 - this.parameter("willing_barrier")
      * (1 - this.field("data_sharing", "willingness"));
    return this.strength("data_sharing") * (able * willing);
  }

  // Power of a board of officials: seniority, follow-up and how often it meets.
  board() {
    const lever = "official_leadership";
    const often = this.field(lever, "frequency") / this.usual(lever, "frequency");
    const decisive = this.field(lever, "seniority") * this.field(lever, "follow_up");
    return this.strength(lever) * decisive * often;
  }

  // How much of a lever's declared cost its fields call for, times its strength.
  extent(lever, outcomes) {
    const strength = this.strength(lever);
    if (lever === "official_leadership") {
      return strength * this.field(lever, "frequency") / this.usual(lever, "frequency");
    }
    if (lever === "stocktakes") {
      return strength * this.usual(lever, "period") / this.field(lever, "period");
    }
    if (lever === "delivery_unit") {
      return strength * Math.min(1, this.field(lever, "targets") / outcomes);
    }
    return strength;
  }

  // Sum of all levers' `money`.
  money(outcomes) {
    let total = 0;
    for (const lever of LEVERS) total += lever.money * this.extent(lever.name, outcomes);
    return total;
  }
}
