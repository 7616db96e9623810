#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>

#include "cli/app.h"

namespace {

// A caller may have closed standard input, output or error (">&-"). The next file opened would then
// take their place, and messages would be written into a ledger. Here they stand open on nothing,
// so that reading and writing the first two fails as it would have, and messages are lost.
void keep_standard_files_open() {
  for (int fd = 0; fd < 3; ++fd)
    if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 1 ? O_RDONLY : O_WRONLY) != fd)
      _exit(chancery::cli::kCannotStart);
}

// The C++ library cannot pass on everywhere that memory ran out: where it lists folders it ends the
// program. That is told as elsewhere; any other fault stays one.
[[noreturn]] void out_of_memory_or_fault() {
  try {
    if (std::current_exception()) throw;
  } catch (const std::bad_alloc&) {
    constexpr std::string_view message = "chancery: out of memory\n";
    if (write(2, message.data(), message.size()) < 0) std::abort();
    _exit(chancery::cli::kCannotStart);
  } catch (...) {}
  std::abort();
}

}  // namespace

int main(int argc, char** argv) {
  keep_standard_files_open();
  std::set_terminate(out_of_memory_or_fault);
  // A reader of our output that goes away ("| head") ends the program quietly.
  std::signal(SIGPIPE, SIG_DFL);
  return chancery::cli::run(argc, argv);
}
