// Nettle, from the package nettle-dev.
#include <nettle/sha2.h>
