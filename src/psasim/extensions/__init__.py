"""What users put beside or in the place of psasim's own: rules, agents, measures, levers, hooks
and mechanisms, each an object, and where it came from."""

from psasim.extensions.carried import Carried
from psasim.extensions.given import NONE, Extensions, as_extensions
from psasim.extensions.load import from_text, offered
from psasim.extensions.made import Mechanism, hook, lever, measure, mechanism
from psasim.extensions.origin import Origin
from psasim.extensions.record import check_same, recalled, told

__all__ = ["NONE", "Carried", "Extensions", "Mechanism", "Origin", "as_extensions", "check_same",
           "from_text", "hook", "lever", "measure", "mechanism", "offered", "recalled", "told"]
