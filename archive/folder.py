"""Where things lie below DATA."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folder:
    """DATA: `warc/*.warc.gz` is the archive; `reports.db` and `index.cdxj` are made from it; `runs/` tells of runs."""

    root: Path

    @property
    def warc(self) -> Path:
        """The archive."""
        return self.root / "warc"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "reports.db"

    @property
    def runs(self) -> Path:
        """One folder a run: job state, logs, summary."""
        return self.root / "runs"

    def files(self) -> list[Path]:
        """Every finished WARC of the archive, oldest name first."""
        return sorted(self.warc.glob("*.warc.gz"))
