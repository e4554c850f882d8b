"""Cuts a process off from the network, so that no file that it opens can make it call anyone."""

import ctypes
import os
import sys
from pathlib import Path
from typing import Final

NEW_USER: Final = 0x10000000     # <linux/sched.h>
NEW_NETWORK: Final = 0x40000000


def offline() -> bool:
    """True when this process, and all that it starts, has no network from now on; Linux only, where the kernel lets."""
    if sys.platform != "linux":
        return False
    library, user, group = ctypes.CDLL(None), os.getuid(), os.getgid()
    if library.unshare(NEW_NETWORK) == 0:
        return True
    if library.unshare(NEW_USER | NEW_NETWORK) != 0:
        return False
    for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        Path("/proc/self", name).write_text(line, encoding="ascii")
    return True
