// The processor's prefetch instruction, which Swift does not show.
#ifndef CPREFETCH_H
#define CPREFETCH_H

/// Asks for the cache line of an address that will be written soon. A hint: any address will do.
static inline void cprefetch(const void *address) { __builtin_prefetch(address, 1); }

#endif
