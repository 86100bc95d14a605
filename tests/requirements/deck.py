"""The statements of the 2007 deck, R1-R85: its text only.

The slides "Existing PSA Framework" and "New PSA Framework" and two slides that are a title
carry no text; nothing here traces them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_SLIDES: dict[str, tuple[str, ...]] = {
    "Key lessons on delivery": (
        "clear plan for delivery from the outset",
        "clear and appropriate accountability throughout the delivery chain",
        "delivery chain clear and bought in about what it needs to do",
        "slow progress on many joint targets",
        "silos across government not cracked",
    ),
    "Challenges (1)": (
        "departments not organised to deliver cross-cutting objectives",
        "shared ownership weakens control of the delivery chain",
        "no shared strategic vision",
        "weak political drive",
        "weak official commitment",
        "weak joined governance",
        "weak accountability arrangements",
        "competing priorities and programmes that lack focus",
        "unclear messages",
    ),
    "Challenges (2)": (
        "little knowledge of what works across the delivery system",
        "complex delivery chain, too many bodies",
        "ill-defined roles and responsibilities",
        "lack of buy-in from departments",
        "cultural issues",
        "performance-management tools and support lacking or ineffective",
        "no effective incentives or penalties for owners of sub-indicators",
        "inadequate data",
        "data used ineffectively",
        "barriers to sharing data",
    ),
    "Examples (1)": (
        "split responsibilities with no input from each other",
        "'own' targets come first",
        "siloed by two lead departments rather than led holistically",
        "some tiny cross-departmental teams got traction",
        "lack of will to deliver",
        "different priorities, focus and incentives",
        "resources spread thinly",
        "delivery agencies differ on what is needed",
    ),
    "Examples (2)": (
        "no structured evaluation of interventions",
        "best practice not shared",
        "cultural barriers between policy and professionals",
        "lack of partnership at the front line",
        "short-term funding",
        "departments and agencies prioritise differently",
        "losing focus and determination to drive",
        "wide targets, different interpretations of success",
        "different measures",
        "different timetables for reporting",
    ),
    "CSR 2007": (
        "from the existing to the new framework",
        "corporate targets reflect genuine choices and long-term challenges",
        "targets not set according to departmental silos",
        "collective process to agree priorities at Cabinet level",
        "as early as possible",
        "early engagement of professionals, for a robust evidence base",
        "early engagement of professionals, for buy-in",
        "Delivery Agreements set out the level of ambition",
        "Delivery Agreements set out the strategy for delivery",
        "Delivery Agreements set out the role of each organisation",
        "all incentives, not just targets",
        "incentives are aligned",
        "Delivery Agreements published",
    ),
    "Shared governance must enable": (
        "clear understanding of the role of each department",
        "tensions, interdependencies and trade-offs exposed",
        "alignment of delivery chains",
        "effective decision-making and problem solving",
        "identification, monitoring and mitigation of risks",
        "effective prioritisation across departments",
    ),
    "Best practice (1)": (
        "up-front agreement as a contract: vision, roles",
        "milestones",
        "how to report progress",
        "consequences of not delivering",
        "ministerial focus creates momentum",
        "ministerial ownership across departments",
        "the lead Minister drives progress with colleagues",
        "officials keep Ministers engaged with hard data",
    ),
    "Best practice (2)": (
        "senior officials regularly engaged",
        "attendees know delivery and can decide",
        "following up actions",
        "external challenge helps",
        "do we always need a single point of responsibility?",
        "governance replicated at national and local level",
        "departmental processes aligned",
    ),
    "Role of the centre": (
        "incentives to share ownership",
        "effective accountability to the centre",
        "internal reporting and monitoring",
        "public reporting and monitoring",
        "support such as the Prime Minister's Delivery Unit",
        "escalation where significant risks emerge",
        "stocktakes with Ministers, the Prime Minister and the Chancellor",
        "reviews where delivery is at risk across a cluster",
    ),
    "Recurring headings": (
        "delivery models; leadership, focus, capacity and clarity; what works; working "
        "together; tools and data",
    ),
}


def _numbered() -> dict[str, tuple[str, str]]:
    pairs = [(slide, text) for slide, texts in _SLIDES.items() for text in texts]
    return {f"R{number}": pair for number, pair in enumerate(pairs, start=1)}


STATEMENTS: Mapping[str, tuple[str, str]] = MappingProxyType(_numbered())
"""Slide and statement by requirement."""
