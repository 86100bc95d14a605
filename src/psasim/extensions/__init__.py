"""What users put beside or in the place of psasim's own: rules, agents, measures, levers, hooks
and mechanisms, each an object, and where it came from."""

from psasim.extensions.given import Extensions, as_extensions
from psasim.extensions.made import Mechanism, hook, lever, measure, mechanism
from psasim.extensions.origin import Origin

__all__ = ["Extensions", "Mechanism", "Origin", "as_extensions", "hook", "lever", "measure",
           "mechanism"]
