// Memory for libraries that ask for an allocator and do not look whether they got any: theirs would
// write to nowhere when there is none left, this one throws std::bad_alloc as `new` does. The
// interface is RapidJSON's.
#pragma once
#include <cstdlib>
#include <new>

namespace chancery {

class ThrowingAllocator {
 public:
  static const bool kNeedFree = true;
  void* Malloc(size_t size) { return size ? checked(std::malloc(size)) : nullptr; }
  void* Realloc(void* block, size_t, size_t size) {
    if (size) return checked(std::realloc(block, size));
    std::free(block);
    return nullptr;
  }
  static void Free(void* block) { std::free(block); }

 private:
  static void* checked(void* block) {
    if (!block) throw std::bad_alloc();
    return block;
  }
};

// Gives the system back what was freed. The allocator keeps most of it for later, in each thread's own
// share, so that a program that works for weeks in many threads comes to hold several times what it
// uses. Takes some milliseconds.
void give_back_memory();

// For a program that works for weeks, asked for once at its start: what is freed at the end of a thread's
// share goes back by itself. Without it the allocator keeps twice as much there as the largest block that
// was ever freed, and give_back_memory() does not reach it. Costs some calls of the system a text.
void keep_little_memory();

}  // namespace chancery
