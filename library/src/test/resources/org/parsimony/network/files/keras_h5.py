"""Writes keras.h5 and the seeds of fuzzing: see README.md."""
import json
import h5py
import numpy as np

random = np.random.default_rng(1)
layers, weights = [], {}


def layer(kind, name, arrays=(), **config):
    if not layers:
        config["batch_input_shape"] = [None, 6, 7, 2]
    layers.append({"class_name": kind, "config": {"name": name, **config}})
    weights[name] = [(key, value.astype("f4")) for key, value in arrays]


def uniform(*shape):
    return random.uniform(-1, 1, shape).astype("f4")


def norm(n):
    return [("gamma", uniform(n)), ("beta", uniform(n)), ("moving_mean", uniform(n)),
            ("moving_variance", random.uniform(0.5, 1.5, n))]


def conv(name, filters, kernel, channels, padding, activation, bias):
    arrays = [("kernel", uniform(*kernel, channels, filters))] + ([("bias", uniform(filters))] if bias else [])
    layer("Conv2D", name, arrays, filters=filters, kernel_size=list(kernel), strides=[1, 1], padding=padding,
          data_format="channels_last", dilation_rate=[1, 1], groups=1, activation=activation, use_bias=bias)


def dense(name, inputs, units, activation):
    layer("Dense", name, [("kernel", uniform(inputs, units)), ("bias", uniform(units))], units=units,
          activation=activation, use_bias=True)


def pool(kind, name, padding, strides):
    layer(kind, name, pool_size=[2, 2], strides=strides, padding=padding, data_format="channels_last")


BN = dict(momentum=0.99, epsilon=0.001, center=True, scale=True)
conv("conv", 3, (3, 2), 2, "same", "linear", True)
layer("BatchNormalization", "norm", norm(3), axis=[3], **BN)
layer("ReLU", "relu", max_value=None, negative_slope=0.0, threshold=0.0)
pool("MaxPooling2D", "max", "valid", [1, 2])
conv("conv_1", 4, (2, 2), 3, "valid", "tanh", False)
pool("AveragePooling2D", "mean", "same", [2, 1])
layer("Flatten", "flatten", data_format="channels_last")
layer("BatchNormalization", "norm_1", norm(16), axis=[1], **BN)
dense("dense", 16, 5, "sigmoid")
layer("Dropout", "dropout", rate=0.25)
layer("LeakyReLU", "leaky", alpha=0.3)
dense("dense_1", 5, 4, "linear")


def windows(x, size, steps, padding):
    """Start and part of x for every window; parts may be cut at the borders."""
    out, before = [], []
    for side, k, s in zip(x.shape, size, steps):
        n = -(-side // s) if padding == "same" else (side - k) // s + 1
        out.append(n)
        before.append(max(0, (n - 1) * s + k - side) // 2 if padding == "same" else 0)
    for i in range(out[0]):
        for j in range(out[1]):
            top, left = i * steps[0] - before[0], j * steps[1] - before[1]
            yield out, (i, j), (top, left), [(a, b) for a in range(size[0]) for b in range(size[1])
                                             if 0 <= top + a < x.shape[0] and 0 <= left + b < x.shape[1]]


ACTIVATION = {"linear": lambda z: z, "tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z))}


def forward(x):
    for entry in layers:
        kind, c = entry["class_name"], entry["config"]
        w = {key: value.astype("f8") for key, value in weights[c["name"]]}
        if kind == "Conv2D" or "Pooling" in kind:
            size = c.get("kernel_size") or c["pool_size"]
            y = None
            for out, place, (top, left), inside in windows(x, size, c["strides"], c["padding"]):
                if y is None:
                    y = np.zeros((*out, c.get("filters", x.shape[2])))
                parts = [x[top + a, left + b] for a, b in inside]
                if kind == "Conv2D":
                    y[place] = sum(p @ w["kernel"][a, b] for p, (a, b) in zip(parts, inside)) + w.get("bias", 0)
                else:
                    y[place] = np.max(parts, 0) if kind.startswith("Max") else np.mean(parts, 0)
            x = ACTIVATION[c["activation"]](y) if kind == "Conv2D" else y
        elif kind == "BatchNormalization":
            x = w["gamma"] * (x - w["moving_mean"]) / np.sqrt(w["moving_variance"] + c["epsilon"]) + w["beta"]
        elif kind == "Dense":
            x = ACTIVATION[c["activation"]](x @ w["kernel"] + w["bias"])
        elif kind == "Flatten":
            x = x.reshape(-1)
        elif kind in ("ReLU", "LeakyReLU"):
            x = np.where(x < 0, c.get("alpha", 0) * x, x)
    e = np.exp(x - x.max())
    return e / e.sum()


def save(file, layers, weights, **storage):
    file.attrs["keras_version"] = "2.10.0"
    file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"name": "net", "layers": layers}})
    file.attrs["training_config"] = json.dumps({"loss": {"class_name": "SparseCategoricalCrossentropy",
                                                         "config": {"from_logits": True}}})
    group = file.create_group("model_weights")
    group.attrs["layer_names"] = [entry["config"]["name"].encode() for entry in layers]
    for name, arrays in weights.items():
        part = group.create_group(name)
        part.attrs["weight_names"] = [f"{name}/{key}:0".encode() for key, _ in arrays]
        for key, value in arrays:
            part.create_dataset(f"{name}/{key}:0", data=value, **storage)


with h5py.File("keras.h5", "w") as file:
    save(file, layers, weights)
    x = uniform(4, 6, 7, 2)
    file.create_dataset("check/x", data=x)
    file.create_dataset("check/y", data=np.array([forward(sample.astype("f8")) for sample in x]).astype("f4"))

layers, weights = [], {}
dense("dense", 2, 3, "linear")
layers[0]["config"]["batch_input_shape"] = [None, 2]
packed = dict(chunks=True, compression="gzip", shuffle=True)
for version, storage in ("earliest", {}), ("earliest", packed), ("latest", {}), ("latest", packed):
    with h5py.File(f"Reader_FuzzTestInputs/keras/{version}{'-packed' if storage else ''}.h5", "w", libver=version) as file:
        save(file, layers, weights, **storage)
