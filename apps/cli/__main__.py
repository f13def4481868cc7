"""``python -m apps.cli`` is ``tenderbox``."""

from apps.cli.main import main

main()
