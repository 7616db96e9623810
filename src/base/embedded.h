// A file of the repository as it is, compiled in where the program must not look for one at run time:
// CHANCERY_EMBEDDED(name, path) gives the bytes from `name` to `name`_end. CMakeLists.txt names the
// path.
#pragma once

#define CHANCERY_EMBEDDED(name, path) \
  __asm__(                            \
      ".section .rodata\n"            \
      ".balign 64\n"                  \
      ".global " #name "\n" #name     \
      ":\n"                           \
      ".incbin \"" path               \
      "\"\n"                          \
      ".global " #name "_end\n" #name \
      "_end:\n"                       \
      ".byte 0\n"                     \
      ".previous\n");                 \
  extern "C" const char(name)[], name##_end[]
