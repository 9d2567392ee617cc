"""``python -m diembao`` is the ``diembao`` command."""

import sys

from diembao.cli import main

sys.exit(main())
