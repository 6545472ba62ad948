"""What is given back to the system, in a process that has freed all but the end of its heap."""

import subprocess
import sys

CODE = """
import ctypes
from tray.spare_memory import give_back
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]

def resident_kb():
    with open("/proc/self/statm") as file:
        return 4 * int(file.read().split()[1])

def fill(address):
    ctypes.memset(address, 1, 1000)
    return address

blocks = [fill(libc.malloc(1000)) for _ in range(40_000)]
last = libc.malloc(1000)
for each in blocks:
    libc.free(each)
before = resident_kb()
give_back()
print(before - resident_kb())
"""


def test_free_memory_goes_back_to_the_system() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 30_000
