#include "base/memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace chancery {

void give_back_memory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace chancery
