"""The long form of all that is here, by one command: cd tests && python -m robustness"""

from __future__ import annotations

import subprocess
import sys


def main() -> int:
    parts = ("scaling", "fuzz", "exits", "faults", "soak")
    return max(
        subprocess.run([sys.executable, "-m", f"robustness.{part}"]).returncode for part in parts
    )


if __name__ == "__main__":
    sys.exit(main())
