#include <csignal>

#include "cli/app.h"

int main(int argc, char** argv) {
  // A reader of our output that goes away ("| head") ends the program quietly.
  std::signal(SIGPIPE, SIG_DFL);
  return chancery::cli::run(argc, argv);
}
