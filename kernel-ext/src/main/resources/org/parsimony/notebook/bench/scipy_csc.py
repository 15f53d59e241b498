"""Times SciPy's CSC product y = x W, which takes one thread. Says its versions, then answers nanoseconds for every line."""

import gzip
import sys
import time

try:
    import numpy
    import scipy
    import scipy.sparse
except ImportError as e:
    sys.exit(f"{sys.executable} has no {e.name} (Debian: apt-get install python3-scipy)")

name = sys.argv[1]
with gzip.open(name) if name.endswith(".gz") else open(name, "rb") as file:
    dense = numpy.load(file, allow_pickle=False).astype(numpy.float32)
transposed = scipy.sparse.csc_matrix(dense).T
x = numpy.random.default_rng(1).standard_normal(dense.shape[0]).astype(numpy.float32)
for _ in range(20):
    transposed @ x
print(f"SciPy {scipy.__version__}, NumPy {numpy.__version__}, float32, one thread (it has no other)", flush=True)
for _ in sys.stdin:
    start = time.perf_counter_ns()
    transposed @ x
    print(time.perf_counter_ns() - start, flush=True)
