"""Runs a notebook's cells round after round in one kernel; a line of CSV a round says what the kernel holds.

Usage: memory.py NOTEBOOK FOLDER SECONDS CSV [SCRATCH]. What lies in SCRATCH, the run store, is deleted before each round.
"""
import os
import shutil
import sys
import time

import nbformat
from jupyter_client.manager import KernelManager

LOOK = """
class MemoryLook {
    static String now() throws Exception {
        for (int i = 0; i < 3; i++) { System.gc(); Thread.sleep(100); }
        var memory = java.lang.management.ManagementFactory.getMemoryMXBean();
        return memory.getHeapMemoryUsage().getUsed() + "," + memory.getNonHeapMemoryUsage().getUsed() + ","
                + (memory.getHeapMemoryUsage().getCommitted() + memory.getNonHeapMemoryUsage().getCommitted()) + ","
                + java.lang.management.ManagementFactory.getThreadMXBean().getThreadCount() + ","
                + ProcessHandle.current().pid();
    }
}
"""

path, folder, seconds, table = sys.argv[1:5]
cells = [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code" and c.source.strip()]


def run(cell, quiet=True):
    """Executes a cell; what it is worth as text."""
    value = []

    def hear(message):
        if message["msg_type"] == "execute_result":
            value.append(message["content"]["data"]["text/plain"])

    reply = client.execute_interactive(cell, store_history=not quiet, output_hook=hear)["content"]
    if reply["status"] != "ok":
        sys.exit(f"a cell failed: {cell}\n{reply.get('ename')}: {reply.get('evalue')}")
    return value[0] if value else ""


def resident(pid):
    """Bytes of a process that are in memory; -1 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/status") as status:
            return next(1024 * int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    except OSError:
        return -1


def files(pid):
    """Files, sockets and pipes that a process has open; -1 where the system does not tell."""
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return -1


manager = KernelManager(kernel_name="parsimony")
manager.start_kernel(cwd=folder)
client = manager.client()
client.start_channels()
try:
    client.wait_for_ready(timeout=120)
    run(LOOK)
    begin = time.monotonic()
    with open(table, "w") as out:
        out.write("round,seconds,heap,nonheap,native,threads,resident,files\n")
        number = 0
        while time.monotonic() - begin < float(seconds):
            for scratch in sys.argv[5:]:
                shutil.rmtree(scratch, ignore_errors=True)
            for cell in cells:
                run(cell, quiet=False)
            heap, nonheap, java, threads, pid = run("MemoryLook.now()").strip('"').split(",")
            number += 1
            native = max(0, resident(pid) - int(java))  # what Java does not account for: arrays of ND4J, buffers, stacks
            line = [number, round(time.monotonic() - begin, 1), heap, nonheap, native, threads, resident(pid), files(pid)]
            out.write(",".join(map(str, line)) + "\n")
            out.flush()
            print(f"round {number:3d}  heap {int(heap) >> 20} MB, natives {native >> 20} MB,"
                  f" resident {line[6] >> 20} MB, {line[7]} files", flush=True)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
