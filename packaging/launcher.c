/* bin/chancery of the portable tarball: runs libexec/chancery by the loader and the libraries that lie beside it, whatever the machine has
 * of its own, even nothing. Linked statically. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef LOADER
#error LOADER is set by bundle.py: the name of the loader in lib/
#endif

static int there(const char* folder) {
  char path[PATH_MAX + 64];
  snprintf(path, sizeof path, "%s/../lib/%s", folder, LOADER);
  return access(path, X_OK) == 0;
}

/* The folder of this program: by /proc, else as it was called, else along PATH. */
static int find(const char* called, char* folder) {
  ssize_t n = readlink("/proc/self/exe", folder, PATH_MAX - 1);
  char *slash, *path = getenv("PATH"), *next;
  if (n > 0) {
    folder[n] = 0;
    if ((slash = strrchr(folder, '/')) != NULL) *slash = 0;
    if (there(folder)) return 1;
  }
  if ((slash = strrchr(called, '/')) != NULL) {
    snprintf(folder, PATH_MAX, "%.*s", (int)(slash - called), called);
    if (*folder == 0) strcpy(folder, "/");
    return there(folder);
  }
  for (; path && *path; path = next) {
    size_t length = strcspn(path, ":");
    next = path + length + (path[length] == ':');
    snprintf(folder, PATH_MAX, "%.*s", (int)length, path);
    if (there(folder)) return 1;
  }
  return 0;
}

int main(int argc, char** argv) {
  static char folder[PATH_MAX], loader[PATH_MAX + 64], libraries[PATH_MAX + 64], program[PATH_MAX + 64], data[PATH_MAX + 64];
  char** arguments = calloc((size_t)argc + 6, sizeof *arguments);
  int n = 0, i;
  if (!arguments || argc < 1 || !find(argv[0], folder)) {
    fputs("chancery: the libraries that belong beside bin/ are not there; unpack the whole archive\n", stderr);
    return 3;
  }
  snprintf(loader, sizeof loader, "%s/../lib/%s", folder, LOADER);
  snprintf(libraries, sizeof libraries, "%s/../lib", folder);
  snprintf(program, sizeof program, "%s/../libexec/chancery", folder);
  snprintf(data, sizeof data, "%s/../share/chancery", folder);
  setenv("CHANCERY_HOME", data, 0);
  arguments[n++] = loader;
  arguments[n++] = "--inhibit-cache";
  arguments[n++] = "--library-path";
  arguments[n++] = libraries;
  arguments[n++] = program;
  for (i = 1; i < argc; ++i) arguments[n++] = argv[i];
  execv(loader, arguments);
  perror("chancery: its loader does not start");
  return 3;
}
