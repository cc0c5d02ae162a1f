// libjpeg-turbo, from the package libturbojpeg0-dev.
#include <turbojpeg.h>
