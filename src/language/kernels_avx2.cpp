// Compiled with -mavx2 -mfma; called only where the processor has both.
#if defined(__x86_64__)
#include "language/kernels_source.h"

namespace chancery {

const Kernels& avx2_kernels();
const Kernels& avx2_kernels() {
  static const Kernels table{product, sigmoid};
  return table;
}

}  // namespace chancery
#endif
