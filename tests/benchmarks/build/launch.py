"""Launch: runs one program to its end and prints what it took. Its first argument is a file for what that prints.

It is a process of its own, and a small one, because Linux counts the memory of the process that starts a program as
that program's. It prints wall seconds, processor seconds, peak memory as the system counts it, and the exit status.
"""

import os
import sys
import time


def main() -> None:
    """Run the program that the arguments name."""
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
