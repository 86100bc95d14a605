"""`python -m psasim`, for where scripts are not on the path."""

import sys

from psasim.cli import main

if __name__ == "__main__":
    sys.exit(main())
