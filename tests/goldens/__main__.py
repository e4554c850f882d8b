"""`python -m tests.goldens [--accept]` makes goldens that are missing; --accept keeps what is read now in all.

Status 1 where anything was written: read it against the input before it is committed.
"""

import argparse
import sys

from tests.goldens.cases import CASES
from tests.goldens.kept import GOLDEN, inputs, write
from tests.goldens.paper import body


def main() -> int:
    """Writes inputs, and with --accept every report.json; 1 where something was written."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--accept", action="store_true", help="keep what is read now in every golden")
    accept = arguments.parse_args().accept
    written = 0
    for case in CASES:
        path = GOLDEN / case.name / case.form
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(body(case))
            written += 1
    for path in inputs():
        if accept or not path.with_name("report.json").exists():
            write(path)
            written += 1
    print(f"{written} files written" if written else "nothing to write")
    return 1 if written else 0


if __name__ == "__main__":
    sys.exit(main())
