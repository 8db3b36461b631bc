/* The moments of an integrand under a normal law, one loop: random words, normals, the integrand, the sums. Nothing is
 * stored but a block that stays in the cache.
 *
 * Given by the compiler's command line: REAL (double or float), INTEGRAND(x) over x and the constants c[0], c[1], ...,
 * CONSTANTS (how many), SINE, COSINE and AREA (coefficients, see native.py), TERMS (of each of them).
 *
 * A word of 32 bits lives in a lane of 64, so that a product is one instruction and nothing is shuffled. Above its 32
 * bits a lane may hold anything: the product doesn't look there.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__AVX512F__)
#include <immintrin.h>
#define LANES 8
typedef uint64_t lanes __attribute__((vector_size(64)));
static inline lanes product(lanes a, lanes b) { return (lanes)_mm512_mul_epu32((__m512i)a, (__m512i)b); }
#elif defined(__AVX2__)
#include <immintrin.h>
#define LANES 4
typedef uint64_t lanes __attribute__((vector_size(32)));
static inline lanes product(lanes a, lanes b) { return (lanes)_mm256_mul_epu32((__m256i)a, (__m256i)b); }
#else
#define LANES 2
typedef uint64_t lanes __attribute__((vector_size(16)));
static inline lanes product(lanes a, lanes b) { return (a & 0xFFFFFFFFu) * (b & 0xFFFFFFFFu); }
#endif

#define ROUNDS 10
#define BLOCK 256 /* pairs of normals in a block; a leaf has a whole number of them */
typedef REAL real;
typedef struct { lanes a, b, c, d; } words;
typedef struct { uint64_t a[BLOCK], b[BLOCK], c[BLOCK], d[BLOCK]; } stored;
typedef struct { lanes k[ROUNDS], m[ROUNDS], first, second; } schedule;

static const double sine[] = {SINE}, cosine[] = {COSINE}, area[] = {AREA};

static inline words round_of(words w, const schedule *s, int r) {
    lanes p = product(w.a, s->first), q = product(w.c, s->second);
    return (words){(q >> 32) ^ w.b ^ s->k[r], q, (p >> 32) ^ w.d ^ s->m[r], p};
}

static inline void keep(stored *to, int at, const words *w) {
    memcpy(to->a + at, &w->a, sizeof(lanes));
    memcpy(to->b + at, &w->b, sizeof(lanes));
    memcpy(to->c + at, &w->c, sizeof(lanes));
    memcpy(to->d + at, &w->d, sizeof(lanes));
}

/* Philox 4x32-10 at the counters of a block of pairs; two groups of lanes at once, since each waits for its products. */
static inline void fill(stored *to, uint64_t pair, const schedule *s) {
    lanes step, none = {0};
    for (int l = 0; l < LANES; l++) step[l] = l;
    for (int j = 0; j < BLOCK; j += 2 * LANES) {
        lanes near = step + (pair + j), far = step + (pair + j + LANES);
        words w = {near, near >> 32, none, none}, v = {far, far >> 32, none, none};
#pragma GCC unroll 10
        for (int r = 0; r < ROUNDS; r++) {
            w = round_of(w, s, r);
            v = round_of(v, s, r);
        }
        keep(to, j, &w);
        keep(to, j + LANES, &v);
    }
}

static inline schedule scheduled(uint32_t k, uint32_t m) {
    schedule s;
    for (int l = 0; l < LANES; l++) s.first[l] = 0xD2511F53u, s.second[l] = 0xCD9E8D57u;
    for (int r = 0; r < ROUNDS; r++, k += 0x9E3779B9u, m += 0xBB67AE85u)
        for (int l = 0; l < LANES; l++) s.k[r][l] = k, s.m[r][l] = m;
    return s;
}

static inline real polynomial(real x, const double *c) {
    real total = (real)c[TERMS - 1];
#pragma GCC unroll 16
    for (int i = TERMS - 2; i >= 0; i--) total = total * x + (real)c[i];
    return total;
}

typedef struct { real x, y; } pair_of;

#ifdef SINGLE
static inline float float_of(uint32_t b) { float x; memcpy(&x, &b, 4); return x; }
static inline uint32_t bits_of(float x) { uint32_t b; memcpy(&b, &x, 4); return b; }

/* -2 log u for u of two words. The smaller of u and 1 - u is what is rounded, so that log u is right near 1 too. */
static inline float twice_log(uint64_t high, uint64_t low) {
    uint32_t upper = (uint32_t)(int32_t)((int32_t)(uint32_t)high >> 31); /* all ones for u above one half */
    int32_t w = (int32_t)((uint32_t)high ^ upper), l = (int32_t)(((uint32_t)low >> 12) ^ (upper >> 12));
    float t = (float)w * 0x1p-32f + ((float)l + 0.5f) * 0x1p-52f;
    int32_t e = (int32_t)(bits_of(t) - 0x3F3504F3u) >> 23;
    float m = float_of(bits_of(t) - ((uint32_t)e << 23));
    float top = upper ? -t : m - 1.0f, bottom = upper ? 2.0f - t : m + 1.0f, f = top / bottom;
    return -2.0f * ((upper ? 0.0f : (float)e) * 0.693147181f + polynomial(f * f, area) * f);
}

/* Turns less one half, in [-1/2, 1/2]: HALF_TURN quarters are put back. */
static inline float turns_of(uint64_t high, uint64_t low) {
    (void)low;
    return (float)(int32_t)((uint32_t)high ^ 0x80000000u) * 0x1p-32f;
}
#define HALF_TURN 2.0f
#define absolute fabsf
#define root sqrtf
#define down floorf
#else
static inline double double_of(uint64_t b) { double x; memcpy(&x, &b, 8); return x; }
static inline uint64_t bits_of(double x) { uint64_t b; memcpy(&b, &x, 8); return b; }

/* 52 bits of two words and a half step: 1.m less 1 less the half step, all of it exact. */
static inline double unit(uint64_t high, uint64_t low) {
    uint64_t m = ((high << 20) & 0x000FFFFFFFF00000u) | ((low >> 12) & 0xFFFFFu);
    return double_of(m | 0x3FF0000000000000u) - (1 - 0x1p-53);
}

static inline double twice_log(uint64_t high, uint64_t low) {
    double u = unit(high, low);
    uint64_t b = bits_of(u), e = (b - 0x3FE6A09E667F3BCDu + (1024ull << 52)) >> 52; /* the exponent and 1024 */
    double m = double_of(b - (e << 52) + (1024ull << 52)), f = (m - 1) / (m + 1);
    double exponent = double_of(e | 0x4330000000000000u) - (0x1p52 + 1024);
    return -2 * (exponent * 0.6931471805599453 + polynomial(f * f, area) * f);
}

static inline double turns_of(uint64_t high, uint64_t low) { return unit(high, low); }
#define HALF_TURN 0.0
#define absolute fabs
#define root sqrt
#define down floor
#endif

/* Box and Muller's pair of normals: the nearest quarter of a turn is taken off, and put back by its signs. */
static inline pair_of normals(const stored *w, int j) {
    real radius = root(twice_log(w->a[j], w->b[j])), turns = turns_of(w->c[j], w->d[j]);
    real quarter = down(turns * 4 + (real)0.5), y = (turns - quarter * (real)0.25) * (real)6.283185307179586;
    real square = y * y, s = polynomial(square, sine) * y, c = polynomial(square, cosine);
    quarter += HALF_TURN;
    real across = absolute(quarter - 2) - 1, up = absolute(absolute(quarter - 1) - 2) - 1;
    return (pair_of){radius * (c * across - s * up), radius * (s * across + c * up)};
}

static inline real whole(real x, int n) {
    if (n < 0) return 1 / whole(x, -n);
    if (n == 0) return 1;
    real half = n == 1 ? x : whole(x, n / 2);
    return n == 1 ? x : n % 2 ? half * half * x : half * half;
}

static inline real integrand(real x, const real *c) { (void)c; return INTEGRAND; }

/* Sums of f(mean + deviation z) - pivot and of its squares over count samples; pair is half the first sample. */
void leaf(uint64_t pair, uint32_t k, uint32_t m, int64_t count, const double *given, double *sums) {
    const schedule s = scheduled(k, m);
    real c[CONSTANTS + 1];
    for (int i = 0; i < CONSTANTS; i++) c[i] = (real)given[i];
    const real mean = (real)given[CONSTANTS], deviation = (real)given[CONSTANTS + 1];
    const real pivot = (real)given[CONSTANTS + 2];
    double first = 0, second = 0;
    for (int64_t i = 0; i < count / 2; i += BLOCK) {
        stored w;
        fill(&w, pair + (uint64_t)i, &s);
#pragma omp simd reduction(+ : first, second)
        for (int j = 0; j < BLOCK; j++) {
            pair_of z = normals(&w, j);
            real a = integrand(mean + deviation * z.x, c) - pivot, b = integrand(mean + deviation * z.y, c) - pivot;
            first += (double)a + (double)b;
            second += (double)a * (double)a + (double)b * (double)b;
        }
    }
    sums[0] = first;
    sums[1] = second;
}

/* The sum of the normals alone: what nothing that consumes normals can outrun. */
void generated(uint64_t pair, uint32_t k, uint32_t m, int64_t count, double *sums) {
    const schedule s = scheduled(k, m);
    double first = 0;
    for (int64_t i = 0; i < count / 2; i += BLOCK) {
        stored w;
        fill(&w, pair + (uint64_t)i, &s);
#pragma omp simd reduction(+ : first)
        for (int j = 0; j < BLOCK; j++) {
            pair_of z = normals(&w, j);
            first += (double)z.x + (double)z.y;
        }
    }
    sums[0] = first;
}
