"""`python -m tests.goldens [--accept [NAME ...]]` makes goldens that are missing; --accept keeps what is read now.

Status 1 where anything was written: read it against the input before it is committed.
"""

import argparse
import sys

from tests.goldens.cases import CASES
from tests.goldens.kept import GOLDEN, inputs, write
from tests.goldens.paper import body
from tests.goldens.variants import index


def main() -> int:
    """Writes inputs and what is read in them; 1 where something was written."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--accept", nargs="*", metavar="NAME", help="keep what is read now, in all or in these")
    accept = arguments.parse_args().accept
    if wrong := set(accept or ()) - {path.parent.name for path in inputs()}:
        arguments.error(f"no golden of the name {', '.join(sorted(wrong))}")
    written = 0
    for case in CASES:
        path = GOLDEN / case.name / case.form
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(body(case))
            written += 1
    for path in inputs():
        kept = path.with_name("report.json")
        if not kept.exists() or accept == [] or path.parent.name in (accept or ()):
            written += write(path)
    (GOLDEN / "README.md").write_text(index(), encoding="utf-8")
    print(f"{written} files written" if written else "nothing to write")
    return 1 if written else 0


if __name__ == "__main__":
    sys.exit(main())
