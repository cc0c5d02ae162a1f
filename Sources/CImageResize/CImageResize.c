// The implementation of stb_image_resize, from the package libstb-dev.
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#include "include/CImageResize.h"
