// Faults for a program that knows nothing of them, put before the C library by LD_PRELOAD. What
// fails is said in the environment:
//   FAULT_MEMORY=N    the N-th allocation after the start fails (malloc, calloc, realloc, and
//                     operator new by way of malloc)
//   FAULT_WRITE=N     the N-th write to a file below FAULT_FOLDER (write, pwrite, fsync, fdatasync)
//                     fails with FAULT_ERROR (EIO, ENOSPC, EINTR, short), and with FAULT_STAYS all
//                     after it too
//   FAULT_POWER=N     before the N-th such write the power fails: what was written since the last
//                     sync of each file is undone (with FAULT_POWER_KEEP=SEED half of it, by
//                     chance), and the process ends with 99
//   FAULT_CLOCK=S     the clock of the day is S seconds off, and FAULT_CLOCK_BACK seconds back again
//                     from the eleventh look on
//   FAULT_COUNT=FILE  how many there were of each, to choose N by
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long memory_at, write_at, power_at, power_keep, clock_off, clock_back;
static long allocations, writes, syncs, asked;
static int ready, stays, fault_errno, fault_short;
static const char *folder, *count_file;

static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int), (*real_fdatasync)(int), (*real_truncate)(int, off_t);
static int (*real_clock)(clockid_t, struct timespec *);

static long number(const char *name) {
  const char *value = getenv(name);
  return value ? atol(value) : 0;
}

static void find(void) {
  if (real_write) return;
  real_malloc = dlsym(RTLD_NEXT, "malloc");
  real_realloc = dlsym(RTLD_NEXT, "realloc");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_truncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_clock = dlsym(RTLD_NEXT, "clock_gettime");
  real_calloc = dlsym(RTLD_NEXT, "calloc");
  real_write = dlsym(RTLD_NEXT, "write");
}

__attribute__((constructor)) static void start(void) {
  find();
  memory_at = number("FAULT_MEMORY");
  write_at = number("FAULT_WRITE");
  power_at = number("FAULT_POWER");
  power_keep = number("FAULT_POWER_KEEP");
  clock_off = number("FAULT_CLOCK");
  clock_back = number("FAULT_CLOCK_BACK");
  folder = getenv("FAULT_FOLDER");
  count_file = getenv("FAULT_COUNT");
  stays = getenv("FAULT_STAYS") != NULL;
  const char *error = getenv("FAULT_ERROR");
  fault_short = error && !strcmp(error, "short");
  fault_errno = !error                     ? EIO
                : !strcmp(error, "ENOSPC") ? ENOSPC
                : !strcmp(error, "EINTR")  ? EINTR
                                           : EIO;
  ready = 1;
}

__attribute__((destructor)) static void end(void) {
  ready = 0;
  if (!count_file) return;
  FILE *out = fopen(count_file, "w");
  if (!out) return;
  fprintf(out, "%ld %ld %ld %ld\n", allocations, writes, syncs, asked);
  fclose(out);
}

// ---- memory

static int no_memory(void) {
  return ready && __atomic_add_fetch(&allocations, 1, __ATOMIC_RELAXED) == memory_at;
}

void *malloc(size_t size) {
  if (!real_malloc) find();
  if (no_memory()) return errno = ENOMEM, NULL;
  return real_malloc(size);
}

void *realloc(void *old, size_t size) {
  if (!real_realloc) find();
  if (no_memory()) return errno = ENOMEM, NULL;
  return real_realloc(old, size);
}

// dlsym itself asks for zeroed memory before calloc is known.
static char early[1 << 16];
static size_t early_used;

void *calloc(size_t count, size_t size) {
  if (!real_calloc) {
    void *at = early + early_used;
    early_used += (count * size + 15) / 16 * 16;
    return early_used <= sizeof early ? at : NULL;
  }
  if (no_memory()) return errno = ENOMEM, NULL;
  return real_calloc(count, size);
}

void free(void *at) {
  static void (*real_free)(void *);
  if ((char *)at >= early && (char *)at < early + sizeof early) return;
  if (!real_free) real_free = dlsym(RTLD_NEXT, "free");
  real_free(at);
}

// ---- files

// Is it a file below the folder? Its path into `path`.
static int ours(int file, char *path) {
  if (!ready || !folder) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return !strncmp(path, folder, strlen(folder));
}

// What was there before a write that no sync has followed yet, and what was written; the last first.
struct Change {
  struct Change *before, *after;
  char path[256];
  off_t at, size, new_size;  // sizes of the file
  size_t had, wrote;
  char bytes[];  // those it had, then those that were written
};
static struct Change *changes;

static void remember(int file, const char *path, off_t at, size_t length, const void *bytes) {
  struct stat now;
  if (!power_at || strlen(path) >= sizeof changes->path || strstr(path, "-shm")) return;
  if (fstat(file, &now) != 0) return;
  struct Change *c = real_malloc(sizeof *c + 2 * length);
  if (!c) abort();
  strcpy(c->path, path);
  c->at = at;
  c->size = now.st_size;
  c->had = c->wrote = 0;
  int again = open(path, O_RDONLY);
  ssize_t had = again < 0 ? -1 : pread(again, c->bytes, length, at);
  if (again >= 0) close(again);
  if (had > 0) c->had = (size_t)had;
  if (bytes) memcpy(c->bytes + c->had, bytes, c->wrote = length);
  off_t end = at + (off_t)c->wrote;
  c->new_size = bytes && end < now.st_size ? now.st_size : end;
  c->before = changes;
  c->after = NULL;
  if (changes) changes->after = c;
  changes = c;
}

static void synced(const char *path) {
  for (struct Change *c = changes, *before; c; c = before) {
    before = c->before;
    if (strcmp(c->path, path) != 0) continue;
    if (before) before->after = c->after;
    if (c->after) c->after->before = before;
    else changes = before;
    free(c);
  }
}

static void put(const struct Change *c, const char *bytes, size_t length, off_t size) {
  int file = open(c->path, O_WRONLY);
  if (file < 0) return;  // deleted since
  if (length && real_pwrite(file, bytes, length, c->at) < 0) abort();
  if (real_truncate(file, size) != 0) abort();
  close(file);
}

// Back to what was synced; of what was not, a disk may have kept some, in whatever order.
static void power_fails(void) {
  struct Change *first = changes;
  for (struct Change *c = changes; c; first = c, c = c->before) put(c, c->bytes, c->had, c->size);
  unsigned coin = (unsigned)power_keep * 2654435761u;
  for (struct Change *c = first; power_keep && c; c = c->after) {
    coin = coin * 1103515245u + 12345u;
    if (coin >> 30 & 1) put(c, c->bytes + c->had, c->wrote, c->new_size);
  }
  _exit(99);
}

static int fails(void) {
  long now = __atomic_add_fetch(&writes, 1, __ATOMIC_RELAXED);
  if (now == power_at) power_fails();
  return write_at && (now == write_at || (stays && now > write_at));
}

ssize_t write(int file, const void *bytes, size_t count) {
  char path[PATH_MAX];
  if (!real_write) find();
  if (!ours(file, path)) return real_write(file, bytes, count);
  if (fails()) {
    if (fault_short && count > 1) return real_write(file, bytes, count / 2);
    return errno = fault_errno, -1;
  }
  off_t at = lseek(file, 0, SEEK_CUR);
  if (fcntl(file, F_GETFL) & O_APPEND) at = lseek(file, 0, SEEK_END);
  remember(file, path, at, count, bytes);
  return real_write(file, bytes, count);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at) {
  char path[PATH_MAX];
  if (!real_write) find();
  if (!ours(file, path)) return real_pwrite(file, bytes, count, at);
  if (fails()) {
    if (fault_short && count > 1) return real_pwrite(file, bytes, count / 2, at);
    return errno = fault_errno, -1;
  }
  remember(file, path, at, count, bytes);
  return real_pwrite(file, bytes, count, at);
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
  return pwrite64(file, bytes, count, at);
}

int ftruncate64(int file, off_t size) {
  char path[PATH_MAX];
  struct stat now;
  if (!real_write) find();
  if (ours(file, path) && fstat(file, &now) == 0 && now.st_size > size)
    remember(file, path, size, (size_t)(now.st_size - size), NULL);
  return real_truncate(file, size);
}
int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

static int sync_of(int file, int (*real)(int)) {
  char path[PATH_MAX];
  if (!ours(file, path)) return real(file);
  ++syncs;
  if (fails()) return errno = fault_short ? EIO : fault_errno, -1;
  synced(path);
  return real(file);
}
int fsync(int file) {
  if (!real_write) find();
  return sync_of(file, real_fsync);
}
int fdatasync(int file) {
  if (!real_write) find();
  return sync_of(file, real_fdatasync);
}

// ---- the clock

static long off(void) {
  long now = __atomic_add_fetch(&asked, 1, __ATOMIC_RELAXED);
  return clock_off - (now > 10 ? clock_back : 0);
}

int clock_gettime(clockid_t which, struct timespec *to) {
  if (!real_write) find();
  int code = real_clock(which, to);
  if (code == 0 && ready && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
    to->tv_sec += off();
  return code;
}

time_t time(time_t *to) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (to) *to = now.tv_sec;
  return now.tv_sec;
}

int gettimeofday(struct timeval *to, void *zone) {
  struct timespec now;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &now);
  to->tv_sec = now.tv_sec;
  to->tv_usec = now.tv_nsec / 1000;
  return 0;
}
