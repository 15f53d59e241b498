"""Executes a notebook in place, cell by cell, and says how long each took. Usage: execute.py NOTEBOOK FOLDER"""
import sys
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

path, folder = sys.argv[1:]
notebook = nbformat.read(path, as_version=4)
client = NotebookClient(
    notebook, timeout=None, startup_timeout=120, record_timing=False, resources={"metadata": {"path": folder}}
)
code = [(i, c) for i, c in enumerate(notebook.cells) if c.cell_type == "code" and c.source.strip()]
begin = time.monotonic()
status = 0
try:
    with client.setup_kernel():
        for number, (index, cell) in enumerate(code, 1):
            first = next((line for line in cell.source.splitlines() if line.strip()), "")
            start = time.monotonic()
            client.execute_cell(cell, index)
            print(f"  cell {number:2d} of {len(code)}  {time.monotonic() - start:6.1f} s  {first[:70]}", flush=True)
except CellExecutionError as error:
    print(f"cell {number} of {len(code)} failed:\n{error}", file=sys.stderr)
    status = 1
except (DeadKernelError, RuntimeError) as error:
    print(f"the kernel died: {error}", file=sys.stderr)
    status = 1
except KeyboardInterrupt:
    print("interrupted", file=sys.stderr)
    status = 130
finally:
    nbformat.write(notebook, path)
print(f"{time.monotonic() - begin:.1f} s in all", flush=True)
sys.exit(status)
