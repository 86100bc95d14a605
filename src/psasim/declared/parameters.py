"""The parameter table: every number of the model that is not a fact of a scenario.

`moves` names the coefficient, state or measure the parameter moves nearest and
`direction` the sign; `context` names the package in which it is live.  Ranges are
the ones a sampler uses; hard bounds are what the model accepts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from psasim.declared.declare import Assumption, Grade, Heading, Quantity, Source
from psasim.declared.names import checked_values, table

MODELS = Heading.DELIVERY_MODELS
LEAD = Heading.LEADERSHIP
KNOW = Heading.KNOWLEDGE
TOGETHER = Heading.WORKING_TOGETHER
DATA = Heading.TOOLS_AND_DATA

FRACTION = "fraction"
PER_MONTH = "per month"
EFFORT = "department-month per month"



def _guess(why: str, impact: Grade = Grade.AMBER, quality: Grade = Grade.RED) -> Assumption:
    return Assumption(why, quality=quality, impact=impact)


_STARTING = "Starting value of the design prototype; no published estimate found."
_LEVEL = "Sets the level of delivery, not the sign of contrasts; found by search in the prototype."

_OFFICIALS = Source("hc75", "House of Commons, HC 75, survey of 229 officials on sharing data: "
                    "63 % name technical barriers, 62 % unwillingness (ministers 45 %, churn 39 %)")

_TABLE = (
    # The stake
    Quantity("mission_level", "stake", 0.65, 0.4, 0.9, TOGETHER, _guess(_LEVEL, Grade.RED),
             "Typical value a department puts on an outcome for its own mission, beside the "
             "centre's value of 1.", "w", 0, 2, moves="attainment", direction=1),
    Quantity("mission_spread", "log standard deviation", 0.65, 0.4, 0.9, TOGETHER,
             _guess("Own missions differ; a lognormal spread keeps stakes from being alike."),
             "Spread of own-mission values over contributions (requirement R8).", "sigma_w", 0, 2,
             moves="mix_loss", direction=1),
    Quantity("substitution", FRACTION, 0.3, 0.2, 0.4, LEAD,
             Assumption("Cost of effort shared between tasks (Holmstrom & Milgrom 1991); the size "
                        "is a prototype value.", Grade.RED, Grade.RED),
             "How far effort on one task raises the cost of effort on the others.", "g", 0, 0.5,
             moves="silo_index", direction=1),
    Quantity("own_size", "department-month per unit of capacity", 0.66, 0.55, 0.75, TOGETHER,
             _guess(_STARTING, Grade.RED), "Size of a department's own agenda.", "m_0/K", 0, 2,
             moves="silo_index", direction=1),
    Quantity("inertia", PER_MONTH, 0.15, 0.08, 0.18, TOGETHER, _guess(_STARTING),
             "Part of the way from last month's effort to the chosen effort moved in a month.",
             "lambda", 0.001, 1, moves="attainment", direction=0),
    Quantity("release", PER_MONTH, 0.5, 0.3, 0.8, TOGETHER,
             Source("hamermesh96", "Hamermesh & Pfann (1996), Journal of Economic Literature 34: "
                    "costs of adjustment are asymmetric (direction; the size is assumed)"),
             "Part of the way from last month's effort to a lower choice moved in a month, no less "
             "than inertia.", "release", 0, 1, moves="overshoot", direction=-1),
    Quantity("urgency", "per unit of shortfall", 2, 1, 3, LEAD, _guess(_STARTING),
             "Rise of need for each unit behind plan.", "u", 0, 10, moves="attainment",
             direction=0),
    Quantity("urgency_cap", "need", 1.5, 1.2, 2, LEAD, _guess(_STARTING),
             "Highest need of an outcome that is behind plan.", "u_max", 1, 5,
             moves="attainment", direction=1),
    Quantity("stop_margin", "of target", 0.1, 0.05, 0.2, LEAD,
             Source("burgess03", "Burgess et al. (2003), CEPR DP4010: effort stops at the target"),
             "How far above the target effort is let go altogether.", "margin", 0, 1,
             moves="overshoot", direction=1),
    Quantity("stop_band", "of target", 0.1, 0.05, 0.2, LEAD, _guess(_STARTING, Grade.GREEN),
             "Width of the band in which need falls to nothing.", "h", 0.01, 1,
             moves="overshoot", direction=-1),
    Quantity("mix_cap", "marginal product", 1.6, 1.2, 2, MODELS, _guess(_STARTING),
             "Cap on the perceived return to being the scarce contribution.", "m_max", 1, 20,
             moves="mix_loss", direction=-1, context="departmental+data_sharing"),
    Quantity("crowding", FRACTION, 0.08, 0.06, 0.1, TOGETHER,
             Source("gneezy00", "Gneezy & Rustichini (2000), Journal of Legal Studies 29: a fine "
                                "is a price (direction; its floor is what Q4 rests on)"),
             "Part of own-mission value that stakes on figures crowd out.", "kappa", 0, 1,
             moves="silo_index", direction=1, context="departmental+sanctions"),
    Quantity("crowding_scale", "stake", 0.05, 0.02, 0.1, TOGETHER, _guess(
             "A fine of a twentieth of an outcome's worth is felt as a price."),
             "Stake on a figure that crowds out two thirds of what stakes can.", "p_0", 0.001, 10,
             moves="silo_index", direction=-1, context="departmental+sanctions(size=0.1)"),
    Quantity("discount", "per year", 0.4, 0.1, 1, DATA, _guess(
             "Managers look a few years ahead (Weitzman 1980 leaves the rate open)."),
             "Rate at which owners discount the years after this one.", "rho_year", 0.01, 100,
             moves="silo_index", direction=-1, context="departmental+public_reporting+ratchet"),
    # Accountability
    Quantity("lead_concentration", FRACTION, 0.6, 0.4, 0.8, LEAD,
             _guess("A named lead answers for most, never all, of a joint outcome."),
             "Part of a joint outcome's accountability a lead takes over.", "chi", 0, 0.95,
             moves="mix_loss", direction=1, context="new_psa"),
    Quantity("influence", "share of accountability", 0.22, 0.1, 0.3, LEAD, _guess(_STARTING),
             "What a lead minister's push adds to a partner's accountability.", "influence", 0, 1,
             moves="mix_loss", direction=-1, context="new_psa"),
    Quantity("influence_cost", EFFORT, 0.003, 0.001, 0.006, LEAD,
             _guess("Pushing a partner takes about as much as a coordination link."),
             "What pushing one partner costs the lead.", "c_infl", 0, 1, moves="burden",
             direction=1, context="new_psa"),
    Quantity("mobilising_ratio", "cost to benefit", 0.75, 0.55, 0.8, LEAD,
             Assumption("Volunteer's dilemma (Diekmann 1985); .9-.95 gives the year three owners "
                        "of child obesity took, .3 a month. Owners did meet, so that it was worth "
                        "what it cost.", Grade.AMBER, Grade.AMBER),
             "Cost of convening a joint outcome against its benefit to an owner of usual "
             "mission at full attention.", "c/b",
             0, 0.98, moves="time_to_mobilise", direction=1, context="existing_psa"),
    # Attention
    Quantity("attention_start", FRACTION, 0.9, 0.7, 1, LEAD, _guess(_STARTING),
             "Political attention to an outcome when targets are set.", "a_0", 0.05, 1,
             moves="attention", direction=1),
    Quantity("attention_floor", FRACTION, 0.5, 0.3, 0.6, LEAD, _guess(_STARTING),
             "Attention that stays when nobody refreshes it.", "a_min", 0.05, 1,
             moves="attention", direction=1),
    Quantity("attention_decay", PER_MONTH, 0.05, 0.02, 0.1, LEAD, _guess(_STARTING),
             "Part of attention above the floor lost in a month (requirement R39).", "a_dec", 0, 1,
             moves="attention", direction=-1),
    Quantity("minister_gain", PER_MONTH, 0.1, 0.05, 0.2, LEAD,
             _guess("A committee that follows few goals restores a tenth of lost attention a "
                    "month."),
             "Part of the way to full attention a committee with time to spare restores.",
             "a_min_gain", 0, 1, moves="attention", direction=1,
             context="departmental+ministerial_attention"),
    Quantity("minister_fixed", "goal", 0.25, 0.1, 0.5, LEAD, _guess(_STARTING),
             "Ministers' time a goal takes before any of it helps.", "a_fix", 0, 5,
             moves="attention", direction=-1, context="departmental+ministerial_attention"),
    Quantity("refresh", FRACTION, 0.3, 0.15, 0.5, LEAD, _guess(_STARTING),
             "Part of the way to full attention moved by one stocktake, escalation or cluster "
             "review.", "a_ref", 0, 1, moves="attention", direction=1,
             context="departmental+stocktakes"),
    Quantity("official_hold", FRACTION, 0.8, 0.5, 0.95, LEAD, _guess(_STARTING),
             "Part of attention's decay that a senior, frequent board which follows up stops.",
             "a_off", 0, 1, moves="attention", direction=1,
             context="departmental+official_leadership"),
    # Sight and trust
    Quantity("sight_base", FRACTION, 0.3, 0.15, 0.5, DATA, _guess(_STARTING),
             "Part of partners' live figures seen without any sharing.", "v_0", 0, 1,
             moves="mix_loss", direction=-1),
    Quantity("technical_barrier", FRACTION, 0.63, 0.5, 0.75, DATA,
             _OFFICIALS,
             "Part of what data sharing could open that technical barriers close.", "b_tech", 0, 1,
             moves="mix_loss", direction=1,
             context="departmental+data_sharing(technical=0, willingness=0)"),
    Quantity("willing_barrier", FRACTION, 0.62, 0.5, 0.75, DATA,
             _OFFICIALS,
             "Part of what data sharing could open that unwillingness closes.", "b_will", 0, 1,
             moves="mix_loss", direction=1,
             context="departmental+data_sharing(technical=0, willingness=0)"),
    Quantity("report_sight", FRACTION, 0.3, 0.15, 0.5, DATA, _guess(_STARTING),
             "Part of what is hidden that a common reporting specification opens.", "v_rep", 0, 1,
             moves="mix_loss", direction=-1, context="departmental+delivery_agreement"),
    Quantity("trust_start", FRACTION, 0.4, 0.2, 0.6, TOGETHER, _guess(_STARTING),
             "Trust in co-owners at the start.", "tau_0", 0, 1, moves="trust", direction=1,
             context="existing_psa"),
    Quantity("trust_rate", PER_MONTH, 0.06, 0.03, 0.1, TOGETHER, _guess(_STARTING),
             "Part of the way trust moves to what is seen of co-owners' effort.", "eta_trust", 0, 1,
             moves="trust", direction=0,
             context="existing_psa"),
    Quantity("trust_fall", "times", 2, 1.5, 3, TOGETHER,
             Source("slovic93", "Slovic (1993), Risk Analysis 13: trust is easier to destroy "
                                "than to create (direction; the size is assumed)"),
             "How many times as fast trust falls as it rises.", "lambda_trust", 1, 10,
             moves="trust", direction=-1, context="existing_psa"),
    Quantity("misattribution_hit", FRACTION, 0.06, 0.03, 0.12, TOGETHER, _guess(_STARTING),
             "Trust lost to a sanction that falls on the wrong owner.", "hit_trust", 0, 1,
             moves="trust", direction=-1, context="existing_psa+sanctions"),
    # Overhead
    Quantity("base_overhead", "fraction of capacity", 0.02, 0.01, 0.04, MODELS, _guess(_STARTING),
             "Capacity the standing business of performance management takes.", "c_base", 0, 0.5,
             moves="overhead", direction=1),
    Quantity("link_cost", EFFORT, 0.0012, 0.0006, 0.0024, MODELS,
             Assumption("Joint working costs time and money (NAO 2023); the size is a prototype "
                        "value.", Grade.AMBER, Grade.AMBER),
             "Capacity one coordination link takes.", "c_link", 0, 1, moves="overhead",
             direction=1, context="existing_psa"),
    Quantity("goal_cost", EFFORT, 0.005, 0.0025, 0.01, LEAD, _guess(_STARTING),
             "Fixed attention cost of a goal a department answers for.", "c_goal", 0, 1,
             moves="overhead", direction=1),
    Quantity("report_cost", EFFORT, 0.0012, 0.0006, 0.0024, DATA, _guess(_STARTING),
             "Capacity one indicator's report to one audience takes.", "c_rep", 0, 1,
             moves="overhead", direction=1),
    Quantity("escalation_cost", EFFORT, 0.004, 0.002, 0.008, LEAD, _guess(_STARTING),
             "Capacity an escalated outcome takes from each owner in the month.", "c_esc", 0, 1,
             moves="burden", direction=1, context="departmental+escalation"),
    Quantity("flypaper", FRACTION, 0.3, 0.1, 0.45, MODELS,
             Source("hines95", "Hines & Thaler (1995), Journal of Economic Perspectives 9; "
                               "Bradford & Oates (1971): money sticks where it hits, in part"),
             "Part of pooled money that comes off departments' own agendas.", "fly", 0, 1,
             moves="own_agenda", direction=-1, context="departmental+pooled_budget"),
    Quantity("embedding", PER_MONTH, 0.1, 0.06, 0.16, TOGETHER,
             Source("fixsen05", "Fixsen et al. (2005), Implementation Research: two to four years; "
                                "Repenning & Sterman (2001), California Management Review 43(4)"),
             "Part of what is left of an arrangement that takes hold in a month.", "epsilon",
             0.001, 1, moves="attainment", direction=1, context="departmental+evaluation"),
    Quantity("reorganisation_loss", FRACTION, 0.3, 0.1, 0.5, MODELS,
             _guess("Relations and agreements are between people, a third of whom move."),
             "Part of trust and of clearances that a reorganisation undoes.", "omega", 0, 1,
             moves="attainment", direction=-1, context="departmental+reorganisation"),
    Quantity("reorganisation_cost", "fraction of capacity", 0.1, 0.05, 0.2, MODELS,
             Source("white10", "White & Dunleavy (2010), Making and Breaking Whitehall "
                               "Departments: up to two years of disruption (the size is assumed)"),
             "Capacity that settling in takes in the month of a reorganisation.", "c_reorg", 0, 1,
             moves="overhead", direction=1, context="departmental+reorganisation"),
    Quantity("reorganisation_recovery", PER_MONTH, 0.08, 0.04, 0.16, MODELS,
             _guess("Six sevenths have settled after two years."),
             "Part of what settling in takes that is over a month later.", "r_reorg", 0.001, 0.99,
             moves="overhead", direction=-1, context="departmental+reorganisation"),
    # Delivery chain
    Quantity("agreement_max", "probability per month", 0.4, 0.25, 0.6, MODELS,
             Source("pw73", "Pressman & Wildavsky (1973), Implementation: agreement by each body"),
             "Chance that a clear and bought-in body agrees in a month.", "p_max", 0, 1,
             moves="cleared", direction=1),
    Quantity("agreement_floor", FRACTION, 0.25, 0.1, 0.4, MODELS, _guess(_STARTING),
             "Part of that chance left to a body that is neither clear nor bought in.", "p_floor",
             0, 1, moves="cleared", direction=1),
    Quantity("relapse", "probability per month", 0.06, 0.03, 0.1, MODELS,
             _guess("Short-term funding ends front-line partnerships (the deck); at two years of "
                    "funding the hazard is half of this."),
             "Chance that an agreed body whose funding has no future falls away in a month.", "r",
             0, 1, moves="cleared", direction=-1),
    Quantity("buy_in_rate", PER_MONTH, 0.05, 0.02, 0.1, TOGETHER, _guess(_STARTING),
             "Part of the way buy-in moves to a body's engagement in a month.", "eta_buy", 0, 1,
             moves="buy_in", direction=1, context="departmental+sanctions"),
    Quantity("sanction_buy_in_hit", FRACTION, 0.08, 0.04, 0.16, TOGETHER, _guess(_STARTING),
             "Buy-in a sanction on the department costs its bodies.", "hit_buy", 0, 1,
             moves="buy_in", direction=-1, context="departmental+sanctions"),
    Quantity("engagement_gain", FRACTION, 0.5, 0.3, 0.7, TOGETHER, _guess(_STARTING),
             "Part of missing buy-in that early engagement of professionals wins.", "gain_front",
             0, 1, moves="buy_in", direction=1, context="departmental+frontline_engagement"),
    Quantity("local_gain", FRACTION, 0.5, 0.3, 0.7, TOGETHER, _guess(_STARTING),
             "Part of conflicting direction, and of missing alignment, that a local board settles.",
             "gain_local", 0, 1,
             moves="clarity", direction=1, context="departmental+local_governance"),
    Quantity("role_gain", FRACTION, 0.4, 0.2, 0.6, LEAD, _guess(_STARTING),
             "Part of unclear roles that a delivery agreement settles.", "gain_role", 0, 1,
             moves="clarity", direction=1, context="departmental+delivery_agreement"),
    # Practice
    Quantity("effectiveness_base", FRACTION, 0.5, 0.4, 0.6, KNOW, _guess(_LEVEL, Grade.RED),
             "Effectiveness of effort where nothing is known of what works.", "k_0", 0, 1,
             moves="attainment", direction=1),
    Quantity("knowledge_start", FRACTION, 0.4, 0.25, 0.55, KNOW, _guess(_STARTING, Grade.RED),
             "Knowledge of what works at the start.", "know_0", 0, 1, moves="knowledge",
             direction=1),
    Quantity("learning", PER_MONTH, 0.007, 0.003, 0.014, KNOW, _guess(_STARTING),
             "Learning by doing at planned effort.", "eta_know", 0, 1, moves="knowledge",
             direction=1),
    Quantity("evaluation_gain", PER_MONTH, 0.02, 0.008, 0.04, KNOW, _guess(_STARTING),
             "What structured evaluation adds to learning.", "gain_eval", 0, 1,
             moves="knowledge", direction=1, context="departmental+evaluation"),
    Quantity("sharing_gain", PER_MONTH, 0.03, 0.01, 0.06, KNOW, _guess(_STARTING),
             "Part of the gap to the best co-owner closed where best practice is shared.",
             "gain_share", 0, 1, moves="knowledge", direction=1,
             context="departmental+evaluation"),
    Quantity("early_evidence", FRACTION, 0.15, 0.05, 0.3, KNOW, _guess(_STARTING),
             "Part of missing knowledge that early work with professionals brings to the plan.",
             "gain_plan", 0, 1, moves="knowledge", direction=1,
             context="departmental+frontline_engagement"),
    # Production and outcomes
    Quantity("business_as_usual", "of planned effort", 0.1, 0.1, 0.3, MODELS,
             _guess("Ongoing work outside the target, alike for all owners.", Grade.RED),
             "Contribution that comes without any effort for the outcome.", "b", 0.01, 1,
             moves="attainment", direction=0),
    Quantity("planned_yield", "of planned effort", .25, 0.2, 0.35, KNOW,
             _guess(_LEVEL, Grade.RED),
             "Realised part of planned effort that just meets the target.", "phi", 0.01, 1,
             moves="attainment", direction=-1),
    Quantity("drift", PER_MONTH, 0.004, 0, 0.01, MODELS, _guess(_STARTING),
             "Part of an outcome lost in a month where the scenario gives none.", "mu", 0, 0.2,
             moves="attainment", direction=0),
    Quantity("volatility", "of target per root month", 0.012, 0.005, 0.025, MODELS,
             _guess(_STARTING), "Shock to an outcome where the scenario gives none.", "sigma_y",
             0, 0.5, moves="spread of attainment", direction=1),
    Quantity("problem_harm", FRACTION, 0.4, 0.2, 0.6, DATA,
             _guess("A delivery problem costs part of what an outcome delivers until it is seen; "
                    "the size keeps silos near the level of the first edition."),
             "Part of an outcome's delivered effort that does not work while a problem goes "
             "undetected.", "harm", 0, 1, moves="practice_loss", direction=1),
    Quantity("problem_hazard", "probability per month", 0.04, 0.02, 0.08, DATA,
             _guess("About one delivery problem an outcome in two years."),
             "Chance that a problem arises on an outcome in a month.", "hazard", 0, 1,
             moves="undetected_risk_time", direction=1),
    # Measurement, gaming and rating
    Quantity("indicator_noise", "of target", 0.02, 0.01, 0.05, DATA, _guess(_STARTING),
             "Standard deviation of an indicator's noise where the scenario gives none.",
             "sigma_i", 0, 0.5, moves="spread of reporting_gap", direction=1),
    Quantity("publishing_interval", "months", 6, 3, 12, DATA,
             Source("hmt-dr", "PSA progress was published twice a year, in departmental and "
                              "autumn performance reports (HM Treasury)"),
             "Months between a department's publications.", "interval", 1, 60, integer=True,
             moves="gaming_events", direction=-1),
    Quantity("gaming_stake", "target squared", 0.02, 0.01, 0.04, DATA, _guess(_STARTING),
             "Base worth of reporting a target met.", "B_0", 0, 1, moves="gaming_events",
             direction=1, context="departmental+sanctions"),
    Quantity("gaming_cost", "per target squared", 1, 0.5, 2, DATA, _guess(_STARTING),
             "Cost of moving a reported figure.", "k", 0.01, 100, moves="gaming_events",
             direction=-1, context="departmental+sanctions"),
    Quantity("gaming_effort", "fraction of capacity per unit of cost", 3, 1, 6, DATA,
             _guess("Moving a figure by a tenth of the target takes a department one to two per "
                    "cent of a month."),
             "Capacity that gaming takes, for each unit of its cost.", "game_effort", 0, 100,
             moves="gaming", direction=1, context="departmental+sanctions"),
    Quantity("audit_base", "probability", 0.1, 0.05, 0.2, DATA, _guess(_STARTING),
             "Chance that a moved figure is found without external challenge.", "q_0", 0, 1,
             moves="gaming_events", direction=-1, context="departmental+sanctions"),
    Quantity("audit_gain", FRACTION, 0.8, 0.5, 0.95, DATA, _guess(_STARTING),
             "Part of what goes unfound that full external challenge finds.", "gain_audit", 0, 1,
             moves="gaming_events", direction=-1,
             context="departmental+sanctions+external_challenge"),
    Quantity("fine", "times the base worth", 1, 0.5, 2, DATA, _guess(_STARTING),
             "Loss when a moved figure is found.", "F", 0, 10, moves="gaming_events",
             direction=-1, context="departmental+sanctions"),
    Quantity("publicity", "stake", 0.25, 0.1, 0.4, DATA, _guess(_STARTING),
             "Worth to a department of looking good in public.", "publicity", 0, 2,
             moves="silo_index", direction=-1, context="departmental+public_reporting"),
    Quantity("attribution_base", FRACTION, 0.25, 0.1, 0.4, DATA, _guess(_STARTING),
             "Chance that a consequence reaches the owner it is meant for, without shared data.",
             "attr_0", 0, 1, moves="silo_index", direction=-1, context="departmental+sanctions"),
    Quantity("challenge_gain", FRACTION, 0.5, 0.2, 0.8, DATA, _guess(_STARTING),
             "Part of the way from activity to the outcome itself that external challenge moves "
             "the figure a department judges itself by (requirement R73).", "gain_chal", 0, 1,
             moves="reporting_gap", direction=-1, context="departmental+external_challenge"),
    Quantity("rating_tolerance", "of target", 0.1, 0.05, 0.15, DATA, _guess(_STARTING),
             "Shortfall behind plan that still counts as on course.", "tolerance", 0, 1,
             moves="targets_met_fco", direction=1),
    # The centre
    Quantity("detection_base", "probability per year", 0.3, 0.15, 0.5, DATA, _guess(_STARTING),
             "Chance that the centre sees a problem or a failure in a year without any review.",
             "d_0", 0, 0.99, moves="undetected_risk_time", direction=-1),
    Quantity("stocktake_detection", "probability", 0.7, 0.5, 0.9, DATA, _guess(_STARTING),
             "Chance that one stocktake sees a problem.", "d", 0, 1,
             moves="undetected_risk_time", direction=-1, context="departmental+stocktakes"),
    Quantity("board_detection", "probability per month", 0.15, 0.05, 0.3, LEAD,
             _guess(_STARTING),
             "Chance that a monthly board of decision-makers who follow up sees and settles a "
             "problem.", "d_board", 0, 1, moves="undetected_risk_time", direction=-1,
             context="departmental+official_leadership"),
    Quantity("report_detection", "probability per month", 0.08, 0.03, 0.15, DATA,
             _guess(_STARTING), "Chance that internal reports show a problem.", "d_rep", 0, 1,
             moves="undetected_risk_time", direction=-1,
             context="departmental+internal_reporting"),
    Quantity("cluster_detection", "probability per month", 0.25, 0.1, 0.5, LEAD,
             _guess(_STARTING), "Chance that a review of a troubled cluster sees a problem.",
             "d_clu", 0, 1, moves="undetected_risk_time", direction=-1,
             context="departmental+cluster_reviews"),
    Quantity("unit_fixed", "goal", 0.5, 0.25, 0.75, LEAD,
             Assumption("A fixed cost per target is what makes spreading a delivery unit thin "
                        "useless, as UK experience says.", Grade.AMBER, Grade.AMBER),
             "Delivery unit's capacity a target takes before any of it helps.", "f_unit", 0, 5,
             moves="practice_loss", direction=1, context="departmental+delivery_unit"),
    Quantity("unit_slope", "per goal of capacity", 0.5, 0.25, 1, LEAD, _guess(_STARTING),
             "How fast a delivery unit's support rises with its time on a target.", "a_unit", 0, 10,
             moves="practice_loss", direction=-1, context="departmental+delivery_unit"),
)


def _declared(table: tuple[Quantity, ...]) -> Mapping[str, Quantity]:
    """The table by name; refuses a name declared twice."""
    by_name = {quantity.name: quantity for quantity in table}
    if len(by_name) != len(table):
        raise ValueError("a parameter is declared twice")
    return MappingProxyType(by_name)


PARAMETERS: Mapping[str, Quantity] = _declared(_TABLE)

NOTHING: Mapping[str, float] = MappingProxyType({})


class Parameters(Mapping[str, float]):
    """Values of all declared parameters: the defaults, and what was set.

    `Parameters(inertia=0.1)`, or of a table (a mapping, a pandas Series); read with
    `parameters["inertia"]`.  Raises `psasim.InputError` for an unknown name or a value out
    of bounds.
    """

    def __init__(self, values: Mapping[str, float] = NOTHING, /, **more: float) -> None:
        given = checked_values(table(values, "parameters") | more, PARAMETERS, "parameters")
        self._values = {name: float(given.get(name, q.default)) for name, q in PARAMETERS.items()}

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parameters) and self._values == other._values

    def __hash__(self) -> int:
        return hash(tuple(self._values.items()))

    def changed(self) -> dict[str, float]:
        """Only the values that differ from their defaults."""
        return {n: v for n, v in self._values.items() if v != PARAMETERS[n].default}

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.changed().items())
        return f"Parameters({inside})"
