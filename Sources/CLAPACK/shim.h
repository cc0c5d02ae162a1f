// LAPACK's C interface, from the package liblapacke-dev. Only real matrices are used, and Swift
// cannot import C's complex numbers: structures stand in for them.
#define LAPACK_COMPLEX_STRUCTURE
#include <lapacke.h>
