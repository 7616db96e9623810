#include "base/memory.h"

#include <cstdlib>

// Under a sanitizer the allocator is another: the system's, asked to give back what it never had, would
// end the program where a thread ends.
#if defined(__has_feature)  // clang's way to say it
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define OTHER_ALLOCATOR
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OTHER_ALLOCATOR
#endif

#if defined(__GLIBC__) && !defined(OTHER_ALLOCATOR)
#include <malloc.h>
#define GIVES_BACK
#endif

namespace chancery {

void give_back_memory() {
#ifdef GIVES_BACK
  malloc_trim(0);
#endif
}

void keep_little_memory() {
#ifdef GIVES_BACK
  // Either by itself would do; both, so that blocks of middling size are not mapped one by one.
  mallopt(M_TRIM_THRESHOLD, 2 << 20);
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
#endif
}

}  // namespace chancery
