"""`python -m psasim.cli`, for where scripts are not on the path."""

import sys

from psasim.cli import main

sys.exit(main())
