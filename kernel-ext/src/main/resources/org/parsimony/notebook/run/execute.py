"""Executes a notebook in place, cell by cell, and says how long each took. Usage: execute.py NOTEBOOK FOLDER

The file has the outputs so far after every cell, and when SIGTERM or SIGINT stops the run, which ends the kernel too.
"""
import logging
import os
import re
import shutil
import signal
import sys
import threading
import time

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

# Their messages say what is wrong and what to do.
OURS = re.compile(r"(IllegalArgument|IllegalState|Data|Coding|RunStore|UncheckedIO)Exception$")
COLOURS = re.compile(r"\033\[[0-9;]*m")


class Client(NotebookClient):
    """Keeps the text of the progress bar that the kernel showed last."""

    bar = ""

    def process_message(self, message, cell, cell_index):
        text = message["content"].get("data", {}).get("text/plain", "")
        if text.startswith(("█", "░")):
            self.bar = text
        return super().process_message(message, cell, cell_index)


class Ticker:
    """Shows where a long cell is: a line that is rewritten on a terminal, else one every 30 seconds."""

    def __init__(self, label, first):
        self.label, self.first = label, first
        self.begin = time.monotonic()
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.tick, daemon=True)

    def __enter__(self):
        client.bar = ""
        self.thread.start()
        return self

    def line(self, text):
        return f"  {self.label}  {time.monotonic() - self.begin:6.1f} s  {text[:100]}"

    def tick(self):
        terminal = sys.stdout.isatty()
        while not self.ended.wait(1 if terminal else 30):
            line = self.line(client.bar or f"{self.first[:66]} …")
            if terminal:
                print(f"\r\033[K{line[: shutil.get_terminal_size().columns - 1]}", end="", flush=True)
            else:
                print(line, flush=True)

    def __exit__(self, kind, error, trace):
        self.ended.set()
        self.thread.join()
        if sys.stdout.isatty():
            print("\r\033[K", end="")
        if kind is None:
            print(self.line(self.first[:70]), flush=True)


def explained(error, cell):
    """The message of an exception of ours; of any other all but the frames that are not the notebook's."""
    said = next((o for o in cell.outputs if o.output_type == "error"), None)
    lines = COLOURS.sub("", "\n".join(said.traceback if said else [])).splitlines()
    if not lines:
        return f"{error.ename}: {error.evalue}"
    if OURS.search(error.ename):
        end = next((i for i, line in enumerate(lines) if line.startswith(("    at ", "caused by "))), len(lines))
        lines[0] = re.sub(r"^([a-z]\w*\.)+\w+: ", "", lines[0])
        return "\n".join(lines[:end])
    return "\n".join(
        line for line in lines if line != "    …" and (not line.startswith("    at ") or "(cell " in line)
    )


def write():
    client.set_widgets_metadata()  # what widgets are now, for a page that shows them without a kernel
    nbformat.write(notebook, path + ".part")
    os.replace(path + ".part", path)


def stop(number, frame):
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    logging.disable()  # that the cell ends with an error is no news then
    global status
    status = 128 + number
    if ready:  # a kernel that is only starting would be left behind
        raise KeyboardInterrupt


def follow(runner):
    """Stops this run when the process that began it was killed, which can then not do so itself."""
    while os.getppid() == runner:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


path, folder = sys.argv[1:]
notebook = nbformat.read(path, as_version=4)
client = Client(
    notebook, timeout=None, startup_timeout=120, record_timing=False, resources={"metadata": {"path": folder}}
)
code = [(i, c) for i, c in enumerate(notebook.cells) if c.cell_type == "code" and c.source.strip()]
begin = time.monotonic()
status = 0
ready = False
for each in (signal.SIGINT, signal.SIGTERM):
    signal.signal(each, stop)
threading.Thread(target=follow, args=[int(os.environ["PARSIMONY_RUNNER"])], daemon=True).start()
try:
    with client.setup_kernel():
        ready = True
        if status:
            raise KeyboardInterrupt
        for number, (index, cell) in enumerate(code, 1):
            label = f"cell {number:2d} of {len(code)}"
            first = next(line for line in cell.source.splitlines() if line.strip())
            with Ticker(label, first):
                client.execute_cell(cell, index)
            write()
except CellExecutionError as error:
    print(f"{label} failed: {first}\n{explained(error, cell)}", file=sys.stderr)
    status = 1
except NoSuchKernel as error:
    print(f"{error.args[0]} is no kernel that Jupyter knows; ./parsimony install registers ours", file=sys.stderr)
    status = 1
except (DeadKernelError, RuntimeError) as error:
    print(f"the kernel died: {error}", file=sys.stderr)
    status = 1
except KeyboardInterrupt:
    print("stopped; the notebook has the outputs so far", file=sys.stderr)
finally:
    write()
print(f"{time.monotonic() - begin:.1f} s in all", flush=True)
sys.exit(status)
