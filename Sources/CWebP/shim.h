// libwebp, from the package libwebp-dev.
#include <webp/decode.h>
#include <webp/encode.h>
