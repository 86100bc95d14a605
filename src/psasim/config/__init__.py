"""The one boundary: composed settings, as plain data, become a checked and frozen `RunConfig`.

Hydra checks keys against the schema, but `++` passes it and untyped values are not
checked at all; so everything goes through the pydantic model of `schema`.
"""

from psasim.config.compose import PLAUSIBLE, run_config
from psasim.config.run_config import RunConfig
from psasim.config.schema import KEYS, defaults

__all__ = ["KEYS", "PLAUSIBLE", "RunConfig", "defaults", "run_config"]
