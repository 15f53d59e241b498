"""Times scipy's CSC product y = x W: a line on standard input asks for one product, the answer is its nanoseconds."""

import gzip
import sys
import time

import numpy
import scipy.sparse

name = sys.argv[1]
with gzip.open(name) if name.endswith(".gz") else open(name, "rb") as file:
    dense = numpy.load(file, allow_pickle=False).astype(numpy.float32)
transposed = scipy.sparse.csc_matrix(dense).T
x = numpy.random.default_rng(1).standard_normal(dense.shape[0]).astype(numpy.float32)
for _ in range(20):
    transposed @ x
print("ready", flush=True)
for _ in sys.stdin:
    start = time.perf_counter_ns()
    transposed @ x
    print(time.perf_counter_ns() - start, flush=True)
