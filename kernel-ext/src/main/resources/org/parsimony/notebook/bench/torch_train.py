"""PyTorch CPU peer for training speed, of the same form as torch_mlp.py: Adam(lr 1e-3), MNIST.
Usage: python3 torch_train.py NET BATCH THREADS SAMPLES FOLDER/   with NET mlp, norm or lenet
Says its settings. Then, for every line N, it trains on N images drawn from the first SAMPLES and answers samples per second."""
import ctypes, os, sys, time
try:
    import numpy as np, torch
except ImportError as e:
    sys.exit(f"{sys.executable} has no {e.name} (Debian: apt-get install python3-torch libopenblas0-pthread)")

def blas():
    """The library that multiplies. The reference BLAS that Debian's python3-torch comes with is ten times slower: not a peer."""
    files = sorted({line.split()[-1] for line in open("/proc/self/maps") if "/" in line}) if os.path.exists("/proc/self/maps") else []
    for file in files:
        if "openblas" in file or "libblas" in file:
            try:
                config = ctypes.CDLL(file).openblas_get_config
            except (OSError, AttributeError):
                continue
            config.restype = ctypes.c_char_p
            words = config().decode().split()
            core = ctypes.CDLL(file).openblas_get_corename
            core.restype = ctypes.c_char_p
            return f"OpenBLAS {words[1]} {core().decode()}"
    if torch.backends.mkl.is_available():
        return "MKL"
    for name in ("blis", "Accelerate"):
        if any(name in file for file in files) or (not files and name == "Accelerate"):
            return name
    sys.exit("PyTorch runs on the reference BLAS, ten times slower (Debian: apt-get install libopenblas0-pthread)")

kind, batch, threads, samples, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
torch.set_num_threads(threads); torch.manual_seed(0)
def idx(f):
    b = open(folder + f, 'rb').read(); nd = b[3]
    shp = [int.from_bytes(b[4+4*i:8+4*i], 'big') for i in range(nd)]
    return np.frombuffer(b, np.uint8, offset=4+4*nd).reshape(shp)
L, N, R, C, P = torch.nn.Linear, torch.nn.BatchNorm1d, torch.nn.ReLU, torch.nn.Conv2d, torch.nn.MaxPool2d
S = torch.nn.Sequential
net = {'mlp': lambda: S(L(784, 300), R(), L(300, 100), R(), L(100, 10)),
       'norm': lambda: S(L(784, 32), N(32), R(), L(32, 16), N(16), R(), L(16, 10), N(10), R()),
       'lenet': lambda: S(C(1, 20, 5), R(), P(2), C(20, 50, 5), R(), P(2), torch.nn.Flatten(), L(800, 500), R(), L(500, 10))}[kind]()
shape = (-1, 1, 28, 28) if kind == 'lenet' else (-1, 784)
X = torch.from_numpy(idx('train-images-idx3-ubyte')[:samples].astype(np.float32) / 255).reshape(shape)
Y = torch.from_numpy(idx('train-labels-idx1-ubyte')[:samples].astype(np.int64))
opt = torch.optim.Adam(net.parameters(), lr=1e-3); lossf = torch.nn.CrossEntropyLoss()
def one(count):
    return f"{count} thread" + ("" if str(count) == "1" else "s")
held = os.environ.get("OPENBLAS_NUM_THREADS")
heap = "allocator keeps its memory" if "MALLOC_MMAP_THRESHOLD_" in os.environ else "allocator as it comes"
print(f"PyTorch {torch.__version__}, {blas()}, {one(torch.get_num_threads())}{f' (BLAS held to {held})' if held else ''}, {heap}", flush=True)
for line in sys.stdin:
    n = int(line); perm = torch.randperm(len(X)); t = time.perf_counter(); tot = 0.
    for i in range(0, n, batch):
        j = perm[i:min(i+batch, n)]
        loss = lossf(net(X[j]), Y[j]); opt.zero_grad(); loss.backward(); opt.step(); tot += loss.item()
    print(n / (time.perf_counter() - t), flush=True)
