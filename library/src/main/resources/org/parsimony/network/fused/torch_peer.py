"""PyTorch CPU peer for training speed, of the same form as torch_mlp.py: Adam(lr 1e-3), MNIST.
Usage: python3 torch_peer.py NET BATCH THREADS SAMPLES FOLDER/   with NET mlp, norm or lenet
Trains one epoch on the first SAMPLES images for every line it reads, so that it can take turns with what it is compared to."""
import sys, time, numpy as np, torch
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
for e, _ in enumerate(sys.stdin):
    perm = torch.randperm(len(X)); t = time.perf_counter(); tot = 0.
    for i in range(0, len(X), batch):
        j = perm[i:i+batch]
        loss = lossf(net(X[j]), Y[j]); opt.zero_grad(); loss.backward(); opt.step(); tot += loss.item()
    dt = time.perf_counter() - t
    print(f'epoch {e+1}: {dt:.2f} s, {len(X) / dt:.0f} samples/s, mean loss {tot*batch/len(X):.4f}', flush=True)
