"""Prints what it takes kernels to start, as a front end on the wire sees it. Usage: start.py ROUNDS KERNEL..."""
import statistics
import sys
import time

from jupyter_client.kernelspec import NoSuchKernel
from jupyter_client.manager import KernelManager

CELLS = ["1 + 1", "org.nd4j.linalg.factory.Nd4j.ones(2, 2).sumNumber()"]


def start(name):
    """Seconds until the kernel is ready, and of each cell."""
    before = time.monotonic()
    manager = KernelManager(kernel_name=name)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        times = [time.monotonic() - before]
        for cell in CELLS:
            before = time.monotonic()
            reply = client.execute_interactive(cell, timeout=120, output_hook=lambda message: None)["content"]
            if reply["status"] != "ok":
                sys.exit(f"kernel {name} cannot run {cell}: {reply.get('ename')} {reply.get('evalue')}")
            times.append(time.monotonic() - before)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return times


rounds, kernels = int(sys.argv[1]), sys.argv[2:]
try:
    times = [[start(kernel) for kernel in kernels] for _ in range(rounds)]  # in turns
except NoSuchKernel as error:
    sys.exit(f"{error}; jupyter kernelspec list shows those that there are")
print(f"Seconds, medians of {rounds} starts, the kernels in turns.\n")
print("| kernel | ready | first cell | first ND4J array | together |\n|---|---|---|---|---|")
for i, kernel in enumerate(kernels):
    own = [turn[i] + [sum(turn[i])] for turn in times]
    print("| " + " | ".join([kernel] + [f"{statistics.median(column):.2f}" for column in zip(*own)]) + " |")
