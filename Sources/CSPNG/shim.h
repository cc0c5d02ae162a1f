// libspng, from the package libspng-dev.
#include <spng.h>
