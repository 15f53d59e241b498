/*
 * What decodes the network above and computes with it: C99, <math.h> and nothing else. Weights stay coded in
 * read-only memory and are decoded one by one while they are used; only values between layers need memory that
 * is written, NET_MEMORY floats, once for the program. Samples are given as NET_INPUTS floats, images channel by
 * channel, several inputs one after the other; NET_OUTPUTS floats come out.
 */

enum { NET_DENSE, NET_CONVOLUTION, NET_POOL, NET_AFFINE, NET_SLOPES, NET_LINEAR, NET_JOIN, NET_COPY, NET_ZEROS,
    NET_ACTIVATE, NET_END };
enum { NET_RELU, NET_SIGMOID, NET_TANH, NET_SOFTMAX, NET_RELU6, NET_LEAKYRELU, NET_ELU, NET_SELU, NET_SWISH,
    NET_SOFTPLUS, NET_SOFTSIGN, NET_HARDSIGMOID, NET_HARDTANH };
enum { NET_ADD, NET_SUBTRACT, NET_MULTIPLY, NET_AVERAGE, NET_LARGEST };

/* A gap of so many places after which no weight stands. */
#define NET_ESCAPE 254

/* Reads the weights of a matrix, those that are not zero, column by column. */
typedef struct {
    const uint8_t *bytes;   /* code words, most significant bit first */
    uint32_t bit;           /* the next one */
    const uint8_t *gaps;    /* code of the gaps between weights; null where none is zero */
    const uint8_t *indices; /* code of the shared values; null where values stand as they are */
    const float *values;
    int32_t left;           /* weights still to come */
    int32_t rows, row, col; /* where the weight stands */
    float value;
} net_reader;

/* p: weights, rows, first byte, code of gaps, code of indices, first value; -1 where there is none. */
static net_reader net_open(const int32_t *p)
{
    net_reader r;
    r.left = p[0];
    r.rows = p[1];
    r.bytes = net_code + p[2];
    r.bit = 0;
    r.gaps = p[3] < 0 ? 0 : net_code + p[3];
    r.indices = p[4] < 0 ? 0 : net_code + p[4];
    r.values = net_values + p[5];
    r.row = -1;
    r.col = 0;
    r.value = 0;
    return r;
}

/* A symbol of a canonical Huffman code: its longest length, how many words each length has, the symbols in order. */
static int32_t net_symbol(net_reader *r, const uint8_t *table)
{
    const uint8_t *counts = table + 1;
    const uint8_t *symbols = counts + table[0];
    uint32_t word = 0, first = 0;
    int length;
    for (length = 0; length < table[0]; length++) {
        word |= (uint32_t)(r->bytes[r->bit >> 3] >> (7 - (r->bit & 7)) & 1);
        r->bit++;
        if (word - first < counts[length]) {
            return symbols[word - first];
        }
        symbols += counts[length];
        first = (first + counts[length]) << 1;
        word <<= 1;
    }
    return symbols[0]; /* the only one, without a word */
}

static int net_next(net_reader *r)
{
    if (r->left == 0) {
        return 0;
    }
    r->left--;
    if (r->gaps) {
        int32_t step;
        while ((step = net_symbol(r, r->gaps)) == NET_ESCAPE) {
            r->row += NET_ESCAPE;
        }
        r->row += step;
    }
    r->row++;
    while (r->row >= r->rows) {
        r->row -= r->rows;
        r->col++;
    }
    r->value = r->indices ? r->values[net_symbol(r, r->indices)] : *r->values++;
    return 1;
}

static float net_memory[NET_MEMORY];

/* Values between layers, or with a negative place the sample's. */
static const float *net_at(const float *x, int32_t place)
{
    return place < 0 ? x - 1 - place : net_memory + place;
}

static void net_biases(float *y, int32_t place, int32_t channels, int32_t area)
{
    int32_t i;
    for (i = 0; i < channels * area; i++) {
        y[i] = place < 0 ? 0 : net_values[place + i / area];
    }
}

/* p: in, out, columns, biases, matrix. */
static void net_dense(const int32_t *p, const float *x)
{
    const float *in = net_at(x, p[0]);
    float *y = net_memory + p[1];
    net_reader r = net_open(p + 4);
    net_biases(y, p[3], p[2], 1);
    while (net_next(&r)) {
        y[r.col] += r.value * in[r.row];
    }
}

/* p: in, out, filters, biases, matrix (6), depth multiplier or 0, sides of input, output, window, step, zeros above
 * and left, dilation, each height and width. */
static void net_convolution(const int32_t *p, const float *x)
{
    const float *in = net_at(x, p[0]);
    const int32_t multiplier = p[10], h = p[11], w = p[12], oh = p[13], ow = p[14];
    net_reader r = net_open(p + 4);
    net_biases(net_memory + p[1], p[3], p[2], oh * ow);
    while (net_next(&r)) {
        const int32_t cell = r.row % (p[15] * p[16]);
        const int32_t channel = multiplier ? r.col / multiplier : r.row / (p[15] * p[16]);
        const int32_t top = cell / p[16] * p[21] - p[19], left = cell % p[16] * p[22] - p[20];
        float *y = net_memory + p[1] + r.col * oh * ow;
        int32_t i, j;
        for (i = 0; i < oh; i++) {
            const int32_t row = i * p[17] + top;
            if (row < 0 || row >= h) {
                continue;
            }
            for (j = 0; j < ow; j++) {
                const int32_t col = j * p[18] + left;
                if (col >= 0 && col < w) {
                    y[i * ow + j] += r.value * in[(channel * h + row) * w + col];
                }
            }
        }
    }
}

/* p: in, out, channels, 0 mean, 1 mean with the zeros around, 2 largest, and sides as a convolution has them. */
static void net_pool(const int32_t *p, const float *x)
{
    const int32_t h = p[4], w = p[5], oh = p[6], ow = p[7];
    int32_t k, a, b;
    for (k = 0; k < p[2] * oh * ow; k++) {
        const float *in = net_at(x, p[0]) + k / (oh * ow) * h * w;
        const int32_t top = k / ow % oh * p[10] - p[12], left = k % ow * p[11] - p[13];
        int32_t count = 0;
        float sum = 0, most = -INFINITY;
        for (a = 0; a < p[8]; a++) {
            for (b = 0; b < p[9]; b++) {
                const int32_t row = top + a * p[14], col = left + b * p[15];
                if (row >= 0 && row < h && col >= 0 && col < w) {
                    const float v = in[row * w + col];
                    count++;
                    sum += v;
                    most = v > most ? v : most;
                }
            }
        }
        count = p[3] == 1 ? p[8] * p[9] : count > 0 ? count : 1;
        net_memory[p[1] + k] = p[3] == 2 ? most : sum / (float)count;
    }
}

/* p: out, kind, channels, area, inputs; for each: place, channels, area; those of 1 are spread. */
static void net_join(const int32_t *p, const float *x)
{
    float *y = net_memory + p[0];
    int32_t k, i;
    for (k = 0; k < p[2] * p[3]; k++) {
        float sum = 0;
        for (i = 0; i < p[4]; i++) {
            const int32_t *q = p + 5 + 3 * i;
            const int32_t channel = q[1] == 1 ? 0 : k / p[3], pixel = q[2] == 1 ? 0 : k % p[3];
            const float v = net_at(x, q[0])[channel * q[2] + pixel];
            if (i == 0) {
                sum = v;
            } else if (p[1] == NET_SUBTRACT) {
                sum -= v;
            } else if (p[1] == NET_MULTIPLY) {
                sum *= v;
            } else if (p[1] == NET_LARGEST) {
                sum = v > sum ? v : sum;
            } else {
                sum += v;
            }
        }
        y[k] = p[1] == NET_AVERAGE ? sum / (float)p[4] : sum;
    }
}

/* p: in, out, channels, height, width, zeros above, below, left, right. */
static void net_zeros(const int32_t *p, const float *x)
{
    const float *in = net_at(x, p[0]);
    const int32_t oh = p[3] + p[5] + p[6], ow = p[4] + p[7] + p[8];
    int32_t k;
    for (k = 0; k < p[2] * oh * ow; k++) {
        const int32_t row = k / ow % oh - p[5], col = k % ow - p[7];
        const int inside = row >= 0 && row < p[3] && col >= 0 && col < p[4];
        net_memory[p[1] + k] = inside ? in[(k / (oh * ow) * p[3] + row) * p[4] + col] : 0;
    }
}

static float net_function(int32_t kind, float v, float parameter)
{
    switch (kind) {
    case NET_RELU: return v > 0 ? v : 0;
    case NET_SIGMOID: return 1 / (1 + expf(-v));
    case NET_TANH: return tanhf(v);
    case NET_RELU6: return v < 0 ? 0 : v > 6 ? 6 : v;
    case NET_LEAKYRELU: return v > 0 ? v : parameter * v;
    case NET_ELU: return v > 0 ? v : parameter * expm1f(v);
    case NET_SELU: return 1.0507009873554805f * (v > 0 ? v : 1.6732632423543772f * expm1f(v));
    case NET_SWISH: return v / (1 + expf(-v));
    case NET_SOFTPLUS: return v > 20 ? v : log1pf(expf(v));
    case NET_SOFTSIGN: return v / (1 + fabsf(v));
    case NET_HARDSIGMOID: v = 0.2f * v + 0.5f; return v < 0 ? 0 : v > 1 ? 1 : v;
    case NET_HARDTANH: return v < -1 ? -1 : v > 1 ? 1 : v;
    default: return v;
    }
}

/* p: in, out, values, function, parameter. */
static void net_activate(const int32_t *p, const float *x)
{
    const float *in = net_at(x, p[0]);
    float *y = net_memory + p[1], most = in[0], sum = 0;
    int32_t i;
    for (i = 0; i < p[2] && p[3] != NET_SOFTMAX; i++) {
        y[i] = net_function(p[3], in[i], net_values[p[4]]);
    }
    if (p[3] == NET_SOFTMAX) {
        for (i = 0; i < p[2]; i++) {
            most = in[i] > most ? in[i] : most;
        }
        for (i = 0; i < p[2]; i++) {
            sum += y[i] = expf(in[i] - most);
        }
        for (i = 0; i < p[2]; i++) {
            y[i] /= sum;
        }
    }
}

/* p: in, out, channels, area, and the first of a factor and an amount each, of slopes, or of one factor and amount. */
static void net_scale(int32_t kind, const int32_t *p, const float *x)
{
    const float *in = net_at(x, p[0]), *a = net_values + p[4];
    int32_t i;
    for (i = 0; i < p[2] * p[3]; i++) {
        const int32_t c = kind == NET_LINEAR ? 0 : i / p[3];
        const float v = in[i];
        net_memory[p[1] + i] = kind == NET_SLOPES ? (v < 0 ? a[c] * v : v) : a[2 * c] * v + a[2 * c + 1];
    }
}

/* What the network says of the sample x, into y. */
static void net_predict(const float *x, float *y)
{
    const int32_t *p;
    int32_t i;
    for (p = net_program; p[0] != NET_END; p += p[1]) {
        switch (p[0]) {
        case NET_DENSE: net_dense(p + 2, x); break;
        case NET_CONVOLUTION: net_convolution(p + 2, x); break;
        case NET_POOL: net_pool(p + 2, x); break;
        case NET_JOIN: net_join(p + 2, x); break;
        case NET_ZEROS: net_zeros(p + 2, x); break;
        case NET_ACTIVATE: net_activate(p + 2, x); break;
        case NET_COPY:
            for (i = 0; i < p[4]; i++) {
                net_memory[p[3] + i] = net_at(x, p[2])[i];
            }
            break;
        default: net_scale(p[0], p + 2, x); break;
        }
    }
    for (i = 0; i < NET_OUTPUTS; i++) {
        y[i] = net_at(x, p[2])[i];
    }
}
