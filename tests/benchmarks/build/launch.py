"""Run one program and print its time, memory and exit status. The first argument is a file for its output.

This is a small separate process, because Linux includes the memory of the parent process in that of a program. It
prints wall seconds, processor seconds, peak memory in the system's unit, and the exit status.
"""

import os
import sys
import time


def main() -> None:
    """Run the program in the arguments."""
    printed, *command = sys.argv[1:]
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    started = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - started
    print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss, os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
