"""The machine that a figure was measured on, in one line."""

import os
import re
import platform
from pathlib import Path


def machine():
    info = Path("/proc/cpuinfo").read_text()
    model = re.search(r"^model name\s*:\s*(.*)$", info, re.M)
    memory = re.search(r"^MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text(), re.M)
    return (f"{model[1].strip() if model else platform.machine()}, {os.cpu_count()} cores, "
            f"{int(memory[1]) // 1024 // 1024} GiB of memory, Linux {platform.release().split('-')[0]}")
